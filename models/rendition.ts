import { sql } from '../lib/db.ts'
import type { Words } from './course.ts'
import { partHash, pieceOf } from './curriculum/pieces.ts'
import { PIECES } from './curriculum/workshop.ts'
import { glossaryTerms } from './glossary.ts'
import { termsUsed } from './glossary-use.ts'
import type { Place } from './translating.ts'
import { type Need, PUBLISHED, TASK, type Translation } from './translation.ts'

/** Fields of one language of a piece. */
export type Fields = Record<string, string>

export type RenditionStatus = 'in_work' | 'translated' | 'reviewed'

/**
 * A piece of the curriculum, or its glossary, in a language that was agreed for trainings: its published English, and the text as it
 * stands, which is empty until somebody writes.
 */
export type Rendition = Place & {
  moduleTitle: Words
  title: Words
  stage: RenditionStatus | null
  /** 0 until somebody writes. */
  revision: number
  en: Fields
  text: Fields
  /** The English it translates; null until it was said to be done. */
  source: Fields | null
  authors: string[]
  savedByName: string | null
  savedAt: Temporal.Instant | null
  /** Codes of the trainings it was agreed for. */
  trainings: string[]
  task: Translation['task']
}

/** What was agreed: languages of trainings that are not over, with the pieces their courses are made of. */
export const AGREED = `agreed as (
    select p.kind, p.code, g.language, array_agg(distinct t.code order by t.code) as trainings
    from trainings t cross join lateral unnest(t.languages) g (language)
    join course_versions c on c.id = t.course_version_id
    cross join lateral (select 'glossary' as kind, 'glossary' as code
      union all select 'lesson', l.code from course_parts x
        join lesson_versions v on v.id = x.lesson_version_id join lessons l on l.id = v.lesson_id
        where x.course_version_id = c.id
      union all select 'card', m.code from module_versions v join modules m on m.id = v.module_id
        where v.id = c.module_version_id) p
    where t.status in ('draft', 'published', 'running', 'postponed') and g.language <> all ('{en,ru}')
    group by 1, 2, 3)`

/** The published English of every piece, and the terms of the glossary by their ids, which belong to no module. */
const ENGLISH = `english as (
    select n.position, p.place, p.module, n.module_title, p.kind, p.code, p.title, ${PUBLISHED('en')} as en
    from pieces p join newest n on n.module_id = p.module_id and n.published_at is not null
    left join module_versions v on p.kind = 'card' and v.id = p.owner_id where p.written
    union all select -1, 0, 'glossary', '{}'::jsonb, 'glossary', 'glossary', '{}'::jsonb, jsonb_object_agg(id, term ->> 'en')
    from glossary_terms having count(*) > 0)`

const RENDITIONS = `${PIECES}, ${AGREED}, ${ENGLISH}
  select p.module, p.module_title as "moduleTitle", p.kind, p.code, p.title, a.language, a.trainings,
    r.status as stage, coalesce(r.revision, 0) as revision, p.en, coalesce(r.content, '{}') as text, r.source, coalesce(r.authors, '{}')::text[] as authors, s.name_latin as "savedByName", r.saved_at as "savedAt",
    ${TASK('a.language', `case when r.status = 'translated' then 'review' else 'translation' end`)} as task
  from agreed a join english p on p.kind = a.kind and p.code = a.code
  left join renditions r on r.kind = a.kind and r.code = a.code and r.language = a.language
  left join people s on s.id = r.saved_by
  where $1::text is null or (a.language = $1 and a.kind = $2 and a.code = $3)
  order by p.position, p.module, p.place, a.language`

/** Every text that was agreed in another language, in the order of the curriculum: by one statement. */
export const renditions = (): Promise<Rendition[]> => sql<Rendition>('rendition.all', RENDITIONS, [null, null, null])

/** One of them, or undefined when it was not agreed for any training that is not over. */
export const renditionOf = async (
  { kind, code }: Pick<Place, 'kind' | 'code'>,
  language: string,
): Promise<Rendition | undefined> => (await sql<Rendition>('rendition.one', RENDITIONS, [language, kind, code]))[0]

/** How many of them are not reviewed, or are behind their English: SQL of a number. */
export const RENDITIONS_WAITING = `(${PIECES}, ${AGREED}, ${ENGLISH}
  select count(*)::int from agreed a join english p on p.kind = a.kind and p.code = a.code
  left join renditions r on r.kind = a.kind and r.code = a.code and r.language = a.language
  where r.status is distinct from 'reviewed' or r.source <> p.en)`

/** What an address means: a piece of the curriculum, or the terms of its glossary. */
export const translatedPiece = (name: string): Omit<Place, 'language'> | undefined =>
  name === 'glossary' ? { kind: 'glossary', code: name, module: name } : pieceOf(name)

/** What they need, for the queue; what needs nothing is not in it. */
export async function renditionQueue(): Promise<(Translation & Rendition)[]> {
  const [all, terms] = [await renditions(), await glossaryTerms()]
  return all.flatMap(each => {
    const need = needOf(each)
    if (!need) return []
    return [
      { ...each, need, terms: each.kind === 'glossary' ? [] : termsUsed(each.en, each.text, terms, each.language) },
    ]
  })
}

/** What a rendition needs; null when it is reviewed and up to its English. */
export function needOf({ stage, en, text, source }: Rendition): Need | null {
  if (!Object.values(text).some(Boolean)) return 'new'
  if (lacksIn(en, text).length) return 'missing'
  if (source && isStale(source, en)) return 'stale'
  if (stage === 'in_work') return 'confirm'
  return stage === 'translated' ? 'review' : null
}

/** Fields of the English that have no text yet. */
export const lacksIn = (en: Fields, text: Fields): string[] =>
  Object.keys(en).filter(field => en[field] && !text[field])

/** Whether the English is another one than was translated. */
export const isStale = (source: Fields, en: Fields): boolean => partHash(source) !== partHash(en)
