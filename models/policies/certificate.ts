import type { Actor } from '../actor.ts'
import { no, type Verdict, YES } from '../refused.ts'

/** Who may do what with certificates. Seeing is `VISIBLE` in models/certificate.ts. */

/** Coordinators and the director issue, replace and revoke (product.md, "Certificates"); an administrator only sees. */
export const issue = (actor: Actor): Verdict =>
  actor.is('coordinator') || actor.is('director') ? YES : no('certificate.notYours')

/** What the Center sets once for everything. */
export const changeSettings = (actor: Actor): Verdict => (actor.staff ? YES : no('certificate.notYours'))
