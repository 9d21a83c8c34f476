import { inTransaction } from '../../lib/db.ts'
import type { Actor } from '../../models/actor.ts'
import { announce } from '../../models/announcing.ts'
import { Session } from '../../models/index.ts'
import { notify, recipient } from '../../models/notifying.ts'
import { callOff, type Plan, reschedule, schedule } from '../../models/scheduling.ts'
import { aCourse } from './courses.ts'
import { aTraining, type SomeEnrollment, type TrainingTraits } from './trainings.ts'
import type { Someone } from './people.ts'

/** Trainings with sessions, as a coordinator makes them: for tests of what people are told. */

const wall = (text: string) => Temporal.PlainDateTime.from(text)

/** A session as it is planned: the second of March 2027, 11:00 to 12:30 in Baku, unless said otherwise. */
export function aPlan({
  from = '2027-03-02T11:00',
  to = '2027-03-02T12:30',
  ...rest
}: Partial<Plan> & { from?: string; to?: string } = {}): Plan {
  return {
    kind: 'session',
    title: { en: 'Terms', ru: 'Термины' },
    outcomes: null,
    method: 'lecture',
    wallStart: wall(from),
    wallEnd: wall(to),
    zone: 'Asia/Baku',
    counts: true,
    interpretation: [],
    wanted: [],
    ...rest,
  }
}

/** A live online training in the first days of March 2027. */
export const aDatedTraining = async (traits: TrainingTraits = {}) =>
  aTraining(await aCourse({ code: 'RMC-01' }), {
    format: 'live_online',
    startsOn: '2027-03-01',
    endsOn: '2027-03-05',
    title: { en: 'Terms in five days', ru: 'Термины за пять дней' },
    ...traits,
  })

/** Plans sessions on these days of March 2027 at 11:00 in Baku; returns their ids. */
export async function sessionsOn(actor: Actor, trainingId: string, days: number[], wanted: Plan['wanted'] = []) {
  const ids: string[] = []
  for (const day of days) {
    const date = `2027-03-${String(day).padStart(2, '0')}`
    const title = { en: `Terms of day ${day}`, ru: `Термины, день ${day}` }
    const plan = aPlan({ from: `${date}T11:00`, to: `${date}T12:30`, title, wanted })
    ids.push(...(await schedule(actor, trainingId, plan)))
  }
  return ids
}

/** Moves a session, without telling anybody. */
export async function move(actor: Actor, id: string, from: string, to: string, changes: Partial<Plan> = {}) {
  const session = (await Session.findByPk(id))!
  await reschedule(actor, session, aPlan({ title: session.title, from, to, ...changes }))
}

/** Calls a session off and tells people. */
export async function callOffAndAnnounce(
  actor: Actor,
  id: string,
  reason = { en: 'The trainer is ill', ru: 'Тренер болен' },
) {
  const session = (await Session.findByPk(id))!
  await callOff(actor, session, reason)
  await announce(actor, session.trainingId, [id])
}

/** The letter of a confirmed place, as enrolling makes it. */
export async function confirm(enrollment: SomeEnrollment, person: Someone) {
  const to = (await recipient(person.id))!
  await inTransaction(() =>
    notify(to, 'enrollment-confirmed', `enrollment:${enrollment.id}:enrolled:1`, { enrollmentId: enrollment.id }),
  )
}
