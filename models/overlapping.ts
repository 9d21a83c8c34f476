import { sql } from '../lib/db.ts'
import type { Words } from './course.ts'
import type { Told } from './session.ts'

/** A session that takes somebody's time. */
export type Slot = {
  id: string
  training: string
  trainingTitle: Words
  title: Words
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
}

export type Overlap = { session: Slot; other: Slot }

/**
 * Sessions that need the same person at the same time. Where one ends as the other begins, there is no overlap.
 * In order of time; each pair once, seen from the first list.
 */
export function overlapsOf(sessions: Slot[], others: Slot[]): Overlap[] {
  return [...sessions].sort(byStart).flatMap(session =>
    others
      .filter(other => other.id !== session.id && overlap(session, other))
      .sort(byStart)
      .map(other => ({ session, other })),
  )
}

const byStart = (a: Slot, b: Slot) => Temporal.Instant.compare(a.startsAt, b.startsAt)
const overlap = (a: Slot, b: Slot) =>
  Temporal.Instant.compare(a.startsAt, b.endsAt) < 0 && Temporal.Instant.compare(b.startsAt, a.endsAt) < 0

/**
 * Coming sessions of a training, as announced, that overlap with other announced sessions of the same person: those of
 * trainings they are enrolled in, and those they are booked for. A warning on the agenda and at enrolling, never a
 * refusal: people know best what they can miss. Two statements, whatever the number of sessions.
 */
export async function overlapsFor(personId: string, trainingId: string, at: Temporal.Instant): Promise<Overlap[]> {
  const sessions = await sql<Row>(
    'overlap.sessions',
    `${SLOT} where s.training_id = $1 and s.published ->> 'endsAt' > $2 ${STANDS}`,
    [trainingId, at.toString()],
  )
  if (!sessions.length) return []
  const others = await sql<Row>(
    'overlap.others',
    `${SLOT} where s.training_id <> $1 and s.published ->> 'endsAt' > $2 and s.published ->> 'startsAt' < $3 ${STANDS}
       and t.status in ('published', 'running')
       and (s.training_id in (select training_id from enrollments where person_id = $4 and status = 'enrolled')
         or s.id in (select session_id from bookings where person_id = $4))`,
    [trainingId, first(sessions), last(sessions), personId],
  )
  return overlapsOf(sessions.map(slotOf), others.map(slotOf))
}

type Row = { id: string; training: string; trainingTitle: Words; told: Told }

const SLOT = `
  select s.id, t.code as training, coalesce(t.title, v.title) as "trainingTitle", s.published as told
  from sessions s join trainings t on t.id = s.training_id join course_versions v on v.id = t.course_version_id`
const STANDS = `and s.published ->> 'kind' = 'session' and s.published -> 'canceled' = 'null'::jsonb`

const slotOf = ({ told, ...row }: Row): Slot => ({
  ...row,
  title: told.title,
  startsAt: Temporal.Instant.from(told.startsAt),
  endsAt: Temporal.Instant.from(told.endsAt),
})

// Instants are written alike, so their texts are in order of time.
const first = (rows: Row[]) =>
  rows
    .map(row => row.told.startsAt)
    .toSorted()
    .at(0)
const last = (rows: Row[]) =>
  rows
    .map(row => row.told.endsAt)
    .toSorted()
    .at(-1)
