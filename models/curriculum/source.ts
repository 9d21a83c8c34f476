import { z } from 'zod'
import { date, id, words } from './shapes.ts'

const writtenDate = z.preprocess(
  value => (typeof value === 'number' ? String(value) : value),
  z.string().regex(/^\d{4}(-\d\d){0,2}$/, 'shape.dated'),
)

/** Where a statement of law or a figure comes from; `checked` is the day somebody last opened the address. */
export const source = z.strictObject({
  id,
  title: words,
  publisher: words,
  date: writtenDate,
  address: z.string().refine(address => /^https?:\/\/[!-~]+$/.test(address), 'shape.webAddress'),
  checked: date,
})
export type Source = z.infer<typeof source>
