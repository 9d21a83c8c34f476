import type { Actor } from '../actor.ts'
import type { DraftStatus, PartName } from '../draft.ts'
import { no, type Verdict, YES } from '../refused.ts'

/** Whether the workshop of the curriculum is there for this actor: editors, translators, the Center's staff. */
export const seesDrafts = (actor: Actor): boolean => actor.staff || writes(actor) || translates(actor)

/** Whether the actor writes the curriculum and publishes it: the same people who write its questions. */
export const writes = (actor: Actor): boolean => actor.is('content_editor') || actor.is('coordinator')

/** Whether the actor writes the Russian. */
export const translates = (actor: Actor): boolean => actor.is('translator') || writes(actor)

/** Whether the actor is asked to translate by name; editors are not. */
export const isTranslator = (actor: Actor): boolean => actor.is('translator')

/** Whether the actor puts a version in force. */
export const publishes = (actor: Actor): Verdict => (writes(actor) ? YES : no('drafts.notYours'))

/** Whether the actor may change this part: translators change the Russian alone. */
export const mayWrite = (actor: Actor, part: PartName): Verdict =>
  (part === 'ru' ? translates(actor) : writes(actor)) ? YES : no('drafts.notYours')

/** Who wrote what stands in a draft: ids of those whose words are in the English (with what is common), and in the Russian. */
export type Authors = { english: string[]; russian: string[] }

/** From which state each step leads, and where to. `back` leads to where the work goes on. */
export const STEPS_OF = {
  send: { from: ['draft'], to: 'peer_review' },
  approve: { from: ['peer_review'], to: 'en_approved' },
  translated: { from: ['en_approved'], to: 'ru_translated' },
  reviewed: { from: ['ru_translated'], to: 'ru_reviewed' },
  returned: { from: ['peer_review', 'ru_translated'], to: null },
} as const satisfies Record<string, { from: DraftStatus[]; to: DraftStatus | null }>

export type Step = keyof typeof STEPS_OF

/** Where a returned draft goes: English to its editor, Russian to its translator. */
export const backFrom = (status: DraftStatus): DraftStatus => (status === 'ru_translated' ? 'en_approved' : 'draft')

/** Whether the actor may take this step: nobody reviews their own words. */
export function mayStep(actor: Actor, step: Step, status: DraftStatus, { english, russian }: Authors): Verdict {
  if (!(STEPS_OF[step].from as readonly DraftStatus[]).includes(status)) return no('drafts.otherState')
  const russianStep = step === 'translated' || step === 'reviewed' || status === 'ru_translated'
  if (!(russianStep ? translates(actor) : writes(actor))) return no('drafts.notYours')
  if (step === 'send' || step === 'translated') return YES
  const authors = russianStep ? russian : english
  return authors.includes(String(actor.id)) ? no('drafts.ownWork') : YES
}
