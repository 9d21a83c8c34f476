import { inTransaction, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record, transition } from './audit.ts'
import { holdWanted, type Wanted } from './booking.ts'
import { type Clash, clashesIn, copiedSessions, type DayRule, dayMapOf, isOf, type PlannedCopy } from './copy-plan.ts'
import { copyMails } from './copying-mails.ts'
import { entrustAsIn } from './entrusting.ts'
import { Refused } from './refused.ts'
import { schedule } from './scheduling.ts'
import { shareAsIn } from './sharing-materials.ts'
import { Training, type Format } from './training.ts'

export type Copy = {
  code: string
  startsOn: string | null
  days: DayRule
  format?: Format
  projectId?: string | null
  /** Whether its files come along. */
  materials?: boolean
}

/** What a copy takes over of its source beside what is settled in `Training`: its logos, whether it asks every day. */
const CARRIED = ['logos', 'asks_daily']

/**
 * Copies a training onto new dates, as a draft: what was settled, its agenda by wall time, its forms, its signatories
 * and logos, the people in charge, and mails to its groups as drafts. Who or what is booked elsewhere at the new time is
 * asked for but not held (models/clashes.ts says where). Files come along where wanted; participants and attendance
 * stay behind.
 */
export async function copyTraining(
  actor: Actor,
  source: Training,
  { code, startsOn, days: rule, format, projectId, materials: withFiles }: Copy,
): Promise<{ training: Training; clashes: Clash[] }> {
  if (await Training.findOne({ where: { code } })) throw new Refused('training.code', { field: 'code' })
  return inTransaction(async () => {
    const days = await dayMapOf(source, startsOn, rule)
    const moved = (date: string | null) => (date ? (days.get(date) ?? date) : null)
    const { id: _id, ...settled } = source.get({ plain: true })
    const training = await Training.create({
      ...settled,
      code,
      format: format ?? source.format,
      projectId: projectId === undefined ? source.projectId : projectId,
      startsOn: source.startsOn ? moved(source.startsOn) : startsOn,
      endsOn: moved(source.endsOn),
      enrollUntil: deadlineOf(source, moved(source.startsOn)),
      status: 'draft',
      agendaNumber: 0,
      copiedFromId: source.id,
      createdAt: now(),
    })
    const columns = CARRIED.join(', ')
    await sql(
      'copying.carried',
      `update trainings set (${columns}) = (select ${columns} from trainings where id = $1) where id = $2`,
      [source.id, training.id],
    )
    await entrustAsIn(actor, source.id, training.id)
    const sessions = await copiedSessions(source, days)
    await holdWanted(sessions.flatMap(({ wanted }) => wanted))
    const clashes = await clashesIn(sessions)
    const copies = new Map<string, string>()
    for (const session of sessions) copies.set(session.id, await copySession(actor, training.id, session, clashes))
    const materials = withFiles ? await shareAsIn(actor, source.id, training.id, copies) : 0
    const mails = await copyMails(actor, source, training, days)
    await transition('training', training.id, null, 'draft', actor)
    await record(actor, 'training.copied', 'training', training.id, {
      ...{ from: source.code, sessions: sessions.length, mails, materials, clashes: clashes.length },
    })
    return { training, clashes }
  })
}

/** @returns the id of the new session */
async function copySession(actor: Actor, trainingId: string, session: PlannedCopy, clashes: Clash[]): Promise<string> {
  const { id: _id, was: _was, wanted, ...plan } = session
  const clashing = (each: Wanted) => clashes.some(clash => clash.session === session && isOf(each, clash.conflict))
  const free = wanted.filter(each => !clashing(each))
  const [id] = await schedule(actor, trainingId, { ...plan, wanted: free, prefer: 'earlier' })
  for (const { role, personId, resourceId } of wanted.filter(clashing))
    await sql(
      'copying.offer',
      `insert into bookings (session_id, person_id, resource_id, role, during, firm)
       select id, $2::bigint, $3::bigint, $4, tstzrange(starts_at, ends_at), false from sessions where id = $1`,
      [id, personId ?? null, resourceId ?? null, role],
    )
  return id!
}

/** As long before the first day as it was, at the same time of day at the host. */
function deadlineOf({ enrollUntil, startsOn: was, zone }: Training, startsOn: string | null): Temporal.Instant | null {
  if (!enrollUntil || !was || !startsOn) return enrollUntil
  const days = Temporal.PlainDate.from(was).until(Temporal.PlainDate.from(startsOn), { largestUnit: 'days' }).days
  return enrollUntil.toZonedDateTimeISO(zone).add({ days }).toInstant()
}
