import { z } from 'zod'
import type { BankComment } from '../../models/commenting.ts'
import { type Judgment, LONGEST_COMMENT } from '../../models/marking.ts'
import type { Criterion } from '../../models/rubric.ts'
import { dateOf, timeOf } from './days.ts'

/** A judgment as posted: fields `level-<criterion>=<place>` and `comment`. Whatever comes is kept as far as it goes. */
export function postedJudgment(body: Record<string, unknown>, criteria: Criterion[]): Judgment {
  const levels = Object.fromEntries(
    criteria.flatMap(({ id }) => {
      const value = body[`level-${id}`]
      return typeof value === 'string' && /^\d{1,2}$/.test(value) ? [[id, Number(value)]] : []
    }),
  )
  const comment = typeof body.comment === 'string' ? body.comment.normalize('NFC').replace(/\r\n?/g, '\n') : ''
  return { levels, comment: comment.replaceAll('\u0000', '').slice(0, LONGEST_COMMENT) }
}

/** A comment with a sentence of the bank put after it. */
export function inserted(bank: BankComment[], comment: string, id: string): string {
  const sentence = bank.find(each => each.id === id)?.text
  if (!sentence) return comment
  return [comment.trimEnd(), sentence].filter(Boolean).join('\n\n').slice(0, LONGEST_COMMENT)
}

/** What a judgment's form shows: the stored one, or what was posted when it comes back. */
export const judgmentValues = ({ levels, comment }: Judgment): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(levels).map(([id, place]) => [`level-${id}`, String(place)])),
  comment,
})

export type Way =
  | { kind: 'save' | 'final' | 'return' | 'bank-keep' }
  | { kind: 'bank-insert' | 'bank-drop'; comment: string }

/** Which button was pressed, and on which sentence of the bank. */
export function wayOf(body: Record<string, unknown>): Way {
  const go = String(body.go ?? '')
  const comment = /^[1-9]\d{0,17}$/.exec(String(body.bank ?? ''))?.[0]
  if ((go === 'bank-insert' || go === 'bank-drop') && comment) return { kind: go, comment }
  if (go === 'final' || go === 'return' || go === 'bank-keep') return { kind: go }
  return { kind: 'save' }
}

const moment = z.object({ day: z.string().max(40).default(''), time: z.string().max(40).default('') })

const checkMoment = ({ day, time }: z.infer<typeof moment>, context: z.RefinementCtx) => {
  if (!dateOf(day)) context.addIssue({ code: 'custom', path: ['day'], message: 'marking.errors.day' })
  if (!timeOf(time)) context.addIssue({ code: 'custom', path: ['time'], message: 'marking.errors.time' })
}

/** Until when: a day and a time on the wall of the training. */
export const dueForm = moment.superRefine(checkMoment)

const reason = z.string('marking.errors.reason').min(1, 'marking.errors.reason').max(1000, 'marking.errors.long')

export const extensionForm = moment.extend({ reason }).superRefine(checkMoment)

export const wallOf = ({ day, time }: { day: string; time: string }): Temporal.PlainDateTime =>
  dateOf(day)!.toPlainDateTime(timeOf(time)!)

export const changeForm = z.object({ reason })
