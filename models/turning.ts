import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { announce } from './announcing.ts'
import { record, transition } from './audit.ts'
import { NOT_HELD } from './clashes.ts'
import type { Words } from './course.ts'
import { lockTraining } from './enrolling.ts'
import { later } from './jobs.ts'
import { offerFreePlaces } from './placing.ts'
import { missingToPublish, type Readiness, type Step, step } from './policies/running.ts'
import { insist, Refused } from './refused.ts'
import { signersOf } from './signing.ts'
import type { Training, TrainingStatus } from './training.ts'

/** What stands between a draft and its publication, as keys under `trainings.missing`. */
export async function missingOf(training: Training): Promise<string[]> {
  const facts = await one<Omit<Readiness, 'format' | 'title' | 'place' | 'startsOn' | 'endsOn' | 'signatories'>>(
    'turning.facts',
    `select (select count(*)::int from course_parts p where p.course_version_id = t.course_version_id and p.kind = 'lesson') as lessons,
       (select count(*)::int from sessions s where s.training_id = t.id and s.canceled_at is null) as sessions,
       (select count(*)::int from sessions s join bookings b on b.session_id = s.id
         where s.training_id = t.id and s.canceled_at is null and ${NOT_HELD}) as "notHeld",
       (select v.published_at is not null from course_versions v where v.id = t.course_version_id) as "coursePublished"
     from trainings t where t.id = $1`,
    [training.id],
  )
  const signatories = await signersOf(training.signatories)
  const { format, title, place, startsOn, endsOn } = training
  return missingToPublish({ ...facts!, format, title, place, startsOn, endsOn, signatories: signatories.length })
}

/**
 * Publishes a draft: people see it, and its agenda, if it has one, is announced in the same act. One that was put off
 * is on again: everyone concerned is told once, with its new times for their calendar, and free places are offered.
 * @throws Refused with what is missing
 */
export function publishTraining(actor: Actor, training: Training) {
  return turn(actor, training, 'published', null, async from => {
    const missing = await missingOf(training)
    if (missing.length) throw new Refused('training.notReady', { missing })
    const resumed = from === 'postponed'
    await announce(actor, training.id, undefined, undefined, resumed)
    if (!resumed) return
    await later('training.tell', { trainingId: training.id, news: 'resumed' })
    await offerFreePlaces(await lockTraining(training.id))
  })
}

/** Closes a training that is over. */
export const closeTraining = (actor: Actor | null, training: Training) => turn(actor, training, 'closed', null)

/** Puts a training off until new dates are known, with a reason everyone concerned receives. */
export function postponeTraining(actor: Actor, training: Training, reason: Words) {
  return turn(actor, training, 'postponed', reason, () =>
    later('training.tell', { trainingId: training.id, news: 'postponed' }).then(() => {}),
  )
}

/** Calls a training off for good, its sessions with it, with a reason everyone concerned receives. */
export function cancelTraining(actor: Actor, training: Training, reason: Words) {
  return turn(actor, training, 'canceled', reason, async () => {
    await sql(
      'turning.sessions',
      `update sessions set canceled_at = $2, canceled_reason = $3, changed_at = $2 where training_id = $1 and canceled_at is null`,
      [training.id, now(), JSON.stringify(reason)],
    )
    await sql(
      'turning.bookings',
      'delete from bookings where session_id in (select id from sessions where training_id = $1)',
      [training.id],
    )
    await later('training.tell', { trainingId: training.id, news: 'canceled' })
  })
}

/** Trainings whose first day has come begin; those whose last day has passed close. By the clock of their own zone. */
export async function turnByDate(): Promise<number> {
  const near = await sql<{ id: string; from: 'published' | 'running'; zone: string; startsOn: string; endsOn: string }>(
    'turning.near',
    `select id, status as "from", zone, starts_on as "startsOn", ends_on as "endsOn" from trainings
     where (status = 'published' and starts_on <= $1::date + 1) or (status = 'running' and ends_on < $1::date + 1) order by id`,
    [today('UTC')],
  )
  const due = near.filter(({ from, zone, startsOn, endsOn }) =>
    from === 'published' ? startsOn <= today(zone) : endsOn < today(zone),
  )
  for (const { id, from } of due) {
    const to = from === 'published' ? 'running' : 'closed'
    await inTransaction(async () => {
      const changed = await sql(
        'turning.by-date',
        'update trainings set status = $2 where id = $1 and status = $3 returning id',
        [id, to, from],
      )
      if (changed.length) await transition('training', id, from, to, null, 'by date')
    })
  }
  return due.length
}

const today = (zone: string): string => now().toZonedDateTimeISO(zone).toPlainDate().toString()

function turn(
  actor: Actor | null,
  training: Training,
  to: Step,
  reason: Words | null,
  more: (from: TrainingStatus) => Promise<unknown> = async () => {},
) {
  return inTransaction(async () => {
    await sql('turning.lock', 'select id from trainings where id = $1 for update', [training.id])
    await training.reload()
    if (training.status === to) return
    insist(step(training, to))
    const from = training.status
    await training.update({ status: to })
    await more(from)
    await transition('training', training.id, from, to, actor, reason && JSON.stringify(reason))
    await record(actor, `training.${to}`, 'training', training.id, { from, ...(reason ? { reason } : {}) })
  })
}
