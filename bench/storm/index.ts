import { loadavg } from 'node:os'
import { cpuOf, cpuOfFamily } from '../cpu.ts'
import { SECRET, start, stopAll } from '../processes.ts'
import { type Seeded, seed } from '../seed.ts'
import { quantile } from './arriving.ts'
import { faultsAfter } from './checking.ts'
import { answersFor, trainingOf } from './learners.ts'
import { PACE, Storm } from './pressing.ts'

const PORT = 29_104
const GROWTH = [100, 300, 1000, 3000]

type Place = { app: number; postmaster: number; sessionOf: Seeded['sessionOf'] }

/**
 * A whole group presses start within half a minute, saves, and hands in: how long they wait, and whether the record
 * then holds what was acknowledged. The platform, PostgreSQL and the learners share the machine.
 * @param sizes how many learners, one storm for each
 */
export async function benchStorm(postmaster: number, sizes: number[]) {
  const { sessionOf } = await seed(3000, SECRET)
  const app = await start('../server/main.ts', PORT)
  try {
    console.log(
      `\nStart storm: start within ${PACE.startMs / 1000} s, ${PACE.savesASecond} saves a second, hand in within`,
    )
    console.log(`${PACE.handInMs / 1000} s; milliseconds of the wait, and shares of one processor\n`)
    line([
      'learners',
      'press',
      'half',
      '95 %',
      'goal',
      '99 %',
      'the last',
      'Node',
      'database',
      'learners',
      'load average',
    ])
    line(['---:', '---', ...Array(9).fill('---:')])
    for (const learners of sizes.length ? sizes : GROWTH)
      await oneStorm({ app: app.pid!, postmaster, sessionOf }, learners)
  } finally {
    stopAll()
  }
}

async function oneStorm(place: Place, learners: number) {
  const code = await trainingOf(learners)
  const storm = new Storm(PORT, place.sessionOf, code, learners)
  await measured(place, storm, learners, () => storm.start())
  const answers = await answersFor(code)
  if (answers.length === learners) {
    await measured(place, storm, learners, () => storm.save(answers))
    await measured(place, storm, learners, () => storm.handIn())
  }
  storm.close()
  const faults = await faultsAfter(code, storm.acknowledged)
  for (const [error, { length }] of Map.groupBy(storm.errors, each => each)) faults.unshift(`${length} times ${error}`)
  for (const fault of faults) console.log(`FAULT ${fault}`)
  if (faults.length) process.exitCode = 1
  else
    console.log(
      `<!-- ${learners}: one attempt each, ${storm.acknowledged.length} answers kept, every receipt right -->`,
    )
}

async function measured({ app, postmaster }: Place, storm: Storm, learners: number, part: () => Promise<void>) {
  const before = storm.phases.length
  const cpu = () => [cpuOf(app), cpuOfFamily(postmaster), cpuOf(process.pid)]
  const [began, spent] = [performance.now(), cpu()]
  await part()
  const took = 1000 * (performance.now() - began)
  const shares = cpu().map((now, index) => `${Math.round((100 * (now - spent[index]!)) / took)} %`)
  for (const { name, goalMs, waits } of storm.phases.slice(before)) {
    const [half, most, nearly, last] = [0.5, 0.95, 0.99, 1].map(share => quantile(waits, share))
    line([learners, name, half!, most!, goalMs ?? '', nearly!, last!, ...shares, loadavg()[0]!.toFixed(1)])
  }
}

const line = (cells: (string | number)[]) => console.log(`| ${cells.join(' | ')} |`)
