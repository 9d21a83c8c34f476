import { workbookOf } from '../../lib/sheets.ts'
import { isClean } from '../exchanging/checking.ts'
import { fromCell, inCell, MOST_IN_CELL, said } from '../exchanging/sheet/cells.ts'
import { Refused } from '../refused.ts'
import type { Row, Segment } from './segments.ts'

/**
 * Columns of a bilingual table. `source` is the fingerprint of the English: the way back finds its segment by it. The
 * last one is written in; of a language agreed for a training it is called `translation`.
 */
export const columnsOf = (language: string) =>
  ['piece', 'segment', 'source', 'english', language === 'ru' ? 'russian' : 'translation'] as const

/** What a table and its rows are called: the piece, and its language where that is not Russian. */
export const tableName = (piece: string, language: string) => (language === 'ru' ? piece : `${piece}-${language}`)

/** No piece has so many paragraphs. */
const MOST_ROWS = 2000

/** A table for who translates elsewhere. @throws Refused 'bilingual.tooLong' */
export function sheetOfSegments(piece: string, language: string, segments: Segment[]): Promise<Buffer> {
  const name = tableName(piece, language)
  const rows = segments.map(({ id, hash, en, target }) => [name, id, hash, en, target].map(inCell))
  if (rows.flat().some(text => text.length > MOST_IN_CELL)) throw new Refused('bilingual.tooLong')
  return workbookOf([{ name, headers: [...columnsOf(language)], rows }])
}

/**
 * Rows of a table that came back. Nothing is guessed: the first row that is not as it went out refuses the table.
 * @throws Refused 'bilingual.…' with the line
 */
export function rowsIn(piece: string, language: string, cells: unknown[][]): Row[] {
  const [columns, name] = [columnsOf(language), tableName(piece, language)]
  const head = (cells[0] ?? []).map(cell => said(cell).trim().toLowerCase())
  const refuse = (key: string, data: object = {}): never => {
    throw new Refused(`bilingual.${key}`, { field: 'file', ...data })
  }
  const missing = columns.filter(each => head.indexOf(each) < 0 || head.indexOf(each) !== head.lastIndexOf(each))
  if (missing.length) refuse('noColumns', { names: missing.join(', ') })
  if (cells.length > MOST_ROWS + 1) refuse('tooMany', { most: MOST_ROWS })
  const rows = cells.slice(1).flatMap((row, index) => {
    const line = index + 2
    if (row.every(cell => !said(cell).trim())) return []
    if (row.some(cell => cell instanceof Date)) refuse('dateInCell', { line })
    const cell = (column: string) => fromCell(said(row[head.indexOf(column)]).normalize('NFC').trim())
    const target = cell(columns.at(-1)!)
    if (cell('piece') !== name) refuse('otherPiece', { line, piece: name })
    if (!/^[a-z_]{1,20}(-[a-z_\d]{1,20}){0,8}$/.test(cell('segment')) || !/^[\w-]{22}$/.test(cell('source')))
      refuse('mark', { line })
    if (!isClean(target) || target.length > MOST_IN_CELL) refuse('unclean', { line })
    return [{ line, id: cell('segment'), hash: cell('source'), target }]
  })
  const ids = rows.map(({ id }) => id)
  const twice = rows.find(({ id }, at) => ids.indexOf(id) !== at)
  if (twice) refuse('twice', { line: twice.line })
  return rows.length ? rows : refuse('empty')
}
