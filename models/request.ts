import { one, sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import type { Words } from './course.ts'
import type { NeedsAnswers } from './needs-form.ts'
import { ownStates } from './policies/mandate.ts'

/** A State's wish for a tailor-made training, from draft to training. */

export const REQUEST_STATUSES = [
  'draft',
  'submitted',
  'acknowledged',
  'clarified',
  'offered',
  'agreed',
  'training',
  'declined',
  'withdrawn',
] as const
export type RequestStatus = (typeof REQUEST_STATUSES)[number]

export type RequestRow = {
  id: string
  code: string
  leadState: string
  status: RequestStatus
  formVersionId: string
  language: string
  title: string | null
  holderId: string
  holder: string | null
  /** By which day the Center acknowledges. */
  dueOn: string | null
  createdAt: Temporal.Instant
  changedAt: Temporal.Instant
  submittedAt: Temporal.Instant | null
  submittedName: string | null
  acknowledgedAt: Temporal.Instant | null
  /** Whose message came last, and when; of the States the reader may see. */
  lastSide: 'center' | 'state' | null
  lastAt: Temporal.Instant | null
  /** Which of the offers is the latest that was sent, and who has agreed to it. */
  offer: number | null
  offerAnswerBy: string | null
  stateAgreed: boolean
  centerAgreed: boolean
  training: string | null
  trainingStatus: string | null
}

/**
 * Which requests (alias `r`) an actor sees: those of the States they stand for, as lead or as invited; the Center's
 * staff see all that have been submitted. $1 is whether staff, $2 the States.
 */
export const VISIBLE = `(($1 and r.status <> 'draft') or exists (select from request_states own
  where own.request_id = r.id and own.state = any ($2::text[])))`
export const visibleTo = (actor: Actor): [boolean, string[]] => [actor.staff, ownStates(actor)]

const COLUMNS = `r.id, r.code, r.lead_state as "leadState", r.status, r.form_version_id as "formVersionId", r.language,
  (select c.answers ->> 'title' from form_responses c where c.request_id = r.id and c.state is null) as title,
  r.holder_id as "holderId", h.name_latin as holder, r.due_on as "dueOn", r.created_at as "createdAt",
  r.changed_at as "changedAt", r.submitted_at as "submittedAt", r.submitted_name as "submittedName",
  r.acknowledged_at as "acknowledgedAt", m.side as "lastSide", m.at as "lastAt", o.number as offer,
  o.answer_by as "offerAnswerBy", o.state_agreed_at is not null as "stateAgreed",
  o.center_agreed_at is not null as "centerAgreed", t.code as training, t.status as "trainingStatus"`

const FROM = `from requests r join people h on h.id = r.holder_id
  left join lateral (select x.side, x.at from messages x where x.request_id = r.id and ($1 or x.state = any ($2::text[]))
    order by x.id desc limit 1) m on true
  left join lateral (select x.number, x.answer_by, x.state_agreed_at, x.center_agreed_at from offers x
    where x.request_id = r.id and x.sent_at is not null order by x.number desc limit 1) o on true
  left join trainings t on t.request_id = r.id`

/** One request by its code, if the actor sees it. */
export const requestFor = (actor: Actor, code: string): Promise<RequestRow | undefined> =>
  one<RequestRow>('request.one', `select ${COLUMNS} ${FROM} where ${VISIBLE} and r.code = $3`, [
    ...visibleTo(actor),
    code,
  ])

/** Requests an actor sees, what is open first, then the latest change; at most `size`. */
export const requestsFor = (actor: Actor, before: string | null, size: number): Promise<RequestRow[]> =>
  sql<RequestRow>(
    'request.list',
    `select ${COLUMNS} ${FROM} where ${VISIBLE} and ($3::bigint is null or r.id < $3) order by r.id desc limit $4`,
    [...visibleTo(actor), before, size],
  )

/** A State's part in a request. */
export type RequestState = {
  state: string
  name: Words
  lead: boolean
  invitedAt: Temporal.Instant
  joinedAt: Temporal.Instant | null
  sentAt: Temporal.Instant | null
}

/** The States of a request, the lead first, the others in the order of the Declaration. */
export const statesOfRequest = (requestId: string): Promise<RequestState[]> =>
  sql<RequestState>(
    'request.states',
    `select s.state, n.name, s.state = r.lead_state as lead, s.invited_at as "invitedAt", s.joined_at as "joinedAt",
       s.sent_at as "sentAt"
     from request_states s join states n on n.iso2 = s.state join requests r on r.id = s.request_id
     where s.request_id = $1 order by s.state <> r.lead_state, n.declaration_order`,
    [requestId],
  )

/** Answers: the common part under the key '', each State's own part under its code. */
export type Answers = Map<string, NeedsAnswers>

/**
 * The answers of a request that an actor reads: the common part, and the own part of each State they stand for; the
 * Center reads an own part once that State has sent it.
 */
export async function answersFor(actor: Actor, requestId: string): Promise<Answers> {
  const rows = await sql<{ state: string | null; answers: NeedsAnswers }>(
    'request.answers',
    `select f.state, f.answers from form_responses f where f.request_id = $3 and (f.state is null
       or f.state = any ($2::text[]) or ($1 and exists (select from request_states s where s.request_id = f.request_id
         and s.state = f.state and s.sent_at is not null)))`,
    [...visibleTo(actor), requestId],
  )
  return new Map(rows.map(({ state, answers }) => [state ?? '', answers]))
}

/** How a request went from step to step, with the reasons that were given. */
export const stepsOf = (
  requestId: string,
): Promise<{ to: RequestStatus; at: Temporal.Instant; reason: string | null }[]> =>
  sql(
    'request.steps',
    `select to_status as to, at, reason from transitions where record_kind = 'request' and record_id = $1 order by id`,
    [requestId],
  )

/** Whose turn it is: the Center's, the lead State's, or nobody's when the request has ended or become a training. */
export function turnOf(row: Pick<RequestRow, 'status' | 'lastSide' | 'stateAgreed' | 'centerAgreed'>) {
  const { status, lastSide, stateAgreed, centerAgreed } = row
  if (status === 'draft') return 'state'
  if (status === 'submitted' || status === 'agreed') return 'center'
  if (status === 'acknowledged' || status === 'clarified') return lastSide === 'center' ? 'state' : 'center'
  if (status === 'offered') return stateAgreed && !centerAgreed ? 'center' : 'state'
  return null
}
