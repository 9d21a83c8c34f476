import type { Request } from 'express'
import { z } from 'zod'
import { CENTER_ZONE } from '../../lib/time.ts'
import type { KeptFile } from '../../models/attaching.ts'
import type { FieldError } from '../request.ts'
import { dateOf } from './days.ts'
import { filesOf } from './materials.ts'

const line = z.string().max(200, 'requests.errors.long').default('')
const email = z.string('mandates.errors.email').max(200, 'mandates.errors.email').pipe(z.email('mandates.errors.email'))
const until = z
  .string()
  .max(20)
  .default('')
  .refine(text => !text || dateOf(text) !== undefined, 'openings.errors.date')

/** A new mandate: who, in which part, by which letter, until when. */
export const mandateForm = z.object({
  email,
  part: z.enum(['main', 'deputy', 'agency'], 'mandates.errors.part'),
  agency: line,
  mandate: line,
  until,
})

/** A handover: to whom, by which letter, until when. */
export const handoverForm = z.object({ email, mandate: line, until })

/** What the main focal point proposes. */
export const proposalForm = z.object({ email, note: z.string().max(1000, 'requests.errors.long').default('') })

/** The end of the last day of a mandate, at the Center; null for one without an end. */
export const validToOf = (typed: string): Temporal.Instant | null =>
  dateOf(typed)?.add({ days: 1 }).toZonedDateTime(CENTER_ZONE).toInstant() ?? null

/** The letter that was uploaded, if any, told by its content; or what is wrong with it. */
export async function letterOf(req: Request): Promise<{ letter: KeptFile | null; errors: FieldError[] }> {
  const { files, errors } = await filesOf(req)
  return { letter: files[0] ?? null, errors }
}
