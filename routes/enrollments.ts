import { type Request, type Response, Router } from 'express'
import { now } from '../lib/time.ts'
import { enroll } from '../models/enrolling.ts'
import type { Offer } from '../models/offering.ts'
import { withdrawal } from '../models/policies/enrollment.ts'
import { isCertified, withdraw } from '../models/withdrawing.ts'
import { again, formOf, orAgain, parse } from './forms/again.ts'
import { expectationsForm } from './forms/expectations.ts'
import { found, signedIn } from './guards.ts'
import { offerLine } from './present/trainings.ts'
import { showTraining, visibleTraining } from './trainings.ts'

export const enrollments = Router()

const PATH = '/trainings/:code/enrollment'
type Coded = Request<{ code: string }>

enrollments.get(PATH, signedIn, show)

enrollments.post(PATH, signedIn, async (req: Coded, res: Response) => {
  const training = await visibleTraining(req)
  const { values, errors } = parse(req, expectationsForm)
  if (errors) return again(req, res, show as never, errors)
  let status = ''
  const act = async () => {
    status = await enroll(req.actor, training.id, values)
  }
  if (!(await orAgain(req, res, show as never, act))) return
  res.redirect(303, `/${req.lang}/trainings/${training.code}?done=enrollment-${status}`)
})

enrollments.get(`${PATH}/withdrawal`, signedIn, showWithdrawal)

enrollments.post(`${PATH}/withdrawal`, signedIn, async (req: Coded, res: Response) => {
  const training = await visibleTraining(req)
  if (!(await orAgain(req, res, showWithdrawal as never, () => withdraw(req.actor, training.id)))) return
  res.redirect(303, `/${req.lang}/trainings/${training.code}?done=enrollment-withdrawn`)
})

/** The training's own page: the button that enrolls, and a refusal in words. */
async function show(req: Coded, res: Response) {
  await showTraining(req, res, await visibleTraining(req))
}

async function showWithdrawal(req: Coded, res: Response) {
  const training = await visibleTraining(req)
  const ownId = await found(training.ownId)
  const verdict = withdrawal(training, { certified: await isCertified(ownId) }, now())
  res.render('enrollments/withdrawal', {
    page: {
      ...offerLine(req, training),
      consequence: req.t(`enrollments.withdrawal.${consequence(training)}`),
      refusal: verdict.ok ? null : req.t(`refusals.${verdict.reason}`),
      problems: formOf(req).errors,
    },
  })
}

const consequence = ({ own, seats }: Offer) =>
  own === 'enrolled' ? (seats === null ? 'enrolled' : 'enrolledSeat') : String(own)
