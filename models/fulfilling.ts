import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { conflictsOf, type Wanted } from './booking.ts'
import { entrust } from './entrusting.ts'
import { openTraining } from './opening.ts'
import { step } from './policies/request.ts'
import { insist, Refused } from './refused.ts'
import { tellStates } from './request-news.ts'
import { type OfferRow, offersOf } from './request-offer.ts'
import { type RequestRow, VISIBLE, visibleTo } from './request.ts'
import { lockRequest, takeStep } from './requesting.ts'
import { schedule } from './scheduling.ts'
import { Training } from './training.ts'

/** Code of the request a training was made of, if the actor sees that request. */
export const requestBehind = (actor: Actor, trainingId: string): Promise<{ code: string } | undefined> =>
  one<{ code: string }>(
    'fulfilling.request',
    `select r.code from trainings t join requests r on r.id = t.request_id where t.id = $3 and ${VISIBLE}`,
    [...visibleTo(actor), trainingId],
  )

/**
 * Makes a training of an agreed request, already filled in: the course of the offer, its dates, languages and seats, the
 * agenda by the outline, the trainers where they are free. Request and training know each other.
 * @returns its code and how many sessions found no free trainer
 * @throws Refused 'request.step.training', 'training.code'
 */
export function makeTraining(
  actor: Actor,
  request: RequestRow,
  code: string,
): Promise<{ code: string; unstaffed: number }> {
  return inTransaction(async () => {
    const { status } = await lockRequest(request.id)
    insist(step({ status }, 'training'))
    const offer = (await offersOf(request.id, false)).find(each => each.stateAgreedAt && each.centerAgreedAt)
    if (!offer) throw new Refused('request.step.training')
    await sql('offer.publish', 'update course_versions set published_at = $2 where id = $1 and published_at is null', [
      offer.courseVersionId,
      now(),
    ])
    await openTraining(actor, offer.courseCode, code, settledOf(offer))
    const training = (await Training.findOne({ where: { code } }))!
    await sql('offer.linked', 'update trainings set request_id = $2 where id = $1', [training.id, request.id])
    for (const id of offer.trainerIds) await entrust(actor, training.id, id, 'trainer')
    const unstaffed = await planned(actor, training, offer)
    await takeStep(actor, request.id, status, 'training')
    await tellStates(actor, { requestId: request.id, news: 'training' }, 'training')
    return { code, unstaffed }
  })
}

/** Nobody finds it who is not told, and the Center decides on every place. */
const settledOf = (offer: OfferRow) => ({
  title: offer.title,
  format: offer.format,
  zone: offer.zone,
  hostState: offer.hostState,
  place: offer.place,
  languages: offer.languages,
  agreedCondition: offer.agreedCondition,
  seats: offer.seats,
  enrollmentMode: 'approval' as const,
  visibility: 'unlisted' as const,
  hours: offer.hours,
  startsOn: offer.startsOn,
  endsOn: offer.endsOn,
  enrollUntil: null,
  issueWithinDays: 5,
  costBearer: null,
})

/** The sessions of the outline; the trainers take turns, and who is booked elsewhere at that time is left out. */
async function planned(actor: Actor, training: Training, { outline, zone, startsOn, trainerIds }: OfferRow) {
  const first = Temporal.PlainDate.from(startsOn)
  let unstaffed = 0
  for (const [index, { day, from, to, title }] of outline.entries()) {
    const on = first.add({ days: day - 1 })
    const [wallStart, wallEnd] = [from, to].map(time => on.toPlainDateTime(Temporal.PlainTime.from(time))) as [
      Temporal.PlainDateTime,
      Temporal.PlainDateTime,
    ]
    const wanted = await freeTrainer(trainerIds, index, wallStart, wallEnd, zone)
    if (!wanted.length && trainerIds.length) unstaffed++
    await schedule(actor, training.id, {
      ...{ kind: 'session', title, outcomes: null, method: null, wallStart, wallEnd, zone, counts: true },
      ...{ interpretation: [], wanted, prefer: 'earlier' },
    })
  }
  return unstaffed
}

async function freeTrainer(
  ids: string[],
  turn: number,
  from: Temporal.PlainDateTime,
  to: Temporal.PlainDateTime,
  zone: string,
): Promise<Wanted[]> {
  const [start, end] = [from, to].map(wall => wall.toZonedDateTime(zone).toInstant())
  for (let index = 0; index < ids.length; index++) {
    const wanted: Wanted[] = [{ role: 'trainer', personId: ids[(turn + index) % ids.length]! }]
    if (!(await conflictsOf(wanted, start!, end!)).length) return wanted
  }
  return []
}
