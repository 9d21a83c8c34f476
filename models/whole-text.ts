import { partHash, type PieceContent } from './curriculum/pieces.ts'
import { withoutWords, withWords, wordsIn } from './curriculum/words-in.ts'
import type { DraftPart, PartName } from './draft.ts'

type Fields = Record<string, unknown>
type Contents = Pick<PieceContent, 'en' | 'ru' | 'all'>

/**
 * All words of a language of a piece: its text, and the words of what is common to both languages by their places. It is
 * what a translator reads and writes, what a table for translation holds, and what makes a translation stale.
 */
export const wholeText = (content: Contents, language: 'en' | 'ru'): Record<string, string> => ({
  ...(content[language] as Record<string, string>),
  ...wordsIn(content.all, language),
})

/** Fingerprint of the English that the Russian of a piece translates. */
export const englishHash = (content: Contents): string => partHash(wholeText(content, 'en'))

/** The parts of a piece in which the Russian reads so; `text` as `wholeText` gives it. */
export function withRussian({ ru, all }: Contents, text: Record<string, string>): Pick<Contents, 'ru' | 'all'> {
  const own = Object.keys(ru).map(field => [field, text[field] ?? ru[field]])
  return { ru: Object.fromEntries(own), all: withWords(all, 'ru', text) }
}

/** Whose work a change of a part is: Russian words of what is common are the translator's, like the Russian itself. */
export const changedAs = (part: PartName, before: Fields, after: Fields): PartName =>
  part === 'all' && partHash(withoutWords(before, 'ru')) === partHash(withoutWords(after, 'ru')) ? 'ru' : part

/** Parts of a draft as content of its piece. */
export const contentIn = (parts: Pick<DraftPart, 'part' | 'content'>[]): PieceContent =>
  Object.fromEntries(parts.map(({ part, content }) => [part, content])) as PieceContent
