import { inTransaction, one, sql } from '../lib/db.ts'
import { newToken } from '../lib/secrets.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import {
  type Attempt,
  ATTEMPT_COLUMNS,
  attemptsAt,
  isDue,
  isOver,
  type Place,
  type Sitting,
  stateOf,
} from './attempt.ts'
import { record } from './audit.ts'
import { close, lockEnrollment } from './closing-attempts.ts'
import { bankShort, itemsInUse } from './bank-in-use.ts'
import { draw } from './drawing.ts'
import type { EnrollmentStatus } from './enrollment.ts'
import { formOf, mayMeasure } from './measuring.ts'
import { insist, no, Refused, type Verdict, YES } from './refused.ts'
import { deadlineFor, lateUntil, rulesOf } from './test-rules.ts'
import type { TrainingStatus } from './training.ts'

/**
 * Verbs of taking a test: start, hand in. They lock the enrollment first and the attempt second, always in this order;
 * saving answers (answering.ts) locks the attempt alone.
 */

export type StartingFacts = {
  enrollmentStatus: EnrollmentStatus
  trainingStatus: TrainingStatus
  startsOn: string | null
  /** Today in the zone of the training. */
  today: string
  at: Temporal.Instant
  opensAt: Temporal.Instant | null
  closesAt: Temporal.Instant | null
  used: number
  allowed: number
  /** Whether answers of an attempt whose time is over may still arrive. */
  awaiting: boolean
  /** When the wait after the last attempt ends; null without one. */
  againAt: Temporal.Instant | null
}

/** Whether a learner may begin another attempt. Lessons need not be finished: a learner may test what they know first. */
export function mayStart(facts: StartingFacts): Verdict {
  const { enrollmentStatus, trainingStatus, startsOn, today, at, opensAt, closesAt, used, allowed, againAt } = facts
  if (enrollmentStatus !== 'enrolled') return no('attempt.notEnrolled')
  if (trainingStatus !== 'published' && trainingStatus !== 'running') return no('attempt.trainingClosed')
  if (startsOn && today < startsOn) return no('attempt.notYet')
  if (opensAt && isBefore(at, opensAt)) return no('attempt.opensLater')
  if (closesAt && !isBefore(at, closesAt)) return no('attempt.testClosed')
  if (facts.awaiting) return no('attempt.awaiting')
  if (used >= allowed) return no('attempt.noneLeft', { count: allowed })
  if (againAt && isBefore(at, againAt)) return no('attempt.tooSoon')
  return YES
}

const isBefore = (one: Temporal.Instant, other: Temporal.Instant) => Temporal.Instant.compare(one, other) < 0

/** The facts of `mayStart` for a place with its attempts so far. */
export function startingFacts(place: Place, attempts: Attempt[], at = now()): StartingFacts {
  const last = attempts.at(-1)?.handedInAt
  return {
    ...place,
    // What is measured before a training is asked before its first day too; until when, says measuring.ts.
    startsOn: place.kind === 'pre' ? null : place.startsOn,
    at,
    used: attempts.length,
    today: at.toZonedDateTimeISO(place.zone).toPlainDate().toString(),
    awaiting: attempts.some(attempt => stateOf(attempt, at) === 'over' && !isDue(attempt, at)),
    againAt: last && place.waitHours ? last.add({ hours: place.waitHours }) : null,
  }
}

/**
 * Begins an attempt, or returns the open one: many presses of the button, on many devices, make one attempt.
 * @param code what was typed where the test asks for an access code
 * @throws Refused with the reasons of `mayStart`, attempt.wrongCode or attempt.bankShort
 */
export async function start(actor: Actor, seen: Place, code = ''): Promise<Attempt> {
  return inTransaction(async () => {
    const enrollmentStatus = await lockEnrollment(seen.enrollmentId)
    let attempts = await attemptsAt(seen)
    const open = attempts.find(attempt => !attempt.handedInAt)
    if (open && !isOver(open)) return open
    if (open && isDue(open)) {
      await close(open.id, null)
      attempts = await attemptsAt(seen)
    }
    // Time or attempts may have been given while this waited for the lock.
    const place = { ...seen, ...(await rulesOf(seen)) }
    insist(mayStart({ ...startingFacts(place, attempts), enrollmentStatus }))
    if (place.kind !== 'test') insist(await mayMeasure(place))
    if (place.hasCode) await checkCode(place, code)
    return begin(actor, place, (attempts.at(-1)?.number ?? 0) + 1)
  })
}

/** Hands an attempt in and grades it; after its time, says that nothing more will come. A closed one stays as it is. */
export async function handIn(actor: Actor, sitting: Sitting) {
  await inTransaction(async () => {
    await lockEnrollment(sitting.enrollmentId)
    await close(sitting.id, actor)
  })
}

async function checkCode({ trainingId, assessmentId }: Place, typed: string) {
  const fits = await one(
    'attempt.code',
    `select 1 from test_settings where training_id = $1 and assessment_id = $2
       and (access_code is null or lower(access_code) = lower($3))`,
    [trainingId, assessmentId, typed.trim()],
  )
  if (!fits) throw new Refused('attempt.wrongCode', { field: 'code' })
}

async function begin(actor: Actor, place: Place, number: number): Promise<Attempt> {
  const seed = newToken()
  const { items, form } = place.kind === 'test' ? await drawn(seed, place) : await formOf(place)
  const startedAt = now()
  const deadline = deadlineFor(place, startedAt)
  const attempt = await one<Attempt>(
    'attempt.add',
    `insert into attempts as a (assessment_id, enrollment_id, number, seed, started_at, deadline_at, late_until, form)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning ${ATTEMPT_COLUMNS}`,
    [place.assessmentId, place.enrollmentId, number, seed, startedAt, deadline, lateUntil(deadline), form],
  )
  // The index of open attempts holds even if someone forgets the lock: lead to the attempt that is there.
  if (!attempt) return (await attemptsAt(place)).find(each => !each.handedInAt)!
  await sql(
    'attempt.add-items',
    `insert into attempt_items (attempt_id, position, item_version_id)
     select $1, n, item from unnest($2::bigint[]) with ordinality as drawn (item, n)`,
    [attempt.id, items],
  )
  await record(actor, 'attempt.started', 'attempt', attempt.id, { training: place.code, number })
  return attempt
}

/** The questions of one attempt, by their ids. */
async function drawn(seed: string, place: Place): Promise<{ items: string[]; form: null }> {
  const bank = await itemsInUse(place)
  const own = draw(
    seed,
    place.blueprint,
    bank.filter(item => item.own),
  )
  // Questions the course got by a later version fill in where too few of this one's are still in use.
  const all = own.items ? own : draw(seed, place.blueprint, bank)
  if (!all.items) throw bankShort(place, all.short)
  return { items: all.items.map(item => item.id), form: null }
}
