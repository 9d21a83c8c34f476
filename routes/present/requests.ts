import type { Request } from 'express'
import { now } from '../../lib/time.ts'
import type { Message } from '../../models/answering-requests.ts'
import type { StateDays } from '../../models/planning.ts'
import { isLead, type RequestRow, type RequestStatus, turnOf } from '../../models/request.ts'
import { type RequestState, takingPart } from '../../models/request-states.ts'
import { gathers, partsOpen } from '../../models/policies/request.ts'
import { centerDay, workingDaysBetween } from '../../models/working-days.ts'
import { dayInWords, speakerOf } from './moments.ts'
import { countryName } from './people.ts'
import { wordsIn } from './words.ts'

/** On which side of a request the reader stands: for a State, or at the Center. */
export type Side = 'state' | 'center'

/** A line of a list: what it is, where it stands, and its clock. */
export function requestLine(req: Request, row: RequestRow, side: Side, host: StateDays) {
  const base = side === 'state' ? '/state/requests' : '/manage/requests'
  return {
    id: row.id,
    code: row.code,
    href: `/${req.lang}${base}/${row.code}`,
    title: row.title ?? req.t('requests.untitled'),
    state: countryName(row.leadState, req.lang),
    status: statusTag(req, row.status),
    clock: clockOf(req, row, side, host),
    waits: turnOf(row, side) === side,
  }
}

const KINDS: Partial<Record<RequestStatus, string>> = {
  draft: 'todo',
  agreed: 'success',
  training: 'success',
  declined: 'warning',
  withdrawn: 'warning',
}

export const statusTag = (req: Request, status: RequestStatus) => ({
  word: req.t(`requests.statuses.${status}`),
  kind: KINDS[status] ?? 'current',
})

/**
 * The clock that both sides see, said to the one who reads: whose turn it is, since when or until when. `due` is what
 * the accent is for: the reader's own turn, or a day that has passed.
 */
export function clockOf(req: Request, row: RequestRow, side: Side, host: StateDays): { text: string; due: boolean } {
  const { t } = req
  // Without the weekday: it stands within a sentence, where Russian would decline it.
  const day = (date: string) => dayInWords(speakerOf(req), date, 'date')
  const on = (at: Temporal.Instant | null) => (at ? day(centerDay(at).toString()) : '')
  const due = turnOf(row, side) === side
  const say = (key: string, data: Record<string, unknown> = {}) => ({
    text: t(`requests.clock.${side}.${key}`, data),
    due,
  })
  const guest = side === 'state' && !isLead(row) ? guestKey(row) : null
  if (guest)
    return {
      text: t(`requests.clock.joined.${guest}`, {
        state: countryName(row.leadState, req.lang),
        number: row.offer ?? 1,
      }),
      due,
    }
  if (row.status === 'submitted' && row.dueOn) {
    const left = workingDaysBetween(host, centerDay(now()), Temporal.PlainDate.from(row.dueOn))
    if (left < 0) return { ...say('acknowledgeLate', { date: day(row.dueOn), count: -left }), due: true }
    return say(left === 0 ? 'acknowledgeToday' : 'acknowledge', { date: day(row.dueOn), count: left })
  }
  if (row.status === 'acknowledged' || row.status === 'clarified')
    return say(row.lastSide === 'center' ? 'answer' : 'offer', { date: on(row.lastAt ?? row.acknowledgedAt) })
  if (row.status === 'offered') {
    const key = row.stateAgreed ? 'confirm' : row.centerAgreed ? 'agreeConfirmed' : 'agree'
    const until = row.offerAnswerBy ? ` ${t('requests.clock.until', { date: day(row.offerAnswerBy) })}` : ''
    const { text } = say(key, { number: row.offer ?? 1 })
    return { text: row.stateAgreed ? text : text + until, due }
  }
  return say(row.status, { date: on(row.changedAt), training: row.training ?? '' })
}

/** What the clock says to a State that does not lead, where it is another thing than to the lead. */
function guestKey(row: RequestRow): string | null {
  if (row.ownStatus === 'invited') return gathers(row).ok ? 'invited' : 'late'
  if (!row.ownSentAt && partsOpen(row).ok) return 'part'
  if (row.status === 'offered') return row.stateAgreed ? 'confirm' : 'offered'
  return row.status === 'draft' ? 'draft' : null
}

const PATH: RequestStatus[] = ['draft', 'submitted', 'acknowledged', 'clarified', 'offered', 'agreed', 'training']

/** The way of a request as a path of steps; one that ended on the way shows how far it came. */
export function pathOf(req: Request, { status }: RequestRow, steps: { to: RequestStatus; at: Temporal.Instant }[]) {
  const reached = new Map(steps.map(({ to, at }) => [to, at]))
  const furthest = Math.max(...PATH.map((each, index) => (reached.has(each) ? index : 0)))
  const over = status === 'declined' || status === 'withdrawn'
  return PATH.map((each, index) => {
    const at = reached.get(each)
    return {
      label: req.t(`requests.path.${each}`),
      state:
        index < furthest || (over && at) || status === 'training'
          ? 'done'
          : index === furthest && !over
            ? 'current'
            : 'todo',
      ...(at ? { note: dayInWords(speakerOf(req), centerDay(at).toString(), 'short') } : {}),
    }
  })
}

/** The thread, with on which side each message was written. */
export const threadOf = (req: Request, messages: Message[], side: Side) =>
  messages.map(({ by, body, at, ...message }) => ({
    own: message.side === side,
    who: message.side === 'center' ? req.t('requests.thread.center') : countryName(message.state, req.lang),
    by: by ?? req.t('people.erased'),
    at,
    lines: body.split(/\r?\n/).filter(Boolean),
  }))

/**
 * The States of a request with where each stands. To a State that has joined only those that take part, and no more of
 * them than that they do: who was asked and said no is between them, the lead State and the Center.
 */
export const statesIn = (req: Request, states: RequestState[], whole: boolean) =>
  (whole ? states : takingPart(states)).map(({ state, name, lead, status, note, reason, sentAt }) => ({
    state,
    name: wordsIn(name, req.lang),
    word: req.t(`requests.states.${lead ? 'lead' : whole && sentAt ? 'sent' : status}`),
    kind: status === 'joined' ? 'success' : status === 'invited' ? 'current' : 'neutral',
    ...(whole ? { note, reason, recall: status === 'invited' } : {}),
  }))
