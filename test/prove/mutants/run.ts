import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { sampleOf } from '../sampling.ts'
import { type Mutant, makeMutants, type Target } from './making.ts'

const of = (file: string, ...only: string[]): Target => ({ file: `models/${file}.ts`, only })

/** What is changed: all that decides a grade, and all that decides who may enroll, begin a test and be certified. */
export const TARGETS: Target[] = [
  { file: 'models/grading.ts' },
  { file: 'models/drawing.ts' },
  { file: 'models/items/numbers.ts' },
  { file: 'models/items/spelling.ts' },
  of('items/kind', 'idOf', 'under', 'entryAt'),
  of('items/kinds', 'isGraded', 'isMarked', 'shareOf', 'valueFits', 'isAnswered', 'holds'),
  of('items/options', 'idsOf', 'rightIds', 'onePoint'),
  of('items/multiple', 'parts', 'shareOfRight'),
  of('items/matching', 'parts', 'points', 'right', 'fits', 'choicesOf'),
  of('items/ordering', 'parts', 'right', 'placesOf', 'shareOfPairs'),
  of('items/numeric', 'parts', 'points', 'right', 'plainNumber', 'isNear'),
  of('items/short', 'parts', 'points', 'right', 'isSaid'),
  of('items/cloze', 'parts', 'points', 'right', 'choicesOf', 'partOf', 'isRight', 'rightEntry'),
  of('items/scenario', 'parts', 'points', 'right', 'kindOf', 'inside', 'outside', 'own'),
  of('items/rating', 'parts', 'stepsOf'),
  { file: 'models/policies/enrollment.ts' },
  of('attempting', 'mayStart', 'isBefore'),
  of('completing', 'missingFor', 'missingAttendance'),
  of('attendance', 'percentOf', 'reaches'),
  of('certifying', 'issuable'),
]

/** The tests that must see it: those that need no database. */
export const TESTS = ['grading', 'answers', 'drawing', 'spelling', 'eligibility'].map(name => `test/${name}.test.ts`)

const PATIENCE_MS = 30_000

/**
 * Changes the code in one small way after the other and runs the tests each time.
 * @param tree a copy of the tree, which is changed
 * @param sample so many of the changes, chosen by a seed; left out: all
 * @returns all changes, and those that no test noticed
 */
export async function survivorsOf(
  tree: string,
  sample?: { size: number; seed: string } | 0,
): Promise<{ mutants: Mutant[]; survivors: Mutant[] }> {
  const all = await makeMutants(tree, TARGETS)
  const nameOf = ({ file, line, kind, replacement, id }: Mutant) => `${file} ${line} ${kind} ${replacement} ${id}`
  const mutants = sample ? sampleOf(all, nameOf, sample.size, sample.seed) : all
  return { mutants, survivors: await tryAll(tree, mutants) }
}

/** Those of the changes, which stand in the tree already, that no test notices. */
export async function tryAll(tree: string, mutants: Mutant[]): Promise<Mutant[]> {
  const survivors: Mutant[] = []
  let worker = await begin(tree)
  const unchanged = await ask(worker, null)
  if (unchanged?.failures !== 0) throw new Error('the tests are red before any change')
  const atLoading = new Set(unchanged.loaded)
  for (const mutant of mutants) {
    const told = atLoading.has(mutant.id) ? await askAnew(tree, mutant.id) : await ask(worker, mutant.id)
    if (told?.failures === 0) survivors.push(mutant)
    // Tests that never end notice too; their process is of no more use.
    if (told || atLoading.has(mutant.id)) continue
    worker.kill('SIGKILL')
    worker = await begin(tree)
  }
  worker.kill('SIGKILL')
  return survivors
}

/** What is computed once, when the code is loaded, is changed in a process of its own. */
async function askAnew(tree: string, id: string): Promise<Told | undefined> {
  const worker = await begin(tree, id).catch(() => undefined)
  const told = worker && (await ask(worker, null))
  worker?.kill('SIGKILL')
  return told
}

async function begin(tree: string, active?: string): Promise<ChildProcess> {
  const child = fork(join(tree, 'test/prove/mutants/trying.ts'), TESTS, {
    cwd: tree,
    env: { PATH: process.env.PATH, ...(active ? { __STRYKER_ACTIVE_MUTANT__: active } : {}) },
    stdio: ['ignore', 'ignore', active ? 'ignore' : 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('ended before it began')))
  await Promise.race([once(child, 'message'), ended])
  ended.catch(() => {})
  return child
}

type Told = { failures: number; loaded: string[] }

/** What came of a change; undefined when the process ended or did not end its tests in time. */
async function ask(worker: ChildProcess, id: string | null): Promise<Told | undefined> {
  const answered = new AbortController()
  const signal = AbortSignal.any([answered.signal, AbortSignal.timeout(PATIENCE_MS)])
  const told = once(worker, 'message', { signal }).then(([message]) => message as Told)
  const ended = once(worker, 'exit', { signal }).then(() => undefined)
  worker.send(id as never)
  try {
    return await Promise.race([told, ended])
  } catch {
    return undefined
  } finally {
    for (const each of [told, ended]) each.catch(() => {})
    answered.abort()
  }
}
