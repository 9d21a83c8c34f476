import type { Actor } from '../actor.ts'
import { no, type Verdict, YES } from '../refused.ts'
import type { RequestRow, RequestStatus } from '../request.ts'
import { ownStates, speaksFor } from './mandate.ts'

type Own = Pick<RequestRow, 'ownStatus' | 'ownSentAt' | 'status'>
type Known = { leadState: string; status: RequestStatus }

/** Steps of a request's life, and from where each may be taken. */
export const STEPS = {
  submitted: ['draft'],
  acknowledged: ['submitted'],
  clarified: ['acknowledged'],
  offered: ['acknowledged', 'clarified', 'offered'],
  agreed: ['offered'],
  training: ['agreed'],
  declined: ['submitted', 'acknowledged', 'clarified', 'offered'],
  withdrawn: ['submitted', 'acknowledged', 'clarified', 'offered', 'agreed'],
} as const satisfies Partial<Record<RequestStatus, readonly RequestStatus[]>>

export type RequestStep = keyof typeof STEPS

/** Whether a request may take a step of its life now. */
export const step = (request: Pick<Known, 'status'>, to: RequestStep): Verdict =>
  (STEPS[to] as readonly RequestStatus[]).includes(request.status) ? YES : no(`request.step.${to}`)

/** Whether the life of a request is over: nothing is written or offered in it any more. */
export const isOver = ({ status }: Pick<Known, 'status'>): boolean => ['declined', 'withdrawn'].includes(status)

/** Steps at which States may be invited and join: an offer is made for those that are there. */
const GATHERING: readonly RequestStatus[] = ['draft', 'submitted', 'acknowledged', 'clarified']

/** Whether States may still be invited to a request and join it. */
export const gathers = ({ status }: Pick<Known, 'status'>): Verdict =>
  GATHERING.includes(status) ? YES : no('request.gathered')

/** Whether a joined State may still write and send its own part: until an offer is agreed. */
export const partsOpen = ({ status }: Pick<Known, 'status'>): Verdict =>
  GATHERING.includes(status) || status === 'offered' ? YES : no('request.partsClosed')

/** Whether a joined State may leave: until a training has been made of the request, or it has ended. */
export const leavable = ({ status }: Pick<Known, 'status'>): Verdict =>
  isOver({ status }) || status === 'training' ? no('request.stays') : YES

/** Whether the actor writes the common part: everyone who stands for the lead State, while it is a draft. */
export const writesCommon = (actor: Actor, { leadState, status }: Known): boolean =>
  status === 'draft' && ownStates(actor).includes(leadState)

/** Whether the own part of the reader's State may be written: it takes part and has not sent it to the Center. */
export const writesOwn = (request: Own): boolean =>
  request.ownStatus === 'joined' && !request.ownSentAt && partsOpen(request).ok

/** Whether the actor sends, agrees and withdraws for the lead State. */
export const leads = (actor: Actor, { leadState }: Pick<Known, 'leadState'>): boolean => speaksFor(actor, leadState)

/** Whether the actor reads who sent a request and agreed to offers: names of officials stay in their State and at the Center. */
export const readsNames = (
  actor: Actor,
  { ownState, leadState }: Pick<RequestRow, 'ownState' | 'leadState'>,
): boolean => actor.staff || ownState === leadState

/** Who answers requests for the Center: coordinators and the director. */
export const answersRequests = (actor: Actor): boolean => actor.is('coordinator') || actor.is('director')
