import type { Words } from './shapes.ts'

/** Texts of one language by their places: `outcomes-1-text`, `rubric-2-levels-1-text`. */
export type Placed = Record<string, string>

/**
 * What is common to both languages of a piece carries words in both: of outcomes, of a rubric, of diagrams. Here they are
 * found by their places, so that a translator works on them and on nothing else.
 */
export function wordsIn(content: unknown, language: 'en' | 'ru'): Placed {
  const found: Placed = {}
  mapWords(content, (words, place) => {
    found[place] = words[language]
    return words
  })
  return found
}

/** The same content with other words of a language at these places. */
export const withWords = <Content>(content: Content, language: 'en' | 'ru', words: Placed): Content =>
  mapWords(content, (standing, place) => ({ ...standing, [language]: words[place] ?? standing[language] })) as Content

/** The same without the words of a language: two such are alike where only those words differ. */
export const withoutWords = <Content>(content: Content, language: 'en' | 'ru'): Content =>
  mapWords(content, words => ({ ...words, [language]: '' })) as Content

function mapWords(
  value: unknown,
  change: (words: Words, place: string) => Words,
  path: (string | number)[] = [],
): unknown {
  if (Array.isArray(value)) return value.map((each, at) => mapWords(each, change, [...path, at + 1]))
  if (typeof value !== 'object' || value === null) return value
  if (isWords(value)) return change(value, path.join('-'))
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapWords(each, change, [...path, key])]))
}

const isWords = (value: object): value is Words =>
  Object.keys(value).length === 2 && ['en', 'ru'].every(language => typeof value[language as never] === 'string')
