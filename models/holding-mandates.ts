import { sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor, MandatePart } from './actor.ts'
import { Refused } from './refused.ts'

/**
 * Holds the actor's mandate for a State until the transaction ends: a handover waits, and who has just handed over acts
 * no more. The mandate is looked at by the clock of after the wait.
 * @param speaking whether the act is one of the main focal point or the deputy
 * @throws Refused 'mandate.ended', 'mandate.prepares'
 */
export async function holdMandate(actor: Actor, state: string, speaking = true): Promise<void> {
  await sql(
    'mandate.hold',
    `select id from role_grants where person_id = $1 and role = 'focal_point' and scope_id = $2 order by id for share`,
    [actor.id, state],
  )
  const held = await sql<{ part: MandatePart }>(
    'mandate.held',
    `select part from role_grants where person_id = $1 and role = 'focal_point' and scope_id = $2
       and valid_from <= $3 and (valid_to is null or valid_to > $3)`,
    [actor.id, state, now()],
  )
  if (!held.length) throw new Refused('mandate.ended')
  if (speaking && held.every(({ part }) => part === 'agency')) throw new Refused('mandate.prepares')
}
