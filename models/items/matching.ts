import { z } from 'zod'
import * as shape from '../curriculum/shapes.ts'
import { WHY } from './inputs.ts'
import { type Choice, entryAt, idOf, isMapping, type Kind, listIn, type Mistake, type Value } from './kind.ts'

const pair = z.strictObject({ left: shape.words, right: shape.words, feedback: shape.words })
type Content = { pairs: z.infer<typeof pair>[]; extra?: shape.Words[] }

/** To every row on the left the fitting one of several texts; `extra` texts fit no row. */
export const matching: Kind<Content> = {
  type: 'matching',
  shape: z.strictObject({ pairs: z.array(pair), extra: z.array(shape.words).optional() }),
  inputs: [
    {
      ...{ as: 'rows', name: 'pairs', start: 3 },
      of: [{ as: 'words', name: 'left' }, { as: 'words', name: 'right', label: 'fitting' }, WHY],
    },
    { as: 'rows', name: 'extra', start: 0, optional: true },
  ],
  mistakes,
  parts: ({ pairs, extra }) =>
    pairs.map(({ left }) => ({
      path: idOf(left),
      takes: 'one' as const,
      ids: choicesOf({ pairs, extra }).map(({ id }) => id),
    })),
  points: ({ pairs }, value) => pairs.filter(each => fits(each, value)).length / pairs.length,
  right: ({ pairs }) => pairs.map(({ left, right }) => `${idOf(left)}=${idOf(right)}`),
  face: (content, mix) => ({
    as: 'rows',
    of: 'pairs',
    choices: mix('choice', choicesOf(content), ({ id }) => id),
    rows: mix('row', content.pairs, ({ left }) => idOf(left)).map(({ left }) => ({ path: idOf(left), text: left })),
  }),
  judged: (content, value, mix) => ({
    lines: mix('row', content.pairs, ({ left }) => idOf(left)).map(each => ({
      about: each.left,
      given: choicesOf(content).find(({ id }) => id === entryAt(value, idOf(each.left)))?.text ?? null,
      right: each.right,
      ok: fits(each, value),
      feedback: each.feedback,
    })),
  }),
}

const fits = ({ left, right }: Content['pairs'][number], value: Value) => entryAt(value, idOf(left)) === idOf(right)

/** The texts to choose from, each once: two rows may have the same right one. */
function choicesOf({ pairs, extra = [] }: { pairs: Content['pairs']; extra?: Content['extra'] | undefined }): Choice[] {
  const texts = new Map([...pairs.map(({ right }) => right), ...extra].map(text => [idOf(text), text]))
  return [...texts].map(([id, text]) => ({ id, text }))
}

function mistakes(raw: Record<string, unknown>): Mistake[] {
  const pairs = listIn(raw, 'pairs')
  if (!Array.isArray(raw.pairs)) return []
  const found: Mistake[] = []
  if (pairs.length < 2) found.push({ at: ['pairs'], kind: 'pairs', message: '"matching" needs at least two pairs' })
  const rights = pairs.map(each => english(each.right))
  if (pairs.length && new Set([...rights, ...(Array.isArray(raw.extra) ? raw.extra.map(english) : [])]).size < 2)
    found.push({
      at: ['pairs'],
      kind: 'pairs',
      message: 'every row has the same right text: there is nothing to choose',
    })
  pairs.forEach(({ left }, index) => {
    if (pairs.findIndex(each => english(each.left) === english(left)) < index)
      found.push({ at: ['pairs', index, 'left'], kind: 'duplicate', message: `left "${english(left)}" is used twice` })
  })
  for (const [index, each] of (Array.isArray(raw.extra) ? raw.extra : []).entries())
    if (rights.includes(english(each)))
      found.push({
        at: ['extra', index],
        kind: 'duplicate',
        message: `extra "${english(each)}" is the right text of a row`,
      })
  return found
}

const english = (words: unknown) => (isMapping(words) ? String(words.en ?? '') : '')
