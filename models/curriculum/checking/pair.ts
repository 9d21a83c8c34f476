import { type Outline, outlineOf } from '../outline.ts'
import type { Report } from '../problem.ts'
import type { LessonFile } from '../reading.ts'
import { filesIn } from './files.ts'
import { termsIn } from './glossary.ts'

/** Checks that the Russian lesson is built as the English one; problems are told on the Russian file. */
export function checkPair(english: LessonFile, russian: LessonFile, report: Report) {
  for (const field of ['minutes', 'outcomes', 'further'] as const)
    if (JSON.stringify(english.front[field]) !== JSON.stringify(russian.front[field]))
      report(russian.yaml.lineOf([field]), 'translation.data', { field })
  const en = outlineOf(english.body, english.bodyLine)
  const ru = outlineOf(russian.body, russian.bodyLine)
  const sameHeadings = compare('heading', en.headings, ru.headings, heading => '#'.repeat(heading.level), report)
  compare('block', en.blocks, ru.blocks, block => block.kind, report)
  compare('diagram', en.diagrams, ru.diagrams, diagram => diagram.code, report)
  compareTerms(en, ru, russian.bodyLine, report)
  compareFiles(en, ru, russian.bodyLine, report)
  if (sameHeadings) compareCitations(en, ru, russian.bodyLine, report)
}

function compareTerms(en: Outline, ru: Outline, firstLine: number, report: Report) {
  const [english, russian] = [en, ru].map(outline => termsIn(outline).map(({ id }) => id)) as [string[], string[]]
  for (const id of english.filter(id => !russian.includes(id))) report(firstLine, 'translation.termMissing', { id })
  for (const { id, line } of termsIn(ru).filter(({ id }) => !english.includes(id)))
    report(line, 'translation.termMore', { id })
}

function compareFiles(en: Outline, ru: Outline, firstLine: number, report: Report) {
  const [english, russian] = [en, ru].map(outline => filesIn(outline).map(({ name }) => name)) as [string[], string[]]
  for (const name of english.filter(name => !russian.includes(name)))
    report(firstLine, 'translation.fileMissing', { name })
  for (const { name, line } of filesIn(ru).filter(({ name }) => !english.includes(name)))
    report(line, 'translation.fileMore', { name })
}

type Placed = { line: number }

function compare<T extends Placed>(what: string, en: T[], ru: T[], sign: (part: T) => string, report: Report) {
  const differs = Array.from({ length: Math.max(en.length, ru.length) }, (_, index) => index).find(
    index => (en[index] && sign(en[index])) !== (ru[index] && sign(ru[index])),
  )
  if (differs === undefined) return true
  const line = ru[differs]?.line ?? ru.at(-1)?.line ?? 1
  const told = (part?: T) => (part ? `${sign(part)} (${part.line})` : '–')
  report(line, 'translation.part', {
    what: { word: `parts.${what}` },
    number: differs + 1,
    english: told(en[differs]),
    russian: told(ru[differs]),
  })
  return false
}

function compareCitations(en: Outline, ru: Outline, firstLine: number, report: Report) {
  const sections = ru.headings.filter(heading => heading.level === 2)
  for (let section = 0; section <= sections.length; section++) {
    const [inEnglish, inRussian] = [en, ru].map(outline =>
      outline.citations.filter(citation => citation.section === section).map(citation => citation.id),
    ) as [string[], string[]]
    const line = sections[section - 1]?.line ?? firstLine
    for (const id of new Set([...inEnglish, ...inRussian])) {
      const times = [inEnglish, inRussian].map(ids => ids.filter(other => other === id).length)
      if (times[0] !== times[1]) report(line, 'translation.citation', { id, times: times[1]!, english: times[0]! })
    }
  }
}
