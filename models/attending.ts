import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import {
  type AttendanceSource,
  type AttendanceStatus,
  type AttendedSession,
  isPast,
  minutesFor,
  takesAttendance,
} from './attendance.ts'
import { record } from './audit.ts'
import { recheck } from './completing.ts'
import { insist, Refused } from './refused.ts'
import type { TrainingStatus } from './training.ts'

/**
 * What somebody says of one person. `at`: when they came or left. `minutes` only where a list of a meeting knows them.
 * `seen` is the revision of the mark that was on the page, 0 when there was none, null when it does not matter.
 */
export type Mark = {
  enrollmentId: string
  status: AttendanceStatus
  at?: Temporal.Instant | null
  minutes?: number
  reason?: string | null
  seen: number | null
}

export type Marking = {
  source: AttendanceSource
  /** Why marks are changed; asked when the day of the session is over. */
  why?: string | null
  /** Everybody who has no mark afterwards was there from start to end. */
  restPresent?: boolean
}

/** `kept`: enrollments whose mark somebody else has changed meanwhile; that one stands, and the writer is told. */
export type Marked = { saved: number; kept: string[] }

/**
 * Writes marks of one session, all in one act. The same marks sent twice change nothing. A change of a mark keeps what
 * it was (`attendance_corrections`). Two trainers at once: who marks other people loses nothing, and of two different
 * marks of one person the first stands and the second is told of it.
 * @throws Refused when attendance cannot be taken, or a correction after the day has no reason (`attendance.why`)
 */
export function attend(actor: Actor, sessionId: string, marks: Mark[], marking: Marking): Promise<Marked> {
  return inTransaction(async () => {
    const session = await lockSession(sessionId)
    const wanted = new Map(marks.map(mark => [mark.enrollmentId, mark]))
    const places = await lockPlaces(session.trainingId, marking.restPresent ? null : [...wanted.keys()])
    const before = await marksNow(sessionId, places)
    const changes = places.flatMap(id => changeOf(session, id, wanted.get(id), before.get(id), marking))
    const real = changes.filter(each => each.kind !== 'kept')
    const corrected = real.some(each => each.kind === 'correction')
    if (corrected && isPast(session, now()) && !marking.why?.trim())
      throw new Refused('attendance.why', { field: 'why' })
    for (const change of real) await write(actor, session, change, marking)
    if (real.length) {
      const corrections = real.filter(each => each.kind === 'correction').length
      await record(actor, 'attendance.taken', 'session', sessionId, { marks: real.length, corrections })
    }
    await recheck(...real.map(each => each.enrollmentId))
    return { saved: real.length, kept: changes.filter(each => each.kind === 'kept').map(each => each.enrollmentId) }
  })
}

/** The session, held so that it is neither called off nor moved meanwhile. @throws Refused when it takes no attendance */
export async function lockSession(id: string): Promise<AttendedSession> {
  const session = await one<AttendedSession & { status: TrainingStatus }>(
    'attending.session',
    `select s.id, s.training_id as "trainingId", s.kind, s.title, s.wall_start as "wallStart", s.wall_end as "wallEnd",
       s.zone, s.starts_at as "startsAt", s.ends_at as "endsAt", s.counts, s.canceled_at as "canceledAt", t.status
     from sessions s join trainings t on t.id = s.training_id where s.id = $1 for share of s`,
    [id],
  )
  if (!session) throw new Refused('attendance.canceled')
  insist(takesAttendance(session, session, now()))
  return session
}

/** Places of a training, all or those named, locked in one order: whoever else marks these people waits. */
async function lockPlaces(trainingId: string, ids: string[] | null): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    'attending.places',
    `select id from enrollments where training_id = $1 and status = 'enrolled' and ($2::bigint[] is null or id = any ($2))
     order by id for update`,
    [trainingId, ids],
  )
  return rows.map(({ id }) => id)
}

type Now = {
  id: string
  enrollmentId: string
  status: AttendanceStatus
  minutes: number
  reason: string | null
  movedAt: Temporal.Instant | null
  source: AttendanceSource
  byId: string | null
  at: Temporal.Instant
  revision: number
}

async function marksNow(sessionId: string, places: string[]): Promise<Map<string, Now>> {
  const rows = await sql<Now>(
    'attending.now',
    `select id, enrollment_id as "enrollmentId", status, minutes, reason, moved_at as "movedAt", source, by_id as "byId", at,
       revision
     from attendances where session_id = $1 and enrollment_id = any ($2)`,
    [sessionId, places],
  )
  return new Map(rows.map(row => [row.enrollmentId, row]))
}

type Value = { status: AttendanceStatus; minutes: number; reason: string | null; movedAt: Temporal.Instant | null }
type Change =
  | { kind: 'kept'; enrollmentId: string }
  | { kind: 'first'; enrollmentId: string; value: Value }
  | { kind: 'correction'; enrollmentId: string; value: Value; was: Now }

function changeOf(
  session: AttendedSession,
  enrollmentId: string,
  mark: Mark | undefined,
  was: Now | undefined,
  { restPresent }: Marking,
): Change[] {
  const said = mark ?? (restPresent && !was ? ({ enrollmentId, status: 'present', seen: 0 } satisfies Mark) : undefined)
  if (!said) return []
  const value = valueFor(session, said)
  if (!was) return [{ kind: 'first', enrollmentId, value }]
  if (same(was, value)) return []
  if (said.seen !== null && said.seen !== was.revision) return [{ kind: 'kept', enrollmentId }]
  return [{ kind: 'correction', enrollmentId, value, was }]
}

function valueFor(session: AttendedSession, { status, at, minutes, reason }: Mark): Value {
  const moved = status === 'late' || status === 'left_early'
  return {
    status,
    minutes: moved && minutes !== undefined ? minutes : minutesFor(status, session, at ?? null),
    reason: status === 'excused' ? (reason ?? null) : null,
    movedAt: moved ? (at ?? null) : null,
  }
}

const same = (was: Now, is: Value) =>
  was.status === is.status &&
  was.minutes === is.minutes &&
  was.reason === is.reason &&
  String(was.movedAt) === String(is.movedAt)

async function write(
  actor: Actor,
  session: AttendedSession,
  change: Exclude<Change, { kind: 'kept' }>,
  marking: Marking,
) {
  const { status, minutes, reason, movedAt } = change.value
  const fields = [status, minutes, reason, movedAt, marking.source, actor.id, now()]
  if (change.kind === 'first')
    return sql(
      'attending.first',
      `insert into attendances (status, minutes, reason, moved_at, source, by_id, at, session_id, enrollment_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [...fields, session.id, change.enrollmentId],
    )
  const { id, enrollmentId: _enrollment, revision: _revision, ...was } = change.was
  await sql(
    'attending.trail',
    'insert into attendance_corrections (attendance_id, was, reason, by_id, at) values ($1, $2, $3, $4, $5)',
    [id, JSON.stringify(was), marking.why?.trim() || null, actor.id, now()],
  )
  await sql(
    'attending.change',
    `update attendances set status = $1, minutes = $2, reason = $3, moved_at = $4, source = $5, by_id = $6, at = $7,
       revision = revision + 1 where id = $8`,
    [...fields, id],
  )
}
