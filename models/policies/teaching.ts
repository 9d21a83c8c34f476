import type { Actor } from '../actor.ts'
import { seesPlan, type PlannedTraining } from './session.ts'

/** A training with what the actor does in it: parts of theirs in its sessions. */
export type TaughtTraining = PlannedTraining & { parts: string[] }

/**
 * Whether a training is there for the actor from the side of those who teach in it: whoever is booked as trainer,
 * moderator or interpreter, its trainers by grant, the people in charge and the Center's staff. Ends with the booking.
 */
export const teachesIn = (actor: Actor, training: TaughtTraining): boolean =>
  training.parts.length > 0 || seesPlan(actor, training)

/**
 * Whether the actor sees the people of the room one by one: those who lead the sessions. An interpreter sees how many
 * there are, and their languages. The same rule stands in SQL, `IN_ROOM` of models/room.ts.
 */
export const seesRoom = (actor: Actor, training: TaughtTraining): boolean =>
  training.parts.includes('moderator') || seesPlan(actor, training)

/**
 * Whether the actor sees what each person in the room has done before it, lessons and results: the trainers of this
 * training and those who run it, not a moderator. The same rule stands in SQL, `PREPARED` of models/room.ts.
 */
export const seesPreWork = (actor: Actor, training: TaughtTraining): boolean => seesPlan(actor, training)

/** Whether "Trainings I teach" belongs to the actor: they teach somewhere, or are a trainer of the Center. */
export const teachesSomewhere = (actor: Actor): boolean =>
  actor.teaches || actor.grants.some(({ role }) => role === 'trainer')
