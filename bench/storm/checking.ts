import { one, sql } from '../../lib/db.ts'
import { checkGrades } from '../../models/checking-grades.ts'
import { type Acknowledged, Storm } from './pressing.ts'

/** What must not be after a storm in the training $1, each with its statement: rows of it are faults. */
const FAULTS: Record<string, string> = {
  'a learner without exactly one attempt': `select e.id from enrollments e join trainings t on t.id = e.training_id
    where t.code = $1 and (select count(*) from attempts a where a.enrollment_id = e.id) <> 1`,
  'an attempt without its questions': `select a.id from attempts a join enrollments e on e.id = a.enrollment_id
    join trainings t on t.id = e.training_id where t.code = $1
    and not exists (select 1 from attempt_items i where i.attempt_id = a.id)`,
  'an attempt that was not handed in': `select a.id from attempts a join enrollments e on e.id = a.enrollment_id
    join trainings t on t.id = e.training_id where t.code = $1 and a.closed_by is distinct from 'learner'`,
  'a receipt that was not mailed': `select a.id from attempts a join enrollments e on e.id = a.enrollment_id
    join trainings t on t.id = e.training_id where t.code = $1
    and not exists (select 1 from mails m where m.event_key = 'attempt:' || a.id || ':receipt')`,
}

/** The faults of a storm in words, none when all is well: each statement about it, in what is stored. */
export async function faultsAfter(code: string, acknowledged: Acknowledged[]): Promise<string[]> {
  const faults: string[] = []
  for (const [what, text] of Object.entries(FAULTS)) {
    const rows = await sql(null, text, [code])
    if (rows.length) faults.push(`${what}: ${rows.length}, e.g. ${JSON.stringify(rows[0])}`)
  }
  const { lost, stored } = await answersOf(code, acknowledged)
  if (lost) faults.push(`acknowledged answers that are not in the record: ${lost}`)
  if (stored !== acknowledged.length) faults.push(`${stored} answers stored, ${acknowledged.length} acknowledged`)
  const { differences, receipts, grades } = await checkGrades()
  if (differences.length) faults.push(`attempts whose points do not follow from their answers: ${differences.length}`)
  if (receipts.length) faults.push(`receipts that are not those of the answers: ${receipts.length}`)
  if (grades.length) faults.push(`grades that are not those of the attempts: ${grades.length}`)
  return faults
}

async function answersOf(code: string, acknowledged: Acknowledged[]) {
  const row = await one<{ lost: number; stored: number }>(
    null,
    `with mine as (
       select x.device, x.counter, ai.position, x.value from trainings t join enrollments e on e.training_id = t.id
       join attempts a on a.enrollment_id = e.id join answers x on x.attempt_id = a.id
       join attempt_items ai on ai.attempt_id = a.id and ai.item_version_id = x.item_version_id where t.code = $1)
     select (select count(*)::int from mine) as stored, (select count(*)::int from
       unnest($2::text[], $3::bigint[], $4::int[], $5::jsonb[]) as said (device, counter, position, value)
       where not exists (select 1 from mine where mine.device = said.device and mine.counter = said.counter
         and mine.position = said.position and mine.value = said.value)) as lost`,
    [
      code,
      acknowledged.map(each => Storm.deviceOf(each.learner)),
      acknowledged.map(each => each.counter),
      acknowledged.map(each => each.position),
      acknowledged.map(each => JSON.stringify(each.value)),
    ],
  )
  return row!
}
