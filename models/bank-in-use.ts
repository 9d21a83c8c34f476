import { sql } from '../lib/db.ts'
import { log } from '../lib/log.ts'
import type { Place } from './attempt.ts'
import type { Drawable } from './drawing.ts'
import { Refused } from './refused.ts'

/** Questions in use about the outcomes of a test; `own`: those among the questions of its version of the course. */
export const itemsInUse = ({ blueprint, assessmentId }: Pick<Place, 'blueprint' | 'assessmentId'>) =>
  sql<Drawable & { own: boolean }>(
    'attempt.bank',
    `with codes as (select jsonb_array_elements_text(c.rules -> 'items') as code from assessments a
       join course_versions c on c.id = a.course_version_id where a.id = $2)
     select v.id, i.code, v.outcome_code as outcome, v.difficulty, v.type, i.code in (select code from codes) as own
     from item_versions v join items i on i.id = v.item_id where v.status = 'in_use' and v.outcome_code = any ($1)`,
    [Object.keys(blueprint), assessmentId],
  )

/** The refusal of a test for which the bank has too few questions of an outcome; the Center reads of it in the log. */
export function bankShort({ code }: Pick<Place, 'code'>, outcome: string): Refused {
  log.error({ training: code, outcome }, 'the question bank has too few items in use for a test')
  return new Refused('attempt.bankShort')
}
