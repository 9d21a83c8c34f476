import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { within } from '../lib/limits.ts'
import { fingerprint } from '../lib/secrets.ts'
import { askErasure, withdrawErasure } from '../models/asking-erasure.ts'
import { askAddressChange } from '../models/changing-addresses.ts'
import { changePassword } from '../models/changing-passwords.ts'
import { chooseLanguage, correct, letMinistrySee } from '../models/correcting.ts'
import { isState } from '../models/countries.ts'
import { DATA_NOTICE } from '../models/data-notice.ts'
import { ownData } from '../models/own-data.ts'
import { accessesOf, consentsOf, grantsOf, personInFull } from '../models/people-lists.ts'
import { endSignInSession, signInSessionsOf, signOutElsewhere } from '../models/sign-in-sessions.ts'
import { email, newPassword, passwordErrors } from './forms/accounts.ts'
import { again, formOf, orAgain, parse } from './forms/again.ts'
import { tooFast } from './forms/limits.ts'
import { languageFields, parsePerson, personData, personValues } from './forms/people.ts'
import { found, signedIn, unhurried } from './guards.ts'
import { houseOf } from './house.ts'
import { agentInWords, networkInShort } from './present/agents.ts'
import {
  countryName,
  languageOptions,
  personOptions,
  personRows,
  lastDay,
  roleInWords,
  zoneInWords,
  zonesToChoose,
} from './present/people.ts'
import { inSameTime } from './same-time.ts'

export const people = Router()

const SIZE = 50
const PASSWORD_TRIES = { points: 10, seconds: 900 }
const DOWNLOADS = { points: 10, seconds: 3600 }
const FORM_OF_PASSWORD = z.object({
  oldPassword: z
    .string('accounts.errors.oldPassword')
    .min(1, 'accounts.errors.oldPassword')
    .max(4000, 'accounts.errors.oldPassword'),
  password: newPassword,
})
const FORM_OF_ADDRESS = z.object({
  email,
  password: z
    .string('accounts.errors.password')
    .min(1, 'accounts.errors.password')
    .max(4000, 'accounts.errors.password'),
})

const me = (req: Request) => found(personInFull(req.actor, req.actor.id!))
const done = (req: Request, res: Response, path: string, news: string) =>
  res.redirect(303, `/${req.lang}${path}?done=${news}`)

/** All that is kept, on one page, with the way to each act. */
people.get('/me', signedIn, async (req, res) => {
  const { t, lang } = req
  const person = await me(req)
  const grants = await grantsOf(person.id)
  const consents = await consentsOf(person.id)
  res.render('people/show', {
    page: {
      rows: personRows(person, lang, t),
      email: person.email,
      language: houseOf(req).texts.language(person.locale)?.name ?? person.locale,
      zone: zoneInWords(person.zone, t),
      ministryMaySee: person.ministryMaySee,
      ofState: isState(person.country),
      createdAt: person.createdAt,
      enrollments: person.enrollments,
      certificates: person.certificates,
      erasureAskedAt: person.erasureAskedAt,
      // What the ministry may see stands in a row of its own.
      consents: consents
        .filter(({ purpose }) => purpose === DATA_NOTICE.purpose)
        .map(each => ({ version: each.version, givenAt: each.givenAt, withdrawnAt: each.withdrawnAt })),
      grants: grants.map(grant => ({
        role: roleInWords(grant.role, grant.scopeKind, grant.scopeId, lang, t),
        from: grant.validFrom,
        to: lastDay(grant.validTo),
      })),
    },
  })
})

people.get('/me/data', signedIn, showData)

people.post('/me/data', signedIn, async (req, res) => {
  const { values, errors } = parsePerson(req, {})
  if (errors) return again(req, res, showData, errors)
  await correct(req.actor, personData(values))
  done(req, res, '/me', 'data-corrected')
})

async function showData(req: Request, res: Response) {
  const person = req.form ? undefined : await me(req)
  res.render('people/data', {
    page: { form: formOf(req, person && personValues(person)), options: personOptions(req.lang, req.t) },
  })
}

people.get('/me/language', signedIn, showLanguage)

people.post('/me/language', signedIn, async (req, res) => {
  const codes = languageOptions(houseOf(req).texts).map(({ value }) => value)
  const { locale, zone } = languageFields(codes)
  const schema = z.object({ locale, zone: zone.refine(Boolean, 'people.errors.zone') })
  const { values, errors } = parse(req, schema)
  if (errors) return again(req, res, showLanguage, errors)
  await chooseLanguage(req.actor, values)
  // Who has just chosen a language reads on in it.
  res.redirect(303, `/${values.locale}/me?done=language-chosen`)
})

function showLanguage(req: Request, res: Response) {
  const { locale, zone } = req.actor
  res.render('people/language', {
    page: {
      form: formOf(req, { locale, zone }),
      languages: languageOptions(houseOf(req).texts),
      zones: zonesToChoose(req.t, false),
    },
  })
}

people.get('/me/ministry', signedIn, showMinistry)

people.post('/me/ministry', signedIn, async (req, res) => {
  const { values, errors } = parse(req, z.object({ may: z.enum(['yes', 'no'], 'people.errors.ministry') }))
  if (errors) return again(req, res, showMinistry, errors)
  await letMinistrySee(req.actor, values.may === 'yes')
  done(req, res, '/me', values.may === 'yes' ? 'ministry-may-see' : 'ministry-may-not-see')
})

async function showMinistry(req: Request, res: Response) {
  const person = await me(req)
  res.render('people/ministry', {
    page: {
      form: formOf(req, { may: person.ministryMaySee ? 'yes' : 'no' }),
      state: isState(person.country) ? countryName(person.country, req.lang) : null,
    },
  })
}

people.get('/me/password', signedIn, showPassword)

people.post('/me/password', signedIn, async (req, res) => {
  const { values, errors } = parse(req, FORM_OF_PASSWORD)
  const { email: address, name } = req.actor
  const weak = passwordErrors(req.t, req.body?.password, { email: address, name })
  if (errors || weak.length) return again(req, res, showPassword, [...(errors ?? []), ...weak])
  if (await tooFast(req, res, showPassword, [['own-password', req.actor.id!, PASSWORD_TRIES]])) return
  const keep = fingerprint(req.sessionID)
  const change = () => changePassword(req.actor, values!.oldPassword, values!.password, keep)
  if (await orAgain(req, res, showPassword, change)) done(req, res, '/me', 'password-changed')
})

function showPassword(req: Request, res: Response) {
  res.render('people/password', { page: { form: formOf(req), email: req.actor.email } })
}

people.get('/me/address', signedIn, showAddress)

people.post('/me/address', signedIn, async (req, res) => {
  const { values, errors } = parse(req, FORM_OF_ADDRESS)
  if (errors) return again(req, res, showAddress, errors)
  if (await tooFast(req, res, showAddress, [['own-password', req.actor.id!, PASSWORD_TRIES]])) return
  const { dataKey } = houseOf(req).config
  const ask = () => inSameTime(askAddressChange(req.actor, values.password, values.email, dataKey))
  if (!(await orAgain(req, res, showAddress, ask))) return
  req.session.address = values.email
  done(req, res, '/confirm', 'change-mailed')
})

function showAddress(req: Request, res: Response) {
  res.render('people/address', { page: { form: formOf(req), email: req.actor.email } })
}

/** Everything that is kept, as a file of the person's own. */
people.get('/me/data.json', signedIn, async (req, res) => {
  unhurried(await within('own-data', req.actor.id!, DOWNLOADS))
  res.attachment('rtcm-my-data.json').json(await ownData(req.actor))
})

people.get('/me/access', signedIn, async (req, res) => {
  const before = /^[1-9]\d{0,17}$/.test(String(req.query.before)) ? String(req.query.before) : null
  const lines = await accessesOf(req.actor.id!, before, SIZE)
  const more = lines.length > SIZE ? lines[SIZE - 1] : undefined
  res.render('people/access', {
    page: {
      rows: lines.slice(0, SIZE).map(line => ({
        at: line.at,
        viewer: line.viewer ?? req.t('people.erased'),
        roles: line.roles.map(role => req.t(`people.roles.${role}`)).join(', '),
        place: placeInWords(req, line.place),
      })),
      newest: before ? `/${req.lang}/me/access` : null,
      older: more ? `/${req.lang}/me/access?before=${more.id}` : null,
    },
  })
})

function placeInWords(req: Request, place: string): string {
  const key = `people.access.places.${place}`
  const words = req.t(key)
  return words === key ? req.t('people.access.places.other') : words
}

people.get('/me/erasure', signedIn, async (req, res) => {
  const { erasureAskedAt, certificates } = await me(req)
  res.render('people/erasure', { page: { askedAt: erasureAskedAt, certificates } })
})

people.post('/me/erasure', signedIn, async (req, res) => {
  await askErasure(req.actor)
  done(req, res, '/me/erasure', 'erasure-asked')
})

people.post('/me/erasure/withdrawal', signedIn, async (req, res) => {
  await withdrawErasure(req.actor)
  done(req, res, '/me/erasure', 'erasure-withdrawn')
})

people.get('/me/sign-ins', signedIn, async (req, res) => {
  const here = fingerprint(req.sessionID)
  const sessions = await signInSessionsOf(req.actor.id!)
  const rows = sessions.map(session => ({
    id: session.id,
    here: session.id === here,
    agent: agentInWords(session.agent, req.t),
    network: networkInShort(session.network),
    since: session.createdAt,
    seenAt: session.seenAt,
  }))
  res.render('people/sign-ins', { page: { rows, elsewhere: rows.filter(row => !row.here).length } })
})

/** Everywhere but here. */
people.post('/me/sign-ins/ending', signedIn, async (req, res) => {
  await signOutElsewhere(req.actor, fingerprint(req.sessionID))
  done(req, res, '/me/sign-ins', 'signed-out-elsewhere')
})

/** One of them; one that is over already, or somebody else's, is as missing as any other. */
people.post('/me/sign-ins/:id/ending', signedIn, async (req, res) => {
  const id = String(req.params.id)
  await found((await endSignInSession(req.actor, id)) || undefined)
  done(req, res, '/me/sign-ins', 'signed-out-there')
})
