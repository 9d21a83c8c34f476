import { type Request, type Response, Router } from 'express'
import { backToDefault, editedTexts, lastOf, LONGEST_TEXT, stepsOf, wordAnew } from '../../models/mail-texts.ts'
import { again, formOf, orAgain } from '../forms/again.ts'
import { found, staff } from '../guards.ts'
import { houseOf } from '../house.ts'
import {
  bodyOf,
  filled,
  type Form,
  letterName,
  letterOf,
  placesIn,
  stepRow,
  textRow,
  textsByBase,
} from '../present/mail-texts.ts'
import type { FieldError } from '../request.ts'

/** Texts of mails as the Center words them: the file is the default, an edit overrides it, and the way back is kept. */
export const manageMailTexts = Router()

const PATH = '/manage/mail-texts'

manageMailTexts.get(PATH, staff, async (req, res) => {
  const edited = await editedTexts()
  const address = `/${req.lang}${PATH}`
  const texts = [...textsByBase(houseOf(req).texts)].map(([base, forms]) => textRow(base, forms, edited, address))
  const letters = Map.groupBy(texts, text => letterOf(text.base))
  const chosen = typeof req.query.letter === 'string' && letters.has(req.query.letter) ? req.query.letter : null
  const only = req.query.only === 'edited'
  const rows = only ? texts.filter(text => text.edited) : chosen ? letters.get(chosen)! : []
  res.render('manage/mail-texts/index', {
    page: {
      address,
      rows,
      only,
      letter: chosen && letterName(chosen, req.t),
      letters: [...letters].map(([letter, all]) => ({
        label: letterName(letter, req.t),
        href: `${address}?letter=${letter}`,
        count: all.length,
        current: letter === chosen,
      })),
      edited: { href: `${address}?only=edited`, count: texts.filter(text => text.edited).length },
    },
  })
})

manageMailTexts.get(`${PATH}/:key`, staff, (req: Request<{ key: string }>, res) => show(req, res))

manageMailTexts.post(`${PATH}/:key`, staff, async (req: Request<{ key: string }>, res) => {
  const forms = await formsOf(req)
  const errors = forms.flatMap(form => wrongIn(req, form))
  if (errors.length) return again(req, res, show as never, errors)
  const wordings = forms.map(form => ({
    key: form.key,
    language: form.language,
    original: form.original,
    field: form.field,
    body: typed(req, form),
    seen: seenOf(req, form),
  }))
  if (req.body.act === 'preview') {
    req.form = { values: req.body, errors: [] }
    return show(req, res, true)
  }
  if (!(await orAgain(req, res, show as never, () => wordAnew(req.actor, wordings)))) return
  res.redirect(303, `/${req.lang}${PATH}/${req.params.key}?done=wording-saved`)
})

manageMailTexts.post(`${PATH}/:key/default`, staff, async (req: Request<{ key: string }>, res) => {
  const forms = await formsOf(req)
  const known = forms.map(form => ({ key: form.key, language: form.language, seen: seenOf(req, form) }))
  if (!(await orAgain(req, res, show as never, () => backToDefault(req.actor, known)))) return
  res.redirect(303, `/${req.lang}${PATH}/${req.params.key}?done=wording-reset`)
})

async function show(req: Request<{ key: string }>, res: Response, preview = false) {
  const { texts } = houseOf(req)
  const forms = await formsOf(req)
  const edited = await editedTexts()
  const numbers = new Map<string, number>()
  for (const { key, language, field } of forms) numbers.set(field, (await lastOf(key, language)).number)
  const form = formOf(req, Object.fromEntries(forms.map(each => [each.field, bodyOf(each, edited)])))
  const steps = await stepsOf([...new Set(forms.map(({ key }) => key))])
  res.render('manage/mail-texts/edit', {
    page: {
      form,
      letter: letterName(letterOf(req.params.key), req.t),
      back: `/${req.lang}${PATH}?letter=${letterOf(req.params.key)}`,
      action: `/${req.lang}${PATH}/${req.params.key}`,
      places: placesIn(forms),
      fields: forms.map(each => ({
        ...each,
        label: req.t(each.form ? `wordings.formOf.${each.form}` : 'wordings.text', {
          language: req.t(`wordings.languages.${each.language}`),
        }),
        value: form.values[each.field],
        // What was seen when the page was first opened, also while it comes back.
        seen: form.values[`seen-${each.field}`] ?? numbers.get(each.field),
        preview: preview ? filled(String(form.values[each.field] ?? ''), texts.translator(each.language)) : null,
        edited: bodyOf(each, edited) !== each.original,
      })),
      isEdited: forms.some(each => bodyOf(each, edited) !== each.original),
      preview,
      steps: steps.map(step => stepRow(step, req.t)),
    },
  })
}

/** The forms of the text in the address, in both languages; of a text no letter has, there is no page. */
async function formsOf(req: Request<{ key: string }>): Promise<Form[]> {
  return found(textsByBase(houseOf(req).texts).get(req.params.key))
}

function wrongIn(req: Request, form: Form): FieldError[] {
  const body = typed(req, form)
  if (!body) return [{ field: form.field, text: req.t('wordings.errors.empty') }]
  if (body.length > LONGEST_TEXT) return [{ field: form.field, text: req.t('wordings.errors.long') }]
  return []
}

// A text of a mail is one paragraph: what was typed on several lines is one.
const typed = (req: Request, { field }: Form): string =>
  typeof req.body[field] === 'string' ? req.body[field].normalize('NFC').replace(/\s+/g, ' ').trim() : ''

function seenOf(req: Request, { field }: Form): number {
  const seen = req.body[`seen-${field}`]
  return typeof seen === 'string' && /^\d{1,9}$/.test(seen) ? Number(seen) : -1
}
