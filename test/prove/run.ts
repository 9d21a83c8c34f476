// npm run prove [-- WORDS] [-- --sample N --seed S]
// A test that has never failed proves nothing. For each entry: its test is green, one line is broken in a copy of the tree,
// and the same test turns red. Then a working process is killed at 200 points (ten in a sample). A whole run writes
// docs/proofs.md; a selection by words, or a part of all (--part 1/2), writes its lines; a sample only tells.
//
// Batteries are run by themselves, with --seed S: --kills N kills the worker, --lines N takes tests over lines that are cut,
// --minutes N cuts one line for so long, --deaths N kills the platform in mid-test, --mutants changes the code of grades in
// many small ways (in so many of them with --sample N). As many as a proof needs, or more, are written down.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { document, oneLine, type Outcome } from './document.ts'
import { entries, type Proof } from './entries.ts'
import { BATTERIES, runBattery } from './batteries.ts'
import { section } from './kills/report.ts'
import { killPoints } from './kills/trial.ts'
import { floorOf, GOAL, sampleSentence, scoreOf, section as mutation } from './mutants/report.ts'
import { survivorsOf } from './mutants/run.ts'
import { sampleOf } from './sampling.ts'
import { sectionsOf, withSection } from './sections.ts'

type Run = { titles: string[]; failures: { title: string; message: string }[] }

const root = fileURLToPath(new URL('../..', import.meta.url))

const KILLS = 200
const KILLS_IN_A_SAMPLE = 10
/** How many of a battery count for a proof. */
const ENOUGH = { lines: 100, deaths: 20, minutes: 10 }
const DOCUMENT = join(root, 'docs/proofs.md')

async function main() {
  const { values, positionals } = parseArgs({
    options: {
      ...{
        sample: { type: 'string' },
        part: { type: 'string' },
        kills: { type: 'string' },
        seed: { type: 'string', default: 'any' },
      },
      mutants: { type: 'boolean' },
      ...{ lines: { type: 'string' }, deaths: { type: 'string' }, minutes: { type: 'string' } },
    },
    allowPositionals: true,
  })
  if (values.kills) return kill(Number(values.kills), values.seed)
  if (values.mutants) return mutate(values.sample ? Number(values.sample) : undefined, values.seed)
  if (values.lines) return battery('lines', values.lines, values.seed)
  if (values.deaths) return battery('deaths', values.deaths, values.seed)
  if (values.minutes) return battery('minutes', values.minutes, values.seed)
  const words = positionals.join(' ').toLowerCase()
  const meant = entries.filter(proof => `${proof.promise} ${proof.test}`.toLowerCase().includes(words))
  const chosen = values.part ? partOf(meant, values.part) : meant
  // A race without its lock is not lost every time: the sample takes what is certain.
  const proofs = values.sample
    ? sampleOf(
        chosen.filter(proof => !proof.on),
        ({ promise, file, replace }) => `${promise} ${file} ${replace}`,
        Number(values.sample),
        values.seed,
      )
    : chosen
  const copy = copyOfTree()
  const unbroken = rememberedRuns(copy, proofs)
  try {
    const outcomes = proofs.map(proof => tell(prove(copy, proof, unbroken(proof))))
    const loose = outcomes.filter(({ red }) => !red).length
    console.log(`\n${outcomes.length - loose} of ${outcomes.length} promises are proved`)
    if (!values.sample) writeDown(old => `${document(outcomes, entries, old, dated())}\n${sectionsOf(old)}`)
    process.exitCode = loose || !outcomes.length ? 1 : 0
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
  if (!words && !values.part) await kill(values.sample ? KILLS_IN_A_SAMPLE : KILLS, values.seed)
}

/** One part of several, "1/2": whole files of tests, so that each file is run green once. */
function partOf(proofs: Proof[], part: string): Proof[] {
  const [number, of] = part.split('/').map(Number)
  const files = [...new Set(proofs.map(({ test }) => test))]
  return proofs.filter(({ test }) => files.indexOf(test) % of! === number! - 1)
}

/** Kills a working process so many times; as many as a whole run does are written down. */
async function kill(count: number, seed: string) {
  const outcome = await killPoints(count, seed)
  const text = section(outcome, dated())
  console.log(`\n${text}`)
  if (count >= KILLS) writeDown(old => withSection(old, text))
  if (outcome.faults.length) process.exitCode = 1
}

/** Runs one battery; as many as count for a proof are written down. */
function battery(name: keyof typeof BATTERIES, count: string, seed: string) {
  const { text, green } = runBattery(BATTERIES[name], count, seed, dated())
  console.log(`\n${text ?? 'it came to no outcome'}`)
  if (text && Number(count) >= ENOUGH[name]) writeDown(old => withSection(old, text))
  if (!green) process.exitCode = 1
}

/**
 * Changes the code of grades and eligibility in many small ways, and tells which no test noticed. A sample of so many is
 * only told, and held against what chance allows.
 */
async function mutate(size: number | undefined, seed: string) {
  const copy = copyOfTree()
  const began = Date.now()
  try {
    const { mutants, survivors } = await survivorsOf(copy, size && { size, seed })
    for (const { file, line, kind, replacement } of survivors)
      console.log(`  SURVIVED  ${file}:${line} ${kind}\n             ${oneLine(replacement)}`)
    if (size) {
      console.log(`\n${sampleSentence(mutants, survivors)}`)
      process.exitCode = mutants.length - survivors.length < floorOf(mutants.length) ? 1 : 0
      return
    }
    const text = mutation(mutants, survivors, dated(), Math.round((Date.now() - began) / 1000))
    console.log(`\n${text}`)
    writeDown(old => withSection(old, text))
    if (scoreOf(mutants, survivors) < GOAL) process.exitCode = 1
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

/** Today and the commit; whether something is not committed yet. */
function dated(): string {
  const git = (...args: string[]) => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout.trim()
  const changed = git('status', '--porcelain', '--', '.', ':!docs/proofs.md') ? ', with changes not yet committed' : ''
  return `${new Date().toISOString().slice(0, 10)}, commit ${git('rev-parse', '--short', 'HEAD')}${changed}`
}

const writeDown = (change: (old: string) => string) => writeFileSync(DOCUMENT, change(readFileSync(DOCUMENT, 'utf8')))

/** Green as it is, red when broken: only both together prove the promise. */
function prove(copy: string, proof: Proof, before: Run | string): Outcome {
  if (typeof before === 'string') return { proof, red: false, said: before }
  if (!before.titles.length) return { proof, red: false, said: 'no test of that name' }
  if (before.failures.length) return { proof, red: false, said: `red before the break: ${before.failures[0]!.message}` }
  const repair = breakIt(copy, proof)
  if (typeof repair === 'string') return { proof, red: false, said: repair }
  try {
    const after = runTest(copy, proof)
    if (typeof after === 'string') return { proof, red: false, said: `did not run: ${after}` }
    const failure = after.failures[0]
    if (!failure) return { proof, red: false, said: 'still green when broken' }
    // A platform that does not start any more says nothing about the promise.
    if (/"before (all|each)" hook/.test(failure.title))
      return { proof, red: false, said: `broke the start: ${failure.message}` }
    return { proof, red: true, said: failure.message }
  } finally {
    repair()
  }
}

/** A file with several promises is run whole once before it is broken; of a file with few, the tests that are meant. */
function rememberedRuns(copy: string, proofs: Proof[]): (proof: Proof) => Run | string {
  const whole = new Map<string, Run | string>()
  const fileOf = ({ test, on }: Proof) => `${test} ${on ?? ''}`
  return proof => {
    const file = fileOf(proof)
    if (proofs.filter(each => fileOf(each) === file).length < 3) return runTest(copy, proof)
    if (!whole.has(file)) whole.set(file, runTest(copy, { ...proof, only: undefined }))
    const run = whole.get(file)!
    const meant = (title: string) => title.includes(proof.only ?? '')
    if (typeof run === 'string') return run
    return { titles: run.titles.filter(meant), failures: run.failures.filter(({ title }) => meant(title)) }
  }
}

/** Returns what undoes the break, or in words why it could not be made. */
function breakIt(copy: string, { file, find, replace }: Proof): (() => void) | string {
  const path = join(copy, file)
  if (find === undefined) {
    writeFileSync(path, replace, { flag: 'wx' })
    return () => rmSync(path)
  }
  const whole = readFileSync(path, 'utf8')
  const times = whole.split(find).length - 1
  if (times !== 1) return `the line to break is found ${times} times in ${file}`
  writeFileSync(
    path,
    whole.replace(find, () => replace),
  )
  return () => writeFileSync(path, whole)
}

function runTest(copy: string, { test, only, on }: Proof): Run | string {
  const report = join(copy, 'proof.json')
  rmSync(report, { force: true })
  const mocha = [
    join(root, 'node_modules/mocha/bin/mocha.js'),
    '--reporter',
    'json',
    '--reporter-option',
    `output=${report}`,
  ]
  const command = [...(on === 'postgres' ? ['test/with-postgres.ts', process.execPath] : []), ...mocha, '--exit', test]
  const { stderr, error } = spawnSync(process.execPath, [...command, ...(only ? ['--fgrep', only] : [])], {
    cwd: copy,
    encoding: 'utf8',
    timeout: 600_000,
  })
  try {
    const { tests, failures } = JSON.parse(readFileSync(report, 'utf8'))
    return {
      titles: tests.map((each: { fullTitle: string }) => each.fullTitle),
      failures: failures.map((failure: { fullTitle: string; err: { message?: string } }) => ({
        title: failure.fullTitle,
        message: oneLine((failure.err.message ?? '').replaceAll(`${copy}/`, '')),
      })),
    }
  } catch {
    return oneLine(error?.message ?? stderr)
  }
}

function copyOfTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'rtcm-prove-'))
  const left = new Set(['.git', 'node_modules', 'var', 'uploads', 'coverage'].map(name => join(root, name)))
  cpSync(root, copy, { recursive: true, filter: path => !left.has(path) })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

function tell(outcome: Outcome): Outcome {
  console.log(`${outcome.red ? '  proved  ' : '  LOOSE   '} ${outcome.proof.promise}\n             ${outcome.said}`)
  return outcome
}

await main()
