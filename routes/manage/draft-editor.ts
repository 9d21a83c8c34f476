import { type Request, type Response, Router } from 'express'
import type { CardFacts } from '../../models/curriculum/pieces/card.ts'
import type { PieceContent } from '../../models/curriculum/pieces.ts'
import { type Draft, type DraftPart, LANGUAGES } from '../../models/draft.ts'
import { saveDraft } from '../../models/drafting.ts'
import { termsUsed } from '../../models/glossary-use.ts'
import { glossaryTerms } from '../../models/glossary.ts'
import { mayWrite, seesDrafts, translates } from '../../models/policies/draft.ts'
import { structured } from '../../models/structuring.ts'
import { sourceChange } from '../../models/translation.ts'
import { contentIn, wholeText } from '../../models/whole-text.ts'
import { again, formOf, orAgain } from '../forms/again.ts'
import { ASKED } from '../forms/card-facts.ts'
import { postedDraft, pressIn, seenText } from '../forms/drafts.ts'
import { orSaid, typing } from '../forms/saving.ts'
import { found, permit } from '../guards.ts'
import { fieldsOf, pieceAddress, pieceHead, sidesOf, wordFields } from '../present/drafts.ts'
import { changedSentences, comparedParts } from '../present/revisions.ts'
import { termRows } from '../present/translations.ts'
import { type At, draftAt, PIECE, workshopOnly } from './drafts.ts'

/** Writing: both languages side by side, saved while somebody types, with a preview by the renderer of lessons. */
export const draftEditor = Router()

draftEditor.get(`${PIECE}/edit`, workshopOnly, async (req: Request, res: Response) => {
  await draftAt(req)
  permit(translates(req.actor))
  await show(req, res)
})

draftEditor.post(`${PIECE}/edit`, workshopOnly, async (req: Request, res: Response) => {
  const at = await draftAt(req)
  permit(translates(req.actor))
  const { content, changes, errors } = postedDraft(req, at.piece.kind, at.parts)
  if (errors.length) return again(req, res, show, errors)
  if (req.body.go === 'preview') {
    req.form = { values: req.body, errors: [] }
    return show(req, res, { preview: content })
  }
  const press = at.piece.kind === 'card' ? pressIn(req.body.go) : undefined
  await orAgain(req, res, show, async () => {
    const all = changes.find(({ part }) => part === 'all')!
    if (press) all.content = await structured(at.module, all.content as CardFacts, press)
    const saved = await saveDraft(req.actor, at.draft.id, changes)
    if (!saved.saved) return newer(req, res, saved.newer, content)
    const stays = press || req.body.go === 'stay'
    const place = press ? `#${press.list}` : ''
    res.redirect(303, `/${req.lang}${pieceAddress(at.piece)}${stays ? '/edit' : ''}?done=draft-saved${place}`)
  })
})

/** Saving while somebody writes. */
draftEditor.post(`${PIECE}/saving`, typing, async (req: Request, res: Response) => {
  const { piece, draft, parts } = await draftHere(req)
  permit(translates(req.actor))
  await orSaid(req, res, async () => {
    const { changes, errors } = postedDraft(req, piece.kind, parts)
    if (errors.length) return void res.status(422).json({ refused: errors[0]!.text })
    const saved = await saveDraft(req.actor, draft.id, changes)
    if (!saved.saved) return void res.status(422).json({ newer: true })
    res.json({ revision: seenText(saved.parts), at: res.locals.date(saved.at, 'time') })
  })
})

/** What was typed as readers will see it: a piece of a page, for the script of the editor. */
draftEditor.post(`${PIECE}/preview`, typing, async (req: Request, res: Response) => {
  const { piece, module, parts } = await draftHere(req)
  permit(translates(req.actor))
  res.render('manage/drafts/_sides', {
    part: { sides: sidesOf(module, postedDraft(req, piece.kind, parts).content) },
  })
})

type Shown = { preview?: PieceContent; newer?: ReturnType<typeof comparedParts>; revision?: string }

// Both texts are shown; the page knows the newer one from now on, so whoever saves again has seen it.
async function newer(req: Request, res: Response, parts: DraftPart[], typed: PieceContent) {
  const [first] = parts
  const now = await draftAt(req)
  const shown = { newer: comparedParts(parts, typed), revision: seenText(now.parts) }
  const text = req.t('drafts.errors.newer', { name: first!.savedByName })
  return again(req, res, () => show(req, res, shown), [{ field: `${first!.part}-${fieldOf(first!)}`, text }])
}

const fieldOf = ({ content }: DraftPart) => ('body' in content ? 'body' : 'title')

async function show(req: Request, res: Response, { preview, newer = [], revision }: Shown = {}) {
  const at = await draftAt(req)
  const content = contentIn(at.parts)
  const form = formOf(req, fieldsOf(content))
  res.render('manage/drafts/edit', {
    page: {
      ...pieceHead(req, at.piece, content),
      form,
      newer,
      revision: revision ?? (form.values.revision || seenText(at.parts)),
      preview: preview ? sidesOf(at.module, preview) : null,
      languages: LANGUAGES.map(language => ({ language, readonly: !mayWrite(req.actor, language).ok })),
      writesAll: mayWrite(req.actor, 'all').ok,
      words: wordFields(req, content),
      outcomes: outcomesOf(at, form.values),
      ...(await translatorsView(at, preview)),
      facts: at.parts.find(({ part }) => part === 'all')!.content,
      titles: Object.fromEntries(at.module.card.lessons.map(({ code, title }) => [code, title])),
      asked: ASKED,
    },
  })
}

/** What a translator needs beside the text: what changed in the English, and the terms of the glossary in it. */
async function translatorsView({ draft, parts }: At & { draft: Draft; parts: DraftPart[] }, typed?: PieceContent) {
  const content = typed ?? contentIn(parts)
  const [en, ru] = [wholeText(content, 'en'), wholeText(content, 'ru')]
  const change = await sourceChange(draft.id, parts)
  return {
    change: change && { sentences: change.before && changedSentences(change.before, change.now) },
    terms: termRows(termsUsed(en, ru, await glossaryTerms())),
  }
}

const outcomesOf = ({ module, parts }: At & { parts: DraftPart[] }, values: Record<string, unknown>) => {
  const chosen = (parts.find(({ part }) => part === 'all')!.content.outcomes ?? []) as unknown[]
  return module.card.outcomes.map(({ code, text }) => ({
    code,
    text,
    checked: values.facts ? Boolean(values[`outcome-${code}`]) : chosen.includes(code),
  }))
}

/** As `draftAt`, for scripts: nothing is there for who does not see the workshop. */
async function draftHere(req: Request) {
  await found(seesDrafts(req.actor) || undefined)
  return draftAt(req)
}
