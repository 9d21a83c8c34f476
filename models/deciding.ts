import { inTransaction, one, sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import { record, transition } from './audit.ts'
import { lockTraining } from './enrolling.ts'
import type { EnrollmentStatus } from './enrollment.ts'
import { notify, recipient } from './notifying.ts'
import { isFull } from './policies/enrollment.ts'
import { Refused } from './refused.ts'

export type Decision = 'approve' | 'wait' | 'decline'

const LEADS_TO: Record<Decision, EnrollmentStatus> = { approve: 'enrolled', wait: 'waiting', decline: 'declined' }
const LETTERS = { approve: 'enrollment-confirmed', wait: 'enrollment-waiting', decline: 'enrollment-declined' } as const

/**
 * Decides on a request, or takes someone from the waiting list by hand; the person is told, a no with its reason.
 * Seats are counted under the training's lock. Deciding the same twice changes nothing.
 * @throws Refused when the training is full, or when the person has meanwhile left
 */
export async function decide(actor: Actor, enrollmentId: string, decision: Decision, reason: string | null) {
  await inTransaction(async () => {
    const trainingId = await one<{ id: string }>(
      'deciding.training',
      'select training_id as id from enrollments where id = $1',
      [enrollmentId],
    )
    const training = await lockTraining(trainingId!.id)
    const row = await one<{ status: EnrollmentStatus; personId: string }>(
      'deciding.lock',
      'select status, person_id as "personId" from enrollments where id = $1 for update',
      [enrollmentId],
    )
    const to = LEADS_TO[decision]
    if (row!.status === to) return
    if (!['requested', 'waiting'].includes(row!.status)) throw new Refused('enrollment.decided')
    if (to === 'enrolled' && isFull(training)) throw new Refused('enrollment.full', { seats: training.seats })
    await sql(
      'deciding.set',
      'update enrollments set status = $2, decided_reason = $3, offered_until = null, offer_hash = null where id = $1',
      [enrollmentId, to, reason],
    )
    await transition('enrollment', enrollmentId, row!.status, to, actor, reason)
    await record(actor, `enrollment.${to}`, 'enrollment', enrollmentId, {
      training: training.id,
      ...(reason ? { reason } : {}),
    })
    const recipientOf = await recipient(row!.personId)
    const step = await one<{ n: number }>(
      'deciding.steps',
      `select count(*)::int as n from transitions where record_kind = 'enrollment' and record_id = $1`,
      [enrollmentId],
    )
    if (recipientOf)
      await notify(recipientOf, LETTERS[decision], `enrollment:${enrollmentId}:${to}:${step!.n}`, { enrollmentId })
  })
}
