import { moved } from '../../lib/lists.ts'
import type { CardFacts } from './pieces/card.ts'

/** Changes of the structure of a card: what it lists, and in which order. Codes are never given twice. */
export type Press = { list: 'outcomes' | 'lessons'; act: 'add' | 'remove' | 'up' | 'down'; code: string }

/** A card with one entry added (under `code`), removed or moved by one place. What is not there changes nothing. */
export function restructured(facts: CardFacts, { list, act, code }: Press): CardFacts {
  if (act === 'add') return list === 'outcomes' ? withOutcome(facts, code) : withLesson(facts, code)
  const entries = facts[list] as { code: string }[]
  const at = entries.findIndex(entry => entry.code === code)
  if (at < 0) return facts
  if (act === 'remove') return without(facts, list, code)
  return { ...facts, [list]: moved(entries, at, act) }
}

const EMPTY = { en: '', ru: '' }

const withOutcome = (facts: CardFacts, code: string): CardFacts => ({
  ...facts,
  outcomes: [...facts.outcomes, { code, level: 'understand', text: EMPTY }],
})

const withLesson = (facts: CardFacts, code: string): CardFacts => ({
  ...facts,
  lessons: [...facts.lessons, { code, hours: 1, title: EMPTY }] as CardFacts['lessons'],
})

/** Without an outcome nothing is asked about it either. */
function without(facts: CardFacts, list: Press['list'], code: string): CardFacts {
  const left = { ...facts, [list]: (facts[list] as { code: string }[]).filter(entry => entry.code !== code) }
  for (const field of ['test', 'pre_post'] as const) {
    const asked = left[field]
    if (!asked || !Object.hasOwn(asked.blueprint, code)) continue
    const { [code]: _, ...blueprint } = asked.blueprint
    Object.assign(left, { [field]: { ...asked, blueprint } })
  }
  return left
}
