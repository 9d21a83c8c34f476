import { inTransaction, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Words } from './course.ts'
import { notify, type Recipient } from './notifying.ts'
import type { Told } from './session.ts'

export const REMINDERS = ['week', 'day', 'hour'] as const
export type Reminder = (typeof REMINDERS)[number]

/**
 * When a reminder is due: `lead` before the session, and up to `late` after that moment if the platform was away.
 * It takes along the sessions of the same training within `span` after the first, so that a week of sessions is one
 * reminder and not twenty; the next day, and the same hour a week later, have reminders of their own. In minutes.
 */
const RULES: Record<Reminder, { lead: number; late: number; span: number }> = {
  week: { lead: 7 * 1440, late: 1440, span: 6.5 * 1440 },
  day: { lead: 1440, late: 480, span: 960 },
  hour: { lead: 60, late: 50, span: 180 },
}

type Due = Recipient & {
  personId: string
  trainingId: string
  sessionId: string
  startsAt: string
  since: Temporal.Instant
}

/**
 * Makes the reminders that are due, from what people have been told at this moment. One per person, session, kind and
 * time it begins: a session that moved is another time. Who was told of it, or enrolled, after the moment of the
 * reminder is not told twice. Returns how many mails were made.
 */
export async function remind(): Promise<number> {
  let made = 0
  for (const kind of REMINDERS) {
    const { lead, late, span } = RULES[kind]
    const first = now().add({ minutes: lead - late })
    const last = now().add({ minutes: lead })
    const rows = await sql<Due>('reminder.due', DUE, [kind, asText(first), asText(last.add({ minutes: span }))])
    const groups = Map.groupBy(rows, row => `${row.personId} ${row.trainingId}`)
    for (const group of groups.values()) {
      const beginning = group.find(
        row => row.startsAt <= asText(last) && asText(row.since) <= asText(instant(row).subtract({ minutes: lead })),
      )
      if (!beginning) continue
      const end = asText(instant(beginning).add({ minutes: span }))
      const taken = group.filter(row => row.startsAt >= beginning.startsAt && row.startsAt <= end)
      if (await make(kind, beginning, taken)) made++
    }
  }
  return made
}

async function make(kind: Reminder, first: Due, taken: Due[]): Promise<boolean> {
  const { personId, address, locale, zone, trainingId } = first
  return inTransaction(async () => {
    const fresh = await sql<{ sessionId: string }>(
      'reminder.keep',
      `insert into reminders (person_id, session_id, kind, starts_at)
       select $1, s, $2, a from unnest($3::bigint[], $4::timestamptz[]) as t (s, a)
       on conflict do nothing returning session_id as "sessionId"`,
      [personId, kind, taken.map(row => row.sessionId), taken.map(row => row.startsAt)],
    )
    const ids = new Set(fresh.map(row => row.sessionId))
    const sessions = taken
      .filter(row => ids.has(row.sessionId))
      .map(row => ({ id: row.sessionId, startsAt: row.startsAt }))
    if (!sessions.length) return false
    const key = `reminder:${kind}:${sessions[0]!.id}:${sessions[0]!.startsAt}`
    const to = { personId, address, locale, zone }
    return Boolean(await notify(to, 'reminder', key, { kind, trainingId, sessions }, `reminder-${kind}`))
  })
}

const instant = (row: Due) => Temporal.Instant.from(row.startsAt)
// As announcing writes instants: their texts are in order of time.
const asText = (at: Temporal.Instant) => at.toString({ smallestUnit: 'second' })

// `since` is when the person learned of the session: announced, or enrolled.
const DUE = `
  with coming as (
    select s.id, s.training_id, s.published ->> 'startsAt' as at, s.published_at, s.published -> 'bookings' as bookings
    from sessions s join trainings t on t.id = s.training_id
    where s.published ->> 'canceled' is null and s.published ->> 'startsAt' > $2 and s.published ->> 'startsAt' <= $3
      and s.published ->> 'kind' = 'session' and t.status in ('published', 'running')
  ), concerned as (
    select c.id, e.person_id, greatest(c.published_at, e.created_at) as since
    from coming c join enrollments e on e.training_id = c.training_id and e.status = 'enrolled'
    union all
    select c.id, (b ->> 'personId')::bigint, c.published_at
    from coming c, jsonb_array_elements(c.bookings) b where b ->> 'personId' is not null
  )
  select p.id as "personId", a.email::text as address, p.locale, p.zone, c.training_id as "trainingId",
    c.id as "sessionId", c.at as "startsAt", min(w.since) as since
  from coming c join concerned w on w.id = c.id join people p on p.id = w.person_id join accounts a on a.person_id = p.id
  where a.suspended_at is null and p.erased_at is null and not exists (
    select 1 from reminders r where r.person_id = p.id and r.session_id = c.id and r.kind = $1
      and r.starts_at = c.at::timestamptz)
  group by p.id, a.email, c.training_id, c.id, c.at
  order by p.id, c.training_id, c.at, c.id`

export type Reminded = { id: string; told: Told; code: string; title: Words }

/**
 * Of the sessions that a reminder was made for, those that still begin then and concern the person: what moved, was
 * called off, has begun or is no longer theirs is left out.
 */
export async function stillDue(personId: string, sessions: { id: string; startsAt: string }[]): Promise<Reminded[]> {
  const rows = await sql<Reminded>(
    'reminder.still',
    `select s.id, s.published as told, t.code, coalesce(t.title, v.title) as title
     from sessions s join trainings t on t.id = s.training_id join course_versions v on v.id = t.course_version_id
     where s.id = any($2::bigint[]) and s.published ->> 'canceled' is null and t.status in ('published', 'running')
       and (s.published -> 'bookings' @> jsonb_build_array(jsonb_build_object('personId', $1::text))
         or exists (select 1 from enrollments e
           where e.training_id = t.id and e.person_id = $1::bigint and e.status = 'enrolled'))
     order by s.published ->> 'startsAt', s.id`,
    [personId, sessions.map(session => session.id)],
  )
  const then = new Map(sessions.map(session => [session.id, session.startsAt]))
  return rows.filter(row => then.get(row.id) === row.told.startsAt && row.told.startsAt > asText(now()))
}
