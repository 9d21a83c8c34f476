import { sql } from '../lib/db.ts'
import { type Blueprint, type Cell, cellsOf, type Drawable, fits } from './drawing.ts'

/** A test whose attempts may still begin: of the newest version of its course, or of one that an open training is on. */
export type LiveTest = {
  courseVersionId: string
  version: string
  blueprint: Blueprint
  codes: string[]
  newest: boolean
}

/** One line of a blueprint, with how many questions of its kind are there to draw from. */
export type Need = Cell & { have: number }

/** The tests that draw from a module's questions, the newest version of the course first. */
export const liveTests = (moduleId: string): Promise<LiveTest[]> =>
  sql<LiveTest>(
    'item.tests',
    `select v.id as "courseVersionId", v.major || '.' || v.minor as version, a.blueprint,
       coalesce(array(select jsonb_array_elements_text(v.rules -> 'items')), '{}') as codes, v.newest
     from (select c.*, row_number() over (order by c.major desc, c.minor desc) = 1 as newest
       from course_versions c join courses k on k.id = c.course_id
       where k.module_id = $1 and c.published_at is not null) v
     join assessments a on a.course_version_id = v.id and a.kind = 'test'
     where v.newest or exists (select from trainings t where t.course_version_id = v.id
       and t.status in ('published', 'running'))
     order by v.major desc, v.minor desc`,
    [moduleId],
  )

/** The module's questions in use. */
export const itemsInUse = (moduleId: string): Promise<Drawable[]> =>
  sql<Drawable>(
    'item.in-use',
    `select v.id, i.code, v.outcome_code as outcome, v.difficulty, v.type from items i
     join item_versions v on v.item_id = i.id where i.module_id = $1 and v.status = 'in_use'`,
    [moduleId],
  )

/** Each line of a test's blueprint with what it can draw from: questions in use that its course version has. */
export function needsOf({ blueprint, codes }: LiveTest, inUse: Drawable[]): Need[] {
  const own = inUse.filter(({ code }) => codes.includes(code))
  return cellsOf(blueprint).map(cell => ({ ...cell, have: own.filter(item => fits(cell, item)).length }))
}

/** The first line of any test that could be drawn before and no longer can. */
export function newlyShort(tests: LiveTest[], before: Drawable[], after: Drawable[]): Need | undefined {
  for (const test of tests) {
    const had = needsOf(test, before)
    const short = needsOf(test, after).find(({ have, count }, index) => have < count && had[index]!.have >= count)
    if (short) return short
  }
  return undefined
}
