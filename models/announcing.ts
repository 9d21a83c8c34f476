import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { later } from './jobs.ts'
import type { Told } from './session.ts'

/** How a session differs from what people were told. */
export type Change = {
  sessionId: string
  what: 'new' | 'moved' | 'changed' | 'canceled'
  was: Told | null
  is: Told
}

type Planned = { id: string; published: Told | null; working: Omit<Told, 'sequence'>; sequence: number }

/** What differs between the plan and what people were told: shown before announcing, and in the mails after. */
export async function changesOf(trainingId: string, only?: string[]): Promise<Change[]> {
  const planned = await sql<Planned>('agenda.planned', PLANNED, [trainingId, only ?? null])
  return planned.flatMap(session => changeOf(session) ?? [])
}

function changeOf({ id, published, working, sequence }: Planned): Change | undefined {
  if (working.canceled && !published) return undefined
  if (!published) return { sessionId: id, what: 'new', was: null, is: { ...working, sequence } }
  const { sequence: told, ...was } = published
  if (same(was, working)) return undefined
  const is = { ...working, sequence: told + 1 }
  if (working.canceled && !published.canceled) return { sessionId: id, what: 'canceled', was: published, is }
  const moved = was.startsAt !== working.startsAt || was.endsAt !== working.endsAt || was.zone !== working.zone
  return { sessionId: id, what: moved ? 'moved' : 'changed', was: published, is }
}

/**
 * Tells people what changed: the plan becomes the published state, SEQUENCE rises where a session they knew changed,
 * a version of the agenda is kept, and one job makes one mail per person concerned. One act, one mail.
 * @param only sessions to announce (e.g. the one just called off); else all that differ
 */
export function announce(actor: Actor | null, trainingId: string, only?: string[]): Promise<Change[]> {
  return inTransaction(async () => {
    await sql('training.lock', 'select id from trainings where id = $1 for update', [trainingId])
    const changes = await changesOf(trainingId, only)
    if (!changes.length) return []
    for (const { sessionId, is } of changes)
      await sql(
        'session.publish',
        'update sessions set published = $2, sequence = $3, published_at = $4 where id = $1',
        [sessionId, JSON.stringify(is), is.sequence, now()],
      )
    const number = await keepVersion(actor, trainingId, changes)
    await record(actor, 'agenda.announced', 'training', trainingId, { number, changes: changes.length })
    await later('agenda.tell', { trainingId, number })
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

// Key order of jsonb is its own: compare by sorted text.
const same = (one: object, other: object) => sorted(one) === sorted(other)
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, each) =>
    each && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )

// Every connection of lib/db.ts runs in UTC, so to_char writes UTC.
const PLANNED = `
  select s.id, s.published, s.sequence, jsonb_build_object(
    'kind', s.kind, 'title', s.title, 'outcomes', s.outcomes, 'method', s.method,
    'wallStart', to_char(s.wall_start, 'YYYY-MM-DD"T"HH24:MI'), 'wallEnd', to_char(s.wall_end, 'YYYY-MM-DD"T"HH24:MI'),
    'zone', s.zone,
    'startsAt', to_char(s.starts_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'endsAt', to_char(s.ends_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'counts', s.counts, 'interpretation', to_jsonb(s.interpretation),
    'bookings', coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('role', b.role,
        'name', coalesce(r.name, jsonb_build_object('en', p.name_latin, 'ru', coalesce(p.name_cyrillic, p.name_latin))),
        'address', r.address, 'personId', b.person_id::text)) order by b.role, b.id)
      from bookings b left join people p on p.id = b.person_id left join resources r on r.id = b.resource_id
      where b.session_id = s.id), '[]'::jsonb),
    'canceled', s.canceled_reason) as working
  from sessions s where s.training_id = $1 and ($2::bigint[] is null or s.id = any($2::bigint[]))
  order by s.starts_at, s.id`
