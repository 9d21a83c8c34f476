import { sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { forgetLater } from './forgetting-works.ts'

/** Files that stand beside a record: named in the order in which they were given, each name and content once. */

/** Most files beside one record. */
export const MOST_FILES = 10

/** Whose files they are: a submission, the common part of a request, a State's own part, the lessons of a module. */
export type Owner = { kind: 'submission' | 'request' | 'request_state' | 'module'; id: string }

/** A file that is kept already under its SHA-256. `size` in bytes. */
export type KeptFile = { sha256: string; size: number; type: string; name: string }

export type AttachedFile = KeptFile & { id: string }

/** The files beside a record, the first one first. */
export const attachedTo = ({ kind, id }: Owner): Promise<AttachedFile[]> =>
  sql<AttachedFile>(
    'files.attached',
    `select id, sha256, type, size::int as size, name from files
     where owner_kind = $1 and owner_id = $2::bigint::text order by id`,
    [kind, id],
  )

/**
 * Puts a file beside a record that its caller has locked; the same bytes under the same name are there once.
 * @returns false where there is no room for it
 */
export async function attach(actor: Actor, owner: Owner, file: KeptFile): Promise<boolean> {
  const files = await attachedTo(owner)
  if (files.some(each => each.sha256 === file.sha256 && each.name === file.name)) return true
  if (files.length >= MOST_FILES) return false
  await sql(
    'files.attach',
    `insert into files (sha256, type, size, name, owner_kind, owner_id, uploaded_by, uploaded_at)
     values ($1, $2, $3, $4, $5, $6::bigint::text, $7, $8)`,
    [file.sha256, file.type, file.size, file.name, owner.kind, owner.id, actor.id, now()],
  )
  return true
}

/** Takes a file off a record, and its bytes off the disk a day later. */
export const detach = ({ kind, id }: Owner, fileId: string): Promise<void> =>
  taken('files.detach', 'id = $1 and owner_kind = $2 and owner_id = $3::bigint::text', [fileId, kind, id])

/** Takes all files off records of one kind that are about to go. */
export const detachAll = (kind: Owner['kind'], ids: string[]): Promise<void> =>
  taken('files.detach-all', 'owner_kind = $1 and owner_id = any ($2::bigint[]::text[])', [kind, ids])

async function taken(name: string, which: string, values: unknown[]) {
  const gone = await sql<{ sha256: string }>(name, `delete from files where ${which} returning sha256`, values)
  await forgetLater(gone.map(({ sha256 }) => sha256))
}
