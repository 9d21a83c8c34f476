import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { mkdir, open, readFile, rename, stat, unlink, utimes } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { now } from './time.ts'

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

/**
 * Takes over a file that lies on the same disk, such as one that was just uploaded, and returns its name and its size in
 * bytes. It is read as a stream, never as a whole, and is on the disk for good when this returns.
 */
export async function keepFile(folder: string, from: string): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256')
  let size = 0
  for await (const part of createReadStream(from) as AsyncIterable<Buffer>) {
    hash.update(part)
    size += part.length
  }
  const sha256 = hash.digest('hex')
  const path = pathOf(folder, sha256)
  if (await touched(path)) return { sha256, size }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(from, 'r+')
  try {
    await file.chmod(0o600)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(from, path)
  await touched(path)
  return { sha256, size }
}

/** Where in the folder the bytes of that name lie, for what sends them as they are. */
export const placeOf = (folder: string, sha256: string): string => relative(folder, pathOf(folder, sha256))

/** The bytes of that name as a stream: large files are never held as a whole. */
export const keptStream = (folder: string, sha256: string): ReadStream => createReadStream(pathOf(folder, sha256))

/**
 * Removes the bytes of that name, unless they were taken over within the last day: somebody may be about to refer to
 * them again. That they are gone already is no fault.
 */
export async function forget(folder: string, sha256: string): Promise<void> {
  const path = pathOf(folder, sha256)
  const known = await stat(path).catch(() => undefined)
  if (known && known.mtimeMs < now().subtract({ hours: 24 }).epochMilliseconds) await unlink(path)
}

/** The bytes of that name. @throws when they are not there or not what was kept */
export async function kept(folder: string, sha256: string): Promise<Buffer> {
  const bytes = await readFile(pathOf(folder, sha256))
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error(`The file ${sha256} is damaged`)
  return bytes
}

// Says that the bytes were given just now; false when there are none.
async function touched(path: string): Promise<boolean> {
  const at = new Date(now().epochMilliseconds)
  return utimes(path, at, at).then(
    () => true,
    () => false,
  )
}

function pathOf(folder: string, sha256: string) {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('Not the name of a kept file')
  return join(folder, sha256.slice(0, 2), sha256.slice(2))
}
