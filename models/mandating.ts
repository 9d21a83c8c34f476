import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor, MandatePart } from './actor.ts'
import { record } from './audit.ts'
import { notify, recipient } from './notifying.ts'
import { Refused } from './refused.ts'

/** A mandate that is to be given: from now until `validTo`, by a letter. */
export type NewMandate = {
  state: string
  part: MandatePart
  agency: string | null
  mandate: string | null
  validTo: Temporal.Instant | null
  letter: { sha256: string; type: string; size: number; name: string } | null
}

/** What a mail about a mandate tells. `other`: who came before or comes after. */
export type MandateNews = { state: string; part: MandatePart; news: 'given' | 'ended'; otherId: string | null }

/**
 * Gives a person a mandate for a State, from now on; they are told by mail.
 * @throws Refused 'mandate.nobody', 'mandate.held', 'mandate.stands', 'mandate.over'
 */
export function giveMandate(actor: Actor, personId: string, mandate: NewMandate): Promise<string> {
  return inTransaction(async () => {
    await lockState(mandate.state)
    const id = await given(actor, personId, mandate, now())
    await tell(personId, id, { state: mandate.state, part: mandate.part, news: 'given', otherId: null })
    return id
  })
}

/** Ends a mandate now; ending twice is ending once. */
export function endMandate(actor: Actor, state: string, grantId: string): Promise<void> {
  return inTransaction(async () => {
    await lockState(state)
    await lockMandate(grantId)
    const ended = await end(grantId, now())
    if (!ended) return
    await settle(actor, grantId, 'dropped')
    await record(actor, 'mandate.ended', 'person', ended.personId, { state, part: ended.part, grant: grantId })
    await tell(ended.personId, grantId, { state, part: ended.part, news: 'ended', otherId: null })
  })
}

/**
 * Hands a mandate over in one act: it ends for the one and begins for the other at the same instant, open requests the
 * one has led are led by the other, a proposal of it is settled, and both are told. From then on the pages of the State
 * are not there for the one who left.
 * @throws Refused 'mandate.over' when it has ended meanwhile, 'mandate.nobody', 'mandate.same'
 */
export function handOver(
  actor: Actor,
  state: string,
  grantId: string,
  successorId: string,
  letter: Pick<NewMandate, 'mandate' | 'validTo' | 'letter'>,
): Promise<void> {
  return inTransaction(async () => {
    await lockState(state)
    await lockMandate(grantId)
    const at = now()
    const old = await end(grantId, at)
    if (!old) throw new Refused('mandate.over')
    if (old.personId === successorId) throw new Refused('mandate.same', { field: 'email' })
    // A deputy who becomes the main focal point is deputy no more.
    const before = await sql<{ id: string }>('mandate.before', `${OWN} and id <> $4`, [successorId, state, at, grantId])
    for (const { id } of before) await end(id, at)
    const { part, agency } = old
    const id = await given(actor, successorId, { state, part, agency, ...letter }, old.endedAt)
    await sql(
      'mandate.requests',
      `update requests set holder_id = $3, changed_at = $4 where lead_state = $1 and holder_id = $2
         and status not in ('training', 'declined', 'withdrawn')`,
      [state, old.personId, successorId, at],
    )
    await settle(actor, grantId, 'done')
    await record(actor, 'mandate.handed-over', 'person', old.personId, { state, part, to: successorId, grant: id })
    await tell(old.personId, grantId, { state, part, news: 'ended', otherId: successorId })
    await tell(successorId, id, { state, part, news: 'given', otherId: old.personId })
  })
}

/**
 * The main focal point proposes who comes after; the Center looks for the person and carries it out. One proposal at a
 * time: a new one replaces it. Whether anybody is registered with the address is not told.
 * @throws Refused 'mandate.over', 'mandate.same'
 */
export function proposeHandover(actor: Actor, state: string, address: string, note: string | null): Promise<void> {
  return inTransaction(async () => {
    await lockState(state)
    const own = await one<{ id: string }>('mandate.own-main', `${OWN} and part = 'main'`, [actor.id, state, now()])
    if (!own) throw new Refused('mandate.over')
    if (address.toLowerCase() === actor.email.toLowerCase()) throw new Refused('mandate.same', { field: 'email' })
    await settle(actor, own.id, 'dropped')
    await sql(
      'mandate.propose',
      'insert into handovers (grant_id, address, note, proposed_by, proposed_at) values ($1, $2, $3, $4, $5)',
      [own.id, address, note, actor.id, now()],
    )
    await record(actor, 'mandate.handover-proposed', 'person', actor.id!, { state })
  })
}

/** Takes a proposal back. */
export function dropHandover(actor: Actor, state: string, grantId: string): Promise<void> {
  return inTransaction(async () => {
    await lockState(state)
    await settle(actor, grantId, 'dropped')
  })
}

const OWN = `select id from role_grants where person_id = $1 and role = 'focal_point' and scope_id = $2
  and valid_from <= $3 and (valid_to is null or valid_to > $3)`

/** One who names or hands over at a time in a State. */
const lockState = (state: string) => one('mandate.state', 'select iso2 from states where iso2 = $1 for update', [state])

/** An act of the holder that is on its way is waited for; the clock is read after the wait. */
const lockMandate = (grantId: string) =>
  one('mandate.lock', 'select id from role_grants where id = $1 for update', [grantId])

async function somebody(personId: string) {
  const person = await one(
    'mandate.person',
    `select p.id from people p join accounts a on a.person_id = p.id
     where p.id = $1 and p.erased_at is null and a.verified_at is not null and a.suspended_at is null for share of p`,
    [personId],
  )
  if (!person) throw new Refused('mandate.nobody', { field: 'email' })
}

async function given(actor: Actor, personId: string, mandate: NewMandate, from: Temporal.Instant): Promise<string> {
  const { state, part, agency, mandate: words, validTo, letter } = mandate
  if (validTo && Temporal.Instant.compare(validTo, now()) <= 0) throw new Refused('mandate.past', { field: 'until' })
  await somebody(personId)
  const live = await sql<{ personId: string; part: MandatePart }>(
    'mandate.live',
    `select person_id as "personId", part from role_grants where role = 'focal_point' and scope_id = $1
       and tstzrange(valid_from, valid_to) && tstzrange($2, $3)`,
    [state, from, validTo],
  )
  if (live.some(each => each.personId === personId)) throw new Refused('mandate.stands', { field: 'email' })
  if (part !== 'agency' && live.some(each => each.part === part)) throw new Refused('mandate.held', { field: 'part' })
  const row = await one<{ id: string }>(
    'mandate.give',
    `insert into role_grants (person_id, role, scope_kind, scope_id, part, agency, valid_from, valid_to, mandate, granted_by)
     values ($1, 'focal_point', 'state', $2, $3, $4, $5, $6, $7, $8) returning id`,
    [personId, state, part, part === 'agency' ? agency : null, from, validTo, words, actor.id],
  )
  if (letter)
    await sql(
      'mandate.letter',
      `with file as (insert into files (sha256, type, size, name, owner_kind, owner_id, uploaded_by, uploaded_at)
         values ($2, $3, $4, $5, 'mandate', $1::bigint::text, $6, $7) returning id)
       update role_grants set letter_id = file.id from file where role_grants.id = $1`,
      [row!.id, letter.sha256, letter.type, letter.size, letter.name, actor.id, now()],
    )
  await record(actor, 'mandate.given', 'person', personId, { state, part, grant: row!.id })
  return row!.id
}

/** Ends a mandate that holds now. */
const end = (grantId: string, at: Temporal.Instant) =>
  one<{ personId: string; part: MandatePart; agency: string | null; endedAt: Temporal.Instant }>(
    'mandate.end',
    `update role_grants set valid_to = greatest($2, valid_from + interval '1 millisecond')
     where id = $1 and role = 'focal_point' and (valid_to is null or valid_to > $2)
     returning person_id as "personId", part, agency, valid_to as "endedAt"`,
    [grantId, at],
  )

const settle = (actor: Actor, grantId: string, outcome: 'done' | 'dropped') =>
  sql(
    'mandate.settle',
    'update handovers set outcome = $2, settled_at = $3, settled_by = $4 where grant_id = $1 and outcome is null',
    [grantId, outcome, now(), actor.id],
  )

async function tell(personId: string, grantId: string, news: MandateNews) {
  const to = await recipient(personId)
  if (to) await notify(to, 'mandate-news', `grant:${grantId}:${news.news}`, news)
}
