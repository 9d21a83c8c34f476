import { inTransaction, one, sql } from '../lib/db.ts'
import { newDigits } from '../lib/secrets.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { attend, lockSession } from './attending.ts'
import { type AttendanceStatus, statusByCode } from './attendance.ts'
import { record } from './audit.ts'
import type { Words } from './course.ts'
import { Refused } from './refused.ts'

/** Minutes for which a code is shown; the first is offered. */
export const WINDOWS = [10, 5, 15, 30] as const

/** A code that people in the room can enter now. */
export type Window = { id: string; code: string; opensAt: Temporal.Instant; closesAt: Temporal.Instant }

const OPEN = 'c.closed_at is null and c.opens_at <= $2 and c.closes_at > $2'

/** The code of a session that can be entered at this moment, or undefined. */
export const openWindow = (sessionId: string): Promise<Window | undefined> =>
  one<Window>(
    'codes.open',
    `select c.id, c.code, c.opens_at as "opensAt", c.closes_at as "closesAt" from attendance_codes c
     where c.session_id = $1 and ${OPEN} order by c.id desc limit 1`,
    [sessionId, now()],
  )

/**
 * Opens the window of a session for so many minutes, at most to the session's end; one that is open stays, with its code,
 * and closes at the new time. Six digits: the people of the region share no letters on their keyboards.
 * @throws Refused when attendance cannot be taken or the session is over
 */
export function openCode(actor: Actor, sessionId: string, minutes: number): Promise<Window> {
  return inTransaction(async () => {
    // Two who open at once get one code: the later one waits here, then finds it.
    await sql('codes.lock', 'select id from sessions where id = $1 for no key update', [sessionId])
    const session = await lockSession(sessionId)
    if (Temporal.Instant.compare(session.endsAt, now()) <= 0) throw new Refused('attendance.codeOver')
    const wished = now().add({ minutes })
    const closesAt = Temporal.Instant.compare(wished, session.endsAt) < 0 ? wished : session.endsAt
    const open = await openWindow(sessionId)
    if (open) {
      await sql('codes.prolong', 'update attendance_codes set closes_at = $2 where id = $1', [open.id, closesAt])
      return { ...open, closesAt }
    }
    const code = await freshCode(session.trainingId)
    const row = await one<{ id: string }>(
      'codes.add',
      `insert into attendance_codes (session_id, code, opens_at, closes_at, opened_by) values ($1, $2, $3, $4, $5)
       returning id`,
      [sessionId, code, now(), closesAt, actor.id],
    )
    await record(actor, 'attendance-code.opened', 'session', sessionId, { until: closesAt.toString() })
    return { id: row!.id, code, opensAt: now(), closesAt }
  })
}

/** Closes the window before its time. Twice changes nothing. */
export function closeCode(actor: Actor, sessionId: string): Promise<void> {
  return inTransaction(async () => {
    const closed = await sql(
      'codes.close',
      `update attendance_codes c set closed_at = $2 where c.session_id = $1 and ${OPEN} returning c.id`,
      [sessionId, now()],
    )
    if (closed.length) await record(actor, 'attendance-code.closed', 'session', sessionId)
  })
}

// Not one that was shown in this training lately: an old slip of paper must not open a new door.
async function freshCode(trainingId: string): Promise<string> {
  const used = new Set(
    (
      await sql<{ code: string }>(
        'codes.used',
        'select c.code from attendance_codes c join sessions s on s.id = c.session_id where s.training_id = $1',
        [trainingId],
      )
    ).map(row => row.code),
  )
  for (;;) {
    const code = newDigits()
    if (!used.has(code)) return code
  }
}

/** Windows that are open now in trainings where this person has a place. */
export type OwnWindow = {
  trainingId: string
  code: string
  title: Words
  closesAt: Temporal.Instant
  marked: AttendanceStatus | null
}

/** Trainings of a person in which a code can be entered now; `trainingId` asks for one of them alone. */
export const windowsFor = (personId: string, trainingId: string | null = null): Promise<OwnWindow[]> =>
  sql<OwnWindow>(
    'codes.for-person',
    `select t.id as "trainingId", t.code, s.title, c.closes_at as "closesAt", a.status as marked
     from attendance_codes c join sessions s on s.id = c.session_id join trainings t on t.id = s.training_id
     join enrollments e on e.training_id = t.id and e.person_id = $1 and e.status = 'enrolled'
     left join attendances a on a.session_id = s.id and a.enrollment_id = e.id
     where ${OPEN} and s.canceled_at is null and ($3::bigint is null or t.id = $3) order by c.opens_at, c.id`,
    [personId, now(), trainingId],
  )

/** The digits somebody typed: with spaces or without, in European, Persian or Arabic figures. */
export const digitsOf = (typed: string): string =>
  typed
    .replace(/[۰-۹]/g, digit => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/[٠-٩]/g, digit => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[\s\-‐‑.]/g, '')

export type Entered = { status: AttendanceStatus; title: Words; fresh: boolean }

/**
 * A learner enters the code of the room. A mark that is there already stays, whoever made it: the answer says what it is.
 * @throws Refused when no window is open (`codeNone`), the code is of a window that has closed (`codeClosed`), or wrong
 */
export function enterCode(actor: Actor, trainingId: string, typed: string): Promise<Entered> {
  return inTransaction(async () => {
    const place = await one<{ id: string }>(
      'codes.place',
      `select id from enrollments where training_id = $1 and person_id = $2 and status = 'enrolled' for update`,
      [trainingId, actor.id],
    )
    if (!place) throw new Refused('attendance.notEnrolled')
    const session = await sessionBehind(trainingId, digitsOf(typed))
    const mark = await markOf(session.id, place.id)
    if (mark) return { status: mark.status, title: session.title, fresh: false }
    const { status, minutes } = statusByCode(session, now())
    const at = status === 'late' ? now() : null
    await attend(actor, session.id, [{ enrollmentId: place.id, status, minutes, at, seen: 0 }], { source: 'code' })
    return { status, title: session.title, fresh: true }
  })
}

type Behind = { id: string; title: Words; startsAt: Temporal.Instant; endsAt: Temporal.Instant; open: boolean }

async function sessionBehind(trainingId: string, code: string): Promise<Behind> {
  const rows = await sql<Behind & { code: string }>(
    'codes.behind',
    `select s.id, s.title, s.starts_at as "startsAt", s.ends_at as "endsAt", c.code, (${OPEN}) as open
     from attendance_codes c join sessions s on s.id = c.session_id
     where s.training_id = $1 and s.canceled_at is null order by c.id desc`,
    [trainingId, now()],
  )
  const meant = rows.find(row => row.code === code)
  if (meant?.open) return meant
  if (meant) throw new Refused('attendance.codeClosed', { field: 'code' })
  throw new Refused(rows.some(row => row.open) ? 'attendance.codeWrong' : 'attendance.codeNone', { field: 'code' })
}

const markOf = (sessionId: string, enrollmentId: string) =>
  one<{ status: AttendanceStatus }>(
    'codes.mark',
    'select status from attendances where session_id = $1 and enrollment_id = $2',
    [sessionId, enrollmentId],
  )
