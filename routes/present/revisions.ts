import { diffWordsWithSpace } from 'diff'
import { yamlOf } from '../../models/curriculum/yaml-writing.ts'
import type { DraftPart } from '../../models/draft.ts'

/** A stretch of text: in both versions, only in the newer one, only in the older one. */
export type Stretch = { kind: 'same' | 'added' | 'removed'; text: string }

/** How much of what is the same stands around a change, in characters. */
const AROUND = 150

/** Two texts of a part, word by word; of what is the same only what stands around a change. */
export function compared(older: Record<string, unknown>, newer: Record<string, unknown>): Stretch[] {
  const parts = diffWordsWithSpace(plainText(older), plainText(newer))
  return parts.map(({ added, removed, value }, index) => {
    if (added || removed) return { kind: added ? 'added' : 'removed', text: value }
    return { kind: 'same', text: around(value, index > 0, index < parts.length - 1) }
  })
}

function around(text: string, after: boolean, before: boolean): string {
  if (text.length <= 2 * AROUND) return text
  const [start, end] = [after ? text.slice(0, AROUND) : '', before ? text.slice(-AROUND) : '']
  return `${start} … ${end}`
}

/** Parts that somebody else saved meanwhile, each against what was typed here. */
export const comparedParts = (newer: DraftPart[], typed: Record<string, Record<string, unknown>>) =>
  newer.map(({ part, content, savedAt, savedByName }) => ({
    part,
    at: savedAt,
    by: savedByName,
    stretches: compared(content, typed[part]!),
  }))

/** A part as one text for people: its title and its text, or its fields. */
function plainText(content: Record<string, unknown>): string {
  const { title, body, ...others } = content
  if (typeof body === 'string') return `${title}\n\n${body}`
  return yamlOf(title === undefined ? others : { title, ...others })
}
