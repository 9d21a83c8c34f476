import path from 'node:path'
import { ConfigError, readConfig } from '../../lib/config.ts'
import { inScope } from '../../lib/db.ts'
import { DatabaseInUse } from '../../lib/embedded.ts'
import { checkCurriculum } from '../../models/curriculum/checking.ts'
import { describeCurriculum } from '../../models/curriculum/describing.ts'
import { type Deed, type Loaded, loadCurriculum } from '../../models/curriculum/loading.ts'
import type { Problem } from '../../models/curriculum/problem.ts'
import { publishProposals } from '../../models/curriculum/publishing.ts'
import { openDatabase } from '../database.ts'

const SHIPPED = path.join(import.meta.dirname, '../../curriculum')
const USAGE = `Usage: bin/curriculum check [folder]     lists every mistake with file and line
       bin/curriculum report [folder]    words and sources per lesson, items per outcome
       bin/curriculum load [folder]      proposes versions of what changed
       bin/curriculum publish [code…]    publishes the proposed versions of all modules, or of those named`

const acts: { [act: string]: (...args: string[]) => number | Promise<number> } = { check, report, load, publish }
const [act = '', ...args] = process.argv.slice(2)

try {
  process.exitCode = await (acts[act] ?? usage)(...args)
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof DatabaseInUse)) throw error
  console.error(error.message)
  process.exitCode = 1
}

function check(dir = SHIPPED) {
  const { curriculum, problems } = checkCurriculum(dir)
  if (problems.length) return tell(problems)
  console.log(describeCurriculum(curriculum).totals)
  return 0
}

function report(dir = SHIPPED) {
  const { lines, totals } = describeCurriculum(checkCurriculum(dir).curriculum)
  console.log([...lines, totals].join('\n'))
  return 0
}

async function load(dir = SHIPPED) {
  const loaded = await withDatabase(() => loadCurriculum(dir, { publish: false, actor: null }))
  if (loaded.problems.length) {
    tell(loaded.problems)
    console.log('Nothing was loaded.')
    return 1
  }
  console.log(described(loaded).join('\n'))
  return 0
}

async function publish(...codes: string[]) {
  const published = await withDatabase(() => publishProposals(null, codes.length ? codes : undefined))
  console.log(published.length ? published.map(name => `${name}  published`).join('\n') : 'No proposed version waits.')
  return 0
}

function usage() {
  console.error(USAGE)
  return 2
}

async function withDatabase<T>(fn: () => Promise<T>): Promise<T> {
  const database = await openDatabase(readConfig(process.env))
  try {
    return await inScope(fn)
  } finally {
    await database.close()
  }
}

function tell(problems: Problem[]) {
  for (const { file, line, message } of problems) console.log(`${file}:${line}  ${message}`)
  console.log(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`)
  return 1
}

function described({ deeds, themes, sources, terms }: Loaded) {
  const line = ({ code, version, deed, leftAlone }: Deed) => [
    `${code} ${version}  ${deed}`,
    ...leftAlone.map(part => `  ${part}: edited here, left alone`),
  ]
  return [...deeds.flatMap(line), `${themes} themes, ${sources} sources and ${terms} terms brought up to date`]
}
