import type { Words } from '../../models/course.ts'

/** A short text in the language of the page; English where the page's language has none. */
export const wordsIn = (words: Words, lang: string): string => words[lang as keyof Words] ?? words.en
