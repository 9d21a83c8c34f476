import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { type AskedItem, type Attempt, isDue, isOver, itemsOf, type TestKind } from './attempt.ts'
import { record } from './audit.ts'
import { recheck } from './completing.ts'
import type { EnrollmentStatus } from './enrollment.ts'
import { answersOf, type Grade, grade, keyOf, marksIn, receiptOf, unmarked } from './grading.ts'
import { notify, recipient } from './notifying.ts'

/** Closes an attempt for which nothing is waited for any more. */
export async function closeIfDue(attempt: Pick<Attempt, 'id' | 'handedInAt' | 'lateUntil'>, enrollmentId: string) {
  if (attempt.handedInAt || !isDue(attempt)) return
  await inTransaction(async () => {
    await lockEnrollment(enrollmentId)
    await close(attempt.id, null)
  })
}

/** Closes all attempts whose time is over and whose late answers are in, each by itself; returns how many. */
export async function closeOverdue(): Promise<number> {
  const overdue = await sql<{ id: string; enrollmentId: string; lateUntil: Temporal.Instant }>(
    'attempt.overdue',
    `select id, enrollment_id as "enrollmentId", late_until as "lateUntil" from attempts
     where handed_in_at is null and late_until < $1 order by late_until limit 1000`,
    [now()],
  )
  for (const attempt of overdue) await closeIfDue({ ...attempt, handedInAt: null }, attempt.enrollmentId)
  return overdue.length
}

/** Locks a place for the verbs of its attempts: the enrollment first, the attempt second. */
export async function lockEnrollment(id: string): Promise<EnrollmentStatus> {
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
  kind: TestKind
  deadlineAt: Temporal.Instant | null
  lateUntil: Temporal.Instant | null
  personId: string
}

/** The lock between closing, which many do at once, and regrading, which waits for them and then keeps them out. */
export const GRADING = 727200

/**
 * Closes and grades an attempt, once; one with essays has its result when people have marked them (settling.ts). Call with
 * the enrollment locked: only now is it sure whether the time is over, since it may have been given while this waited.
 * @param actor the learner; null for the clock, which closes only what is due
 */
export async function close(id: string, actor: Actor | null) {
  const attempt = await one<Closing>(
    'attempt.lock-open',
    `select a.number, a.enrollment_id as "enrollmentId", a.assessment_id as "assessmentId", s.kind,
       a.deadline_at as "deadlineAt", a.late_until as "lateUntil", e.person_id as "personId"
     from attempts a join enrollments e on e.id = a.enrollment_id join assessments s on s.id = a.assessment_id
     where a.id = $1 and a.handed_in_at is null for no key update of a`,
    [id],
  )
  if (!attempt || !(actor || isDue(attempt))) return
  await sql('attempt.lock-grading', 'select pg_advisory_xact_lock_shared($1)', [GRADING])
  const items = await itemsOf(id)
  const result = resultOf(items)
  const by = isOver(attempt) ? 'time' : 'learner'
  // What time closed was closed when the time was over, however late somebody looked.
  const at = by === 'time' ? attempt.deadlineAt! : now()
  await sql(
    'attempt.close',
    `update attempts set handed_in_at = $2, closed_by = $3, points = $4, max_points = $5, percent = $6, receipt = $7
     where id = $1`,
    [id, at, by, ...columnsOf(result), receiptOf(id, items)],
  )
  if (attempt.kind === 'test' && result) await keepBest(attempt)
  const outcome = result ? { percent: result.percent } : { unmarked: unmarked(items).length }
  await record(actor, by === 'time' ? 'attempt.timed-out' : 'attempt.handed-in', 'attempt', id, outcome)
  const to = await recipient(attempt.personId)
  if (to) await notify(to, 'test-receipt', `attempt:${id}:receipt`, { attemptId: id })
  if (attempt.kind === 'test' && result) await recheck(attempt.enrollmentId)
}

/** The result that follows from what was asked, answered and marked; null while something waits for a person's marking. */
export const resultOf = (items: AskedItem[]): Grade | null =>
  unmarked(items).length ? null : grade(items.map(keyOf), answersOf(items), marksIn(items))

/** A result as the columns points, max_points and percent of an attempt. */
export const columnsOf = (result: Grade | null): (number | null)[] =>
  result ? [result.points, result.maxPoints, result.percent] : [null, null, null]

/** Makes the best result of a place its grade, the earliest of equal ones. */
export async function keepBest({ enrollmentId, assessmentId }: Pick<Closing, 'enrollmentId' | 'assessmentId'>) {
  await sql(
    'grade.best',
    `insert into grades (enrollment_id, assessment_id, points, max_points, percent, computed_from, released_at)
     select enrollment_id, assessment_id, points, max_points, percent, id, $3 from attempts
     where enrollment_id = $1 and assessment_id = $2 and percent is not null order by percent desc, number limit 1
     on conflict (enrollment_id, assessment_id) do update set points = excluded.points, max_points = excluded.max_points,
       percent = excluded.percent, computed_from = excluded.computed_from, released_at = excluded.released_at
     where grades.percent <> excluded.percent or grades.points <> excluded.points`,
    [enrollmentId, assessmentId, now()],
  )
}
