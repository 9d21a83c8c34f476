import { z } from 'zod'
import { id, words } from './shapes.ts'

/** A term of the glossary (`glossary.yaml`): its name, what it means in our own words, and the sources behind that. */
export const term = z.strictObject({
  id,
  term: words,
  meaning: words,
  sources: z.array(id).min(1, 'shape.source'),
  /** Whether a person has reviewed the Russian. */
  review: z.enum(['reviewed', 'not_reviewed']).default('not_reviewed'),
})
export type Term = z.infer<typeof term>

/** Lessons link a term by this scheme: `[stateless](term:stateless-person)`. */
export const TERM = 'term:'
