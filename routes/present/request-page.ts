import type { Request } from 'express'
import type { Message } from '../../models/answering-requests.ts'
import type { NeedsForm } from '../../models/needs-form.ts'
import type { StateDays } from '../../models/planning.ts'
import { gathers, isOver, leads, leavable, step, writesCommon, writesOwn } from '../../models/policies/request.ts'
import type { RequestFile } from '../../models/request-files.ts'
import type { LessonChoice, OfferRow } from '../../models/request-offer.ts'
import { speaksFor } from '../../models/policies/mandate.ts'
import type { RequestState } from '../../models/request-states.ts'
import { type Answers, isLead, type RequestRow, type RequestStatus } from '../../models/request.ts'
import { formOf } from '../forms/again.ts'
import { speakerOf } from './moments.ts'
import { answerSections } from './needs.ts'
import { countryName } from './people.ts'
import { filesOfPart } from './request-files.ts'
import { clockOf, pathOf, type Side, statesIn, statusTag, threadOf } from './requests.ts'

/** All that a request's page is made of, as its reader may read it. */
export type RequestParts = {
  form: NeedsForm
  lessons: LessonChoice[]
  answers: Answers
  files: RequestFile[]
  states: RequestState[]
  messages: Message[]
  offers: OfferRow[]
  steps: { to: RequestStatus; at: Temporal.Instant; reason: string | null }[]
  host: StateDays
}

/** A request before a State that leads it or has joined. */
export function presentRequest(req: Request, request: RequestRow, parts: RequestParts) {
  const { form, lessons, answers, files, states } = parts
  const own = request.ownState!
  const lead = isLead(request)
  const voice = speakerOf(req)
  const draft = request.status === 'draft'
  const common = answerSections(voice, form, false, answers.get('') ?? {}, lessons)
  const speaks = speaksFor(req.actor, own)
  return {
    ...headOf(req, request, parts),
    lead,
    state: countryName(own, req.lang),
    holder: lead ? request.holder : null,
    draft,
    common,
    commonFiles: filesOfPart(req, request.code, files, null),
    commonOpen: writesCommon(req.actor, request),
    own: answerSections(voice, form, true, answers.get(own) ?? {}, lessons),
    ownFiles: filesOfPart(req, request.code, files, own),
    ownOpen: writesOwn(request),
    // The names of officials stay within their State.
    submitted: request.submittedAt ? { at: request.submittedAt, name: lead ? request.submittedName : null } : null,
    states: states.length > 1 ? statesIn(req, states, lead) : [],
    invites: leads(req.actor, request) && gathers(request).ok,
    leaves: !lead && speaks && leavable(request).ok,
    sends: !lead && writesOwn(request),
    messages: threadOf(req, parts.messages, 'state'),
    writes: !draft && !isOver(request),
    offers: offerLines(parts.offers),
    training: request.training ? { code: request.training, draft: request.trainingStatus === 'draft' } : null,
    withdraws: leads(req.actor, request) && step(request, 'withdrawn').ok,
    form: formOf(req),
  }
}

/** What a State that is invited reads before it answers: what is asked for in common, and nothing else. */
export function presentInvitation(req: Request, request: RequestRow, parts: RequestParts) {
  const mine = parts.states.find(({ state }) => state === request.ownState)!
  return {
    ...headOf(req, request, parts),
    note: mine.note,
    invitedAt: mine.invitedAt,
    common: answerSections(speakerOf(req), parts.form, false, parts.answers.get('') ?? {}, parts.lessons),
    commonFiles: filesOfPart(req, request.code, parts.files, null),
    answers: gathers(request).ok && speaksFor(req.actor, request.ownState!),
    open: gathers(request).ok,
    form: formOf(req),
  }
}

/** What every page of a request begins with: what it is, how far it is, and its clock as that side reads it. */
export const headOf = (req: Request, request: RequestRow, { steps, host }: RequestParts, side: Side = 'state') => ({
  code: request.code,
  title: request.title ?? req.t('requests.untitled'),
  leadState: countryName(request.leadState, req.lang),
  status: statusTag(req, request.status),
  clock: clockOf(req, request, side, host),
  path: pathOf(req, request, steps),
  reason: steps.findLast(({ reason }) => reason)?.reason ?? null,
})

export const offerLines = (offers: OfferRow[]) =>
  offers.map(({ number, sentAt, stateAgreedAt, centerAgreedAt }) => ({
    number,
    at: sentAt,
    agreed: Boolean(stateAgreedAt && centerAgreedAt),
  }))
