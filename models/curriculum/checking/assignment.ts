import type { Known } from '../checking.ts'
import { valueAt } from '../fitting.ts'
import { outlineOf } from '../outline.ts'
import type { Report } from '../problem.ts'
import type { AssignmentFile, CurriculumModule, LessonFile } from '../reading.ts'
import { languages } from '../shapes.ts'
import { checkRepeats } from './repeats.ts'

/** Fewest and most words of a brief, per language. */
export const briefWords = { least: 150, most: 300 }

/** Checks an assignment's rules and rubric; the briefs are checked by `checkBrief`. */
export function checkAssignment(module: CurriculumModule, assignment: AssignmentFile, report: Report) {
  const { yaml, card, briefs } = assignment
  for (const language of languages)
    if (!briefs.some(brief => brief.language === language))
      report(1, 'missing-file.brief', {
        file: `${module.folder}/assignment.${language}.md`,
        language: { word: `languages.${language}` },
      })
  if (card.formats && !card.formats.length) report(yaml.lineOf(['formats']), 'missing.formats')
  checkRepeats(yaml, ['rubric'], 'id', report)
  checkWeights(assignment, report)
  for (const index of card.rubric?.keys() ?? []) checkLevels(assignment, index, report)
}

/** Checks one language of the brief: its data, its Markdown, its length. */
export function checkBrief(brief: LessonFile, known: Known, report: Report) {
  const { front, yaml, body, bodyLine } = brief
  if (front.language && front.language !== brief.language)
    report(yaml.lineOf(['language']), 'language', { value: front.language })
  const outline = outlineOf(body, bodyLine)
  for (const { id, line } of outline.citations) if (!known.isSource(id)) report(line, 'unknown-source', { id })
  for (const { line } of outline.html) report(line, 'html.brief')
  for (const { address, line } of outline.links)
    if (!/^(https?:\/\/|mailto:)/.test(address)) report(line, 'address', { address })
  for (const { level, line } of outline.headings) if (level === 1) report(line, 'heading.brief')
  const { least, most } = briefWords
  if (outline.words < least || outline.words > most)
    report(bodyLine, 'length.brief', { words: outline.words, least, most })
}

// Read from the raw text: one criterion that does not fit must not make the sum of the others wrong.
function checkWeights({ yaml }: AssignmentFile, report: Report) {
  const criteria = valueAt(yaml.raw, ['rubric'])
  if (!Array.isArray(criteria)) return
  const line = yaml.lineOf(['rubric'])
  if (!criteria.length) return report(line, 'missing.criteria')
  const weights = criteria.map(criterion => criterion?.weight)
  if (!weights.every(weight => typeof weight === 'number')) return
  const sum = weights.reduce((all: number, weight: number) => all + weight, 0)
  if (sum !== 100) report(line, 'weights', { sum })
}

function checkLevels({ yaml }: AssignmentFile, index: number, report: Report) {
  const levels = valueAt(yaml.raw, ['rubric', index, 'levels'])
  if (!Array.isArray(levels)) return
  const line = yaml.lineOf(['rubric', index, 'levels'])
  if (levels.length < 2 || levels.length > 6) return report(line, 'levels.number', { levels: levels.length })
  levels.forEach((level, place) => {
    const before = place ? levels[place - 1]?.points : -1
    if (typeof level?.points === 'number' && typeof before === 'number' && level.points <= before)
      report(yaml.lineOf(['rubric', index, 'levels', place, 'points']), 'levels.order')
  })
}
