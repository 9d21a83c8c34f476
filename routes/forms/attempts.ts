import { z } from 'zod'
import type { Sent } from '../../models/answering.ts'

const option = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)

/** Answers as the page's script sends them. Counters and milliseconds are whole numbers a script can count. */
const sending = z.object({
  device: z.string().regex(/^[A-Za-z0-9-]{8,64}$/),
  answers: z
    .array(
      z.object({
        question: z.int().min(1).max(1000),
        value: z.array(option).max(50),
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
 * Choices of a posted page by position, from fields `q3=a`. A question of the page without a field has none chosen.
 * @param positions the questions that stand on the page
 */
export function postedChoices(body: Record<string, unknown>, positions: number[]): Record<number, string[]> {
  return Object.fromEntries(
    positions.map(position => {
      const value = body[`q${position}`] ?? []
      const ids = (Array.isArray(value) ? value : [value]).filter(id => option.safeParse(id).success)
      return [position, [...new Set(ids as string[])]]
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
