// node test/with-postgres.ts [--durable] COMMAND [ARGUMENTS]
// Runs a command with DATABASE_URL pointing at a PostgreSQL cluster made for it alone: new folder, free port, ended with it.
// --durable: a commit is on the disk before it is answered, as in production; tests do without.
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  accessSync,
  chownSync,
  constants,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

export type Cluster = { url: string; pid: number; stop(): Promise<void> }

const oldest = 15

/**
 * Starts a private cluster with the database `rtcm`, owned by a role without special rights, as in production.
 * PostgreSQL refuses to run as root: root hands over to the system's `postgres` account.
 */
export async function startCluster({ durable = false } = {}): Promise<Cluster> {
  const bin = binaries()
  const account = process.getuid?.() === 0 ? systemAccount('postgres') : undefined
  const folder = mkdtempSync(join(tmpdir(), 'rtcm-postgres-'))
  const data = join(folder, 'data')
  const log = join(folder, 'log')
  const password = randomBytes(18).toString('hex')
  writeFileSync(join(folder, 'password'), password, { mode: 0o600 })
  if (account) for (const path of [folder, join(folder, 'password')]) chownSync(path, account.uid, account.gid)

  // Text sorted and folded as on a usual server; a zone nobody here lives in, so that code leaning on it is seen.
  const locale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
  const login = ['-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${join(folder, 'password')}`]
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, '-E', 'UTF8', `--locale=${locale}`, '--no-sync', ...login], {
    ...account,
    cwd: folder,
    encoding: 'utf8',
  })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)

  const port = await freePort()
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`]
  settings.push('max_connections=200')
  if (!durable) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off')
  // Tables of tests are small and never counted: a second process for a statement takes longer to start than it saves.
  if (!durable) settings.push('max_parallel_workers_per_gather=0')
  settings.push('timezone=Pacific/Auckland', 'logging_collector=off', `hba_file=${join(data, 'pg_hba.conf')}`)
  const shell = `exec "$0" "$@" >"${log}" 2>&1`
  const options = ['-D', data, ...settings.flatMap(setting => ['-c', setting])]
  const server = spawn('/bin/sh', ['-c', shell, join(bin, 'postgres'), ...options], {
    ...account,
    cwd: folder,
    stdio: 'ignore',
  })
  const gone = once(server, 'exit')

  const stop = async () => {
    if (server.exitCode === null) server.kill('SIGINT') // fast shutdown
    const slow = setTimeout(() => server.kill('SIGQUIT'), 8000)
    await gone
    clearTimeout(slow)
    rmSync(folder, { recursive: true, force: true })
  }

  const admin = { host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' }
  try {
    const client = await connect(admin, () => server.exitCode !== null)
    const { rows } = await client.query('show data_directory')
    if (rows[0].data_directory !== data) throw new Error(`Port ${port} answers from ${rows[0].data_directory}`)
    await client.query(`create role rtcm login password '${password}'`)
    await client.query('create database rtcm owner rtcm')
    // The one thing tests do that the platform never does: empty the tables with triggers off.
    await client.query('grant set on parameter session_replication_role to rtcm')
    await client.end()
  } catch (error) {
    const tail = readFileSync(log, 'utf8').split('\n').slice(-15).join('\n')
    await stop()
    throw new Error(`PostgreSQL did not start: ${(error as Error).message}\n${tail}`)
  }
  return { url: `postgres://rtcm:${password}@127.0.0.1:${port}/rtcm`, pid: server.pid!, stop }
}

function binaries(): string {
  const debian = '/usr/lib/postgresql'
  const installed = readable(debian)
    .filter(version => Number(version) >= oldest)
    .sort((a, b) => Number(a) - Number(b))
    .map(version => join(debian, version, 'bin'))
  const found = [...installed, ...(process.env.PATH ?? '').split(delimiter)].find(folder =>
    ['initdb', 'postgres'].every(name => executable(join(folder, name))),
  )
  const hint = 'On Debian: apt-get install postgresql. `npm test` needs none: it uses the embedded database.'
  if (!found) throw new Error(`PostgreSQL ${oldest} or newer is not installed. ${hint}`)
  const version = spawnSync(join(found, 'postgres'), ['--version'], { encoding: 'utf8' }).stdout
  if (Number(/ (\d+)/.exec(version)?.[1]) < oldest)
    throw new Error(`${version.trim()} is too old: ${oldest} or newer. ${hint}`)
  return found
}

function readable(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function systemAccount(name: string): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(entry => entry.startsWith(`${name}:`))
  if (!line) throw new Error(`PostgreSQL does not run as root, and there is no account "${name}" to run it as`)
  const [, , uid, gid] = line.split(':').map(Number)
  return { uid: uid!, gid: gid! }
}

/** Below the range from which the kernel lends ports to outgoing connections. */
async function freePort(): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const port = 21_000 + Math.floor(Math.random() * 8000)
    const probe = createServer()
    const free = await new Promise<boolean>(answer => {
      probe.once('error', () => answer(false))
      probe.listen(port, '127.0.0.1', () => probe.close(() => answer(true)))
    })
    if (free) return port
  }
  throw new Error('No free port between 21000 and 29000')
}

async function connect(to: pg.ClientConfig, over: () => boolean): Promise<pg.Client> {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client(to)
    try {
      await client.connect()
      return client
    } catch (error) {
      if (over() || tries > 300) throw error
      await sleep(100)
    }
  }
}

async function main(words: string[]) {
  const durable = words[0] === '--durable'
  const [command, ...args] = durable ? words.slice(1) : words
  if (!command) throw new Error('Say which command to run: node test/with-postgres.ts mocha test/people.test.ts')
  const cluster = await startCluster({ durable })
  try {
    const child = spawn(command, args, { stdio: 'inherit', env: environment(cluster) })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
    const [code] = await once(child, 'exit')
    process.exitCode = code ?? 1
  } finally {
    await cluster.stop()
  }
}

function environment(cluster: Cluster) {
  return {
    ...process.env,
    DATABASE_URL: cluster.url,
    BASE_URL: process.env.BASE_URL ?? 'http://127.0.0.1:3000',
    SESSION_SECRET: process.env.SESSION_SECRET ?? randomBytes(32).toString('base64'),
    DATA_KEY: process.env.DATA_KEY ?? randomBytes(32).toString('base64'),
  }
}

if (import.meta.main)
  main(process.argv.slice(2)).catch(error => {
    console.error(error.message)
    process.exitCode = 1
  })
