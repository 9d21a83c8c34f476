import { forget } from '../../lib/storage.ts'
import { unnamed } from '../../models/forgetting-works.ts'

/** Deletes the bytes of files that nothing refers to any more. */
export async function forgetFiles(sha256s: string[], uploadsDir: string) {
  for (const sha256 of await unnamed(sha256s)) await forget(uploadsDir, sha256)
}
