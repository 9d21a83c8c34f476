import { type ChildProcess, fork } from 'node:child_process'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { closePool, one, openPool } from '../lib/db.ts'
import { migrate } from '../lib/migrations.ts'
import { cpuOf, cpuOfFamily } from './cpu.ts'
import { type Page, pages } from './pages.ts'
import { type Ask, client } from './requests.ts'
import { seed } from './seed.ts'

/**
 * Speed and cost of the pages that matter, at 1,000 and at 100,000 people: CPU time of Node and of PostgreSQL per
 * request, statements, bytes, and the ratio to a floor of the same size measured in the same run. Machines are noisy,
 * so nothing here is a time on the clock. `npm run bench`, or with sizes: `npm run bench -- 1000 20000`.
 */
const ROUNDS = 400
const WARM_UP = 60
const APP_PORT = 29_101
const FLOOR_PORT = 29_102
const SECRET = 'bench-only-secret-of-more-than-32-letters-0123456789'

const started: ChildProcess[] = []
// Whatever ends the run ends the two servers with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    for (const child of started) child.kill('SIGKILL')
    process.exit(1)
  })

type Row = { name: string; node: number; database: number; queries: number; bytes: number; ratio: number }

const url = process.env.DATABASE_URL
if (!url) throw new Error('Run it as `npm run bench`: it needs a PostgreSQL of its own')
const sizes = process.argv.slice(2).map(Number)
await main(sizes.length ? sizes : [1000, 100_000])

async function main(counts: number[]) {
  await openPool({ url: url! })
  await migrate(fileURLToPath(new URL('../migrations', import.meta.url)))
  const postmaster = await postmasterPid()
  const queries: number[] = []
  try {
    const app = await start('../server/main.ts', APP_PORT, line => queries.push(Number(JSON.parse(line).queries ?? 0)))
    const floor = await start('./floor.ts', FLOOR_PORT)
    for (const count of counts) {
      const seeded = await seed(count, SECRET)
      const rows: Row[] = []
      for (const page of pages(seeded)) rows.push(await measure(page, { app, floor, postmaster, queries }))
      print(count, rows)
    }
  } finally {
    for (const child of started) child.kill('SIGTERM')
    await closePool()
  }
}

type Bench = { app: ChildProcess; floor: ChildProcess; postmaster: number; queries: number[] }

async function measure(page: Page, { app, floor, postmaster, queries }: Bench): Promise<Row> {
  const ours = await cost(APP_PORT, app.pid!, postmaster, page.asks, page.status, page.learn)
  // The log line of the last request comes a moment after its answer.
  await new Promise(resolve => setTimeout(resolve, 50))
  const sent = queries.at(-1) ?? 0
  const base = await cost(FLOOR_PORT, floor.pid!, postmaster, () => ({ path: `/${ours.raw}` }), 200)
  return {
    name: page.name,
    node: ours.node,
    database: ours.database,
    queries: sent,
    bytes: ours.bytes,
    ratio: (ours.node + ours.database) / (base.node + base.database),
  }
}

async function cost(
  port: number,
  pid: number,
  postmaster: number,
  asks: (round: number) => Ask,
  status: number,
  learn?: Page['learn'],
) {
  const { ask, close } = client(port)
  learn?.(await ask(asks(0)))
  let bytes = 0
  for (let round = 0; round < WARM_UP; round++) {
    const answer = await ask(asks(round))
    if (answer.status !== status)
      throw new Error(`${asks(round).path} answered ${answer.status}, not ${status}: ${answer.text().slice(0, 400)}`)
    bytes = answer.bytes
  }
  const plain = await ask({ ...asks(WARM_UP), headers: { ...asks(WARM_UP).headers, 'accept-encoding': 'identity' } })
  const [nodeBefore, databaseBefore] = [cpuOf(pid), cpuOfFamily(postmaster)]
  for (let round = WARM_UP + 1; round <= WARM_UP + ROUNDS; round++) await ask(asks(round))
  const node = (cpuOf(pid) - nodeBefore) / ROUNDS
  const database = (cpuOfFamily(postmaster) - databaseBefore) / ROUNDS
  close()
  return { node, database, bytes, raw: plain.bytes }
}

function print(count: number, rows: Row[]) {
  const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`
  console.log(`\n${count.toLocaleString('en')} people, load average ${loadavg()[0]!.toFixed(1)}\n`)
  console.log(line(['Page', 'Node CPU µs', 'database CPU µs', 'statements', 'bytes gzip', 'ratio to floor']))
  console.log(line(['---', '---:', '---:', '---:', '---:', '---:']))
  for (const { name, node, database, queries, bytes, ratio } of rows)
    console.log(line([name, Math.round(node), Math.round(database), queries, bytes, ratio.toFixed(1)]))
}

function start(file: string, port: number, onLog: (line: string) => void = () => {}): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    env: {
      ...process.env,
      PORT: String(port),
      BASE_URL: `http://localhost:${port}`,
      SESSION_SECRET: SECRET,
      DATA_KEY: Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7)).toString('base64'),
      NODE_ENV: 'production',
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  started.push(child)
  return new Promise((resolve, reject) => {
    child.once('exit', code => reject(new Error(`${file} ended with ${code}`)))
    child.once('message', () => resolve(child))
    let rest = ''
    child.stdout!.on('data', (part: Buffer) => {
      const lines = (rest + part).split('\n')
      rest = lines.pop()!
      for (const line of lines) {
        if (line.includes('"msg":"listening"')) resolve(child)
        else if (line.startsWith('{') && line.includes('"queries"')) onLog(line)
      }
    })
  })
}

async function postmasterPid(): Promise<number> {
  const { readFileSync } = await import('node:fs')
  const row = await one<{ pid: number }>(null, 'select pg_backend_pid() as pid')
  return Number(readFileSync(`/proc/${row!.pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[1])
}
