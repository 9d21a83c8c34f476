import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { CENTER_ZONE, now } from '../../lib/time.ts'
import type { Role } from '../../models/actor.ts'
import { STATES } from '../../models/countries.ts'
import { erasable, erase } from '../../models/erasing.ts'
import { endGrant, GRANTABLE, grantRole } from '../../models/granting.ts'
import {
  certificatesOf,
  erasureRequests,
  grantsOf,
  type PersonInFull,
  type PersonLine,
  peopleFound,
  personInFull,
  placesOf,
} from '../../models/people-lists.ts'
import { erasePeople, grantRoles } from '../../models/policies/people.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { found, idOf, permit, staff } from '../guards.ts'
import { houseOf } from '../house.ts'
import { countryName, lastDay, personRows, roleInWords, zoneInWords } from '../present/people.ts'
import { wordsIn } from '../present/words.ts'
import { seenAfterAnswer } from '../seen.ts'

export const managePeople = Router()

const PATH = '/manage/people'
const SIZE = 50

/** The person of the address, if the actor sees them. */
const load = (req: Request) => found(personInFull(req.actor, idOf(req.params.id)))

managePeople.get(PATH, staff, async (req, res) => {
  const q =
    typeof req.query.q === 'string'
      ? req.query.q
          .replace(/\p{Cc}/gu, ' ')
          .trim()
          .slice(0, 100)
      : ''
  const before = /^[1-9]\d{0,17}$/.test(String(req.query.before)) ? String(req.query.before) : null
  const lines = await peopleFound(req.actor, q, before, SIZE)
  const more = lines.length > SIZE ? lines[SIZE - 1] : undefined
  const base = `/${req.lang}${PATH}`
  const link = (query: Record<string, string>) => `${base}?${new URLSearchParams(query)}`
  const search: Record<string, string> = q ? { q } : {}
  const shown = lines.slice(0, SIZE)
  res.render('manage/people/index', {
    page: {
      q,
      rows: shown.map(line => lineOf(req, line)),
      newest: before ? (q ? link(search) : base) : null,
      older: more ? link({ ...search, before: more.id }) : null,
    },
  })
  seenAfterAnswer(
    req,
    res,
    shown.map(line => line.id),
    'people',
  )
})

managePeople.get(`${PATH}/erasures`, staff, async (req, res) => {
  const lines = await erasureRequests(req.actor)
  res.render('manage/people/erasures', {
    page: {
      may: erasePeople(req.actor),
      rows: lines.map(line => ({ ...lineOf(req, line), askedAt: line.erasureAskedAt })),
    },
  })
  seenAfterAnswer(
    req,
    res,
    lines.map(line => line.id),
    'people',
  )
})

managePeople.get(`${PATH}/:id`, staff, async (req, res) => {
  const { t, lang, actor } = req
  const person = await load(req)
  const [grants, places] = [await grantsOf(person.id), await placesOf(person.id)]
  const certificates = await certificatesOf(person.id)
  res.render('manage/people/show', {
    page: {
      ...headOf(req, person),
      rows: personRows(person, lang, t),
      account: person.email ? { email: person.email, verifiedAt: person.verifiedAt } : null,
      language: houseOf(req).texts.language(person.locale)?.name ?? person.locale,
      zone: zoneInWords(person.zone, t),
      createdAt: person.createdAt,
      grants: grants.map(grant => ({
        id: grant.id,
        role: roleInWords(grant.role, grant.scopeKind, grant.scopeId, lang, t),
        from: grant.validFrom,
        to: lastDay(grant.validTo),
        by: grant.grantedBy,
        mandate: grant.mandate,
        current: grant.current,
      })),
      places: places.map(place => ({
        code: place.code,
        title: wordsIn(place.title, lang),
        status: t(`people.statuses.${place.status}`),
        at: place.createdAt,
      })),
      certificates: certificates.map(each => ({
        code: each.code,
        title: wordsIn(each.title, lang),
        at: each.issuedAt,
        status: t(`people.certificateStates.${each.revoked ? 'revoked' : each.replaced ? 'replaced' : 'valid'}`),
      })),
      mayGrant: grantRoles(actor) && !person.erasedAt,
      mayErase: erasePeople(actor) && !person.erasedAt,
    },
  })
  seenAfterAnswer(req, res, [person.id], 'person')
})

managePeople.get(`${PATH}/:id/role-grants`, staff, showGrant)

managePeople.post(`${PATH}/:id/role-grants`, staff, async (req, res) => {
  const person = await load(req)
  permit(grantRoles(req.actor))
  const { values, errors } = parse(req, grantForm)
  if (errors) return again(req, res, showGrant, errors)
  const { role, state, until, mandate } = values
  // A role lasts to the end of its last day in Baku.
  const validTo = until
    ? Temporal.PlainDate.from(until).add({ days: 1 }).toZonedDateTime(CENTER_ZONE).toInstant()
    : null
  const grant = { role: role as Role, state: role === 'focal_point' ? state : null, validTo, mandate: mandate || null }
  if (!(await orAgain(req, res, showGrant, () => grantRole(req.actor, person.id, grant)))) return
  res.redirect(303, `/${req.lang}${PATH}/${person.id}?done=role-granted`)
})

managePeople.post(`${PATH}/:id/role-grants/:grant/ending`, staff, async (req, res) => {
  const person = await load(req)
  permit(grantRoles(req.actor))
  const grant = idOf(req.params.grant)
  await found((await grantsOf(person.id)).find(each => each.id === grant))
  await endGrant(req.actor, person.id, grant)
  res.redirect(303, `/${req.lang}${PATH}/${person.id}?done=role-ended`)
})

managePeople.get(`${PATH}/:id/erasure`, staff, showErasure)

managePeople.post(`${PATH}/:id/erasure`, staff, async (req, res) => {
  const person = await load(req)
  permit(erasePeople(req.actor))
  const { values, errors } = parse(req, erasureForm(Boolean(person.erasureAskedAt)))
  if (errors) return again(req, res, showErasure, errors)
  const act = () => erase(req.actor, person.id, values.grounds || null)
  if (!(await orAgain(req, res, showErasure, act))) return
  res.redirect(303, `/${req.lang}${PATH}/erasures?done=person-erased`)
})

const grantForm = z.object({
  role: z.string('people.errors.role').refine(role => GRANTABLE.includes(role as Role), 'people.errors.role'),
  state: z.string('people.errors.state').max(2, 'people.errors.state').default(''),
  until: z.string('people.errors.until').refine(isDay, 'people.errors.until').default(''),
  mandate: z
    .string('people.errors.mandate')
    .max(200, 'people.errors.mandate')
    .regex(/^\P{Cc}*$/u, 'people.errors.mandate')
    .default(''),
})

const erasureForm = (asked: boolean) =>
  z.object({
    grounds: z
      .string('people.errors.grounds')
      .max(200, 'people.errors.grounds')
      .regex(/^\P{Cc}*$/u, 'people.errors.grounds')
      .default('')
      .refine(text => asked || Boolean(text), 'people.errors.grounds'),
    sure: z.literal('yes', 'people.errors.sure'),
  })

function isDay(text: string): boolean {
  if (!text) return true
  try {
    return /^\d{4}-\d\d-\d\d$/.test(text) && Boolean(Temporal.PlainDate.from(text, { overflow: 'reject' }))
  } catch {
    return false
  }
}

async function showGrant(req: Request, res: Response) {
  const person = await load(req)
  permit(grantRoles(req.actor))
  res.render('manage/people/grant', {
    page: {
      ...headOf(req, person),
      form: formOf(req),
      roles: GRANTABLE.map(role => ({ value: role, label: req.t(`people.roles.${role}`) })),
      states: [
        { value: '', label: req.t('people.choose') },
        ...STATES.map(({ iso2 }) => ({ value: iso2, label: countryName(iso2, req.lang) })),
      ],
    },
  })
}

async function showErasure(req: Request, res: Response) {
  const person = await load(req)
  permit(erasePeople(req.actor))
  const roles = (await grantsOf(person.id)).filter(
    grant => !grant.validTo || Temporal.Instant.compare(grant.validTo, now()) > 0,
  )
  const verdict = erasable({ id: person.id, erasedAt: person.erasedAt, roles: roles.length }, req.actor)
  res.render('manage/people/erasure', {
    page: {
      ...headOf(req, person),
      form: formOf(req),
      refusal: verdict.ok ? null : req.t(`refusals.${verdict.reason}`),
      enrollments: person.enrollments,
      certificates: person.certificates,
    },
  })
  seenAfterAnswer(req, res, [person.id], 'person')
}

const headOf = (req: Request, person: PersonInFull) => ({
  id: person.id,
  name: person.nameLatin ?? req.t('people.erased'),
  erasureAskedAt: person.erasureAskedAt,
  erasedAt: person.erasedAt,
})

const lineOf = (req: Request, line: PersonLine) => ({
  id: line.id,
  name: line.nameLatin ?? '',
  otherName: line.nameCyrillic ?? line.nameOwn,
  otherLang: line.nameCyrillic ? 'ru' : line.nameOwnScript,
  email: line.email,
  verified: line.verified,
  country: countryName(line.country, req.lang) || req.t('people.international'),
  roles: line.roles.map(role => req.t(`people.roles.${role}`)),
})
