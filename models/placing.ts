import { inTransaction, one, sql } from '../lib/db.ts'
import { fingerprint, newToken } from '../lib/secrets.ts'
import { now } from '../lib/time.ts'
import { record, transition } from './audit.ts'
import type { Words } from './course.ts'
import { lockTraining, type LockedTraining } from './enrolling.ts'
import { notify, recipient } from './notifying.ts'

/** So long a free place is held for the first in line: three days, less when the training begins sooner. */
const HELD_FOR = { hours: 72 }

/**
 * Offers the free places of a training to the first in line, each for a time and with a link to take or decline it.
 * A place offered is held: it counts as taken. Call it with the training locked.
 */
export async function offerFreePlaces(training: LockedTraining) {
  if (!['published', 'running'].includes(training.status)) return
  const free = training.seats === null ? 1000 : training.seats - training.taken
  if (free <= 0) return
  const line = await sql<{ id: string; personId: string }>(
    'placing.line',
    `select id, person_id as "personId" from enrollments where training_id = $1 and status = 'waiting'
       and (offered_until is null or offered_until <= $3) and offer_passed_at is null
     order by created_at, id limit $2`,
    [training.id, free, now()],
  )
  for (const { id, personId } of line) {
    const token = newToken()
    await sql('placing.offer', 'update enrollments set offered_until = $2, offer_hash = $3 where id = $1', [
      id,
      heldUntil(training),
      fingerprint(token),
    ])
    await record(null, 'place.offered', 'enrollment', id, { training: training.id })
    const to = await recipient(personId)
    if (to)
      await notify(to, 'place-offered', `enrollment:${id}:offer:${fingerprint(token).slice(0, 12)}`, {
        enrollmentId: id,
        link: `/offers/${token}`,
      })
  }
}

function heldUntil({ startsOn, zone }: LockedTraining): Temporal.Instant {
  const usual = now().add(HELD_FOR)
  if (!startsOn) return usual
  const begins = Temporal.PlainDate.from(startsOn).toZonedDateTime(zone).toInstant()
  const soon = Temporal.Instant.compare(begins, usual) < 0 && Temporal.Instant.compare(begins, now()) > 0
  return soon ? begins : usual
}

export type Offered = {
  enrollmentId: string
  trainingId: string
  personId: string
  code: string
  title: Words
  status: string
  offeredUntil: Temporal.Instant | null
  live: boolean
}

/** What a link of an offer leads to; undefined for a link that never was. */
export async function offerAt(token: string): Promise<Offered | undefined> {
  return one<Offered>(
    'placing.at',
    `select e.id as "enrollmentId", e.training_id as "trainingId", e.person_id as "personId", t.code,
       coalesce(t.title, v.title) as title, e.status, e.offered_until as "offeredUntil",
       (e.status = 'waiting' and e.offered_until > $2) as live
     from enrollments e join trainings t on t.id = e.training_id join course_versions v on v.id = e.course_version_id
     where e.offer_hash = $1`,
    [fingerprint(token), now()],
  )
}

/** Takes or declines an offered place; who declines leaves the line, and the next one is asked. Twice changes nothing. */
export async function answerOffer(offer: Offered, answer: 'take' | 'decline'): Promise<'taken' | 'declined' | 'over'> {
  return inTransaction(async () => {
    const training = await lockTraining(offer.trainingId)
    const row = await one<{ status: string; live: boolean }>(
      'placing.lock',
      `select status, coalesce(offered_until > $2, false) as live from enrollments where id = $1 for update`,
      [offer.enrollmentId, now()],
    )
    if (row!.status === 'enrolled') return 'taken'
    if (row!.status !== 'waiting' || !row!.live) return row!.status === 'withdrawn' ? 'declined' : 'over'
    const who = { id: offer.personId }
    const to = answer === 'take' ? 'enrolled' : 'withdrawn'
    await sql('placing.answer', 'update enrollments set status = $2, offered_until = null where id = $1', [
      offer.enrollmentId,
      to,
    ])
    await transition(
      'enrollment',
      offer.enrollmentId,
      'waiting',
      to,
      who,
      answer === 'take' ? 'offer taken' : 'offer declined',
    )
    await record(who, `place.${answer === 'take' ? 'taken' : 'declined'}`, 'enrollment', offer.enrollmentId)
    if (answer === 'decline') {
      await offerFreePlaces({ ...training, taken: training.taken - 1 })
      return 'declined'
    }
    const recipientOf = await recipient(offer.personId)
    if (recipientOf)
      await notify(recipientOf, 'enrollment-confirmed', `enrollment:${offer.enrollmentId}:taken`, {
        enrollmentId: offer.enrollmentId,
      })
    return 'taken'
  })
}

/** Offers that ran out: the person keeps their place in line behind those not asked yet, and the next one is asked. */
export async function passOnExpired(): Promise<number> {
  const trainings = await sql<{ id: string }>(
    'placing.expired',
    `select distinct training_id as id from enrollments where status = 'waiting' and offered_until <= $1 order by 1`,
    [now()],
  )
  for (const { id } of trainings)
    await inTransaction(async () => {
      await lockTraining(id)
      await sql(
        'placing.pass-on',
        `update enrollments set offered_until = null, offer_hash = null, offer_passed_at = $2
         where training_id = $1 and status = 'waiting' and offered_until <= $2`,
        [id, now()],
      )
      await offerFreePlaces(await lockTraining(id))
    })
  return trainings.length
}
