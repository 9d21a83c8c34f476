import { inTransaction, one, sql } from '../lib/db.ts'
import { CENTER_ZONE, now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { detachAll } from './attaching.ts'
import { record, transition } from './audit.ts'
import { holdMandate } from './holding-mandates.ts'
import {
  keepForm,
  needsForm,
  newestNeedsForm,
  type NeedsAnswers,
  type NeedsQuestion,
  questionsOf,
  unanswered,
} from './needs-form.ts'
import { partsOpen, type RequestStep, step } from './policies/request.ts'
import { insist, Refused } from './refused.ts'
import { tellCenter, tellInvited } from './request-news.ts'
import { partOf, statesOfRequest } from './request-states.ts'
import type { RequestRow, RequestStatus } from './request.ts'
import { ACKNOWLEDGE_WITHIN, workingDaysAfter } from './working-days.ts'

/**
 * Begins a request of a State as a draft that only this State sees.
 * @param language in which its answers will be written
 * @returns its code, e.g. REQ-2026-001
 * @throws Refused 'request.noForm' while the Center has loaded no form
 */
export function startRequest(actor: Actor, state: string, language: string): Promise<string> {
  return inTransaction(async () => {
    await holdMandate(actor, state, false)
    const form = await newestNeedsForm()
    if (!form) throw new Refused('request.noForm')
    await keepForm(form.id)
    const { id, code } = await numbered(actor, state, form.id, language)
    await sql(
      'request.lead',
      `insert into request_states (request_id, state, status, invited_by, invited_at, joined_at)
       values ($1, $2, 'joined', $3, $4, $4)`,
      [id, state, actor.id, now()],
    )
    await transition('request', id, null, 'draft', actor)
    await record(actor, 'request.started', 'request', id, { code })
    return code
  })
}

/** The next number of the year; of two who begin at one moment, the second takes the number after. */
async function numbered(actor: Actor, state: string, formVersionId: string, language: string) {
  const year = now().toZonedDateTimeISO(CENTER_ZONE).year
  for (let tries = 0; tries < 200; tries++) {
    const row = await one<{ id: string; code: string }>(
      'request.add',
      `insert into requests (code, lead_state, form_version_id, status, language, holder_id, created_at, changed_at)
       select $1 || lpad((coalesce(max(substring(code from '[0-9]+$')::int), 0) + 1)::text, 3, '0'), $2, $3, 'draft', $4, $5,
         $6::timestamptz, $6
       from requests where code like $1 || '%' on conflict (code) do nothing returning id, code`,
      [`REQ-${year}-`, state, formVersionId, language, actor.id, now()],
    )
    if (row) return row
  }
  throw new Error('No free number for a request')
}

/**
 * Saves a part of the form as far as it is filled in; what stands in other parts stays.
 * @param state null for the common part, else the State whose own part it is
 * @throws Refused 'request.sent' when it has gone to the Center meanwhile
 */
export function savePart(
  actor: Actor,
  request: RequestRow,
  state: string | null,
  questions: NeedsQuestion[],
  answers: NeedsAnswers,
): Promise<void> {
  return inTransaction(async () => {
    await insistOpen(actor, request, state)
    await sql(
      'request.save',
      `insert into form_responses (form_version_id, request_id, state, language, answers, person_id)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (request_id, state) where request_id is not null
       do update set answers = (form_responses.answers - $7::text[]) || excluded.answers, language = excluded.language`,
      [
        ...[request.formVersionId, request.id, state, request.language, JSON.stringify(answers), actor.id],
        questions.map(({ id }) => id),
      ],
    )
    await touched(request.id)
  })
}

/**
 * Locks a request of which a part is about to change: the common one while it is a draft, a State's own one until that
 * State has sent it.
 * @param state null for the common part
 * @throws Refused 'request.sent', 'request.notJoined', 'request.partsClosed', 'mandate.ended'
 */
export async function insistOpen(actor: Actor, request: RequestRow, state: string | null): Promise<void> {
  await holdMandate(actor, state ?? request.leadState, false)
  const { status } = await lockRequest(request.id)
  if (!state) {
    if (status !== 'draft') throw new Refused('request.sent')
    return
  }
  const part = await partOf(request.id, state)
  if (part?.status !== 'joined') throw new Refused('request.notJoined')
  if (part.sentAt) throw new Refused('request.sent')
  insist(partsOpen({ status }))
}

/**
 * Sends a request to the Center: the common part and the lead State's own part, which no longer change. Sending twice
 * is sending once.
 * @throws Refused 'request.incomplete', 'mandate.prepares', 'mandate.ended'
 */
export async function submitRequest(actor: Actor, request: RequestRow): Promise<void> {
  const due = await workingDaysAfter(now(), ACKNOWLEDGE_WITHIN)
  await inTransaction(async () => {
    await holdMandate(actor, request.leadState)
    const { status } = await lockRequest(request.id)
    if (status === 'submitted') return
    insist(step({ status }, 'submitted'))
    const missing = await missingIn(request)
    if (missing.length) throw new Refused('request.incomplete', { count: missing.length })
    await sql(
      'request.submit',
      `update requests set status = 'submitted', submitted_at = $2, submitted_by = $3, submitted_name = $4, due_on = $5,
         changed_at = $2 where id = $1`,
      [request.id, now(), actor.id, actor.name, due],
    )
    await sql('request.own-goes', 'update request_states set sent_at = $3 where request_id = $1 and state = $2', [
      ...[request.id, request.leadState, now()],
    ])
    await transition('request', request.id, 'draft', 'submitted', actor)
    await record(actor, 'request.submitted', 'request', request.id, { code: request.code })
    await tellCenter(actor, { requestId: request.id, news: 'submitted' }, 'submitted')
  })
}

/** Questions the lead State still has to answer: of the common part, and of its own. */
export async function missingIn(request: RequestRow, state: string = request.leadState): Promise<NeedsQuestion[]> {
  const form = await needsForm(request.formVersionId)
  const rows = await sql<{ state: string | null; answers: NeedsAnswers }>(
    'request.both-parts',
    'select state, answers from form_responses where request_id = $1 and (state is null or state = $2)',
    [request.id, state],
  )
  const of = (own: string | null) => rows.find(row => row.state === own)?.answers ?? {}
  const common = state === request.leadState ? unanswered(questionsOf(form, false), of(null)) : []
  return [...common, ...unanswered(questionsOf(form, true), of(state))]
}

/** Throws a draft away, with all parts and files; who was invited or has joined is told. What was submitted is withdrawn. */
export function discardRequest(actor: Actor, request: RequestRow): Promise<void> {
  return inTransaction(async () => {
    await holdMandate(actor, request.leadState)
    const { status } = await lockRequest(request.id)
    if (status !== 'draft') throw new Refused('request.sent')
    const { id, code, title, leadState } = request
    await tellInvited(actor, { requestId: id, news: 'discarded', gone: { code, title, leadState } }, 'discarded')
    await record(actor, 'request.discarded', 'request', id, { code })
    await detachAll('request', [id])
    await detachAll(
      'request_state',
      (await statesOfRequest(id)).map(part => part.id),
    )
    await sql('request.discard', 'delete from requests where id = $1', [id])
  })
}

/** Locks a request until the transaction ends and says where its life is. @throws Refused 'request.gone' */
export async function lockRequest(id: string): Promise<{ status: RequestStatus; leadState: string }> {
  const row = await one<{ status: RequestStatus; leadState: string }>(
    'request.lock',
    'select status, lead_state as "leadState" from requests where id = $1 for update',
    [id],
  )
  if (!row) throw new Refused('request.gone')
  return row
}

/** Takes a step of a request's life in the open transaction; the request is locked by its caller. */
export async function takeStep(
  actor: Actor,
  id: string,
  from: RequestStatus,
  to: RequestStep,
  reason: string | null = null,
): Promise<void> {
  insist(step({ status: from }, to))
  await sql('request.step', 'update requests set status = $2, changed_at = $3 where id = $1', [id, to, now()])
  if (from !== to) await transition('request', id, from, to, actor, reason)
  await record(actor, `request.${to}`, 'request', id, reason ? { reason } : {})
}

export const touched = (id: string) =>
  sql('request.touched', 'update requests set changed_at = $2 where id = $1', [id, now()])
