import { diffArrays, diffWordsWithSpace } from 'diff'
import { sentencesOf } from '../../models/curriculum/sentences.ts'
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

/** A sentence that is not the same in both texts, word by word. */
export type ChangedSentence = { kind: 'added' | 'removed' | 'changed'; stretches: Stretch[] }

/** Sentences of a part that were added, removed or changed, in their order. */
export function changedSentences(older: Record<string, unknown>, newer: Record<string, unknown>): ChangedSentence[] {
  const runs = diffArrays(sentencesIn(older), sentencesIn(newer))
  return runs.flatMap(({ added, removed, value }, at) => {
    const [before, after] = [runs[at - 1], runs[at + 1]]
    if (removed && after?.added) return pairs(value, after.value)
    if (removed) return value.map(text => sentence('removed', text))
    return added && !before?.removed ? value.map(text => sentence('added', text)) : []
  })
}

const sentencesIn = (content: Record<string, unknown>): string[] =>
  plainText(content)
    .split('\n')
    .flatMap(line => sentencesOf(line).map(({ text }) => text.trim()))

const sentence = (kind: 'added' | 'removed', text: string): ChangedSentence => ({ kind, stretches: [{ kind, text }] })

/** Sentences in the place of others, each beside the one it came from; what one side has more of is new or gone. */
function pairs(older: string[], newer: string[]): ChangedSentence[] {
  return Array.from({ length: Math.max(older.length, newer.length) }, (_, at): ChangedSentence => {
    const [was, is] = [older[at], newer[at]]
    if (was === undefined) return sentence('added', is!)
    if (is === undefined) return sentence('removed', was)
    return { kind: 'changed', stretches: diffWordsWithSpace(was, is).map(stretch) }
  })
}

const stretch = ({ added, removed, value }: { added: boolean; removed: boolean; value: string }): Stretch => ({
  kind: added ? 'added' : removed ? 'removed' : 'same',
  text: value,
})
