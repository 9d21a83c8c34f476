import { expect } from 'chai'
import fc from 'fast-check'
import { workbookOf } from '../../lib/sheets.ts'
import { checkRead } from '../../models/exchanging/checking.ts'
import { IN_SHEET } from '../../models/exchanging/sheet/columns.ts'
import { cellsOfCsv, cellsOfXlsx, readRows } from '../../models/exchanging/sheet/reading.ts'
import { isInSheet } from '../../models/exchanging/sheet/rows.ts'
import { csvOf, sheetOfItems } from '../../models/exchanging/sheet/writing.ts'
import type { Item } from '../../models/curriculum/bank.ts'
import { aFiled, FILED, filed, KNOWN, TERMS } from '../support/exchanging.ts'

const read = (cells: unknown[][]) => checkRead(readRows(cells, TERMS), KNOWN)
const throughCsv = (items: Item[]) => read(cellsOfCsv(csvOf(sheetOfItems(items))))
async function throughXlsx(items: Item[]) {
  const { columns, rows } = sheetOfItems(items)
  return read(await cellsOfXlsx(await workbookOf([{ name: 'Questions', headers: columns, rows }])))
}
/** What a sheet cannot tell apart: fields left out and fields with nothing in them. */
const plain = ({ points, tags, ...item }: Item) => ({
  ...item,
  ...(points ? { points } : {}),
  ...(tags?.length ? { tags } : {}),
})
const single = FILED[0]!
const keys = (cells: unknown[][]) => read(cells).remarks.map(({ line, key }) => `${line} ${key}`)

describe('sheets of questions', () => {
  for (const type of IN_SHEET)
    it(`CSV brings back what it carries: ${type}`, () => {
      fc.assert(
        fc.property(aFiled(type), item => {
          const { items, remarks } = throughCsv([item])
          expect(remarks).to.deep.equal([])
          expect(items.map(each => each.item)).to.deep.equal([plain(item)])
        }),
        { numRuns: 60 },
      )
    })

  it('XLSX brings back what it carries', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(...IN_SHEET.map(aFiled)), async item => {
        const { items, remarks } = await throughXlsx([item])
        expect(remarks).to.deep.equal([])
        expect(items.map(each => each.item)).to.deep.equal([plain(item)])
      }),
      { numRuns: 25 },
    )
  })

  it('no cell is a formula, and what begins like one comes back as it was', async () => {
    const texts = ['=1+1', '+49', '-5', '@home', "'=quoted", "''", "'"]
    const items = texts.map((text, n) => filed({ ...single, code: `RMC-01-Q${n}`, prompt: { en: text, ru: text } }))
    for (const row of sheetOfItems(items).rows) for (const cell of row) expect(cell).to.not.match(/^[=+\-@\t\r]/)
    for (const { items: back } of [throughCsv(items), await throughXlsx(items)])
      expect(back.map(({ item }) => item.prompt.en)).to.deep.equal(texts)
  })

  it('only questions of options have rows', () => {
    expect(FILED.filter(isInSheet).map(({ type }) => type)).to.have.members([...IN_SHEET])
    const long = filed({ ...single, prompt: { en: 'a'.repeat(33_000), ru: 'б' } })
    expect(isInSheet(long), 'a cell has an end').to.equal(false)
  })

  it('a row of a type without columns is a fault by its line and name', () => {
    const [head, row] = cellsOfCsv(csvOf(sheetOfItems([single]))) as string[][]
    const changed = row!.map((cell, at) => (head![at] === 'type' ? 'matching' : cell))
    const { remarks } = read([head!, row!, changed])
    expect(remarks[0]).to.deep.include({ line: 3, key: 'notInSheet', data: { type: 'matching' } })
  })

  it('outcome and difficulty may be left empty, letters of options too', () => {
    const [head, row] = cellsOfCsv(csvOf(sheetOfItems([single]))) as string[][]
    const empty = row!.map((cell, at) => (/^(code|outcome|difficulty|option_\d_id)$/.test(head![at]!) ? '' : cell))
    const [whole] = read([head!, empty]).items
    expect(whole!.item).to.deep.include({ outcome: TERMS.outcome, difficulty: TERMS.difficulty })
    expect(whole!.item.code).to.equal(undefined)
  })

  it('answers are read as people write them', () => {
    const [head, row] = cellsOfCsv(csvOf(sheetOfItems([single]))) as string[][]
    const answered = (yes: unknown, no: unknown) => [
      head!,
      row!.map((cell, at) => (/_right$/.test(head![at]!) && cell ? (cell === 'yes' ? yes : no) : cell)),
    ]
    for (const [yes, no] of [
      ['да', 'нет'],
      [true, false],
      [1, 0],
      ['X', ''],
      ['TRUE', 'FALSE'],
    ])
      expect(read(answered(yes, no)).remarks, String(yes)).to.deep.equal([])
    expect(keys(answered('maybe', 'no'))).to.include('2 problem.shape')
  })

  it('columns that are missing, strange or twice are named, and nothing is dropped in silence', () => {
    const [head, row] = cellsOfCsv(csvOf(sheetOfItems([single]))) as string[][]
    expect(
      keys([
        ['Frage', 'Antwort'],
        ['a', 'b'],
      ]),
    ).to.deep.equal(['1 noColumns'])
    expect(keys([])).to.deep.equal(['1 noColumns'])
    expect(keys([[...head!, 'comment'], row!])).to.deep.equal(['1 strangeColumns'])
    expect(keys([[...head!, 'code'], row!])).to.deep.equal(['1 columnTwice'])
    expect(keys([head!, [...row!, 'beyond']])).to.deep.equal(['2 cellsBeyond'])
    expect(keys([head!, row!.map((cell, at) => (at === 7 ? new Date(0) : cell))])).to.include('2 dateInCell')
  })

  it('semicolons and tabs separate as well as commas', () => {
    const text = csvOf(sheetOfItems([single]))
    for (const sign of [';', '\t']) expect(read(cellsOfCsv(text.replaceAll(',', sign))).items).to.have.length(1)
  })
})
