import { sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Words } from './course.ts'

/** A person who may be booked for a session, and what for. */
export type Bookable = {
  id: string
  name: Words
  country: string | null
  /** Roles of theirs and parts they had in sessions: 'trainer', 'coordinator', 'director', 'moderator', 'interpreter'. */
  roles: string[]
  /** Whether they belong to this training: a role in it, or a part in one of its sessions. */
  own: boolean
}

/**
 * Whom a session can have: trainers of the Center and of this training, people in charge, whoever has a part in one of
 * its sessions, and everyone who has interpreted before.
 */
export const bookablePeople = (trainingId: string): Promise<Bookable[]> =>
  sql<Bookable>(
    'session.bookable',
    `with parts as (
       select g.person_id, g.role, g.scope_kind = 'training' as own from role_grants g
       where g.role in ('trainer', 'coordinator', 'director') and g.valid_from <= $2 and (g.valid_to is null or g.valid_to > $2)
         and (g.scope_kind = 'center' or (g.scope_kind = 'training' and g.scope_id = $1::bigint::text))
       union select b.person_id, b.role, s.training_id = $1 from bookings b join sessions s on s.id = b.session_id
       where b.person_id is not null and (s.training_id = $1 or b.role = 'interpreter'))
     select p.id, jsonb_build_object('en', p.name_latin, 'ru', coalesce(p.name_cyrillic, p.name_latin)) as name, p.country,
       array_agg(distinct parts.role) as roles, bool_or(parts.own) as own
     from parts join people p on p.id = parts.person_id where p.erased_at is null
     group by p.id order by bool_or(parts.own) desc, p.name_latin, p.id`,
    [trainingId, now()],
  )

/** Ids of the people behind these addresses, as far as they are known. */
export async function peopleByAddress(addresses: string[]): Promise<Map<string, string>> {
  const rows = await sql<{ email: string; id: string }>(
    'session.people-by-address',
    `select lower(a.email::text) as email, a.person_id as id from accounts a join people p on p.id = a.person_id
     where lower(a.email::text) = any($1::text[]) and p.erased_at is null`,
    [addresses.map(each => each.toLowerCase())],
  )
  return new Map(rows.map(row => [row.email, row.id]))
}

/** What a session holds now, for its form. */
export const bookingsOf = (
  sessionId: string,
): Promise<{ role: string; personId: string | null; resourceId: string | null }[]> =>
  sql(
    'session.bookings',
    `select role, person_id as "personId", resource_id as "resourceId" from bookings where session_id = $1 order by id`,
    [sessionId],
  )
