import type { Request } from 'express'
import { numberIn } from '../../lib/numbers.ts'
import type { Cell, Sheet } from '../../lib/sheets.ts'
import { FLAGS } from '../../models/analyzing/flags.ts'
import { ENOUGH } from '../../models/analyzing/groups.ts'
import type { LanguageDifference } from '../../models/analyzing/languages.ts'
import { SMALLEST_GROUP } from '../../models/evaluating.ts'
import type { AnalyzedVersion, ItemAnalysis } from '../../models/item-analysis.ts'
import { itemAddress, stateTag } from './items.ts'
import { percentOf, pointsOf } from './shares.ts'
import { wordsIn } from './words.ts'

/** What answers say of questions: the words and numbers of the module's page, of the block of one question, of the table. */

const LIMITS = { enough: ENOUGH, smallest: SMALLEST_GROUP }

const coefficientOf = (req: Request, value: number | null) =>
  value === null ? req.t('analysis.noFigure') : numberIn(req.lang, value)

/** The page of a module: questions to be looked at first. */
export function presentAnalysis(req: Request, { versions, tests }: ItemAnalysis) {
  const shown = versions.filter(({ size }) => size !== 'hidden')
  const judged = shown.filter(({ figures }) => figures)
  const flagged = judged.filter(({ flags }) => flags.length)
  const said = saidOf(req, judged.length, flagged.length, versions.length - judged.length)
  return {
    said,
    whose: req.t('analysis.whose', LIMITS),
    languagesHow: req.t('analysis.how.languages', LIMITS),
    asked: versions.length > 0,
    chart: judged.length ? { label: req.t('analysis.chart.text', { said }), marks: judged.flatMap(markOf) } : null,
    rows: shown.toSorted((one, other) => rank(one) - rank(other)).map(version => rowOf(req, version)),
    tests: tests.map(test => ({
      ...{ version: test.version, people: test.people, mean: percentOf(req, test.mean) },
      alpha: coefficientOf(req, test.alpha),
      kind: req.t(`analysis.kind.${test.same ? 'same' : 'drawn'}`),
      error:
        test.error === null
          ? req.t('analysis.noFigure')
          : req.t('analysis.errorValue', { value: numberIn(req.lang, test.error, 1) }),
    })),
  }
}

// The most serious first, then what is fine, then what cannot be judged.
const rank = ({ figures, flags: [first] }: AnalyzedVersion) =>
  first ? FLAGS.indexOf(first) : FLAGS.length + (figures ? 0 : 1)

const saidOf = (req: Request, judged: number, flagged: number, few: number) =>
  [
    judged ? req.t('analysis.judged', { count: judged }) : req.t('analysis.noneJudged'),
    ...(judged ? [flagged ? req.t('analysis.toLook', { count: flagged }) : req.t('analysis.allGood')] : []),
    ...(few ? [req.t('analysis.few', { count: few })] : []),
  ].join(' ')

/** Where the mark of a question stands in the chart, of 300 by 200 units: difficulty to the right, discrimination up. */
function markOf({ code, number, figures, flags }: AnalyzedVersion) {
  if (figures?.discrimination == null) return []
  const x = Math.round(300 * figures.difficulty)
  const y = Math.round(100 - 100 * figures.discrimination)
  return [{ name: `${code}, ${number}`, x, y, flagged: flags.length > 0 }]
}

const rowOf = (req: Request, version: AnalyzedVersion) => ({
  code: version.code,
  href: `${itemAddress(version.code)}?version=${version.number}`,
  prompt: wordsIn(version.prompt, req.lang),
  version: req.t('analysis.version', { number: version.number }),
  state: stateTag(req, version.status),
  people: version.people,
  figures: version.figures && {
    difficulty: percentOf(req, version.figures.difficulty),
    discrimination: coefficientOf(req, version.figures.discrimination),
    upperLower: coefficientOf(req, version.figures.upperLower),
    languages: version.figures.languages ? differenceOf(req, version.figures.languages) : req.t('analysis.notCompared'),
  },
  flags: version.flags.map(flag => req.t(`analysis.flag.${flag}`)),
})

const differenceOf = (req: Request, { difference, from, to }: LanguageDifference) =>
  req.t('analysis.points', {
    ...{ value: pointsOf(req, difference), from: pointsOf(req, from), to: pointsOf(req, to) },
  })

/** The block on a question's page about the version that is shown; `version` is undefined when nobody was asked it. */
export function presentOwnAnalysis(req: Request, version: AnalyzedVersion | undefined) {
  const { size, people, figures, flags } = version ?? { size: 'unasked', people: 0, figures: null, flags: [] }
  const percent = figures ? percentOf(req, figures.difficulty) : ''
  return {
    said: req.t(`analysis.own.${size}`, { ...LIMITS, count: people ?? 0, percent }),
    flags: flags.map(flag => req.t(`analysis.flag.${flag}`)),
    rows: figures
      ? [
          { key: req.t('analysis.discrimination'), value: coefficientOf(req, figures.discrimination) },
          { key: req.t('analysis.upperLower'), value: coefficientOf(req, figures.upperLower) },
          {
            key: req.t('analysis.languages'),
            value: figures.languages ? languagesIn(req, figures.languages) : req.t('analysis.notCompared'),
          },
        ]
      : [],
    options: (figures?.options ?? []).map(option => ({
      ...{ text: wordsIn(option.text, req.lang), right: option.right, chosen: option.chosen },
      bar: Math.round(100 * option.share),
      share: percentOf(req, option.share),
      upper: percentOf(req, option.upper),
      lower: percentOf(req, option.lower),
    })),
  }
}

const languagesIn = (req: Request, languages: LanguageDifference) =>
  req.t('analysis.own.language', {
    ...{ en: percentOf(req, languages.en), ru: percentOf(req, languages.ru) },
    ...{ difference: differenceOf(req, languages), rest: pointsOf(req, languages.rest) },
  })

const COLUMNS = [
  ...['code', 'version', 'state', 'outcome', 'type', 'people', 'difficulty', 'discrimination', 'upperLower'],
  ...['en', 'ru', 'difference', 'from', 'to', 'flags'],
]

/** The same as a table: questions of five answers or more, figures as numbers. */
export const analysisSheet = (req: Request, { versions }: ItemAnalysis): Sheet => ({
  name: req.t('analysis.sheet'),
  headers: COLUMNS.map(column => req.t(`analysis.sheetColumns.${column}`)),
  rows: versions
    .filter(({ size }) => size !== 'hidden')
    .map(version => {
      const { figures } = version
      const languages = figures?.languages
      return [
        ...[version.code, version.number, req.t(`items.states.${version.status}`), version.outcome],
        ...[req.t(`items.types.${version.type}`), version.people, hundred(figures?.difficulty)],
        ...[rounded(figures?.discrimination), rounded(figures?.upperLower)],
        ...[hundred(languages?.en), hundred(languages?.ru), hundred(languages?.difference)],
        ...[hundred(languages?.from), hundred(languages?.to)],
        version.flags.map(flag => req.t(`analysis.flag.${flag}`)).join(' '),
      ] satisfies Cell[]
    }),
})

const rounded = (value: number | null | undefined) => (value == null ? null : Math.round(1000 * value) / 1000)
const hundred = (share: number | null | undefined) => (share == null ? null : Math.round(1000 * share) / 10)
