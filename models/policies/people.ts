import type { Actor } from '../actor.ts'

/** The Center's staff see people's data; a person sees their own under /me. */
export const seePeople = (actor: Actor): boolean => actor.staff

/** Roles are given and taken by administrators only. */
export const grantRoles = (actor: Actor): boolean => actor.is('administrator')

/** Erasure cannot be undone: the director or an administrator carries it out. */
export const erasePeople = (actor: Actor): boolean => actor.is('administrator') || actor.is('director')
