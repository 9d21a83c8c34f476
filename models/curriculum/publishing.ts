import { inTransaction, one, sql } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import { record } from '../audit.ts'
import { DAILY_FORM } from '../evaluating-days.ts'
import type { Rules } from './content.ts'
import { publishRubrics } from './loading/assignment.ts'
import { publishForm } from './loading/form.ts'
import { carryRenditions } from './loading/renditions.ts'

type Who = { id: string | null } | null
type CourseVersion = { id: string; courseId: string; moduleId: string; code: string; version: string; rules: Rules }

/**
 * Publishes a proposed module version with its course version: its items come into use, items it no longer has retire,
 * its prerequisites hold. A version that is published already stays as it is.
 */
export async function publishModuleVersion(moduleVersionId: string, actor: Who) {
  await inTransaction(async () => {
    const at = now()
    const first = await one(
      'curriculum.publish-module',
      'update module_versions set published_at = $2 where id = $1 and published_at is null returning id',
      [moduleVersionId, at],
    )
    if (!first) return
    const course = await one<CourseVersion>(
      'curriculum.publish-course',
      `update course_versions c set published_at = $2 from module_versions v, modules m
       where c.module_version_id = $1 and v.id = $1 and m.id = v.module_id and c.published_at is null
       returning c.id, c.course_id as "courseId", m.id as "moduleId", m.code, c.rules,
         v.major || '.' || v.minor as version`,
      [moduleVersionId, at],
    )
    if (!course) throw new Error(`Module version ${moduleVersionId} has no proposed course version`)
    await publishForms(course)
    await publishRubrics(course.id)
    await useItems(course)
    await carryRenditions(moduleVersionId)
    await requireCourses(course)
    const { code, version } = course
    await record(actor, 'module.published', 'module_version', moduleVersionId, { code, version })
  })
}

/** Publishes the newest version of each module that waits, or of those named; returns `RMC-01 1.1` for each. */
export async function publishProposals(actor: Who, codes?: string[]): Promise<string[]> {
  return inTransaction(async () => {
    const waiting = await sql<{ id: string; name: string }>(
      'curriculum.waiting',
      `select v.id, m.code || ' ' || v.major || '.' || v.minor as name from modules m
       join lateral (select * from module_versions where module_id = m.id order by major desc, minor desc limit 1) v on true
       where v.published_at is null and ($1::text[] is null or m.code = any ($1)) order by m.position`,
      [codes ?? null],
    )
    for (const { id } of waiting) await publishModuleVersion(id, actor)
    return [...waiting.map(({ name }) => name), ...(codes ? [] : await publishStanding())]
  })
}

/** Forms that belong to no course, and are asked with by every training: `daily-evaluation 2` for each published. */
async function publishStanding(): Promise<string[]> {
  const waiting = await sql<{ id: string; name: string }>(
    'curriculum.standing-forms',
    `select v.id, f.code || ' ' || v.number as name from forms f
     join lateral (select * from form_versions where form_id = f.id order by number desc limit 1) v on true
     where f.code = $1 and v.published_at is null`,
    [DAILY_FORM],
  )
  for (const { id } of waiting) await publishForm(id)
  return waiting.map(({ name }) => name)
}

async function publishForms({ id }: CourseVersion) {
  const forms = await sql<{ id: string }>(
    'curriculum.forms-of',
    'select form_version_id as id from course_parts where course_version_id = $1 and form_version_id is not null',
    [id],
  )
  for (const form of forms) await publishForm(form.id)
}

// One version of an item is in use at a time (unique index): the old one retires before the draft comes into use.
// Drafts made in the platform wait for their own review.
async function useItems({ moduleId, rules }: CourseVersion) {
  await sql(
    'curriculum.items-retire',
    `update item_versions v set status = 'retired' from items i
     where i.id = v.item_id and i.module_id = $1 and v.status = 'in_use' and (i.code <> all ($2)
       or exists (select from item_versions d where d.item_id = i.id and d.status = 'draft' and d.origin = 'file'
           and d.number > v.number))`,
    [moduleId, rules.items],
  )
  await sql(
    'curriculum.items-use',
    `update item_versions v set status = 'in_use' from items i
     where i.id = v.item_id and i.module_id = $1 and v.status = 'draft' and v.origin = 'file' and i.code = any ($2)
       and v.number = (select max(number) from item_versions where item_id = i.id)`,
    [moduleId, rules.items],
  )
}

async function requireCourses({ courseId, rules }: CourseVersion) {
  await sql('curriculum.require-none', 'delete from prerequisites where course_id = $1', [courseId])
  await sql(
    'curriculum.require',
    'insert into prerequisites (course_id, requires_id) select $1, id from courses where code = any ($2)',
    [courseId, rules.prerequisites],
  )
}
