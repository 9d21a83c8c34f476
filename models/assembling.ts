import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Rules } from './completing.ts'
import type { Words } from './course.ts'
import type { Blueprint } from './drawing.ts'

/** How any version of a course is put together: its facts, its tests, its parts in order. Call it in a transaction. */

/** What a version says of itself. `rules.items`: codes of the questions its test is drawn from. */
export type Facts = {
  theme: string
  level: string
  hours: number
  title: Words
  aim: Words
  audience: Words
  rules: Rules & { items?: string[] }
}

/** Which version of which course: a new one, or the unpublished one that is being written. */
export type Slot = { courseId: string; major: number; minor: number; versionId?: string | undefined }

/** Stores an unpublished version, or writes it anew; returns its id. Its parts are laid separately. */
export async function putVersion({ courseId, major, minor, versionId }: Slot, facts: Facts): Promise<string> {
  const { theme, level, hours, title, aim, audience, rules } = facts
  const columns = [theme, level, hours, ...[title, aim, audience, rules].map(each => JSON.stringify(each))]
  if (versionId) {
    await sql(
      'assembling.again',
      `update course_versions set theme = $2, level = $3, hours = $4, title = $5, aim = $6, audience = $7, rules = $8
       where id = $1`,
      [versionId, ...columns],
    )
    return versionId
  }
  const row = await one<{ id: string }>(
    'assembling.version',
    `insert into course_versions (course_id, major, minor, theme, level, hours, title, aim, audience, rules, proposed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
    [courseId, major, minor, ...columns, now()],
  )
  return row!.id
}

/** A test as files and forms describe it. `minutes`: null without a limit. */
export type TestPlan = {
  blueprint: Blueprint
  pass_percent: number
  attempts: number
  minutes: number | null
  per_page: number
  feedback: string
}

/** Stores the test of a version; returns its id. */
export async function putTest(versionId: string, test: TestPlan, title: Words): Promise<string> {
  const { blueprint, pass_percent, attempts, minutes, per_page, feedback } = test
  const row = await one<{ id: string }>(
    'assembling.test',
    `insert into assessments (course_version_id, kind, title, blueprint, pass_percent, attempts, minutes, per_page,
       feedback)
     values ($1, 'test', $2, $3, $4, $5, $6, $7, $8) returning id`,
    [
      ...[versionId, JSON.stringify(title), JSON.stringify(blueprint)],
      ...[pass_percent, attempts, minutes, per_page, feedback],
    ],
  )
  return row!.id
}

export type LessonPart = { versionId: string; mandatory: boolean }

/** Lessons first, in their order, then what is assessed, then the evaluation form. */
export type Parts = { lessons: LessonPart[]; assessments?: string[]; form?: string | undefined }

/** Lays the parts of a version that has none yet. */
export async function layParts(versionId: string, { lessons, assessments = [], form }: Parts) {
  const rows = [
    ...lessons.map(lesson => ['lesson', lesson.versionId, null, null, lesson.mandatory]),
    ...assessments.map(id => ['assessment', null, id, null, true]),
    ...(form ? [['form', null, null, form, true]] : []),
  ]
  for (const [index, row] of rows.entries())
    await sql(
      'assembling.part',
      `insert into course_parts (course_version_id, position, kind, lesson_version_id, assessment_id, form_version_id,
         mandatory)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [versionId, index + 1, ...row],
    )
}

/** Takes the parts and tests of an unpublished version away, so that they can be laid anew. */
export async function clearParts(versionId: string) {
  await sql('assembling.parts-go', 'delete from course_parts where course_version_id = $1', [versionId])
  await sql('assembling.tests-go', 'delete from assessments where course_version_id = $1', [versionId])
}

/** The version of the final evaluation that is in force, for courses that are not written in files. */
export async function evaluationInForce(): Promise<string | undefined> {
  const row = await one<{ id: string }>(
    'assembling.evaluation',
    `select v.id from form_versions v join forms f on f.id = v.form_id
     where f.code = 'final-evaluation' and v.published_at is not null order by v.number desc limit 1`,
  )
  return row?.id
}
