import { randomUUID } from 'node:crypto'
import { brokenConstraint, inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { isZone } from '../lib/time.ts'
import { resolveWall } from '../lib/wall-time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { book, conflictsOf, type Wanted } from './booking.ts'
import type { Words } from './course.ts'
import { Refused } from './refused.ts'
import { type Method, Session } from './session.ts'

/** A session as it is planned: the wall time agreed, in the zone of the host. */
export type Plan = {
  kind: 'session' | 'break'
  title: Words
  outcomes: Words | null
  method: Method | null
  wallStart: Temporal.PlainDateTime
  wallEnd: Temporal.PlainDateTime
  zone: string
  counts: boolean
  interpretation: string[]
  wanted: Wanted[]
  /** The answer when the clocks go back over the time. */
  prefer?: 'earlier' | 'later' | undefined
}

export type Series = { times: number; everyDays: number }

const MOST_IN_ONE_ACT = 60
const LONGEST = { hours: 14 }

/**
 * Plans one session, or a series of them in one act (each a session of its own, with its own UID): all or none.
 * @returns their ids in order of time
 * @throws Refused when the end is not after the start, the time does not exist or comes twice, something is booked twice
 */
export async function schedule(actor: Actor, trainingId: string, plan: Plan, series: Series = { times: 1, everyDays: 7 }) {
  if (series.times > MOST_IN_ONE_ACT) throw new Refused('session.tooMany', { most: MOST_IN_ONE_ACT, field: 'times' })
  return onceBooked(async () => {
    const ids: string[] = []
    for (let index = 0; index < series.times; index++)
      ids.push(await add(actor, trainingId, shifted(plan, index * series.everyDays)))
    return ids
  })
}

/** Changes what is planned. People learn of it when the agenda is announced (models/announcing.ts). */
export function reschedule(actor: Actor, session: Session, plan: Plan) {
  return onceBooked(async () => {
    await sql('session.lock', 'select id from sessions where id = $1 for update', [session.id])
    const { startsAt, endsAt } = times(plan)
    await freeOf(plan, startsAt, endsAt, [session.id])
    const was = {
      title: session.title,
      wallStart: String(session.wallStart),
      wallEnd: String(session.wallEnd),
      zone: session.zone,
    }
    const { wanted: _wanted, prefer: _prefer, ...columns } = plan
    await session.update({ ...columns, startsAt, endsAt, changedAt: now() })
    await book(session.id, plan.wanted, startsAt, endsAt)
    await record(actor, 'session.changed', 'session', session.id, { was })
  })
}

/**
 * Calls a session off, with a reason everyone concerned receives; a session nobody was told of just goes.
 * @param why in both languages; a reason that exists in one language only stands for both
 */
export function callOff(actor: Actor, session: Session, why: Words | string): Promise<'removed' | 'canceled'> {
  const reason = typeof why === 'string' ? { en: why, ru: why } : why
  return inTransaction(async () => {
    await sql('booking.clear', 'delete from bookings where session_id = $1', [session.id])
    if (!session.published) {
      await session.destroy()
      await record(actor, 'session.removed', 'session', session.id, { title: session.title })
      return 'removed'
    }
    if (session.canceledAt) return 'canceled'
    await session.update({ canceledAt: now(), canceledReason: reason, changedAt: now() })
    await record(actor, 'session.canceled', 'session', session.id, { reason })
    return 'canceled'
  })
}

/**
 * Makes the instants of coming sessions anew from their wall times, where the zone data say something else now.
 * The wall time is what was agreed and stays. Returns the ids of sessions that moved.
 */
export async function recomputeInstants(): Promise<string[]> {
  const moved: string[] = []
  const coming = await sql<{
    id: string
    wallStart: Temporal.PlainDateTime
    wallEnd: Temporal.PlainDateTime
    zone: string
    startsAt: Temporal.Instant
    endsAt: Temporal.Instant
  }>(
    'session.coming',
    `select id, wall_start as "wallStart", wall_end as "wallEnd", zone, starts_at as "startsAt", ends_at as "endsAt"
     from sessions where canceled_at is null and ends_at > $1 order by id`,
    [now().subtract({ hours: 24 })],
  )
  for (const session of coming) {
    const startsAt = nearest(session.wallStart, session.zone, session.startsAt)
    const endsAt = nearest(session.wallEnd, session.zone, session.endsAt)
    if (startsAt.equals(session.startsAt) && endsAt.equals(session.endsAt)) continue
    await inTransaction(async () => {
      await sql('session.instants', 'update sessions set starts_at = $2, ends_at = $3, changed_at = $4 where id = $1', [
        session.id,
        startsAt,
        endsAt,
        now(),
      ])
      await sql('booking.move', 'update bookings set during = tstzrange($2, $3) where session_id = $1', [
        session.id,
        startsAt,
        endsAt,
      ])
      await record(null, 'session.zone-changed', 'session', session.id, {
        was: String(session.startsAt),
        is: String(startsAt),
      })
    })
    moved.push(session.id)
  }
  return moved
}

async function add(actor: Actor, trainingId: string, plan: Plan): Promise<string> {
  const { startsAt, endsAt } = times(plan)
  await freeOf(plan, startsAt, endsAt, [])
  const { wanted, prefer: _prefer, ...columns } = plan
  const session = await Session.create({
    ...columns,
    trainingId,
    startsAt,
    endsAt,
    uid: `${randomUUID()}@rtcm.az`,
    createdAt: now(),
    changedAt: now(),
  })
  await book(session.id, wanted, startsAt, endsAt)
  await record(actor, 'session.planned', 'session', session.id)
  return session.id
}

function times(plan: Plan) {
  if (!isZone(plan.zone)) throw new Refused('session.zone', { field: 'zone' })
  if (Temporal.PlainDateTime.compare(plan.wallEnd, plan.wallStart) <= 0)
    throw new Refused('session.order', { field: 'ends' })
  const startsAt = instantOf(plan.wallStart, plan, 'starts')
  const endsAt = instantOf(plan.wallEnd, plan, 'ends')
  if (Temporal.Instant.compare(endsAt, startsAt) <= 0) throw new Refused('session.order', { field: 'ends' })
  if (Temporal.Instant.compare(endsAt, startsAt.add(LONGEST)) > 0)
    throw new Refused('session.long', { field: 'ends', ...LONGEST })
  return { startsAt, endsAt }
}

function instantOf(wall: Temporal.PlainDateTime, plan: Plan, field: string): Temporal.Instant {
  const answer = resolveWall(wall, plan.zone, plan.prefer)
  if (answer.ok) return answer.instant
  const clock = (time: Temporal.PlainDateTime) => time.toPlainTime().toString({ smallestUnit: 'minute' })
  if (answer.why === 'gap')
    throw new Refused('session.gap', {
      field,
      time: clock(wall),
      before: clock(answer.before),
      after: clock(answer.after),
    })
  throw new Refused('session.overlap', { field, time: clock(wall), ask: 'prefer' })
}

async function freeOf(plan: Plan, from: Temporal.Instant, to: Temporal.Instant, except: string[]) {
  const [conflict] = await conflictsOf(plan.wanted, from, to, except)
  if (conflict) throw new Refused('session.booked', { field: 'wanted', ...conflict })
}

// Two at the same moment: the one that comes second meets the exclusion constraint.
async function onceBooked<T>(fn: () => Promise<T>): Promise<T> {
  try {
    return await inTransaction(fn)
  } catch (error) {
    if (/^bookings_(person|resource)_once$/.test(brokenConstraint(error) ?? ''))
      throw new Refused('session.bookedNow', { field: 'wanted' })
    throw error
  }
}

const shifted = (plan: Plan, days: number): Plan => ({
  ...plan,
  wallStart: plan.wallStart.add({ days }),
  wallEnd: plan.wallEnd.add({ days }),
})

/** The instant of a wall time; where it comes twice, the one that was chosen; where it no longer exists, just after. */
function nearest(wall: Temporal.PlainDateTime, zone: string, chosen: Temporal.Instant): Temporal.Instant {
  const answer = resolveWall(wall, zone)
  if (answer.ok) return answer.instant
  if (answer.why === 'gap') return answer.after.toZonedDateTime(zone).toInstant()
  return chosen.equals(answer.later) ? answer.later : answer.earlier
}

/** A session of a training, or undefined. */
export const sessionOf = (trainingId: string, id: string) => Session.findOne({ where: { id, trainingId } })

/** Whether anything is planned at all: an agenda-only training needs at least one session to be published. */
export const hasSessions = async (trainingId: string) =>
  Boolean(
    await one('session.any', 'select 1 as there from sessions where training_id = $1 and canceled_at is null limit 1', [
      trainingId,
    ]),
  )
