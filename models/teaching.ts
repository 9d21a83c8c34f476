import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { AgendaTraining } from './agenda.ts'
import { taughtIn } from './contribution.ts'
import type { Words } from './course.ts'
import type { TaughtTraining } from './policies/teaching.ts'
import type { Format, TrainingStatus } from './training.ts'

/** A session in which a person has a part, as it is planned. */
export type OwnSession = {
  id: string
  code: string
  trainingTitle: Words
  title: Words
  zone: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  /** Whether people were told of it at this time. */
  told: boolean
  roles: string[]
  places: { role: 'room' | 'link'; name: Words; address: string }[]
  /** How many are enrolled. */
  people: number
}

const OF_STAFF = `b.person_id = $1 and b.role in ('trainer', 'moderator', 'interpreter')`

/**
 * A person's sessions that end after an instant, the next first; breaks and what was called off are none. Trainers see
 * their plan; moderators and interpreters what was announced.
 */
export const ownSessions = (personId: string, after: Temporal.Instant, limit = 60): Promise<OwnSession[]> =>
  sql<OwnSession>(
    'teaching.sessions',
    `select s.id, t.code, coalesce(t.title, v.title) as "trainingTitle", s.title, s.zone, s.starts_at as "startsAt",
       s.ends_at as "endsAt", coalesce(s.published ->> 'startsAt' = to_char(s.starts_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), false) as told,
       x.roles, coalesce((select jsonb_agg(jsonb_build_object('role', p.role, 'name', r.name, 'address', r.address) order by p.role desc, p.id)
         from bookings p join resources r on r.id = p.resource_id where p.session_id = s.id), '[]'::jsonb) as places,
       (select count(*)::int from enrollments e where e.training_id = t.id and e.status = 'enrolled') as people
     from (select b.session_id, array_agg(distinct b.role) as roles from bookings b
       where ${OF_STAFF} and upper(b.during) > $2 group by b.session_id) x
     join sessions s on s.id = x.session_id join trainings t on t.id = s.training_id
     join course_versions v on v.id = t.course_version_id
     where s.kind = 'session' and s.canceled_at is null and s.ends_at > $2 and t.status in ('draft', 'published', 'running')
       and ('trainer' = any (x.roles) or (s.published is not null and t.status <> 'draft'))
     order by s.starts_at, s.id limit $3`,
    [personId, after, limit],
  )

/** A training in which a person teaches, with what is behind them and what is left. */
export type OwnTraining = {
  id: string
  code: string
  title: Words
  status: TrainingStatus
  format: Format
  zone: string
  startsOn: string | null
  endsOn: string | null
  /** Parts in its sessions; none for a trainer by grant who is not booked. */
  parts: string[]
  people: number
  /** Sessions taught so far, and their minutes. */
  sessions: number
  minutes: number
  /** Whether a session of theirs is still to come. */
  ahead: boolean
  /** The certificate of contribution that holds. */
  certificate: string | null
}

/** Trainings a person teaches in or is a trainer of by a grant of their own, the latest first. */
export const ownTrainings = (personId: string, limit = 100): Promise<OwnTraining[]> =>
  sql<OwnTraining>(
    'teaching.trainings',
    `with mine as (
       select s.training_id as id, array_agg(distinct b.role) as parts,
         bool_or(s.ends_at > $2 and s.canceled_at is null and s.kind = 'session') as ahead
       from bookings b join sessions s on s.id = b.session_id
       where ${OF_STAFF} and (b.role = 'trainer' or s.published is not null) group by s.training_id
       union all
       select g.scope_id::bigint, '{}'::text[], false from role_grants g
       where g.person_id = $1 and g.role = 'trainer' and g.scope_kind = 'training' and g.valid_from <= $2
         and (g.valid_to is null or g.valid_to > $2)),
     each as (select id, array(select distinct unnest(m.parts) from mine m where m.id = mine.id order by 1) as parts,
       bool_or(ahead) as ahead from mine group by id)
     select t.id, t.code, coalesce(t.title, v.title) as title, t.status, t.format, t.zone, t.starts_on as "startsOn",
       t.ends_on as "endsOn", each.parts, each.ahead, coalesce(x.sessions, 0) as sessions, coalesce(x.minutes, 0) as minutes,
       (select count(*)::int from enrollments e where e.training_id = t.id and e.status = 'enrolled') as people,
       (select k.code from certificates k where k.person_id = $1 and k.training_id = t.id and k.kind = 'contribution'
         and k.revoked_at is null and k.replaced_at is null limit 1) as certificate
     from each join trainings t on t.id = each.id join course_versions v on v.id = t.course_version_id
     left join (select s.training_id, count(*)::int as sessions,
         sum(extract(epoch from s.ends_at - s.starts_at) / 60)::int as minutes
       from bookings b join sessions s on s.id = b.session_id join trainings t on t.id = s.training_id
       where b.person_id = $1 and ${taughtIn('$2')} group by s.training_id) x on x.training_id = t.id
     order by t.starts_on desc nulls first, t.id desc limit $3`,
    [personId, now(), limit],
  )

/** A training by its code in any case, with the parts the person has in its sessions; or undefined. */
export const taughtTraining = (
  code: string,
  personId: string | null,
): Promise<(AgendaTraining & TaughtTraining & { format: Format; people: number }) | undefined> =>
  one(
    'teaching.training',
    `select t.id, t.code, coalesce(t.title, v.title) as title, t.status, t.zone, t.languages, t.host_state as "hostState",
       t.starts_on as "startsOn", t.ends_on as "endsOn", t.agenda_number as "agendaNumber", t.format, x.parts,
       'trainer' = any (x.parts) as teaches,
       (select count(*)::int from enrollments e where e.training_id = t.id and e.status = 'enrolled') as people
     from trainings t join course_versions v on v.id = t.course_version_id
     cross join lateral (select array(select distinct b.role from bookings b join sessions s on s.id = b.session_id
       where s.training_id = t.id and b.person_id = $2 and b.role in ('trainer', 'moderator', 'interpreter') order by 1) as parts) x
     where t.code = upper($1)`,
    [code, personId],
  )
