import { createHash } from 'node:crypto'

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

/** How many items of which outcome a test asks, e.g. `{ 'RMC-01-LO1': 2 }`. */
export type Blueprint = Record<string, number>
export type Drawable = { id: string; code: string; outcome: string }

/** What was drawn, in the order of asking; or the outcome the bank has too few items for. */
export type Draw<Item> = { items: Item[]; short?: undefined } | { items?: undefined; short: string }

/** Draws the items of one attempt: so many per outcome as the blueprint says, then all of them in a mixed order. */
export function draw<Item extends Drawable>(seed: string, blueprint: Blueprint, items: Item[]): Draw<Item> {
  const drawn: Item[] = []
  for (const [outcome, count] of Object.entries(blueprint)) {
    const fitting = items.filter(item => item.outcome === outcome)
    if (fitting.length < count) return { short: outcome }
    drawn.push(...shuffled(seed, 'item', fitting, item => item.code).slice(0, count))
  }
  return { items: shuffled(seed, 'order', drawn, item => item.code) }
}

/** Options in the order one attempt shows them. "True" and "False" stand where a reader expects them. */
export function optionsFor<Option extends { id: string }>(
  seed: string,
  item: { code: string; type: string; options: Option[] },
): Option[] {
  if (item.type === 'true_false') return item.options
  return shuffled(seed, `option|${item.code}`, item.options, option => option.id)
}
