import { z } from 'zod'
import * as shape from '../curriculum/shapes.ts'
import { type Input, optionRows } from './inputs.ts'
import { type Face, type Judged, type Kind, listIn, type Mistake, type Mix, type Value } from './kind.ts'

/** Options of a question in which one or several are chosen. Every option says why it is right or wrong. */
export const option = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'shape.optionId'),
  text: shape.words,
  right: z.boolean(),
  feedback: shape.words,
})
export type Option = z.infer<typeof option> & { picture?: string }
export type Options = { options: Option[] }

export const idsOf = ({ options }: Options): string[] => options.map(({ id }) => id)

export const rightIds = ({ options }: Options): string[] => options.filter(each => each.right).map(({ id }) => id)

/** All or nothing: the one right option, and no other. */
export function onePoint({ options }: Options, value: Value): number {
  const chosen = new Set(value.filter(id => options.some(each => each.id === id)))
  return chosen.size === 1 && options.some(each => each.right && chosen.has(each.id)) ? 1 : 0
}

/** Whether ids repeat, and how many options are right: `atLeast` options, exactly `one` right, or several but not all. */
export function optionMistakes(raw: Record<string, unknown>, { type, one, atLeast, exactly }: Rule): Mistake[] {
  if (!Array.isArray(raw.options)) return []
  const options = listIn(raw, 'options')
  const right = options.filter(each => each.right === true).length
  const found: Mistake[] = []
  const say = (kind: string, message: string) => found.push({ at: ['options'], kind, message })
  if (right === 0) say('no-right-answer', 'no option is right: true')
  else if (one && right > 1) say('right-answers', `"${type}" needs one right option, ${right} are marked`)
  else if (!one && right < 2) say('right-answers', `"${type}" needs at least two right options`)
  else if (right === options.length) say('right-answers', 'every option is right: at least one must be wrong')
  if (exactly !== undefined && options.length !== exactly)
    say('options', `"${type}" has exactly two options, here are ${options.length}`)
  else if (options.length < atLeast)
    say('options', `"${type}" needs at least ${atLeast === 2 ? 'two' : 'three'} options`)
  return [...found, ...repeats(options, ['options'], 'id')]
}
type Rule = { type: string; one: boolean; atLeast: number; exactly?: number }

/** Entries whose `field` an earlier entry has already. */
export function repeats(entries: Record<string, unknown>[], at: (string | number)[], field: string): Mistake[] {
  const seen = new Set<string>()
  return entries.flatMap((entry, index): Mistake[] => {
    const value = String(entry[field] ?? '')
    if (!value || !seen.has(value)) return seen.add(value) && []
    return [{ at: [...at, index, field], kind: 'duplicate', message: `${field} "${value}" is used twice` }]
  })
}

/** A question of which one option is right, at least `atLeast` of them, or `exactly` so many; `mixed` unless their order says something. */
export const chooseOne = (
  type: 'single' | 'picture' | 'true_false',
  {
    shape: one = option,
    mixed = true,
    inputs = [],
    ...rule
  }: { shape?: typeof option; mixed?: boolean; inputs?: Input[]; atLeast: number; exactly?: number },
): Kind<Options> => ({
  type,
  shape: z.strictObject({ options: z.array(one) }),
  inputs: optionRows(rule.exactly ?? rule.atLeast, inputs, rule.exactly ? true : undefined),
  mistakes: raw => optionMistakes(raw, { type, one: true, ...rule }),
  parts: content => [{ path: '', takes: 'one', ids: idsOf(content) }],
  points: onePoint,
  right: rightIds,
  face: (content, mix) => optionFace(content, false, mixed ? mix : null),
  judged: (content, value, mix) => optionsJudged(content, value, mixed ? mix : null),
})

export function optionFace({ options }: Options, several: boolean, mix: Mix | null): Face {
  const shown = options.map(({ id, text, picture }) => ({ id, text, ...(picture ? { picture } : {}) }))
  return { as: 'choices', path: '', several, options: mix ? mix('option', shown, each => each.id) : shown }
}

export function optionsJudged({ options }: Options, value: Value, mix: Mix | null): Judged {
  const lines = mix ? mix('option', options, each => each.id) : options
  return {
    options: lines.map(({ id, text, picture, right, feedback }) => ({
      ...{ text, picture, right, feedback },
      chosen: value.includes(id),
    })),
  }
}
