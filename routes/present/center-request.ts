import type { Request } from 'express'
import { answersRequests, isOver, step } from '../../models/policies/request.ts'
import type { RequestState } from '../../models/request-states.ts'
import type { RequestRow } from '../../models/request.ts'
import { formOf } from '../forms/again.ts'
import { speakerOf } from './moments.ts'
import { answerSections } from './needs.ts'
import { countryName } from './people.ts'
import { filesOfPart } from './request-files.ts'
import { headOf, offerLines, type RequestParts } from './request-page.ts'
import { statesIn, threadOf } from './requests.ts'
import { wordsIn } from './words.ts'

/**
 * A request before the Center: every State's part that was sent, a thread with each State, and what can be done next.
 * @param notes days off within the wished dates, in words
 */
export function presentCenterRequest(req: Request, request: RequestRow, parts: RequestParts, notes: string[]) {
  const { form, lessons, answers, files, states, offers } = parts
  const answering = answersRequests(req.actor)
  return {
    ...headOf(req, request, parts, 'center'),
    state: countryName(request.leadState, req.lang),
    holder: request.holder,
    submitted: { at: request.submittedAt, name: request.submittedName },
    states: states.length > 1 ? statesIn(req, states, true) : [],
    common: answerSections(speakerOf(req), form, false, answers.get('') ?? {}, lessons),
    notes,
    commonFiles: filesOfPart(req, request.code, files, null),
    own: states.filter(({ state }) => answers.has(state)).map(state => ownPart(req, request, parts, state)),
    threads: threadsOf(req, parts),
    writes: answering && !isOver(request),
    offers: offerLines(offers),
    training: request.training,
    ...stepsOpen(req, request, offers.find(({ sentAt }) => !sentAt)?.number),
    form: formOf(req),
  }
}

/** Which of the Center's acts the page offers; `draft` is the number of the offer in the making. */
function stepsOpen(req: Request, request: RequestRow, draft: number | undefined) {
  const answering = answersRequests(req.actor)
  const may = (to: Parameters<typeof step>[1]) => answering && step(request, to).ok
  const agreedByState = request.status === 'offered' && request.stateAgreed && !request.centerAgreed
  return {
    acknowledges: may('acknowledged'),
    clarifies: may('clarified'),
    offering: may('offered') ? (draft ?? 'new') : null,
    confirms: answering && agreedByState ? request.offer : null,
    fulfills: may('training'),
    declines: may('declined'),
  }
}

function ownPart(
  req: Request,
  request: RequestRow,
  { form, lessons, answers, files }: RequestParts,
  state: RequestState,
) {
  return {
    state: state.state,
    name: wordsIn(state.name, req.lang),
    sections: answerSections(speakerOf(req), form, true, answers.get(state.state)!, lessons),
    files: filesOfPart(req, request.code, files, state.state),
  }
}

/** A thread for each State that takes part, and for those that left what was written until then. */
function threadsOf(req: Request, { states, messages }: RequestParts) {
  return states
    .map(({ state, name, status }) => ({
      state,
      open: status === 'joined',
      name: wordsIn(name, req.lang),
      messages: threadOf(
        req,
        messages.filter(message => message.state === state),
        'center',
      ),
    }))
    .filter(thread => thread.open || thread.messages.length)
}
