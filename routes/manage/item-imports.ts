import { type Request, type Response, Router } from 'express'
import { within } from '../../lib/limits.ts'
import { DIFFICULTIES } from '../../models/drawing.ts'
import { readApart } from '../../models/exchanging/reading-apart.ts'
import { compare, keepImport, keptImport, referable, useImport } from '../../models/importing-items.ts'
import { bankModules } from '../../models/item-lists.ts'
import { keepsItems, seesBank } from '../../models/policies/item.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { bringingForm, broughtBy } from '../forms/item-exchange.ts'
import { found, idOf, only, permit, unhurried } from '../guards.ts'
import { comparedRow, IMPORT, remarksIn, standingWords } from '../present/item-exchange.ts'
import { BANK } from '../present/items.ts'
import { wordsIn } from '../present/words.ts'

/** Questions from a file: brought, looked at line by line, then taken into the bank as drafts, all or none. */
export const itemImports = Router()

const bankOnly = only(seesBank)
/** Reading a large file takes seconds of a processor. */
const TRIES = { points: 30, seconds: 600 }
/** Rows of a preview on one page. */
const SIZE = 100

itemImports.get(IMPORT, bankOnly, showForm)

itemImports.post(IMPORT, bankOnly, async (req: Request, res: Response) => {
  permit(keepsItems(req.actor))
  unhurried(await within('item-import', String(req.actor.id), TRIES))
  const { values, errors } = parse(req, bringingForm)
  if (errors) return again(req, res, showForm, errors)
  let id = ''
  const done = await orAgain(req, res, showForm, async () => {
    const { first, second } = broughtBy(req)
    const terms = { ...values, standing: standingWords(req) }
    const looked = await readApart({ first, second, terms, known: await referable() })
    const name = second ? `${first.name}, ${second.name}` : first.name
    id = await keepImport(req.actor, { name, ...looked })
  })
  if (done) res.redirect(303, `/${req.lang}${IMPORT}/${id}`)
})

itemImports.get(`${IMPORT}/:file`, bankOnly, showPreview)

itemImports.post(`${IMPORT}/:file`, bankOnly, async (req: Request, res: Response) => {
  const { id } = await found(keptImport(req.actor, idOf(req.params.file)))
  permit(keepsItems(req.actor))
  if (req.body.read !== 'yes' && req.body.asks === 'yes')
    return again(req, res, showPreview, [{ field: 'read', text: req.t('exchange.errors.read') }])
  if (await orAgain(req, res, showPreview, () => useImport(req.actor, id, String(req.body.mark ?? ''))))
    res.redirect(303, `/${req.lang}${BANK}?done=items-imported`)
})

async function showForm(req: Request, res: Response) {
  permit(keepsItems(req.actor))
  const form = formOf(req, { language: req.lang === 'ru' ? 'ru' : 'en', outcome: '', difficulty: 'medium' })
  const modules = await bankModules()
  const errorOf = (field: string) => form.errors.find(error => error.field === field)?.text
  res.render('manage/items/import', {
    page: {
      form,
      errors: { file: errorOf('file'), second: errorOf('second') },
      languages: (['en', 'ru'] as const).map(value => ({ value, label: req.t(`exchange.languages.${value}`) })),
      outcomes: [
        { value: '', label: req.t('exchange.outcomeInFile') },
        ...modules.flatMap(({ outcomes }) =>
          outcomes.map(({ code, text }) => ({ value: code, label: `${code} ${wordsIn(text, req.lang)}` })),
        ),
      ],
      difficulties: DIFFICULTIES.map(value => ({ value, label: req.t(`items.difficulties.${value}`) })),
    },
  })
}

async function showPreview(req: Request, res: Response) {
  const kept = await found(keptImport(req.actor, idOf(req.params.file)))
  const { compared, remarks, mark } = await compare(req.actor, kept)
  const form = formOf(req)
  const from = Math.min(Math.max(0, Math.trunc(Number(req.query.from)) || 0), Math.max(0, compared.length - 1))
  const to = (at: number) => `/${req.lang}${IMPORT}/${kept.id}?from=${at}`
  const [faults, left, notes] = (['fault', 'left', 'note'] as const).map(weight => remarksIn(req, remarks, weight))
  const countOf = (deed: string) => compared.filter(each => each.deed === deed).length
  res.render('manage/items/import-preview', {
    page: {
      ...{ form, id: kept.id, name: kept.name, mark, faults, left, notes },
      counts: { new: countOf('new'), changed: countOf('changed'), unchanged: countOf('unchanged') },
      rows: compared.slice(from, from + SIZE).map(each => comparedRow(req, each)),
      previous: from ? to(Math.max(0, from - SIZE)) : null,
      next: from + SIZE < compared.length ? to(from + SIZE) : null,
      may: !faults!.length && compared.some(({ deed }) => deed !== 'unchanged'),
      readError: form.errors.find(({ field }) => field === 'read')?.text,
    },
  })
}
