import { createHash } from 'node:crypto'
import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import type { Words } from './course.ts'
import { later } from './jobs.ts'
import { Refused } from './refused.ts'
import { callOff, nearestInstant } from './scheduling.ts'
import type { Session, Told } from './session.ts'

/** How a session differs from what people were told. */
export type Change = {
  sessionId: string
  what: 'new' | 'moved' | 'changed' | 'canceled'
  was: Told | null
  is: Told
}

/** A session as it is planned, what people were told of it, and how the two differ. */
export type Planned = {
  id: string
  published: Told | null
  working: Omit<Told, 'sequence'>
  sequence: number
  /** Names of people and things it can no longer hold, because zone data moved it onto another session. */
  notHeld: Partial<Words>[]
}

/** The plan of a training in order of time, with what people were told. */
export const planOf = (trainingId: string): Promise<Planned[]> =>
  sql<Planned>('agenda.planned', PLANNED, [trainingId, null])

/** What differs between the plan and what people were told: shown before announcing, and in the mails after. */
export async function changesOf(trainingId: string, only?: string[]): Promise<Change[]> {
  const planned = await sql<Planned>('agenda.planned', PLANNED, [trainingId, only ?? null])
  return changesIn(planned)
}

/** The same, of a plan already read. */
export const changesIn = (planned: Planned[]): Change[] => planned.flatMap(session => changeOf(session) ?? [])

/** How one session differs from what people were told; undefined when it does not. */
export function changeOf({ id, published, working, sequence }: Planned): Change | undefined {
  if (working.canceled && !published) return undefined
  if (!published) return { sessionId: id, what: 'new', was: null, is: { ...working, sequence } }
  const { sequence: told, ...was } = published
  if (working.canceled) {
    if (published.canceled) return undefined
    // It is called off as people know it: what was planned for it since then is nobody's news.
    const is = { ...published, canceled: working.canceled, sequence: told + 1 }
    return { sessionId: id, what: 'canceled', was: published, is }
  }
  if (same(was, working)) return undefined
  const moved = was.startsAt !== working.startsAt || was.endsAt !== working.endsAt || was.zone !== working.zone
  return { sessionId: id, what: moved ? 'moved' : 'changed', was: published, is: { ...working, sequence: told + 1 } }
}

/** A mark of exactly these changes: whoever announces must have seen them. */
export const fingerprintOf = (changes: Change[]): string =>
  createHash('sha256').update(sorted(changes)).digest('hex').slice(0, 24)

/**
 * Tells people what changed: the plan becomes the published state, SEQUENCE rises where a session they knew changed,
 * a version of the agenda is kept, and one job makes one mail per person concerned. One act, one mail.
 * @param only sessions to announce (e.g. the one just called off); else all that differ
 * @param seen fingerprint of the changes that were looked at. @throws Refused when they are others by now
 * @param resumed the training was put off and is on again: one letter about it says the new times too
 */
export function announce(
  actor: Actor | null,
  trainingId: string,
  only?: string[],
  seen?: string,
  resumed = false,
): Promise<Change[]> {
  const find = async () => {
    const changes = await changesOf(trainingId, only)
    if (seen !== undefined && fingerprintOf(changes) !== seen) throw new Refused('agenda.otherByNow')
    return changes
  }
  return publish(actor, trainingId, find, resumed)
}

/** Calls a session off and tells people at once, in one act. @param why in both languages */
export function callOffAndTell(actor: Actor, session: Session, why: Words): Promise<'removed' | 'canceled'> {
  return inTransaction(async () => {
    await sql('training.lock', 'select id from trainings where id = $1 for update', [session.trainingId])
    const outcome = await callOff(actor, session, why)
    if (outcome === 'canceled') await announce(actor, session.trainingId, [session.id])
    return outcome
  })
}

/**
 * Trainings of which people were told instants that their wall times no longer have: the zone data say something else
 * since. Independent of the plan: what is planned but not announced stays so.
 */
export async function trainingsToldWrongly(): Promise<string[]> {
  const rows = await sql<Known & { trainingId: string }>(
    'agenda.told',
    `select id, training_id as "trainingId", published from sessions
     where published ->> 'endsAt' > $1 and published -> 'canceled' = 'null'::jsonb order by training_id, id`,
    [now().subtract({ hours: 24 }).toString()],
  )
  return [...new Set(rows.filter(row => correctionOf(row)).map(row => row.trainingId))]
}

/** Tells people of a training the right instants of sessions whose agreed wall time they know. */
export function tellZoneChange(trainingId: string): Promise<Change[]> {
  return publish(null, trainingId, async () => {
    const known = await sql<Known>(
      'agenda.told-of',
      `select id, published from sessions where training_id = $1 and published ->> 'endsAt' > $2
         and published -> 'canceled' = 'null'::jsonb order by id for update`,
      [trainingId, now().subtract({ hours: 24 }).toString()],
    )
    return known.flatMap(session => correctionOf(session) ?? [])
  })
}

type Known = { id: string; published: Told }

function correctionOf({ id, published }: Known): Change | undefined {
  const { wallStart, wallEnd, zone } = published
  const anew = (wall: string, told: string) =>
    nearestInstant(Temporal.PlainDateTime.from(wall), zone, Temporal.Instant.from(told)).toString()
  const startsAt = anew(wallStart, published.startsAt)
  const endsAt = anew(wallEnd, published.endsAt)
  if (startsAt === published.startsAt && endsAt === published.endsAt) return undefined
  const is = { ...published, startsAt, endsAt, sequence: published.sequence + 1 }
  return { sessionId: id, what: 'moved', was: published, is }
}

/**
 * How many people are told of changes: the enrolled, and those booked in what changed, now or before. As
 * models/agenda-news.ts tells them.
 */
export async function countConcerned(trainingId: string, changes: Change[]): Promise<number> {
  const booked = changes.flatMap(({ was, is }) => [was, is].flatMap(told => told?.bookings ?? []))
  const row = await one<{ n: number }>(
    'agenda.count-concerned',
    `select count(*)::int as n from people p join accounts a on a.person_id = p.id
     where a.suspended_at is null and p.erased_at is null and (p.id = any($2::bigint[])
       or p.id in (select person_id from enrollments where training_id = $1 and status = 'enrolled'))`,
    [trainingId, booked.flatMap(each => each.personId ?? [])],
  )
  return row!.n
}

function publish(
  actor: Actor | null,
  trainingId: string,
  find: () => Promise<Change[]>,
  resumed = false,
): Promise<Change[]> {
  return inTransaction(async () => {
    await sql('training.lock', 'select id from trainings where id = $1 for update', [trainingId])
    // Whoever is being erased is waited for: their name must not be published again from what was read before.
    await sql('agenda.hold-people', HOLD_PEOPLE, [trainingId])
    const changes = await find()
    if (!changes.length) return []
    for (const { sessionId, is } of changes)
      await sql(
        'session.publish',
        'update sessions set published = $2, sequence = $3, published_at = $4 where id = $1',
        [sessionId, JSON.stringify(is), is.sequence, now()],
      )
    const number = await keepVersion(actor, trainingId, changes)
    await record(actor, 'agenda.announced', 'training', trainingId, { number, changes: changes.length })
    await later('agenda.tell', { trainingId, number, ...(resumed ? { resumed } : {}) })
    return changes
  })
}

async function keepVersion(actor: Actor | null, trainingId: string, changes: Change[]): Promise<number> {
  const row = await one<{ number: number }>(
    'agenda.number',
    'update trainings set agenda_number = agenda_number + 1 where id = $1 returning agenda_number as number',
    [trainingId],
  )
  await sql(
    'agenda.version',
    `insert into agenda_versions (training_id, number, sessions, changes, published_at, published_by)
     select $1, $2, coalesce((select jsonb_agg(s.published || jsonb_build_object('id', s.id, 'uid', s.uid) order by s.starts_at, s.id)
       from sessions s where s.training_id = $1 and s.published is not null), '[]'::jsonb), $3, $4, $5`,
    [trainingId, row!.number, JSON.stringify(changes), now(), actor?.id ?? null],
  )
  return row!.number
}

const HOLD_PEOPLE = `
  select id from people where id in (select b.person_id from bookings b join sessions s on s.id = b.session_id
    where s.training_id = $1) order by id for key share`

// Key order of jsonb is its own: compare by sorted text.
const same = (one: object, other: object) => sorted(one) === sorted(other)
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, each) =>
    each && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )

/** A session (alias `s`) as it is planned, in the shape of `Told` without its sequence. */
// Every connection of lib/db.ts runs in UTC, so to_char writes UTC.
export const WORKING = `
    jsonb_build_object(
    'kind', s.kind, 'title', s.title, 'outcomes', s.outcomes, 'method', s.method,
    'wallStart', to_char(s.wall_start, 'YYYY-MM-DD"T"HH24:MI'), 'wallEnd', to_char(s.wall_end, 'YYYY-MM-DD"T"HH24:MI'),
    'zone', s.zone,
    'startsAt', to_char(s.starts_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'endsAt', to_char(s.ends_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'counts', s.counts, 'interpretation', to_jsonb(s.interpretation),
    'bookings', coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('role', b.role,
        'name', coalesce(r.name, jsonb_build_object('en', p.name_latin, 'ru', coalesce(p.name_cyrillic, p.name_latin))),
        'address', r.address, 'personId', case when p.erased_at is null then b.person_id::text end)) order by b.role, b.id)
      from bookings b left join people p on p.id = b.person_id left join resources r on r.id = b.resource_id
      where b.session_id = s.id), '[]'::jsonb),
    'canceled', s.canceled_reason)`

const PLANNED = `
  select s.id, s.published, s.sequence,
    coalesce((select jsonb_agg(coalesce(r.name, jsonb_strip_nulls(
        jsonb_build_object('en', p.name_latin, 'ru', coalesce(p.name_cyrillic, p.name_latin)))))
      from bookings b left join people p on p.id = b.person_id left join resources r on r.id = b.resource_id
      where b.session_id = s.id and not b.firm and not exists (select 1 from bookings own where own.session_id = s.id and own.firm
        and (own.person_id = b.person_id or own.resource_id = b.resource_id))), '[]'::jsonb) as "notHeld",
    ${WORKING} as working
  from sessions s where s.training_id = $1 and ($2::bigint[] is null or s.id = any($2::bigint[]))
  order by s.starts_at, s.id`
