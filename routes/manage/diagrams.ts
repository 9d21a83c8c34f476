import { type Request, type Response, Router } from 'express'
import { type Diagram, diagramShape } from '../../models/curriculum/diagram.ts'
import { DIAGRAM_KINDS, newDiagram, withRows } from '../../models/curriculum/editing-diagrams.ts'
import type { CardFacts } from '../../models/curriculum/pieces/card.ts'
import { liveDraft, partsOfDraft } from '../../models/draft.ts'
import { discardDiagram, putDiagram, seenOf } from '../../models/drawing-up.ts'
import { writes } from '../../models/policies/draft.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { diagramIn, newDiagramForm, rowPressIn } from '../forms/diagrams.ts'
import { factFields } from '../forms/fact-fields.ts'
import { found, permit } from '../guards.ts'
import { diagramSides, pieceAddress } from '../present/drafts.ts'
import { wordsIn } from '../present/words.ts'
import { draftAt, pieceAt, workshopOnly } from './drafts.ts'

/** Diagrams of a module, in the draft of its card: their words and their rows, in both languages, with sources. */
export const manageDiagrams = Router()

const PATH = '/manage/curriculum/:piece/diagrams'

manageDiagrams.get(PATH, workshopOnly, show)

manageDiagrams.post(PATH, workshopOnly, async (req: Request, res: Response) => {
  const { draft, diagrams } = await cardAt(req)
  permit(writes(req.actor))
  const { values, errors } = parse(req, newDiagramForm)
  if (errors) return again(req, res, show, errors)
  if (diagrams.some(({ code }) => code === values.code))
    return again(req, res, show, [{ field: 'code', text: req.t('drafts.errors.diagramThere') }])
  const begin = () => putDiagram(req.actor, draft.id, newDiagram(values.kind, values.code), null)
  if (!(await orAgain(req, res, show, begin))) return
  res.redirect(303, `/${req.lang}${addressOf(req)}/${values.code}`)
})

manageDiagrams.get(`${PATH}/:code`, workshopOnly, showOne)

manageDiagrams.post(`${PATH}/:code`, workshopOnly, async (req: Request, res: Response) => {
  const { draft, diagram, module } = await diagramAt(req)
  permit(writes(req.actor))
  const seen = String(req.body.seen ?? '')
  if (req.body.go === 'remove') {
    if (!(await orAgain(req, res, showOne, () => discardDiagram(req.actor, draft.id, module, diagram.code)))) return
    return res.redirect(303, `/${req.lang}${addressOf(req)}?done=diagram-removed`)
  }
  const fields = factFields(req.body ?? {})
  const typed = diagramIn(fields, diagram)
  if (fields.wrong.length)
    return again(
      req,
      res,
      showOne,
      fields.wrong.map(({ field, key, ...data }) => ({ field, text: req.t(`drafts.errors.${key}`, data) })),
    )
  const press = rowPressIn(req.body.go)
  const next = press ? withRows(typed, press) : typed
  if (!(await orAgain(req, res, showOne, () => putDiagram(req.actor, draft.id, next, seen)))) return
  res.redirect(303, `/${req.lang}${addressOf(req)}/${diagram.code}?done=diagram-saved${press ? '#rows' : ''}`)
})

const addressOf = (req: Request) => `/manage/curriculum/${req.params.piece}/diagrams`

/** What shows a diagram, in the text of a lesson. */
const lineOf = ({ code }: Diagram) => `![](diagram:${code})`

/** The card of the address with its live draft and the diagrams in it; 404 without one. */
async function cardAt(req: Request) {
  const at = await draftAt(req)
  await found(at.piece.kind === 'card' || undefined)
  const all = at.parts.find(({ part }) => part === 'all')!
  return { ...at, diagrams: (all.content as CardFacts).diagrams }
}

async function diagramAt(req: Request) {
  const at = await cardAt(req)
  return { ...at, diagram: await found(at.diagrams.find(({ code }) => code === req.params.code)) }
}

async function show(req: Request, res: Response) {
  const { piece, module } = await pieceAt(req)
  await found(piece.kind === 'card' || undefined)
  const draft = await liveDraft('card', piece.code)
  const parts = draft ? await partsOfDraft(draft.id) : []
  const drafted = parts.find(({ part }) => part === 'all')?.content as CardFacts | undefined
  res.render('manage/curriculum/diagrams', {
    page: {
      form: formOf(req, { kind: 'bars' }),
      code: piece.code,
      card: pieceAddress(piece),
      action: addressOf(req),
      may: Boolean(draft) && writes(req.actor),
      drafting: Boolean(draft),
      kinds: DIAGRAM_KINDS,
      diagrams: (drafted?.diagrams ?? module.diagrams).map(diagram => ({
        line: lineOf(diagram),
        title: wordsIn(diagram.title, req.lang) || diagram.code,
        edit: draft && `${addressOf(req)}/${diagram.code}`,
      })),
    },
  })
}

async function showOne(req: Request, res: Response) {
  const { diagram, module, piece } = await diagramAt(req)
  permit(writes(req.actor))
  const whole = diagramShape(diagram).safeParse(diagram).success
  const form = formOf(req)
  // What was typed stands in its fields, also in rows that are not saved yet.
  const shown = form.errors.length ? diagramIn(factFields(form.values), diagram) : diagram
  res.render('manage/curriculum/diagram', {
    page: {
      form,
      seen: form.values.seen ?? seenOf(diagram),
      code: piece.code,
      name: diagram.code,
      line: lineOf(diagram),
      diagram: shown,
      back: addressOf(req),
      action: `${addressOf(req)}/${diagram.code}`,
      sides: whole ? diagramSides(module, diagram as Diagram) : [],
    },
  })
}
