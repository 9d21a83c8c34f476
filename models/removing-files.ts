import { inTransaction, one, sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import { detach } from './attaching.ts'
import { record } from './audit.ts'
import { type Beside, usesOf } from './file-uses.ts'
import { mayWrite } from './policies/draft.ts'
import { insist, Refused } from './refused.ts'

/**
 * Takes away a file or a picture that no text leads to, such as one added by mistake; what a version that was in force
 * once leads to stays. Its name is free again. One that is gone already is no fault.
 * @throws Refused 'drafts.notYours', 'drafts.stays.published', 'drafts.stays.in_work'
 */
export const removeFile = (actor: Actor, thing: Beside): Promise<void> =>
  inTransaction(async () => {
    insist(mayWrite(actor, 'all'))
    const { kind, module, name } = thing
    // Who loads files of the curriculum holds this too: what comes meanwhile may lead to it.
    const place = await one<{ id: string }>('removing.lock', 'select id from modules where code = $1 for update', [
      module,
    ])
    const use = (await usesOf([thing])).get(name)
    if (use) throw new Refused(`drafts.stays.${use}`, { name })
    if (!(await TAKE[kind](place!.id, name))) return
    await record(actor, `module.${kind}-removed`, 'module', module, { name })
  })

const TAKE: Record<Beside['kind'], (moduleId: string, name: string) => Promise<boolean>> = {
  async file(moduleId, name) {
    const gone = await one<{ fileId: string }>(
      'removing.file',
      'delete from module_files where module_id = $1 and name = $2 returning file_id as "fileId"',
      [moduleId, name],
    )
    if (gone) await detach({ kind: 'module', id: moduleId }, gone.fileId)
    return Boolean(gone)
  },
  async picture(moduleId, name) {
    const gone = 'delete from module_pictures where module_id = $1 and name = $2 returning name'
    return (await sql('removing.picture', gone, [moduleId, name])).length > 0
  },
}
