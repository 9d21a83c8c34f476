import { sql } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import type { Value } from '../../models/items/kind.ts'
import { rightAnswer, type Typed } from '../../models/items/kinds.ts'
import { TRAINING } from '../seed.ts'

/** A training of its own for so many learners, all enrolled and none of them at the test yet; returns its code. */
export async function trainingOf(learners: number): Promise<string> {
  const code = `BENCH-STORM-${learners}`
  await sql(
    null,
    `insert into trainings (code, course_id, course_version_id, format, enrollment_mode, hours, status, created_at)
     select $1, course_id, course_version_id, 'self_paced', 'open', hours, 'running', $2 from trainings where code = $3`,
    [code, now(), TRAINING],
  )
  await sql(
    null,
    `insert into enrollments (training_id, person_id, course_version_id, source, status, country, agency_type, sex, created_at)
     select t.id, p.id, t.course_version_id, 'self', 'enrolled', p.country, p.agency_type, p.sex, $2
     from (select * from people order by id limit $3) p, trainings t where t.code = $1`,
    [code, now(), learners],
  )
  await sql(null, 'analyze')
  return code
}

/** Right answers of every learner's test by position, learner by learner in the order of the people. */
export async function answersFor(code: string): Promise<Value[][]> {
  const rows = await sql<Typed & { personId: string; position: number }>(
    null,
    `select e.person_id as "personId", ai.position, v.type, v.content from enrollments e
     join trainings t on t.id = e.training_id and t.code = $1
     join attempts a on a.enrollment_id = e.id join attempt_items ai on ai.attempt_id = a.id
     join item_versions v on v.id = ai.item_version_id order by e.person_id, a.number, ai.position`,
    [code],
  )
  return [...Map.groupBy(rows, row => row.personId).values()].map(of => of.map(rightAnswer))
}
