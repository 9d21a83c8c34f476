import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { translates } from '../../models/policies/draft.ts'
import { remarksOf } from '../../models/remark.ts'
import { answerRemark, remark, resolveRemark } from '../../models/remarking.ts'
import { again, orAgain, parse } from '../forms/again.ts'
import { found, idOf, permit } from '../guards.ts'
import { pieceAddress } from '../present/drafts.ts'
import { draftAt, PIECE, showPiece, workshopOnly } from './drafts.ts'

/** Remarks about passages of a draft: said, answered, resolved. They stand on the page of the piece. */
export const manageRemarks = Router()

manageRemarks.post(`${PIECE}/remarks`, workshopOnly, async (req: Request, res: Response) => {
  const { piece, draft } = await draftAt(req)
  permit(translates(req.actor))
  const { values, errors } = parse(req, remarkForm)
  if (errors) return again(req, res, showPiece, errors)
  if (!(await orAgain(req, res, showPiece, () => remark(req.actor, draft.id, values)))) return
  res.redirect(303, `/${req.lang}${pieceAddress(piece)}?done=remark-made#remarks`)
})

manageRemarks.post(`${PIECE}/remarks/:id/answers`, workshopOnly, async (req: Request, res: Response) => {
  const { piece, draft, id } = await remarkAt(req)
  const { values, errors } = parse(req, answerForm)
  if (errors) return again(req, res, showPiece, errors)
  if (!(await orAgain(req, res, showPiece, () => answerRemark(req.actor, draft.id, id, values.answer)))) return
  res.redirect(303, `/${req.lang}${pieceAddress(piece)}#remarks`)
})

manageRemarks.post(`${PIECE}/remarks/:id/resolution`, workshopOnly, async (req: Request, res: Response) => {
  const { piece, draft, id } = await remarkAt(req)
  if (!(await orAgain(req, res, showPiece, () => resolveRemark(req.actor, draft.id, id)))) return
  res.redirect(303, `/${req.lang}${pieceAddress(piece)}?done=remark-resolved#remarks`)
})

async function remarkAt(req: Request) {
  const at = await draftAt(req)
  const id = idOf(req.params.id)
  await found((await remarksOf(at.draft.id)).find(each => each.id === id))
  permit(translates(req.actor))
  return { ...at, id }
}

const words = z.string().min(1, 'drafts.errors.remark').max(2000, 'drafts.errors.remarkLong')
const remarkForm = z.object({
  part: z.enum(['en', 'ru', 'all'], 'drafts.errors.part'),
  quote: z.string().max(2000, 'drafts.errors.remarkLong').default(''),
  body: words,
})
const answerForm = z.object({ answer: words })
