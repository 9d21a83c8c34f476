import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { ABSTRACT, Sequelize, type Transaction } from 'sequelize'

/**
 * The one door to the database. Records (Sequelize), raw statements, sign-in sessions and the queue all go through
 * the ambient transaction; only this file opens one.
 */

type Values = Map<string, unknown>
type Scope = { open: Transaction | undefined; queries: number }

const ambient = new AsyncLocalStorage<Values>()
const scopes = new AsyncLocalStorage<Scope>()

Sequelize.useCLS({
  bind: (fn: unknown) => fn,
  run: (fn: (values: Values) => unknown) => ambient.run(new Map(ambient.getStore()), () => fn(ambient.getStore()!)),
  get: (key: string) => ambient.getStore()?.get(key),
  set: (key: string, value: unknown) => ambient.getStore()?.set(key, value),
} as never)

pg.types.setTypeParser(1184, text => instantOf(text) as never)
// A timestamp without zone is a wall time: what a clock on the wall of the host shows.
pg.types.setTypeParser(1114, text => Temporal.PlainDateTime.from(text.replace(' ', 'T')) as never)
pg.types.setTypeParser(1082, text => text)

let connection: Record<string, unknown> | undefined

export const sequelize = new Sequelize({
  dialect: 'postgres',
  logging: () => counted(),
  define: { underscored: true, timestamps: false, freezeTableName: true },
  pool: { max: 10, min: 0, acquire: 60_000, idle: 60_000 },
})

sequelize.addHook('beforeConnect', config => {
  if (!connection) throw new Error('The database is not open')
  Object.assign(config, connection)
})

export type Opening = { url: string; poolMax?: number } | { socketDir: string }

/** Opens the pool: on a PostgreSQL address, or on the one socket of the embedded database (one connection). */
export async function openPool(opening: Opening) {
  const embedded = 'socketDir' in opening
  connection = embedded
    ? { host: opening.socketDir, port: 5432, username: 'postgres', password: 'postgres', database: 'postgres' }
    : addressOf(opening.url)
  const manager = sequelize.connectionManager as unknown as {
    config: { pool: Record<string, unknown> }
    initPools(): void
    getConnection: unknown
    close: unknown
  }
  Object.assign(manager.config.pool, embedded ? { max: 1, min: 1 } : { max: opening.poolMax ?? 10, min: 0 })
  Reflect.deleteProperty(manager, 'getConnection')
  manager.initPools()
  sequelize.removeHook('afterConnect', 'deallocate')
  // The embedded database keeps named statements of a session that the pool has replaced.
  if (embedded)
    sequelize.addHook('afterConnect', 'deallocate', async client => {
      await (client as pg.Client).query('deallocate all')
    })
  await sequelize.authenticate()
}

/** Closes the pool after what runs has ended. */
export async function closePool() {
  await sequelize.connectionManager.close()
  connection = undefined
}

/**
 * Runs `fn` in a transaction; a nested call joins the open one. What leaves it (another connection while it is open)
 * is an error at once, not a wait. `afterCommit` callbacks run when the outermost one has committed.
 */
export async function inTransaction<T>(fn: () => Promise<T>): Promise<T> {
  if (openTransaction()) return fn()
  const scope = scopes.getStore()
  if (!scope) return inScope(() => inTransaction(fn))
  guard()
  return sequelize.transaction(async transaction => {
    scope.open = transaction
    try {
      return await fn()
    } finally {
      scope.open = undefined
    }
  })
}

/** Calls back when the open transaction has committed; at once when none is open. */
export function afterCommit(fn: () => void) {
  const transaction = openTransaction()
  if (transaction) transaction.afterCommit(fn)
  else fn()
}

/** One flow of work (a request, a job): inside it, leaving an open transaction is noticed and queries are counted. */
export function inScope<T>(fn: () => T): T {
  return scopes.run({ open: undefined, queries: 0 }, fn)
}

/** Statements sent so far in this flow. */
export const queriesInScope = (): number => scopes.getStore()?.queries ?? 0

export type Row = Record<string, unknown>

/**
 * Rows of one statement through the ambient connection. `name` makes it a prepared statement: one name, one text,
 * columns listed. Pass `null` for texts that are put together at run time.
 */
export async function sql<T extends object = Row>(name: string | null, text: string, values: unknown[] = []) {
  if (name) sameText(name, text)
  counted()
  const query = { ...(name ? { name } : {}), text, values: values.map(bound) }
  return withClient(async client => (await client.query(query)).rows as T[])
}

/** The first row, or undefined. */
export async function one<T extends object = Row>(name: string | null, text: string, values: unknown[] = []) {
  return (await sql<T>(name, text, values))[0]
}

/** Works on the ambient connection, or on one of the pool for as long as `fn` runs. */
export async function withClient<T>(fn: (client: pg.Client) => Promise<T>): Promise<T> {
  const transaction = openTransaction()
  if (transaction) return fn((transaction as unknown as { connection: pg.Client }).connection)
  guard()
  const client = (await sequelize.connectionManager.getConnection({ type: 'read' })) as pg.Client
  try {
    return await fn(client)
  } finally {
    sequelize.connectionManager.releaseConnection(client as never)
  }
}

/** Name of the constraint an error broke (unique, exclusion, check, foreign key), or undefined. */
export function brokenConstraint(error: unknown): string | undefined {
  const cause = ((error as { parent?: unknown }).parent ?? error) as { code?: string; constraint?: string }
  return ['23505', '23P01', '23514', '23503'].includes(cause.code ?? '') ? (cause.constraint ?? '') : undefined
}

type Column = { key: string; toSql(): string }

/** Column types of Sequelize records for a timestamptz (Temporal.Instant) and for a wall time (Temporal.PlainDateTime). */
export const INSTANT: Column = asText('timestamptz')
export const WALL_TIME: Column = asText('timestamp')

/** A column whose values travel as their text and come back through the driver's parser. */
function asText(sqlType: string): Column {
  const Base = (ABSTRACT as unknown as { prototype: { constructor: new () => object } }).prototype.constructor
  class AsText extends Base {
    key = sqlType
    toSql() {
      return sqlType
    }
    validate() {
      return true
    }
    _stringify(value: unknown) {
      return String(value)
    }
    _bindParam(value: unknown, options: { bindParam(value: string): string }) {
      return options.bindParam(String(value))
    }
    _sanitize(value: unknown) {
      return value
    }
    _isChanged(value: unknown, original: unknown) {
      return String(value) !== String(original)
    }
  }
  return new AsText() as unknown as Column
}

function openTransaction(): Transaction | undefined {
  const transaction = ambient.getStore()?.get('transaction') as (Transaction & { finished?: string }) | undefined
  return transaction && !transaction.finished ? transaction : undefined
}

sequelize.addHook('beforePoolAcquire' as never, guardAcquire as never)

/** Sequelize itself acquires once to begin a transaction; any other acquisition while one is open is a leak. */
function guardAcquire() {
  guard()
}

function guard() {
  const open = scopes.getStore()?.open as (Transaction & { finished?: string }) | undefined
  if (open && !open.finished && !openTransaction())
    throw new Error('Left the open transaction: this query would wait for it on another connection')
}

const texts = new Map<string, string>()

function sameText(name: string, text: string) {
  const known = texts.get(name)
  if (known === undefined) texts.set(name, text)
  else if (known !== text) throw new Error(`Two statements share the name ${name}`)
}

function counted() {
  const scope = scopes.getStore()
  if (scope) scope.queries++
}

function bound(value: unknown): unknown {
  if (
    value instanceof Temporal.Instant ||
    value instanceof Temporal.PlainDate ||
    value instanceof Temporal.PlainDateTime
  )
    return value.toString()
  return value
}

// PostgreSQL writes '2026-11-24 08:00:00+00'; Temporal wants a T and minutes in the offset.
function instantOf(text: string): Temporal.Instant {
  return Temporal.Instant.from(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))
}

function addressOf(url: string) {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url)
  const ssl = { require: true, 'no-verify': { rejectUnauthorized: false } }[searchParams.get('sslmode') ?? '']
  return {
    host: searchParams.get('host') ?? decodeURIComponent(hostname),
    port: Number(port || 5432),
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    ...(ssl ? { dialectOptions: { ssl } } : {}),
  }
}
