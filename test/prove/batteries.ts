import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A test that is run far more often than the suite runs it; what came of it is a section of docs/proofs.md. */
type Battery = {
  head: string
  about: string[]
  /** How to call the test: `COUNT` and `COUNT_TO` in its environment say how often, and where its outcome goes. */
  test: string
  count: 'LINES' | 'DEATHS' | 'MINUTES'
  on?: 'postgres'
  /** What came of it, as lines of a list. */
  told(outcome: never): string[]
}

type Line = { faults: string[]; given: number; acknowledged: number; stored: number; died: number }
type Cut = { seen: { at: number; what: string }[]; faults: string[]; given: number }
type Deaths = {
  deaths: number
  learners: number
  acknowledged: number
  longAway: number
  back: { least: number; most: number }
}

const sumOf = (lines: Line[], what: Exclude<keyof Line, 'faults'>) => lines.reduce((sum, line) => sum + line[what], 0)

/** By the word that asks for it: `npm run prove -- --lines 100`. */
export const BATTERIES: Record<'lines' | 'deaths' | 'minutes', Battery> = {
  lines: {
    head: '## Lines that are cut',
    about: [
      'Learners take a test in a real browser (Chromium) with the scripts of the page as they are, over a line of their own that',
      'is cut, reset, halved, heard but not answered, slow and sliced as a seed says, while tabs are closed or their process dies',
      'and are opened again; every third learner has two devices. Only time is not real: the timers of the page run ten times as',
      'fast. Each test has 26 events. When the lines are whole and nothing waits, a checker that knows nothing of how answers are',
      'kept compares what was given, what the browser heard and what is in the record (`test/support/lines/history.ts`).',
    ],
    test: 'test/browser/lines.test.ts',
    count: 'LINES',
    told: (lines: Line[]) => {
      const faults = lines.flatMap(line => line.faults)
      return [
        `**${lines.length} tests**, in which tabs died ${sumOf(lines, 'died')} times.`,
        `**Answers**: ${sumOf(lines, 'given')} given, ${sumOf(lines, 'stored')} stored (the others were changed again before they had left the device), ${sumOf(lines, 'acknowledged')} heard of as saved.`,
        faults.length
          ? `**Faults: ${faults.length}**: ${faults.slice(0, 10).join('; ')}`
          : '**Lost, invented or out of order**: none.',
      ]
    },
  },
  minutes: {
    head: '## One line cut for ten minutes',
    about: [
      'The same in real time, as it happens in a border post: one learner, one browser (Chromium), one cut that lasts, answers given',
      'all the while and the tab closed at its end. Seconds since the beginning, and what was seen:',
    ],
    test: 'test/prove/long-cut.ts',
    count: 'MINUTES',
    told: ({ seen, faults, given }: Cut) => [
      ...seen.map(({ at, what }) => `${at} s: ${what}.`),
      `**${given} answers given**; ${faults.length ? `faults: ${faults.join('; ')}` : 'none lost, invented or out of order'}.`,
    ],
  },
  deaths: {
    head: '## The platform killed in mid-test',
    about: [
      'Fifty learners each give an answer about every half second; the platform, on PostgreSQL, is killed (SIGKILL) at moments',
      'chosen by a seed and started again, every second time after eight seconds. The devices are a model without a browser, which',
      'keeps and sends by the rules of `public/js/autosave.js` (`test/support/lines/keeper.ts`); the checker is that of the lines.',
    ],
    test: 'test/races/killed.test.ts',
    count: 'DEATHS',
    on: 'postgres',
    told: ({ deaths, learners, acknowledged, longAway, back }: Deaths) => [
      `**${deaths} deaths**, ${learners} learners, ${acknowledged} acknowledged answers, **none lost**, invented or out of order.`,
      `**Time given back**: the long absences came to ${Math.round(longAway / 1000)} s together; each attempt got ${back.least} to ${back.most} s, since starting takes its time too, and ends so much later.`,
    ],
  },
}

/**
 * Runs a battery so many times over.
 * @returns its section of docs/proofs.md, undefined when it came to no outcome; and whether the test was green
 */
export function runBattery(battery: Battery, count: string, seed: string, dated: string) {
  const folder = mkdtempSync(join(tmpdir(), 'rtcm-battery-'))
  const to = join(folder, 'outcome.json')
  const mocha = ['node_modules/mocha/bin/mocha.js', '--exit', battery.test]
  const command = battery.on ? ['test/with-postgres.ts', process.execPath, ...mocha] : mocha
  const env = { ...process.env, SEED: seed, [battery.count]: count, [`${battery.count}_TO`]: to }
  const began = Date.now()
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit', env })
  try {
    const told = battery.told(JSON.parse(readFileSync(to, 'utf8')) as never)
    const call = `npm run prove -- --${battery.count.toLowerCase()} ${count} --seed ${seed}`
    const run = `${dated}, seed \`${seed}\` (\`${call}\`), ${Math.round((Date.now() - began) / 1000)} s:`
    const text = [battery.head, '', ...battery.about, '', run, '', ...told.map(line => `- ${line}`), ''].join('\n')
    return { text, green: status === 0 }
  } catch {
    return { text: undefined, green: false }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
