import { sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Words } from './course.ts'
import { LAST_BEGINS } from './evaluating.ts'
import type { EnrollmentStatus } from './enrollment.ts'
import type { Format, TrainingStatus } from './training.ts'

/** What a person learns: their live enrollments with all that the next step depends on. */
export type MyEnrollment = {
  id: string
  trainingId: string
  code: string
  title: Words
  courseVersionId: string
  status: EnrollmentStatus
  trainingStatus: TrainingStatus
  format: Format
  zone: string
  startsOn: string | null
  endsOn: string | null
  /** When the last session that counts begins, as announced. */
  lastBegins: string | null
  issueWithinDays: number
  eligibleAt: Temporal.Instant | null
  namesConfirmedAt: Temporal.Instant | null
  /** When this person last finished a lesson of it. */
  lastFinishedAt: Temporal.Instant | null
  createdAt: Temporal.Instant
  certificateIssuedAt: Temporal.Instant | null
  attempts: { used: number; allowed: number | null; open: boolean; deadlineAt: Temporal.Instant | null }
}

type Row = Omit<MyEnrollment, 'attempts'> & {
  used: number
  allowed: number | null
  open: boolean
  deadlineAt: Temporal.Instant | null
}

/** A person's live enrollments, what is not certified yet first, then the latest. */
export async function enrollmentsOf(personId: string, limit = 30): Promise<MyEnrollment[]> {
  const rows = await sql<Row>(
    'my.enrollments',
    `select e.id, t.id as "trainingId", t.code, coalesce(t.title, v.title) as title,
       e.course_version_id as "courseVersionId", e.status, t.status as "trainingStatus", t.format, t.zone,
       t.starts_on as "startsOn", t.ends_on as "endsOn", ${LAST_BEGINS} as "lastBegins", t.issue_within_days as "issueWithinDays",
       e.eligible_at as "eligibleAt", e.names_confirmed_at as "namesConfirmedAt", e.created_at as "createdAt",
       g.last as "lastFinishedAt", k.issued_at as "certificateIssuedAt",
       a.used, a.allowed, coalesce(a.open, false) as open, a.deadline as "deadlineAt"
     from enrollments e
     join trainings t on t.id = e.training_id
     join course_versions v on v.id = e.course_version_id
     left join lateral (select max(finished_at) as last from progress where enrollment_id = e.id) g on true
     left join lateral (select max(issued_at) as issued_at from certificates where enrollment_id = e.id
       and revoked_at is null and replaced_at is null) k on true
     left join lateral (
       select max(s.attempts) as allowed, count(at.id)::int as used,
         bool_or(at.id is not null and at.handed_in_at is null and coalesce(at.deadline_at >= $3, true)) as open,
         max(at.deadline_at) filter (where at.handed_in_at is null) as deadline
       from assessments s left join attempts at on at.assessment_id = s.id and at.enrollment_id = e.id
       where s.course_version_id = e.course_version_id and s.kind = 'test') a on true
     where e.person_id = $1 and e.status in ('requested', 'waiting', 'enrolled')
     order by k.issued_at is not null, e.id desc limit $2`,
    [personId, limit, now()],
  )
  return rows.map(({ used, allowed, open, deadlineAt, ...row }) => ({
    ...row,
    attempts: { used, allowed, open, deadlineAt },
  }))
}

export type LessonStep = {
  enrollmentId: string
  id: string
  code: string
  title: Words
  minutes: number | null
  done: boolean
}

/** The lessons of several enrollments, each in its order, by one statement. */
export function lessonStepsOf(enrollmentIds: string[]): Promise<LessonStep[]> {
  if (!enrollmentIds.length) return Promise.resolve([])
  return sql<LessonStep>(
    'my.lessons',
    `select e.id as "enrollmentId", l.id, l.code, v.title, v.minutes, g.lesson_id is not null as done
     from enrollments e
     join course_parts p on p.course_version_id = e.course_version_id
     join lesson_versions v on v.id = p.lesson_version_id
     join lessons l on l.id = v.lesson_id
     left join progress g on g.enrollment_id = e.id and g.lesson_id = l.id
     where e.id = any ($1) order by e.id, p.position`,
    [enrollmentIds],
  )
}
