import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { recheck } from './completing.ts'
import { no, insist, type Verdict, YES } from './refused.ts'
import type { EnrollmentStatus } from './enrollment.ts'
import type { TrainingStatus } from './training.ts'

/** Whether finishing a lesson still counts: for those enrolled, while the training runs. */
export function mayFinish(facts: { own: EnrollmentStatus | null; status: TrainingStatus }): Verdict {
  if (facts.own !== 'enrolled') return no('lessons.notEnrolled')
  return facts.status === 'published' || facts.status === 'running' ? YES : no('lessons.closed')
}

/**
 * Marks a lesson as finished by the learner; the only way progress moves. Doing it again changes nothing.
 * @throws Refused with the reasons of `mayFinish`
 */
export async function finishLesson(actor: Actor, enrollmentId: string, lessonId: string) {
  await inTransaction(async () => {
    const facts = await one<{ own: EnrollmentStatus; status: TrainingStatus }>(
      'progressing.lock',
      `select e.status as own, t.status from enrollments e join trainings t on t.id = e.training_id
       where e.id = $1 and e.person_id = $2 for update of e`,
      [enrollmentId, actor.id],
    )
    insist(mayFinish({ own: facts?.own ?? null, status: facts?.status ?? 'closed' }))
    const added = await sql(
      'progressing.add',
      `insert into progress (enrollment_id, lesson_id, finished_at) values ($1, $2, $3)
       on conflict do nothing returning lesson_id`,
      [enrollmentId, lessonId, now()],
    )
    if (added.length) await recheck(enrollmentId)
  })
}
