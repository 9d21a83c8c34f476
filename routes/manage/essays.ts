import { type Request, type Response, Router } from 'express'
import { changeMark } from '../../models/changing-marks.ts'
import { essaysBy, rubricOf } from '../../models/essay.ts'
import { runs } from '../../models/policies/running.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { changeForm, judgmentValues, postedJudgment } from '../forms/marking.ts'
import { found, idOf, permit, signedIn } from '../guards.ts'
import { presentMarked } from '../present/essays.ts'
import { trainingSeen } from '../running.ts'
import { seenAfterAnswer } from '../seen.ts'

/** Marks of essays after their result was told: who runs the training changes them, with a reason. */
export const manageEssays = Router()

const PATH = '/manage/trainings/:code/test/:id/essays/:essay'

manageEssays.get(PATH, signedIn, show)

manageEssays.post(PATH, signedIn, async (req: Request, res: Response) => {
  const { place, essay } = await marked(req)
  const { values, errors } = parse(req, changeForm)
  if (errors) return again(req, res, show, errors)
  const seen = typeof req.body.seen === 'string' ? req.body.seen : ''
  const change = { ...postedJudgment(req.body, rubricOf(essay)), reason: values.reason, seen }
  await orAgain(req, res, show, async () => {
    await changeMark(req.actor, place, essay.id, change)
    res.redirect(303, `/${req.lang}/manage/trainings/${place.code}/test/${place.enrollmentId}?done=mark-changed`)
  })
})

async function marked(req: Request) {
  const training = await trainingSeen(req)
  const [enrollmentId, id] = [idOf(req.params.id), idOf(req.params.essay)]
  const essays = await essaysBy(training.id, enrollmentId)
  const essay = await found(essays.find(each => each.id === id && each.graded && each.mark))
  permit(runs(req.actor, training))
  return { place: { trainingId: training.id, code: training.code, enrollmentId }, essay }
}

async function show(req: Request, res: Response) {
  const { place, essay } = await marked(req)
  seenAfterAnswer(req, res, [essay.learner.id], 'enrollments')
  const form = formOf(req, judgmentValues(essay.mark!))
  res.render('manage/tests/essay', { page: presentMarked(req, { essay, place, form }) })
}
