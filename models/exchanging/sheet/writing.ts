import type { Item } from '../../curriculum/bank.ts'
import type { Option } from '../../items/options.ts'
import { columnsFor } from './columns.ts'
import { rowOf } from './rows.ts'

/** Head and rows of a sheet with the questions that fit in it (`isInSheet`), with columns for as many options as they have. */
export function sheetOfItems(items: Item[]): { columns: string[]; rows: string[][] } {
  const columns = columnsFor(Math.max(4, ...items.map(item => (item.options as Option[]).length)))
  const rows = items.map(item => {
    const row = rowOf(item)
    return columns.map(name => row.get(name) ?? '')
  })
  return { columns, rows }
}

/** Rows as CSV that spreadsheet programs read as UTF-8. Cells are safe already. */
export const csvOf = ({ columns, rows }: { columns: string[]; rows: string[][] }): string =>
  `\ufeff${[columns, ...rows].map(row => row.map(quoted).join(',')).join('\r\n')}\r\n`

const quoted = (text: string) => (/[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
