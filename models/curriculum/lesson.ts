import { z } from 'zod'
import * as shape from './shapes.ts'

/** What stands above the text of a lesson, between the two lines `---`. */
export const frontMatter = z.strictObject({
  code: shape.lessonCode,
  language: z.enum(shape.languages),
  title: shape.plain,
  minutes: shape.count,
  outcomes: z.array(shape.outcomeCode),
  further: z.array(shape.id).default([]),
  review: z.enum(['reviewed', 'not_reviewed']).optional(),
})
export type FrontMatter = z.infer<typeof frontMatter>
