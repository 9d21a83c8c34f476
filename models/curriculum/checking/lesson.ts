import { blockKinds, isFile } from '../../../lib/markdown.ts'
import { PICTURE_NAME } from '../../module-picture.ts'
import type { Known } from '../checking.ts'
import { type Outline, outlineOf } from '../outline.ts'
import type { Report } from '../problem.ts'
import { type CurriculumModule, type LessonFile, outcomesOf, written } from '../reading.ts'
import { TERM } from '../term.ts'
import { checkFigures } from './figures.ts'
import { checkLed } from './files.ts'
import { termsIn } from './glossary.ts'

/** Fewest and most words of a lesson, per language. */
export const lessonWords = { least: 700, most: 1200 }

/** Checks one language of one lesson: its data, its Markdown, its citations. */
export function checkLesson(module: CurriculumModule, lesson: LessonFile, known: Known, report: Report) {
  checkFront(module, lesson, known, report)
  checkFences(lesson, report)
  const outline = outlineOf(lesson.body, lesson.bodyLine)
  for (const { id, line } of outline.citations) if (!known.isSource(id)) report(line, 'unknown-source', { id })
  for (const { line } of outline.html) report(line, 'html.lesson')
  for (const { text, address, line } of outline.pictures) {
    if (!text) report(line, 'alternative.picture', { name: address })
    if (!PICTURE_NAME.test(address)) report(line, 'picture.name', { name: address })
    else if (!module.others.has(address)) report(line, 'missing-file.picture', { name: address, folder: module.folder })
  }
  checkShown(module, outline, report)
  checkLed(module, outline, report)
  for (const { address, line } of outline.links)
    if (!address.startsWith(TERM) && !isFile(address) && !/^(https?:\/\/|mailto:)/.test(address))
      report(line, 'address', { address })
  for (const { id, line } of termsIn(outline)) if (!known.isTerm(id)) report(line, 'unknown-term', { id })
  checkHeadings(outline, report)
  checkFigures(outline, report)
  const { least, most } = lessonWords
  if (outline.words < least || outline.words > most)
    report(lesson.bodyLine, 'length.lesson', { words: outline.words, least, most })
}

/** Checks that each diagram in the text is one of the module's, and stands by itself. */
function checkShown({ folder, diagrams }: CurriculumModule, outline: Outline, report: Report) {
  const codes = diagrams ? written(diagrams.yaml, [], 'code') : []
  for (const { code, alone, line } of outline.diagrams) {
    if (!codes.includes(code)) report(line, 'unknown-diagram', { code, module: folder })
    if (!alone) report(line, 'diagram', { code })
  }
}

function checkFront(module: CurriculumModule, lesson: LessonFile, known: Known, report: Report) {
  const { front, yaml } = lesson
  const entry = module.card.lessons?.find(candidate => candidate?.file === lesson.name)
  const outcomes = outcomesOf(module)
  if (front.language && front.language !== lesson.language)
    report(yaml.lineOf(['language']), 'language', { value: front.language })
  if (entry && front.code && front.code !== entry.code)
    report(yaml.lineOf(['code']), 'code.lesson', { code: front.code, there: entry.code })
  if (entry && front.title && front.title !== entry.title[lesson.language])
    report(yaml.lineOf(['title']), 'title', { title: entry.title[lesson.language] })
  front.outcomes?.forEach((code, index) => {
    if (code && outcomes && !outcomes.includes(code))
      report(yaml.lineOf(['outcomes', index]), 'unknown-outcome.module', { outcome: code, module: module.folder })
  })
  front.further?.forEach((id, index) => {
    if (id && !known.isSource(id)) report(yaml.lineOf(['further', index]), 'unknown-source', { id })
  })
}

/** Checks the lines `::: kind Title` and `:::`; what is not one of ours would be printed as it stands. */
function checkFences({ body, bodyLine }: LessonFile, report: Report) {
  let opened: number | undefined
  body.split('\n').forEach((text, index) => {
    const line = bodyLine + index
    const [, kind, title] = /^\s*:::+\s*(\S*)\s*(.*)$/.exec(text) ?? []
    if (kind === undefined) return
    if (!kind) {
      if (opened === undefined) report(line, 'block.closing')
      opened = undefined
      return
    }
    if (opened !== undefined) report(line, 'block.within', { opened })
    if (!(blockKinds as readonly string[]).includes(kind))
      report(line, 'block.unknown', { name: kind, known: blockKinds.join(', ') })
    else if (!title) report(line, 'block.title', { name: kind })
    opened = line
  })
  if (opened !== undefined) report(opened, 'block.open')
}

function checkHeadings({ headings, blocks }: Outline, report: Report) {
  let level = 1
  const steps = [...headings, ...blocks.map(block => ({ ...block, level: 0 }))].toSorted((a, b) => a.line - b.line)
  for (const step of steps) {
    if (step.level === 1) report(step.line, 'heading.first')
    else if (step.level > level + 1 || (step.level === 0 && level === 1))
      report(step.line, step.level ? 'heading.leftOut' : 'heading.before')
    if (step.level) level = step.level
  }
  if (!headings.some(heading => heading.level === 2)) report(headings[0]?.line ?? 1, 'heading.none')
}
