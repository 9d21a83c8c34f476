import type { CalendarEvent } from '../../lib/calendar.ts'
import type { Words } from '../../models/course.ts'
import type { Booked, Told } from '../../models/session.ts'
import type { TrainingStatus } from '../../models/training.ts'
import { factsOf } from './changes.ts'
import type { Speaker } from './moments.ts'
import { type Span, spanIn } from './spans.ts'
import { wordsIn } from './words.ts'

/** With what a calendar is written: one language, and the address of the platform. */
export type CalendarPen = Speaker & { baseUrl: string }

type Entry = {
  uid: string
  told: Told
  publishedAt: Temporal.Instant
  training: { code: string; title: Words; status: TrainingStatus }
}

const OFF: TrainingStatus[] = ['canceled', 'postponed']

/**
 * A session as people were told of it, as an event: host time in words in its text, so that a calendar that gets zones
 * wrong is found out. `forPublic` leaves out how to get into the meeting.
 */
export function eventOf(entry: Entry, pen: CalendarPen, { forPublic = false } = {}): CalendarEvent {
  const { told, training } = entry
  const { t, lang } = pen
  const off = OFF.includes(training.status)
  return {
    uid: entry.uid,
    sequence: told.sequence,
    stampedAt: entry.publishedAt,
    ...instantsOf(told),
    summary: wordsIn(told.title, lang),
    description: [
      ...(told.canceled ? [t('calendar.canceled', { reason: wordsIn(told.canceled, lang) })] : []),
      ...(off ? [t(training.status === 'canceled' ? 'calendar.trainingCanceled' : 'calendar.trainingPostponed')] : []),
      t('calendar.wholeSummary', { title: wordsIn(training.title, lang), code: training.code }),
      t('calendar.hostTime', { time: spanIn(pen, told, told.zone) }),
      ...detailsOf(told, pen, forPublic),
      t('calendar.agendaAt', { address: agendaAddress(training.code, pen) }),
    ].join('\n'),
    location: placeOf(told, lang, forPublic),
    url: agendaAddress(training.code, pen),
    canceled: Boolean(told.canceled) || off,
  }
}

/** Outcomes, people, rooms and languages of a session, a line each. */
export function detailsOf(told: Told, say: Speaker, forPublic = false): string[] {
  const { t, lang } = say
  return [
    ...(told.outcomes ? [t('calendar.outcomes', { outcomes: wordsIn(told.outcomes, lang) })] : []),
    ...factsOf(say, told, !forPublic).map(({ label, text }) => t('agendas.change.fact', { label, text })),
    ...(forPublic && told.bookings.some(({ role }) => role === 'link') ? [t('calendar.linkLater')] : []),
  ]
}

/** All sessions of a training as one event over its days: free time, with the agenda as its text. */
export function wholeEvent(
  whole: {
    uid: string
    sequence: number
    stampedAt: Temporal.Instant
    training: {
      code: string
      title: Words
      zone: string
      startsOn: string | null
      endsOn: string | null
      place: Words | null
    }
    agenda: { told: Told }[]
    canceled: boolean
  },
  pen: CalendarPen,
): CalendarEvent {
  const { t, lang } = pen
  const { training, agenda } = whole
  const days = daysOf(training, agenda)
  const lines = agenda.map(({ told }) => `${spanIn(pen, told, told.zone)}: ${wordsIn(told.title, lang)}`)
  const shown = fitting(lines, 6000)
  return {
    uid: whole.uid,
    sequence: whole.sequence,
    stampedAt: whole.stampedAt,
    startsAt: whole.stampedAt,
    endsAt: whole.stampedAt,
    zone: training.zone,
    days,
    summary: t('calendar.wholeSummary', { title: wordsIn(training.title, lang), code: training.code }),
    description: [
      t('calendar.wholeLead', { address: `${pen.baseUrl}/${lang}/me/calendar` }),
      ...shown,
      ...(shown.length < lines.length ? [t('calendar.more', { count: lines.length - shown.length })] : []),
      t('calendar.agendaAt', { address: agendaAddress(training.code, pen) }),
    ].join('\n'),
    location: training.place ? wordsIn(training.place, lang) : undefined,
    url: agendaAddress(training.code, pen),
    canceled: whole.canceled,
  }
}

export const agendaAddress = (code: string, { baseUrl, lang }: CalendarPen): string =>
  `${baseUrl}/${lang}/trainings/${code}/agenda`

const instantsOf = ({ startsAt, endsAt, zone }: Span) => ({
  startsAt: Temporal.Instant.from(startsAt),
  endsAt: Temporal.Instant.from(endsAt),
  zone,
})

// The days of the sessions themselves: what people were told, even where the training's own dates lag behind.
function daysOf(training: { startsOn: string | null; endsOn: string | null }, agenda: { told: Told }[]) {
  const first = agenda.map(({ told }) => told.wallStart.slice(0, 10)).sort()[0] ?? training.startsOn
  const last =
    agenda
      .map(({ told }) => told.wallEnd.slice(0, 10))
      .sort()
      .at(-1) ??
    training.endsOn ??
    first
  return { from: Temporal.PlainDate.from(first!), to: Temporal.PlainDate.from(last!) }
}

function placeOf(told: Told, lang: string, forPublic: boolean): string | undefined {
  const places = told.bookings.filter(({ role }) => role === 'room' || (role === 'link' && !forPublic))
  return places.length ? places.map(booked => bookedInWords(booked, lang)).join('; ') : undefined
}

function bookedInWords({ name, address }: Booked, lang: string): string {
  return address ? `${wordsIn(name, lang)}, ${address}` : wordsIn(name, lang)
}

function fitting(lines: string[], most: number): string[] {
  let size = 0
  return lines.filter(line => {
    size += line.length
    return size <= most
  })
}
