import { one, sql } from '../lib/db.ts'
import type { Words } from './course.ts'
import { HASH } from './curriculum/text-hash.ts'

/** Lessons of a course version as a reader meets them. */
export type LessonLine = {
  id: string
  versionId: string
  code: string
  title: Words
  hours: number
  minutes: number | null
  finishedAt: Temporal.Instant | null
  /** Of its text in the languages that were asked for, else 0. */
  bytes: number
}

/**
 * The lesson version `v` that is read for a part `p` of a course version, to be joined. A lesson is read as the newest
 * correction of its module's major version has it: the course version stays pinned, and with it the test, the rules and
 * what counts as finished.
 */
export const IN_FORCE = `join lesson_versions pinned on pinned.id = p.lesson_version_id
     join module_versions began on began.id = pinned.module_version_id
     join lateral (select n.* from module_versions m join lesson_versions n on n.module_version_id = m.id
       where m.module_id = began.module_id and m.major = began.major and n.lesson_id = pinned.lesson_id
         and (m.id = began.id or (m.published_at is not null and m.minor > began.minor))
       order by m.minor desc limit 1) v on true`

const FIRST = (languages: string) => `select * from texts where owner_kind = 'lesson_version' and owner_id = v.id
       and field = 'body' and language = any (${languages}) order by array_position(${languages}, language) limit 1`

/**
 * The written lessons of a course version in order, and what of them this enrollment (or null) has finished.
 * @param languages in which their texts are read, the first that is there, to know their size
 */
export function lessonsOf(
  courseVersionId: string,
  enrollmentId: string | null,
  languages: string[] = [],
): Promise<LessonLine[]> {
  return sql<LessonLine>(
    'reading.lessons',
    `select l.id, v.id as "versionId", l.code, v.title, v.hours, v.minutes, g.finished_at as "finishedAt",
       coalesce(octet_length(x.html), 0) as bytes
     from course_parts p ${IN_FORCE}
     join lessons l on l.id = v.lesson_id
     left join progress g on g.lesson_id = l.id and g.enrollment_id = $2
     left join lateral (${FIRST('$3::text[]')}) x on true
     where p.course_version_id = $1 order by p.position`,
    [courseVersionId, enrollmentId, languages],
  )
}

export type LessonText = {
  language: string
  html: string
  status: 'source' | 'not_reviewed' | 'reviewed'
  sourceIds: string[]
  further: string[]
  /** Its title, where the language is one agreed for a training; the others are with the lesson. */
  title: string | null
  /** Whether such a text translates an English that has changed since. */
  behind: boolean
}

const TEXT = `x.language, x.html, x.status, x.source_ids as "sourceIds", v.further,
  (select n.body from texts n where n.owner_kind = x.owner_kind and n.owner_id = x.owner_id and n.field = 'title'
    and n.language = x.language) as title,
  x.language <> all ('{en,ru}') and x.source_hash is distinct from (select ${HASH('e.body')} from texts e
    where e.owner_kind = x.owner_kind and e.owner_id = x.owner_id and e.field = 'body' and e.language = 'en') as behind`

/** The text of a lesson in the first of these languages that it has; undefined while it has none of them. */
export function textOf(lessonVersionId: string, languages: string[]): Promise<LessonText | undefined> {
  return one<LessonText>(
    'reading.text',
    `select ${TEXT} from texts x join lesson_versions v on v.id = x.owner_id
     where x.owner_kind = 'lesson_version' and x.owner_id = $1 and x.field = 'body' and x.language = any ($2)
     order by array_position($2, x.language) limit 1`,
    [lessonVersionId, languages],
  )
}

/** The same for all lessons of a course version at once, in order. */
export function textsOf(courseVersionId: string, languages: string[]): Promise<(LessonText & { versionId: string })[]> {
  return sql<LessonText & { versionId: string }>(
    'reading.texts',
    `select v.id as "versionId", ${TEXT}
     from course_parts p ${IN_FORCE} join lateral (${FIRST('$2')}) x on true
     where p.course_version_id = $1 order by p.position`,
    [courseVersionId, languages],
  )
}

/** How many bytes the texts of all lessons have. */
export const bytesIn = (lessons: LessonLine[]): number => lessons.reduce((sum, { bytes }) => sum + bytes, 0)

export type SourceLine = {
  id: string
  title: Words
  publisher: Words
  dated: string
  address: string
  checkedOn: string
}

/** Sources by their ids. */
export async function sourcesOf(ids: string[]): Promise<Map<string, SourceLine>> {
  if (!ids.length) return new Map()
  const rows = await sql<SourceLine>(
    'reading.sources',
    `select id, title, publisher, dated, address, checked_on as "checkedOn" from sources where id = any ($1)`,
    [ids],
  )
  return new Map(rows.map(row => [row.id, row]))
}

/** What learners are told about a correction, and when it came into force. */
export type Correction = { at: Temporal.Instant; note: Words }

/** Corrections of the lessons of an enrollment, and of its course's own words, that came into force after it began, the newest first. */
export const correctionsOf = (enrollmentId: string | null): Promise<Correction[]> =>
  sql<Correction>(
    'reading.corrections',
    `select m.published_at as at, m.note from enrollments e
     join lateral (select distinct began.module_id, began.major, began.minor from course_parts p
       join lesson_versions l on l.id = p.lesson_version_id join module_versions began on began.id = l.module_version_id
       where p.course_version_id = e.course_version_id) began on true
     join module_versions m on m.module_id = began.module_id and m.major = began.major and m.minor > began.minor
     where e.id = $1 and m.note is not null and m.published_at > e.created_at
     union all
     select v.published_at, v.note from enrollments e join course_versions began on began.id = e.course_version_id
     join course_versions v on v.course_id = began.course_id and v.major = began.major and v.minor > began.minor
     where e.id = $1 and v.note is not null and v.published_at > e.created_at
     order by at desc`,
    [enrollmentId],
  )
