import type { Actor } from '../actor.ts'

/** Who writes to the groups of a training: the Center's staff, and the people in charge of this one. */
export const mailsGroups = (actor: Actor, training: { id: string }): boolean =>
  actor.staff || actor.is('coordinator', { kind: 'training', id: training.id })
