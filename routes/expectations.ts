import { type Request, type Response, Router } from 'express'
import { tellExpectations } from '../models/expecting.ts'
import { again, orAgain, parse } from './forms/again.ts'
import { expectationsForm } from './forms/expectations.ts'
import { found, signedIn } from './guards.ts'
import { showTraining, visibleTraining } from './trainings.ts'

export const expectations = Router()

const PATH = '/trainings/:code/enrollment/expectations'
type Coded = Request<{ code: string }>

expectations.get(PATH, signedIn, show)

/** What a learner tells the trainers of a training with sessions, changed at any time until it ends. */
expectations.post(PATH, signedIn, async (req: Coded, res: Response) => {
  const training = await visibleTraining(req)
  await found(training.ownId)
  const { values, errors } = parse(req, expectationsForm)
  if (errors) return again(req, res, show as never, errors)
  if (!(await orAgain(req, res, show as never, () => tellExpectations(req.actor, training, values)))) return
  res.redirect(303, `/${req.lang}/trainings/${training.code}?done=expectations-told`)
})

/** The training's own page, which has the form; for those without a place in it there is none. */
async function show(req: Coded, res: Response) {
  const training = await visibleTraining(req)
  await found(training.ownId)
  await showTraining(req, res, training)
}
