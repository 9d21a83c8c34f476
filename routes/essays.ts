import { type Request, type Response, Router } from 'express'
import { bankOf, dropComment, keepComment } from '../models/commenting.ts'
import { type Essay, essayOf, nextEssay, rubricOf, waitingEssays } from '../models/essay.ts'
import { type EssayJudgment, finalizeEssayMark, saveEssayMark } from '../models/marking-essays.ts'
import { formOf, orAgain } from './forms/again.ts'
import { inserted, judgmentValues, postedJudgment, wayOf } from './forms/marking.ts'
import { orSaid, typing } from './forms/saving.ts'
import { found, idOf, signedIn } from './guards.ts'
import { presentEssay } from './present/essays.ts'

/** Marking essays of tests: one answer after the other. Which wait stands on the page of marking (marking.ts). */
export const essays = Router()

const PATH = '/marking/essays/:id'

essays.get(PATH, signedIn, show)

/** One form for all of it: the judgment is saved first, whichever button was pressed. */
essays.post(PATH, signedIn, async (req: Request, res: Response) => {
  const essay = await essayAt(req)
  const judgment = postedEssay(req.body, essay)
  const way = wayOf(req.body)
  await orAgain(req, res, show, async () => {
    if (way.kind === 'final') {
      const next = nextEssay(await waitingEssays(req.actor.id!), essay.id)
      const whole = await finalizeEssayMark(req.actor, essay.id, judgment)
      const done = whole ? 'essay-whole' : 'essay-marked'
      return res.redirect(303, `/${req.lang}/marking${next ? `/essays/${next.id}` : ''}?done=${done}`)
    }
    if (way.kind === 'bank-insert')
      judgment.comment = inserted(await bankOf(req.actor.id!), judgment.comment, way.comment)
    await saveEssayMark(req.actor, essay.id, judgment)
    if (way.kind === 'bank-keep') await keepComment(req.actor, judgment.comment)
    if (way.kind === 'bank-drop') await dropComment(req.actor, way.comment)
    const done = way.kind === 'bank-keep' ? 'comment-kept' : 'mark-saved'
    res.redirect(303, `/${req.lang}/marking/essays/${essay.id}?done=${done}${way.kind === 'save' ? '' : '#comment'}`)
  })
})

/** Saving while somebody marks. */
essays.post(`${PATH}/saved`, typing, async (req: Request, res: Response) => {
  const essay = await essayAt(req)
  await orSaid(req, res, async () => {
    const { at } = await saveEssayMark(req.actor, essay.id, postedEssay(req.body, essay))
    res.json({ at: res.locals.date(at, 'time') })
  })
})

async function show(req: Request, res: Response) {
  const essay = await essayAt(req)
  const waiting = await waitingEssays(req.actor.id!)
  const own = essay.mark?.markerId === req.actor.id ? essay.mark : null
  const form = formOf(req, judgmentValues(own ?? { levels: {}, comment: '' }))
  res.render('marking/essay', {
    page: presentEssay(req, { essay, own, waiting, bank: await bankOf(req.actor.id!), form }),
  })
}

const essayAt = (req: Request): Promise<Essay> => found(essayOf(req.actor, idOf(req.params.id)))

const postedEssay = (body: Record<string, unknown>, essay: Essay): EssayJudgment => ({
  ...postedJudgment(body, rubricOf(essay)),
  seen: typeof body.seen === 'string' ? body.seen : '',
})
