import { sql } from '../../lib/db.ts'
import { now, setClock } from '../../lib/time.ts'
import type { SomeCourse } from '../support/courses.ts'
import { anEnrollment, aTraining, type SomeTraining } from '../support/trainings.ts'
import type { Someone } from '../support/people.ts'
import { taught } from '../support/teaching.ts'

/** A training that is over, with who taught it and who learned in it. */
export type Taught = { training: SomeTraining; teacher: Someone }

export async function somethingTaught(
  course: SomeCourse,
  { coordinator, trainer, owner }: { coordinator: Someone; trainer: Someone; owner: Someone },
): Promise<Taught> {
  const training = await aTraining(course, {
    ...{ code: 'RMC-01-TAUGHT', format: 'live_online', startsOn: '2026-11-02', endsOn: '2026-11-03' },
  })
  await anEnrollment(training, owner)
  await taught(
    training,
    coordinator,
    [{ role: 'trainer', personId: trainer.id }],
    [{ from: '2026-11-02T11:00', to: '2026-11-02T12:30' }],
  )
  setClock()
  // What the past queued is due now: nobody has been waiting for it.
  await sql(null, 'update jobs set run_at = now(), created_at = now() where run_at < $1', [now()])
  return { training, teacher: trainer }
}
