import { z } from 'zod'
import * as shape from '../curriculum/shapes.ts'
import { type Input, WHY } from './inputs.ts'
import { entryAt, isMapping, type Kind, type Mistake } from './kind.ts'
import { spelled } from './spelling.ts'

export type Accepted = { en: string[]; ru: string[] }
export const accepted = z.strictObject({ en: z.array(shape.plain).min(1), ru: z.array(shape.plain).min(1) })
type Content = { accepted: Accepted; feedback: shape.Words }

/** What is accepted, and why. */
export const SPELLINGS: Input[] = [{ as: 'lines', name: 'accepted' }, WHY]

/** A word or a few. Right is any accepted way to say it, in either language of the question. */
export const short: Kind<Content> = {
  type: 'short',
  shape: z.strictObject({ accepted, feedback: shape.words }),
  inputs: SPELLINGS,
  mistakes: raw => spellingMistakes(raw),
  parts: () => [{ path: '', takes: 'words', most: 200 }],
  points: (content, value) => (isSaid(content.accepted, entryAt(value, '')) ? 1 : 0),
  right: content => content.accepted.en.slice(0, 1),
  face: () => ({ as: 'line', path: '', of: 'words' }),
  judged: (content, value) => ({
    lines: [
      {
        about: null,
        given: entryAt(value, '') ?? null,
        right: rightWords(content.accepted),
        ok: isSaid(content.accepted, entryAt(value, '')),
        feedback: content.feedback,
      },
    ],
  }),
}

/** Whether a text is one of the accepted ones, as `spelled` compares them. */
export const isSaid = ({ en, ru }: Accepted, text = ''): boolean =>
  spelled(text) !== '' && [...en, ...ru].some(each => spelled(each) === spelled(text))

/** The first accepted text of each language. */
export const rightWords = ({ en, ru }: Accepted): shape.Words => ({ en: en[0]!, ru: ru[0]! })

/** Accepted texts of which nothing is left to compare. */
export function spellingMistakes(raw: Record<string, unknown>, at: (string | number)[] = []): Mistake[] {
  if (!isMapping(raw.accepted)) return []
  return Object.entries(raw.accepted).flatMap(([language, texts]) =>
    (Array.isArray(texts) ? texts : []).flatMap((text, index): Mistake[] =>
      typeof text === 'string' && text.trim() && !spelled(text)
        ? [
            {
              at: [...at, 'accepted', language, index],
              kind: 'accepted',
              message: `accepted "${text}" has no letters or digits`,
            },
          ]
        : [],
    ),
  )
}
