import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inTransaction, sql, withClient } from './db.ts'

/** The migration files of a folder, oldest first. */
export const migrationFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter(name => name.endsWith('.sql'))
    .sort()

/**
 * Applies each missing file once, in its own transaction under a lock that several starting processes share.
 * @returns the names applied by this call
 */
export async function migrate(folder: string): Promise<string[]> {
  await underLock(() =>
    sql(null, 'create table if not exists migrations (name text primary key, applied_at timestamptz not null)'),
  )
  const applied: string[] = []
  for (const name of await missing(folder)) if (await applyOnce(folder, name)) applied.push(name)
  return applied
}

/** Files not applied yet. */
export async function missing(folder: string): Promise<string[]> {
  const done = new Set((await sql<{ name: string }>('migrations', 'select name from migrations')).map(row => row.name))
  return migrationFiles(folder).filter(name => !done.has(name))
}

const applyOnce = (folder: string, name: string) =>
  underLock(async () => {
    if ((await sql(null, 'select 1 from migrations where name = $1', [name])).length) return false
    await withClient(client => client.query(readFileSync(join(folder, name), 'utf8')))
    await sql(null, 'insert into migrations (name, applied_at) values ($1, $2)', [name, Temporal.Now.instant()])
    return true
  })

const underLock = <T>(fn: () => Promise<T>) =>
  inTransaction(async () => {
    await sql(null, 'select pg_advisory_xact_lock(727100)')
    return fn()
  })
