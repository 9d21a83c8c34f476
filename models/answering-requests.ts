import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { holdMandate } from './holding-mandates.ts'
import { isOver } from './policies/request.ts'
import { Refused } from './refused.ts'
import { tellCenter, tellInvited, tellState, tellStates } from './request-news.ts'
import { partOf } from './request-states.ts'
import { lockRequest, takeStep, touched } from './requesting.ts'
import type { RequestRow } from './request.ts'

/** The Center says that it has the request and will look into it. Twice is once. */
export function acknowledgeRequest(actor: Actor, request: RequestRow): Promise<void> {
  return inTransaction(async () => {
    const { status } = await lockRequest(request.id)
    if (status === 'acknowledged') return
    await takeStep(actor, request.id, status, 'acknowledged')
    await sql('request.acknowledged', 'update requests set acknowledged_at = $2 where id = $1', [request.id, now()])
    await tellStates(actor, { requestId: request.id, news: 'acknowledged' }, 'acknowledged')
  })
}

/** The Center says that it knows enough for an offer. Twice is once. */
export function clarifyRequest(actor: Actor, request: RequestRow): Promise<void> {
  return inTransaction(async () => {
    const { status } = await lockRequest(request.id)
    if (status === 'clarified') return
    await takeStep(actor, request.id, status, 'clarified')
    await tellStates(actor, { requestId: request.id, news: 'clarified' }, 'clarified')
  })
}

/** The Center declines, with a reason the States read. */
export function declineRequest(actor: Actor, request: RequestRow, reason: string): Promise<void> {
  return inTransaction(async () => {
    const { status } = await lockRequest(request.id)
    if (status === 'declined') return
    await takeStep(actor, request.id, status, 'declined', reason)
    await tellInvited(actor, { requestId: request.id, news: 'declined' }, 'declined')
  })
}

/** The lead State withdraws, with a reason; possible at every step until a training has been made of it. */
export function withdrawRequest(actor: Actor, request: RequestRow, reason: string): Promise<void> {
  return inTransaction(async () => {
    await holdMandate(actor, request.leadState)
    const { status } = await lockRequest(request.id)
    if (status === 'withdrawn') return
    await takeStep(actor, request.id, status, 'withdrawn', reason)
    await tellCenter(actor, { requestId: request.id, news: 'withdrawn' }, 'withdrawn')
    await tellInvited(actor, { requestId: request.id, news: 'withdrawn' }, 'withdrawn')
  })
}

/**
 * Writes into the thread between the Center and one State, and mails the other side. The same words of the same person
 * within a minute are a second press of the same button.
 * @throws Refused 'request.over' when the request has ended, 'request.notJoined' when the State takes no part
 */
export function writeMessage(
  actor: Actor,
  request: RequestRow,
  state: string,
  side: 'center' | 'state',
  body: string,
): Promise<void> {
  return inTransaction(async () => {
    if (side === 'state') await holdMandate(actor, state, false)
    const { status } = await lockRequest(request.id)
    if (isOver({ status }) || status === 'draft') throw new Refused('request.over')
    if ((await partOf(request.id, state))?.status !== 'joined') throw new Refused('request.notJoined')
    const again = await one(
      'message.again',
      'select 1 from messages where request_id = $1 and state = $2 and by_id = $3 and body = $4 and at > $5',
      [request.id, state, actor.id, body, now().subtract({ minutes: 1 })],
    )
    if (again) return
    const row = await one<{ id: string }>(
      'message.add',
      'insert into messages (request_id, state, side, by_id, body, at) values ($1, $2, $3, $4, $5, $6) returning id',
      [request.id, state, side, actor.id, body, now()],
    )
    await touched(request.id)
    const matter = { requestId: request.id, news: 'message' as const, messageId: row!.id }
    const key = `message:${row!.id}`
    if (side === 'state') await tellCenter(actor, matter, key)
    else await tellState(actor, { ...matter, state }, key)
  })
}

export type Message = {
  id: string
  state: string
  side: 'center' | 'state'
  by: string | null
  body: string
  at: Temporal.Instant
}

/** What the Center and the States given have written to each other, the oldest first. */
export const messagesOf = (requestId: string, states: string[] | null): Promise<Message[]> =>
  sql<Message>(
    'message.list',
    `select m.id, m.state, m.side, p.name_latin as by, m.body, m.at from messages m join people p on p.id = m.by_id
     where m.request_id = $1 and ($2::text[] is null or m.state = any ($2)) order by m.id limit 500`,
    [requestId, states],
  )
