import { z } from 'zod'
import type { Sent } from '../../models/answering.ts'
import type { Value } from '../../models/items/kind.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is kept out; line ends and tabs may stay.
const STRAY = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/**
 * One entry of an answer: an option's id, or words. Signs that no keyboard types and no database keeps come with what is
 * pasted, unseen: a space stands for each, since who cannot see them cannot take them out.
 */
const entry = z
  .string()
  .min(1)
  .max(20_100)
  .transform(text => text.toWellFormed().replace(STRAY, ' '))

/** Answers as the page's script sends them. Counters and milliseconds are whole numbers a script can count. */
const sending = z.object({
  device: z.string().regex(/^[A-Za-z0-9-]{8,64}$/),
  answers: z
    .array(
      z.object({
        question: z.int().min(1).max(1000),
        value: z.array(entry).max(100),
        counter: z.int().min(1),
        ms: z.int().min(0).nullable(),
      }),
    )
    .min(1)
    .max(200),
})

/** The posted JSON as answers of one device; undefined when it is not well formed. */
export function sentAnswers(body: unknown): { device: string; sent: Sent[] } | undefined {
  const result = sending.safeParse(body)
  if (!result.success) return undefined
  const { device, answers } = result.data
  const sent = answers.map(({ question, value, counter, ms }) => ({ position: question, value, counter, givenMs: ms }))
  return { device, sent }
}

/**
 * Answers of a posted page by position, as entries (models/items/kind.ts): of a field `q3` the entry is what was typed
 * or chosen, of a field `q3.a` it is `a=` and that. A question of the page without a filled field has none.
 * @param positions the questions that stand on the page
 */
export function postedChoices(body: Record<string, unknown>, positions: number[]): Record<number, Value> {
  const fields = Object.entries(body).flatMap(([name, values]) => {
    const [, position, path] = /^q([1-9]\d{0,2})(?:\.([a-z0-9.]{1,60}))?$/i.exec(name) ?? []
    const texts = [values].flat().filter(each => typeof each === 'string' && each.trim() !== '') as string[]
    return position ? [{ position: Number(position), path, texts }] : []
  })
  return Object.fromEntries(
    positions.map(position => {
      const entries = fields
        .filter(field => field.position === position)
        .flatMap(({ path, texts }) => texts.map(text => (path ? `${path}=${text.trim()}` : text.trim())))
        .flatMap(each => entry.safeParse(each).data ?? [])
      return [position, [...new Set(entries)]]
    }),
  )
}

/** Where a posted page leads: another page, a question ("q7"), or the check page. */
export function wayOn(body: Record<string, unknown>): { page: number } | { question: number } | 'check' | undefined {
  const go = String(body.go ?? '')
  if (go === 'check') return 'check'
  const [, letter, number] = /^(q?)([1-9]\d{0,2})$/.exec(go) ?? []
  if (!number) return undefined
  return letter ? { question: Number(number) } : { page: Number(number) }
}
