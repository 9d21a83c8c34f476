import type { Request } from 'express'
import { numberIn } from '../../lib/numbers.ts'
import type { Criterion, Reached } from '../../models/rubric.ts'
import { wordsIn } from './words.ts'

/** A rubric as a table of words: each criterion with its weight and its levels. */
export const rubricIn = (lang: string, criteria: Criterion[]) =>
  criteria.map(({ id, weight, title, levels }) => ({
    id,
    title: wordsIn(title, lang),
    weight,
    levels: levels.map(({ points, text }, place) => ({ place, points, text: wordsIn(text, lang) })),
  }))

/** What was reached on each criterion, in words; between two levels where two assessors were one apart. */
export function reachedIn(req: Request, criteria: Criterion[], reached: Reached[]) {
  return criteria.flatMap(({ id, title, weight, levels }) => {
    const found = reached.find(each => each.criterion === id)
    if (!found) return []
    const places = [...new Set([Math.floor(found.level), Math.ceil(found.level)])]
    return [
      {
        title: wordsIn(title, req.lang),
        points: req.t('assignments.pointsOf', { points: numberIn(req.lang, found.points, 1), of: weight }),
        texts: places.map(place => wordsIn(levels[place]!.text, req.lang)),
      },
    ]
  })
}
