import type { Known } from '../checking.ts'
import { valueAt } from '../fitting.ts'
import type { Outline } from '../outline.ts'
import type { Report } from '../problem.ts'
import type { ListFile } from '../reading.ts'
import { languages } from '../shapes.ts'
import { TERM, type Term } from '../term.ts'
import { checkRepeats } from './repeats.ts'

/** Checks that each term is there once, by id and by name in each language, and that its sources are known. */
export function checkGlossary({ yaml, entries }: ListFile<Term>, known: Known, report: Report) {
  checkRepeats(yaml, [], 'id', report)
  for (const language of languages) {
    const seen = new Map<string, number>()
    entries.forEach((_, index) => {
      const name = String(valueAt(yaml.raw, [index, 'term', language]) ?? '').toLowerCase()
      const line = yaml.lineOf([index, 'term', language])
      const first = seen.get(name)
      if (name && first) report(line, 'duplicate.term', { name, first, language: { word: `languages.${language}` } })
      else seen.set(name, line)
    })
  }
  entries.forEach((entry, index) => {
    entry?.sources.forEach((id, position) => {
      if (!known.isSource(id)) report(yaml.lineOf([index, 'sources', position]), 'unknown-source', { id })
    })
  })
}

/** Ids of the terms that a lesson links, with their lines. */
export const termsIn = ({ links }: Pick<Outline, 'links'>) =>
  links.flatMap(({ address, line }) => (address.startsWith(TERM) ? [{ id: address.slice(TERM.length), line }] : []))
