import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record, transition } from './audit.ts'
import { lockTraining } from './enrolling.ts'
import type { EnrollmentStatus } from './enrollment.ts'
import { notify, recipient } from './notifying.ts'
import { offerFreePlaces } from './placing.ts'
import { withdrawal } from './policies/enrollment.ts'
import { insist } from './refused.ts'

/**
 * Gives back the actor's place, request or spot on the waiting list; a freed place is offered to the first who waits.
 * What was finished is kept. A second post changes nothing.
 * @throws Refused with the reasons of `withdrawal`
 */
export async function withdraw(actor: Actor, trainingId: string) {
  await inTransaction(async () => {
    const training = await lockTraining(trainingId)
    const own = await one<{ id: string; status: EnrollmentStatus; held: boolean; certified: boolean }>(
      'withdrawing.own',
      `select e.id, e.status, coalesce(e.offered_until > $3, false) as held, ${CERTIFIED} as certified from enrollments e
       where e.training_id = $1 and e.person_id = $2 and e.status in ('requested', 'waiting', 'enrolled') for update of e`,
      [trainingId, actor.id, now()],
    )
    if (!own) return
    insist(withdrawal(training, own, now()))
    await sql(
      'withdrawing.set',
      `update enrollments set status = 'withdrawn', offered_until = null, offer_hash = null where id = $1`,
      [own.id],
    )
    await transition('enrollment', own.id, own.status, 'withdrawn', actor)
    await record(actor, 'enrollment.withdrawn', 'enrollment', own.id, { training: trainingId, from: own.status })
    const to = await recipient(actor.id!)
    if (to)
      await notify(to, 'enrollment-withdrawn', `enrollment:${own.id}:withdrawn:${now()}`, { enrollmentId: own.id })
    // A place given back, or one held by an offer, is free for the next.
    if (own.status === 'enrolled' || own.held)
      await offerFreePlaces({ ...training, taken: Math.max(0, training.taken - 1) })
  })
}

const CERTIFIED = `exists (select 1 from certificates k
  where k.enrollment_id = e.id and k.revoked_at is null and k.replaced_at is null)`

/** Whether a live certificate hangs on the enrollment. */
export async function isCertified(enrollmentId: string): Promise<boolean> {
  const row = await one<{ certified: boolean }>(
    'withdrawing.certified',
    `select ${CERTIFIED} as certified from enrollments e where e.id = $1`,
    [enrollmentId],
  )
  return row?.certified ?? false
}
