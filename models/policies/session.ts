import type { Actor } from '../actor.ts'
import { no, type Verdict, YES } from '../refused.ts'
import type { TrainingStatus } from '../training.ts'

/** What of a training decides who plans its sessions. `teaches`: the actor is booked as trainer in one of them. */
export type PlannedTraining = { id: string; status: TrainingStatus; teaches: boolean }

/**
 * Whether the actor works on the agenda of this training: the Center's staff, the people in charge of it and its own
 * trainers. To everyone else its plan does not exist. A trainer of the Center is not by that a trainer of every training.
 */
export const seesPlan = (actor: Actor, training: PlannedTraining): boolean =>
  actor.staff ||
  training.teaches ||
  actor.grants.some(
    ({ role, scopeKind, scopeId }) =>
      scopeKind === 'training' && scopeId === training.id && (role === 'trainer' || role === 'coordinator'),
  )

/** Whether the actor is a trainer of this training: booked in one of its sessions, or by a grant of its own. */
export const trainsIn = (actor: Actor, training: PlannedTraining): boolean =>
  training.teaches ||
  actor.grants.some(
    ({ role, scopeKind, scopeId }) => role === 'trainer' && scopeKind === 'training' && scopeId === training.id,
  )

/** Whether sessions may be added, changed and called off: not in a training that is over or will not take place. */
export function changesPlan(training: Pick<PlannedTraining, 'status'>): Verdict {
  if (training.status === 'canceled') return no('session.trainingCanceled')
  if (training.status === 'closed') return no('session.trainingClosed')
  return YES
}

/** Whether people can be told: of a draft nobody has heard yet. */
export const announces = (training: Pick<PlannedTraining, 'status'>): Verdict =>
  training.status === 'draft' ? no('agenda.draft') : changesPlan(training)

/** Whether the actor plans sessions anywhere: to them the planning strip is there. */
export const plansSomewhere = (actor: Actor): boolean =>
  actor.staff || actor.grants.some(({ role }) => role === 'trainer' || role === 'coordinator')
