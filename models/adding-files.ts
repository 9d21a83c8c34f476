import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import type { KeptFile } from './attaching.ts'
import { record } from './audit.ts'
import type { Words } from './course.ts'
import { fileOf, type ModuleFile } from './module-file.ts'
import { mayWrite } from './policies/draft.ts'
import { insist, Refused } from './refused.ts'

/** A file as it is given, with what it is; its bytes are kept already. */
export type NewFile = KeptFile & { title: Words }

/**
 * Adds a file to a module. Other bytes under a name that is taken are refused, since published lessons lead to what they
 * were published with.
 * @throws Refused 'drafts.notYours', 'drafts.fileThere'
 */
export const addFile = (actor: Actor, module: string, file: NewFile): Promise<void> =>
  inTransaction(async () => {
    insist(mayWrite(actor, 'all'))
    if (!(await putFile(actor, module, file, 'platform'))) return
    await record(actor, 'module.file-added', 'module', module, { name: file.name })
  })

/** Says anew what a file is: at once, wherever it is named. @throws Refused 'drafts.notYours' */
export const renameFile = (actor: Actor, { module, name, title: was }: ModuleFile, title: Words): Promise<void> =>
  inTransaction(async () => {
    insist(mayWrite(actor, 'all'))
    await retitle(module, name, title, 'platform')
    await record(actor, 'module.file-renamed', 'module', module, { name, was })
  })

/**
 * Puts a file where it belongs, also one that came with files of the curriculum; returns whether it is new. What it is
 * called is brought up to date, unless that was written in the platform and comes from a file now.
 * @throws Refused 'drafts.fileThere'
 */
export async function putFile(
  actor: { id: string | null } | null,
  module: string,
  { name, title, sha256, type, size }: NewFile,
  origin: ModuleFile['origin'],
): Promise<boolean> {
  const place = await one<{ id: string }>('module-file.lock', 'select id from modules where code = $1 for update', [
    module,
  ])
  const there = await fileOf(module, name)
  if (there && there.sha256 !== sha256) throw new Refused('drafts.fileThere', { name, field: 'files' })
  if (there) {
    if (origin === 'platform' || there.origin === 'file') await retitle(module, name, title, origin)
    return false
  }
  await sql(
    'module-file.add',
    `with f as (insert into files (sha256, type, size, name, owner_kind, owner_id, uploaded_by, uploaded_at)
       values ($3, $4, $5, $2, 'module', $1::bigint::text, $7, $8) returning id)
     insert into module_files (module_id, name, title, file_id, origin) select $1, $2, $6, id, $9 from f`,
    [place!.id, name, sha256, type, size, JSON.stringify(title), actor?.id ?? null, now(), origin],
  )
  return true
}

const retitle = (module: string, name: string, title: Words, origin: ModuleFile['origin']) =>
  sql(
    'module-file.title',
    `update module_files set title = $3, origin = $4
     where name = $2 and module_id = (select id from modules where code = $1) and title <> $3::jsonb`,
    [module, name, JSON.stringify(title), origin],
  )
