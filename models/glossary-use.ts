import { standsTogether, stemsIn } from '../lib/stems.ts'
import type { Words } from './course.ts'
import type { GlossaryTerm } from './glossary.ts'

/**
 * A term that a text uses, with the glossary's word for it in the language of the translation (null where it has none):
 * `kept` says whether the translation uses that word.
 */
export type TermUse = { id: string; term: Words; word: string | null; kept: boolean }

type Text = Record<string, unknown>

/**
 * The terms that stand in an English text, and whether its translation uses the glossary's words for them. Words are
 * compared by their stems and over the whole text; a link to the term counts as its use. So a term can be missed or
 * doubted wrongly: it is for people to look at, and it stops nothing. Without a translation nothing is doubted.
 */
export function termsUsed(en: Text, translation: Text, terms: GlossaryTerm[], language = 'ru'): TermUse[] {
  const [english, here] = [textOf(en), textOf(translation)]
  const [enStems, stems] = [stemsIn(english, 'en'), stemsIn(here, language)]
  return terms
    .filter(({ id, term }) => isLinked(english, id) || stands(term.en, enStems, 'en'))
    .map(({ id, term }) => {
      const word = term[language] ?? null
      return { id, term, word, kept: !word || !stems.length || isLinked(here, id) || stands(word, stems, language) }
    })
}

const textOf = (content: Text): string => Object.values(content).join('\n')

const isLinked = (text: string, id: string): boolean => text.includes(`](term:${id})`)

const stands = (term: string, stems: string[], language: string): boolean =>
  namesOf(term).some(name => standsTogether(stemsIn(name, language), stems))

/** "Stateless person (апатрид)": one word in brackets is another name; more of them only explain. */
function namesOf(term: string): string[] {
  const aside = [...term.matchAll(/\(([^)]*)\)/g)].map(([, name]) => name!)
  return [term.replace(/\([^)]*\)/g, ' '), ...aside.filter(name => !/\s/.test(name.trim()))]
}
