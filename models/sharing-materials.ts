import { moved } from '../lib/lists.ts'
import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import type { KeptFile } from './attaching.ts'
import { record } from './audit.ts'
import type { Words } from './course.ts'
import { unnamed } from './forgetting-works.ts'
import { insist, no, Refused, type Verdict, YES } from './refused.ts'

export type About = { sessionId: string | null; language: string; visible: 'before' | 'after' }
export type Shared = About & { files: { file: KeptFile; title: Words }[] }

export const MOST_MATERIALS = 200

/** So long what was removed can be put back. */
export const KEPT_FOR = { hours: 24 * 30 }

/** Whether so many more fit. */
export const roomFor = (there: number, more: number): Verdict =>
  there + more <= MOST_MATERIALS ? YES : no('material.full', { count: MOST_MATERIALS })

/**
 * Adds files to a training, all or none, after those that are there.
 * @returns ids of the new materials
 * @throws Refused when there is no room, or the session is not one of this training
 */
export async function shareMaterials(actor: Actor, trainingId: string, shared: Shared): Promise<string[]> {
  return inTransaction(async () => {
    await lock(trainingId)
    await inTraining(trainingId, shared.sessionId)
    const there = await one<{ n: number; last: number }>(
      'sharing.count',
      `select count(*) filter (where removed_at is null)::int as n, coalesce(max(position), 0) as last
       from materials where training_id = $1`,
      [trainingId],
    )
    insist(roomFor(there!.n, shared.files.length))
    const ids: string[] = []
    for (const { file, title } of shared.files) {
      // The same file for the same session: a second press of the same button.
      const known = await one<{ id: string }>('sharing.known', KNOWN, [trainingId, shared.sessionId, file.sha256])
      if (known) {
        ids.push(known.id)
        continue
      }
      const row = await one<{ id: string }>(
        'sharing.add',
        `insert into materials (training_id, session_id, file_id, title, language, visible, position, added_by, added_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
        [
          ...[trainingId, shared.sessionId, await addFile(actor, trainingId, file), JSON.stringify(title)],
          ...[shared.language, shared.visible, there!.last + ids.length + 1, actor.id, now()],
        ],
      )
      ids.push(row!.id)
    }
    await record(actor, 'materials.shared', 'training', trainingId, { materials: ids })
    return ids
  })
}

const KNOWN = `select m.id from materials m join files f on f.id = m.file_id
  where m.training_id = $1 and m.session_id is not distinct from $2 and f.sha256 = $3 and m.removed_at is null limit 1`

/** Changes what is said of a material, and its file where a new one is given. @throws Refused as `shareMaterials` */
export async function changeMaterial(
  actor: Actor,
  trainingId: string,
  id: string,
  { title, file, ...about }: About & { title: Words; file?: KeptFile },
) {
  await inTransaction(async () => {
    await lock(trainingId)
    await inTraining(trainingId, about.sessionId)
    const was = await one<{ title: Words; visible: string }>(
      'sharing.was',
      'select title, visible, session_id as session, language, file_id as file from materials where id = $1',
      [id],
    )
    await sql(
      'sharing.change',
      `update materials set title = $3, session_id = $4, language = $5, visible = $6, file_id = coalesce($7, file_id)
       where id = $1 and training_id = $2 and removed_at is null`,
      [
        ...[id, trainingId, JSON.stringify(title), about.sessionId, about.language, about.visible],
        file ? await addFile(actor, trainingId, file) : null,
      ],
    )
    await record(actor, 'material.changed', 'material', id, { was })
  })
}

/** Moves a material one place up or down among those of its session. */
export async function moveMaterial(actor: Actor, trainingId: string, id: string, direction: 'up' | 'down') {
  await inTransaction(async () => {
    await lock(trainingId)
    const rows = await sql<{ id: string; position: number }>(
      'sharing.row',
      `select o.id, o.position from materials m join materials o on o.training_id = m.training_id
         and o.session_id is not distinct from m.session_id and o.removed_at is null
       where m.id = $1 and m.training_id = $2 order by o.position, o.id`,
      [id, trainingId],
    )
    const from = rows.findIndex(row => row.id === id)
    const order = moved(
      rows.map(row => row.id),
      from,
      direction,
    )
    if (from < 0 || order[from] === id) return
    // Positions are unique in a training, so the same ones are given out anew.
    await sql(
      'sharing.order',
      `update materials m set position = t.position
       from unnest($1::bigint[], $2::int[]) as t (id, position) where m.id = t.id`,
      [order, rows.map(row => row.position)],
    )
    await record(actor, 'material.moved', 'material', id, { direction })
  })
}

/** Takes a material away from everyone. It can be put back for thirty days; then its file goes too. */
export const removeMaterial = (actor: Actor, trainingId: string, id: string) =>
  inTransaction(async () => {
    const rows = await sql(
      'sharing.remove',
      `update materials set removed_at = $3, removed_by = $4
       where id = $1 and training_id = $2 and removed_at is null returning id`,
      [id, trainingId, now(), actor.id],
    )
    if (rows.length) await record(actor, 'material.removed', 'material', id, { training: trainingId })
  })

/** Puts back what was removed. @throws Refused when there is no room any more */
export const restoreMaterial = (actor: Actor, trainingId: string, id: string) =>
  inTransaction(async () => {
    await lock(trainingId)
    const there = await one<{ n: number }>(
      'sharing.there',
      'select count(*)::int as n from materials where training_id = $1 and removed_at is null',
      [trainingId],
    )
    insist(roomFor(there!.n, 1))
    const rows = await sql(
      'sharing.restore',
      `update materials set removed_at = null, removed_by = null
       where id = $1 and training_id = $2 and removed_at is not null returning id`,
      [id, trainingId],
    )
    if (rows.length) await record(actor, 'material.restored', 'material', id, { training: trainingId })
  })

/** Gives a copied training the materials of its source: the same files. `sessions`: id there → id here. */
export async function shareAsIn(actor: Actor, sourceId: string, trainingId: string, sessions: Map<string, string>) {
  const rows = await sql(
    'sharing.copy',
    `insert into materials (training_id, session_id, file_id, title, language, visible, position, added_by, added_at)
     select $2, s.here, m.file_id, m.title, m.language, m.visible, m.position, $3, $4
     from materials m left join unnest($5::bigint[], $6::bigint[]) as s (there, here) on s.there = m.session_id
     where m.training_id = $1 and m.removed_at is null and (m.session_id is null or s.here is not null)
     order by m.position, m.id returning id`,
    [sourceId, trainingId, actor.id, now(), [...sessions.keys()], [...sessions.values()]],
  )
  return rows.length
}

/**
 * Forgets what was removed more than thirty days ago, and files that nothing refers to any more.
 * @returns SHA-256 of the contents that no row names now
 */
export const forgetRemoved = (): Promise<string[]> =>
  inTransaction(async () => {
    await sql('sharing.forget', 'delete from materials where removed_at < $1', [now().subtract(KEPT_FOR)])
    const gone = await sql<{ sha256: string }>(
      'sharing.forget-files',
      `delete from files f where f.owner_kind = 'material' and f.uploaded_at < $1
         and not exists (select 1 from materials m where m.file_id = f.id) returning sha256`,
      [now().subtract(KEPT_FOR)],
    )
    return unnamed(gone.map(({ sha256 }) => sha256))
  })

// One after the other in a training: places and positions are counted.
const lock = (trainingId: string) =>
  sql('sharing.lock', 'select id from trainings where id = $1 for no key update', [trainingId])

async function inTraining(trainingId: string, sessionId: string | null) {
  if (!sessionId) return
  const there = await one(
    'sharing.session',
    `select id from sessions where id = $1 and training_id = $2 and kind = 'session'`,
    [sessionId, trainingId],
  )
  if (!there) throw new Refused('material.session', { field: 'session' })
}

async function addFile(actor: Actor, trainingId: string, { sha256, type, size, name }: KeptFile): Promise<string> {
  const row = await one<{ id: string }>(
    'sharing.file',
    `insert into files (sha256, type, size, name, owner_kind, owner_id, uploaded_by, uploaded_at)
     values ($1, $2, $3, $4, 'material', $5, $6, $7) returning id`,
    [sha256, type, size, name, trainingId, actor.id, now()],
  )
  return row!.id
}
