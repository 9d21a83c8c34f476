import type { Words } from './course.ts'

/**
 * The rubric engine: criteria with levels, marks by one or two assessors, and what follows from them. It knows nothing of
 * what is judged: an assignment today, a micro-teaching, an observation or a selection by the same rules.
 */

/** A level of a criterion; levels go from the lowest to the highest. */
export type Level = { points: number; text: Words }
/** `weight` in percent of the whole; the weights of a rubric add up to 100. */
export type Criterion = { id: string; weight: number; title: Words; levels: Level[] }

/** Levels chosen: criterion id → place of the level, from 0. */
export type Chosen = Record<string, number>

export type Part = 'first' | 'second' | 'agreed' | 'observer'
export type Mark = { part: Part; levels: Chosen; comment: string; final: boolean }

/** `level` lies between two places where two assessors were one level apart. */
export type Reached = { criterion: string; level: number; points: number }
/** Points of 100, rounded to 3 digits; percent to 2. */
export type Score = { levels: Reached[]; points: number; maxPoints: number; percent: number }

export const MAX_POINTS = 100

/** The score of one judgment, or the mean of several that are whole. @throws when a criterion has no level */
export function scoreOf(criteria: Criterion[], ...judgments: Chosen[]): Score {
  const levels = criteria.map(criterion => {
    const places = judgments.map(chosen => placeIn(criterion, chosen))
    const points = mean(places.map(place => pointsOf(criterion, place)))
    return { criterion: criterion.id, level: mean(places), points: rounded(points, 3) }
  })
  const sum = mean(
    judgments.map(chosen => criteria.reduce((all, each) => all + pointsOf(each, placeIn(each, chosen)), 0)),
  )
  return { levels, points: rounded(sum, 3), maxPoints: MAX_POINTS, percent: rounded((100 * sum) / MAX_POINTS, 2) }
}

/** Ids of criteria for which no level is chosen yet. */
export const withoutLevel = (criteria: Criterion[], chosen: Chosen): string[] =>
  criteria.filter(({ id, levels }) => !levels[chosen[id] ?? -1]).map(({ id }) => id)

/** What of posted levels fits the rubric; the rest is dropped. */
export const fittingLevels = (criteria: Criterion[], chosen: Record<string, unknown>): Chosen =>
  Object.fromEntries(
    criteria.flatMap(({ id, levels }) => {
      const place = chosen[id]
      return typeof place === 'number' && levels[place] ? [[id, place]] : []
    }),
  )

/** Ids of criteria on which two judgments are more than one level apart: there an agreed score is needed. */
export const apart = (criteria: Criterion[], one: Chosen, other: Chosen): string[] =>
  criteria.filter(({ id }) => Math.abs((one[id] ?? 0) - (other[id] ?? 0)) > 1).map(({ id }) => id)

export type Judged =
  /** Marks that are not final, or not there. */
  | { state: 'open'; missing: Part[] }
  /** Two assessors more than one level apart: they have to agree. */
  | { state: 'apart'; criteria: string[] }
  | { state: 'ready'; score: Score; by: Part[] }

/**
 * What the marks of a subject come to. One assessor: the first mark. Two assessors within one level on every criterion:
 * their mean; further apart on any: the agreed mark (product.md, "Numbers that rules need").
 */
export function judge(criteria: Criterion[], markers: 1 | 2, marks: Mark[]): Judged {
  const finals = new Map(marks.filter(mark => mark.final).map(mark => [mark.part, mark]))
  const needed: Part[] = markers === 2 ? ['first', 'second'] : ['first']
  const missing = needed.filter(part => !finals.has(part))
  if (missing.length) return { state: 'open', missing }
  const agreed = finals.get('agreed')
  if (agreed) return { state: 'ready', score: scoreOf(criteria, agreed.levels), by: ['agreed'] }
  const judgments = needed.map(part => finals.get(part)!.levels)
  const far = markers === 2 ? apart(criteria, judgments[0]!, judgments[1]!) : []
  if (far.length) return { state: 'apart', criteria: far }
  return { state: 'ready', score: scoreOf(criteria, ...judgments), by: needed }
}

function placeIn({ id, levels }: Criterion, chosen: Chosen): number {
  const place = chosen[id] ?? -1
  if (!levels[place]) throw new Error(`No level is chosen for ${id}`)
  return place
}

/** Points of a criterion at a level: its weight, in the share its level has of the highest. */
function pointsOf({ weight, levels }: Criterion, place: number): number {
  return (weight * levels[place]!.points) / levels.at(-1)!.points
}

const mean = (numbers: number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length
const rounded = (value: number, digits: number) => Math.round(value * 10 ** digits + 1e-9) / 10 ** digits
