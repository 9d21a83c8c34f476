import { sql } from '../lib/db.ts'
import type { Words } from './course.ts'

/** Courses that can be offered: those with a published version that are not retired, in the order of the curriculum. */
export const catalogCodes = (): Promise<{ code: string; title: Words; hours: number }[]> =>
  sql(
    'catalog.codes',
    `select c.code, v.title, v.hours from courses c
     join lateral (select title, hours from course_versions where course_id = c.id and published_at is not null
       order by major desc, minor desc limit 1) v on true
     where c.retired_at is null order by c.position, c.code`,
  )
