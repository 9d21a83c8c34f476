import { one, sql } from '../lib/db.ts'
import type { TestSettings } from './adjusting.ts'
import type { Words } from './course.ts'
import type { Blueprint } from './drawing.ts'
import type { Feedback } from './test-rules.ts'

/** The test of a training as those who run it see it: the rules of its course version, and what was set beside them. */
export type ManagedTest = {
  assessmentId: string
  title: Words
  blueprint: Blueprint
  passPercent: number
  attempts: number
  minutes: number | null
  courseFeedback: Feedback
  settings: TestSettings
}

type Row = Omit<ManagedTest, 'settings'> & TestSettings

/** The test of a training; undefined where its course has none. */
export async function testIn(trainingId: string): Promise<ManagedTest | undefined> {
  const row = await one<Row>(
    'takers.test',
    `select s.id as "assessmentId", s.title, s.blueprint, s.pass_percent as "passPercent", s.attempts, s.minutes,
       s.feedback as "courseFeedback", r.opens_at as "opensAt", r.closes_at as "closesAt", r.wait_hours as "waitHours",
       r.access_code as "accessCode", r.feedback
     from trainings t join assessments s on s.course_version_id = t.course_version_id and s.kind = 'test'
     left join test_settings r on r.training_id = t.id and r.assessment_id = s.id where t.id = $1 order by s.id limit 1`,
    [trainingId],
  )
  if (!row) return undefined
  const { opensAt, closesAt, waitHours, accessCode, feedback, ...test } = row
  return { ...test, settings: { opensAt, closesAt, waitHours, accessCode, feedback } }
}

/** One person of a training with what they did of its test. Percents only of closed attempts. */
export type TakerLine = {
  enrollmentId: string
  personId: string
  name: string
  used: number
  extraAttempts: number
  /** When the open attempt ends; `open` also where it has no limit. */
  open: boolean
  deadlineAt: Temporal.Instant | null
  lastClosedAt: Temporal.Instant | null
  best: string | null
  /** Answers that arrived after the deadline and count, in all closed attempts. */
  late: number
  /** Whether an attempt waits for marks. */
  unmarked: boolean
  adjusted: boolean
}

const LINES = `select e.id as "enrollmentId", p.id as "personId", coalesce(p.name_latin, '') as name,
    coalesce(x.extra_attempts, 0) as "extraAttempts", x.enrollment_id is not null as adjusted,
    a.used, coalesce(a.open, false) as open, a.deadline as "deadlineAt", a.closed as "lastClosedAt", a.best, l.late,
    coalesce(a.unmarked, false) as unmarked
  from enrollments e join people p on p.id = e.person_id
  left join test_adjustments x on x.enrollment_id = e.id and x.assessment_id = $2
  left join lateral (select count(*)::int as used, bool_or(handed_in_at is null) as open,
      max(deadline_at) filter (where handed_in_at is null) as deadline, max(handed_in_at) as closed, max(percent) as best,
      bool_or(handed_in_at is not null and percent is null) as unmarked
    from attempts where enrollment_id = e.id and assessment_id = $2) a on true
  left join lateral (select count(distinct (n.attempt_id, n.item_version_id))::int as late
    from attempts at join answers n on n.attempt_id = at.id and n.received_at > at.deadline_at
    where at.enrollment_id = e.id and at.assessment_id = $2 and at.handed_in_at is not null) l on true
  where e.training_id = $1 and e.status = 'enrolled' and ($3::bigint is null or e.id > $3)
    and ($5::bigint is null or e.id = $5)
  order by e.id limit $4`

/** One page of the people of a training, in the order of enrolling. */
export const takersIn = (trainingId: string, assessmentId: string, after: string | null, limit: number) =>
  sql<TakerLine>('takers.lines', LINES, [trainingId, assessmentId, after, limit, null])

/** One person of the training. */
export const takerIn = (trainingId: string, assessmentId: string, enrollmentId: string) =>
  one<TakerLine>('takers.lines', LINES, [trainingId, assessmentId, null, 1, enrollmentId])

/** One attempt of a person, without a word of what was asked or answered. */
export type TakenAttempt = {
  number: number
  startedAt: Temporal.Instant
  deadlineAt: Temporal.Instant | null
  lateUntil: Temporal.Instant | null
  handedInAt: Temporal.Instant | null
  closedBy: 'learner' | 'time' | null
  percent: string | null
  receipt: string | null
  givenBack: number
  late: number
}

/** The attempts of one person at the test, first to last. */
export const attemptsTaken = (enrollmentId: string, assessmentId: string) =>
  sql<TakenAttempt>(
    'takers.attempts',
    `select a.number, a.started_at as "startedAt", a.deadline_at as "deadlineAt", a.late_until as "lateUntil",
       a.handed_in_at as "handedInAt", a.closed_by as "closedBy", a.percent, a.receipt, a.given_back as "givenBack",
       (select count(distinct n.item_version_id)::int from answers n where n.attempt_id = a.id
         and n.received_at > a.deadline_at) as late
     from attempts a where a.enrollment_id = $1 and a.assessment_id = $2 order by a.number`,
    [enrollmentId, assessmentId],
  )
