import { inTransaction, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record, transition } from './audit.ts'
import { holdMandate } from './holding-mandates.ts'
import { gathers, leavable, partsOpen } from './policies/request.ts'
import { insist, Refused } from './refused.ts'
import { type JointNews, tellCenter, tellState } from './request-news.ts'
import { PART, type PartStatus, partOf } from './request-states.ts'
import type { RequestRow, RequestStatus } from './request.ts'
import { lockRequest, missingIn, touched } from './requesting.ts'

/**
 * Joint requests: the lead State invites others, each answers for itself, sends its own part and may leave. Every verb
 * locks the request, so that it meets sending, withdrawing and agreeing one after the other.
 */

/**
 * Invites States, each with the same words; who declined or left may be asked again. Who is invited or joined already
 * is not asked twice.
 * @throws Refused 'request.gathered' once an offer has been made or the request has ended
 */
export function inviteStates(actor: Actor, request: RequestRow, states: string[], note: string | null): Promise<void> {
  return inTransaction(async () => {
    await holdMandate(actor, request.leadState)
    insist(gathers(await lockRequest(request.id)))
    for (const state of states) {
      const part = await partOf(request.id, state)
      if (part?.status === 'invited' || part?.status === 'joined') continue
      const row = await sql<{ id: string }>(
        'request.invite',
        `insert into request_states (request_id, state, status, note, invited_by, invited_at)
         values ($1, $2, 'invited', $3, $4, $5) on conflict (request_id, state)
         do update set status = 'invited', note = excluded.note, invited_by = excluded.invited_by, invited_at = excluded.invited_at
         returning id`,
        [request.id, state, note, actor.id, now()],
      )
      await transition(PART, row[0]!.id, part?.status ?? null, 'invited', actor)
      await record(actor, 'request.state-invited', 'request', request.id, { state })
      await tellState(actor, { requestId: request.id, news: 'invited', state }, keyOf('invited', state))
    }
    await touched(request.id)
  })
}

/** The lead State takes an invitation back. @throws Refused 'request.joinedMeanwhile' when the State has joined */
export function withdrawInvitation(actor: Actor, request: RequestRow, state: string): Promise<void> {
  return inTransaction(async () => {
    await holdMandate(actor, request.leadState)
    await lockRequest(request.id)
    const part = await partOf(request.id, state)
    if (part?.status === 'joined') throw new Refused('request.joinedMeanwhile')
    if (part?.status !== 'invited') return
    await step(actor, request, { ...part, state }, 'withdrawn', 'invitation-withdrawn')
    await tellState(
      actor,
      { requestId: request.id, news: 'invitation-withdrawn', state },
      keyOf('invitation-withdrawn', state),
    )
  })
}

/**
 * A State joins: from now on it reads what is written in common, and has an own part to fill in. Joining twice is joining
 * once.
 * @throws Refused 'request.notInvited', 'request.gathered'
 */
export function joinRequest(actor: Actor, request: RequestRow, state: string): Promise<void> {
  return inTransaction(async () => {
    const { part, status } = await held(actor, request, state)
    if (part.status === 'joined') return
    if (part.status !== 'invited') throw new Refused('request.notInvited')
    insist(gathers({ status }))
    await step(actor, request, part, 'joined', 'state-joined')
    await tellOthers(actor, request, status, 'joined', state)
  })
}

/** A State declines an invitation, with a reason the lead State and the Center read. @throws Refused 'request.notInvited' */
export function declineInvitation(actor: Actor, request: RequestRow, state: string, reason: string): Promise<void> {
  return inTransaction(async () => {
    const { part } = await held(actor, request, state)
    if (part.status === 'declined') return
    if (part.status !== 'invited') throw new Refused('request.notInvited')
    await step(actor, request, part, 'declined', 'invitation-declined', reason)
    // The Center is told of States that take part; who does not stands on the page.
    await tellOthers(actor, request, 'draft', 'invitation-declined', state)
  })
}

/**
 * A joined State leaves, with a reason the lead State and the Center read; its own part goes back to it and is read by
 * nobody else any more. Invited again, it finds the part as it was.
 * @throws Refused 'request.notJoined', 'request.stays' for the lead State and once a training has been made
 */
export function leaveRequest(actor: Actor, request: RequestRow, state: string, reason: string): Promise<void> {
  return inTransaction(async () => {
    const { part, status } = await held(actor, request, state)
    if (part.status === 'left') return
    if (part.status !== 'joined') throw new Refused('request.notJoined')
    if (state === request.leadState) throw new Refused('request.stays')
    insist(leavable({ status }))
    await step(actor, request, part, 'left', 'state-left', reason)
    await tellOthers(actor, request, status, 'left', state)
  })
}

/**
 * A joined State sends its own part to the Center; it no longer changes. Sending twice is sending once.
 * @throws Refused 'request.notJoined', 'request.incomplete', 'request.partsClosed', 'mandate.prepares'
 */
export function sendOwnPart(actor: Actor, request: RequestRow, state: string): Promise<void> {
  return inTransaction(async () => {
    const { part, status } = await held(actor, request, state)
    if (part.status !== 'joined' || state === request.leadState) throw new Refused('request.notJoined')
    if (part.sentAt) return
    insist(partsOpen({ status }))
    const missing = await missingIn(request, state)
    if (missing.length) throw new Refused('request.incomplete', { count: missing.length })
    await sql('request.own-sends', 'update request_states set sent_at = $2 where id = $1', [part.id, now()])
    await record(actor, 'request.part-sent', 'request', request.id, { state })
    await touched(request.id)
    await tellOthers(actor, request, status, 'part-sent', state)
  })
}

type Part = { id: string; status: PartStatus; state: string }

/** The State's part, with the mandate held and the request locked. */
async function held(actor: Actor, request: RequestRow, state: string) {
  await holdMandate(actor, state)
  const { status } = await lockRequest(request.id)
  const part = await partOf(request.id, state)
  if (!part) throw new Refused('request.notInvited')
  return { part: { ...part, state }, status }
}

async function step(
  actor: Actor,
  request: RequestRow,
  part: Part,
  to: PartStatus,
  act: string,
  reason: string | null = null,
): Promise<void> {
  await sql(
    'request.part-step',
    `update request_states set status = $2, joined_at = $3, sent_at = null where id = $1`,
    [part.id, to, to === 'joined' ? now() : null],
  )
  await transition(PART, part.id, part.status, to, actor, reason)
  await record(actor, `request.${act}`, 'request', request.id, { state: part.state, ...(reason ? { reason } : {}) })
  await touched(request.id)
}

/** Tells the lead State, and the Center once the request is with it. */
async function tellOthers(actor: Actor, request: RequestRow, status: RequestStatus, news: JointNews, about: string) {
  const matter = { requestId: request.id, news, about }
  await tellState(actor, { ...matter, state: request.leadState }, keyOf(news, about))
  if (status !== 'draft') await tellCenter(actor, matter, keyOf(news, about))
}

/** The same may happen again: a State is invited, declines and is invited once more. */
const keyOf = (news: JointNews, state: string) => `${news}:${state}:${now().epochMilliseconds}`
