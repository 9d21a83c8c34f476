import { type Request, type Response, Router } from 'express'
import { LANGUAGES, historyOf, type PartName } from '../../models/draft.ts'
import { contentIn } from '../../models/whole-text.ts'
import { pieceAddress, pieceHead } from '../present/drafts.ts'
import { compared } from '../present/revisions.ts'
import { PARTS } from '../forms/drafts.ts'
import { draftAt, PIECE, workshopOnly } from './drafts.ts'

/** What was saved of a draft, by whom and when; any two texts of one part side by side, word by word. */
export const draftHistory = Router()

draftHistory.get(`${PIECE}/history`, workshopOnly, async (req: Request, res: Response) => {
  const { piece, draft, parts } = await draftAt(req)
  const part: PartName = PARTS.find(each => each === req.query.part) ?? 'en'
  const steps = await historyOf(draft.id, part)
  const chosen = (name: 'from' | 'to') => steps.find(({ revision }) => String(revision) === req.query[name])
  const [to, from] = [chosen('to') ?? steps[0]!, chosen('from') ?? steps[1] ?? steps[0]!]
  res.render('manage/drafts/history', {
    page: {
      ...pieceHead(req, piece, contentIn(parts)),
      part,
      lang: LANGUAGES.find(each => each === part) ?? 'en',
      parts: PARTS.map(each => ({
        label: req.t(`drafts.language.${each}`),
        href: `${pieceAddress(piece)}/history?part=${each}`,
        current: each === part,
      })),
      steps: steps.map(({ revision, savedAt, savedByName }) => ({ revision, at: savedAt, by: savedByName })),
      from: from.revision,
      to: to.revision,
      stretches: compared(from.content, to.content),
    },
  })
})
