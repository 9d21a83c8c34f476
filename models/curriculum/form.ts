import { z } from 'zod'
import * as shape from './shapes.ts'

const question = z.strictObject({
  id: shape.id,
  type: z.enum(['scale', 'choice', 'text']),
  label: shape.words,
  required: z.boolean(),
  low: shape.words.optional(),
  high: shape.words.optional(),
  options: z.array(z.strictObject({ id: shape.id, label: shape.words })).optional(),
  hint: shape.words.optional(),
})

/** A form that participants fill in (`forms/<code>.yaml`). */
export const form = z.strictObject({
  code: shape.id,
  version: shape.version,
  anonymous: z.boolean(),
  title: shape.words,
  intro: shape.words,
  questions: z.array(question),
})
export type Form = z.infer<typeof form>
