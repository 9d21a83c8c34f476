import { z } from 'zod'
import { FEEDBACK } from '../test-rules.ts'
import * as shape from './shapes.ts'

export const levels = ['remember', 'understand', 'apply', 'analyze', 'evaluate', 'create'] as const

const outcome = z.strictObject({ code: shape.outcomeCode, level: z.enum(levels), text: shape.words })

const lesson = z.strictObject({
  code: shape.lessonCode,
  title: shape.words,
  hours: shape.hours,
  file: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, 'shape.lessonFile')
    .optional(),
  parts: z.array(z.strictObject({ title: shape.words, hours: shape.partOfHours })).optional(),
})

const wanted = z.strictObject({
  easy: shape.count.optional(),
  medium: shape.count.optional(),
  hard: shape.count.optional(),
  rating: shape.count.optional(),
  essay: shape.count.optional(),
})

const test = z.strictObject({
  blueprint: z.record(z.string(), z.union([shape.count, wanted])),
  pass_percent: z.int().min(1).max(100),
  attempts: shape.count,
  minutes: shape.count,
  per_page: shape.count,
  feedback: z.enum(FEEDBACK),
})

// Two forms equal in counts can only be promised for a difficulty that is named.
const measured = z.strictObject({
  easy: shape.count.optional(),
  medium: shape.count.optional(),
  hard: shape.count.optional(),
})

/** What is asked before and after the training by two parallel forms; the counts are those of one form. */
const prePost = z.strictObject({ blueprint: z.record(z.string(), measured), per_page: shape.count })

/** The card of a module: what it is for, what it holds and how it is assessed (`<CODE>/module.yaml`). */
export const moduleCard = z.strictObject({
  code: shape.moduleCode,
  version: shape.version,
  theme: shape.id,
  level: z.enum(['foundation', 'intermediate', 'advanced']),
  hours: shape.hours,
  hours_split: z.strictObject({
    self_paced: z.number().min(0),
    live: z.number().min(0),
    applied: z.number().min(0),
  }),
  title: shape.words,
  aim: shape.words,
  audience: shape.words,
  prerequisites: z.array(shape.moduleCode),
  outcomes: z.array(outcome),
  lessons: z.array(lesson),
  assessment: z.strictObject({ summary: shape.words, test: test.optional(), pre_post: prePost.optional() }),
  certificate: z.strictObject({ kind: z.enum(['achievement', 'attendance']) }),
  translation: z.strictObject({ ru: z.enum(['reviewed', 'not_reviewed']) }),
})
export type ModuleCard = z.infer<typeof moduleCard>
export type LessonEntry = z.infer<typeof lesson>
