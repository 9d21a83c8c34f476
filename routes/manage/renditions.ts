import { type Request, type Response, Router } from 'express'
import { writtenModuleOf } from '../../models/curriculum/exporting.ts'
import { glossaryTerms } from '../../models/glossary.ts'
import { termsUsed } from '../../models/glossary-use.ts'
import { translates } from '../../models/policies/draft.ts'
import { RENDITION_STEPS, type RenditionStep } from '../../models/policies/rendition.ts'
import { renderedIn, stepRendition } from '../../models/releasing-renditions.ts'
import { type Fields, type Rendition, renditionOf, translatedPiece } from '../../models/rendition.ts'
import { saveRendition } from '../../models/writing-renditions.ts'
import { again, formOf, orAgain } from '../forms/again.ts'
import { textIn } from '../forms/renditions.ts'
import { found, permit } from '../guards.ts'
import { askingPart } from '../present/asking.ts'
import { renditionEditor, renditionPage } from '../present/renditions.ts'
import { translationAddress, TRANSLATIONS } from '../present/translations.ts'
import { workshopOnly } from './drafts.ts'

/** A piece in a language that was agreed for a training: beside its English, and the steps that lead to its readers. */
export const manageRenditions = Router()

export const IN = `${TRANSLATIONS}/:piece/:language`

/** Nouns of the steps in addresses. */
const STEP_NOUNS: { [S in RenditionStep]: string } = {
  translated: 'translation',
  reviewed: 'review',
  returned: 'returning',
}

manageRenditions.get(IN, workshopOnly, showRendition)
manageRenditions.get(`${IN}/edit`, workshopOnly, async (req: Request, res: Response) => {
  await renditionAt(req)
  permit(translates(req.actor))
  await showEditor(req, res)
})

manageRenditions.post(`${IN}/edit`, workshopOnly, async (req: Request, res: Response) => {
  const rendition = await renditionAt(req)
  permit(translates(req.actor))
  const text = textIn(req, rendition)
  if (req.body.go === 'preview') {
    req.form = { values: req.body, errors: [] }
    return showEditor(req, res, { preview: text })
  }
  await orAgain(req, res, showEditor, async () => {
    const { newer } = await saveRendition(req.actor, rendition, { text, seen: Number(req.body.seen) || 0 })
    if (newer) return showNewer(req, res, newer, text)
    res.redirect(303, `/${req.lang}${translationAddress(rendition)}?done=rendition-saved`)
  })
})

for (const step of RENDITION_STEPS)
  manageRenditions.post(`${IN}/${STEP_NOUNS[step]}`, workshopOnly, async (req: Request, res: Response) => {
    const rendition = await renditionAt(req)
    permit(translates(req.actor))
    const reason = typeof req.body.reason === 'string' ? req.body.reason.trim().slice(0, 2000) : ''
    if (step === 'returned' && !reason)
      return again(req, res, showRendition, [{ field: 'reason', text: req.t('drafts.errors.reason') }])
    const seen = Number(req.body.seen) || 0
    const act = () => stepRendition(req.actor, rendition, step, { seen, reason: reason || null })
    if (await orAgain(req, res, showRendition, act))
      res.redirect(303, `/${req.lang}${translationAddress(rendition)}?done=rendition-${step}`)
  })

/** The text of the address; 404 where its language was not agreed for a training that is not over. */
export async function renditionAt(req: Request): Promise<Rendition> {
  const piece = await found(translatedPiece(String(req.params.piece)))
  return found(renditionOf(piece, String(req.params.language)))
}

/** The page of a text in an agreed language. */
export async function showRendition(req: Request, res: Response) {
  const rendition = await renditionAt(req)
  res.render('manage/translations/rendition', {
    page: {
      ...renditionPage(req, rendition, STEP_NOUNS),
      ...(await askingPart(req, rendition)),
      terms: await termsOf(rendition, rendition.text),
      shown: await shownOf(rendition, rendition.text),
    },
  })
}

type Shown = { preview?: Fields; newer?: Rendition }

async function showEditor(req: Request, res: Response, { preview, newer }: Shown = {}) {
  const rendition = newer ?? (await renditionAt(req))
  const values = { ...rendition.text, seen: rendition.revision }
  res.render('manage/translations/edit', {
    page: {
      ...renditionEditor(req, rendition, newer ? { typed: preview! } : {}),
      form: formOf(req, values),
      terms: await termsOf(rendition, preview ?? rendition.text),
      shown: preview && !newer ? await shownOf(rendition, preview) : null,
    },
  })
}

// Both texts are shown; the page knows the newer one from now on, so whoever saves again has seen it.
async function showNewer(req: Request, res: Response, newer: Rendition, text: Fields) {
  const said = req.t('drafts.errors.newer', { name: newer.savedByName ?? '' })
  return again(req, res, () => showEditor(req, res, { newer, preview: text }), [{ field: 'title', text: said }])
}

const termsOf = async ({ kind, en, language }: Rendition, text: Fields) =>
  kind === 'glossary' ? [] : termsUsed(en, text, await glossaryTerms(), language)

/** A text as its readers will see it. */
async function shownOf({ module }: Rendition, { title = '', body, ...texts }: Fields) {
  const { html } = renderedIn(module, await writtenModuleOf(module), body)
  return { title, html, texts }
}
