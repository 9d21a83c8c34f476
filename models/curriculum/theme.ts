import { z } from 'zod'
import { id, words } from './shapes.ts'

/** A heading of the catalog's filter. */
export const theme = z.strictObject({ code: id, name: words })
export type Theme = z.infer<typeof theme>
