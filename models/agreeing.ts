import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { holdMandate } from './holding-mandates.ts'
import { step } from './policies/request.ts'
import { insist, Refused } from './refused.ts'
import { tellCenter, tellStates } from './request-news.ts'
import type { RequestRow } from './request.ts'
import { lockRequest, takeStep, touched } from './requesting.ts'

type Agreed = { id: string; latest: boolean; state: boolean; center: boolean }

/**
 * One side agrees to an offer, with name and date; when both have, the request is agreed. Agreeing twice is agreeing
 * once, and of two who agree at one moment for the same side the first one's name stands.
 * @throws Refused 'offer.superseded' when the Center has sent a newer one, 'request.step.agreed' when nothing is offered
 */
export function agreeToOffer(
  actor: Actor,
  request: RequestRow,
  number: number,
  side: 'center' | 'state',
): Promise<void> {
  return inTransaction(async () => {
    if (side === 'state') await holdMandate(actor, request.leadState)
    const { status } = await lockRequest(request.id)
    const offer = await one<Agreed>(
      'offer.agreed',
      `select id, number = (select max(number) from offers where request_id = $1 and sent_at is not null) as latest,
         state_agreed_at is not null as state, center_agreed_at is not null as center
       from offers where request_id = $1 and number = $2 and sent_at is not null`,
      [request.id, number],
    )
    if (!offer?.latest) throw new Refused('offer.superseded')
    if (offer[side]) return
    insist(step({ status }, 'agreed'))
    await sql(`offer.agree-${side}`, AGREE[side], [offer.id, now(), actor.id, actor.name])
    await record(actor, `offer.agreed-by-${side}`, 'request', request.id, { number })
    await touched(request.id)
    if (side === 'state' ? offer.center : offer.state) {
      await takeStep(actor, request.id, status, 'agreed')
      await tellStates(actor, { requestId: request.id, news: 'agreed' }, 'agreed')
      await tellCenter(actor, { requestId: request.id, news: 'agreed' }, 'agreed')
    } else if (side === 'state')
      await tellCenter(actor, { requestId: request.id, news: 'state-agreed' }, `state-agreed:${number}`)
    else await tellStates(actor, { requestId: request.id, news: 'center-agreed' }, `center-agreed:${number}`)
  })
}

const AGREE = {
  state: 'update offers set state_agreed_at = $2, state_agreed_by = $3, state_agreed_name = $4 where id = $1',
  center: 'update offers set center_agreed_at = $2, center_agreed_by = $3, center_agreed_name = $4 where id = $1',
}
