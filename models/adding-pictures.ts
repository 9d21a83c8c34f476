import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import type { Words } from './course.ts'
import { mayWrite } from './policies/draft.ts'
import { insist, Refused } from './refused.ts'

/** A picture as it is given: its media type is that of its bytes. */
export type NewPicture = { name: string; type: string; bytes: Buffer; alternative: Words | null }

/**
 * Adds a picture to a module. The same bytes under the same name are there once; other bytes under a name that is taken
 * are refused, since published lessons show what they were published with.
 * @throws Refused 'drafts.notYours', 'drafts.pictureThere'
 */
export const addPicture = (actor: Actor, module: string, picture: NewPicture): Promise<void> =>
  inTransaction(async () => {
    insist(mayWrite(actor, 'all'))
    if (!(await putPicture(actor, module, picture))) return
    await record(actor, 'module.picture-added', 'module', module, { name: picture.name })
  })

/** Puts a picture where it belongs, also one that came with files; returns whether it is new. */
export async function putPicture(actor: { id: string | null } | null, module: string, picture: NewPicture) {
  const { name, type, bytes, alternative } = picture
  const added = await sql(
    'picture.add',
    `insert into module_pictures (module_id, name, type, bytes, alternative, added_by, added_at)
     select id, $2, $3, $4, $5, $6, $7 from modules where code = $1
     on conflict (module_id, name) do nothing returning name`,
    [module, name, type, bytes, alternative && JSON.stringify(alternative), actor?.id ?? null, now()],
  )
  if (added.length) return true
  const same = await one<{ same: boolean }>(
    'picture.same',
    `select p.bytes = $3 as same from module_pictures p join modules m on m.id = p.module_id
     where m.code = $1 and p.name = $2`,
    [module, name, bytes],
  )
  if (!same?.same) throw new Refused('drafts.pictureThere', { name, field: 'files' })
  return false
}
