import { sql } from '../lib/db.ts'
import type { Words } from './course.ts'
import type { EnrollmentStatus } from './enrollment.ts'
import type { Level } from './expecting.ts'
import type { Format, TrainingStatus } from './training.ts'

/** Trainings and their people as the Center's staff sees them. */
export type TrainingLine = {
  id: string
  code: string
  title: Words
  format: Format
  status: TrainingStatus
  startsOn: string | null
  endsOn: string | null
  seats: number | null
  enrolled: number
  waiting: number
  requested: number
  /** Everything done, certificate not issued. */
  eligible: number
}

/** One page of all trainings, or of those with the ids given, the newest first. */
export function trainingLines(ids: string[] | null, before: string | null, limit: number): Promise<TrainingLine[]> {
  return sql<TrainingLine>(
    'roster.trainings',
    `select t.id, t.code, coalesce(t.title, v.title) as title, t.format, t.status, t.starts_on as "startsOn",
       t.ends_on as "endsOn", t.seats, n.enrolled, n.waiting, n.requested, n.eligible
     from trainings t join course_versions v on v.id = t.course_version_id
     join lateral (select count(*) filter (where e.status = 'enrolled')::int as enrolled,
         count(*) filter (where e.status = 'waiting')::int as waiting,
         count(*) filter (where e.status = 'requested')::int as requested,
         count(*) filter (where e.status = 'enrolled' and e.eligible_at is not null and not exists (
           select 1 from certificates k where k.enrollment_id = e.id and k.revoked_at is null and k.replaced_at is null
         ))::int as eligible
       from enrollments e where e.training_id = t.id) n on true
     where ($1::bigint is null or t.id < $1) and ($3::bigint[] is null or t.id = any($3))
     order by t.id desc limit $2`,
    [before, limit, ids],
  )
}

export const LISTED_STATUSES = ['enrolled', 'waiting', 'requested', 'declined', 'withdrawn'] as const

export type RosterLine = {
  id: string
  personId: string
  name: string
  country: string | null
  countryName: Words | null
  agencyType: string | null
  status: EnrollmentStatus
  createdAt: Temporal.Instant
  done: number
  total: number
  best: string | null
  eligibleAt: Temporal.Instant | null
  certificate: string | null
}

/** One page of the people of a training with one status, in the order in which they came. */
export function roster(trainingId: string, status: EnrollmentStatus, after: string | null, limit: number) {
  return sql<RosterLine>(
    'roster.people',
    `select e.id, p.id as "personId", coalesce(p.name_latin, '') as name, e.country, s.name as "countryName",
       e.agency_type as "agencyType", e.status, e.created_at as "createdAt", e.eligible_at as "eligibleAt",
       (select count(*)::int from progress g where g.enrollment_id = e.id) as done,
       (select count(*)::int from course_parts c where c.course_version_id = e.course_version_id and c.kind = 'lesson') as total,
       (select max(g.percent) from grades g where g.enrollment_id = e.id and g.computed_from is not null) as best,
       (select k.code from certificates k where k.enrollment_id = e.id and k.revoked_at is null and k.replaced_at is null
         limit 1) as certificate
     from enrollments e join people p on p.id = e.person_id left join states s on s.iso2 = e.country
     where e.training_id = $1 and e.status = $2 and ($3::bigint is null or (e.created_at, e.id) >
       (select created_at, id from enrollments where id = $3))
     order by e.created_at, e.id limit $4`,
    [trainingId, status, after, limit],
  )
}

export type SheetLine = RosterLine & {
  nameCyrillic: string | null
  email: string | null
  organization: string | null
  sex: string
  level: Level | null
  expectations: string | null
}

/** All people of a training, for the spreadsheet of those who run it. */
export function wholeRoster(trainingId: string): Promise<SheetLine[]> {
  return sql<SheetLine>(
    'roster.whole',
    `select e.id, p.id as "personId", coalesce(p.name_latin, '') as name, p.name_cyrillic as "nameCyrillic",
       a.email::text as email, p.organization, e.sex, e.level, e.expectations, e.country, s.name as "countryName", e.agency_type as "agencyType", e.status,
       e.created_at as "createdAt", e.eligible_at as "eligibleAt",
       (select count(*)::int from progress g where g.enrollment_id = e.id) as done,
       (select count(*)::int from course_parts c where c.course_version_id = e.course_version_id and c.kind = 'lesson') as total,
       (select max(g.percent) from grades g where g.enrollment_id = e.id and g.computed_from is not null) as best,
       (select k.code from certificates k where k.enrollment_id = e.id and k.revoked_at is null and k.replaced_at is null
         limit 1) as certificate
     from enrollments e join people p on p.id = e.person_id left join accounts a on a.person_id = p.id
     left join states s on s.iso2 = e.country where e.training_id = $1 order by e.status, e.created_at, e.id`,
    [trainingId],
  )
}
