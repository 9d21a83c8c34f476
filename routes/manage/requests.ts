import { type Request, type Response, Router } from 'express'
import { now } from '../../lib/time.ts'
import {
  acknowledgeRequest,
  clarifyRequest,
  declineRequest,
  messagesOf,
  writeMessage,
} from '../../models/answering-requests.ts'
import { makeTraining } from '../../models/fulfilling.ts'
import { needsForm } from '../../models/needs-form.ts'
import { nextCode } from '../../models/opening.ts'
import { answersRequests, step } from '../../models/policies/request.ts'
import { lessonChoices, offersOf } from '../../models/request-offer.ts'
import { filesFor } from '../../models/request-files.ts'
import { statesOfRequest, takingPart } from '../../models/request-states.ts'
import { answersFor, type RequestRow, requestFor, requestsFor, stepsOf } from '../../models/request.ts'
import { centerDay } from '../../models/working-days.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { codeForm, messageForm, reasonForm } from '../forms/requests.ts'
import { found, permit, staff } from '../guards.ts'
import { presentCenterRequest } from '../present/center-request.ts'
import { dateNotes } from '../present/request-checks.ts'
import type { RequestParts } from '../present/request-page.ts'
import { requestLine } from '../present/requests.ts'
import { daysAround } from '../requests.ts'
import { requestSeenAfterAnswer } from '../seen.ts'

/** Requests of the States, from the side of the Center: each with the clock that the State sees too. */
export const manageRequests = Router()

const PATH = '/manage/requests'
const SIZE = 50

/** The request of this address, once it has been sent; a draft is the State's alone. */
export const requestAt = async (req: Request): Promise<RequestRow> => {
  const request = await found(requestFor(req.actor, String(req.params.code)))
  return found(request.status === 'draft' ? undefined : request)
}

manageRequests.get(PATH, staff, async (req, res) => {
  const before = /^[1-9]\d{0,17}$/.test(String(req.query.before)) ? String(req.query.before) : null
  const all = await requestsFor(req.actor, before, SIZE + 1)
  const host = await daysAround()
  const lines = all.slice(0, SIZE).filter(({ status }) => status !== 'draft')
  const base = `/${req.lang}${PATH}`
  const rows = lines.map(row => requestLine(req, row, 'center', host))
  res.render('manage/requests/index', {
    page: {
      waits: rows.filter(({ waits }) => waits),
      others: rows.filter(({ waits }) => !waits),
      newest: before ? base : null,
      older: all.length > SIZE ? `${base}?before=${all[SIZE - 1]!.id}` : null,
    },
  })
})

manageRequests.get(`${PATH}/:code`, staff, show)

async function show(req: Request, res: Response) {
  const request = await requestAt(req)
  const parts: RequestParts = {
    form: await needsForm(request.formVersionId),
    lessons: await lessonChoices(),
    answers: await answersFor(req.actor, request.id),
    files: await filesFor(req.actor, request.id),
    states: await statesOfRequest(request.id),
    messages: await messagesOf(request.id, null),
    offers: await offersOf(request.id, true),
    steps: await stepsOf(request.id),
    host: await daysAround(),
  }
  const there = takingPart(parts.states).map(({ state }) => state)
  const notes = await dateNotes(req, parts.answers.get('') ?? {}, there)
  requestSeenAfterAnswer(req, res, request.id, null)
  res.render('manage/requests/show', { page: presentCenterRequest(req, request, parts, notes) })
}

manageRequests.post(`${PATH}/:code/acknowledgement`, staff, async (req, res) => {
  const request = await answered(req)
  if (await orAgain(req, res, show, () => acknowledgeRequest(req.actor, request)))
    back(req, res, 'request-acknowledged')
})

manageRequests.post(`${PATH}/:code/clarification`, staff, async (req, res) => {
  const request = await answered(req)
  if (await orAgain(req, res, show, () => clarifyRequest(req.actor, request))) back(req, res, 'request-clarified')
})

manageRequests.post(`${PATH}/:code/messages/:state`, staff, async (req, res) => {
  const request = await answered(req)
  const state = await found(takingPart(await statesOfRequest(request.id)).find(each => each.state === req.params.state))
  const { values, errors } = parse(req, messageForm)
  if (errors)
    return again(
      req,
      res,
      show,
      errors.map(error => ({ ...error, field: `body-${state.state}` })),
    )
  const write = () => writeMessage(req.actor, request, state.state, 'center', values.body)
  if (await orAgain(req, res, show, write)) back(req, res, 'message-sent')
})

manageRequests.get(`${PATH}/:code/declining`, staff, showDeclining)

manageRequests.post(`${PATH}/:code/declining`, staff, async (req, res) => {
  const request = await answered(req)
  const { values, errors } = parse(req, reasonForm)
  if (errors) return again(req, res, showDeclining, errors)
  const decline = () => declineRequest(req.actor, request, values.reason)
  if (await orAgain(req, res, showDeclining, decline)) back(req, res, 'request-declined')
})

async function showDeclining(req: Request, res: Response) {
  const request = await answered(req)
  permit(step(request, 'declined'))
  res.render('manage/requests/declining', { page: { code: request.code, title: request.title, form: formOf(req) } })
}

manageRequests.get(`${PATH}/:code/training`, staff, showTraining)

manageRequests.post(`${PATH}/:code/training`, staff, async (req, res) => {
  const request = await answered(req)
  // Made already, perhaps by a second press of the same button.
  if (request.training) return res.redirect(303, `/${req.lang}/manage/trainings/${request.training}`)
  const { values, errors } = parse(req, codeForm)
  if (errors) return again(req, res, showTraining, errors)
  let unstaffed = 0
  const make = async () => {
    unstaffed = (await makeTraining(req.actor, request, values.code)).unstaffed
  }
  if (!(await orAgain(req, res, showTraining, make))) return
  const news = unstaffed ? 'request-fulfilled-with-gaps' : 'request-fulfilled'
  res.redirect(303, `/${req.lang}/manage/trainings/${values.code}?done=${news}`)
})

async function showTraining(req: Request, res: Response) {
  const request = await answered(req)
  permit(step(request, 'training'))
  const year = Number((await offersOf(request.id, false))[0]?.startsOn.slice(0, 4) ?? centerDay(now()).year)
  const code = await nextCode(request.code.replace(/^REQ/, 'TM'), year)
  res.render('manage/requests/training', {
    page: { code: request.code, title: request.title, form: formOf(req, { code }) },
  })
}

/** The request, for those who answer for the Center; other staff only read. */
export async function answered(req: Request): Promise<RequestRow> {
  const request = await requestAt(req)
  permit(answersRequests(req.actor))
  return request
}

const back = (req: Request, res: Response, news: string) =>
  res.redirect(303, `/${req.lang}${PATH}/${String(req.params.code)}?done=${news}`)
