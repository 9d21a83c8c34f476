import { z } from 'zod'
import { FILE_NAME } from '../module-file.ts'
import * as shape from './shapes.ts'

/** A file beside the lessons of a module (`<CODE>/files.yaml`): `title` says what it is. */
export const fileEntry = z.strictObject({
  name: z.string().regex(FILE_NAME, 'shape.fileName'),
  title: shape.words,
})
export type FileEntry = z.infer<typeof fileEntry>
