import type { Words } from './course.ts'
import { no, type Verdict, YES } from './refused.ts'
import type { TrainingStatus } from './training.ts'

/** Who was at a session and for how long. Rules are here; marks are made in `attending.ts`. */

export const STATUSES = ['present', 'late', 'left_early', 'absent', 'excused'] as const
export type AttendanceStatus = (typeof STATUSES)[number]
export type AttendanceSource = 'trainer' | 'code' | 'import' | 'walk_in'

/** From when to when a session is. */
export type Span = { startsAt: Temporal.Instant; endsAt: Temporal.Instant }

/** A session as its attendance needs it. */
export type AttendedSession = Span & {
  id: string
  trainingId: string
  kind: 'session' | 'break'
  title: Words
  wallStart: Temporal.PlainDateTime
  wallEnd: Temporal.PlainDateTime
  zone: string
  counts: boolean
  canceledAt: Temporal.Instant | null
}

/** Percent of the minutes that a certificate asks for where its rules say nothing else (product.md, "Numbers"). */
export const NEEDED_PERCENT = 80

/** Who enters the short code up to so many minutes after the start counts as there from the start. */
export const GRACE_MINUTES = 10

/** Whole minutes of a session. */
export const lengthOf = ({ startsAt, endsAt }: Span): number => minutesBetween(startsAt, endsAt)

/** Whole minutes from one instant to another; none when it is not later. */
export const minutesBetween = (from: Temporal.Instant, to: Temporal.Instant): number =>
  Math.max(0, Math.floor((to.epochMilliseconds - from.epochMilliseconds) / 60_000))

/**
 * Minutes that a status is worth. `at` is when somebody came (late) or left (left early), within the session.
 * Absent and excused are worth none: excused says why, it does not make minutes.
 */
export function minutesFor(status: AttendanceStatus, span: Span, at: Temporal.Instant | null): number {
  if (status === 'present') return lengthOf(span)
  if (status === 'late' && at) return Math.min(lengthOf(span), minutesBetween(at, span.endsAt))
  if (status === 'left_early' && at) return Math.min(lengthOf(span), minutesBetween(span.startsAt, at))
  return 0
}

/** What the short code makes of the moment it is entered: there from the start, or late with the minutes that are left. */
export function statusByCode(span: Span, at: Temporal.Instant): { status: 'present' | 'late'; minutes: number } {
  const late = Temporal.Instant.compare(at, span.startsAt.add({ minutes: GRACE_MINUTES })) > 0
  const status = late ? 'late' : 'present'
  return { status, minutes: minutesFor(status, span, at) }
}

/** The instant of a wall time within a session, or undefined when the session is not on at that time. */
export function instantWithin(
  { startsAt, endsAt, wallStart, zone }: Span & { wallStart: Temporal.PlainDateTime; zone: string },
  time: Temporal.PlainTime,
): Temporal.Instant | undefined {
  const date = wallStart.toPlainDate()
  const moments = [date, date.add({ days: 1 })].flatMap(day =>
    (['earlier', 'later'] as const).map(disambiguation =>
      day.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation }).toInstant(),
    ),
  )
  return moments.find(
    moment => Temporal.Instant.compare(moment, startsAt) > 0 && Temporal.Instant.compare(moment, endsAt) < 0,
  )
}

/** Minutes somebody was there, of the minutes of all sessions that count. */
export type Share = { minutes: number; of: number }

/** The share in whole percent, rounded down so that it never says more than was reached. */
export const percentOf = ({ minutes, of }: Share): number => (of > 0 ? Math.floor((minutes * 100) / of) : 0)

/** Whether the share reaches a percent; exact, not rounded. */
export const reaches = ({ minutes, of }: Share, percent: number): boolean => minutes * 100 >= percent * of

type Attendable = Pick<AttendedSession, 'kind' | 'canceledAt' | 'startsAt' | 'zone'>

/** Whether attendance of a session can be taken: from the day it is on, and not of one that was called off. */
export function takesAttendance(
  session: Attendable,
  training: { status: TrainingStatus },
  at: Temporal.Instant,
): Verdict {
  if (session.kind !== 'session') return no('attendance.break')
  if (session.canceledAt) return no('attendance.canceled')
  if (training.status === 'canceled' || training.status === 'draft') return no('attendance.training')
  return Temporal.PlainDate.compare(dayIn(at, session.zone), dayIn(session.startsAt, session.zone)) < 0
    ? no('attendance.early')
    : YES
}

/** Whether the session's day is over where it was held: a change of a mark then needs a reason. */
export const isPast = ({ endsAt, zone }: Pick<AttendedSession, 'endsAt' | 'zone'>, at: Temporal.Instant): boolean =>
  Temporal.PlainDate.compare(dayIn(at, zone), dayIn(endsAt, zone)) > 0

const dayIn = (instant: Temporal.Instant, zone: string) => instant.toZonedDateTimeISO(zone).toPlainDate()

/** Sessions (alias `s`) whose minutes make the percent. */
export const COUNTS = `s.kind = 'session' and s.counts and s.canceled_at is null`
/** Whole minutes of a session (alias `s`), as `lengthOf` counts them. */
export const LENGTH = 'floor(extract(epoch from s.ends_at - s.starts_at) / 60)::int'
/**
 * Minutes of a mark (alias `a`), none where there is none: a session that was made shorter or longer since keeps its people
 * whole. (`least` passes over null, so what is not there is said first.)
 */
export const MINUTES = `case when a.id is null then 0 when a.status = 'present' then ${LENGTH} else least(a.minutes, ${LENGTH}) end`
