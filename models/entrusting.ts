import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { notify, recipient } from './notifying.ts'
import type { Part } from './people-in-charge.ts'
import { Refused } from './refused.ts'

/**
 * Puts a person in charge of one training, or makes them its trainer, from now on; they are mailed once. Who is it
 * already stays so.
 * @throws Refused 'charge.nobody' when there is no such person with a confirmed account
 */
export async function entrust(actor: Actor, trainingId: string, personId: string, role: Part): Promise<void> {
  await inTransaction(async () => {
    const person = await one<{ id: string }>(
      'entrusting.person',
      `select p.id from people p join accounts a on a.person_id = p.id
       where p.id = $1 and p.erased_at is null and a.verified_at is not null and a.suspended_at is null
       for no key update of p`,
      [personId],
    )
    if (!person) throw new Refused('charge.nobody', { field: 'email' })
    const held = await one<{ id: string }>(
      'entrusting.held',
      `select id from role_grants where person_id = $1 and role = $2 and scope_kind = 'training'
         and scope_id = $3::bigint::text and (valid_to is null or valid_to > $4)`,
      [personId, role, trainingId, now()],
    )
    if (held) return
    const grant = await one<{ id: string }>(
      'entrusting.add',
      `insert into role_grants (person_id, role, scope_kind, scope_id, valid_from, granted_by)
       values ($1, $2, 'training', $3::bigint::text, $4, $5) returning id`,
      [personId, role, trainingId, now(), actor.id],
    )
    await record(actor, 'training.entrusted', 'training', trainingId, { person: personId, role, grant: grant!.id })
    await tellEntrusted(personId, grant!.id, trainingId, role)
  })
}

/** Ends what a person is to a training, now. Ending twice is ending once. */
export async function release(actor: Actor, trainingId: string, grantId: string): Promise<void> {
  await inTransaction(async () => {
    const ended = await one<{ personId: string; role: Part }>(
      'entrusting.end',
      `update role_grants set valid_to = greatest($3, valid_from + interval '1 millisecond')
       where id = $1 and scope_kind = 'training' and scope_id = $2::bigint::text and (valid_to is null or valid_to > $3)
       returning person_id as "personId", role`,
      [grantId, trainingId, now()],
    )
    if (!ended) return
    await record(actor, 'training.released', 'training', trainingId, { ...ended, grant: grantId })
    const to = await recipient(ended.personId)
    if (to) await notify(to, 'training-released', `grant:${grantId}:ended`, { trainingId, role: ended.role })
  })
}

/** Everyone who is something to `sourceId` is the same to `trainingId`, and is mailed so. */
export async function entrustAsIn(actor: Actor, sourceId: string, trainingId: string): Promise<void> {
  const grants = await sql<{ id: string; personId: string; role: Part }>(
    'entrusting.copy',
    `insert into role_grants (person_id, role, scope_kind, scope_id, valid_from, granted_by)
     select distinct g.person_id, g.role, 'training', $2::bigint::text, $3::timestamptz, $4::bigint
     from role_grants g join people p on p.id = g.person_id
     where g.scope_kind = 'training' and g.scope_id = $1::bigint::text and p.erased_at is null
       and (g.valid_to is null or g.valid_to > $3)
     returning id, person_id as "personId", role`,
    [sourceId, trainingId, now(), actor.id],
  )
  for (const { id, personId, role } of grants)
    if (role === 'coordinator' || role === 'trainer') await tellEntrusted(personId, id, trainingId, role)
}

async function tellEntrusted(personId: string, grantId: string, trainingId: string, role: Part) {
  const to = await recipient(personId)
  if (to) await notify(to, 'training-entrusted', `grant:${grantId}:given`, { trainingId, role })
}
