import { z } from 'zod'
import * as shape from './shapes.ts'

const option = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9_-]+$/, 'may hold only Latin letters and digits'),
  text: shape.words,
  right: z.boolean(),
  feedback: shape.words,
})

/** A question of a module's test (`<CODE>/bank.yaml`). */
export const item = z.strictObject({
  code: z.string().regex(/^[A-Z0-9-]+$/, 'is not an item code: write RMC-01-Q01 in Latin letters'),
  outcome: shape.outcomeCode,
  difficulty: z.enum(['easy', 'medium', 'hard']),
  type: z.enum(['single', 'multiple', 'true_false']),
  prompt: shape.words,
  options: z.array(option),
  sources: z.array(shape.id).default([]),
})
export type Item = z.infer<typeof item>
