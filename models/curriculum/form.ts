import { z } from 'zod'
import * as shape from './shapes.ts'

/** A scale of 1 to 5, one choice, words; the others stand in forms of States only (models/needs-form.ts). */
export const QUESTION_TYPES = [
  'scale',
  'choice',
  'text',
  'line',
  'number',
  'choices',
  'tasks',
  'lessons',
  'dates',
  'languages',
] as const

const question = z.strictObject({
  id: shape.id,
  part: shape.id.optional(),
  type: z.enum(QUESTION_TYPES),
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
  parts: z
    .array(z.strictObject({ id: shape.id, own: z.boolean(), title: shape.words, intro: shape.words.optional() }))
    .optional(),
  questions: z.array(question),
})
export type Form = z.infer<typeof form>
