import { standsTogether, stemsIn } from '../lib/stems.ts'
import type { Words } from './course.ts'
import type { GlossaryTerm } from './glossary.ts'

/** A term that a text uses: `kept` says whether its translation has the glossary's word for it. */
export type TermUse = { id: string; term: Words; kept: boolean }

type Text = Record<string, unknown>

/**
 * The terms that stand in an English text, and whether the Russian uses the glossary's words for them. Words are compared
 * by their stems and over the whole text; a link to the term counts as its use. So a term can be missed or doubted
 * wrongly: it is for people to look at, and it stops nothing. Without Russian nothing is doubted.
 */
export function termsUsed(en: Text, ru: Text, terms: GlossaryTerm[]): TermUse[] {
  const [english, russian] = [textOf(en), textOf(ru)]
  const [enStems, ruStems] = [stemsIn(english, 'en'), stemsIn(russian, 'ru')]
  return terms
    .filter(({ id, term }) => isLinked(english, id) || stands(term.en, enStems, 'en'))
    .map(({ id, term }) => ({
      ...{ id, term },
      kept: !ruStems.length || isLinked(russian, id) || stands(term.ru, ruStems, 'ru'),
    }))
}

const textOf = (content: Text): string => Object.values(content).join('\n')

const isLinked = (text: string, id: string): boolean => text.includes(`](term:${id})`)

const stands = (term: string, stems: string[], language: 'en' | 'ru'): boolean =>
  namesOf(term).some(name => standsTogether(stemsIn(name, language), stems))

/** "Stateless person (апатрид)": one word in brackets is another name; more of them only explain. */
function namesOf(term: string): string[] {
  const aside = [...term.matchAll(/\(([^)]*)\)/g)].map(([, name]) => name!)
  return [term.replace(/\([^)]*\)/g, ' '), ...aside.filter(name => !/\s/.test(name.trim()))]
}
