import { inTransaction, one, sql } from '../lib/db.ts'
import { log } from '../lib/log.ts'
import { newToken } from '../lib/secrets.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { type Attempt, type AskedItem, attemptsAt, isOver, itemsOf, type Place, type Sitting } from './attempt.ts'
import { record } from './audit.ts'
import { recheck } from './completing.ts'
import { draw, type Drawable } from './drawing.ts'
import type { EnrollmentStatus } from './enrollment.ts'
import { type Answers, grade, type Key, receiptOf } from './grading.ts'
import { notify, recipient } from './notifying.ts'
import { insist, no, Refused, type Verdict, YES } from './refused.ts'
import type { TrainingStatus } from './training.ts'

/**
 * Verbs of taking a test: start, hand in, close what is overdue. They lock the enrollment first and the attempt second,
 * always in this order; saving answers (answering.ts) locks the attempt alone.
 */

export type StartingFacts = {
  enrollmentStatus: EnrollmentStatus
  trainingStatus: TrainingStatus
  startsOn: string | null
  /** Today in the zone of the training. */
  today: string
  used: number
  allowed: number
}

/** Whether a learner may begin another attempt. Lessons need not be finished: a learner may test what they know first. */
export function mayStart({ enrollmentStatus, trainingStatus, startsOn, today, used, allowed }: StartingFacts): Verdict {
  if (enrollmentStatus !== 'enrolled') return no('attempt.notEnrolled')
  if (trainingStatus !== 'published' && trainingStatus !== 'running') return no('attempt.trainingClosed')
  if (startsOn && today < startsOn) return no('attempt.notYet')
  if (used >= allowed) return no('attempt.noneLeft', { count: allowed })
  return YES
}

/** The facts of `mayStart` for a place, `used` being its attempts so far. */
export const startingFacts = (place: Place, used: number): StartingFacts => ({
  ...place,
  used,
  today: now().toZonedDateTimeISO(place.zone).toPlainDate().toString(),
})

/**
 * Begins an attempt, or returns the open one: many presses of the button, on many devices, make one attempt.
 * @throws Refused with the reasons of `mayStart`, or attempt.bankShort
 */
export async function start(actor: Actor, place: Place): Promise<Attempt> {
  return inTransaction(async () => {
    const enrollmentStatus = await lockEnrollment(place.enrollmentId)
    let attempts = await attemptsAt(place)
    const open = attempts.find(attempt => !attempt.handedInAt)
    if (open && !isOver(open)) return open
    if (open) {
      await close(open.id, 'time', null)
      attempts = await attemptsAt(place)
    }
    insist(mayStart({ ...startingFacts(place, attempts.length), enrollmentStatus }))
    return begin(actor, place, (attempts.at(-1)?.number ?? 0) + 1)
  })
}

/** Hands an attempt in and grades it. One that is closed already stays as it is. */
export async function handIn(actor: Actor, sitting: Sitting) {
  await inTransaction(async () => {
    await lockEnrollment(sitting.enrollmentId)
    await close(sitting.id, isOver(sitting) ? 'time' : 'learner', actor)
  })
}

/** Closes an attempt whose time is over, with the answers that were saved before; returns whether it is closed now. */
export async function closeIfOver(attempt: Pick<Attempt, 'id' | 'handedInAt' | 'deadlineAt'>, enrollmentId: string) {
  if (attempt.handedInAt) return true
  if (!isOver(attempt)) return false
  await inTransaction(async () => {
    await lockEnrollment(enrollmentId)
    await close(attempt.id, 'time', null)
  })
  return true
}

/** Closes all attempts whose time is over, each in a transaction of its own; returns how many. */
export async function closeOverdue(): Promise<number> {
  const overdue = await sql<{ id: string; enrollmentId: string; deadlineAt: Temporal.Instant }>(
    'attempt.overdue',
    `select id, enrollment_id as "enrollmentId", deadline_at as "deadlineAt" from attempts
     where handed_in_at is null and deadline_at < $1 order by deadline_at limit 1000`,
    [now()],
  )
  for (const attempt of overdue) await closeIfOver({ ...attempt, handedInAt: null }, attempt.enrollmentId)
  return overdue.length
}

async function begin(actor: Actor, place: Place, number: number): Promise<Attempt> {
  const seed = newToken()
  const drawn = draw(seed, place.blueprint, await itemsInUse(place))
  if (!drawn.items) {
    log.error({ training: place.code, outcome: drawn.short }, 'the question bank has too few items in use for a test')
    throw new Refused('attempt.bankShort')
  }
  const startedAt = now()
  const attempt = await one<{ id: string }>(
    'attempt.add',
    `insert into attempts (assessment_id, enrollment_id, number, seed, started_at, deadline_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning id`,
    [
      ...[place.assessmentId, place.enrollmentId, number, seed, startedAt],
      place.minutes ? startedAt.add({ minutes: place.minutes }) : null,
    ],
  )
  // The index of open attempts holds even if someone forgets the lock: lead to the attempt that is there.
  if (!attempt) return (await attemptsAt(place)).find(each => !each.handedInAt)!
  await sql(
    'attempt.add-items',
    `insert into attempt_items (attempt_id, position, item_version_id)
     select $1, n, item from unnest($2::bigint[]) with ordinality as drawn (item, n)`,
    [attempt.id, drawn.items.map(item => item.id)],
  )
  await record(actor, 'attempt.started', 'attempt', attempt.id, { training: place.code, number })
  return (await attemptsAt(place)).at(-1)!
}

const itemsInUse = ({ blueprint }: Place) =>
  sql<Drawable>(
    'attempt.bank',
    `select v.id, i.code, v.outcome_code as outcome, v.difficulty, v.type from item_versions v
     join items i on i.id = v.item_id where v.status = 'in_use' and v.outcome_code = any ($1)`,
    [Object.keys(blueprint)],
  )

async function lockEnrollment(id: string): Promise<EnrollmentStatus> {
  const row = await one<{ status: EnrollmentStatus }>(
    'attempt.lock-enrollment',
    'select status from enrollments where id = $1 for no key update',
    [id],
  )
  return row!.status
}

type Closing = {
  number: number
  enrollmentId: string
  assessmentId: string
  deadlineAt: Temporal.Instant | null
  personId: string
}

/** Call with the enrollment locked. */
async function close(id: string, by: 'learner' | 'time', actor: Actor | null) {
  const attempt = await one<Closing>(
    'attempt.lock-open',
    `select a.number, a.enrollment_id as "enrollmentId", a.assessment_id as "assessmentId",
       a.deadline_at as "deadlineAt", e.person_id as "personId"
     from attempts a join enrollments e on e.id = a.enrollment_id
     where a.id = $1 and a.handed_in_at is null for no key update of a`,
    [id],
  )
  if (!attempt) return
  const items = await itemsOf(id)
  const { points, maxPoints, percent } = grade(items.map(keyOf), answersOf(items))
  // What time closed was closed when the time was over, however late somebody looked.
  const at = by === 'time' ? attempt.deadlineAt! : now()
  await sql(
    'attempt.close',
    `update attempts set handed_in_at = $2, closed_by = $3, points = $4, max_points = $5, percent = $6, receipt = $7
     where id = $1`,
    [id, at, by, points, maxPoints, percent, receiptOf(id, items)],
  )
  await sql(
    'grade.best',
    `insert into grades (enrollment_id, assessment_id, points, max_points, percent, computed_from, released_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (enrollment_id, assessment_id) do update set points = excluded.points, max_points = excluded.max_points,
       percent = excluded.percent, computed_from = excluded.computed_from, released_at = excluded.released_at
     where excluded.percent > grades.percent`,
    [attempt.enrollmentId, attempt.assessmentId, points, maxPoints, percent, id, now()],
  )
  await record(actor, by === 'time' ? 'attempt.timed-out' : 'attempt.handed-in', 'attempt', id, { percent })
  const to = await recipient(attempt.personId)
  if (to) await notify(to, 'test-receipt', `attempt:${id}:receipt`, { attemptId: id })
  await recheck(attempt.enrollmentId)
}

/** What grading needs of an asked item. */
export const keyOf = ({ id, type, content, points }: AskedItem): Key => ({ id, type, content, points })

/** The answers that count, by item id. */
export const answersOf = (items: AskedItem[]): Answers =>
  Object.fromEntries(items.flatMap(({ id, value }) => (value ? [[id, value]] : [])))
