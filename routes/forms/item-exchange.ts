import type { Request } from 'express'
import { z } from 'zod'
import { DIFFICULTIES } from '../../models/drawing.ts'
import { type Format, FORMATS } from '../../models/exchanging/bytes.ts'
import type { Brought } from '../../models/exchanging/reading.ts'
import type { Chosen } from '../../models/exporting-items.ts'
import { Refused } from '../../models/refused.ts'
import { chosenIn, MOST_CHOSEN, searchOf } from './bank-search.ts'

/** So large may a file of questions be, in bytes. */
const MOST_BYTES = 5 * 1024 * 1024

/** What is said of a file beside it: its language, and what stands where it names no outcome and no difficulty. */
export const bringingForm = z.object({
  language: z.enum(['en', 'ru'], 'exchange.errors.language'),
  outcome: z.string().max(40).default(''),
  difficulty: z.enum(DIFFICULTIES, 'exchange.errors.difficulty'),
})

/** The files of the form: the first one, and the same questions in the other language. @throws Refused `bankFile.…` */
export function broughtBy(req: Request): { first: Brought; second: Brought | null } {
  if (req.uploadError) throw new Refused('bankFile.large', { field: 'file' })
  const file = (name: string): Brought | null => {
    const found = Array.isArray(req.files) ? req.files.find(({ fieldname }) => fieldname === name) : undefined
    if (!found?.originalname) return null
    if (found.size > MOST_BYTES) throw new Refused('bankFile.large', { field: name })
    if (!found.size) throw new Refused('bankFile.empty', { field: name })
    return { path: found.path, name: found.originalname.slice(0, 200) }
  }
  const first = file('file')
  if (!first) throw new Refused('bankFile.none', { field: 'file' })
  return { first, second: file('second') }
}

/** What the export page was asked for; what it does not know is the whole bank in the own format. */
export function exportAsked(fields: Record<string, unknown>): {
  chosen: Chosen
  format: Format
  language: 'en' | 'ru'
} {
  const codes = chosenIn(fields).slice(0, MOST_CHOSEN)
  return {
    chosen: codes.length ? { codes } : { search: searchOf(fields) },
    format: Object.hasOwn(FORMATS, String(fields.format)) ? (fields.format as Format) : 'yaml',
    language: fields.language === 'ru' ? 'ru' : 'en',
  }
}
