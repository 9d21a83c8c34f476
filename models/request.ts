import { one, sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import type { NeedsAnswers } from './needs-form.ts'
import { ownStates } from './policies/mandate.ts'
import { gathers, partsOpen } from './policies/request.ts'
import type { PartStatus } from './request-states.ts'

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
  /** In the name of which State the reader has it before them, and how far its part is; the lead's name comes first. */
  ownState: string | null
  ownStatus: PartStatus | null
  ownSentAt: Temporal.Instant | null
}

/**
 * Which requests (alias `r`) an actor sees: those of the States they stand for, as lead, invited or joined; the Center's
 * staff see all that have been submitted. $1 is whether staff, $2 the States.
 */
export const VISIBLE = `(($1 and r.status <> 'draft') or exists (select from request_states own
  where own.request_id = r.id and own.state = any ($2::text[]) and own.status in ('invited', 'joined')))`
export const visibleTo = (actor: Actor): [boolean, string[]] => [actor.staff, ownStates(actor)]

const COLUMNS = `r.id, r.code, r.lead_state as "leadState", r.status, r.form_version_id as "formVersionId", r.language,
  (select c.answers ->> 'title' from form_responses c where c.request_id = r.id and c.state is null) as title,
  r.holder_id as "holderId", h.name_latin as holder, r.due_on as "dueOn", r.created_at as "createdAt",
  r.changed_at as "changedAt", r.submitted_at as "submittedAt", r.submitted_name as "submittedName",
  r.acknowledged_at as "acknowledgedAt", m.side as "lastSide", m.at as "lastAt", o.number as offer,
  o.answer_by as "offerAnswerBy", o.state_agreed_at is not null as "stateAgreed",
  o.center_agreed_at is not null as "centerAgreed", t.code as training, t.status as "trainingStatus",
  p.state as "ownState", p.status as "ownStatus", p.sent_at as "ownSentAt"`

// Of several threads the one that waits for the reader comes first; nobody waits for what a State wrote that has left.
const FROM = `from requests r join people h on h.id = r.holder_id
  left join lateral (select y.side, y.at from (select distinct on (x.state) x.side, x.at, x.id from messages x
      join request_states s on s.request_id = x.request_id and s.state = x.state and s.status = 'joined'
      where x.request_id = r.id and ($1 or x.state = any ($2::text[])) order by x.state, x.id desc) y
    order by y.side = case when $1 then 'state' else 'center' end desc, y.id desc limit 1) m on true
  left join lateral (select s.state, s.status, s.sent_at from request_states s where s.request_id = r.id
      and s.state = any ($2::text[]) and s.status in ('invited', 'joined')
    order by s.state <> r.lead_state, s.state limit 1) p on true
  left join lateral (select x.number, x.answer_by, x.state_agreed_at, x.center_agreed_at from offers x
    where x.request_id = r.id and x.sent_at is not null order by x.number desc limit 1) o on true
  left join trainings t on t.request_id = r.id`

/** One request by its code, if the actor sees it. */
export const requestFor = (actor: Actor, code: string): Promise<RequestRow | undefined> =>
  one<RequestRow>('request.one', `select ${COLUMNS} ${FROM} where ${VISIBLE} and r.code = $3`, [
    ...visibleTo(actor),
    code,
  ])

/** Requests an actor sees, the newest first; at most `size`, from the one before `before` on. */
export const requestsFor = (actor: Actor, before: string | null, size: number): Promise<RequestRow[]> =>
  sql<RequestRow>(
    'request.list',
    `select ${COLUMNS} ${FROM} where ${VISIBLE} and ($3::bigint is null or r.id < $3) order by r.id desc limit $4`,
    [...visibleTo(actor), before, size],
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
       or exists (select from request_states s where s.request_id = f.request_id and s.state = f.state
         and s.status = 'joined' and (s.state = any ($2::text[]) or ($1 and s.sent_at is not null))))`,
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

/**
 * Whose turn it is as the reader sees it: the Center's, their State's, or nobody's when there is nothing to do. A State
 * that has joined answers for its own part alone; offers are the lead State's to answer.
 */
export function turnOf(row: RequestRow, side: 'state' | 'center'): 'state' | 'center' | null {
  const { status, lastSide, stateAgreed, centerAgreed, ownStatus, ownSentAt } = row
  const guest = side === 'state' && !isLead(row)
  if (guest && ownStatus === 'invited') return gathers(row).ok ? 'state' : null
  if (guest && !ownSentAt && partsOpen(row).ok) return 'state'
  if (status === 'draft') return guest ? null : 'state'
  if (status === 'submitted' || status === 'agreed') return 'center'
  if (status === 'acknowledged' || status === 'clarified') return lastSide === 'center' ? 'state' : 'center'
  if (status === 'offered') return stateAgreed && !centerAgreed ? 'center' : guest ? null : 'state'
  return null
}

/** Whether the State in whose name the reader has the request leads it. */
export const isLead = ({ ownState, leadState }: Pick<RequestRow, 'ownState' | 'leadState'>): boolean =>
  ownState === leadState
