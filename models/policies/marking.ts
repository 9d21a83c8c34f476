import type { Actor } from '../actor.ts'
import { runs } from './running.ts'

/** Whether the actor releases grades of a training: who runs it, and the trainer in charge of it. */
export const releases = (actor: Actor, training: { id: string }): boolean =>
  runs(actor, training) ||
  actor.grants.some(
    ({ role, scopeKind, scopeId }) => role === 'trainer' && scopeKind === 'training' && scopeId === training.id,
  )

/** Whether the actor gives people of a training more time for its assignment: the same. */
export const givesTime = releases

/** Whether the actor is an assessor of some training: they mark there, whether or not they teach. */
export const assesses = (actor: Actor): boolean => actor.grants.some(({ role }) => role === 'assessor')

/** Ids of trainings of which the actor is the trainer in charge. */
export const ownToRelease = (actor: Actor): string[] =>
  actor.grants.flatMap(({ role, scopeKind, scopeId }) =>
    role === 'trainer' && scopeKind === 'training' ? [scopeId] : [],
  )
