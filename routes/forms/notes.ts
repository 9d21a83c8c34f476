import { z } from 'zod'

const note = z.string().max(500, 'drafts.errors.noteLong').default('')

/** The note on a new version, in both languages or in none; `seen`: what would be published, as the page showed it. */
export const noteForm = z
  .object({ noteEn: note, noteRu: note, seen: z.string().default('') })
  .refine(({ noteEn, noteRu }) => !noteRu || noteEn, { path: ['noteEn'], message: 'drafts.errors.noteOne' })
  .refine(({ noteEn, noteRu }) => !noteEn || noteRu, { path: ['noteRu'], message: 'drafts.errors.noteOne' })
  .transform(({ noteEn, noteRu, seen }) => ({ note: noteEn ? { en: noteEn, ru: noteRu } : null, seen }))
