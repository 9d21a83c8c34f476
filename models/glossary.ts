import { sql } from '../lib/db.ts'
import type { Words } from './course.ts'

/** A term of the curriculum as the glossary shows it. */
export type GlossaryTerm = { id: string; term: Words; meaning: Words; sourceIds: string[]; ruReviewed: boolean }

/** All terms of the curriculum, in no order: each language has an alphabet of its own. */
export const glossaryTerms = (): Promise<GlossaryTerm[]> =>
  sql<GlossaryTerm>(
    'glossary.terms',
    'select id, term, meaning, source_ids as "sourceIds", ru_reviewed as "ruReviewed" from glossary_terms',
  )
