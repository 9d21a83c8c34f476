import { log } from '../../lib/log.ts'
import { forget } from '../../lib/storage.ts'
import { forgetRemoved } from '../../models/sharing-materials.ts'

/** Deletes what was removed thirty days ago: first its rows, then the bytes that no row names any more. */
export async function sweepMaterials(uploadsDir: string) {
  const gone = await forgetRemoved()
  for (const sha256 of gone) await forget(uploadsDir, sha256)
  if (gone.length) log.info({ count: gone.length }, 'removed materials deleted')
}
