import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Words } from './course.ts'
import type { Told } from './session.ts'
import type { Format, TrainingStatus } from './training.ts'

/**
 * What the calendar of a person should be told about a training. Each session is an event of its own (no RRULE). Up to
 * three new ones are sent as they are; more are one event over all the days, and the sessions come by the feed.
 */
export type Invitation = {
  method: 'REQUEST' | 'CANCEL'
  uid: string
  /** SEQUENCE of the message: never lower than one this person has had for the UID. */
  sequence: number
  stampedAt: Temporal.Instant
  /** The session; null is the event over the days of the training. */
  session: Agreed | null
}

export type Agreed = { id: string; uid: string; told: Told; publishedAt: Temporal.Instant }

export type Invited = {
  training: InvitedTraining
  /** Everything the person was told of, for the text of the event over the days. */
  agenda: Agreed[]
  invitations: Invitation[]
}

export type InvitedTraining = {
  id: string
  code: string
  title: Words
  format: Format
  status: TrainingStatus
  zone: string
  startsOn: string | null
  endsOn: string | null
  place: Words | null
  number: number
}

/** So many sessions are sent one by one. */
export const MOST_ONE_BY_ONE = 3

type Row = { uid: string; sequence: number; method: 'REQUEST' | 'CANCEL'; told: number }

/** The UID of the event over the days of a training. */
export const uidOfTraining = (trainingId: string): string => `training-${trainingId}@rtcm.az`

/**
 * Compares what the person's calendar was told with what it should hold now, and notes what it is being told: a
 * session called off, a training canceled, a place given back end in a CANCEL of exactly what they have; what moved in
 * a REQUEST with a higher SEQUENCE. Nothing is said twice. Past sessions are left alone.
 * @param about sessions that are news to them (new invitations): their ids, or all that come
 */
export function invite(personId: string, trainingId: string, about: string[] | 'all'): Promise<Invited | undefined> {
  return inTransaction(async () => {
    // Two mails to one person at the same moment must not both believe to be the first.
    await sql('invite.lock', 'select id from people where id = $1 for no key update', [personId])
    const training = await one<InvitedTraining & { enrolled: boolean }>('invite.training', TRAINING, [
      trainingId,
      personId,
    ])
    if (!training) return undefined
    const sessions = await sql<Agreed>('invite.sessions', SESSIONS, [trainingId])
    const rows = await sql<Row>(
      'invite.rows',
      'select uid, sequence, method, told from invitations where person_id = $1 and training_id = $2',
      [personId, trainingId],
    )
    const told = new Map(rows.map(row => [row.uid, row]))
    const mine = sessions.filter(session => concerns(session, training, personId))
    const invitations = decide(training, sessions, mine, told, about)
    for (const { uid, sequence, method, session } of invitations)
      await sql('invite.note', NOTE, [
        ...[personId, uid, sequence, method, now(), trainingId],
        session ? session.told.sequence : training.number,
      ])
    return { training, agenda: mine, invitations }
  })
}

function decide(
  training: InvitedTraining,
  sessions: Agreed[],
  mine: Agreed[],
  told: Map<string, Row>,
  about: string[] | 'all',
): Invitation[] {
  const coming = (session: Agreed) => session.told.endsAt > now().toString()
  const has = (uid: string) => told.get(uid)?.method === 'REQUEST'
  const say = (method: Invitation['method'], session: Agreed | null): Invitation => {
    const uid = session?.uid ?? uidOfTraining(training.id)
    const row = told.get(uid)
    const own = session ? session.told.sequence : training.number
    const sequence = row ? Math.max(own, row.sequence + 1) : own
    return { method, uid, sequence, stampedAt: now(), session }
  }
  const theirs = new Set(mine.map(session => session.uid))
  const whole = uidOfTraining(training.id)
  // Who has the event over the days as it is now knows every session already.
  const current = has(whole) && told.get(whole)!.told === training.number
  // What was taken out of a calendar and is theirs again comes back, whatever the mail is about.
  const isNews = ({ id, uid }: Agreed) => about === 'all' || about.includes(id) || told.get(uid)?.method === 'CANCEL'
  const fresh = mine.filter(session => !current && coming(session) && !has(session.uid) && isNews(session))
  const oneByOne = fresh.length <= MOST_ONE_BY_ONE
  const changes = sessions.filter(coming).flatMap(session => {
    if (!theirs.has(session.uid)) return has(session.uid) ? say('CANCEL', session) : []
    if (has(session.uid)) return told.get(session.uid)!.told === session.told.sequence ? [] : say('REQUEST', session)
    return oneByOne && fresh.includes(session) ? say('REQUEST', session) : []
  })
  const left = mine.some(coming)
  if (left && (!oneByOne || has(whole))) {
    return current ? changes : oneByOne ? [...changes, say('REQUEST', null)] : [say('REQUEST', null), ...changes]
  }
  return has(whole) && !mine.length ? [say('CANCEL', null), ...changes] : changes
}

/** Whether a session is in a person's calendar: the enrolled have all, who is booked has their own. */
function concerns({ told }: Agreed, training: InvitedTraining & { enrolled: boolean }, personId: string): boolean {
  if (told.canceled || !['published', 'running', 'closed'].includes(training.status)) return false
  return training.enrolled || told.bookings.some(booked => booked.personId === personId)
}

const TRAINING = `
  select t.id, t.code, coalesce(t.title, v.title) as title, t.format, t.status, t.zone, t.starts_on as "startsOn",
    t.ends_on as "endsOn", t.place, t.agenda_number as number,
    exists (select 1 from enrollments e where e.training_id = t.id and e.person_id = $2 and e.status = 'enrolled') as enrolled
  from trainings t join course_versions v on v.id = t.course_version_id where t.id = $1`

// Breaks are lines of the agenda, not appointments.
const SESSIONS = `
  select id, uid, published as told, published_at as "publishedAt" from sessions
  where training_id = $1 and published ->> 'kind' = 'session' order by published ->> 'startsAt', id`

const NOTE = `
  insert into invitations (person_id, uid, sequence, method, sent_at, training_id, told)
  values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (person_id, uid) do update set sequence = excluded.sequence, method = excluded.method,
    sent_at = excluded.sent_at, told = excluded.told`
