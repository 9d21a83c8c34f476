import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

export type Embedded = { socketDir: string; close(): Promise<void> }

/** Another process holds the data folder. */
export class DatabaseInUse extends Error {}

/**
 * Starts the embedded database (PGlite) on a folder, in a worker thread, behind a unix socket in a fresh private
 * folder. The folder is locked by an abstract socket that the kernel frees when the process dies, however it dies.
 * Not safe on power loss (no fsync): for demonstration and tests.
 * @throws DatabaseInUse when a second process asks for the same folder
 */
export async function startEmbedded(folder: string): Promise<Embedded> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = await lockFolder(folder)
  const socketDir = mkdtempSync(join(tmpdir(), 'rtcm-'))
  const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), {
    workerData: { dataDir: folder, socket: join(socketDir, '.s.PGSQL.5432') },
  })
  await new Promise<void>((ready, failed) => {
    worker.once('message', () => ready())
    worker.once('error', failed)
  })
  return {
    socketDir,
    async close() {
      worker.postMessage('close')
      await once(worker, 'message')
      await worker.terminate()
      lock.close()
      rmSync(socketDir, { recursive: true, force: true })
    },
  }
}

async function lockFolder(folder: string): Promise<Server> {
  const name = `rtcm-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24)}`
  const lock = createServer()
  // Abstract sockets exist on Linux only; elsewhere the socket file in the temporary folder does the same work.
  lock.listen({ path: process.platform === 'linux' ? `\0${name}` : join(tmpdir(), name) })
  try {
    await once(lock, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new DatabaseInUse(`Another process uses the embedded database in ${folder}. Stop it first, or set DATA_DIR.`)
  }
  lock.unref()
  return lock
}
