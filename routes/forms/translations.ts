import type { Request } from 'express'
import { z } from 'zod'
import { Refused } from '../../models/refused.ts'

/** So large may a bilingual table be, in bytes. */
const MOST_BYTES = 5 * 1024 * 1024

/** The table that was brought. @throws Refused 'bilingual.none', 'bilingual.large' */
export function tableBy(req: Request): { path: string; name: string } {
  const file = Array.isArray(req.files) ? req.files.find(({ fieldname }) => fieldname === 'file') : undefined
  if (req.uploadError || (file && file.size > MOST_BYTES)) throw new Refused('bilingual.large', { field: 'file' })
  if (!file?.originalname || !file.size) throw new Refused('bilingual.none', { field: 'file' })
  return { path: file.path, name: file.originalname.slice(0, 200) }
}

/** Who is asked to translate, and by which day. */
export const askingForm = z.object({
  person: z.string('translations.errors.person').regex(/^[1-9]\d{0,17}$/, 'translations.errors.person'),
  dueOn: z.iso.date('translations.errors.dueOn'),
})

/** What of the queue is shown; what it does not know is all of it. */
export type Asked = { language: string; module: string; need: string; who: string; stage: string; due: string }

/** The choices in an address: each a text of letters, digits and signs of codes, or nothing. */
export const askedOf = (query: Record<string, unknown>): Asked => {
  const word = (name: string) => (/^[\w-]{1,40}$/.test(String(query[name] ?? '')) ? String(query[name]) : '')
  return {
    language: word('language'),
    module: word('module'),
    need: word('need'),
    who: word('who'),
    stage: word('stage'),
    due: word('due'),
  }
}
