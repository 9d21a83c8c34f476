import type { Request } from 'express'
import { numberIn } from '../../lib/numbers.ts'
import type { Sheet } from '../../lib/sheets.ts'
import type { Gain } from '../../models/analyzing/gaining.ts'
import { SMALLEST_GROUP } from '../../models/evaluating.ts'
import type { TrainingGain } from '../../models/gain.ts'
import { percentOf, pointsOf } from './shares.ts'
import { wordsIn } from './words.ts'

/** The gain of a training as a chart, a sentence and a table. */
export function presentGain(req: Request, gain: TrainingGain) {
  if (!gain) return { few: req.t('gains.few', { count: SMALLEST_GROUP }), chart: null, rows: [], said: '' }
  const rows = [
    { ...lineOf(req, gain.whole), code: '', name: req.t('gains.whole') },
    ...gain.outcomes.map(each => ({
      ...lineOf(req, each),
      code: each.code,
      name: each.text ? wordsIn(each.text, req.lang) : '',
    })),
  ]
  const { whole } = gain
  const said = req.t(`gains.said.${whole.from > 0 ? 'more' : whole.to < 0 ? 'less' : 'open'}`, {
    ...{ before: percentOf(req, whole.before), after: percentOf(req, whole.after), count: whole.people },
    ...{ from: pointsOf(req, whole.from), to: pointsOf(req, whole.to) },
  })
  const marks = rows.map(({ code, before, after }, index) => ({
    ...{ name: code || req.t('gains.whole'), y: 20 + 28 * index },
    ...{ x1: Math.round(3 * before), x2: Math.round(3 * after) },
  }))
  return {
    few: null,
    said,
    rows,
    chart: { label: req.t('gains.chart', { said }), marks, height: 28 * rows.length + 10 },
  }
}

/** The same as tables: the figures as the page rounds them, and beside them the sentence and how they are read. */
export function gainSheets(req: Request, gain: TrainingGain): Sheet[] {
  const { few, said, rows } = presentGain(req, gain)
  const columns = ['code', 'what', 'people', 'before', 'after', 'gain', 'from', 'to', 'normalized']
  const words = [req.t('gains.lead'), few ?? said, req.t('gains.how')]
  return [
    {
      name: req.t('gains.caption'),
      headers: columns.map(column => req.t(`gains.sheetColumns.${column}`)),
      rows: rows.map(({ code, name, people, figures }) => [code, name, people, ...figures]),
    },
    {
      name: req.t('gains.sheetNotes'),
      headers: [req.t('gains.title', { code: req.params.code })],
      rows: words.map(word => [word]),
    },
  ]
}

const lineOf = (req: Request, gain: Gain) => ({
  ...{ people: gain.people, before: 100 * gain.before, after: 100 * gain.after },
  words: {
    before: percentOf(req, gain.before),
    after: percentOf(req, gain.after),
    gain: req.t('analysis.points', {
      ...{ value: pointsOf(req, gain.gain), from: pointsOf(req, gain.from), to: pointsOf(req, gain.to) },
    }),
    normalized: gain.normalized === null ? req.t('analysis.noFigure') : numberIn(req.lang, gain.normalized),
  },
  figures: [
    ...[gain.before, gain.after, gain.gain, gain.from, gain.to].map(share => Math.round(100 * share)),
    gain.normalized === null ? null : Math.round(100 * gain.normalized) / 100,
  ],
})
