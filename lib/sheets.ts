import writeExcelFile from 'write-excel-file/node'

export type Cell = string | number | null

/**
 * A spreadsheet (XLSX) with a bold header row. Text that a program could take for a formula, here or after somebody
 * saves it as CSV, gets an apostrophe before it.
 */
export async function sheetOf(name: string, headers: string[], rows: Cell[][]): Promise<Buffer> {
  const head = headers.map(value => ({ value, fontWeight: 'bold' as const }))
  const body = rows.map(row =>
    row.map(value => {
      if (value === null || value === '') return null
      return typeof value === 'number' ? { type: Number, value } : { type: String, value: harmless(value) }
    }),
  )
  const widths = headers.map((header, column) => ({
    width: Math.min(48, Math.max(header.length, ...rows.map(row => String(row[column] ?? '').length)) + 2),
  }))
  return writeExcelFile(
    [head, ...body] as never,
    { columns: widths, sheet: name.slice(0, 31), stickyRowsCount: 1 } as never,
  ).toBuffer()
}

/** Text with an apostrophe before a sign that would begin a formula. */
export const harmless = (text: string): string => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text)
