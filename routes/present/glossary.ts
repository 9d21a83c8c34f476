import type { Request } from 'express'
import type { GlossaryTerm } from '../../models/glossary.ts'
import type { SourceLine } from '../../models/reading.ts'
import { wordsIn } from './words.ts'

/** The terms in alphabetical order of the page's language, each with its name in the other working language. */
export function termsPage(req: Request, terms: GlossaryTerm[], sources: Map<string, SourceLine>) {
  const other = req.lang === 'ru' ? 'en' : 'ru'
  const { compare } = new Intl.Collator(req.lang)
  return {
    other,
    notReviewed: req.lang === 'ru' && terms.some(term => !term.ruReviewed),
    terms: terms
      .map(({ id, term, meaning, sourceIds }) => ({
        anchor: `term-${id}`,
        name: wordsIn(term, req.lang),
        otherName: wordsIn(term, other),
        meaning: wordsIn(meaning, req.lang),
        sources: sourceIds.flatMap(source => {
          const found = sources.get(source)
          return found ? [{ href: found.address, title: wordsIn(found.title, req.lang) }] : []
        }),
      }))
      .toSorted((a, b) => compare(a.name, b.name)),
  }
}
