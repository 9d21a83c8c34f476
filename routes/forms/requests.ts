import { z } from 'zod'

const words = (missing: string, most: number) => z.string(missing).min(1, missing).max(most, 'requests.errors.long')

/** Why a request ends: read by everyone who has part in it. */
export const reasonForm = z.object({ reason: words('requests.errors.reason', 2000) })

/** Which States are invited, of those that can be, and what is written to them. */
export const invitationForm = (free: string[]) =>
  z.object({
    states: z
      .preprocess(posted => [posted ?? []].flat(), z.array(z.string()))
      .transform(states => free.filter(state => states.includes(state)))
      .refine(states => states.length, 'requests.errors.states'),
    note: z.string().max(2000, 'requests.errors.long').default(''),
  })

/** A message in the thread. */
export const messageForm = z.object({ body: words('requests.errors.message', 5000) })

/** The code of the training a request becomes. */
export const codeForm = z.object({
  code: z
    .string()
    .max(40, 'openings.errors.code')
    .regex(/^[A-Z0-9]+(-[A-Z0-9]+)*$/, 'openings.errors.code'),
})
