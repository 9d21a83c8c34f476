import { z } from 'zod'

const words = (missing: string, most: number) => z.string(missing).min(1, missing).max(most, 'requests.errors.long')

/** Why a request ends: read by everyone who has part in it. */
export const reasonForm = z.object({ reason: words('requests.errors.reason', 2000) })

/** A message in the thread. */
export const messageForm = z.object({ body: words('requests.errors.message', 5000) })

/** The code of the training a request becomes. */
export const codeForm = z.object({
  code: z
    .string()
    .max(40, 'openings.errors.code')
    .regex(/^[A-Z0-9]+(-[A-Z0-9]+)*$/, 'openings.errors.code'),
})
