import { diffWordsWithSpace } from 'diff'
import { yamlOf } from '../../models/curriculum/yaml-writing.ts'
import type { DraftPart } from '../../models/draft.ts'

/** A stretch of text: in both versions, only in the newer one, only in the older one. */
export type Stretch = { kind: 'same' | 'added' | 'removed'; text: string }

/** Two texts of a part, word by word. */
export const compared = (older: Record<string, unknown>, newer: Record<string, unknown>): Stretch[] =>
  diffWordsWithSpace(plainText(older), plainText(newer)).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))

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
