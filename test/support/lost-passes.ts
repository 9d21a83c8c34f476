import { inTransaction, sql } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import type { Actor } from '../../models/actor.ts'
import { earnedBy, issueCertificate, snapshotOf } from '../../models/certifying.ts'
import { aSitting } from './answers.ts'
import { theHouse } from './app.ts'
import type { SomeEnrollment, SomeTraining } from './trainings.ts'

/** A certificate of achievement as one is issued, whatever its rules say. @returns its code */
export async function issuedAnyway(actor: Actor, enrollment: SomeEnrollment): Promise<string> {
  const earned = (await earnedBy(enrollment.id))!
  const { code } = await inTransaction(() =>
    issueCertificate(actor, {
      ...{ kind: 'achievement', personId: earned.personId, trainingId: earned.trainingId, replacesId: null },
      ...{ enrollmentId: earned.id, names: { latin: enrollment.person.name }, dataKey: theHouse().config.dataKey },
      snapshot: snapshotOf(earned, [], [], now()),
    }),
  )
  return code
}

/** Somebody with a certificate who passed a test, and does not by results that were corrected since. */
export async function aLostPass(actor: Actor, training: SomeTraining) {
  const sitting = await aSitting(training, { answers: {} })
  const code = await issuedAnyway(actor, sitting.enrollment)
  await sql(
    null,
    `with r as (insert into regrades (item_version_id, act, reason, at)
       select item_version_id, 'restore', 'The key was wrong.', $2 from attempt_items where attempt_id = $1 limit 1
       returning id)
     insert into regraded_attempts (regrade_id, attempt_id, points_before, max_before, percent_before, points_after,
       max_after, percent_after) select r.id, $1, 4, 4, 100, 0, 4, 0 from r`,
    [sitting.attemptId, now()],
  )
  return { ...sitting, code }
}
