import { type Request, type Response, Router } from 'express'
import { isState } from '../../models/countries.ts'
import { allStates, focalPoint, focalPoints, type FocalPoint } from '../../models/focal-points.ts'
import { dropHandover, endMandate, giveMandate, handOver } from '../../models/mandating.ts'
import { keepsMandates } from '../../models/policies/mandate.ts'
import { Refused } from '../../models/refused.ts'
import { peopleByAddress } from '../../models/session-people.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { handoverForm, letterOf, mandateForm, validToOf } from '../forms/mandates.ts'
import { kindsInWords, uploadsOf } from '../forms/materials.ts'
import { found, idOf, permit, staff } from '../guards.ts'
import { countryName, lastDay } from '../present/people.ts'
import { wordsIn } from '../present/words.ts'
import { sendKept } from '../kept-files.ts'

/** Who stands for each State, by which letter, from when until when; named and handed over by the Center. */
export const manageFocalPoints = Router()

const PATH = '/manage/focal-points'

manageFocalPoints.get(PATH, staff, async (req, res) => {
  const all = Map.groupBy(await focalPoints(), each => each.state)
  res.render('manage/focal-points/index', {
    page: {
      keeps: keepsMandates(req.actor),
      states: (await allStates()).map(({ iso2, name }) => ({
        iso2,
        name: wordsIn(name, req.lang),
        people: (all.get(iso2) ?? []).map(each => ({ ...lineOf(req, each), id: each.id })),
      })),
    },
  })
})

/** A mandate in words. */
export const lineOf = (
  req: Request,
  { name, email, part, agency, mandate, letter, from, to, proposal }: FocalPoint,
) => ({
  name,
  email,
  part: agency ? `${req.t(`mandates.parts.${part}`)}, ${agency}` : req.t(`mandates.parts.${part}`),
  mandate,
  letter: letter !== null,
  from,
  to: lastDay(to),
  proposed: proposal?.address ?? null,
})

manageFocalPoints.get(`${PATH}/:state/new`, staff, showNew)

manageFocalPoints.post(`${PATH}/:state/new`, staff, async (req: Request, res: Response) => {
  permit(keepsMandates(req.actor))
  const state = await stateAt(req)
  const { values, errors } = parse(req, mandateForm)
  if (errors) return again(req, res, showNew, errors)
  const { letter, errors: wrong } = await letterOf(req)
  if (wrong.length) return again(req, res, showNew, wrong)
  const give = async () => {
    const { part, agency, mandate } = values
    await giveMandate(req.actor, await personAt(values.email), {
      ...{ state, part, agency: agency || null, mandate: mandate || null },
      ...{ validTo: validToOf(values.until), letter },
    })
  }
  if (await orAgain(req, res, showNew, give)) done(req, res, 'mandate-given')
})

async function showNew(req: Request, res: Response) {
  permit(keepsMandates(req.actor))
  const state = await stateAt(req)
  res.render('manage/focal-points/new', {
    page: {
      state,
      name: countryName(state, req.lang),
      parts: partsOf(req),
      kinds: kindsInWords(req),
      form: formOf(req),
    },
  })
}

const partsOf = (req: Request) =>
  ['main', 'deputy', 'agency'].map(value => ({
    value,
    label: req.t(`mandates.parts.${value}`),
    hint: req.t(`mandates.about.${value}`),
  }))

manageFocalPoints.get(`${PATH}/:state/:grant/handover`, staff, showHandover)

manageFocalPoints.post(`${PATH}/:state/:grant/handover`, staff, async (req: Request, res: Response) => {
  const mandate = await mandateAt(req)
  const { values, errors } = parse(req, handoverForm)
  if (errors) return again(req, res, showHandover, errors)
  const { letter, errors: wrong } = await letterOf(req)
  if (wrong.length) return again(req, res, showHandover, wrong)
  const hand = async () => {
    const by = { mandate: values.mandate || null, validTo: validToOf(values.until), letter }
    await handOver(req.actor, mandate.state, mandate.id, await personAt(values.email), by)
  }
  if (await orAgain(req, res, showHandover, hand)) done(req, res, 'mandate-handed-over')
})

async function showHandover(req: Request, res: Response) {
  const mandate = await mandateAt(req)
  res.render('manage/focal-points/handover', {
    page: {
      ...pageOf(req, mandate),
      kinds: kindsInWords(req),
      proposal: mandate.proposal,
      form: formOf(req, { email: mandate.proposal?.address ?? '' }),
    },
  })
}

manageFocalPoints.get(`${PATH}/:state/:grant/ending`, staff, async (req: Request, res: Response) => {
  res.render('manage/focal-points/ending', { page: pageOf(req, await mandateAt(req)) })
})

manageFocalPoints.post(`${PATH}/:state/:grant/ending`, staff, async (req: Request, res: Response) => {
  const mandate = await mandateAt(req)
  await endMandate(req.actor, mandate.state, mandate.id)
  done(req, res, 'mandate-ended')
})

manageFocalPoints.post(`${PATH}/:state/:grant/dropping`, staff, async (req: Request, res: Response) => {
  const mandate = await mandateAt(req)
  await dropHandover(req.actor, mandate.state, mandate.id)
  done(req, res, 'handover-dropped')
})

manageFocalPoints.get(`${PATH}/:state/:grant/letter`, staff, async (req: Request, res: Response) => {
  const mandate = await found(focalPoint(idOf(req.params.grant)))
  const letter = await found((mandate.state === req.params.state && mandate.letter) || undefined)
  await sendKept(res, uploadsOf(req), letter)
})

const pageOf = (req: Request, mandate: FocalPoint) => ({
  ...{ id: mandate.id, state: mandate.state, country: countryName(mandate.state, req.lang) },
  ...lineOf(req, mandate),
})

async function mandateAt(req: Request): Promise<FocalPoint> {
  const mandate = await found(focalPoint(idOf(req.params.grant)))
  await found(mandate.state === req.params.state || undefined)
  permit(keepsMandates(req.actor))
  return mandate
}

const stateAt = (req: Request): Promise<string> =>
  found(isState(String(req.params.state)) ? String(req.params.state) : undefined)

/** The person behind an address. @throws Refused when nobody registered with it */
export async function personAt(email: string): Promise<string> {
  const person = (await peopleByAddress([email])).get(email.toLowerCase())
  if (!person) throw new Refused('mandate.nobody', { field: 'email' })
  return person
}

const done = (req: Request, res: Response, news: string) => res.redirect(303, `/${req.lang}${PATH}?done=${news}`)
