import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { CourseKind, Words } from './course.ts'
import { todayInBaku } from './offering.ts'

/** A course in the catalog: its latest published version and what is offered of it. */
export type CatalogEntry = {
  id: string
  code: string
  kind: CourseKind
  title: Words
  aim: Words
  audience: Words
  hours: number
  level: string
  theme: string
  themeName: Words
  themePosition: number
  /** Languages of its lessons and of its trainings. */
  languages: string[]
  formats: string[]
  /** Whether lessons are written; a course without lessons is in preparation until a training of it is offered. */
  written: boolean
  /** A self-paced training is open: begin at any time. */
  anyTime: boolean
  nextDate: string | null
}

/**
 * All published courses, each in its latest version, by their place in the curriculum; with `words`, those in whose code,
 * title, aim or lessons all the words occur (in either language, in any grammatical form the dictionaries know).
 */
export function catalog(words: string): Promise<CatalogEntry[]> {
  return sql<CatalogEntry>('catalog', CATALOG, [
    todayInBaku(),
    now(),
    words,
    words.split(/\s+/).filter(Boolean).map(likeOf),
  ])
}

// What the reader types is text to find, not a pattern.
const likeOf = (word: string) => `%${word.replace(/[\\%_]/g, sign => `\\${sign}`)}%`

const LATEST = `join lateral (select * from course_versions where course_id = c.id and published_at is not null
  order by major desc, minor desc limit 1) v on true`

// The lessons of a version v: all those its module has, written or not; of a course without a module, its parts.
const LESSONS = `select l.*, l.position as place from lesson_versions l where l.module_version_id = v.module_version_id
  union all select l.*, p.position from course_parts p join lesson_versions l on l.id = p.lesson_version_id
  where v.module_version_id is null and p.course_version_id = v.id`

const CATALOG = `
  select c.id, c.code, c.kind, v.title, v.aim, v.audience, v.hours, v.level, v.theme, h.name as "themeName",
    h.position as "themePosition", coalesce(w.written, false) as written,
    coalesce(o.formats, '{}') as formats, coalesce(o.anytime, false) as "anyTime", o.next as "nextDate",
    array(select distinct unnest(coalesce(w.languages, '{}') || coalesce(o.languages, '{}')) order by 1) as languages
  from courses c
  ${LATEST}
  join themes h on h.code = v.theme
  left join lateral (
    select true as written, array_agg(distinct x.language) as languages
    from course_parts p join texts x on x.owner_kind = 'lesson_version' and x.owner_id = p.lesson_version_id
      and x.language in ('en', 'ru')
    where p.course_version_id = v.id having count(*) > 0) w on true
  left join lateral (
    select array_agg(distinct t.format) as formats, array_agg(distinct lang.code) as languages,
      bool_or(t.format = 'self_paced' and (t.enroll_until is null or t.enroll_until > $2)) as anytime,
      min(t.starts_on) filter (where t.starts_on >= $1) as next
    from trainings t left join lateral unnest(t.languages) as lang (code) on true
    where t.course_id = c.id and t.visibility = 'public' and t.status in ('published', 'running')
      and (t.ends_on is null or t.ends_on >= $1)) o on true
  where c.listed and ($3 = '' or exists (
    select 1 from (select folded(concat_ws(' ', c.code, v.title ->> 'en', v.aim ->> 'en', string_agg(l.title ->> 'en', ' '))) as en,
        folded(concat_ws(' ', v.title ->> 'ru', v.aim ->> 'ru', string_agg(l.title ->> 'ru', ' '))) as ru
      from (${LESSONS}) l) hay
    where (hay.en || ' ' || hay.ru) like all (select folded(word) from unnest($4::text[]) word)
      or to_tsvector('english', hay.en) @@ plainto_tsquery('english', folded($3))
      or to_tsvector('russian', hay.ru) @@ plainto_tsquery('russian', folded($3))))
  order by c.position, c.code`

export type CourseCard = {
  id: string
  code: string
  kind: CourseKind
  versionId: string
  version: string
  publishedAt: Temporal.Instant
  title: Words
  aim: Words
  audience: Words
  hours: number
  hoursSplit: { self_paced?: number; live?: number; applied?: number } | null
  level: string
  theme: string
  themeName: Words
  rules: { kind: 'achievement' | 'attendance'; passPercent: number | null; evaluation: boolean }
  assessment: Words | null
  ruReviewed: boolean
  test: { passPercent: number; attempts: number; minutes: number | null } | null
  outcomes: { code: string; text: Words }[]
  lessons: { code: string; title: Words; hours: number; minutes: number | null; written: boolean }[]
}

/**
 * The latest published version of a course with its outcomes and lessons, by its code in any case. A course made for a
 * State's request has a page once a training of it is published; `all`: and before. `versionId`: that version instead,
 * published or not.
 */
export function courseCard(
  code: string,
  all = false,
  versionId: string | null = null,
): Promise<CourseCard | undefined> {
  return one<CourseCard>(
    'catalog.card',
    `select c.id, c.code, c.kind, v.id as "versionId", v.major || '.' || v.minor as version,
       v.published_at as "publishedAt", v.title, v.aim, v.audience, v.hours, m.hours_split as "hoursSplit", v.level,
       v.theme, h.name as "themeName", v.rules, m.assessment_summary as assessment,
       coalesce(m.ru_reviewed, true) as "ruReviewed",
       (select jsonb_build_object('passPercent', a.pass_percent, 'attempts', a.attempts, 'minutes', a.minutes)
         from assessments a where a.course_version_id = v.id and a.kind = 'test' order by a.id limit 1) as test,
       coalesce((select jsonb_agg(jsonb_build_object('code', o.code, 'text', o.text) order by o.position)
         from outcomes o where o.module_version_id = m.id), '[]') as outcomes,
       coalesce((select jsonb_agg(jsonb_build_object('code', l.code, 'title', lv.title, 'hours', lv.hours,
           'minutes', lv.minutes, 'written', lv.written) order by lv.place)
         from (${LESSONS}) lv join lessons l on l.id = lv.lesson_id), '[]') as lessons
     from courses c
     join lateral (select * from course_versions where course_id = c.id
       and case when $3::bigint is null then published_at is not null else id = $3 end
       order by major desc, minor desc limit 1) v on true
     join themes h on h.code = v.theme
     left join module_versions m on m.id = v.module_version_id
     where c.code = upper($1) and (c.listed or $2 or exists (select from trainings t where t.course_id = c.id
       and t.status <> 'draft'))`,
    [code, all, versionId],
  )
}
