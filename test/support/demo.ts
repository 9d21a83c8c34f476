import supertest from 'supertest'
import { sql, withClient } from '../../lib/db.ts'
import { createApp } from '../../server/app.ts'
import { fillDemo } from '../../server/demo/index.ts'
import { theHouse } from './app.ts'
import { emptiedTables } from './database.ts'
import { Reader } from './reader.ts'

/** A guest's browser on the same platform run as a demo. */
export function demoReader(): Reader {
  const house = theHouse()
  const reader = new Reader()
  reader.agent = supertest.agent(createApp({ ...house, config: { ...house.config, demo: true } }))
  return reader
}

// The demo has things that begin today and end soon.
const FRESH_MS = 10 * 60_000
let kept: { at: number; putBack: string } | undefined

/**
 * The demo as its code makes it, in an empty database. Making it takes two seconds, so the rows of the first are kept
 * beside the tables and put back for ten minutes, by the same numbers.
 */
export async function aDemo() {
  if (kept && Date.now() - kept.at < FRESH_MS) return withClient(client => client.query(kept!.putBack))
  await fillDemo(theHouse().config)
  kept = { at: Date.now(), putBack: await keep() }
}

/** Copies every table into the schema "demo". Returns the statements that put the copies back. */
async function keep(): Promise<string> {
  const tables = await emptiedTables()
  const copies = tables.map(name => `create table demo."${name}" as table public."${name}";`)
  await withClient(client =>
    client.query(`drop schema if exists demo cascade; create schema demo; ${copies.join(' ')}`),
  )
  const columns = await sql<{ table_name: string; names: string }>(
    null,
    `select table_name, string_agg(quote_ident(column_name), ', ') as names from information_schema.columns
     where table_schema = 'public' and table_name = any($1) and is_generated = 'NEVER' group by table_name`,
    [tables],
  )
  const inserts = columns.map(
    ({ table_name: name, names }) =>
      `insert into public."${name}" (${names}) overriding system value select ${names} from demo."${name}";`,
  )
  return `set session_replication_role = replica; ${inserts.join(' ')} set session_replication_role = origin;`
}
