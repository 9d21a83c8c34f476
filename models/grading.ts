import { receipt } from '../lib/secrets.ts'
import type { AskedItem } from './attempt.ts'
import type { Value } from './items/kind.ts'
import { isGraded, shareOf, type Typed } from './items/kinds.ts'

/** What grading needs of an item: its type with its key, and the points it is worth. */
export type Key = Typed & { id: string; points: number }

/** Answers by item id, as entries of models/items/kind.ts; an item without an entry was not answered. */
export type Answers = Record<string, Value>

type Ruled = Pick<AskedItem, 'id' | 'type' | 'key' | 'dropped' | 'points'>

/** What grading needs of an asked item. One that was dropped is worth nothing. */
export const keyOf = ({ id, type, key, dropped, points }: Ruled): Key => ({
  ...{ id, type, content: key },
  points: dropped ? 0 : points,
})

/** The answers that count of what an attempt asked. */
export const answersOf = (items: Pick<AskedItem, 'id' | 'value'>[]): Answers =>
  Object.fromEntries(items.flatMap(({ id, value }) => (value ? [[id, value]] : [])))

export type Grade = {
  /** Rounded to 3 digits, as stored. */
  points: number
  maxPoints: number
  /** Of `maxPoints`, rounded to 2 digits; 0 when there is nothing to reach. */
  percent: number
  /** Points of each graded item by item id, 0 to what it is worth. */
  byItem: Record<string, number>
}

/**
 * The grade of an attempt follows from its items and answers alone, so it can be computed again at any time. Items that
 * are not graded (a rating has no right answer) count for nothing, on either side.
 */
export function grade(items: Key[], answers: Answers): Grade {
  const graded = items.filter(isGraded)
  const byItem = Object.fromEntries(graded.map(item => [item.id, pointsOf(item, answers[item.id] ?? [])]))
  const sum = Object.values(byItem).reduce((total, points) => total + points, 0)
  const maxPoints = graded.reduce((total, { points }) => total + points, 0)
  const percent = maxPoints ? rounded((100 * sum) / maxPoints, 2) : 0
  return { points: rounded(sum, 3), maxPoints, percent, byItem }
}

/** Points of one item: its worth times the share its type gives for the answer (models/items/<type>.ts says how). */
export const pointsOf = (item: Key, value: Value): number => item.points * shareOf(item, value)

/** An attempt as stored, with what its grade follows from. */
export type Graded = { id: string; points: number; maxPoints: number; percent: number; items: Key[]; answers: Answers }
export type Difference = { id: string; stored: number; computed: number }

/** Computes all grades again and lists those that are stored otherwise: none is expected. */
export function gradeAll(attempts: Graded[]): Difference[] {
  return attempts.flatMap(({ id, points, maxPoints, percent, items, answers }) => {
    const again = grade(items, answers)
    const same = again.points === points && again.maxPoints === maxPoints && again.percent === percent
    return same ? [] : [{ id, stored: percent, computed: again.percent }]
  })
}

/**
 * The receipt of an attempt: the first 96 bits of a SHA-256 over what was handed in, in groups of four letters.
 * The same answers of the same attempt always give the same receipt; one changed answer gives another.
 */
export function receiptOf(attemptId: string, items: { code: string; number: number; value: string[] | null }[]) {
  const text = JSON.stringify([attemptId, items.map(({ code, number, value }) => [code, number, value?.toSorted()])])
  return receipt(text)
}

const rounded = (value: number, digits: number) => Math.round(value * 10 ** digits + 1e-9) / 10 ** digits
