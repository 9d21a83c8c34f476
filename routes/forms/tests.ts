import { z } from 'zod'
import { resolveWall } from '../../lib/wall-time.ts'
import type { Adjustment, TestSettings } from '../../models/adjusting.ts'
import { FEEDBACK } from '../../models/test-rules.ts'
import { dateOf, timeOf } from './days.ts'

const short = z.string().max(40, 'tests.errors.long').default('')
const times = z.object({ opensDay: short, opensTime: short, closesDay: short, closesTime: short })

function checkTimes(values: z.infer<typeof times>, context: z.RefinementCtx) {
  const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
  for (const end of ['opens', 'closes'] as const) {
    const [day, time] = [values[`${end}Day`], values[`${end}Time`]]
    if ((day && !dateOf(day)) || (time && !day)) wrong(`${end}Day`, 'tests.errors.day')
    if (time && !timeOf(time)) wrong(`${end}Time`, 'tests.errors.time')
  }
}

/** A whole number between 0 and `most`; an empty field is 0. */
const count = (most: number, message: string) =>
  z
    .string()
    .default('')
    .refine(text => /^\d{0,3}$/.test(text) && Number(text) <= most, message)
    .transform(Number)

/** What a training sets for its test. */
export const settingsForm = times
  .extend({
    waitHours: count(720, 'tests.errors.wait'),
    accessCode: z.string().max(100, 'tests.errors.long').default(''),
    feedback: z.enum(['', ...FEEDBACK], 'tests.errors.feedback').default(''),
  })
  .superRefine(checkTimes)

/** What is different for one person: nothing without a reason. */
export const adjustmentForm = times
  .extend({
    extraAttempts: count(20, 'tests.errors.attempts'),
    extraPercent: count(300, 'tests.errors.percent'),
    extraMinutes: count(600, 'tests.errors.minutes'),
    reason: z.string('tests.errors.reason').min(1, 'tests.errors.reason').max(1000, 'tests.errors.long'),
  })
  .superRefine(checkTimes)

type Times = z.infer<typeof times>

/** The window in the zone of the training: a day without a time begins at midnight and ends with its last minute. */
function windowOf({ opensDay, opensTime, closesDay, closesTime }: Times, zone: string) {
  const at = (day: string, time: string, other: string, prefer: 'earlier' | 'later') => {
    const date = dateOf(day)
    if (!date) return null
    const wall = date.toPlainDateTime(timeOf(time) ?? Temporal.PlainTime.from(other))
    const answer = resolveWall(wall, zone, prefer)
    return answer.ok ? answer.instant : wall.toZonedDateTime(zone).toInstant()
  }
  return {
    opensAt: at(opensDay, opensTime, '00:00', 'earlier'),
    closesAt: at(closesDay, closesTime, '23:59', 'later'),
  }
}

export const settingsOf = (values: z.infer<typeof settingsForm>, zone: string): TestSettings => ({
  ...windowOf(values, zone),
  waitHours: values.waitHours || null,
  accessCode: values.accessCode || null,
  feedback: values.feedback || null,
})

export const adjustmentOfForm = (values: z.infer<typeof adjustmentForm>, zone: string): Adjustment => ({
  ...windowOf(values, zone),
  extraAttempts: values.extraAttempts,
  extraPercent: values.extraPercent,
  extraMinutes: values.extraMinutes,
  reason: values.reason,
})
