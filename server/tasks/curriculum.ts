import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Config, ConfigError, readConfig } from '../../lib/config.ts'
import { inScope } from '../../lib/db.ts'
import { DatabaseInUse } from '../../lib/embedded.ts'
import { kept } from '../../lib/storage.ts'
import { checkWhole } from '../../models/curriculum/checking-contents.ts'
import { checkCurriculum } from '../../models/curriculum/checking.ts'
import { describeCurriculum } from '../../models/curriculum/describing.ts'
import { exportCurriculum, exportFiles, exportPictures } from '../../models/curriculum/exporting.ts'
import { filesUnder } from '../../models/curriculum/files.ts'
import { type Deed, type Loaded, loadCurriculum } from '../../models/curriculum/loading.ts'
import type { Problem } from '../../models/curriculum/problem.ts'
import { publishProposals } from '../../models/curriculum/publishing.ts'
import { filesOf, writtenOf } from '../../models/curriculum/writing.ts'
import { openDatabase } from '../database.ts'

const SHIPPED = path.join(import.meta.dirname, '../../curriculum')
const USAGE = `Usage: bin/curriculum check [folder]     lists every mistake with file and line
       bin/curriculum report [folder]    words and sources per lesson, items per outcome
       bin/curriculum load [folder]      proposes versions of what changed
       bin/curriculum publish [code…]    publishes the proposed versions of all modules, or of those named
       bin/curriculum export folder      writes what is in force as files
       bin/curriculum tidy [folder]      writes the files again in the layout of the export`

const acts: { [act: string]: (...args: string[]) => number | Promise<number> } = {
  check,
  report,
  load,
  publish,
  export: writeOut,
  tidy,
}
const [act = '', ...args] = process.argv.slice(2)

try {
  process.exitCode = await (acts[act] ?? usage)(...args)
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof DatabaseInUse)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function check(dir = SHIPPED) {
  const { curriculum, problems } = await checkWhole(filesUnder(dir))
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
  const loaded = await withDatabase(({ uploadsDir }) =>
    loadCurriculum(dir, { publish: false, actor: null, uploads: uploadsDir }),
  )
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

async function writeOut(dir?: string) {
  if (!dir) return usage()
  const files = await withDatabase(async ({ uploadsDir }) => {
    const texts = new Map<string, string | Buffer>([...(await exportCurriculum()), ...(await exportPictures())])
    for (const { name, sha256 } of await exportFiles()) texts.set(name, await kept(uploadsDir, sha256))
    return texts
  })
  return write(dir, files)
}

function tidy(dir = SHIPPED) {
  const { curriculum, problems } = checkCurriculum(dir)
  return problems.length ? tell(problems) : write(dir, filesOf(writtenOf(curriculum)))
}

/** Writes files into a folder; what lies there and is none of them stays, and is named. */
function write(dir: string, files: Map<string, string | Buffer>) {
  for (const [file, text] of files) {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true })
    writeFileSync(path.join(dir, file), text)
  }
  const there = filesUnder(dir)
  const texts = ['', ...there.folders()].flatMap(folder => there.names(folder).map(name => path.join(folder, name)))
  const others = texts.filter(file => /\.(yaml|md)$/.test(file) && file !== 'README.md' && !files.has(file))
  console.log(
    [`${files.size} files written`, ...others.map(file => `${file}  not of this curriculum, left alone`)].join('\n'),
  )
  return 0
}

function usage() {
  console.error(USAGE)
  return 2
}

async function withDatabase<T>(fn: (config: Config) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  const database = await openDatabase(config)
  try {
    return await inScope(() => fn(config))
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
