import { sql } from '../lib/db.ts'
import type { Words } from './course.ts'

/** A term of the curriculum as the glossary shows it; `term` has its words in agreed languages too. */
export type GlossaryTerm = {
  id: string
  term: Words & Record<string, string>
  meaning: Words
  sourceIds: string[]
  ruReviewed: boolean
}

/** All terms of the curriculum, in no order: each language has an alphabet of its own. */
export const glossaryTerms = (): Promise<GlossaryTerm[]> =>
  sql<GlossaryTerm>(
    'glossary.terms',
    `select id, coalesce((select jsonb_object_agg(r.language, r.content ->> g.id) from renditions r
         where r.kind = 'glossary' and r.content ->> g.id <> ''), '{}') || term as term,
       meaning, source_ids as "sourceIds", ru_reviewed as "ruReviewed" from glossary_terms g`,
  )
