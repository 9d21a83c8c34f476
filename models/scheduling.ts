import { randomUUID } from 'node:crypto'
import { brokenConstraint, inTransaction, one, sql } from '../lib/db.ts'
import { isZone, now } from '../lib/time.ts'
import { resolveWall } from '../lib/wall-time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { book, conflictsOf, holdWanted, type Wanted } from './booking.ts'
import { recheckLater } from './completing.ts'
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
  /** The answer when the clocks change over the time: the earlier or the later of the two that are meant. */
  prefer?: 'earlier' | 'later' | undefined
}

export type Series = { times: number; everyDays: number }

/** So many sessions are planned in one act. */
export const MOST_IN_ONE_ACT = 60
const LONGEST = { hours: 14 }

/**
 * Plans one session, or a series of them in one act (each a session of its own, with its own UID): all or none.
 * @returns their ids in order of time
 * @throws Refused when the end is not after the start, the time does not exist or comes twice, something is booked twice
 */
export async function schedule(
  actor: Actor,
  trainingId: string,
  plan: Plan,
  series: Series = { times: 1, everyDays: 7 },
) {
  if (series.times > MOST_IN_ONE_ACT) throw new Refused('session.tooMany', { most: MOST_IN_ONE_ACT, field: 'times' })
  return onceBooked(async () => {
    await sql('session.training', 'select id from trainings where id = $1 for key share', [trainingId])
    await holdWanted(plan.wanted)
    const ids: string[] = []
    for (let index = 0; index < series.times; index++)
      ids.push(await add(actor, trainingId, shifted(plan, index * series.everyDays)))
    await recheckLater(trainingId)
    return ids
  })
}

/**
 * Changes what is planned. People learn of it when the agenda is announced (models/announcing.ts).
 * @throws Refused as `schedule`, and when the session was called off
 */
export function reschedule(actor: Actor, session: Session, plan: Plan) {
  return onceBooked(async () => {
    await holdWanted(plan.wanted)
    const there = await one<{ canceled: boolean }>(
      'session.lock',
      'select canceled_at is not null as canceled from sessions where id = $1 for update',
      [session.id],
    )
    if (!there || there.canceled) throw new Refused('session.calledOff')
    const timed = times(plan)
    await freeOf(plan, timed, [session.id])
    const was = {
      title: session.title,
      wallStart: String(session.wallStart),
      wallEnd: String(session.wallEnd),
      zone: session.zone,
    }
    await session.update({ ...columnsOf(plan), ...timed, changedAt: now() })
    await book(session.id, plan.wanted, timed.startsAt, timed.endsAt)
    await record(actor, 'session.changed', 'session', session.id, { was })
    await recheckLater(session.trainingId)
  })
}

/**
 * Calls a session off, with a reason everyone concerned receives; a session nobody was told of just goes.
 * @param why in both languages; a reason that exists in one language only stands for both
 * @throws Refused when its attendance was taken: then it took place
 */
export function callOff(actor: Actor, session: Session, why: Words | string): Promise<'removed' | 'canceled'> {
  const reason = typeof why === 'string' ? { en: why, ru: why } : why
  return inTransaction(async () => {
    const there = await one<{ known: boolean; canceled: boolean }>(
      'session.lock-known',
      `select published is not null as known, canceled_at is not null as canceled from sessions where id = $1 for update`,
      [session.id],
    )
    if (await one('session.attended', 'select 1 as there from attendances where session_id = $1 limit 1', [session.id]))
      throw new Refused('session.attended')
    await sql('booking.clear', 'delete from bookings where session_id = $1', [session.id])
    if (!there) return 'removed'
    await recheckLater(session.trainingId)
    if (!there.known) {
      await session.destroy()
      await record(actor, 'session.removed', 'session', session.id, { title: session.title })
      return 'removed'
    }
    if (there.canceled) return 'canceled'
    await session.update({ canceledAt: now(), canceledReason: reason, changedAt: now() })
    await record(actor, 'session.canceled', 'session', session.id, { reason: `${reason.en} / ${reason.ru}` })
    return 'canceled'
  })
}

type Coming = {
  id: string
  wallStart: Temporal.PlainDateTime
  wallEnd: Temporal.PlainDateTime
  zone: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
}

/**
 * Makes the instants of coming sessions anew from their wall times, where the zone data say something else now.
 * The wall time is what was agreed and stays. A person or room that is needed elsewhere at the new time is no longer
 * held by this session: the plan says so to staff. Returns the ids of sessions that moved.
 */
export function recomputeInstants(): Promise<string[]> {
  return inTransaction(async () => {
    const coming = await sql<Coming>(
      'session.coming',
      `select id, wall_start as "wallStart", wall_end as "wallEnd", zone, starts_at as "startsAt", ends_at as "endsAt"
       from sessions where canceled_at is null and ends_at > $1 order by id for update`,
      [now().subtract({ hours: 24 })],
    )
    const moved = coming.flatMap(session => anew(session) ?? [])
    // All of them let go before any takes hold again, so that two that move together do not meet half-way.
    for (const session of moved) await moveInstants(session)
    for (const { id } of moved) await sql('booking.hold-again', HOLD_AGAIN, [id])
    return moved.map(({ id }) => id)
  })
}

function anew(session: Coming) {
  const startsAt = nearestInstant(session.wallStart, session.zone, session.startsAt)
  const endsAt = nearestInstant(session.wallEnd, session.zone, session.endsAt)
  if (startsAt.equals(session.startsAt) && endsAt.equals(session.endsAt)) return undefined
  return { id: session.id, was: session.startsAt, startsAt, endsAt }
}

async function moveInstants({ id, was, startsAt, endsAt }: NonNullable<ReturnType<typeof anew>>) {
  await sql('session.instants', 'update sessions set starts_at = $2, ends_at = $3, changed_at = $4 where id = $1', [
    id,
    startsAt,
    endsAt,
    now(),
  ])
  await sql('booking.move', 'update bookings set during = tstzrange($2, $3), firm = false where session_id = $1', [
    id,
    startsAt,
    endsAt,
  ])
  await record(null, 'session.zone-changed', 'session', id, { was: String(was), is: String(startsAt) })
}

const HOLD_AGAIN = `
  update bookings b set firm = true where b.session_id = $1
    and b.id in (select min(own.id) from bookings own where own.session_id = $1 group by own.person_id, own.resource_id)
    and not exists (select 1 from bookings other where other.firm and other.id <> b.id and other.during && b.during
      and (other.person_id = b.person_id or other.resource_id = b.resource_id))`

async function add(actor: Actor, trainingId: string, plan: Plan): Promise<string> {
  const timed = times(plan)
  await freeOf(plan, timed, [])
  const session = await Session.create({
    ...columnsOf(plan),
    ...timed,
    trainingId,
    uid: `${randomUUID()}@rtcm.az`,
    createdAt: now(),
    changedAt: now(),
  })
  await book(session.id, plan.wanted, timed.startsAt, timed.endsAt)
  await record(actor, 'session.planned', 'session', session.id)
  return session.id
}

function columnsOf({ wanted: _wanted, prefer: _prefer, wallStart: _start, wallEnd: _end, ...columns }: Plan) {
  return columns
}

/** Wall times and instants of a plan. Where a time does not exist and one beside it was chosen, that one is agreed. */
function times(plan: Plan) {
  if (!isZone(plan.zone)) throw new Refused('session.zone', { field: 'zone' })
  if (Temporal.PlainDateTime.compare(plan.wallEnd, plan.wallStart) <= 0)
    throw new Refused('session.order', { field: 'ends' })
  const start = existing(plan.wallStart, plan, 'starts')
  const end = existing(plan.wallEnd, plan, 'ends')
  if (Temporal.Instant.compare(end.instant, start.instant) <= 0) throw new Refused('session.order', { field: 'ends' })
  if (Temporal.Instant.compare(end.instant, start.instant.add(LONGEST)) > 0)
    throw new Refused('session.long', { field: 'ends', ...LONGEST })
  return { wallStart: start.wall, wallEnd: end.wall, startsAt: start.instant, endsAt: end.instant }
}

function existing(wall: Temporal.PlainDateTime, plan: Plan, field: string) {
  const answer = resolveWall(wall, plan.zone, plan.prefer)
  if (answer.ok) return { wall, instant: answer.instant }
  const asked = { field, time: clock(wall), day: wall.toPlainDate().toString(), zone: plan.zone }
  if (answer.why === 'overlap') throw new Refused('session.overlap', asked)
  if (!plan.prefer)
    throw new Refused('session.gap', { ...asked, before: clock(answer.before), after: clock(answer.after) })
  const chosen = plan.prefer === 'earlier' ? answer.before : answer.after
  return { wall: chosen, instant: chosen.toZonedDateTime(plan.zone).toInstant() }
}

const clock = (time: Temporal.PlainDateTime) => time.toPlainTime().toString({ smallestUnit: 'minute' })

async function freeOf(
  plan: Plan,
  { startsAt, endsAt }: { startsAt: Temporal.Instant; endsAt: Temporal.Instant },
  except: string[],
) {
  const conflicts = await conflictsOf(plan.wanted, startsAt, endsAt, except)
  if (conflicts.length) throw new Refused('session.booked', { field: 'wanted', ...conflicts[0], conflicts })
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
export function nearestInstant(wall: Temporal.PlainDateTime, zone: string, chosen: Temporal.Instant): Temporal.Instant {
  if (!isZone(zone)) return chosen
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
