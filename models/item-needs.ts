import { sql } from '../lib/db.ts'
import { type Blueprint, type Cell, cellsOf, type Drawable, fits } from './drawing.ts'

/**
 * A test whose attempts may still begin: of the newest version of its course, or of one that an open training is on. Of
 * a composed course that asks about several modules, what it asks about this one.
 */
export type LiveTest = {
  courseVersionId: string
  course: string
  version: string
  /** `pre` stands for both measures: they have one blueprint, and two forms that share no question. */
  kind: 'test' | 'pre'
  blueprint: Blueprint
  codes: string[]
  newest: boolean
}

/** One line of a blueprint, with how many questions of its kind are there to draw from. */
export type Need = Cell & { have: number }

/** The tests that draw from a module's questions: its own course's first, the newest version of each course first. */
export const liveTests = (moduleId: string): Promise<LiveTest[]> =>
  sql<LiveTest>(
    'item.tests',
    `select v.id as "courseVersionId", v.code as course, v.major || '.' || v.minor as version, a.kind, asked.blueprint,
       coalesce(array(select jsonb_array_elements_text(v.rules -> 'items')), '{}') as codes, v.newest
     from (select c.*, k.code, k.module_id,
         row_number() over (partition by k.id order by c.major desc, c.minor desc) = 1 as newest
       from course_versions c join courses k on k.id = c.course_id where c.published_at is not null) v
     join assessments a on a.course_version_id = v.id and a.kind in ('test', 'pre')
     cross join lateral (select jsonb_object_agg(b.key, b.value) as blueprint from jsonb_each(a.blueprint) b
       where b.key in (select o.code from outcomes o join module_versions m on m.id = o.module_version_id
         where m.module_id = $1)) asked
     where asked.blueprint is not null and (v.newest or exists (select from trainings t
       where t.course_version_id = v.id and t.status in ('published', 'running')))
     order by v.module_id = $1 desc nulls last, v.code, v.major desc, v.minor desc, a.kind desc`,
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

/**
 * Each line of a test's blueprint with what it can draw from: questions in use that its course version has. `count` is
 * what has to be there: two forms that share no question need twice as many.
 */
export function needsOf({ blueprint, codes, kind }: LiveTest, inUse: Drawable[]): Need[] {
  const own = inUse.filter(({ code }) => codes.includes(code))
  const forms = kind === 'pre' ? 2 : 1
  return cellsOf(blueprint).map(cell => ({
    ...cell,
    count: forms * cell.count,
    have: own.filter(item => fits(cell, item)).length,
  }))
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
