import { one, sql } from '../lib/db.ts'
import type { Facts } from './assembling.ts'
import type { Words } from './course.ts'
import { hashOf } from './curriculum/content.ts'
import type { Blueprint } from './drawing.ts'

/** Courses that the Center composes from lessons of several modules. Those made for a State's request live with it. */

export type ComposedState = 'draft' | 'published' | 'retired'

/** A lesson as a version of the course holds it. */
export type HeldLesson = {
  versionId: string
  code: string
  title: Words
  hours: number
  mandatory: boolean
  /** Whether it can be read: written, in a published version of its module. */
  readable: boolean
  /** The lesson in the latest version of its module, where the course holds one of an older major version. */
  newer: string | null
}

export type HeldTest = { id: string; blueprint: Blueprint; passPercent: number }

export type ComposedVersion = Facts & {
  id: string
  major: number
  minor: number
  publishedAt: Temporal.Instant | null
  note: Words | null
  lessons: HeldLesson[]
  test: HeldTest | null
}

export type ComposedCourse = {
  id: string
  code: string
  state: ComposedState
  /** The version that is being written, if any, and the latest published one. */
  draft: ComposedVersion | undefined
  published: ComposedVersion | undefined
}

const COMPOSED = `c.kind = 'composed' and not exists (select from offers o
  join course_versions ov on ov.id = o.course_version_id where ov.course_id = c.id)`

const STATE = `case when c.retired_at is not null then 'retired' when exists (select from course_versions pv
  where pv.course_id = c.id and pv.published_at is not null) then 'published' else 'draft' end`

// A correction reaches readers by itself (reading.ts): older is what a major version has left behind.
const NEWER = `left join lateral (select nl.id from module_versions nm join lesson_versions nl on nl.module_version_id = nm.id
    where nm.id = (select id from module_versions where module_id = m.module_id and published_at is not null
      order by major desc, minor desc limit 1)
      and nl.lesson_id = l.lesson_id and nl.written and (nm.major > m.major or not l.written)) newer on true`

const VERSIONS = `
  select v.id, v.major, v.minor, v.theme, v.level, v.hours, v.title, v.aim, v.audience, v.rules, v.note,
    v.published_at as "publishedAt",
    (select jsonb_build_object('id', a.id::text, 'blueprint', a.blueprint, 'passPercent', a.pass_percent)
      from assessments a where a.course_version_id = v.id and a.kind = 'test' order by a.id limit 1) as test,
    coalesce((select jsonb_agg(jsonb_build_object('versionId', l.id::text, 'code', k.code, 'title', l.title,
        'hours', l.hours, 'mandatory', p.mandatory, 'readable', l.written and m.published_at is not null,
        'newer', newer.id::text) order by p.position)
      from course_parts p join lesson_versions l on l.id = p.lesson_version_id join lessons k on k.id = l.lesson_id
      join module_versions m on m.id = l.module_version_id ${NEWER}
      where p.course_version_id = v.id), '[]') as lessons
  from course_versions v where v.course_id = $1 order by v.major desc, v.minor desc`

/** A composed course by its code in any case, with its draft and its latest published version. */
export async function composedCourse(code: string): Promise<ComposedCourse | undefined> {
  const course = await one<Pick<ComposedCourse, 'id' | 'code' | 'state'>>(
    'composed.one',
    `select c.id, c.code, ${STATE} as state from courses c where c.code = upper($1) and ${COMPOSED}`,
    [code],
  )
  if (!course) return undefined
  const versions = await versionsOf(course.id)
  return {
    ...course,
    draft: versions.find(({ publishedAt }) => !publishedAt),
    published: versions.find(({ publishedAt }) => publishedAt),
  }
}

/** Every version of a composed course, the newest first. */
export const versionsOf = (courseId: string): Promise<ComposedVersion[]> =>
  sql<ComposedVersion>('composed.versions', VERSIONS, [courseId])

export type ComposedLine = {
  code: string
  title: Words
  state: ComposedState
  version: string | null
  /** Whether another version is being written. */
  drafting: boolean
  lessons: number
  trainings: number
}

/** All composed courses by their codes: what is in force of each, or its draft before the first publication. */
export const composedCourses = (): Promise<ComposedLine[]> =>
  sql<ComposedLine>(
    'composed.list',
    `select c.code, v.title, ${STATE} as state,
       case when v.published_at is not null then v.major || '.' || v.minor end as version,
       exists (select from course_versions d where d.course_id = c.id and d.published_at is null) as drafting,
       (select count(*)::int from course_parts p where p.course_version_id = v.id and p.kind = 'lesson') as lessons,
       (select count(*)::int from trainings t where t.course_id = c.id) as trainings
     from courses c join lateral (select * from course_versions where course_id = c.id
       order by published_at is null, major desc, minor desc limit 1) v on true
     where ${COMPOSED} order by c.code`,
  )

/** Themes a course can belong to, in the order of the curriculum. */
export const themes = (): Promise<{ code: string; name: Words }[]> =>
  sql('composed.themes', 'select code, name from themes order by position, code')

/** What somebody has before their eyes of a draft: changing or publishing anything else is refused. */
export const seenOf = (version: ComposedVersion): string => hashOf(version)

/** What makes a version a major one: its lessons, its test, its rules and its hours. */
export const isMajor = (before: ComposedVersion | undefined, after: ComposedVersion): boolean =>
  !before || substanceOf(before) !== substanceOf(after)

const substanceOf = ({ lessons, test, hours, rules: { kind, passPercent, evaluation } }: ComposedVersion) =>
  JSON.stringify([
    lessons.map(({ versionId, mandatory }) => [versionId, mandatory]),
    Object.entries(test?.blueprint ?? {}).toSorted(),
    [hours, kind, passPercent, evaluation],
  ])
