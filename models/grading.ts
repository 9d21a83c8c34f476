import { fingerprint } from '../lib/secrets.ts'

export type ItemType = 'single' | 'multiple' | 'true_false'

/** What grading needs of an item: which options are right. */
export type Key = { id: string; type: ItemType; right: string[]; options: string[] }

/** Option ids chosen per item id; an item without an entry was not answered. */
export type Answers = Record<string, string[]>

export type Grade = {
  /** Rounded to 3 digits, as stored. */
  points: number
  maxPoints: number
  /** Of `maxPoints`, rounded to 2 digits; 0 when there is nothing to reach. */
  percent: number
  /** Points of each item, 0 to 1, by item id. */
  byItem: Record<string, number>
}

/** The grade of an attempt follows from its items and answers alone, so it can be computed again at any time. */
export function grade(items: Key[], answers: Answers): Grade {
  const byItem = Object.fromEntries(items.map(item => [item.id, pointsOf(item, answers[item.id] ?? [])]))
  const sum = Object.values(byItem).reduce((total, points) => total + points, 0)
  const percent = items.length ? rounded((100 * sum) / items.length, 2) : 0
  return { points: rounded(sum, 3), maxPoints: items.length, percent, byItem }
}

/**
 * Points of one item, 0 to 1. One right option: all or nothing. Several: the share of right options chosen, less one
 * such share for each wrong option chosen, never below nothing: (right − wrong) / all right ones.
 */
export function pointsOf({ type, right, options }: Key, chosen: string[]): number {
  const chosenOnce = new Set(chosen.filter(id => options.includes(id)))
  const hits = right.filter(id => chosenOnce.has(id)).length
  const misses = chosenOnce.size - hits
  if (type !== 'multiple') return hits === 1 && misses === 0 ? 1 : 0
  return right.length ? Math.max(0, (hits - misses) / right.length) : 0
}

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
  return fingerprint(text).slice(0, 24).toUpperCase().match(/.{4}/g)!.join('-')
}

const rounded = (value: number, digits: number) => Math.round(value * 10 ** digits + 1e-9) / 10 ** digits
