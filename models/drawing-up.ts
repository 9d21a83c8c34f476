import { inTransaction } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import type { Diagram } from './curriculum/diagram.ts'
import { outlineOf } from './curriculum/outline.ts'
import type { CardFacts } from './curriculum/pieces/card.ts'
import { partHash } from './curriculum/pieces.ts'
import type { WrittenModule } from './curriculum/writing.ts'
import { partsOfDraft } from './draft.ts'
import { lockDraft, saveDraft } from './drafting.ts'
import { Refused } from './refused.ts'

/** Diagrams in the draft of a card: each is written by itself, and saved with the card. */

/**
 * Puts a diagram into a draft, in the place of the one with its code or as the last one.
 * @param seen what was before the writer's eyes, as `seenOf` says it; null for a new one
 * @throws Refused 'drafts.ended', 'drafts.notYours', and 'drafts.diagramChanged' when somebody saved another text since
 */
export const putDiagram = (actor: Actor, draftId: string, diagram: Diagram, seen: string | null): Promise<void> =>
  changed(actor, draftId, diagrams => {
    const at = diagrams.findIndex(({ code }) => code === diagram.code)
    if (at < 0) return [...diagrams, diagram]
    if (seen === null) throw new Refused('drafts.diagramChanged')
    if (seenOf(diagrams[at]!) !== seen) throw new Refused('drafts.diagramChanged')
    return diagrams.with(at, diagram)
  })

/** Fingerprint of a diagram, for the page that shows it. */
export const seenOf = (diagram: Diagram): string => partHash(diagram)

/** Takes a diagram out of a draft. @throws Refused 'drafts.diagramShown' while lessons show it */
export async function discardDiagram(actor: Actor, draftId: string, { lessons }: WrittenModule, code: string) {
  const shows = ({ body }: { body: string }) => outlineOf(body).diagrams.some(diagram => diagram.code === code)
  const shown = lessons.filter(shows).map(({ front }) => front.code)
  const names = [...new Set(shown)]
  if (names.length) throw new Refused('drafts.diagramShown', { code, lessons: names.join(', '), count: names.length })
  await changed(actor, draftId, diagrams => diagrams.filter(diagram => diagram.code !== code))
}

// Within one transaction: the draft is locked, so what is read is what is changed.
const changed = (actor: Actor, draftId: string, change: (diagrams: Diagram[]) => Diagram[]): Promise<void> =>
  inTransaction(async () => {
    await lockDraft(draftId)
    const { content, revision } = (await partsOfDraft(draftId)).find(({ part }) => part === 'all')!
    const diagrams = change((content as CardFacts).diagrams)
    const seen = { revision, hash: partHash(content) }
    await saveDraft(actor, draftId, [{ part: 'all', content: { ...content, diagrams }, seen }])
  })
