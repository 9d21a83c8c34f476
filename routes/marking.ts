import { type Request, type Response, Router } from 'express'
import { bankOf, dropComment, keepComment } from '../models/commenting.ts'
import { finalizeMark, givenParts, partFor, returnWork, saveMark } from '../models/marking.ts'
import { finishedEssays, waitingEssays } from '../models/essay.ts'
import {
  finishedBy,
  marksFor,
  marksOf,
  marksSomewhere,
  nextWork,
  waitingFor,
  type Work,
  workOf,
} from '../models/marked-work.ts'
import { ownToRelease } from '../models/policies/marking.ts'
import { readyIn, release } from '../models/releasing.ts'
import { filesOf } from '../models/submission.ts'
import { formOf, orAgain } from './forms/again.ts'
import { uploadsOf } from './forms/materials.ts'
import { inserted, judgmentValues, postedJudgment, wayOf } from './forms/marking.ts'
import { orSaid, typing } from './forms/saving.ts'
import { found, idOf, NotFound, signedIn } from './guards.ts'
import { sendKept } from './kept-files.ts'
import { neutralName, presentDesk, presentWork } from './present/marking.ts'
import { seenAfterAnswer } from './seen.ts'

/** Marking: what waits for a trainer, one work after the other. */
export const marking = Router()

marking.get('/marking', signedIn, showDesk)

/** The trainer in charge of a training releases what is marked in it. */
marking.post('/marking/releases/:id', signedIn, async (req: Request, res: Response) => {
  const id = idOf(req.params.id)
  if (!ownToRelease(req.actor).includes(id)) throw new NotFound()
  await release(req.actor, id)
  res.redirect(303, `/${req.lang}/marking?done=grades-released`)
})

marking.get('/marking/:id', signedIn, showWork)

/** One form for all of it: the judgment is saved first, whichever button was pressed. */
marking.post('/marking/:id', signedIn, async (req: Request, res: Response) => {
  const work = await workAt(req)
  const judgment = postedJudgment(req.body, work.criteria)
  const way = wayOf(req.body)
  await orAgain(req, res, showWork, async () => {
    if (way.kind === 'final') {
      const next = await nextWork(req.actor.id!, work.id)
      const state = await finalizeMark(req.actor, work.id, judgment)
      return res.redirect(303, onward(req, next, state === 'apart' ? work.id : null, `mark-${state}`))
    }
    if (way.kind === 'return') {
      const next = await nextWork(req.actor.id!, work.id)
      await returnWork(req.actor, work.id, judgment)
      return res.redirect(303, onward(req, next, null, 'work-returned'))
    }
    if (way.kind === 'bank-insert')
      judgment.comment = inserted(await bankOf(req.actor.id!), judgment.comment, way.comment)
    await saveMark(req.actor, work.id, judgment)
    if (way.kind === 'bank-keep') await keepComment(req.actor, judgment.comment)
    if (way.kind === 'bank-drop') await dropComment(req.actor, way.comment)
    const place = way.kind === 'save' ? '' : '#comment'
    res.redirect(
      303,
      `/${req.lang}/marking/${work.id}?done=${way.kind === 'bank-keep' ? 'comment-kept' : 'mark-saved'}${place}`,
    )
  })
})

/** Saving while somebody marks. */
marking.post('/marking/:id/saved', typing, async (req: Request, res: Response) => {
  const work = await workAt(req)
  await orSaid(req, res, async () => {
    const { at } = await saveMark(req.actor, work.id, postedJudgment(req.body, work.criteria))
    res.json({ at: res.locals.date(at, 'time') })
  })
})

/** A file of a work, under a name that says nothing of whose it is where that is hidden. */
marking.get('/marking/:id/files/:file', signedIn, async (req: Request, res: Response) => {
  const work = await workAt(req)
  const id = idOf(req.params.file)
  const files = await filesOf(work.id)
  const place = files.findIndex(file => file.id === id)
  const file = await found(files[place])
  await sendKept(res, uploadsOf(req), { ...file, name: work.learner ? file.name : neutralName(work, file, place) })
})

async function showDesk(req: Request, res: Response) {
  const [waiting, finished] = [await waitingFor(req.actor.id!), await finishedBy(req.actor.id!)]
  const essays = { waiting: await waitingEssays(req.actor.id!), finished: await finishedEssays(req.actor.id!) }
  const ready = await readyIn(ownToRelease(req.actor))
  // To those who mark nowhere the page is not there.
  if (
    ![waiting, finished, essays.waiting, essays.finished, ready].some(({ length }) => length) &&
    !(await marksSomewhere(req.actor.id!))
  )
    throw new NotFound()
  res.render('marking/index', { page: presentDesk(req, { waiting, finished, essays, ready }) })
}

async function showWork(req: Request, res: Response) {
  const work = await workAt(req)
  const [all, given, files] = [await marksOf(work.id), await givenParts(work), await filesOf(work.id)]
  const part = work.status === 'handed_in' ? partFor(req.actor.id!, work, all, given) : undefined
  const own = all.find(mark => mark.part === part && (mark.markerId === req.actor.id || part === 'agreed'))
  const waiting = await waitingFor(req.actor.id!)
  const marks = marksFor(req.actor, work, all)
  const form = formOf(req, judgmentValues(own ?? { levels: {}, comment: '' }))
  if (work.learner) seenAfterAnswer(req, res, [work.learner.id], 'enrollments')
  res.render('marking/show', {
    page: presentWork(req, { work, files, part, own, marks, waiting, bank: await bankOf(req.actor.id!), form }),
  })
}

const workAt = (req: Request): Promise<Work> => found(workOf(req.actor, idOf(req.params.id)))

const onward = (req: Request, next: string | undefined, stay: string | null, done: string) =>
  `/${req.lang}/marking${stay ? `/${stay}` : next ? `/${next}` : ''}?done=${done}`
