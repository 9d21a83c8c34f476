import { type Request, type Response, Router } from 'express'
import { confirmable, confirmNames, type NamesPlace, namesPlace } from '../models/confirming-names.ts'
import { again, formOf, orAgain, parse } from './forms/again.ts'
import { nameErrors, namesForm, namesOf, valuesOf } from './forms/names.ts'
import { found, idOf, permit, signedIn } from './guards.ts'
import { pressOf } from './house.ts'
import { namesPage } from './present/names.ts'

export const names = Router()

names.get('/enrollments/:id/names', signedIn, show)

names.post('/enrollments/:id/names', signedIn, async (req, res) => {
  const place = await own(req)
  const { values, errors } = parse(req, namesForm)
  if (errors) return again(req, res, show, errors)
  const wrong = await nameErrors(req, pressOf(req), values)
  if (wrong.length) return again(req, res, show, wrong)
  if (req.body.act === 'look') {
    req.form = { values, errors: [] }
    return show(req, res)
  }
  if (!(await orAgain(req, res, show, () => confirmNames(req.actor, place.id, namesOf(values))))) return
  res.redirect(303, `/${req.lang}/certificates?done=names-confirmed`)
})

async function show(req: Request, res: Response) {
  const place = await own(req)
  // Issued meanwhile: the certificate is what the person is looking for.
  if (place.issued) return res.redirect(303, `/${req.lang}/certificates`)
  permit(confirmable(place))
  const { latin, cyrillic, own: inOwnScript, ownScript } = place.person
  const all = { latin, ...given({ cyrillic, own: inOwnScript, ownScript }) }
  const form = formOf(req, valuesOf(place.confirmed ?? all, all))
  res.render('names/edit', { page: { form, ...namesPage(place, form.values, req.t, req.lang) } })
}

const own = (req: Request): Promise<NamesPlace> => found(namesPlace(req.actor, idOf(req.params.id)))

const given = (names: Record<string, string | null>) =>
  Object.fromEntries(Object.entries(names).filter(([, value]) => value)) as Record<string, string>
