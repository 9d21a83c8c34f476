import { setImmediate } from 'node:timers/promises'
import { inTransaction } from '../lib/db.ts'
import { workbookOf } from '../lib/sheets.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import type { Item } from './curriculum/bank.ts'
import type { Language } from './curriculum/shapes.ts'
import type { Format } from './exchanging/bytes.ts'
import type { Standing } from './exchanging/gift/saying.ts'
import { giftOf, isInGift, lostInGift } from './exchanging/gift/writing.ts'
import { ownOf } from './exchanging/own.ts'
import { isInSheet } from './exchanging/sheet/rows.ts'
import { csvOf, sheetOfItems } from './exchanging/sheet/writing.ts'
import { asFiled, newestVersions } from './item.ts'
import { codesFound, type Search } from './item-lists.ts'

/** Which questions go out: some by their codes, or all that a search finds; retired ones stay. */
export type Chosen = { codes: string[] } | { search: Search }

/** The newest version of each question, as the file format has it. */
export async function questionsFor(actor: Actor, chosen: Chosen): Promise<Item[]> {
  const codes = 'codes' in chosen ? chosen.codes : await codesFound(actor, chosen.search)
  return (await newestVersions(actor, codes)).filter(({ status }) => status !== 'retired').map(asFiled)
}

/** What a format carries of questions: those it takes, those it leaves out, and fields that it leaves out of some. */
export type Carried = { taken: Item[]; left: Item[]; lost: { code: string; fields: string[] }[] }

const TAKES: { [format in Format]: (item: Item) => boolean } = {
  yaml: () => true,
  gift: isInGift,
  xlsx: isInSheet,
  csv: isInSheet,
}

/** Sorts questions by what a format carries of them. */
export function carriedIn(format: Format, items: Item[], standing: Standing): Carried {
  const taken = items.filter(TAKES[format])
  const lost = format === 'gift' ? taken.map(item => ({ code: item.code, fields: lostInGift(item, standing) })) : []
  return { taken, left: items.filter(item => !TAKES[format](item)), lost: lost.filter(({ fields }) => fields.length) }
}

/** Words of a spreadsheet beside its columns, in the reader's language. */
export type SheetWords = {
  questions: string
  columns: string
  column: string
  meaning: string
  /** What stands in a column, by its name; those of options are `option_N_…`. */
  explain(column: string): string
}

/** A file of questions, in bytes. `language` is that of a GIFT file. */
export async function fileOf(
  format: Format,
  items: Item[],
  { language, words }: { language: Language; words: SheetWords },
): Promise<Buffer> {
  if (format === 'yaml') return written(items, ownOf)
  if (format === 'gift') return written(items, portion => giftOf(portion, language))
  const sheet = sheetOfItems(items)
  if (format === 'csv') return Buffer.from(csvOf(sheet))
  const explained = [...new Set(sheet.columns.map(name => name.replace(/^option_\d+/, 'option_N')))]
  return workbookOf([
    { name: words.questions, headers: sheet.columns, rows: sheet.rows },
    {
      ...{ name: words.columns, headers: [words.column, words.meaning] },
      rows: explained.map(name => [name, words.explain(name)]),
    },
  ])
}

/** So many questions are written at a time: whoever is taking a test at that moment waits for them, not for the bank. */
const AT_ONCE = 100

/** A text file of questions, portion after portion. */
async function written(items: Item[], write: (portion: Item[]) => string): Promise<Buffer> {
  const texts = []
  for (let from = 0; from === 0 || from < items.length; from += AT_ONCE) {
    texts.push(write(items.slice(from, from + AT_ONCE)))
    await setImmediate()
  }
  return Buffer.from(texts.join(''))
}

/** Writes down that questions, keys and all, were taken out of the bank. */
export const noteExport = (actor: Actor, chosen: Chosen, details: { format: Format; questions: number }) =>
  inTransaction(() => record(actor, 'item.exported', 'question_bank', moduleOf(chosen) ?? '*', details))

/** The one module that all chosen questions are sure to be of. */
export const moduleOf = (chosen: Chosen): string | null => ('search' in chosen ? chosen.search.module : null)
