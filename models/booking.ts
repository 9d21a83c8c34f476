import { sql } from '../lib/db.ts'
import type { Words } from './course.ts'

export type BookingRole = 'trainer' | 'moderator' | 'interpreter' | 'room' | 'link'
export type Wanted = { role: BookingRole; personId?: string; resourceId?: string }
export type Conflict = {
  name: Words
  title: Words
  training: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  zone: string
}

/**
 * What stands in the way of booking these people, rooms and links for a time: the explanation before saving. The
 * exclusion constraints `bookings_person_once` and `bookings_resource_once` hold the rule itself.
 * @param except sessions whose own bookings do not count (the one being changed)
 */
export function conflictsOf(
  wanted: Wanted[],
  from: Temporal.Instant,
  to: Temporal.Instant,
  except: string[] = [],
): Promise<Conflict[]> {
  return sql<Conflict>(
    'booking.conflicts',
    `select coalesce(r.name, jsonb_build_object('en', p.name_latin, 'ru', coalesce(p.name_cyrillic, p.name_latin))) as name,
       s.title, t.code as training, s.starts_at as "startsAt", s.ends_at as "endsAt", s.zone
     from bookings b join sessions s on s.id = b.session_id join trainings t on t.id = s.training_id
       left join people p on p.id = b.person_id left join resources r on r.id = b.resource_id
     where b.firm and (b.person_id = any($1::bigint[]) or b.resource_id = any($2::bigint[]))
       and b.during && tstzrange($3, $4) and not (s.id = any($5::bigint[]))
     order by s.starts_at limit 20`,
    [idsOf(wanted, 'personId'), idsOf(wanted, 'resourceId'), from, to, except],
  )
}

const idsOf = (wanted: Wanted[], key: 'personId' | 'resourceId') => wanted.flatMap(each => each[key] ?? [])

/** Books what a session needs, firmly, replacing what it had. Call in the transaction of the session's change. */
export async function book(sessionId: string, wanted: Wanted[], from: Temporal.Instant, to: Temporal.Instant) {
  await sql('booking.clear', 'delete from bookings where session_id = $1', [sessionId])
  for (const { role, personId, resourceId } of wanted)
    await sql(
      'booking.add',
      `insert into bookings (session_id, person_id, resource_id, role, during) values ($1, $2, $3, $4, tstzrange($5, $6))`,
      [sessionId, personId ?? null, resourceId ?? null, role, from, to],
    )
}
