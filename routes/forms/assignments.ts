import { OFFICIAL_LANGUAGES } from '../../models/official-languages.ts'
import { type Draft, MOST_CHARACTERS } from '../../models/submitting.ts'

/**
 * The draft as posted by the page or by its script: whatever comes is kept as far as it goes, so that no mistake beside it
 * costs the text. `long` when the text is cut.
 */
export function postedDraft(body: Record<string, unknown>, fallback: string): { draft: Draft; long: boolean } {
  const text = typeof body.body === 'string' ? body.body.normalize('NFC').replace(/\r\n?/g, '\n') : ''
  const language = OFFICIAL_LANGUAGES.find(code => code === body.language) ?? fallback
  const revision = Number(body.revision)
  return {
    draft: {
      // A character the database has no place for is no reason to lose the rest.
      body: text.replaceAll('\u0000', '').slice(0, MOST_CHARACTERS),
      language,
      revision: Number.isInteger(revision) && revision >= 0 ? revision : 0,
    },
    long: text.length > MOST_CHARACTERS,
  }
}
