import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { type AgendaTraining, agendaTraining } from './agenda.ts'
import type { Words } from './course.ts'
import type { EnrollmentStatus } from './enrollment.ts'
import { type Opening, opening, seesMaterials } from './policies/material.ts'
import { seesPlan } from './policies/session.ts'
import type { Told } from './session.ts'

/** A file for the people of a training, of one session or of the whole. */
export type Material = {
  id: string
  title: Words
  /** Language of its content. */
  language: string
  visible: 'before' | 'after'
  addedAt: Temporal.Instant
  sha256: string
  type: string
  /** Bytes. */
  size: number
  /** Name of the file as it was given. */
  name: string
  sessionId: string | null
  /** The session as it is planned. */
  session: { title: Words; wallStart: Temporal.PlainDateTime; canceled: boolean } | null
  /** The session as people were told of it; null for the whole training and for what is not announced. */
  told: Told | null
}

export type SharedMaterial = Material & Opening

const MATERIAL = `
  select m.id, m.title, m.language, m.visible, m.added_at as "addedAt", f.sha256, f.type, f.size::float8 as size, f.name,
    m.session_id as "sessionId", s.title as "sessionTitle", s.wall_start as "wallStart",
    s.canceled_at is not null as canceled, s.published as told
  from materials m join files f on f.id = m.file_id left join sessions s on s.id = m.session_id`

type Row = Omit<Material, 'session'> & { sessionTitle: Words; wallStart: Temporal.PlainDateTime; canceled: boolean }

/** All materials of a training in the order of its agenda, those of the whole training first. */
export async function materialsOf(trainingId: string): Promise<Material[]> {
  const rows = await sql<Row>(
    'material.list',
    `${MATERIAL} where m.training_id = $1 and m.removed_at is null
     order by s.starts_at nulls first, m.session_id, m.position, m.id`,
    [trainingId],
  )
  return rows.map(material)
}

/** One material of a training by its number, or undefined. */
export async function materialOf(trainingId: string, id: string): Promise<Material | undefined> {
  const row = await one<Row>(
    'material.one',
    `${MATERIAL} where m.training_id = $1 and m.id = $2 and m.removed_at is null`,
    [trainingId, id],
  )
  return row && material(row)
}

export type Removed = { id: string; title: Words; name: string; removedAt: Temporal.Instant }

/** What was removed lately and can be put back. */
export const removedOf = (trainingId: string): Promise<Removed[]> =>
  sql<Removed>(
    'material.removed',
    `select m.id, m.title, f.name, m.removed_at as "removedAt" from materials m join files f on f.id = m.file_id
     where m.training_id = $1 and m.removed_at is not null order by m.removed_at desc, m.id limit 100`,
    [trainingId],
  )

function material({ sessionTitle, wallStart, canceled, ...row }: Row): Material {
  return { ...row, session: row.sessionId ? { title: sessionTitle, wallStart, canceled } : null }
}

/** The materials that are there for this reader; `works`: they work on the agenda, and see what is not open yet. */
export type Shelf = { training: AgendaTraining; works: boolean; materials: SharedMaterial[] }

/**
 * The materials of a training for this actor, each with when it opens; undefined when they are not there for them.
 * Participants see those of announced sessions: what is only planned is not known to them.
 */
export async function shelfOf(actor: Actor, code: string): Promise<Shelf | undefined> {
  const training = actor.id ? await agendaTraining(code, actor.id) : undefined
  if (!training) return undefined
  const place = await placeOf(training, actor.id!)
  if (!seesMaterials(actor, training, place.own)) return undefined
  const works = seesPlan(actor, training)
  const at = now()
  const materials = (await materialsOf(training.id))
    .filter(each => works || !each.sessionId || each.told)
    .map(each => ({ ...each, ...opening(each.visible, endOf(each, place.end), at) }))
  return { training, works, materials }
}

/** What of it this reader may have now. */
export const openOn = ({ works, materials }: Shelf): SharedMaterial[] => materials.filter(each => works || each.open)

const endOf = ({ sessionId, told }: Material, trainingEnd: Temporal.Instant | null) => {
  if (!sessionId) return trainingEnd
  return told ? Temporal.Instant.from(told.endsAt) : null
}

type Place = { own: EnrollmentStatus | null; end: Temporal.Instant | null }

/** The actor's own place, and when the training ends: with its last session, else with its last day. */
async function placeOf({ id, endsOn, zone }: AgendaTraining, personId: string): Promise<Place> {
  const row = await one<{ own: EnrollmentStatus | null; last: string | null }>(
    'material.place',
    `select (select e.status from enrollments e where e.training_id = $1 and e.person_id = $2
         and e.status = 'enrolled') as own,
       (select max(s.published ->> 'endsAt') from sessions s where s.training_id = $1 and s.published ->> 'canceled' is null
         and s.published is not null) as last`,
    [id, personId],
  )
  const { own, last } = row!
  if (last) return { own, end: Temporal.Instant.from(last) }
  const end = endsOn ? Temporal.PlainDate.from(endsOn).add({ days: 1 }).toZonedDateTime(zone).toInstant() : null
  return { own, end }
}

/**
 * How many materials each session has; the key of the whole training is the empty text. `works`: also those of sessions
 * that are not announced.
 */
export async function countMaterials(trainingId: string, works: boolean): Promise<Map<string, number>> {
  const rows = await sql<{ session: string; n: number }>(
    'material.counts',
    `select coalesce(m.session_id::text, '') as session, count(*)::int as n
     from materials m left join sessions s on s.id = m.session_id
     where m.training_id = $1 and m.removed_at is null and ($2 or s.id is null or s.published is not null) group by 1`,
    [trainingId, works],
  )
  return new Map(rows.map(({ session, n }) => [session, n]))
}
