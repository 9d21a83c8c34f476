import { one } from '../lib/db.ts'

/**
 * The rules of a test for one learner: those of the course version, what the training set beside them
 * (`test_settings`), and what was adjusted for this person (`test_adjustments`).
 */
export type TestRules = {
  /** How many attempts the learner has, extra ones included. */
  allowed: number
  /** Minutes as the course says, before extra time; null without a limit. */
  minutes: number | null
  extraPercent: number
  extraMinutes: number
  /** Attempts may begin from and until then. Who has begun keeps the whole time. */
  opensAt: Temporal.Instant | null
  closesAt: Temporal.Instant | null
  waitHours: number | null
  /** Whether an access code has to be typed; the code itself is never loaded for a learner. */
  hasCode: boolean
  feedback: Feedback
  /** Why something is different for this learner; null where nothing is. */
  ownReason: string | null
}

/** When right answers and reasons are shown: once the attempt is closed, once the test is closed to all, or never. */
export const FEEDBACK = ['after_attempt', 'after_closing', 'never'] as const
export type Feedback = (typeof FEEDBACK)[number]

/** Columns of `TestRules`, for statements that know t (training), s (assessment) and RULES_JOINED. */
export const RULE_COLUMNS = `s.attempts + coalesce(x.extra_attempts, 0) as allowed, s.minutes,
  coalesce(x.extra_percent, 0) as "extraPercent", coalesce(x.extra_minutes, 0) as "extraMinutes",
  coalesce(x.opens_at, r.opens_at) as "opensAt", coalesce(x.closes_at, r.closes_at) as "closesAt",
  r.wait_hours as "waitHours", r.access_code is not null as "hasCode", coalesce(r.feedback, s.feedback) as feedback, x.reason as "ownReason"`

export const RULES_JOINED = `left join test_settings r on r.training_id = t.id and r.assessment_id = s.id
  left join test_adjustments x on x.enrollment_id = e.id and x.assessment_id = s.id`

/** The rules as they are now: call it with the enrollment locked, since they change under the same lock. */
export async function rulesOf(place: { enrollmentId: string; assessmentId: string }): Promise<TestRules> {
  const rules = await one<TestRules>(
    'rules.now',
    `select ${RULE_COLUMNS} from enrollments e join trainings t on t.id = e.training_id
     join assessments s on s.id = $2 ${RULES_JOINED} where e.id = $1`,
    [place.enrollmentId, place.assessmentId],
  )
  return rules!
}

/** Minutes a learner has, extra time included and rounded up to whole minutes; null without a limit. */
export const minutesFor = ({ minutes, extraPercent, extraMinutes }: Times): number | null =>
  minutes === null ? null : Math.ceil((minutes * (100 + extraPercent)) / 100) + extraMinutes

type Times = Pick<TestRules, 'minutes' | 'extraPercent' | 'extraMinutes'>

/** When an attempt that begins then ends: without a limit of time at the closing of the test, if it closes. */
export function deadlineFor(rules: Times & Pick<TestRules, 'closesAt'>, startedAt: Temporal.Instant) {
  const minutes = minutesFor(rules)
  return minutes === null ? rules.closesAt : startedAt.add({ minutes })
}

/** Answers given in time may arrive so long after the deadline. */
const LATE = { minutes: 15 }

/** Until when answers given before a deadline may arrive. */
export const lateUntil = (deadline: Temporal.Instant | null): Temporal.Instant | null => deadline?.add(LATE) ?? null
