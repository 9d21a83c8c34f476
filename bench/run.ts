import type { ChildProcess } from 'node:child_process'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { closePool, openPool } from '../lib/db.ts'
import { migrate } from '../lib/migrations.ts'
import { cpuOf, cpuOfFamily } from './cpu.ts'
import { benchMail } from './mail.ts'
import { type Page, pages } from './pages.ts'
import { postmasterPid, SECRET, start, stopAll } from './processes.ts'
import { type Ask, client } from './requests.ts'
import { seed } from './seed.ts'
import { benchStorm } from './storm/index.ts'

/**
 * Speed and cost of the pages that matter, at 1,000 and at 100,000 people: CPU time of Node and of PostgreSQL per
 * request, statements, bytes, and the ratio to a floor of the same size measured in the same run. Machines are noisy,
 * so nothing here is a time on the clock, but for mails and for a start storm, where somebody waits. `npm run bench`, or
 * only some of it: `npm run bench -- 1000 20000`, `npm run bench -- mail`, `npm run bench -- storm` (of 100 to 3,000
 * learners, or of as many as follow).
 */
const ROUNDS = 400
const WARM_UP = 60
const APP_PORT = 29_101
const FLOOR_PORT = 29_102

type Row = { name: string; node: number; database: number; queries: number; bytes: number; ratio: number }

const url = process.env.DATABASE_URL
if (!url) throw new Error('Run it as `npm run bench`: it needs a PostgreSQL of its own')
const wanted = process.argv.slice(2)
const sizes = wanted.filter(word => /^\d+$/.test(word)).map(Number)
const mail = !wanted.length || wanted.includes('mail')

await openPool({ url })
try {
  await migrate(fileURLToPath(new URL('../migrations', import.meta.url)))
  const postmaster = await postmasterPid()
  if (wanted.includes('storm')) await benchStorm(postmaster, sizes)
  else await benchPages(postmaster, wanted.length ? sizes : [1000, 100_000])
  if (mail) await benchMail(postmaster)
} finally {
  stopAll()
  await closePool()
}

async function benchPages(postmaster: number, counts: number[]) {
  const queries: number[] = []
  const app = await start('../server/main.ts', APP_PORT, line => queries.push(Number(JSON.parse(line).queries ?? 0)))
  const floor = await start('./floor.ts', FLOOR_PORT)
  for (const count of counts) {
    const seeded = await seed(count, SECRET)
    const rows: Row[] = []
    for (const page of pages(seeded)) rows.push(await measure(page, { app, floor, postmaster, queries }))
    print(count, rows)
  }
  stopAll()
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
