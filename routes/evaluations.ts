import { type Request, type Response, Router } from 'express'
import { now } from '../lib/time.ts'
import { type EvaluationPlace, evaluationOf, mayEvaluate, sendEvaluation } from '../models/evaluating.ts'
import { dayEvaluationOf } from '../models/evaluating-days.ts'
import { again, formOf, orAgain } from './forms/again.ts'
import { dateOf } from './forms/days.ts'
import { evaluationForm } from './forms/evaluations.ts'
import { found, signedIn } from './guards.ts'
import { addressOf, presentForm } from './present/evaluations.ts'

/** Participants' judgment of a training: of the whole, and of each day. */
export const evaluations = Router()

const PATH = '/trainings/:code/evaluation'

for (const path of [PATH, `${PATH}/:day`]) {
  evaluations.get(path, signedIn, show)
  evaluations.post(path, signedIn, send)
}

async function send(req: Request, res: Response) {
  const place = await placeOf(req)
  const address = `/${req.lang}${addressOf(place)}`
  // Sent already, perhaps by a second press of the same button: nothing more to do.
  if (place.sentOn) return res.redirect(303, address)
  const { values, errors } = evaluationForm(req, place.questions)
  if (errors) return again(req, res, show, errors)
  if (!(await orAgain(req, res, show, () => sendEvaluation(place, values, req.lang)))) return
  res.redirect(303, `${address}?done=evaluation-sent`)
}

async function show(req: Request, res: Response) {
  const place = await placeOf(req)
  const verdict = mayEvaluate(place, now())
  const reason = verdict.ok ? null : req.t(`refusals.${verdict.reason}`, verdict.data)
  res.render('evaluations/show', { page: { ...presentForm(req, place), reason, form: formOf(req) } })
}

/** The form of the address for a learner with a place; to others, and for days without one, it is not there. */
function placeOf(req: Request): Promise<EvaluationPlace> {
  const { code, day } = req.params
  if (day === undefined) return found(evaluationOf(req.actor, String(code)))
  const date = dateOf(String(day))
  return found(date ? dayEvaluationOf(req.actor, String(code), date.toString()) : undefined)
}
