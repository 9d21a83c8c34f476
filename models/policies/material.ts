import type { Actor } from '../actor.ts'
import type { EnrollmentStatus } from '../enrollment.ts'
import { no, type Verdict, YES } from '../refused.ts'
import { type PlannedTraining, seesPlan } from './session.ts'

/** Whether the materials of a training are there for this actor: those with a place, and those who work on its agenda. */
export const seesMaterials = (actor: Actor, training: PlannedTraining, own: EnrollmentStatus | null): boolean =>
  seesPlan(actor, training) || (own === 'enrolled' && training.status !== 'draft')

/** Whether materials may be added and changed: also when the training is over, but not when it will not take place. */
export const sharesMaterials = (training: Pick<PlannedTraining, 'status'>): Verdict =>
  training.status === 'canceled' ? no('material.trainingCanceled') : YES

/** From when a material is there for people with a place. */
export type Opening = { open: boolean; from: Temporal.Instant | null }

/**
 * Before or after its session, by the times people were told: `before` as soon as it is shared, `after` from the end. A
 * material of the whole training waits for the end of the training. `end` null: no end is known yet.
 */
export function opening(visible: 'before' | 'after', end: Temporal.Instant | null, at: Temporal.Instant): Opening {
  if (visible === 'before') return { open: true, from: null }
  return { open: end !== null && Temporal.Instant.compare(end, at) <= 0, from: end }
}
