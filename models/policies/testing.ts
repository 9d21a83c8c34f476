import type { Actor } from '../actor.ts'

/**
 * Whether the actor may give somebody more attempts than the course allows: the Center's coordinators and its director.
 * Who is in charge of one training gives time and other dates, not attempts.
 */
export const grantsAttempts = (actor: Actor): boolean => actor.is('coordinator') || actor.is('director')

/** Whether the actor may change results that are given: the same people, for every training that asked a question. */
export const regrades = grantsAttempts
