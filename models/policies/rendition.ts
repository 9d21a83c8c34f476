import type { Actor } from '../actor.ts'
import { no, type Verdict, YES } from '../refused.ts'
import type { Rendition } from '../rendition.ts'
import { translates } from './draft.ts'

/** From which state each step of a text in an agreed language leads. */
const FROM = { translated: 'in_work', reviewed: 'translated', returned: 'translated' } as const

export type RenditionStep = keyof typeof FROM
export const RENDITION_STEPS = Object.keys(FROM) as RenditionStep[]

/** Whether the actor may take this step: nobody reviews their own words. */
export function mayStepRendition(actor: Actor, step: RenditionStep, { stage, authors }: Rendition): Verdict {
  if (FROM[step] !== stage) return no('drafts.otherState')
  if (!translates(actor)) return no('drafts.notYours')
  return step !== 'translated' && authors.includes(String(actor.id)) ? no('drafts.ownWork') : YES
}
