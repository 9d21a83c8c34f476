import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import type { Words } from './course.ts'
import { visibleTo } from './enrollment.ts'
import type { Level } from './expecting.ts'

/** Who will be in the room: what those who lead the sessions may know of each learner. No address, birthday or mark. */
export type InRoom = {
  id: string
  personId: string
  name: Words
  country: string | null
  countryName: Words | null
  agencyType: string | null
  /** The language the person reads the platform in. */
  locale: string
  level: Level | null
  expectations: string | null
}

/**
 * Which enrollments (alias `e`) an actor sees who has one of these parts in a session: places held in such trainings, in
 * those in which they are trainer or in charge by a grant of today; all for the Center's staff. `$1`, `$2` are
 * `visibleTo`, `$3` the instant. It ends with the booking or the grant.
 */
const ledBy = (...parts: string[]) => `e.status = 'enrolled' and ($2
  or exists (select 1 from bookings b join sessions s on s.id = b.session_id
    where s.training_id = e.training_id and b.person_id = $1 and b.role in ('${parts.join("', '")}'))
  or exists (select 1 from role_grants g where g.person_id = $1 and g.scope_kind = 'training'
    and g.scope_id = e.training_id::text and g.role in ('trainer', 'coordinator') and g.valid_from <= $3
    and (g.valid_to is null or g.valid_to > $3)))`

/** Who sees the people of a room, as `seesRoom` of models/policies/teaching.ts says it. */
const IN_ROOM = ledBy('trainer', 'moderator')
/** Who sees what they have done before it, as `seesPreWork` says it: trainers, and not who only moderates. */
export const PREPARED = ledBy('trainer')

/** One page of the people of a room by name, after an enrollment's id. */
export const roomOf = (actor: Actor, trainingId: string, after: string | null, limit: number): Promise<InRoom[]> =>
  sql<InRoom>(
    'room.people',
    `select e.id, p.id as "personId", jsonb_build_object('en', coalesce(p.name_latin, ''),
         'ru', coalesce(p.name_cyrillic, p.name_latin, '')) as name, e.country, c.name as "countryName",
       e.agency_type as "agencyType", p.locale, e.level, e.expectations
     from enrollments e join people p on p.id = e.person_id left join states c on c.iso2 = e.country
     where ${IN_ROOM} and e.training_id = $4 and ($5::bigint is null or (coalesce(p.name_latin, ''), e.id) >
       (select coalesce(q.name_latin, ''), f.id from enrollments f join people q on q.id = f.person_id where f.id = $5))
     order by coalesce(p.name_latin, ''), e.id limit $6`,
    [...visibleTo(actor), now(), trainingId, after, limit],
  )

/** One person of a room by their enrollment, or undefined when the actor sees no such person. */
export const personInRoom = (actor: Actor, trainingId: string, enrollmentId: string) =>
  one<{ name: Words }>(
    'room.person',
    `select jsonb_build_object('en', coalesce(p.name_latin, ''), 'ru', coalesce(p.name_cyrillic, p.name_latin, '')) as name
     from enrollments e join people p on p.id = e.person_id where ${IN_ROOM} and e.training_id = $4 and e.id = $5`,
    [...visibleTo(actor), now(), trainingId, enrollmentId],
  )

/** How many of a training share these facts; no names, no answers in words. */
export type RoomCount = {
  country: string | null
  countryName: Words | null
  /** Told apart only where no country is given. */
  organization: string | null
  agencyType: string | null
  locale: string
  level: Level | null
  n: number
}

/** The room in numbers, for everyone who has a part in the training: ask `teachesIn` before. */
export const roomCounts = (trainingId: string): Promise<RoomCount[]> =>
  sql<RoomCount>(
    'room.counts',
    `select e.country, c.name as "countryName", case when e.country is null then p.organization end as organization,
       e.agency_type as "agencyType", p.locale, e.level, count(*)::int as n
     from enrollments e join people p on p.id = e.person_id left join states c on c.iso2 = e.country
     where e.training_id = $1 and e.status = 'enrolled' group by 1, 2, 3, 4, 5, 6`,
    [trainingId],
  )
