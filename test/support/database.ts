import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closePool, openPool, sql, withClient } from '../../lib/db.ts'
import { type Embedded, startEmbedded } from '../../lib/embedded.ts'
import { migrate, migrationFiles } from '../../lib/migrations.ts'
import { fillStates } from '../../server/states.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const MIGRATIONS = join(ROOT, 'migrations')

/** Whether this run is on real PostgreSQL (npm run test:postgres). */
export const onPostgres = Boolean(process.env.DATABASE_URL)

/** Opens a fresh database for the run, migrated, with the ten States. */
export async function openTestDatabase() {
  const prepared = await template()
  if (process.env.DATABASE_URL) {
    await openPool({ url: process.env.DATABASE_URL, poolMax: 50 })
    await migrate(MIGRATIONS)
    await fillStates()
    return { close: closePool }
  }
  const folder = mkdtempSync(join(tmpdir(), 'rtcm-test-'))
  cpSync(prepared, join(folder, 'database'), { recursive: true })
  const embedded = await startEmbedded(join(folder, 'database'))
  await openPool(embedded)
  return {
    async close() {
      await closePool()
      await embedded.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const KEPT = ['migrations', 'states']
let statement: string | undefined

/**
 * Empties every table but the States, by DELETE with triggers and references off: that takes 5 ms where TRUNCATE of
 * empty tables takes 250. A role that may not switch them off (somebody's own server) truncates.
 */
export async function reset() {
  statement ??= await emptying()
  await withClient(client => client.query(statement!))
}

/** The names of the tables that are emptied before each test: all but the States. */
export async function emptiedTables(): Promise<string[]> {
  const tables = await sql<{ name: string }>(
    'reset.tables',
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  return tables.map(({ name }) => name).filter(name => !KEPT.includes(name))
}

async function emptying() {
  const names = (await emptiedTables()).map(name => `"${name}"`)
  const [role] = await sql<{ free: boolean }>(
    'reset.role',
    `select has_parameter_privilege('session_replication_role', 'set') as free`,
  )
  if (!role!.free) return `truncate ${names.join(', ')}`
  const deletes = names.map(name => `delete from ${name};`).join(' ')
  return `set session_replication_role = replica; ${deletes} set session_replication_role = origin;`
}

/** A prepared data folder, made once per set of migrations: copying it takes a fifth of a second, making it ten. */
export const template = (): Promise<string> => (made ??= makeTemplate())
let made: Promise<string> | undefined

async function makeTemplate(): Promise<string> {
  const hash = createHash('sha256')
  for (const name of migrationFiles(MIGRATIONS)) hash.update(name).update(readFileSync(join(MIGRATIONS, name)))
  hash.update(readFileSync(join(ROOT, 'models/states.json')))
  const folder = join(ROOT, 'var/test', hash.digest('hex').slice(0, 16))
  if (existsSync(folder)) return folder
  mkdirSync(join(ROOT, 'var/test'), { recursive: true })
  const draft = mkdtempSync(join(ROOT, 'var/test/draft-'))
  const embedded: Embedded = await startEmbedded(join(draft, 'database'))
  await openPool(embedded)
  await migrate(MIGRATIONS)
  await fillStates()
  await closePool()
  await embedded.close()
  // Another run may have been quicker.
  if (!existsSync(folder)) renameSync(join(draft, 'database'), folder)
  rmSync(draft, { recursive: true, force: true })
  return folder
}
