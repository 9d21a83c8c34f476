import type { Known } from '../checking.ts'
import { valueAt } from '../fitting.ts'
import { outlineOf } from '../outline.ts'
import type { Report } from '../problem.ts'
import type { AssignmentFile, CurriculumModule, LessonFile } from '../reading.ts'
import { languageName, languages } from '../shapes.ts'
import { checkRepeats } from './repeats.ts'

/** Fewest and most words of a brief, per language. */
export const briefWords = { least: 150, most: 300 }

/** Checks an assignment's rules and rubric; the briefs are checked by `checkBrief`. */
export function checkAssignment(module: CurriculumModule, assignment: AssignmentFile, report: Report) {
  const { yaml, card, briefs } = assignment
  for (const language of languages)
    if (!briefs.some(brief => brief.language === language))
      report(
        1,
        'missing-file',
        `${module.folder}/assignment.${language}.md is missing: the assignment has no ${languageName[language]} brief`,
      )
  if (card.formats && !card.formats.length)
    report(yaml.lineOf(['formats']), 'missing', 'formats is empty: name at least one')
  checkRepeats(yaml, ['rubric'], 'id', report)
  checkWeights(assignment, report)
  for (const index of card.rubric?.keys() ?? []) checkLevels(assignment, index, report)
}

/** Checks one language of the brief: its data, its Markdown, its length. */
export function checkBrief(brief: LessonFile, known: Known, report: Report) {
  const { front, yaml, body, bodyLine } = brief
  if (front.language && front.language !== brief.language)
    report(yaml.lineOf(['language']), 'language', `language "${front.language}" differs from the file's name`)
  const outline = outlineOf(body, bodyLine)
  for (const { id, line } of outline.citations)
    if (!known.isSource(id)) report(line, 'unknown-source', `source "${id}" is not in sources.yaml`)
  for (const { line } of outline.html) report(line, 'html', 'HTML is not used in briefs: write Markdown only')
  for (const { address, line } of outline.links)
    if (!/^(https?:\/\/|mailto:)/.test(address))
      report(line, 'address', `"${address}" is not a web address (https://…)`)
  for (const { level, line } of outline.headings)
    if (level === 1) report(line, 'heading', 'the title is in assignment.yaml; headings begin with ##')
  const { least, most } = briefWords
  if (outline.words < least || outline.words > most)
    report(bodyLine, 'length', `the brief has ${outline.words} words; a brief has ${least} to ${most}`)
}

// Read from the raw text: one criterion that does not fit must not make the sum of the others wrong.
function checkWeights({ yaml }: AssignmentFile, report: Report) {
  const criteria = valueAt(yaml.raw, ['rubric'])
  if (!Array.isArray(criteria)) return
  const line = yaml.lineOf(['rubric'])
  if (!criteria.length) return report(line, 'missing', 'the rubric has no criteria')
  const weights = criteria.map(criterion => criterion?.weight)
  if (!weights.every(weight => typeof weight === 'number')) return
  const sum = weights.reduce((all: number, weight: number) => all + weight, 0)
  if (sum !== 100) report(line, 'weights', `the weights of the criteria add up to ${sum}, not to 100`)
}

function checkLevels({ yaml }: AssignmentFile, index: number, report: Report) {
  const levels = valueAt(yaml.raw, ['rubric', index, 'levels'])
  if (!Array.isArray(levels)) return
  const line = yaml.lineOf(['rubric', index, 'levels'])
  if (levels.length < 2 || levels.length > 6)
    return report(line, 'levels', `a criterion has 2 to 6 levels, here are ${levels.length}`)
  levels.forEach((level, place) => {
    const before = place ? levels[place - 1]?.points : -1
    if (typeof level?.points === 'number' && typeof before === 'number' && level.points <= before)
      report(
        yaml.lineOf(['rubric', index, 'levels', place, 'points']),
        'levels',
        'levels go from the lowest up: each has more points than the one before',
      )
  })
}
