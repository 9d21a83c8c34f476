import { sql } from '../lib/db.ts'
import type { Words } from './course.ts'

export type BookingRole = 'trainer' | 'moderator' | 'interpreter' | 'room' | 'link'
export type Wanted = { role: BookingRole; personId?: string; resourceId?: string }

/** A person, room or link that is needed elsewhere at that time: who, by which session, when. */
export type Conflict = {
  personId: string | null
  resourceId: string | null
  name: Partial<Words>
  sessionId: string
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
    `select b.person_id as "personId", b.resource_id as "resourceId",
       coalesce(r.name, jsonb_build_object('en', p.name_latin, 'ru', coalesce(p.name_cyrillic, p.name_latin))) as name,
       s.id as "sessionId", s.title, t.code as training, s.starts_at as "startsAt", s.ends_at as "endsAt", s.zone
     from bookings b join sessions s on s.id = b.session_id join trainings t on t.id = s.training_id
       left join people p on p.id = b.person_id left join resources r on r.id = b.resource_id
     where b.firm and (b.person_id = any($1::bigint[]) or b.resource_id = any($2::bigint[]))
       and b.during && tstzrange($3, $4) and not (s.id = any($5::bigint[]))
     order by s.starts_at, b.id limit 20`,
    [idsOf(wanted, 'personId'), idsOf(wanted, 'resourceId'), from, to, except],
  )
}

/**
 * Waits for whoever is booking the same people, rooms or links, so that the second sees the first and gets its reason.
 * Trainings are locked before people, people before resources and sessions.
 */
export async function holdWanted(wanted: Wanted[]) {
  await sql('booking.hold-people', 'select id from people where id = any($1::bigint[]) order by id for no key update', [
    idsOf(wanted, 'personId'),
  ])
  await sql(
    'booking.hold-resources',
    'select id from resources where id = any($1::bigint[]) order by id for no key update',
    [idsOf(wanted, 'resourceId')],
  )
}

const idsOf = (wanted: Wanted[], key: 'personId' | 'resourceId') => wanted.flatMap(each => each[key] ?? [])

/**
 * Books what a session needs, replacing what it had. Call in the transaction of the session's change. Who trains and
 * moderates the same session is held once: the second booking of theirs is not a firm one.
 */
export async function book(sessionId: string, wanted: Wanted[], from: Temporal.Instant, to: Temporal.Instant) {
  await sql('booking.clear', 'delete from bookings where session_id = $1', [sessionId])
  const held = new Set<string>()
  for (const { role, personId, resourceId } of unique(wanted)) {
    const what = personId ? `person ${personId}` : `resource ${resourceId}`
    await sql(
      'booking.add',
      `insert into bookings (session_id, person_id, resource_id, role, during, firm)
       values ($1, $2, $3, $4, tstzrange($5, $6), $7)`,
      [sessionId, personId ?? null, resourceId ?? null, role, from, to, !held.has(what)],
    )
    held.add(what)
  }
}

const unique = (wanted: Wanted[]) => [
  ...new Map(wanted.map(each => [`${each.role} ${each.personId} ${each.resourceId}`, each])).values(),
]
