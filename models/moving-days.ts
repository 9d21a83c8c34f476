import { inTransaction, sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import { holdWanted, type Wanted } from './booking.ts'
import { Refused } from './refused.ts'
import { type Plan, reschedule } from './scheduling.ts'
import { Session } from './session.ts'
import { bookingsOf } from './session-people.ts'

/** What stands on a day of an agenda by its wall time and was not called off, in order of time. */
export const sessionsOfDay = async (trainingId: string, day: Temporal.PlainDate): Promise<Session[]> => {
  const rows = await sql<{ id: string }>(
    'session.of-day',
    `select id from sessions where training_id = $1 and canceled_at is null
       and wall_start >= $2::date and wall_start < $2::date + 1 order by starts_at, id`,
    [trainingId, day],
  )
  return Session.findAll({ where: { id: rows.map(each => each.id) }, order: ['startsAt', 'id'] })
}

/**
 * Moves a whole day of an agenda to another: every session and break of it keeps its hours on the clock of its zone and
 * all it needs. All of them or none. People learn of it when the agenda is announced.
 * @returns ids of the sessions that moved
 * @throws Refused when nothing stands on the day, it is the same day, or as `reschedule` (the first that cannot move)
 */
export function moveDay(
  actor: Actor,
  trainingId: string,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Promise<string[]> {
  if (from.equals(to)) throw new Refused('agenda.sameDay', { field: 'to' })
  const days = from.until(to, { largestUnit: 'days' }).days
  return inTransaction(async () => {
    await sql('session.training', 'select id from trainings where id = $1 for key share', [trainingId])
    const sessions = await sessionsOfDay(trainingId, from)
    if (!sessions.length) throw new Refused('agenda.emptyDay')
    const plans = new Map<Session, Plan>()
    for (const session of sessions) plans.set(session, moved(session, await wantedBy(session.id), days))
    // Whoever all of them need is held at once and in one order: two days that move at one moment do not wait for each other.
    await holdWanted([...plans.values()].flatMap(plan => plan.wanted))
    for (const [session, plan] of plans) await reschedule(actor, session, plan)
    return sessions.map(session => session.id)
  })
}

function moved(session: Session, wanted: Wanted[], days: number): Plan {
  const { kind, title, outcomes, method, zone, counts, interpretation } = session
  return {
    ...{ kind, title, outcomes, method, zone, counts, interpretation, wanted },
    wallStart: session.wallStart.add({ days }),
    wallEnd: session.wallEnd.add({ days }),
  }
}

const wantedBy = async (sessionId: string): Promise<Wanted[]> =>
  (await bookingsOf(sessionId)).map(({ role, personId, resourceId }) => ({
    role: role as Wanted['role'],
    ...(personId ? { personId } : {}),
    ...(resourceId ? { resourceId } : {}),
  }))
