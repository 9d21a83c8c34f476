import { anEssayTraining, marked, written } from '../support/essays.ts'
import { aTrainerOf } from '../support/assignments.ts'
import type { SomeTraining } from '../support/trainings.ts'
import type { Someone } from '../support/people.ts'
import { sql } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'

/** A training whose test has an essay: one answer waits for marks, that of another learner has its result. */
export type EssaysOfAWorld = { training: SomeTraining; waitingId: string; markedId: string; markedEnrollmentId: string }

export async function somethingWritten({
  owner,
  trainer,
}: {
  owner: Someone
  trainer: Someone
}): Promise<EssaysOfAWorld> {
  const { training } = await anEssayTraining({ code: 'RMC-09', training: { code: 'RMC-09-ESSAY' } })
  await sql(
    null,
    `insert into role_grants (person_id, role, scope_kind, scope_id, valid_from) values ($1, 'trainer', 'training', $2, $3)`,
    [trainer.id, training.id, now().subtract({ hours: 1 })],
  )
  const waiting = await written(training, { person: owner })
  const done = await written(training)
  await marked(await aTrainerOf(training), done, 6, 'Well argued')
  return {
    training,
    waitingId: waiting.essays[0]!,
    markedId: done.essays[0]!,
    markedEnrollmentId: done.enrollmentId,
  }
}
