import type { Actor } from '../actor.ts'
import { no, type Verdict, YES } from '../refused.ts'
import type { RequestStatus } from '../request.ts'
import { ownStates, speaksFor } from './mandate.ts'

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

/** Whether the actor writes the common part: everyone who stands for the lead State, while it is a draft. */
export const writesCommon = (actor: Actor, { leadState, status }: Known): boolean =>
  status === 'draft' && ownStates(actor).includes(leadState)

/** Whether the actor writes the own part of a State: while it has not gone to the Center. */
export const writesOwn = (actor: Actor, state: string, sent: boolean): boolean =>
  !sent && ownStates(actor).includes(state)

/** Whether the actor sends, agrees and withdraws for the lead State. */
export const leads = (actor: Actor, { leadState }: Pick<Known, 'leadState'>): boolean => speaksFor(actor, leadState)

/** Who answers requests for the Center: coordinators and the director. */
export const answersRequests = (actor: Actor): boolean => actor.is('coordinator') || actor.is('director')
