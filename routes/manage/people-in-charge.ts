import { type Request, type Response, Router } from 'express'
import { entrust, release } from '../../models/entrusting.ts'
import { peopleInCharge } from '../../models/people-in-charge.ts'
import { opens } from '../../models/policies/running.ts'
import { Refused } from '../../models/refused.ts'
import { bookablePeople, peopleByAddress } from '../../models/session-people.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { chargeForm } from '../forms/people-in-charge.ts'
import { found, idOf, permit, signedIn } from '../guards.ts'
import { chargeFormPage, chargePage } from '../present/people-in-charge.ts'
import { trainingSeen } from '../running.ts'

/** Who runs one training and who trains in it: seen by all who run it, given and ended by the Center's coordinators. */
export const managePeopleInCharge = Router()

const PATH = '/manage/trainings/:code/people'

managePeopleInCharge.get(PATH, signedIn, async (req: Request, res: Response) => {
  const training = await trainingSeen(req)
  res.render('manage/people-in-charge/index', {
    page: chargePage(req, training.code, await peopleInCharge(training.id)),
  })
})

managePeopleInCharge.get(`${PATH}/new`, signedIn, showNew)

managePeopleInCharge.post(`${PATH}/new`, signedIn, async (req: Request, res: Response) => {
  const training = await trainingSeen(req)
  permit(opens(req.actor))
  const { values, errors } = parse(req, chargeForm)
  if (errors) return again(req, res, showNew, errors)
  const done = await orAgain(req, res, showNew, async () => {
    const { email } = values
    const person = email ? (await peopleByAddress([email])).get(email.toLowerCase()) : values.person
    if (!person) throw new Refused('charge.nobody', { field: 'email' })
    await entrust(req.actor, training.id, person, values.role)
  })
  if (done) res.redirect(303, `/${req.lang}/manage/trainings/${training.code}/people?done=charge-given`)
})

managePeopleInCharge.post(`${PATH}/:grant/ending`, signedIn, async (req: Request, res: Response) => {
  const training = await trainingSeen(req)
  permit(opens(req.actor))
  const grant = idOf(req.params.grant)
  await found((await peopleInCharge(training.id)).find(each => each.id === grant))
  await release(req.actor, training.id, grant)
  res.redirect(303, `/${req.lang}/manage/trainings/${training.code}/people?done=charge-ended`)
})

async function showNew(req: Request, res: Response) {
  const training = await trainingSeen(req)
  permit(opens(req.actor))
  const form = formOf(req, { role: 'coordinator' })
  res.render('manage/people-in-charge/new', {
    page: chargeFormPage(req, training.code, form, await bookablePeople(training.id)),
  })
}
