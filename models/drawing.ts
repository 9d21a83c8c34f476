import { createHash } from 'node:crypto'
import type { ItemType, Mix } from './items/kind.ts'
import { isGraded } from './items/kinds.ts'

/**
 * Chance that can be repeated. Things are put in the ascending order of SHA-256 over `seed|purpose|name`: the same seed
 * gives the same order on any machine and in any language, whatever order the things came in; another purpose of the
 * same seed gives an order that has nothing to do with the first. (Every order is equally likely for a random seed.)
 */
export function shuffled<Thing>(seed: string, purpose: string, things: Thing[], nameOf: (thing: Thing) => string) {
  return things
    .map(thing => ({
      thing,
      rank: createHash('sha256')
        .update(`${seed}|${purpose}|${nameOf(thing)}`)
        .digest('hex'),
    }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .map(({ thing }) => thing)
}

export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const
export type Difficulty = (typeof DIFFICULTIES)[number]

/**
 * How many items of which outcome a test asks, of any difficulty or of each, and how many ratings and essays beside
 * them: `{ 'RMC-01-LO1': 2, 'RMC-01-LO2': { easy: 1, hard: 1, rating: 1, essay: 1 } }`.
 */
export type Blueprint = Record<string, Wanted>
export type Wanted = number | Partial<Record<Difficulty | Beside, number>>

/** Types that are drawn only where a blueprint asks for them: the platform does not grade them. */
export const BESIDE = ['rating', 'essay'] as const
export type Beside = (typeof BESIDE)[number]
export type Drawable = { id: string; code: string; outcome: string; difficulty: Difficulty; type: ItemType }

/** What was drawn, in the order of asking; or the outcome the bank has too few items for. */
export type Draw<Item> = { items: Item[]; short?: undefined } | { items?: undefined; short: string }

/**
 * Draws the items of one attempt: so many per outcome and difficulty as the blueprint says, then all of them in a mixed
 * order. Only what the platform grades is drawn, and ratings and essays where the blueprint asks for them.
 */
export function draw<Item extends Drawable>(seed: string, blueprint: Blueprint, items: Item[]): Draw<Item> {
  const drawn: Item[] = []
  for (const cell of cellsOf(blueprint)) {
    const fitting = items.filter(item => fits(cell, item))
    if (fitting.length < cell.count) return { short: cell.outcome }
    drawn.push(...shuffled(seed, 'item', fitting, item => item.code).slice(0, cell.count))
  }
  return { items: shuffled(seed, 'order', drawn, item => item.code) }
}

/**
 * Draws two forms of a test that share no item and are equal in counts: per outcome and difficulty as many in A as in B.
 * Every form has an order of its own. A cell of any difficulty cannot promise that, so `forms` have none.
 */
export function drawForms<Item extends Drawable>(
  seed: string,
  blueprint: Blueprint,
  items: Item[],
): { forms: Record<Form, Item[]>; short?: undefined } | { forms?: undefined; short: string } {
  const [a, b]: [Item[], Item[]] = [[], []]
  for (const cell of cellsOf(blueprint)) {
    const fitting = shuffled(
      seed,
      'item',
      items.filter(item => fits(cell, item)),
      item => item.code,
    )
    if (fitting.length < 2 * cell.count) return { short: cell.outcome }
    a.push(...fitting.slice(0, cell.count))
    b.push(...fitting.slice(cell.count, 2 * cell.count))
  }
  const ordered = (form: Form, drawn: Item[]) => shuffled(seed, `order ${form}`, drawn, item => item.code)
  return { forms: { A: ordered('A', a), B: ordered('B', b) } }
}

export type Form = 'A' | 'B'

export type Cell = { outcome: string; of: Difficulty | Beside | 'any'; count: number }

/** The blueprint as a list: so many of this outcome and kind. */
export const cellsOf = (blueprint: Blueprint): Cell[] =>
  Object.entries(blueprint).flatMap(([outcome, wanted]): Cell[] =>
    typeof wanted === 'number'
      ? [{ outcome, of: 'any', count: wanted }]
      : Object.entries(wanted).map(([of, count]) => ({ outcome, of: of as Cell['of'], count })),
  )

/** How many questions a blueprint asks in all. */
export const countOf = (blueprint: Blueprint): number => cellsOf(blueprint).reduce((sum, { count }) => sum + count, 0)

/** Whether an item may be drawn for a cell of a blueprint. */
export function fits({ outcome, of }: Cell, item: Omit<Drawable, 'id' | 'code'>): boolean {
  if (item.outcome !== outcome) return false
  if (isBeside(of)) return item.type === of
  return isGraded(item) && (of === 'any' || item.difficulty === of)
}

export const isBeside = (of: Cell['of']): of is Beside => BESIDE.some(each => each === of)

/** The order of chance in which one attempt shows the parts of an item. */
export const mixFor =
  (seed: string, { code }: { code: string }): Mix =>
  (purpose, things, nameOf) =>
    shuffled(seed, `${purpose}|${code}`, things, nameOf)
