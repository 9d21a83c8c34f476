import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { citext } from '@electric-sql/pglite/contrib/citext'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'

/** The worker thread that holds the embedded database and serves it on a unix socket. */
const { dataDir, socket } = workerData as { dataDir: string; socket: string }
const db = await PGlite.create(dataDir, { extensions: { btree_gist, citext, pg_trgm, unaccent } })
const server = new PGLiteSocketServer({ db, path: socket, maxConnections: 4 })
await server.start()
parentPort!.postMessage('ready')
parentPort!.once('message', async () => {
  await server.stop()
  await db.close()
  parentPort!.postMessage('closed')
})
