import { one } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { type Earned, logosNow, type Snapshot, snapshotOf } from './certifying.ts'
import type { Rules } from './completing.ts'
import { signersOf } from './signing.ts'

/** Printed on an example in place of a person's name. */
export const EXAMPLE_NAMES = { latin: 'Name Surname', cyrillic: 'Имя Фамилия' }

type Row = Pick<
  Earned,
  | 'trainingId'
  | 'signatories'
  | 'format'
  | 'hours'
  | 'startsOn'
  | 'endsOn'
  | 'place'
  | 'courseCode'
  | 'version'
  | 'title'
> & { rules: Rules }

/**
 * What a certificate of this training would say if somebody had done everything today: for those who run it, before
 * anybody has. Undefined while nobody signs.
 */
export async function exampleOf(trainingId: string): Promise<{ snapshot: Snapshot; kind: Rules['kind'] } | undefined> {
  const row = (await one<Row>(
    'certificate.example',
    `select t.id as "trainingId", t.signatories, t.format, t.hours, t.starts_on as "startsOn", t.ends_on as "endsOn",
       t.place, c.code as "courseCode", v.major || '.' || v.minor as version, v.title, v.rules
     from trainings t join course_versions v on v.id = t.course_version_id join courses c on c.id = v.course_id
     where t.id = $1`,
    [trainingId],
  ))!
  const signatories = await signersOf(row.signatories)
  if (!signatories.length) return undefined
  const at = now()
  const facts = {
    lessons: { done: 0, total: 0 },
    test: { exists: true, best: null },
    evaluation: { asked: false, sent: false },
  }
  const earned = {
    ...row,
    createdAt: at,
    eligibleAt: at,
    standing: { rules: row.rules, facts, missing: [], eligibleAt: at },
  }
  return { snapshot: snapshotOf(earned as never, signatories, await logosNow(trainingId), at), kind: row.rules.kind }
}
