import type { Actor } from '../actor.ts'
import { no, type Verdict, YES } from '../refused.ts'

/** Whether the question bank, with its keys, is there for this actor: content editors and the Center's staff. */
export const seesBank = (actor: Actor): boolean => actor.staff || actor.is('content_editor')

/** Whether the actor writes questions, and puts reviewed ones in use or retires them. */
export const keepsItems = (actor: Actor): boolean => actor.is('content_editor') || actor.is('coordinator')

/** Whether the actor may judge this version: nobody reviews what they saved themselves. */
export function reviewsItem(actor: Actor, { savedBy }: { savedBy: string[] }): Verdict {
  if (!keepsItems(actor)) return no('item.notReviewer')
  return savedBy.includes(String(actor.id)) ? no('item.ownWork') : YES
}
