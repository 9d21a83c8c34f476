import { sql } from '../lib/db.ts'
import type { BookingRole } from './booking.ts'
import type { Words } from './course.ts'

/** A person, room or link that a session asks for without holding it, and what holds it at that time, if anything does. */
export type NotHeld = {
  sessionId: string
  title: Words
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  zone: string
  role: BookingRole
  name: Partial<Words>
  elsewhere: { training: string; title: Words; startsAt: string; endsAt: string; zone: string } | null
}

/** A booking (alias `b`) that is asked for and not held by its session in another part. */
export const NOT_HELD = `not b.firm and not exists (select 1 from bookings own where own.session_id = b.session_id and own.firm
  and (own.person_id = b.person_id or own.resource_id = b.resource_id))`

/** What the coming sessions of a training ask for and do not hold, in order of time: looked at anew each time. */
export const notHeldIn = (trainingId: string): Promise<NotHeld[]> =>
  sql<NotHeld>(
    'clashes.not-held',
    `select s.id as "sessionId", s.title, s.starts_at as "startsAt", s.ends_at as "endsAt", s.zone, b.role,
       coalesce(r.name, jsonb_build_object('en', p.name_latin, 'ru', coalesce(p.name_cyrillic, p.name_latin))) as name,
       (select jsonb_build_object('training', t.code, 'title', x.title, 'zone', x.zone,
           'startsAt', to_char(x.starts_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'endsAt', to_char(x.ends_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
         from bookings o join sessions x on x.id = o.session_id join trainings t on t.id = x.training_id
         where o.firm and (o.person_id = b.person_id or o.resource_id = b.resource_id) and o.during && b.during
           and o.session_id <> b.session_id order by x.starts_at, o.id limit 1) as elsewhere
     from sessions s join bookings b on b.session_id = s.id left join people p on p.id = b.person_id
     left join resources r on r.id = b.resource_id
     where s.training_id = $1 and s.canceled_at is null and ${NOT_HELD}
     order by s.starts_at, s.id, b.role, b.id limit 500`,
    [trainingId],
  )
