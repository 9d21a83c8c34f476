import { type Request, type Response, Router } from 'express'
import { walkIn } from '../../models/walking-in.ts'
import { again, errorsOf, formOf, orAgain, parse } from '../forms/again.ts'
import { walkInForm } from '../forms/attendance.ts'
import { signedIn } from '../guards.ts'
import { sessionHead } from '../present/attendance.ts'
import { countryOptions } from '../present/people.ts'
import { sessionOfTraining } from './session-attendance.ts'

/** Somebody who is in the room and not on the list. */
export const walkIns = Router()

const PATH = '/manage/trainings/:code/sessions/:id/attendance/walk-in'

walkIns.get(PATH, signedIn, showWalkIn)

walkIns.post(PATH, signedIn, async (req: Request, res: Response) => {
  const { training, session } = await sessionOfTraining(req)
  const { values, errors } = parse(req, walkInForm)
  if (errors) return again(req, res, showWalkIn, errors)
  const country = /^[A-Z]{2}$/.test(values.country) ? values.country : null
  const guest = {
    ...{ nameLatin: values.nameLatin, email: values.email || null, country, another: values.another === 'yes' },
    organization: values.organization || null,
  }
  if (!(await orAgain(req, res, showWalkIn, () => walkIn(req.actor, training.id, session.id, guest)))) return
  // The same answer whoever it was: what the Center knows of an address is not told.
  res.redirect(303, `${sessionHead(req, training, session).base}?done=walk-in-added`)
})

async function showWalkIn(req: Request, res: Response) {
  const { training, session } = await sessionOfTraining(req)
  const form = formOf(req)
  const errorOf = errorsOf(form)
  res.render('manage/attendance/walk-in', {
    page: {
      ...sessionHead(req, training, session),
      form,
      errorOf,
      countries: countryOptions(req.lang, req.t),
      // Only after the question: the list above says who is meant.
      asksAnother: Boolean(form.errors.length && (form.values.another !== undefined || errorOf.nameLatin)),
    },
  })
}
