import type { Request } from 'express'
import type { Fields } from '../../models/rendition.ts'
import { plain } from './drafts.ts'

/** What was typed into the fields that the English has; a field that the page did not have keeps what stands. */
export const textIn = (req: Request, { en, text }: { en: Fields; text: Fields }): Fields =>
  Object.fromEntries(
    Object.keys(en).map(field => {
      const typed = req.body?.[field]
      return [field, typeof typed === 'string' ? plain(typed) : (text[field] ?? '')]
    }),
  )
