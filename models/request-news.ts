import { sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { notify, type Recipient } from './notifying.ts'

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

/** `state`: in whose name the reader gets it; null at the Center. */
export type RequestMatter = { requestId: string; news: RequestNews; state: string | null; messageId?: string }

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
export async function tellCenter(actor: Actor | null, matter: Omit<RequestMatter, 'state'>, key: string) {
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

/** Tells every State of a request that has joined it. */
export async function tellStates(actor: Actor | null, matter: Omit<RequestMatter, 'state'>, key: string) {
  const states = await sql<{ state: string }>(
    'request.joined',
    `select s.state from request_states s join requests r on r.id = s.request_id
     where s.request_id = $1 and (s.joined_at is not null or s.state = r.lead_state) order by s.state`,
    [matter.requestId],
  )
  for (const { state } of states) await tellState(actor, { ...matter, state }, `${key}:${state}`)
}
