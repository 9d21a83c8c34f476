import { type Request, type Response, Router } from 'express'
import { type Format, FORMATS } from '../../models/exchanging/bytes.ts'
import { carriedIn, fileOf, moduleOf, noteExport, questionsFor } from '../../models/exporting-items.ts'
import { bankModules } from '../../models/item-lists.ts'
import { seesBank } from '../../models/policies/item.ts'
import { conditionsIn, searchAddress } from '../forms/bank-search.ts'
import { exportAsked } from '../forms/item-exchange.ts'
import { only } from '../guards.ts'
import { searchInWords } from '../present/bank-search.ts'
import { EXPORT, sheetWords, standingWords } from '../present/item-exchange.ts'
import { BANK, itemAddress } from '../present/items.ts'
import { wordsIn } from '../present/words.ts'

/** Questions as a file. The page says first what the format carries of them; taking them out is written down. */
export const itemExports = Router()

const bankOnly = only(seesBank)
const TYPES: { [format in Format]: string } = {
  yaml: 'application/yaml; charset=utf-8',
  gift: 'text/plain; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

itemExports.get(EXPORT, bankOnly, async (req: Request, res: Response) => {
  const { chosen, format, language } = exportAsked(req.query)
  const { taken, left, lost } = carriedIn(format, await questionsFor(req.actor, chosen), standingWords(req))
  const modules = await bankModules()
  const { codes, search } = { codes: [], search: null, ...chosen }
  const { module = null, ...others } = search ?? {}
  res.render('manage/items/export', {
    page: {
      ...{ format, language, module, codes },
      carried: [...codes.map(code => ['code', code]), ...conditionsIn(search ?? {})],
      // A search by module alone is the choice of this page; of any other one it says what it was.
      search: search && conditionsIn(others).length ? await searchInWords(req, search, modules) : [],
      back: searchAddress(req, BANK, search ?? {}),
      modules: [
        { value: '', label: req.t('exchange.allModules') },
        ...modules.map(({ code, title }) => ({ value: code, label: `${code} ${wordsIn(title, req.lang)}` })),
      ],
      formats: (Object.keys(FORMATS) as Format[]).map(value => ({
        value,
        label: req.t(`exchange.formats.${value}`),
        hint: req.t(`exchange.formatHints.${value}`),
      })),
      languages: (['en', 'ru'] as const).map(value => ({ value, label: req.t(`exchange.languages.${value}`) })),
      count: taken.length,
      left: gathered(left, ({ type }) => req.t(`items.types.${type}`)),
      lost: gathered(lost, ({ fields }) => fields.map(field => req.t(`exchange.fields.${field}`)).join(', ')),
    },
  })
})

/** Questions under what is true of them: each said once, with the codes of all it is said of. */
const gathered = <Of extends { code: string }>(all: Of[], saying: (each: Of) => string) =>
  [...Map.groupBy(all, saying)].map(([said, of]) => ({
    said,
    items: of.map(({ code }) => ({ code, href: itemAddress(code) })),
  }))

itemExports.post(EXPORT, bankOnly, async (req: Request, res: Response) => {
  const { chosen, format, language } = exportAsked(req.body)
  const { taken } = carriedIn(format, await questionsFor(req.actor, chosen), standingWords(req))
  const file = await fileOf(format, taken, { language, words: sheetWords(req) })
  await noteExport(req.actor, chosen, { format, questions: taken.length })
  const name = [moduleOf(chosen) ?? 'RTCM', 'questions', ...(format === 'gift' ? [language] : [])].join('-')
  res
    .attachment(`${name}.${format === 'gift' ? 'gift.txt' : format}`)
    .type(TYPES[format])
    .send(file)
})
