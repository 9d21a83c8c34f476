import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import type { Attempt } from './attempt.ts'
import { record } from './audit.ts'
import { lockEnrollment } from './closing-attempts.ts'
import { notify, recipient } from './notifying.ts'
import { grantsAttempts } from './policies/testing.ts'
import { no, Refused, type Verdict, YES } from './refused.ts'
import { deadlineFor, type Feedback, lateUntil, rulesOf } from './test-rules.ts'

/** What a training sets for its test. What is null is as the course version says, or does not exist. */
export type TestSettings = {
  opensAt: Temporal.Instant | null
  closesAt: Temporal.Instant | null
  waitHours: number | null
  accessCode: string | null
  feedback: Feedback | null
}

/** What is different for one person. Times that are null are those of everybody. */
export type Adjustment = {
  extraAttempts: number
  extraPercent: number
  extraMinutes: number
  opensAt: Temporal.Instant | null
  closesAt: Temporal.Instant | null
  reason: string
}

export const NO_ADJUSTMENT: Adjustment = {
  ...{ extraAttempts: 0, extraPercent: 0, extraMinutes: 0 },
  ...{ opensAt: null, closesAt: null, reason: '' },
}

type Test = { trainingId: string; assessmentId: string }

/** Sets the rules of one training's test beside those of its course version. They hold for attempts that begin later. */
export async function setTest(actor: Actor, { trainingId, assessmentId }: Test, settings: TestSettings) {
  inOrder(settings)
  const { opensAt, closesAt, waitHours, accessCode, feedback } = settings
  await inTransaction(async () => {
    await sql('adjusting.lock-training', 'select id from trainings where id = $1 for no key update', [trainingId])
    await sql(
      'adjusting.set',
      `insert into test_settings (training_id, assessment_id, opens_at, closes_at, wait_hours, access_code, feedback, by_id, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (training_id, assessment_id) do update set opens_at = excluded.opens_at, closes_at = excluded.closes_at,
         wait_hours = excluded.wait_hours, access_code = excluded.access_code, feedback = excluded.feedback,
         by_id = excluded.by_id, at = excluded.at`,
      [trainingId, assessmentId, opensAt, closesAt, waitHours, accessCode, feedback, actor.id, now()],
    )
    // The access code is a secret of those who are to know it.
    const told = { ...settings, accessCode: accessCode !== null }
    await record(actor, 'test.set', 'training', trainingId, JSON.parse(JSON.stringify(told)))
  })
}

type Taker = { enrollmentId: string; assessmentId: string; personId: string }

/**
 * Gives one person other rules, with the reason, and tells them: all that is different for them, not what is added now.
 * An attempt that is open gets the time at once.
 * @throws Refused where the actor may not give attempts, or as `inOrder` says
 */
export async function adjust(actor: Actor, { enrollmentId, assessmentId, personId }: Taker, adjustment: Adjustment) {
  inOrder(adjustment)
  const { extraAttempts, extraPercent, extraMinutes, opensAt, closesAt, reason } = adjustment
  await inTransaction(async () => {
    await lockEnrollment(enrollmentId)
    const was = await adjustmentOf(enrollmentId, assessmentId)
    const verdict = mayGive(actor, was, adjustment)
    if (!verdict.ok) throw new Refused(verdict.reason, { field: 'extraAttempts' })
    await sql(
      'adjusting.adjust',
      `insert into test_adjustments (enrollment_id, assessment_id, extra_attempts, extra_percent, extra_minutes, opens_at,
         closes_at, reason, by_id, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict (enrollment_id, assessment_id) do update set extra_attempts = excluded.extra_attempts,
         extra_percent = excluded.extra_percent, extra_minutes = excluded.extra_minutes, opens_at = excluded.opens_at,
         closes_at = excluded.closes_at, reason = excluded.reason, by_id = excluded.by_id, at = excluded.at`,
      [
        ...[enrollmentId, assessmentId, extraAttempts, extraPercent, extraMinutes, opensAt, closesAt],
        ...[reason, actor.id, now()],
      ],
    )
    await moveOpen(enrollmentId, assessmentId)
    // The reason may tell of a person's health: it stands with the rules, not in a trail that cannot be erased.
    const { reason: _, ...rules } = adjustment
    await record(actor, 'test.adjusted', 'enrollment', enrollmentId, JSON.parse(JSON.stringify(rules)))
    const to = await recipient(personId)
    if (to) await notify(to, 'test-adjusted', `test-adjusted:${enrollmentId}:${now()}`, { enrollmentId, assessmentId })
  })
}

/** Whether the actor may give these rules: attempts only by who grants them; time and dates by whoever runs the training. */
export const mayGive = (actor: Actor, was: Adjustment, given: Adjustment): Verdict =>
  given.extraAttempts === was.extraAttempts || grantsAttempts(actor) ? YES : no('attempt.notGranted')

/** What is different for one person now. */
export async function adjustmentOf(enrollmentId: string, assessmentId: string): Promise<Adjustment> {
  const row = await one<Adjustment>(
    'adjusting.of',
    `select extra_attempts as "extraAttempts", extra_percent as "extraPercent", extra_minutes as "extraMinutes",
       opens_at as "opensAt", closes_at as "closesAt", reason from test_adjustments
     where enrollment_id = $1 and assessment_id = $2`,
    [enrollmentId, assessmentId],
  )
  return row ?? NO_ADJUSTMENT
}

async function moveOpen(enrollmentId: string, assessmentId: string) {
  const open = await one<Pick<Attempt, 'id' | 'startedAt' | 'givenBack'>>(
    'adjusting.open',
    `select id, started_at as "startedAt", given_back as "givenBack" from attempts
     where enrollment_id = $1 and assessment_id = $2 and handed_in_at is null for no key update`,
    [enrollmentId, assessmentId],
  )
  if (!open) return
  const deadline =
    deadlineFor(await rulesOf({ enrollmentId, assessmentId }), open.startedAt)?.add({ seconds: open.givenBack }) ?? null
  await sql('adjusting.move', 'update attempts set deadline_at = $2, late_until = $3 where id = $1', [
    open.id,
    deadline,
    lateUntil(deadline),
  ])
}

/** @throws Refused where a test closes before it opens */
function inOrder({ opensAt, closesAt }: Pick<TestSettings, 'opensAt' | 'closesAt'>) {
  if (opensAt && closesAt && Temporal.Instant.compare(opensAt, closesAt) >= 0)
    throw new Refused('attempt.windowOrder', { field: 'closesDay' })
}
