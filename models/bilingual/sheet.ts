import { workbookOf } from '../../lib/sheets.ts'
import { isClean } from '../exchanging/checking.ts'
import { fromCell, inCell, MOST_IN_CELL, said } from '../exchanging/sheet/cells.ts'
import { Refused } from '../refused.ts'
import type { Row, Segment } from './segments.ts'

/** Columns of a bilingual table. `source` is the fingerprint of the English: the way back finds its segment by it. */
export const COLUMNS = ['piece', 'segment', 'source', 'english', 'russian'] as const

/** No piece has so many paragraphs. */
const MOST_ROWS = 2000

/** A table for who translates elsewhere. @throws Refused 'bilingual.tooLong' */
export function sheetOfSegments(piece: string, segments: Segment[]): Promise<Buffer> {
  const rows = segments.map(({ id, hash, en, ru }) => [piece, id, hash, en, ru].map(inCell))
  if (rows.flat().some(text => text.length > MOST_IN_CELL)) throw new Refused('bilingual.tooLong')
  return workbookOf([{ name: piece, headers: [...COLUMNS], rows }])
}

/**
 * Rows of a table that came back. Nothing is guessed: the first row that is not as it went out refuses the table.
 * @throws Refused 'bilingual.…' with the line
 */
export function rowsIn(piece: string, cells: unknown[][]): Row[] {
  const head = (cells[0] ?? []).map(cell => said(cell).trim().toLowerCase())
  const refuse = (key: string, data: object = {}): never => {
    throw new Refused(`bilingual.${key}`, { field: 'file', ...data })
  }
  const missing = COLUMNS.filter(name => head.indexOf(name) < 0 || head.indexOf(name) !== head.lastIndexOf(name))
  if (missing.length) refuse('noColumns', { names: missing.join(', ') })
  if (cells.length > MOST_ROWS + 1) refuse('tooMany', { most: MOST_ROWS })
  const rows = cells.slice(1).flatMap((row, index) => {
    const line = index + 2
    if (row.every(cell => !said(cell).trim())) return []
    if (row.some(cell => cell instanceof Date)) refuse('dateInCell', { line })
    const cell = (name: (typeof COLUMNS)[number]) => fromCell(said(row[head.indexOf(name)]).normalize('NFC').trim())
    if (cell('piece') !== piece) refuse('otherPiece', { line, piece })
    if (!/^[a-z]{1,20}(-\d{1,4})?$/.test(cell('segment')) || !/^[\w-]{22}$/.test(cell('source')))
      refuse('mark', { line })
    if (!isClean(cell('russian')) || cell('russian').length > MOST_IN_CELL) refuse('unclean', { line })
    return [{ line, id: cell('segment'), hash: cell('source'), ru: cell('russian') }]
  })
  const ids = rows.map(({ id }) => id)
  const twice = rows.find(({ id }, at) => ids.indexOf(id) !== at)
  if (twice) refuse('twice', { line: twice.line })
  return rows.length ? rows : refuse('empty')
}
