import { sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { notify, type Recipient } from './notifying.ts'
import type { PartStatus } from './request-states.ts'

/** What a mail about a request tells. */
export type RequestNews =
  | 'submitted'
  | 'acknowledged'
  | 'clarified'
  | 'message'
  | 'offered'
  | 'state-agreed'
  | 'center-agreed'
  | 'agreed'
  | 'training'
  | 'declined'
  | 'withdrawn'
  | JointNews

/** What happens between the States of a joint request. */
export type JointNews =
  | 'invited'
  | 'invitation-withdrawn'
  | 'joined'
  | 'invitation-declined'
  | 'left'
  | 'part-sent'
  | 'discarded'

/**
 * `state`: in whose name the reader gets it; null at the Center. `about`: which State joined, declined, left or sent its
 * part. `gone`: what is left to say of a draft that is there no more.
 */
export type RequestMatter = {
  requestId: string
  news: RequestNews
  state: string | null
  messageId?: string
  about?: string
  gone?: { code: string; title: string | null; leadState: string }
}

/** What is told to more than one. */
type ToStates = Omit<RequestMatter, 'state'>

const NOT_SELF = 'p.id is distinct from $2::bigint'

/**
 * Tells a State: its main focal point and deputy, and whoever of it leads the request; not the one who acted.
 * @param key names the event, so that nobody gets it twice
 */
export async function tellState(actor: Actor | null, matter: RequestMatter & { state: string }, key: string) {
  const people = await sql<Recipient>(
    'request.tell-state',
    `select distinct p.id as "personId", a.email::text as address, p.locale, p.zone
     from role_grants g join people p on p.id = g.person_id join accounts a on a.person_id = p.id
     where g.role = 'focal_point' and g.scope_id = $1 and g.valid_from <= $3 and (g.valid_to is null or g.valid_to > $3)
       and a.suspended_at is null and ${NOT_SELF}
       and (g.part in ('main', 'deputy') or exists (select from requests r where r.id = $4 and r.holder_id = p.id))`,
    [matter.state, actor?.id ?? null, now(), matter.requestId],
  )
  for (const to of people) await notify(to, 'request-news', `request:${matter.requestId}:${key}`, matter)
}

/** Tells the coordinators of the Center. */
export async function tellCenter(actor: Actor | null, matter: ToStates, key: string) {
  const people = await sql<Recipient>(
    'request.tell-center',
    `select distinct p.id as "personId", a.email::text as address, p.locale, p.zone
     from role_grants g join people p on p.id = g.person_id join accounts a on a.person_id = p.id
     where g.role = 'coordinator' and g.scope_kind = 'center' and g.valid_from <= $1
       and (g.valid_to is null or g.valid_to > $1) and a.suspended_at is null and ${NOT_SELF}`,
    [now(), actor?.id ?? null],
  )
  const all = { ...matter, state: null }
  for (const to of people) await notify(to, 'request-news', `request:${matter.requestId}:${key}`, all)
}

/** Tells every State that takes part in a request: the lead and the joined. */
export const tellStates = (actor: Actor | null, matter: ToStates, key: string) =>
  tellThose(actor, matter, key, ['joined'])

/** Tells those too that were invited and have not answered: the request ends for them as well. */
export const tellInvited = (actor: Actor | null, matter: ToStates, key: string) =>
  tellThose(actor, matter, key, ['invited', 'joined'])

async function tellThose(actor: Actor | null, matter: ToStates, key: string, statuses: PartStatus[]) {
  const states = await sql<{ state: string }>(
    'request.tell-those',
    'select state from request_states where request_id = $1 and status = any ($2) order by state',
    [matter.requestId, statuses],
  )
  for (const { state } of states) await tellState(actor, { ...matter, state }, `${key}:${state}`)
}
