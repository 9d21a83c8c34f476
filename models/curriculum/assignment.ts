import { z } from 'zod'
import * as shape from './shapes.ts'

const level = z.strictObject({ points: z.int().min(0).max(100), text: shape.words })

const criterion = z.strictObject({
  id: shape.id,
  weight: z.int().min(1).max(100),
  title: shape.words,
  levels: z.array(level),
})

/** Rules of a module's assignment and the rubric it is marked with (`<CODE>/assignment.yaml`). */
export const assignmentCard = z.strictObject({
  title: shape.words,
  /** Trainings of these formats have the assignment. */
  formats: z.array(z.enum(['live_online', 'on_site', 'blended'])),
  /** Whether the certificate of such a training asks for it. */
  certificate: z.boolean(),
  pass_percent: z.int().min(1).max(100),
  rounds: z.int().min(1).max(5),
  due_days: z.int().min(0).max(90),
  round_days: z.int().min(1).max(90),
  markers: z.union([z.literal(1), z.literal(2)]),
  anonymous: z.boolean(),
  rubric: z.array(criterion),
})
export type AssignmentCard = z.infer<typeof assignmentCard>

/** What stands above the brief, between the two lines `---`. */
export const briefFront = z.strictObject({
  language: z.enum(shape.languages),
  review: z.enum(['reviewed', 'not_reviewed']).optional(),
})
