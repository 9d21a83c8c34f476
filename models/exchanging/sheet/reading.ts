import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import { type Read, remarking } from '../remark.ts'
import { said } from './cells.ts'
import { columnsFor, IN_SHEET, MOST_OPTIONS, NEEDED } from './columns.ts'
import { itemOf, type Row } from './rows.ts'

/** What stands in empty cells of outcome and difficulty. */
export type SheetTerms = { outcome: string; difficulty: string }

/** Cells of a text in which a comma, a semicolon or a tab separates them. */
export function cellsOfCsv(text: string): unknown[][] {
  const head = text.split('\n', 1)[0] ?? ''
  const [delimiter] = [',', ';', '\t'].toSorted((one, other) => head.split(other).length - head.split(one).length)
  return parse(text, {
    delimiter: delimiter!,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: false,
  }) as string[][]
}

/** Cells of the first sheet of a spreadsheet. */
export const cellsOfXlsx = (bytes: Buffer): Promise<unknown[][]> => readSheet(bytes, { trim: false } as never)

/** Reads questions from rows under a head that names the columns. A row is a line here. */
export function readRows(cells: unknown[][], terms: SheetTerms): Read {
  const { remarks, say } = remarking()
  const head = (cells[0] ?? []).map(cell => said(cell).trim().toLowerCase())
  const missing = NEEDED.filter(name => !head.includes(name))
  if (missing.length) say({ line: 1 }, 'fault', 'noColumns', { names: missing.join(', ') })
  const known = new Set(columnsFor(MOST_OPTIONS))
  const strange = head.filter(name => name && !known.has(name))
  if (strange.length && !missing.length)
    say({ line: 1 }, 'fault', 'strangeColumns', { names: strange.join(', ').slice(0, 200) })
  const twice = head.filter((name, index) => name && head.indexOf(name) < index)
  if (twice.length) say({ line: 1 }, 'fault', 'columnTwice', { names: twice.join(', ').slice(0, 200) })
  if (remarks.length) return { drafts: [], remarks }
  const drafts = cells.slice(1).flatMap((row, index) => {
    const line = index + 2
    if (row.every(cell => !said(cell).trim())) return []
    if (row.slice(head.length).some(cell => said(cell).trim())) say({ line }, 'fault', 'cellsBeyond')
    if (row.some(cell => cell instanceof Date)) say({ line }, 'fault', 'dateInCell')
    const item = itemOf(named(head, row), terms)
    if (item.type && !IN_SHEET.includes(item.type as never))
      say({ line }, 'fault', 'notInSheet', { type: String(item.type).slice(0, 40) })
    return [{ line, item }]
  })
  return { drafts, remarks }
}

const named = (head: string[], row: unknown[]): Row => new Map(head.map((name, at) => [name, said(row[at])]))
