import { DatabaseInUse } from '../../lib/embedded.ts'
import { openDatabase } from '../database.ts'

/** `bin/migrate`: applies what the database has not seen yet. Asks for nothing but DATABASE_URL (or DATA_DIR). */
try {
  const database = await openDatabase({
    databaseUrl: process.env.DATABASE_URL || undefined,
    dataDir: process.env.DATA_DIR || 'var',
  })
  for (const name of database.applied) console.log(`applied ${name}`)
  console.log(database.applied.length ? 'The database is up to date.' : 'The database was up to date.')
  await database.close()
} catch (error) {
  if (!(error instanceof DatabaseInUse)) throw error
  console.error(error.message)
  process.exitCode = 1
}
