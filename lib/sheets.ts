import writeExcelFile from 'write-excel-file/node'

export type Cell = string | number | null

/** One sheet of a spreadsheet: its name, a bold header row, and rows. */
export type Sheet = { name: string; headers: string[]; rows: Cell[][] }

/**
 * A spreadsheet (XLSX). Text that a program could take for a formula, here or after somebody saves it as CSV, gets an
 * apostrophe before it.
 */
export const workbookOf = (sheets: Sheet[]): Promise<Buffer> => writeExcelFile(sheets.map(written) as never).toBuffer()

/** A spreadsheet of one sheet. */
export const sheetOf = (name: string, headers: string[], rows: Cell[][]): Promise<Buffer> =>
  workbookOf([{ name, headers, rows }])

function written({ name, headers, rows }: Sheet) {
  const head = headers.map(value => ({ value, fontWeight: 'bold' as const }))
  const body = rows.map(row =>
    row.map(value => {
      if (value === null || value === '') return null
      return typeof value === 'number' ? { type: Number, value } : { type: String, value: harmless(value) }
    }),
  )
  const columns = headers.map((header, column) => ({
    width: Math.min(48, Math.max(header.length, ...rows.map(row => String(row[column] ?? '').length)) + 2),
  }))
  return { data: [head, ...body], columns, sheet: name.slice(0, 31), stickyRowsCount: 1 }
}

/** Text with an apostrophe before a sign that would begin a formula. */
export const harmless = (text: string): string => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text)
