import { one, sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import {
  type AttendanceSource,
  type AttendanceStatus,
  type AttendedSession,
  COUNTS,
  LENGTH,
  MINUTES,
} from './attendance.ts'

import { type PlannedTraining, seesPlan } from './policies/session.ts'

/** Attendance as it is read: by session, by person, by learner. */

/**
 * Whose attendance (enrollment `e`) an actor sees: their own, and in a training of theirs everyone's. For statements whose
 * first two values are `visibleTo(actor, training)`. Pages, sheets and files all use it.
 */
export const VISIBLE = '(e.person_id = $1 or $2)'
export const visibleTo = (actor: Actor, training: PlannedTraining | null): [string | null, boolean] => [
  actor.id,
  training !== null && seesPlan(actor, training),
]

const SESSION = `s.id, s.training_id as "trainingId", s.kind, s.title, s.wall_start as "wallStart", s.wall_end as "wallEnd",
  s.zone, s.starts_at as "startsAt", s.ends_at as "endsAt", s.counts, s.canceled_at as "canceledAt"`

/** A session of a training that can have attendance; breaks have none. */
export const attendedSession = (trainingId: string, id: string) =>
  one<AttendedSession>(
    'attendance.session',
    `select ${SESSION} from sessions s where s.id = $2 and s.training_id = $1 and s.kind = 'session'`,
    [trainingId, id],
  )

export type Counts = Record<AttendanceStatus, number>
export type SessionLine = AttendedSession & {
  byStatus: Counts
  /** Places that have a mark; who marked last and when. */
  marked: number
  by: string | null
  at: Temporal.Instant | null
}

/** The sessions of a training in order of time, each with how many were there and who said so last. */
export function sessionLines(trainingId: string): Promise<SessionLine[]> {
  return sql<SessionLine>(
    'attendance.sessions',
    `select ${SESSION}, n.marked, n.at, p.name_latin as by, jsonb_build_object('present', n.present, 'late', n.late,
       'left_early', n.left_early, 'absent', n.absent, 'excused', n.excused) as "byStatus"
     from sessions s
     join lateral (select count(*)::int as marked, max(a.at) as at,
         count(*) filter (where a.status = 'present')::int as present, count(*) filter (where a.status = 'late')::int as late,
         count(*) filter (where a.status = 'left_early')::int as left_early,
         count(*) filter (where a.status = 'absent')::int as absent,
         count(*) filter (where a.status = 'excused')::int as excused,
         (array_agg(a.by_id order by a.at desc, a.id desc))[1] as last_by
       from attendances a join enrollments e on e.id = a.enrollment_id where a.session_id = s.id and e.status = 'enrolled') n on true
     left join people p on p.id = n.last_by
     where s.training_id = $1 and s.kind = 'session' and s.canceled_at is null order by s.starts_at, s.id`,
    [trainingId],
  )
}

export type AttendingPerson = {
  id: string
  personId: string
  name: string
  cyrillic: string | null
  own: string | null
  ownScript: string | null
  country: string | null
  organization: string | null
  source: string
}

const PERSON = `e.id, p.id as "personId", coalesce(p.name_latin, '') as name, p.name_cyrillic as cyrillic, p.name_own as own,
  p.name_own_script as "ownScript", e.country, p.organization, e.source`

export type PersonLine = AttendingPerson & { minutes: number; of: number; certificate: string | null }

/** The people of a training with the minutes each was there so far, of all that count. */
export function personLines(actor: Actor, training: PlannedTraining): Promise<PersonLine[]> {
  return sql<PersonLine>(
    'attendance.people',
    `select ${PERSON}, coalesce(m.minutes, 0)::int as minutes, t.of, (select k.code from certificates k
         where k.enrollment_id = e.id and k.revoked_at is null and k.replaced_at is null limit 1) as certificate
     from enrollments e join people p on p.id = e.person_id
     cross join (select coalesce(sum(${LENGTH}), 0)::int as of from sessions s where s.training_id = $3 and ${COUNTS}) t
     left join lateral (select sum(${MINUTES}) as minutes from attendances a join sessions s on s.id = a.session_id
       where a.enrollment_id = e.id and ${COUNTS}) m on true
     where e.training_id = $3 and e.status = 'enrolled' and ${VISIBLE} order by lower(p.name_latin), e.id`,
    [...visibleTo(actor, training), training.id],
  )
}

/** Minutes by enrollment, for lists that show other things too. */
export async function sharesOf(trainingId: string): Promise<Map<string, { minutes: number; of: number }>> {
  const rows = await sql<{ id: string; minutes: number; of: number }>(
    'attendance.shares',
    `select e.id, coalesce(m.minutes, 0)::int as minutes, t.of from enrollments e
     cross join (select coalesce(sum(${LENGTH}), 0)::int as of from sessions s where s.training_id = $1 and ${COUNTS}) t
     left join lateral (select sum(${MINUTES}) as minutes from attendances a join sessions s on s.id = a.session_id
       where a.enrollment_id = e.id and ${COUNTS}) m on true
     where e.training_id = $1 and t.of > 0`,
    [trainingId],
  )
  return new Map(rows.map(({ id, minutes, of }) => [id, { minutes, of }]))
}

export type MarkNow = {
  status: AttendanceStatus
  minutes: number
  reason: string | null
  movedAt: Temporal.Instant | null
  source: AttendanceSource
  by: string | null
  at: Temporal.Instant
  revision: number
}
/** One earlier state of a mark, with who changed it, when and why. */
export type Correction = {
  was: {
    status: AttendanceStatus
    minutes: number
    reason: string | null
    movedAt: string | null
    source: string
    at: string
  }
  reason: string | null
  by: string | null
  at: Temporal.Instant
}
export type MarkedPerson = AttendingPerson & { mark: MarkNow | null; corrections: number }

type MarkRow = AttendingPerson & { corrections: number; status: AttendanceStatus | null } & Omit<MarkNow, 'status'>

/** Everyone enrolled with their mark of one session, by name. */
export async function marksOf(actor: Actor, training: PlannedTraining, sessionId: string): Promise<MarkedPerson[]> {
  const rows = await sql<MarkRow>(
    'attendance.marks',
    `select ${PERSON}, a.status, a.minutes, a.reason, a.moved_at as "movedAt", a.source as "markSource", b.name_latin as by, a.at,
       a.revision, (select count(*)::int from attendance_corrections c where c.attendance_id = a.id) as corrections
     from enrollments e join people p on p.id = e.person_id
     left join attendances a on a.enrollment_id = e.id and a.session_id = $4
     left join people b on b.id = a.by_id
     where e.training_id = $3 and e.status = 'enrolled' and ${VISIBLE} order by lower(p.name_latin), e.id`,
    [...visibleTo(actor, training), training.id, sessionId],
  )
  return rows.map(personOf)
}

function personOf(row: MarkRow): MarkedPerson {
  const { status, minutes, reason, movedAt, by, at, revision, markSource, ...person } = row as MarkRow & {
    markSource: AttendanceSource
  }
  return { ...person, mark: status ? { status, minutes, reason, movedAt, source: markSource, by, at, revision } : null }
}

export type OwnLine = AttendedSession & { mark: (MarkNow & { id: string; corrections: Correction[] }) | null }

/** One person's attendance, session by session, with the trail of each mark. The actor must see it (`VISIBLE`). */
export function linesOf(actor: Actor, training: PlannedTraining | null, enrollmentId: string): Promise<OwnLine[]> {
  return sql<OwnLine>(
    'attendance.lines',
    `select ${SESSION}, case when a.id is null then null else jsonb_build_object('id', a.id, 'status', a.status,
         'minutes', ${MINUTES}, 'reason', a.reason, 'movedAt', a.moved_at, 'source', a.source, 'by', b.name_latin, 'at', a.at,
         'revision', a.revision, 'corrections', coalesce((select jsonb_agg(jsonb_build_object('was', c.was, 'reason', c.reason,
           'by', cb.name_latin, 'at', c.at) order by c.id) from attendance_corrections c
           left join people cb on cb.id = c.by_id where c.attendance_id = a.id), '[]'::jsonb)) end as mark
     from enrollments e join sessions s on s.training_id = e.training_id
     left join attendances a on a.session_id = s.id and a.enrollment_id = e.id left join people b on b.id = a.by_id
     where e.id = $3 and ${VISIBLE} and s.kind = 'session' and s.canceled_at is null
       and (a.id is not null or s.published is not null or $2) order by s.starts_at, s.id`,
    [...visibleTo(actor, training), enrollmentId],
  )
}

/** One enrolled person of a training, or undefined. */
export const attendingPerson = (actor: Actor, training: PlannedTraining, enrollmentId: string) =>
  one<AttendingPerson>(
    'attendance.person',
    `select ${PERSON} from enrollments e join people p on p.id = e.person_id
     where e.id = $4 and e.training_id = $3 and e.status = 'enrolled' and ${VISIBLE}`,
    [...visibleTo(actor, training), training.id, enrollmentId],
  )

/** Days on which a training has sessions that take place, in the host's calendar. */
export const daysOf = (sessions: AttendedSession[]): string[] => [
  ...new Set(sessions.map(each => each.wallStart.toPlainDate().toString())),
]
