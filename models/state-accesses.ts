import { sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import { statesSeen } from './own-people.ts'

/** What a State reads of who looked at what is its own: its people, and its requests. */

/** A look at a person or at a request. `center`: somebody of the Center looked, not of the State itself. */
export type StateAccess = {
  id: string
  at: Temporal.Instant
  viewer: string | null
  center: boolean
  person: string | null
  request: string | null
  /** Whether the State still has part in the request. */
  open: boolean
}

/**
 * Looks of the State's own focal points at its people and at requests it has part in, and those of the Center at these
 * requests since the State has joined them; the latest first, at most `size`. Who of another State looked stays there.
 */
export const stateAccesses = (actor: Actor, before: string | null, size: number): Promise<StateAccess[]> =>
  sql<StateAccess>(
    'state.accesses',
    `select x.id, x.at, v.name_latin as viewer, x.state is null as center, p.name_latin as person, r.code as request,
       exists (select from request_states o where o.request_id = r.id and o.state = any ($1::text[])
         and o.status in ('invited', 'joined')) as open
     from ((select id from access_entries where state = any ($1::text[]) and ($2::bigint is null or id < $2)
         order by id desc limit $3)
       union
       (select y.id from access_entries y join request_states s on s.request_id = y.request_id
         where y.state is null and s.state = any ($1::text[]) and s.status = 'joined' and y.at >= s.joined_at
           and ($2::bigint is null or y.id < $2) order by y.id desc limit $3)) seen
     join access_entries x on x.id = seen.id join people v on v.id = x.viewer_id
     left join people p on p.id = x.person_id left join requests r on r.id = x.request_id
     order by x.id desc limit $3`,
    [statesSeen(actor), before, size],
  )
