import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { COUNTS, LENGTH, MINUTES } from './attendance.ts'
import type { Actor } from './actor.ts'
import type { CertificateKind } from './certificate.ts'
import type { Words } from './course.ts'
import type { EnrollmentStatus } from './enrollment.ts'
import { mandatesOf } from './policies/mandate.ts'

/**
 * Who of a State is seen by its focal points: people of that State who switched on that their ministry may see that they
 * take part, and of their places only those they took as people of that State. Seen are enrollment, attendance and
 * certificate; never answers, marks, failed attempts, evaluations (product.md, "Who sees what").
 */
export type OwnPerson = {
  id: string
  personId: string
  state: string
  name: string
  organization: string | null
  code: string
  title: Words
  status: EnrollmentStatus
  startsOn: string | null
  endsOn: string | null
  /** Minutes of sessions that are over, and those the person was there; none where nothing has taken place. */
  minutes: number
  of: number
  certificate: CertificateKind | null
}

/** States whose people the actor sees: those they are main focal point or deputy of. */
export const statesSeen = (actor: Actor): string[] =>
  mandatesOf(actor).flatMap(({ state, part }) => (part === 'agency' ? [] : [state]))

/** People (alias `p`) and their places (alias `e`) that States given as $1 see. */
const VISIBLE = `p.country = any ($1::text[]) and e.country = p.country and p.ministry_may_see and p.erased_at is null
  and e.status in ('requested', 'waiting', 'enrolled') and t.status <> 'draft'`

/**
 * Places of the own people of the actor's States, the latest first, at most `size`. Which are shown is settled first,
 * State by State from the newest on: minutes are summed up for these alone, not for all a State has.
 */
export const ownPeople = (actor: Actor, before: string | null, size: number): Promise<OwnPerson[]> =>
  sql<OwnPerson>(
    'state.people',
    `with shown as materialized (select place.id from unnest($1::text[]) as seen (state) cross join lateral (
         select e.id from enrollments e
         where e.country = seen.state and ($3::bigint is null or e.id < $3)
           and (select true from people p, trainings t where p.id = e.person_id and t.id = e.training_id and ${VISIBLE})
         order by e.id desc limit $4) place
       order by place.id desc limit $4)
     select e.id, p.id as "personId", p.country as state, p.name_latin as name, p.organization, t.code, coalesce(t.title, v.title) as title,
       e.status, t.starts_on as "startsOn", t.ends_on as "endsOn", m.minutes, m.of, k.kind as certificate
     from shown join enrollments e on e.id = shown.id join people p on p.id = e.person_id
     join trainings t on t.id = e.training_id join course_versions v on v.id = e.course_version_id
     cross join lateral (select coalesce(sum(${MINUTES}), 0)::int as minutes, coalesce(sum(${LENGTH}), 0)::int as of
       from sessions s left join attendances a on a.session_id = s.id and a.enrollment_id = e.id
       where s.training_id = t.id and t.format <> 'self_paced' and ${COUNTS} and s.ends_at <= $2) m
     left join lateral (select c.kind from certificates c where c.enrollment_id = e.id and c.revoked_at is null
       and c.replaced_at is null order by c.id desc limit 1) k on true
     order by e.id desc`,
    [statesSeen(actor), now(), before, size],
  )

/** How many people that are. */
export const ownPeopleCount = async (actor: Actor): Promise<number> =>
  (await one<{ n: number }>(
    'state.people-count',
    `select count(*)::int as n from people p where p.country = any ($1::text[]) and p.ministry_may_see and exists (
       select from enrollments e join trainings t on t.id = e.training_id where e.person_id = p.id and ${VISIBLE})`,
    [statesSeen(actor)],
  ))!.n
