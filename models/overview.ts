import { one } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Words } from './course.ts'

/** A training at a glance, by one statement. */
export type Overview = {
  title: Words
  courseCode: string
  enrolled: number
  waiting: number
  requested: number
  eligible: number
  sessions: number
  materials: number
  unannounced: number
  /** Whether its works are handed in and marked here. */
  hasAssignment: boolean
  hasTest: boolean
  /** Tests that wait for people to mark essays. */
  unmarked: number
  nextSession: Temporal.Instant | null
  copiedFrom: string | null
  project: Words | null
  /** Whether certificates bear logos of the training's own. */
  ownLogos: boolean
}

/** Counts and next dates of a training for the people who run it. */
export const overviewOf = (trainingId: string): Promise<Overview | undefined> =>
  one<Overview>(
    'overview.training',
    `select coalesce(t.title, v.title) as title, c.code as "courseCode", source.code as "copiedFrom", project.title as project,
       exists (select 1 from assessments a where a.course_version_id = t.course_version_id and a.kind = 'assignment'
         and t.format = any (a.formats)) as "hasAssignment",
       exists (select 1 from assessments a where a.course_version_id = t.course_version_id and a.kind = 'test') as "hasTest",
       (select count(*)::int from (select enrollment_id from attempts where handed_in_at is not null and percent is null) a
         join enrollments x on x.id = a.enrollment_id and x.training_id = t.id and x.status = 'enrolled') as unmarked,
       t.logos is not null as "ownLogos",
       e.enrolled, e.waiting, e.requested, e.eligible, s.sessions, s.unannounced, s.next as "nextSession",
       (select count(*)::int from materials m where m.training_id = t.id and m.removed_at is null) as materials
     from trainings t join courses c on c.id = t.course_id join course_versions v on v.id = t.course_version_id
     left join trainings source on source.id = t.copied_from_id left join projects project on project.id = t.project_id
     join lateral (select count(*) filter (where status = 'enrolled')::int as enrolled,
         count(*) filter (where status = 'waiting')::int as waiting,
         count(*) filter (where status = 'requested')::int as requested,
         count(*) filter (where status = 'enrolled' and eligible_at is not null and not exists (select 1 from certificates k
           where k.enrollment_id = x.id and k.revoked_at is null and k.replaced_at is null))::int as eligible
       from enrollments x where x.training_id = t.id) e on true
     join lateral (select count(*) filter (where canceled_at is null and kind = 'session')::int as sessions,
         count(*) filter (where published is null and canceled_at is null and kind = 'session')::int as unannounced,
         min(starts_at) filter (where canceled_at is null and ends_at > $2 and kind = 'session') as next
       from sessions y where y.training_id = t.id) s on true
     where t.id = $1`,
    [trainingId, now()],
  )
