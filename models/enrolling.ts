import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record, transition } from './audit.ts'
import type { EnrollmentStatus } from './enrollment.ts'
import { type Expectations, keepExpectations } from './expecting.ts'
import { type MailKind, notify, recipient } from './notifying.ts'
import { prerequisitesOf, unmetOf } from './offering.ts'
import { eligibility, type Terms } from './policies/enrollment.ts'
import { insist } from './refused.ts'

export type LockedTraining = Terms & { id: string; courseId: string; courseVersionId: string }

/**
 * Enrolls the actor: a place, the waiting list of a full training, or a request where each one is approved. Many posts
 * have one effect: who is in already stays as they are. Someone who comes back after withdrawing gets their own
 * enrollment again, with what they had finished and the attempts they had used, at the end of the line.
 * @param told what the learner tells the trainers, kept where somebody asks: in trainings with sessions
 * @throws Refused with the reasons of `eligibility`
 */
export async function enroll(actor: Actor, trainingId: string, told?: Expectations): Promise<EnrollmentStatus> {
  return inTransaction(async () => {
    // Lock, then count: of forty people three get the last three places.
    const training = await lockTraining(trainingId)
    const before = await ownEnrollment(trainingId, actor.id!)
    if (before && LIVE.includes(before.status)) return before.status
    const verdict = eligibility(training, unmetOf(await prerequisitesOf(training.courseId, actor.id)), now())
    insist(verdict)
    if (!verdict.ok) throw new Error('insist refused')
    const status = verdict.leadsTo
    const id = await put(actor.id!, training, status, before?.id)
    if (told && training.format !== 'self_paced') await keepExpectations(id, told)
    await transition('enrollment', id, before?.status ?? null, status, actor)
    await record(actor, `enrollment.${status}`, 'enrollment', id, { training: trainingId })
    await tell(actor.id!, id, status)
    return status
  })
}

const LIVE: EnrollmentStatus[] = ['requested', 'waiting', 'enrolled']

/** The training with its row locked until the transaction ends, and how many places are taken. Lock it before people. */
export async function lockTraining(id: string): Promise<LockedTraining> {
  const training = await one<Omit<LockedTraining, 'taken'>>(
    'enrolling.lock',
    `select id, course_id as "courseId", course_version_id as "courseVersionId", format, status, zone,
       starts_on as "startsOn", ends_on as "endsOn", enroll_until as "enrollUntil", enrollment_mode as mode, seats
     from trainings where id = $1 for update`,
    [id],
  )
  const taken = await one<{ n: number }>(
    'enrolling.count',
    `select count(*)::int as n from enrollments where training_id = $1 and $2::int is not null
       and (status = 'enrolled' or (status = 'waiting' and offered_until > $3))`,
    [id, training!.seats, now()],
  )
  return { ...training!, taken: taken!.n }
}

function ownEnrollment(trainingId: string, personId: string) {
  return one<{ id: string; status: EnrollmentStatus }>(
    'enrolling.own',
    `select id, status from enrollments where training_id = $1 and person_id = $2
     order by status in ('requested', 'waiting', 'enrolled') desc, id desc limit 1`,
    [trainingId, personId],
  )
}

// Country, agency type and sex as they are on this day: people move, last year's report must not.
async function put(personId: string, training: LockedTraining, status: EnrollmentStatus, again?: string) {
  const row = again
    ? await one<{ id: string }>(
        'enrolling.again',
        `update enrollments e set status = $3, source = 'self', created_at = $4, offer_passed_at = null, country = p.country,
           agency_type = p.agency_type, sex = p.sex
         from people p where e.id = $1 and p.id = $2 returning e.id`,
        [again, personId, status, now()],
      )
    : await one<{ id: string }>(
        'enrolling.put',
        `insert into enrollments (training_id, person_id, course_version_id, source, status, country, agency_type, sex,
           created_at)
         select $1, p.id, $3, 'self', $4, p.country, p.agency_type, p.sex, $5 from people p where p.id = $2 returning id`,
        [training.id, personId, training.courseVersionId, status, now()],
      )
  return row!.id
}

const LETTERS: Partial<Record<EnrollmentStatus, MailKind & `enrollment-${string}`>> = {
  enrolled: 'enrollment-confirmed',
  waiting: 'enrollment-waiting',
}

async function tell(personId: string, enrollmentId: string, status: EnrollmentStatus) {
  const letter = LETTERS[status]
  const to = letter && (await recipient(personId))
  if (!to) return
  const steps = await sql(
    'enrolling.steps',
    `select 1 from transitions where record_kind = 'enrollment' and record_id = $1`,
    [enrollmentId],
  )
  await notify(to, letter, `enrollment:${enrollmentId}:${status}:${steps.length}`, { enrollmentId })
}
