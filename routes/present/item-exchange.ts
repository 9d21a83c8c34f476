import type { Request } from 'express'
import { languages, type Words } from '../../models/curriculum/shapes.ts'
import type { Standing } from '../../models/exchanging/gift/saying.ts'
import type { Remark, Weight } from '../../models/exchanging/remark.ts'
import type { SheetWords } from '../../models/exporting-items.ts'
import type { Compared } from '../../models/importing-items.ts'
import { houseOf } from '../house.ts'
import { BANK, itemAddress } from './items.ts'
import { wordsIn } from './words.ts'

export const IMPORT = `${BANK}/import`
export const EXPORT = `${BANK}/export`

/** Words that stand where a GIFT file has none, in both languages. */
export function standingWords(req: Request): Standing {
  const inBoth = (key: string) =>
    Object.fromEntries(languages.map(lang => [lang, houseOf(req).texts.translator(lang)(key)])) as Words
  return {
    right: inBoth('exchange.standing.right'),
    wrong: inBoth('exchange.standing.wrong'),
    compare: inBoth('exchange.standing.compare'),
    yes: inBoth('exchange.standing.yes'),
    no: inBoth('exchange.standing.no'),
  }
}

/** So many lines of the file are named for one thing that is wrong. */
const MOST_LINES = 30

/** What is to be said of a file, in words: each thing once, with the lines it is true of. */
export function remarksIn(req: Request, remarks: Remark[], weight: Weight) {
  const told = remarks
    .filter(remark => remark.weight === weight)
    .map(({ line, second = false, ...remark }) => ({ text: wordsOf(req, remark), line, second }))
  const inOrder = told.toSorted((one, other) => Number(one.second) - Number(other.second) || one.line - other.line)
  return [...Map.groupBy(inOrder, ({ text, second }) => `${second} ${text}`).values()].map(same => {
    const { text, second } = same[0]!
    const lines = [...new Set(same.map(({ line }) => line))]
    const listed = { count: lines.length, lines: lines.slice(0, MOST_LINES).join(', ') }
    const where = req.t(second ? 'exchange.secondLines' : 'exchange.lines', listed)
    const more = lines.length - MOST_LINES
    return { where, more: more > 0 ? req.t('exchange.moreLines', { count: more }) : '', text }
  })
}

function wordsOf(req: Request, { key, data = {} }: Pick<Remark, 'key' | 'data'>): string {
  const said = key.startsWith('problem.')
    ? req.t(`items.problems.${key.slice('problem.'.length)}`)
    : req.t(`exchange.remarks.${key}`, data)
  return data.at ? req.t('exchange.at', { place: data.at, said }) : said
}

const DEED_KINDS = { new: 'success', changed: 'due', unchanged: 'neutral' } as const

/** A question of a file beside the one of the bank. */
export const comparedRow = (req: Request, { line, item, deed, changed }: Compared) => ({
  line,
  code: item.code ?? req.t('exchange.newCode'),
  href: deed === 'new' ? null : itemAddress(item.code!),
  prompt: wordsIn(item.prompt, req.lang),
  type: req.t(`items.types.${item.type}`),
  deed: { kind: DEED_KINDS[deed], word: req.t(`exchange.deeds.${deed}`) },
  changed: changed.map(field => req.t(`exchange.fields.${field}`)).join(', '),
})

/** Words of a spreadsheet beside its columns. */
export const sheetWords = (req: Request): SheetWords => ({
  questions: req.t('exchange.sheet.questions'),
  columns: req.t('exchange.sheet.columns'),
  column: req.t('exchange.sheet.column'),
  meaning: req.t('exchange.sheet.meaning'),
  explain: column => req.t(`exchange.columns.${column}`),
})
