import { one, sql } from '../lib/db.ts'
import type { Words } from './course.ts'

/** States of a request: the one that leads it, and those it has invited to join. */

/** invited > joined > left; an invitation may be declined, or withdrawn by the lead State. All but joined may be invited again. */
export type PartStatus = 'invited' | 'joined' | 'declined' | 'left' | 'withdrawn'

/** A State's part in a request. `reason`: why it declined or left, for the lead State and the Center. */
export type RequestState = {
  id: string
  state: string
  name: Words
  lead: boolean
  status: PartStatus
  note: string | null
  reason: string | null
  invitedAt: Temporal.Instant
  joinedAt: Temporal.Instant | null
  sentAt: Temporal.Instant | null
}

/** The kind under which steps of a State's part are written down. */
export const PART = 'request_state'

/** All States that ever had part in a request, the lead first, the others in the order of the Declaration. */
export const statesOfRequest = (requestId: string): Promise<RequestState[]> =>
  sql<RequestState>(
    'request.states',
    `select s.id, s.state, n.name, s.state = r.lead_state as lead, s.status, s.note, s.invited_at as "invitedAt",
       s.joined_at as "joinedAt", s.sent_at as "sentAt",
       (select x.reason from transitions x where x.record_kind = '${PART}' and x.record_id = s.id
         order by x.id desc limit 1) as reason
     from request_states s join states n on n.iso2 = s.state join requests r on r.id = s.request_id
     where s.request_id = $1 order by s.state <> r.lead_state, n.declaration_order`,
    [requestId],
  )

/** Those that take part: the lead and the joined. They read what is written in common, offers and agreements. */
export const takingPart = (states: RequestState[]): RequestState[] => states.filter(({ status }) => status === 'joined')

/** One State's part in a request as it is now. */
export const partOf = (requestId: string, state: string) =>
  one<Pick<RequestState, 'id' | 'status' | 'sentAt'>>(
    'request.part',
    'select id, status, sent_at as "sentAt" from request_states where request_id = $1 and state = $2',
    [requestId, state],
  )
