import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { now } from '../lib/time.ts'
import type { Actor } from '../models/actor.ts'
import { messagesOf, withdrawRequest, writeMessage } from '../models/answering-requests.ts'
import { needsForm } from '../models/needs-form.ts'
import { mandatesOf, ownStates } from '../models/policies/mandate.ts'
import { isOver, leads, step } from '../models/policies/request.ts'
import { lessonChoices, offersOf } from '../models/request-offer.ts'
import { answersFor, type RequestRow, requestFor, requestsFor, statesOfRequest, stepsOf } from '../models/request.ts'
import { discardRequest, missingIn, startRequest, submitRequest } from '../models/requesting.ts'
import { centerDay, centerDays } from '../models/working-days.ts'
import { again, formOf, orAgain, parse } from './forms/again.ts'
import { messageForm, reasonForm } from './forms/requests.ts'
import { found, permit } from './guards.ts'
import { speakerOf } from './present/moments.ts'
import { answerSections } from './present/needs.ts'
import { countryName } from './present/people.ts'
import { clockOf, pathOf, requestLine, statesIn, statusTag, threadOf } from './present/requests.ts'
import { checkNotes } from './present/request-checks.ts'
import { focalPoint } from './states.ts'

/** A State asks for a training: from the State's side, from the first draft to the training. */
export const requests = Router()

const PATH = '/state/requests'

/** A person of the Center who also stands for a State sees here what that State sees. */
export const asState = (actor: Actor): Actor => ({ ...actor, staff: false })

/** The request of this address, seen by a State of the reader; else 404. */
export const ownRequest = (req: Request): Promise<RequestRow> =>
  found(requestFor(asState(req.actor), String(req.params.code)))

/** The State in whose name the reader has this request before them: the lead's, else the invited one's. */
export async function stateIn(req: Request, request: RequestRow): Promise<string> {
  const own = ownStates(req.actor)
  if (own.includes(request.leadState)) return request.leadState
  return (await statesOfRequest(request.id)).find(each => own.includes(each.state))!.state
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
  const own = await stateIn(req, request)
  const [form, lessons] = [await needsForm(request.formVersionId), await lessonChoices()]
  const answers = await answersFor(asState(req.actor), request.id)
  const states = await statesOfRequest(request.id)
  const voice = speakerOf(req)
  const host = await daysAround()
  const me = states.find(({ state }) => state === own)!
  const draft = request.status === 'draft'
  const offers = await offersOf(request.id, false)
  const steps = await stepsOf(request.id)
  res.render('requests/show', {
    page: {
      code: request.code,
      title: request.title ?? req.t('requests.untitled'),
      lead: own === request.leadState,
      state: countryName(own, req.lang),
      leadState: countryName(request.leadState, req.lang),
      holder: own === request.leadState ? request.holder : null,
      status: statusTag(req, request.status),
      clock: clockOf(req, request, 'state', host),
      path: pathOf(req, request, steps),
      reason: steps.findLast(({ reason }) => reason)?.reason ?? null,
      draft,
      over: isOver(request),
      common: answerSections(voice, form, false, answers.get('') ?? {}, lessons),
      own: answerSections(voice, form, true, answers.get(own) ?? {}, lessons),
      ownOpen: !me.sentAt,
      firstOwn: form.parts.find(part => part.own)?.id ?? '',
      submitted: request.submittedAt ? { at: request.submittedAt, name: request.submittedName } : null,
      states: states.length > 1 || draft ? statesIn(req, states) : [],
      messages: threadOf(req, await messagesOf(request.id, [own]), 'state'),
      writes: !draft && !isOver(request),
      offers: offers.map(offer => ({
        number: offer.number,
        at: offer.sentAt,
        agreed: Boolean(offer.stateAgreedAt && offer.centerAgreedAt),
      })),
      training: request.training ? { code: request.training, draft: request.trainingStatus === 'draft' } : null,
      withdraws: leads(req.actor, request) && step(request, 'withdrawn').ok,
      form: formOf(req),
    },
  })
}

requests.get(`${PATH}/:code/check`, focalPoint, showCheck)

async function showCheck(req: Request, res: Response) {
  const request = await ownRequest(req)
  const own = await stateIn(req, request)
  await found(request.status === 'draft' && own === request.leadState ? request : undefined)
  const [form, lessons] = [await needsForm(request.formVersionId), await lessonChoices()]
  const answers = await answersFor(asState(req.actor), request.id)
  const [common, mine] = [answers.get('') ?? {}, answers.get(own) ?? {}]
  const missing = await missingIn(request)
  res.render('requests/check', {
    page: {
      code: request.code,
      title: request.title ?? req.t('requests.untitled'),
      sections: form.parts.flatMap(part =>
        answerSections(speakerOf(req), form, part.own, part.own ? mine : common, lessons).filter(
          ({ id }) => id === part.id,
        ),
      ),
      missing: missing.map(question => ({
        part: question.part,
        label: question.label[req.lang === 'ru' ? 'ru' : 'en'],
      })),
      notes: await checkNotes(
        req,
        common,
        mine,
        (await statesOfRequest(request.id)).map(({ state }) => state),
      ),
      submits: leads(req.actor, request),
      form: formOf(req),
    },
  })
}

requests.post(`${PATH}/:code/submission`, focalPoint, async (req, res) => {
  const request = await ownRequest(req)
  // Sent already, perhaps by a second press of the same button.
  if (request.status === 'draft') {
    permit(leads(req.actor, request))
    if (!(await orAgain(req, res, showCheck, () => submitRequest(req.actor, request)))) return
  }
  res.redirect(303, `/${req.lang}${PATH}/${request.code}?done=request-submitted`)
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
  const request = await ownRequest(req)
  const { values, errors } = parse(req, messageForm)
  if (errors) return again(req, res, show, errors)
  const own = await stateIn(req, request)
  if (!(await orAgain(req, res, show, () => writeMessage(req.actor, request, own, 'state', values.body)))) return
  res.redirect(303, `/${req.lang}${PATH}/${request.code}?done=message-sent`)
})
