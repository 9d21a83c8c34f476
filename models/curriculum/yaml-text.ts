import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Report } from './problem.ts'

/** Keys and positions that lead to a value: `['outcomes', 2, 'text']`. */
export type Path = readonly PropertyKey[]

/** YAML that knows its lines. */
export type YamlText = {
  /** The text as plain values; undefined when it could not be read. */
  raw: unknown
  /** Line (from 1) of the value at `path`, or of the nearest thing above it that is there. */
  lineOf(path: Path): number
}

/** Reads YAML and reports every mistake of syntax; `linesBefore` is how many lines of the file stand above it. */
export function readYamlText(text: string, report: Report, linesBefore = 0): YamlText {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const lineAt = (offset: number) => linesBefore + lines.linePos(offset).line
  for (const error of [...document.errors, ...document.warnings])
    report(lineAt(error.pos[0]), 'syntax', { message: firstLine(error.message) })
  return {
    raw: document.errors.length ? undefined : plain(document, report, linesBefore),
    lineOf: path => lineAt(offsetOf(document.contents, path)),
  }
}

// A file that repeats itself by names a hundredfold is made to fill the memory, not to be read.
function plain(document: Document, report: Report, linesBefore: number): unknown {
  try {
    return document.toJS()
  } catch {
    report(linesBefore + 1, 'aliases')
    return undefined
  }
}

const firstLine = (message: string) => message.replace(/ at line \d+, column \d+:[\s\S]*$/, '')

function offsetOf(root: unknown, path: Path): number {
  let node = root
  let offset = startOf(root)
  for (const step of path) {
    const [mark, next] = isMap(node) ? pairOf(node, step) : isSeq(node) ? itemOf(node, step) : []
    if (!mark) break
    offset = startOf(mark)
    node = next
  }
  return offset
}

function pairOf(node: { items: { key: unknown; value: unknown }[] }, step: PropertyKey) {
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
  return [pair?.key, pair?.value]
}

function itemOf(node: { items: unknown[] }, step: PropertyKey) {
  const item = node.items[Number(step)]
  return [item, item]
}

const startOf = (node: unknown) => (node as { range?: [number] } | null)?.range?.[0] ?? 0
