import { receipt } from '../lib/secrets.ts'
import type { AskedItem } from './attempt.ts'
import type { Value } from './items/kind.ts'
import { isGraded, isMarked, shareOf, type Typed } from './items/kinds.ts'

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

/** Points that people gave for answers, by item id. */
export type Marks = Record<string, number>

/** The final marks for what an attempt asked. */
export const marksIn = (items: Pick<AskedItem, 'id' | 'mark'>[]): Marks =>
  Object.fromEntries(items.flatMap(({ id, mark }) => (mark ? [[id, mark.points]] : [])))

/** What of an attempt waits for a person's marking: an answer that is not there earns nothing and needs nobody. */
export const unmarked = <Item extends Pick<AskedItem, 'type' | 'value' | 'dropped' | 'mark'>>(items: Item[]): Item[] =>
  items.filter(item => isMarked(item) && !item.dropped && !item.mark && item.value?.length)

export type Grade = {
  /** Rounded to 3 digits, as stored. */
  points: number
  maxPoints: number
  /** Of `maxPoints`, rounded to 2 digits; 0 when there is nothing to reach. */
  percent: number
  /** Points of each graded or marked item by item id, 0 to what it is worth. */
  byItem: Record<string, number>
}

/**
 * The grade of an attempt follows from its items, answers and marks alone, so it can be computed again at any time. Items
 * that are neither graded nor marked (a rating has no right answer) count for nothing, on either side.
 */
export function grade(items: Key[], answers: Answers, marks: Marks = {}): Grade {
  const graded = items.filter(item => isGraded(item) || isMarked(item))
  const byItem = Object.fromEntries(
    graded.map(item => [item.id, pointsOf(item, answers[item.id] ?? [], marks[item.id])]),
  )
  const sum = Object.values(byItem).reduce((total, points) => total + points, 0)
  const maxPoints = graded.reduce((total, { points }) => total + points, 0)
  const percent = maxPoints ? rounded((100 * sum) / maxPoints, 2) : 0
  return { points: rounded(sum, 3), maxPoints, percent, byItem }
}

/**
 * Points of one item: those a person gave, at most its worth; or its worth times the share its type gives for the answer
 * (models/items/<type>.ts says how).
 */
export const pointsOf = (item: Key, value: Value, mark = 0): number =>
  isMarked(item) ? Math.min(mark, item.points) : item.points * shareOf(item, value)

/** An attempt as stored, with what its grade follows from. */
export type Graded = {
  id: string
  points: number
  maxPoints: number
  percent: number
  items: Key[]
  answers: Answers
  marks?: Marks
}
export type Difference = { id: string; stored: number; computed: number }

/** Computes all grades again and lists those that are stored otherwise: none is expected. */
export function gradeAll(attempts: Graded[]): Difference[] {
  return attempts.flatMap(({ id, points, maxPoints, percent, items, answers, marks }) => {
    const again = grade(items, answers, marks)
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
