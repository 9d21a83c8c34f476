import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { type EnrollmentStatus, VISIBLE, visibleTo } from './enrollment.ts'
import { isOver, type Terms } from './policies/enrollment.ts'
import { insist, no, type Verdict, YES } from './refused.ts'

/** How well a learner knows the subject, in their own words of three. */
export const LEVELS = ['new', 'some', 'daily'] as const
export type Level = (typeof LEVELS)[number]

/** What a learner tells the trainers, if they like: how well they know the subject, what they hope to take home. */
export type Expectations = { level: Level | null; expectations: string | null }

/** So many characters somebody may hope for: a sentence or three. */
export const LONGEST_HOPE = 300

/**
 * Whether a learner is asked: in trainings with sessions, where somebody reads it, until they end. Of the person's own
 * enrollment `own` is the status, null while there is none.
 */
export function asks(
  terms: Pick<Terms, 'format' | 'status' | 'endsOn' | 'zone'>,
  own: EnrollmentStatus | null,
): Verdict {
  if (terms.format === 'self_paced') return no('expectations.selfPaced')
  const today = now().toZonedDateTimeISO(terms.zone).toPlainDate().toString()
  if (terms.status === 'canceled' || isOver(terms, today)) return no('expectations.over')
  return own === 'declined' || own === 'withdrawn' ? no('expectations.noPlace') : YES
}

/** What the actor has told in their own enrollment; staff may see it too. */
export const expectationsOf = (actor: Actor, enrollmentId: string) =>
  one<Expectations>(
    'expecting.own',
    `select e.level, e.expectations from enrollments e where ${VISIBLE} and e.id = $3`,
    [...visibleTo(actor), enrollmentId],
  )

/**
 * Changes what a learner told the trainers; empty answers take it back.
 * @throws Refused with the reasons of `asks`
 */
export async function tellExpectations(
  actor: Actor,
  training: Pick<Terms, 'format' | 'status' | 'endsOn' | 'zone'> & { id: string },
  told: Expectations,
): Promise<void> {
  await inTransaction(async () => {
    const own = await one<{ id: string; status: EnrollmentStatus }>(
      'expecting.place',
      `select id, status from enrollments where training_id = $1 and person_id = $2
         and status in ('requested', 'waiting', 'enrolled')`,
      [training.id, actor.id],
    )
    insist(asks(training, own?.status ?? 'withdrawn'))
    await keepExpectations(own!.id, told)
    // What was told stays out of the audit: it goes when the person goes.
    await record(actor, 'enrollment.expectations-told', 'enrollment', own!.id)
  })
}

/** Writes what was told. Call it inside a transaction, after the rules. */
export const keepExpectations = (enrollmentId: string, { level, expectations }: Expectations) =>
  sql('expecting.keep', 'update enrollments set level = $2, expectations = $3 where id = $1', [
    enrollmentId,
    level,
    expectations,
  ])
