import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Instrumenter } from '@stryker-mutator/instrumenter'

/** One small change of the code: where it is, what kind of change, and what stands there instead. */
export type Mutant = { id: string; file: string; line: number; kind: string; replacement: string }

/** A file to change, whole or only the functions of these names. */
export type Target = { file: string; only?: string[] }

const SILENT = Object.fromEntries(['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map(level => [level, () => {}]))
const logger = { ...SILENT, isDebugEnabled: () => false }

/**
 * Writes all changes at once into the files of a copy of the tree, each behind a switch, and lists them. Which one is on
 * is said by `globalThis.__stryker__.activeMutant`.
 */
export async function makeMutants(tree: string, targets: Target[]): Promise<Mutant[]> {
  const files = targets.map(({ file, only }) => {
    const content = readFileSync(join(tree, file), 'utf8')
    return { name: file, content, mutate: only ? only.map(name => rangeOf(content, name)) : true }
  })
  const options = { plugins: null, excludedMutations: [], ignorers: [] }
  const made = await new Instrumenter(logger as never).instrument(files, options as never)
  for (const { name, content } of made.files) writeFileSync(join(tree, name), content)
  return made.mutants.map(({ id, fileName, location, mutatorName, replacement }) => ({
    ...{ id, file: fileName, line: location.start.line + 1, kind: mutatorName, replacement },
  }))
}

/** The lines of a function, a constant, or a property of the object that the file is about. */
function rangeOf(content: string, name: string) {
  const lines = content.split('\n')
  const start = lines.findIndex(line =>
    new RegExp(`^((export )?(async )?(function|const) ${name}\\b|  ${name}[:(])`).test(line),
  )
  if (start < 0) throw new Error(`nothing is called ${name}`)
  // It ends where something else begins that stands no deeper.
  const depth = (line: string) => line.search(/[\w/@]/)
  const deep = depth(lines[start]!)
  const isNext = (line: string) => line === '' || (depth(line) >= 0 && depth(line) <= deep)
  const length = lines.slice(start + 1).findIndex(isNext)
  const end = length < 0 ? lines.length - 1 : start + length
  return { start: { line: start, column: 0 }, end: { line: end, column: lines[end]!.length } }
}
