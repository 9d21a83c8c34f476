import { isFile } from '../../../lib/markdown.ts'
import { type Outline, outlineOf } from '../outline.ts'
import { termsIn } from './glossary.ts'

/** What a translation has otherwise than its English: both, each in a few signs. */
export type Otherwise = { what: keyof typeof PARTS; english: string; here: string }

/** Parts of a text that are the same in every language, as signs. */
const PARTS = {
  html: ({ html }: Outline) => html.map(() => '<>'),
  headings: ({ headings }: Outline) => headings.map(({ level }) => '#'.repeat(level)),
  blocks: ({ blocks }: Outline) => blocks.map(({ kind }) => `::: ${kind}`),
  diagrams: ({ diagrams }: Outline) => diagrams.map(({ code }) => code),
  pictures: ({ pictures }: Outline) => pictures.map(({ address }) => address),
  citations: ({ citations }: Outline) => citations.map(({ id }) => `@${id}`).toSorted(),
  terms: (outline: Outline) => [...new Set(termsIn(outline).map(({ id }) => id))].toSorted(),
  files: ({ links }: Outline) => links.flatMap(({ address }) => (isFile(address) ? [address] : [])).toSorted(),
}

/**
 * Where a text is built otherwise than the English it translates: its headings, blocks, diagrams, pictures, citations,
 * terms and files. What is empty is not yet there and not compared.
 */
export function builtOtherwise(english: string, text: string): Otherwise[] {
  if (!english || !text) return []
  const [en, here] = [outlineOf(english), outlineOf(text)]
  return (Object.keys(PARTS) as Otherwise['what'][]).flatMap(what => {
    const [was, is] = [PARTS[what](en), PARTS[what](here)]
    const at = Array.from({ length: Math.max(was.length, is.length) }, (_, index) => index).find(
      index => was[index] !== is[index],
    )
    return at === undefined ? [] : [{ what, english: was[at] ?? '–', here: is[at] ?? '–' }]
  })
}
