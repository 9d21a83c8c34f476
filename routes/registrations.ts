import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { register } from '../models/registering.ts'
import { again, formOf } from './forms/again.ts'
import { email, newPassword, passwordErrors } from './forms/accounts.ts'
import { tooFast } from './forms/limits.ts'
import { languageFields, parsePerson, personData } from './forms/people.ts'
import { samePath } from './guards.ts'
import { houseOf } from './house.ts'
import { languageOptions, personOptions, zonesToChoose } from './present/people.ts'
import { zoneOf } from '../models/countries.ts'
import { inSameTime } from './same-time.ts'

export const registrations = Router()

const PER_ADDRESS = { points: 10, seconds: 3600 }
// A class of forty registers from one office.
const PER_NETWORK = { points: 150, seconds: 3600 }

registrations.get('/register', (req, res) => {
  if (req.actor.signedIn) return res.redirect(303, `/${req.lang}/home`)
  show(req, res)
})

/** The answer is the same whether the address is known or not: the mail tells its owner which it was. */
registrations.post('/register', async (req, res) => {
  const { values, errors } = parse(req)
  if (errors) return again(req, res, show, errors)
  const slow = await tooFast(req, res, show, [
    ['register-address', values.email, PER_ADDRESS],
    ['register-network', req.ip ?? '', PER_NETWORK],
  ])
  if (slow) return
  const { password, locale, zone } = values
  const data = { ...personData(values), email: values.email, password, locale, zone: zone || zoneOf(values.country)! }
  await inSameTime(register(data, houseOf(req).config.dataKey))
  req.session.address = values.email
  if (req.query.next) req.session.after = samePath(req.query.next, '')
  res.redirect(303, `/${req.lang}/confirm?done=registered`)
})

function parse(req: Request) {
  const codes = languageOptions(houseOf(req).texts).map(({ value }) => value)
  const { body, t } = req
  const owner = { email: String(body?.email ?? ''), name: String(body?.nameLatin ?? '') }
  return parsePerson(
    req,
    { email, password: newPassword, ...languageFields(codes), agree: z.literal('yes', 'accounts.errors.agree') },
    passwordErrors(t, body?.password, owner),
  )
}

function show(req: Request, res: Response) {
  res.render('registrations/new', {
    page: {
      form: formOf(req, { locale: req.lang === 'ru' ? 'ru' : 'en', zone: '' }),
      options: personOptions(req.lang, req.t),
      zones: zonesToChoose(req.t, true),
      languages: languageOptions(houseOf(req).texts),
      next: typeof req.query.next === 'string' ? samePath(req.query.next, '') : '',
    },
  })
}

declare module 'express-session' {
  interface SessionData {
    /** The address a guest typed last, so that it need not be typed again on the next page. */
    address?: string
    /** Where a person wanted to go when they had to register first. */
    after?: string
  }
}
