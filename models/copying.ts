import { inTransaction, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record, transition } from './audit.ts'
import { conflictsOf, type Conflict, type Wanted } from './booking.ts'
import { entrustAsIn } from './entrusting.ts'
import { Refused } from './refused.ts'
import { schedule } from './scheduling.ts'
import { Session } from './session.ts'
import { Training, type Format } from './training.ts'

export type Copy = { code: string; startsOn: string | null; format?: Format }

/** What could not be taken over: the person or thing is booked elsewhere at the new time. */
export type Left = { session: Session; conflict: Conflict }

/**
 * Copies a training onto new dates, as a draft: what was settled, the agenda by wall time (the first day moves to
 * `startsOn`, the distances stay), and its bookings where people and rooms are free. People in charge come along;
 * participants do not.
 * @returns the id of the copy and what was left out
 */
export async function copyTraining(
  actor: Actor,
  source: Training,
  copy: Copy,
): Promise<{ training: Training; left: Left[] }> {
  if (await Training.findOne({ where: { code: copy.code } })) throw new Refused('training.code', { field: 'code' })
  return inTransaction(async () => {
    const days = daysBetween(source.startsOn, copy.startsOn)
    const { id: _id, ...settled } = source.get({ plain: true })
    const training = await Training.create({
      ...settled,
      ...copy,
      format: copy.format ?? source.format,
      endsOn: moved(source.endsOn, days),
      enrollUntil: source.enrollUntil ? source.enrollUntil.add({ hours: 24 * days }) : null,
      status: 'draft',
      agendaNumber: 0,
      copiedFromId: source.id,
      createdAt: now(),
    })
    await entrustAsIn(actor, source.id, training.id)
    const left = await copySessions(actor, source, training, days)
    await transition('training', training.id, null, 'draft', actor)
    await record(actor, 'training.copied', 'training', training.id, { from: source.code, left: left.length })
    return { training, left }
  })
}

async function copySessions(actor: Actor, source: Training, training: Training, days: number): Promise<Left[]> {
  const left: Left[] = []
  const sessions = await Session.findAll({
    where: { trainingId: source.id, canceledAt: null },
    order: ['startsAt', 'id'],
  })
  for (const session of sessions) {
    const wanted = await wantedOf(session.id)
    const wallStart = session.wallStart.add({ days })
    const wallEnd = session.wallEnd.add({ days })
    const [from, to] = [wallStart, wallEnd].map(wall => wall.toZonedDateTime(session.zone).toInstant())
    const free: Wanted[] = []
    for (const each of wanted) {
      const [conflict] = await conflictsOf([each], from!, to!)
      if (conflict) left.push({ session, conflict })
      else free.push(each)
    }
    const { kind, title, outcomes, method, zone, counts, interpretation } = session
    const plan = {
      kind,
      title,
      outcomes,
      method,
      wallStart,
      wallEnd,
      zone,
      counts,
      interpretation,
      wanted: free,
      prefer: 'earlier' as const,
    }
    await schedule(actor, training.id, plan)
  }
  return left
}

async function wantedOf(sessionId: string): Promise<Wanted[]> {
  const rows = await sql<{ role: Wanted['role']; personId: string | null; resourceId: string | null }>(
    'copying.bookings',
    `select b.role, b.person_id as "personId", b.resource_id as "resourceId" from bookings b
     left join resources r on r.id = b.resource_id where b.session_id = $1 and r.retired_at is null order by b.id`,
    [sessionId],
  )
  return rows.map(({ role, personId, resourceId }) => ({
    role,
    ...(personId ? { personId } : {}),
    ...(resourceId ? { resourceId } : {}),
  }))
}

const day = (text: string) => Temporal.PlainDate.from(text)
const daysBetween = (from: string | null, to: string | null) =>
  from && to ? day(from).until(day(to), { largestUnit: 'days' }).days : 0
const moved = (date: string | null, days: number) => (date ? day(date).add({ days }).toString() : null)
