import type { Actor } from '../actor.ts'

/**
 * Whether the actor may give somebody more attempts than the course allows: the Center's coordinators and its director.
 * Who is in charge of one training gives time and other dates, not attempts.
 */
export const grantsAttempts = (actor: Actor): boolean => actor.is('coordinator') || actor.is('director')
