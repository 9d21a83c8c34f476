import { readFile } from 'node:fs/promises'
import { officeIn, unpacksWithin } from '../../lib/office-files.ts'
import { Refused } from '../refused.ts'
import { formatOf, textOf } from './bytes.ts'
import { checkRead, type Referable, type Whole } from './checking.ts'
import { type GiftTerms, readGift } from './gift/reading.ts'
import { readOwn } from './own.ts'
import type { Read, Remark } from './remark.ts'
import { cellsOfCsv, cellsOfXlsx, readRows } from './sheet/reading.ts'

/** A file that was brought: where it lies, and the name it came with. */
export type Brought = { path: string; name: string }

/** What the form says beside the files. `second`: the same questions in the other language, of GIFT alone. */
export type Bringing = { first: Brought; second: Brought | null; terms: GiftTerms; known: Referable }

/** What may be kept of the files, and what is to be said of them. */
export type Looked = { items: Whole[]; remarks: Remark[] }

/** A spreadsheet of questions never grows beyond this many bytes. */
const MOST_UNPACKED = 50 * 1024 * 1024

/**
 * Reads the questions of a file in any of the formats and holds them against the file format.
 * @throws Refused `bankFile.…` when a file is none of questions at all
 */
export async function readBrought({ first, second, terms, known }: Bringing): Promise<Looked> {
  const format = formatOf(first.name)
  if (second && (format !== 'gift' || formatOf(second.name) !== 'gift'))
    throw new Refused('bankFile.oneFile', { field: 'second' })
  if (format === 'xlsx') return checkRead(readRows(await cellsOf(first), terms), known)
  const text = await textOf(await readFile(first.path), 'file')
  if (format === 'yaml') {
    const own = readOwn(text)
    return checkRead(own, known, own.lineOf)
  }
  if (format === 'csv') return checkRead(csv(text, terms), known)
  const other = second && (await textOf(await readFile(second.path), 'second'))
  const read = readGift(text, other, terms)
  // In one language no question is whole: what is missing is said once, not of every field.
  return other === null ? { items: [], remarks: read.remarks } : checkRead(read, known)
}

/** Cells of the first sheet of a spreadsheet that was brought. @throws Refused `bankFile.notSheet`, `bankFile.bomb` */
export async function cellsOf({ path }: Pick<Brought, 'path'>): Promise<unknown[][]> {
  const kind = await officeIn(path)
  if (kind !== 'xlsx') throw new Refused('bankFile.notSheet', { field: 'file' })
  if (!(await unpacksWithin(path, MOST_UNPACKED))) throw new Refused('bankFile.bomb', { field: 'file' })
  try {
    return await cellsOfXlsx(await readFile(path))
  } catch {
    throw new Refused('bankFile.notSheet', { field: 'file' })
  }
}

function csv(text: string, terms: GiftTerms): Read {
  try {
    return readRows(cellsOfCsv(text), terms)
  } catch (error) {
    const { lines = 1 } = error as { lines?: number }
    return { drafts: [], remarks: [{ line: lines, weight: 'fault', key: 'csv' }] }
  }
}
