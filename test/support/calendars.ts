import { expect } from 'chai'
import ICAL from 'ical.js'
import type { Attachment, ParsedMail } from 'mailparser'
import nodeIcal from 'node-ical'

/** One event as two independent parsers read it; they must agree on everything that is here. */
export type ReadEvent = {
  uid: string
  start: string
  tzid: string | null
  sequence: number
  status: string
  summary: string
  description: string
}

/** The method and the events of a calendar, read by ical.js and by node-ical. */
export function readCalendar(text: string): { method: string | null; events: ReadEvent[] } {
  const root = new ICAL.Component(ICAL.parse(text))
  const events = root.getAllSubcomponents('vevent').map(component => {
    const event = new ICAL.Event(component)
    return {
      uid: event.uid,
      start: event.startDate.isDate ? event.startDate.toString() : event.startDate.toJSDate().toISOString(),
      tzid: event.startDate.isDate ? null : (event.startDate.zone?.tzid ?? null),
      sequence: event.sequence,
      status: String(component.getFirstPropertyValue('status')),
      summary: event.summary,
      description: event.description,
    }
  })
  const others = Object.values(nodeIcal.sync.parseICS(text)).filter(
    each => each?.type === 'VEVENT',
  ) as nodeIcal.VEvent[]
  expect(others.length, 'both parsers find as many events').to.equal(events.length)
  for (const event of events) {
    const other = others.find(each => each.uid === event.uid)!
    expect(Number(other.sequence), event.uid).to.equal(event.sequence)
    expect(other.status, event.uid).to.equal(event.status)
    if (event.tzid) {
      expect(other.start.toISOString(), event.uid).to.equal(event.start)
      expect((other.start as Date & { tz?: string }).tz, event.uid).to.equal(event.tzid)
    }
  }
  return { method: root.getFirstPropertyValue('method') as string | null, events }
}

/** Calendar messages of a mail as mailparser finds them: the alternative first, then the attached files. */
export function calendarsIn(
  mail: ParsedMail,
): { type: string; method: string | null; events: ReadEvent[]; file: string | undefined }[] {
  return mail.attachments.filter(isCalendar).map(part => ({
    type: part.contentType,
    file: part.filename,
    ...readCalendar(part.content.toString('utf8')),
  }))
}

const isCalendar = (part: Attachment) => /^(text\/calendar|application\/ics)$/.test(part.contentType)
