import { one, sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import { type AskedItem, itemsOf } from './attempt.ts'
import { record } from './audit.ts'
import { columnsOf, GRADING, keepBest, resultOf } from './closing-attempts.ts'
import { recheck } from './completing.ts'
import { notify, recipient } from './notifying.ts'

/** An attempt that was handed in, with whose it is. Percent is null while it waits for marks. */
type Settled = { enrollmentId: string; assessmentId: string; personId: string; percent: string | null }

/**
 * Gives an attempt its result once nothing of it waits for a person's marking, and tells the learner; does nothing while
 * something waits, or when it has one. Call with the enrollment locked.
 * @param actor who gave the last mark; null when a question was dropped
 * @returns whether it was settled now
 */
export async function settle(id: string, actor: Actor | null): Promise<boolean> {
  const attempt = await lockHandedIn(id)
  if (!attempt || attempt.percent !== null) return false
  const percent = await putResult(id, attempt, await itemsOf(id))
  if (percent === null) return false
  await record(actor, 'attempt.marked', 'attempt', id, { percent })
  const to = await recipient(attempt.personId)
  if (to) await notify(to, 'test-marked', `attempt:${id}:marked`, { attemptId: id })
  return true
}

/**
 * Locks an attempt that was handed in, and keeps corrections of its questions out; undefined for one that was not. Call
 * with the enrollment locked.
 */
export async function lockHandedIn(id: string): Promise<Settled | undefined> {
  // Before the row: whoever corrects results keeps this lock while changing rows.
  await sql('settling.lock-grading', 'select pg_advisory_xact_lock_shared($1)', [GRADING])
  return one<Settled>(
    'settling.lock',
    `select a.enrollment_id as "enrollmentId", a.assessment_id as "assessmentId", e.person_id as "personId", a.percent
     from attempts a join enrollments e on e.id = a.enrollment_id
     where a.id = $1 and a.handed_in_at is not null for no key update of a`,
    [id],
  )
}

/** Writes the result that follows now, and what follows from it; returns its percent, null while something waits. */
export async function putResult(id: string, place: Settled, items: AskedItem[]): Promise<number | null> {
  const result = resultOf(items)
  if (!result) return null
  await sql('settling.result', 'update attempts set points = $2, max_points = $3, percent = $4 where id = $1', [
    id,
    ...columnsOf(result),
  ])
  await keepBest(place)
  await recheck(place.enrollmentId)
  return result.percent
}
