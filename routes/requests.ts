import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { now } from '../lib/time.ts'
import type { Actor } from '../models/actor.ts'
import { messagesOf, withdrawRequest, writeMessage } from '../models/answering-requests.ts'
import { sendOwnPart } from '../models/joining.ts'
import { needsForm } from '../models/needs-form.ts'
import { mandatesOf, ownStates, speaksFor } from '../models/policies/mandate.ts'
import { leads, step, writesOwn } from '../models/policies/request.ts'
import { filesFor } from '../models/request-files.ts'
import { lessonChoices, offersOf } from '../models/request-offer.ts'
import { statesOfRequest } from '../models/request-states.ts'
import { answersFor, isLead, type RequestRow, requestFor, requestsFor, stepsOf } from '../models/request.ts'
import { discardRequest, missingIn, startRequest, submitRequest } from '../models/requesting.ts'
import { centerDay, centerDays } from '../models/working-days.ts'
import { again, formOf, orAgain, parse } from './forms/again.ts'
import { messageForm, reasonForm } from './forms/requests.ts'
import { found, permit } from './guards.ts'
import { countryName } from './present/people.ts'
import { presentRequest, type RequestParts } from './present/request-page.ts'
import { presentCheck } from './present/request-checks.ts'
import { requestLine } from './present/requests.ts'
import { requestSeenAfterAnswer } from './seen.ts'
import { focalPoint } from './states.ts'

/** A State asks for a training: from the State's side, from the first draft to the training. */
export const requests = Router()

const PATH = '/state/requests'

/** A person of the Center who also stands for a State sees here what that State sees. */
export const asState = (actor: Actor): Actor => ({ ...actor, staff: false })

/** The request of this address, seen by a State of the reader, which may only be invited; else 404. */
export const ownRequest = (req: Request): Promise<RequestRow> =>
  found(requestFor(asState(req.actor), String(req.params.code)))

/** The same for a State that takes part: to one that has not answered its invitation the rest is not there. */
export async function joinedRequest(req: Request): Promise<RequestRow> {
  const request = await ownRequest(req)
  return found(request.ownStatus === 'joined' ? request : undefined)
}

requests.get(`${PATH}/new`, focalPoint, showNew)

requests.post(`${PATH}/new`, focalPoint, async (req, res) => {
  const { values, errors } = parse(
    req,
    z.object({ state: z.string().default(''), language: z.enum(['en', 'ru'], 'requests.errors.language') }),
  )
  if (errors) return again(req, res, showNew, errors)
  const [first] = ownStates(req.actor)
  const state = ownStates(req.actor).find(each => each === values.state) ?? first!
  let code = ''
  const start = async () => {
    code = await startRequest(req.actor, state, values.language)
  }
  if (await orAgain(req, res, showNew, start)) res.redirect(303, `/${req.lang}${PATH}/${code}/edit/problem`)
})

function showNew(req: Request, res: Response) {
  res.render('requests/new', {
    page: {
      form: formOf(req, { language: req.lang === 'ru' ? 'ru' : 'en' }),
      states: mandatesOf(req.actor).map(({ state }) => ({ value: state, label: countryName(state, req.lang) })),
    },
  })
}

requests.get(PATH, focalPoint, async (req, res) => {
  const before = /^[1-9]\d{0,17}$/.test(String(req.query.before)) ? String(req.query.before) : null
  const all = await requestsFor(asState(req.actor), before, 51)
  const host = await daysAround()
  const base = `/${req.lang}${PATH}`
  res.render('requests/index', {
    page: {
      rows: all.slice(0, 50).map(row => requestLine(req, row, 'state', host)),
      newest: before ? base : null,
      older: all.length > 50 ? `${base}?before=${all[49]!.id}` : null,
    },
  })
})

/** Days off of the Center around today, for clocks. */
export const daysAround = () => centerDays(centerDay(now()).subtract({ days: 60 }), centerDay(now()).add({ days: 60 }))

requests.get(`${PATH}/:code`, focalPoint, show)

async function show(req: Request, res: Response) {
  const request = await ownRequest(req)
  if (request.ownStatus === 'invited') return res.redirect(303, `/${req.lang}${PATH}/${request.code}/invitation`)
  requestSeenAfterAnswer(req, res, request.id, request.ownState)
  res.render('requests/show', { page: presentRequest(req, request, await partsOf(req, request)) })
}

/** What the page of a request is made of, as a State reads it. */
export const partsOf = async (req: Request, request: RequestRow): Promise<RequestParts> => ({
  form: await needsForm(request.formVersionId),
  lessons: await lessonChoices(),
  answers: await answersFor(asState(req.actor), request.id),
  files: await filesFor(asState(req.actor), request.id),
  states: await statesOfRequest(request.id),
  messages: await messagesOf(request.id, [request.ownState!]),
  offers: await offersOf(request.id, false),
  steps: await stepsOf(request.id),
  host: await daysAround(),
})

requests.get(`${PATH}/:code/check`, focalPoint, showCheck)

async function showCheck(req: Request, res: Response) {
  const request = await ownRequest(req)
  await found(sendable(request) ? request : undefined)
  res.render('requests/check', {
    page: await presentCheck(req, request, await partsOf(req, request), await missingIn(request, request.ownState!)),
  })
}

/** Whether the reader's State still has something to send: the lead the request, a joined one its own part. */
const sendable = (request: RequestRow) => (isLead(request) ? request.status === 'draft' : writesOwn(request))

/** Each State sends what is its own: the lead the request, a joined one its part of it. */
requests.post(`${PATH}/:code/submission`, focalPoint, async (req, res) => {
  const request = await joinedRequest(req)
  const state = request.ownState!
  const lead = isLead(request)
  // Sent already, perhaps by a second press of the same button.
  if (sendable(request)) {
    permit(speaksFor(req.actor, state))
    const send = () => (lead ? submitRequest(req.actor, request) : sendOwnPart(req.actor, request, state))
    if (!(await orAgain(req, res, showCheck, send))) return
  }
  res.redirect(303, `/${req.lang}${PATH}/${request.code}?done=${lead ? 'request-submitted' : 'own-part-sent'}`)
})

requests.get(`${PATH}/:code/discarding`, focalPoint, async (req, res) => {
  const request = await ownRequest(req)
  await found(request.status === 'draft' && leads(req.actor, request) ? request : undefined)
  res.render('requests/discarding', {
    page: { code: request.code, title: request.title ?? req.t('requests.untitled') },
  })
})

requests.post(`${PATH}/:code/discarding`, focalPoint, async (req, res) => {
  const request = await ownRequest(req)
  await found(request.status === 'draft' && leads(req.actor, request) ? request : undefined)
  if (!(await orAgain(req, res, show, () => discardRequest(req.actor, request)))) return
  res.redirect(303, `/${req.lang}/state?done=request-discarded`)
})

requests.get(`${PATH}/:code/withdrawal`, focalPoint, showWithdrawal)

requests.post(`${PATH}/:code/withdrawal`, focalPoint, async (req, res) => {
  const request = await withdrawable(req)
  const { values, errors } = parse(req, reasonForm)
  if (errors) return again(req, res, showWithdrawal, errors)
  if (!(await orAgain(req, res, showWithdrawal, () => withdrawRequest(req.actor, request, values.reason)))) return
  res.redirect(303, `/${req.lang}${PATH}/${request.code}?done=request-withdrawn`)
})

async function showWithdrawal(req: Request, res: Response) {
  const request = await withdrawable(req)
  res.render('requests/withdrawal', { page: { code: request.code, title: request.title, form: formOf(req) } })
}

async function withdrawable(req: Request): Promise<RequestRow> {
  const request = await ownRequest(req)
  permit(leads(req.actor, request))
  permit(step(request, 'withdrawn'))
  return request
}

requests.post(`${PATH}/:code/messages`, focalPoint, async (req, res) => {
  const request = await joinedRequest(req)
  const { values, errors } = parse(req, messageForm)
  if (errors) return again(req, res, show, errors)
  const write = () => writeMessage(req.actor, request, request.ownState!, 'state', values.body)
  if (!(await orAgain(req, res, show, write))) return
  res.redirect(303, `/${req.lang}${PATH}/${request.code}?done=message-sent`)
})
