import { type Request, type Response, Router } from 'express'
import { DIFFICULTIES } from '../../models/drawing.ts'
import { type BankModule, bankModule, type ItemVersion, versionsOf } from '../../models/item.ts'
import { bankModules } from '../../models/item-lists.ts'
import { ITEM_TYPES, type ItemType } from '../../models/items/kind.ts'
import { KINDS, rightAnswer } from '../../models/items/kinds.ts'
import { keepItem, problemsOf } from '../../models/keeping-items.ts'
import { keepsItems, seesBank } from '../../models/policies/item.ts'
import { Refused } from '../../models/refused.ts'
import { again, formOf, orAgain, typed } from '../forms/again.ts'
import { fieldsOfItem, fieldsOfNew, isItemType, itemOf, takePictures } from '../forms/item-pages.ts'
import { actOf, afterAct, type Fields, fieldsOf, rawOf } from '../forms/items.ts'
import { only, permit } from '../guards.ts'
import { errorsOf, inputsShown } from '../present/item-forms.ts'
import { BANK, changesBetween, inLanguage, itemAddress, previewOf } from '../present/items.ts'
import { wordsIn } from '../present/words.ts'
import { load } from './items.ts'

/** Writing a question: its form, buttons that add and take away rows, the preview, and saving as a draft. */
export const itemForms = Router()

const NEW = `${BANK}/items/new`
const EDIT = `${BANK}/items/:code/edit`
const bankOnly = only(seesBank)

itemForms.get(NEW, bankOnly, async (req, res) => {
  permit(keepsItems(req.actor))
  const chosen = await chosenIn(req, req.query)
  if (!chosen) return showChoice(req, res)
  return showForm(req, res, { ...chosen, fields: await beginningOf(req, chosen) })
})

itemForms.post(NEW, bankOnly, async (req, res) => {
  permit(keepsItems(req.actor))
  const chosen = await chosenIn(req, req.body)
  if (!chosen) return res.redirect(303, `/${req.lang}${NEW}`)
  await write(req, res, chosen)
})

itemForms.get(EDIT, bankOnly, async (req: Request, res: Response) => {
  const place = await written(req)
  await showForm(req, res, { ...place, fields: fieldsOfItem(place.newest) })
})

itemForms.post(EDIT, bankOnly, async (req: Request, res: Response) => {
  await write(req, res, await written(req))
})

type Written = { module: BankModule; type: ItemType; newest?: ItemVersion }
/** `theirs`: what another has saved meanwhile. */
type Shown = Written & { fields?: Fields; preview?: boolean; theirs?: ItemVersion | undefined }

async function written(req: Request): Promise<Written & { newest: ItemVersion }> {
  const [newest] = await load(req)
  permit(keepsItems(req.actor))
  return { newest: newest!, module: (await bankModule(newest!.module))!, type: newest!.type }
}

/** Module and type of a new question; undefined as long as they are not chosen. */
async function chosenIn(req: Request, from: Record<string, unknown>): Promise<Written | undefined> {
  const [copied] = typeof from.from === 'string' ? await versionsOf(req.actor, from.from) : []
  if (copied) return { module: (await bankModule(copied.module))!, type: copied.type }
  const module = typeof from.module === 'string' ? await bankModule(from.module) : undefined
  return module && isItemType(from.type) ? { module, type: from.type } : undefined
}

async function beginningOf(req: Request, { type, module }: Written): Promise<Fields> {
  const [copied] = typeof req.query.from === 'string' ? await versionsOf(req.actor, req.query.from) : []
  if (copied) return fieldsOfItem(copied)
  const sides = (['en', 'ru'] as const).map(lang => [lang, inLanguage(req, lang).t] as const)
  return fieldsOfNew(type, module, key => Object.fromEntries(sides.map(([lang, t]) => [lang, t(`items.said.${key}`)])))
}

/** A press of a button of the form: a row more or less, the preview, or saving. */
async function write(req: Request, res: Response, place: Written) {
  const { type, module, newest } = place
  const pictureErrors = await takePictures(req)
  const show =
    (shown: Partial<Shown> = {}) =>
    (asked: Request, answer: Response) =>
      showForm(asked, answer, { ...place, ...shown })
  const act = actOf(req.body.act)
  const { inputs } = KINDS[type]
  if (act && !pictureErrors.length) {
    const content = fieldsOf(inputs, afterAct(inputs, rawOf(inputs, req.body), act))
    const rest = Object.entries(typed(req.body)).filter(
      ([name]) => !inputs.some(each => name.split('.')[0] === each.name),
    )
    req.form = { values: { ...Object.fromEntries(rest), ...content }, errors: [] }
    return show()(req, res)
  }
  const item = itemOf(module.code, type, req.body, newest?.code)
  const errors = [...pictureErrors, ...errorsOf(req, type, req.body, await problemsOf(item))]
  if (errors.length) return again(req, res, show(), errors)
  if (req.body.act === 'preview') {
    req.form = { values: typed(req.body), errors: [] }
    return show({ preview: true })(req, res)
  }
  let theirs: ItemVersion | undefined
  let code = newest?.code
  const saved = await orAgain(
    req,
    res,
    (asked, answer) => show({ theirs })(asked, answer),
    async () => {
      try {
        code = (await keepItem(req.actor, item, newest ? String(req.body.seen ?? '') : undefined)).code
      } catch (error) {
        if (!(error instanceof Refused) || error.key !== 'item.changed') throw error
        // They have been told and see the difference: pressing again is a decision.
        theirs = (await versionsOf(req.actor, newest!.code))[0]
        req.body.seen = theirs?.hash
        throw error
      }
    },
  )
  if (saved) res.redirect(303, `/${req.lang}${itemAddress(code!)}?done=item-saved`)
}

async function showChoice(req: Request, res: Response) {
  const modules = await bankModules()
  res.render('manage/items/choose', {
    page: {
      modules: modules.map(({ code, title }) => ({ value: code, label: `${code} ${wordsIn(title, req.lang)}` })),
      module: String(req.query.module ?? ''),
      types: ITEM_TYPES.map(type => ({
        ...{ value: type, label: req.t(`items.types.${type}`), hint: req.t(`items.typeHints.${type}`) },
      })),
    },
  })
}

function showForm(req: Request, res: Response, { type, module, newest, fields = {}, preview, theirs }: Shown) {
  const form = formOf(req, fields)
  const { values, errors } = form
  const item = preview ? itemOf(module.code, type, values, newest?.code) : undefined
  res.render('manage/items/form', {
    page: {
      ...{ code: newest?.code ?? null, module: module.code, type, typeName: req.t(`items.types.${type}`), form },
      action: newest ? `${itemAddress(newest.code)}/edit` : NEW,
      back: newest ? itemAddress(newest.code) : BANK,
      seen: values.seen ?? newest?.hash ?? '',
      inUse: newest?.status === 'in_use',
      reviewed: newest?.status === 'reviewed',
      withFiles: JSON.stringify(KINDS[type].inputs).includes('"as":"picture"'),
      outcomes: (module.outcomes ?? []).map(({ code, text }) => ({
        value: code,
        label: `${code} ${wordsIn(text, req.lang)}`,
      })),
      difficulties: DIFFICULTIES.map(each => ({ value: each, label: req.t(`items.difficulties.${each}`) })),
      inputs: inputsShown(req, type, values, errors),
      preview: item ? previewed(req, type, item) : null,
      theirs: theirs ? changesBetween(req, type, fieldsOfItem(theirs), values as Record<string, string>) : null,
    },
  })
}

/** The question of the form as it would be shown and, its right answer given, told. */
function previewed(req: Request, type: ItemType, item: Record<string, unknown>) {
  const {
    prompt,
    points = 1,
    code = '',
  } = item as { prompt: { en: string; ru: string }; points?: number; code?: string }
  const asked = { type, content: item, prompt, points, code }
  return previewOf(req, asked, rightAnswer(asked))
}
