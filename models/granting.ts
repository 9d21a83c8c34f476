import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor, Role } from './actor.ts'
import { record } from './audit.ts'
import { isState } from './countries.ts'
import { insist, no, Refused, type Verdict, YES } from './refused.ts'

/** Roles an administrator gives here: those of the Center, and the focal points of the ten States. */
export const GRANTABLE: Role[] = [
  'coordinator',
  'director',
  'administrator',
  'content_editor',
  'translator',
  'librarian',
  'trainer',
  'assessor',
  'focal_point',
]

export type NewGrant = { role: Role; state: string | null; validTo: Temporal.Instant | null; mandate: string | null }

/** Whether a role fits its scope: a focal point stands for one of the ten States, every other role for the Center. */
export function grantable({ role, state, validTo }: NewGrant, at: Temporal.Instant): Verdict {
  if (!GRANTABLE.includes(role)) return no('grant.role', { field: 'role' })
  if (role === 'focal_point' && !isState(state)) return no('grant.state', { field: 'state' })
  if (validTo && Temporal.Instant.compare(validTo, at) <= 0) return no('grant.over', { field: 'until' })
  return YES
}

/**
 * Grants a role from now on. Who holds it already keeps what they have.
 * @throws Refused 'grant.role', 'grant.state', 'grant.over', 'grant.held'
 */
export async function grantRole(actor: Actor, personId: string, grant: NewGrant): Promise<void> {
  insist(grantable(grant, now()))
  const [kind, scope] = grant.role === 'focal_point' ? ['state', grant.state!] : ['center', '']
  await inTransaction(async () => {
    await one('grant.person', 'select id from people where id = $1 for update', [personId])
    const held = await one(
      'grant.held',
      `select id from role_grants where person_id = $1 and role = $2 and scope_kind = $3 and scope_id = $4
         and (valid_to is null or valid_to > $5)`,
      [personId, grant.role, kind, scope, now()],
    )
    if (held) throw new Refused('grant.held', { field: 'role' })
    const part = grant.role === 'focal_point' ? await freePart(scope!, grant.validTo) : null
    const row = await one<{ id: string }>(
      'grant.add',
      `insert into role_grants (person_id, role, scope_kind, scope_id, valid_from, valid_to, mandate, granted_by, part)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
      [personId, grant.role, kind, scope, now(), grant.validTo, grant.mandate, actor.id, part],
    )
    await record(actor, 'role.granted', 'person', personId, { grant: row!.id, role: grant.role, scope })
  })
}

/** What is free of a State's two mandates, the main one first; else a deputy of an agency. One who grants at a time. */
async function freePart(state: string, until: Temporal.Instant | null) {
  await one('grant.state', 'select iso2 from states where iso2 = $1 for update', [state])
  const held = await sql<{ part: string }>(
    'grant.parts',
    `select part from role_grants where role = 'focal_point' and scope_id = $1
       and tstzrange(valid_from, valid_to) && tstzrange($2, $3)`,
    [state, now(), until],
  )
  return ['main', 'deputy'].find(part => !held.some(each => each.part === part)) ?? 'agency'
}

/**
 * Ends a role grant now. Ending twice is ending once.
 * @throws Refused 'grant.last' when nobody would be left to administer the platform
 */
export async function endGrant(actor: Actor, personId: string, grantId: string): Promise<void> {
  await inTransaction(async () => {
    // All administrators' grants are locked, then counted by the clock of after the wait: two administrators cannot end
    // each other at the same moment.
    await sql('grant.lock', `select id from role_grants where role = 'administrator' order by id for update`)
    const administrators = await sql<{ id: string }>(
      'grant.administrators',
      `select g.id from role_grants g join accounts a on a.person_id = g.person_id
       where g.role = 'administrator' and g.valid_from <= $1 and (g.valid_to is null or g.valid_to > $1)
         and a.suspended_at is null`,
      [now()],
    )
    if (administrators.length === 1 && administrators[0]!.id === grantId) throw new Refused('grant.last')
    const ended = await one<{ role: Role; scope: string }>(
      'grant.end',
      `update role_grants set valid_to = greatest($3, valid_from + interval '1 millisecond')
       where id = $1 and person_id = $2 and (valid_to is null or valid_to > $3) returning role, scope_id as scope`,
      [grantId, personId, now()],
    )
    if (ended) await record(actor, 'role.ended', 'person', personId, { grant: grantId, ...ended })
  })
}
