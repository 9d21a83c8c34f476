import { type Request, type Response, Router } from 'express'
import { evaluationOf, mayEvaluate, sendEvaluation } from '../models/evaluating.ts'
import { again, formOf, orAgain } from './forms/again.ts'
import { evaluationForm } from './forms/evaluations.ts'
import { found, signedIn } from './guards.ts'
import { presentForm } from './present/evaluations.ts'

/** Participants' judgment of a training. */
export const evaluations = Router()

evaluations.get('/trainings/:code/evaluation', signedIn, show)

evaluations.post('/trainings/:code/evaluation', signedIn, async (req, res) => {
  const place = await found(evaluationOf(req.actor, String(req.params.code)))
  // Sent already, perhaps by a second press of the same button: nothing more to do.
  if (place.sentOn) return res.redirect(303, `/${req.lang}/trainings/${place.code}/evaluation`)
  const { values, errors } = evaluationForm(req, place.questions)
  if (errors) return again(req, res, show, errors)
  if (!(await orAgain(req, res, show, () => sendEvaluation(place, values, req.lang)))) return
  res.redirect(303, `/${req.lang}/trainings/${place.code}/evaluation?done=evaluation-sent`)
})

async function show(req: Request, res: Response) {
  const place = await found(evaluationOf(req.actor, String(req.params.code)))
  const verdict = mayEvaluate(place)
  const reason = verdict.ok ? null : req.t(`refusals.${verdict.reason}`, verdict.data)
  res.render('evaluations/show', { page: { ...presentForm(req, place), reason, form: formOf(req) } })
}
