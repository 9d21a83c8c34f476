import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/** Uploaded files by their content: `<folder>/ab/cdef…`, the SHA-256 in hex. The same bytes are kept once, and never change. */

/**
 * Keeps bytes and returns their name. They are on the disk, whole, when this returns.
 * Call it before the transaction that refers to them.
 */
export async function keep(folder: string, bytes: Buffer): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const path = pathOf(folder, sha256)
  if (await stat(path).catch(() => undefined)) return sha256
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomUUID()}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path).catch(async error => {
    await unlink(draft)
    throw error
  })
  return sha256
}

/** The bytes of that name. @throws when they are not there or not what was kept */
export async function kept(folder: string, sha256: string): Promise<Buffer> {
  const bytes = await readFile(pathOf(folder, sha256))
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error(`The file ${sha256} is damaged`)
  return bytes
}

function pathOf(folder: string, sha256: string) {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('Not the name of a kept file')
  return join(folder, sha256.slice(0, 2), sha256.slice(2))
}
