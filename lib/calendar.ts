import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator'
import { vtimezone } from './vtimezone.ts'

/** One event of a calendar: in an agreed zone, or over whole days (`days`, both inclusive). */
export type CalendarEvent = {
  uid: string
  sequence: number
  /** When this state of the event was made: DTSTAMP. */
  stampedAt: Temporal.Instant
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  zone: string
  days?: { from: Temporal.PlainDate; to: Temporal.PlainDate }
  summary: string
  description: string
  location?: string | undefined
  url?: string | undefined
  canceled: boolean
}

export type Party = { name: string; email: string }

export type CalendarOptions = {
  name: string
  language: string
  /** With a method the text is an iMIP message (RFC 6047) from the organizer to one attendee; without, a feed. */
  method?: 'REQUEST' | 'CANCEL' | undefined
  organizer?: Party
  attendee?: Party
}

/**
 * iCalendar text (RFC 5545): every event with its own UID, rising SEQUENCE, STATUS, wall time with TZID, and the
 * VTIMEZONE of each zone used. The same input gives the same bytes.
 */
export function calendarText(events: CalendarEvent[], options: CalendarOptions): string {
  const calendar = ical({
    name: options.method ? null : options.name,
    prodId: { company: 'RTCM', product: 'Learning platform', language: options.language.toUpperCase() },
    timezone: { name: null, generator: zone => zoneText(zone, events) },
    ...(options.method ? { method: ICalCalendarMethod[options.method] } : { ttl: 3600 }),
  })
  for (const event of events) calendar.createEvent(dataOf(event, options))
  // An event, not the whole calendar, has a zone: only X-WR-TIMEZONE would tell otherwise.
  return calendar.toString()
}

function dataOf(event: CalendarEvent, { organizer, attendee, method }: CalendarOptions): ICalEventData {
  const whole = event.days
  return {
    id: event.uid,
    sequence: event.sequence,
    stamp: event.stampedAt.toZonedDateTimeISO('UTC'),
    ...(whole
      ? {
          start: whole.from as never,
          end: whole.to.add({ days: 1 }) as never,
          allDay: true,
          transparency: ICalEventTransparency.TRANSPARENT,
        }
      : {
          start: event.startsAt.toZonedDateTimeISO(event.zone),
          end: event.endsAt.toZonedDateTimeISO(event.zone),
          timezone: event.zone,
        }),
    summary: event.summary,
    description: event.description,
    location: event.location ?? null,
    url: event.url ?? null,
    status: event.canceled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(organizer && method ? { organizer } : {}),
    ...(attendee && method
      ? { attendees: [{ ...attendee, rsvp: false, status: ICalAttendeeStatus.ACCEPTED, role: ICalAttendeeRole.REQ }] }
      : {}),
  }
}

function zoneText(zone: string, events: CalendarEvent[]): string | null {
  if (zone === 'UTC') return null
  const own = events.filter(event => event.zone === zone && !event.days).map(event => event.startsAt.epochMilliseconds)
  if (!own.length) return null
  const at = (milliseconds: number) => Temporal.Instant.fromEpochMilliseconds(milliseconds)
  return vtimezone(zone, at(Math.min(...own)), at(Math.max(...own)))
}
