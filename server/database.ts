import { join } from 'node:path'
import type { Config } from '../lib/config.ts'
import { closePool, openPool } from '../lib/db.ts'
import { type Embedded, startEmbedded } from '../lib/embedded.ts'
import { migrate } from '../lib/migrations.ts'

const MIGRATIONS = new URL('../migrations', import.meta.url).pathname

/** Opens the database the configuration names (PostgreSQL, else the embedded one) and brings it up to date. */
export async function openDatabase({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>) {
  let embedded: Embedded | undefined
  if (databaseUrl) await openPool({ url: databaseUrl })
  else {
    embedded = await startEmbedded(join(dataDir, 'database'))
    await openPool(embedded)
  }
  const applied = await migrate(MIGRATIONS)
  return {
    /** Names of the migrations that were applied now. */
    applied,
    async close() {
      await closePool()
      await embedded?.close()
    },
  }
}
