import type { Item } from '../curriculum/bank.ts'
import { checkItem } from '../curriculum/checking/item.ts'
import type { Words } from '../curriculum/shapes.ts'
import type { ItemType } from '../items/kind.ts'
import { type Read, type Remark, remarking } from './remark.ts'

/** What questions may refer to: outcomes by the code of their module, and sources by id. */
export type Referable = { outcomes: Record<string, string[]>; sources: string[] }

/** A question that may be kept: whole, of a module that is there. Without a code it is a new one. */
export type Whole = { line: number; module: string; item: Keepable }
export type Keepable = { code?: string; type: ItemType; prompt: Words; [field: string]: unknown }

/** A bank never has so many in one file. */
export const MOST_ITEMS = 5000

/**
 * Holds what was read against the file format. Every fault gets its line: `lineOf` leads to it inside a question, where a
 * format knows that. What is already told to be wrong is not told twice.
 */
export function checkRead(
  read: Read,
  known: Referable,
  lineOf: (index: number, at: readonly PropertyKey[]) => number = index => read.drafts[index]!.line,
): { items: Whole[]; remarks: Remark[] } {
  const { remarks, say } = remarking()
  const isSource = among(known.sources)
  if (read.drafts.length > MOST_ITEMS) {
    say({ line: read.drafts[MOST_ITEMS]!.line }, 'fault', 'tooMany', { most: MOST_ITEMS })
    return { items: [], remarks: [...read.remarks, ...remarks] }
  }
  const codes = new Map<unknown, number>()
  const items = read.drafts.flatMap((draft, index): Whole[] => {
    const fault = (at: readonly PropertyKey[], key: string, data: Record<string, string | number> = {}) =>
      say({ line: lineOf(index, at) }, 'fault', key, { ...data, at: at.map(stepName).join(', ') })
    const { code } = draft.item
    if (code !== undefined && codes.has(code))
      fault(['code'], 'codeTwice', { code: String(code), first: codes.get(code)! })
    codes.set(code, draft.line)
    const module = /^(RMC-(?:\d\d|TOT))-LO\d+$/.exec(String(draft.item.outcome))?.[1] ?? ''
    const unclean = uncleanIn(draft.item)
    for (const at of unclean) fault(at, 'control')
    const { item, problems } = checkItem(
      { ...draft.item, code: code ?? `${module || 'RMC-00'}-Q00` },
      { module, outcomes: known.outcomes[module] ?? [], isSource },
    )
    for (const { at, kind } of problems) fault(at, `problem.${kind}`)
    return item && !unclean.length
      ? [{ line: draft.line, module, item: code === undefined ? unnamed(item) : item }]
      : []
  })
  return { items, remarks: [...read.remarks, ...remarks] }
}

const among = (ids: string[]) => {
  const set = new Set(ids)
  return (id: string) => set.has(id)
}

const stepName = (step: PropertyKey) => (typeof step === 'number' ? String(step + 1) : String(step))

const unnamed = ({ code, ...item }: Item) => item as Keepable

/** Places of texts with signs that no text has: control characters, halves of letters, signs that turn the writing round. */
function uncleanIn(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (typeof value === 'string') return isClean(value) ? [] : [at]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) =>
    uncleanIn(each, [...at, Array.isArray(value) ? Number(key) : key]),
  )
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what no text has
const UNCLEAN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/

/** Whether a text holds nothing that a reader cannot see. */
export const isClean = (text: string): boolean => text.isWellFormed() && !UNCLEAN.test(text)
