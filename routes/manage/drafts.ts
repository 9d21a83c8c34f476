import { type Request, type Response, Router } from 'express'
import { writtenModuleOf } from '../../models/curriculum/exporting.ts'
import { KINDS, type Piece, pieceOf, type PieceContent } from '../../models/curriculum/pieces.ts'
import type { WrittenModule } from '../../models/curriculum/writing.ts'
import { type Draft, type DraftPart, liveDraft, partsOfDraft } from '../../models/draft.ts'
import { beginDraft, discardDraft } from '../../models/drafting.ts'
import { mayStep, seesDrafts, type Step, STEPS_OF, translates, writes } from '../../models/policies/draft.ts'
import { remarksOf } from '../../models/remark.ts'
import { authorsOf, problemsBefore, seenParts, stepDraft } from '../../models/reviewing-drafts.ts'
import { contentIn } from '../../models/whole-text.ts'
import { again, formOf, orAgain } from '../forms/again.ts'
import { found, only, permit } from '../guards.ts'
import { pieceAddress, pieceHead, problemErrors, remarkCard, savedRows, sidesOf, stateTag } from '../present/drafts.ts'

/** One piece of the curriculum: both languages side by side, its draft, and the steps that lead to publication. */
export const manageDrafts = Router()

export const PIECE = '/manage/curriculum/:piece'
export const workshopOnly = only(seesDrafts)

/** Nouns of the steps in addresses. */
const STEP_NOUNS: { [S in Step]: string } = {
  send: 'sending',
  approve: 'approval',
  translated: 'translation',
  reviewed: 'review',
  returned: 'returning',
}

manageDrafts.get(PIECE, workshopOnly, showPiece)

manageDrafts.post(`${PIECE}/draft`, workshopOnly, async (req: Request, res: Response) => {
  const { piece, published } = await pieceAt(req)
  permit(translates(req.actor))
  await beginDraft(req.actor, piece, published)
  res.redirect(303, `/${req.lang}${pieceAddress(piece)}/edit`)
})

manageDrafts.post(`${PIECE}/discarding`, workshopOnly, async (req: Request, res: Response) => {
  const { piece, draft } = await draftAt(req)
  permit(writes(req.actor))
  if (!(await orAgain(req, res, showPiece, () => discardDraft(req.actor, draft.id)))) return
  res.redirect(303, `/${req.lang}${pieceAddress(piece)}?done=draft-discarded`)
})

for (const [step, noun] of Object.entries(STEP_NOUNS) as [Step, string][])
  manageDrafts.post(`${PIECE}/${noun}`, workshopOnly, async (req: Request, res: Response) => {
    const { piece, draft, parts } = await draftAt(req)
    permit(translates(req.actor))
    const reason = typeof req.body.reason === 'string' ? req.body.reason.trim().slice(0, 2000) : ''
    if (step === 'returned' && !reason)
      return again(req, res, showPiece, [{ field: 'reason', text: req.t('drafts.errors.reason') }])
    const problems = await problemsBefore(step, { draft, parts })
    if (problems.length) return again(req, res, showPiece, problemErrors(req, problems))
    const act = () => stepDraft(req.actor, draft.id, step, String(req.body.seen ?? ''), reason || null)
    if (!(await orAgain(req, res, showPiece, act))) return
    res.redirect(303, `/${req.lang}${pieceAddress(piece)}?done=draft-${noun}`)
  })

export type At = { piece: Piece; module: WrittenModule; published: PieceContent }

/** The piece of the address as it is in force; else 404. */
export async function pieceAt(req: Request): Promise<At> {
  const piece = await found(pieceOf(String(req.params.piece)))
  const module = await found(writtenModuleOf(piece.module))
  return { piece, module, published: await found(KINDS[piece.kind].read(module, piece.code)) }
}

/** The same with its live draft; without one there is nothing to work on: 404. */
export async function draftAt(req: Request): Promise<At & { draft: Draft; parts: DraftPart[] }> {
  const at = await pieceAt(req)
  const draft = await found(liveDraft(at.piece.kind, at.piece.code))
  return { ...at, draft, parts: await partsOfDraft(draft.id) }
}

/** The page of a piece, with its draft and what is said about it. */
export async function showPiece(req: Request, res: Response) {
  const { piece, module, published } = await pieceAt(req)
  const draft = await liveDraft(piece.kind, piece.code)
  const parts = draft ? await partsOfDraft(draft.id) : []
  const content = draft ? contentIn(parts) : published
  res.render('manage/drafts/show', {
    page: {
      ...pieceHead(req, piece, content),
      form: formOf(req),
      sides: sidesOf(module, content),
      mayBegin: !draft && translates(req.actor),
      draft: draft && {
        state: stateTag(req, draft.status),
        next: req.t(`drafts.next.${draft.status}`),
        saved: savedRows(req, parts),
        seen: seenParts(parts),
        steps: await stepsOf(req, draft),
        mayDiscard: writes(req.actor),
        mayEdit: translates(req.actor),
        remarks: (await remarksOf(draft.id)).map(remark => remarkCard(req, remark, content)),
      },
    },
  })
}

/** The steps that lead on from here: a button, or the reason why it is somebody else's. */
async function stepsOf(req: Request, draft: Draft) {
  const authors = await authorsOf(draft.id)
  return (Object.keys(STEPS_OF) as Step[]).flatMap(step => {
    const verdict = mayStep(req.actor, step, draft.status, authors)
    if (!verdict.ok && verdict.reason === 'drafts.otherState') return []
    const reason = verdict.ok ? null : req.t(`refusals.${verdict.reason}`)
    return [{ step, noun: STEP_NOUNS[step], label: req.t(`drafts.step.${step}`), reason }]
  })
}
