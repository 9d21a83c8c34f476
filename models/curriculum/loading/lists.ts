import { sql } from '../../../lib/db.ts'
import type { Source } from '../source.ts'
import type { Term } from '../term.ts'
import type { Theme } from '../theme.ts'

/** Brings the catalog's themes up to date; returns how many changed. None is deleted: versions may name it. */
export async function loadThemes(themes: Theme[]): Promise<number> {
  let changed = 0
  for (const [index, { code, name }] of themes.entries())
    changed += (
      await sql(
        'curriculum.theme',
        `insert into themes (code, position, name) values ($1, $2, $3)
         on conflict (code) do update set position = excluded.position, name = excluded.name
         where (themes.position, themes.name) is distinct from (excluded.position, excluded.name)
         returning code`,
        [code, index + 1, JSON.stringify(name)],
      )
    ).length
  return changed
}

/** Brings the sources up to date; returns how many changed. None is deleted: published lessons cite it. */
export async function loadSources(sources: Source[]): Promise<number> {
  let changed = 0
  for (const [index, { id, title, publisher, date, address, checked }] of sources.entries())
    changed += (
      await sql(
        'curriculum.source',
        `insert into sources (id, title, publisher, dated, address, checked_on, position)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (id) do update set title = excluded.title, publisher = excluded.publisher, dated = excluded.dated,
           address = excluded.address, checked_on = excluded.checked_on, position = excluded.position
         where (sources.title, sources.publisher, sources.dated, sources.address, sources.checked_on, sources.position)
           is distinct from (excluded.title, excluded.publisher, excluded.dated, excluded.address, excluded.checked_on,
             excluded.position)
         returning id`,
        [id, JSON.stringify(title), JSON.stringify(publisher), date, address, checked, index + 1],
      )
    ).length
  return changed
}

/** Brings the glossary up to date; returns how many terms changed. None is deleted: published lessons link to it. */
export async function loadTerms(terms: Term[]): Promise<number> {
  let changed = 0
  for (const [index, { id, term, meaning, sources, review }] of terms.entries())
    changed += (
      await sql(
        'curriculum.term',
        `insert into glossary_terms as g (id, term, meaning, source_ids, ru_reviewed, position)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (id) do update set term = excluded.term, meaning = excluded.meaning,
           source_ids = excluded.source_ids, ru_reviewed = excluded.ru_reviewed, position = excluded.position
         where (g.term, g.meaning, g.source_ids, g.ru_reviewed, g.position) is distinct from
           (excluded.term, excluded.meaning, excluded.source_ids, excluded.ru_reviewed, excluded.position)
         returning id`,
        [id, JSON.stringify(term), JSON.stringify(meaning), sources, review === 'reviewed', index + 1],
      )
    ).length
  return changed
}
