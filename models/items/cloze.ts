import { z } from 'zod'
import * as shape from '../curriculum/shapes.ts'
import { type Input, WHY } from './inputs.ts'
import { type Choice, entryAt, idOf, isMapping, type Kind, listIn, type Line, type Mistake, type Part } from './kind.ts'
import { isNear, NUMBER, plainNumber, rightNumber } from './numeric.ts'
import { repeats } from './options.ts'
import { accepted, isSaid, rightWords, SPELLINGS, spellingMistakes } from './short.ts'

const id = z.string().regex(/^[a-z0-9]{1,20}$/, 'shape.smallId')
const choice = z.strictObject({
  id,
  type: z.literal('choice'),
  choices: z.array(z.strictObject({ text: shape.words, right: z.boolean() })),
  feedback: shape.words,
})
const words = z.strictObject({ id, type: z.literal('short'), accepted, feedback: shape.words })
const number = z.strictObject({
  id,
  type: z.literal('numeric'),
  answer: z.number(),
  tolerance: z.number().min(0),
  unit: shape.words.optional(),
  feedback: shape.words,
})
const gap = z.discriminatedUnion('type', [choice, words, number])
type Gap = z.infer<typeof gap>
type Content = { text: shape.Words; gaps: Gap[] }

const NAME: Input = { as: 'name', name: 'id', label: 'gapName' }
const CHOICE: Input[] = [
  NAME,
  {
    as: 'rows',
    name: 'choices',
    start: 3,
    of: [
      { as: 'words', name: 'text' },
      { as: 'right', name: 'right' },
    ],
  },
  WHY,
]

/** A text with gaps, written `[[name]]`: each is a choice, a few words or a number. */
export const cloze: Kind<Content> = {
  type: 'cloze',
  shape: z.strictObject({ text: shape.words, gaps: z.array(gap) }),
  inputs: [
    { as: 'words', name: 'text', label: 'gapText', long: true },
    {
      as: 'rows',
      name: 'gaps',
      start: 0,
      types: { choice: CHOICE, short: [NAME, ...SPELLINGS], numeric: [NAME, ...NUMBER] },
    },
  ],
  mistakes,
  parts: ({ gaps }) => gaps.map(partOf),
  points: ({ gaps }, value) => gaps.filter(each => isRight(each, entryAt(value, each.id))).length / gaps.length,
  right: ({ gaps }) => gaps.map(each => `${each.id}=${rightEntry(each)}`),
  face: ({ text, gaps }, mix) => ({
    as: 'gaps',
    text,
    gaps: gaps.map(each => ({
      id: each.id,
      path: each.id,
      of: each.type === 'short' ? 'words' : each.type === 'numeric' ? 'number' : 'choice',
      choices: each.type === 'choice' ? mix(`gap|${each.id}`, choicesOf(each), choice => choice.id) : [],
    })),
  }),
  judged: ({ gaps }, value) => ({ lines: gaps.map((each, index) => lineOf(each, index, entryAt(value, each.id))) }),
}

const choicesOf = ({ choices }: z.infer<typeof choice>): Choice[] =>
  choices.map(({ text }) => ({ id: idOf(text), text }))

const partOf = (each: Gap): Part =>
  each.type === 'choice'
    ? { path: each.id, takes: 'one', ids: choicesOf(each).map(choice => choice.id) }
    : { path: each.id, takes: 'words', most: each.type === 'numeric' ? 40 : 200 }

function isRight(each: Gap, entry: string | undefined): boolean {
  if (each.type === 'short') return isSaid(each.accepted, entry)
  if (each.type === 'numeric') return isNear(each, entry)
  return each.choices.some(({ text, right }) => right && idOf(text) === entry)
}

function rightEntry(each: Gap): string {
  if (each.type === 'short') return each.accepted.en[0]!
  if (each.type === 'numeric') return plainNumber(each.answer)
  return idOf(each.choices.find(({ right }) => right)!.text)
}

function lineOf(each: Gap, index: number, entry: string | undefined): Line {
  const chosen = each.type === 'choice' ? choicesOf(each).find(choice => choice.id === entry)?.text : entry
  const right =
    each.type === 'short'
      ? rightWords(each.accepted)
      : each.type === 'numeric'
        ? rightNumber(each)
        : each.choices.find(choice => choice.right)!.text
  return { about: String(index + 1), given: chosen ?? null, right, ok: isRight(each, entry), feedback: each.feedback }
}

/** Names of the gaps in a text, in their order. */
export const gapsIn = (text: string): string[] =>
  [...text.matchAll(/\[\[([^\]]*)\]\]/g)].map(([, name]) => name!.trim())

function mistakes(raw: Record<string, unknown>): Mistake[] {
  if (!Array.isArray(raw.gaps)) return []
  const gaps = listIn(raw, 'gaps')
  const known = gaps.map(each => String(each.id ?? ''))
  const found = repeats(gaps, ['gaps'], 'id')
  if (!gaps.length) found.push({ at: ['gaps'], kind: 'gaps', message: '"cloze" needs at least one gap' })
  for (const language of ['en', 'ru'] as const) {
    const text = isMapping(raw.text) ? raw.text[language] : undefined
    if (typeof text !== 'string') continue
    const named = gapsIn(text)
    for (const name of new Set(named.filter(each => !known.includes(each))))
      found.push({ at: ['text', language], kind: 'gaps', message: `the text has [[${name}]], the gaps do not` })
    for (const name of known.filter(each => each && named.filter(other => other === each).length !== 1))
      found.push({
        at: ['text', language],
        kind: 'gaps',
        message: `gap "${name}" must stand once in the text: [[${name}]]`,
      })
  }
  return [...found, ...gaps.flatMap(gapMistakes)]
}

function gapMistakes(each: Record<string, unknown>, index: number): Mistake[] {
  if (each.type !== 'choice') return spellingMistakes(each, ['gaps', index])
  const choices = listIn(each, 'choices')
  const right = choices.filter(one => one.right === true).length
  const texts = choices.map(one => (isMapping(one.text) ? String(one.text.en) : ''))
  const at = ['gaps', index, 'choices']
  const twice = texts.some((text, place) => text && texts.indexOf(text) < place)
  return [
    ...(right === 1
      ? []
      : [{ at, kind: right ? 'right-answers' : 'no-right-answer', message: 'a gap needs one right choice' }]),
    ...(choices.length < 2 ? [{ at, kind: 'options', message: 'a gap needs at least two choices' }] : []),
    ...(twice ? [{ at, kind: 'duplicate', message: 'two choices of a gap have the same text' }] : []),
  ]
}
