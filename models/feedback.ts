import { one } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { type Attempt, type Place, stateOf } from './attempt.ts'

/** Why feedback is not shown yet: another attempt is open, or the test is not closed to everybody. An attempt that waits for marks shows none. */
export type FeedbackState = 'open' | 'own-attempt' | 'not-closed' | 'never'

/** Whether right answers and reasons are shown after an attempt: the rule of the test, and no other attempt open. */
export async function feedbackOpen(place: Place, attempts: Attempt[]): Promise<FeedbackState> {
  if (place.feedback === 'never') return 'never'
  if (attempts.some(attempt => stateOf(attempt) !== 'closed')) return 'own-attempt'
  return place.feedback === 'after_attempt' || (await closedToAll(place)) ? 'open' : 'not-closed'
}

/**
 * A test is closed to all when nobody may begin an attempt any more and none runs. Where no closing is set, that is when
 * its training is over.
 */
async function closedToAll({ trainingId, assessmentId }: Place): Promise<boolean> {
  const row = await one<{ over: boolean; closesAt: Temporal.Instant | null; running: boolean }>(
    'feedback.closed',
    `select t.status in ('closed', 'canceled') as over,
       case when r.closes_at is not null then greatest(r.closes_at, (select max(x.closes_at) from test_adjustments x
         join enrollments e on e.id = x.enrollment_id where e.training_id = t.id and x.assessment_id = $2)) end as "closesAt",
       exists (select 1 from attempts a join enrollments e on e.id = a.enrollment_id
         where e.training_id = t.id and a.assessment_id = $2 and a.handed_in_at is null) as running
     from trainings t left join test_settings r on r.training_id = t.id and r.assessment_id = $2 where t.id = $1`,
    [trainingId, assessmentId],
  )
  const { over, closesAt, running } = row!
  return !running && (over || (closesAt !== null && Temporal.Instant.compare(closesAt, now()) <= 0))
}
