import type { T } from '../../lib/i18n.ts'
import { citationLink, citedSources, renderMarkdown } from '../../lib/markdown.ts'
import { endingOf } from '../../lib/file-kinds.ts'
import { sizeInWords } from '../file-sizes.ts'
import { fileAddress } from '../module-file.ts'
import { pictureAddress } from '../module-picture.ts'
import { type Diagram, sourcesOf } from './diagram.ts'
import { diagramHtml } from './drawing-diagrams.ts'
import type { Language } from './shapes.ts'

/** The module a text belongs to: where its pictures and files lie, how large those are, what its diagrams are drawn from. */
export type Home = { code: string; diagrams: Diagram[]; files: { name: string; size: number }[] }

/**
 * A text as readers get it, with the sources it and its diagrams cite, numbered by their place; terms lead to the
 * glossary. This happens once for a version: pages print what is stored. A diagram nobody knows is left out: the check says so.
 */
export function rendered({ code, diagrams, files }: Home, body: string, t: T, language: Language) {
  const named = (name: string) => diagrams.find(diagram => diagram.code === name)
  const sourceIds = citedSources(body, name => {
    const diagram = named(name)
    return diagram ? sourcesOf(diagram) : []
  })
  const sourceNumber = (id: string) => sourceIds.indexOf(id) + 1
  const setting = { language, t, cite: (id: string) => citationLink(sourceNumber(id)) }
  const html = renderMarkdown(body, {
    sourceNumber,
    blockTitle: (kind, title) => t(`curriculum.block.${kind}`, { title }),
    answers: t('curriculum.answers'),
    table: number => t('curriculum.table', { number }),
    termAddress: id => `/${language}/glossary#term-${id}`,
    pictureAddress: name => pictureAddress(code, name),
    file(name) {
      const size = files.find(file => file.name === name)?.size ?? 0
      const note = `${endingOf(name).toUpperCase()}, ${sizeInWords({ t, lang: language }, size)}`
      return { address: fileAddress(code, name), note }
    },
    diagram(name) {
      const diagram = named(name)
      return diagram ? diagramHtml(diagram, setting) : ''
    },
  })
  return { html, sourceIds }
}
