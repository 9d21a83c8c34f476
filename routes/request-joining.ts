import { type Request, type Response, Router } from 'express'
import { declineInvitation, inviteStates, joinRequest, leaveRequest, withdrawInvitation } from '../models/joining.ts'
import { speaksFor } from '../models/policies/mandate.ts'
import { gathers, leads, leavable } from '../models/policies/request.ts'
import { statesOfRequest } from '../models/request-states.ts'
import { isLead, type RequestRow } from '../models/request.ts'
import { allStates } from '../models/focal-points.ts'
import { again, formOf, orAgain, parse } from './forms/again.ts'
import { invitationForm, reasonForm } from './forms/requests.ts'
import { found, permit } from './guards.ts'
import { countryName } from './present/people.ts'
import { presentInvitation } from './present/request-page.ts'
import { statesIn } from './present/requests.ts'
import { ownRequest, partsOf } from './requests.ts'
import { focalPoint } from './states.ts'

/** Joint requests: the lead State invites, each invited State joins or declines, and may leave later. */
export const requestJoining = Router()

const PATH = '/state/requests/:code'

requestJoining.get(`${PATH}/invitations`, focalPoint, showInvitations)

requestJoining.post(`${PATH}/invitations`, focalPoint, async (req, res) => {
  const request = await ledRequest(req)
  const { values, errors } = parse(req, invitationForm(await others(request)))
  if (errors) return again(req, res, showInvitations, errors)
  const invite = () => inviteStates(req.actor, request, values.states, values.note || null)
  if (await orAgain(req, res, showInvitations, invite)) go(req, res, request, 'states-invited', '/invitations')
})

requestJoining.post(`${PATH}/invitations/:state/withdrawal`, focalPoint, async (req, res) => {
  const request = await ledRequest(req)
  const states = await statesOfRequest(request.id)
  const { state } = await found(states.find(each => !each.lead && each.state === req.params.state))
  const withdraw = () => withdrawInvitation(req.actor, request, state)
  if (await orAgain(req, res, showInvitations, withdraw)) go(req, res, request, 'invitation-withdrawn', '/invitations')
})

async function showInvitations(req: Request, res: Response) {
  const request = await ledRequest(req)
  const states = await statesOfRequest(request.id)
  const free = await others(request)
  res.render('requests/invitations', {
    page: {
      code: request.code,
      title: request.title ?? req.t('requests.untitled'),
      states: statesIn(req, states, true),
      open: gathers(request).ok,
      free: free.map(value => ({ value, label: countryName(value, req.lang) })),
      form: formOf(req),
    },
  })
}

/** States that can be invited now, in the order of the Declaration. */
async function others(request: RequestRow): Promise<string[]> {
  const states = await statesOfRequest(request.id)
  const there = states.filter(({ status }) => status === 'invited' || status === 'joined').map(({ state }) => state)
  return (await allStates()).map(({ iso2 }) => iso2).filter(state => !there.includes(state))
}

requestJoining.get(`${PATH}/invitation`, focalPoint, showInvitation)

async function showInvitation(req: Request, res: Response) {
  const request = await ownRequest(req)
  // Answered already, perhaps from an old mail.
  if (request.ownStatus !== 'invited') return res.redirect(303, addressOf(req, request))
  res.render('requests/invitation', { page: presentInvitation(req, request, await partsOf(req, request)) })
}

requestJoining.post(`${PATH}/joining`, focalPoint, async (req, res) => {
  const request = await answerable(req)
  if (await orAgain(req, res, showInvitation, () => joinRequest(req.actor, request, request.ownState!)))
    go(req, res, request, 'request-joined')
})

requestJoining.get(`${PATH}/declining`, focalPoint, showDeclining)

requestJoining.post(`${PATH}/declining`, focalPoint, async (req, res) => {
  const request = await answerable(req)
  const { values, errors } = parse(req, reasonForm)
  if (errors) return again(req, res, showDeclining, errors)
  const decline = () => declineInvitation(req.actor, request, request.ownState!, values.reason)
  if (await orAgain(req, res, showDeclining, decline)) res.redirect(303, `/${req.lang}/state?done=invitation-declined`)
})

async function showDeclining(req: Request, res: Response) {
  const request = await answerable(req)
  await found(request.ownStatus === 'invited' ? request : undefined)
  res.render('requests/declining', { page: pageOf(req, request) })
}

requestJoining.get(`${PATH}/leaving`, focalPoint, showLeaving)

requestJoining.post(`${PATH}/leaving`, focalPoint, async (req, res) => {
  const request = await leavableRequest(req)
  const { values, errors } = parse(req, reasonForm)
  if (errors) return again(req, res, showLeaving, errors)
  const leave = () => leaveRequest(req.actor, request, request.ownState!, values.reason)
  if (await orAgain(req, res, showLeaving, leave)) res.redirect(303, `/${req.lang}/state?done=request-left`)
})

async function showLeaving(req: Request, res: Response) {
  const request = await leavableRequest(req)
  res.render('requests/leaving', { page: pageOf(req, request) })
}

const pageOf = (req: Request, request: RequestRow) => ({
  code: request.code,
  title: request.title ?? req.t('requests.untitled'),
  leadState: countryName(request.leadState, req.lang),
  form: formOf(req),
})

/** For who speaks for the lead State. To a State that was invited the page of invitations is not there. */
async function ledRequest(req: Request): Promise<RequestRow> {
  const request = await ownRequest(req)
  await found(isLead(request) ? request : undefined)
  permit(leads(req.actor, request))
  return request
}

/** For who speaks for a State that does not lead: the lead State has no invitation to answer. */
async function answerable(req: Request): Promise<RequestRow> {
  const request = await ownRequest(req)
  await found(isLead(request) ? undefined : request)
  permit(speaksFor(req.actor, request.ownState!))
  return request
}

async function leavableRequest(req: Request): Promise<RequestRow> {
  const request = await answerable(req)
  await found(request.ownStatus === 'joined' ? request : undefined)
  permit(leavable(request))
  return request
}

const addressOf = (req: Request, { code }: RequestRow) => `/${req.lang}/state/requests/${code}`

const go = (req: Request, res: Response, request: RequestRow, news: string, page = '') =>
  res.redirect(303, `${addressOf(req, request)}${page}?done=${news}`)
