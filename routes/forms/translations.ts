import { z } from 'zod'

/** Who is asked to translate, and by which day. */
export const askingForm = z.object({
  person: z.string('translations.errors.person').regex(/^[1-9]\d{0,17}$/, 'translations.errors.person'),
  dueOn: z.iso.date('translations.errors.dueOn'),
})

/** What of the queue is shown; what it does not know is all of it. */
export type Asked = { module: string; need: string; who: string; stage: string; due: string }

/** The choices in an address: each a text of letters, digits and signs of codes, or nothing. */
export const askedOf = (query: Record<string, unknown>): Asked => {
  const word = (name: string) => (/^[\w-]{1,40}$/.test(String(query[name] ?? '')) ? String(query[name]) : '')
  return { module: word('module'), need: word('need'), who: word('who'), stage: word('stage'), due: word('due') }
}
