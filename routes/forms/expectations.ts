import { z } from 'zod'
import { LEVELS, LONGEST_HOPE } from '../../models/expecting.ts'

/** What a learner tells the trainers: both answers may be left out. A line break counts as one character. */
export const expectationsForm = z.object({
  level: z
    .string()
    .optional()
    .transform(level => LEVELS.find(each => each === level) ?? null),
  expectations: z
    .string()
    .optional()
    .transform(text => text?.replace(/\r\n/g, '\n') ?? '')
    .pipe(z.string().refine(text => [...text].length <= LONGEST_HOPE, 'expectations.errors.long'))
    .transform(text => text || null),
})
