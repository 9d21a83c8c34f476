import { expect } from 'chai'
import ICAL from 'ical.js'
import nodeIcal from 'node-ical'
import { type CalendarEvent, calendarText } from '../../lib/calendar.ts'
import { vtimezone } from '../../lib/vtimezone.ts'

const instant = (text: string) => Temporal.Instant.from(text)

function event(changes: Partial<CalendarEvent> = {}): CalendarEvent {
  return {
    uid: 'one@rtcm.az',
    sequence: 0,
    stampedAt: instant('2026-11-24T08:00:00Z'),
    startsAt: instant('2027-03-02T07:00:00Z'),
    endsAt: instant('2027-03-02T08:30:00Z'),
    zone: 'Asia/Baku',
    summary: 'Terms, definitions; and «термины»',
    description: 'Line one\nLine two, with a comma',
    location: 'Room 1; Baku',
    canceled: false,
    ...changes,
  }
}

/** What two independent parsers read: UID → start, end, sequence, status. */
function read(text: string) {
  const byIcalJs = Object.fromEntries(
    new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map(component => {
      const parsed = new ICAL.Event(component)
      return [
        parsed.uid,
        {
          start: parsed.startDate.toJSDate().toISOString(),
          sequence: parsed.sequence,
          status: component.getFirstPropertyValue('status'),
          tzid: parsed.startDate.zone?.tzid,
          summary: parsed.summary,
          description: parsed.description,
        },
      ]
    }),
  )
  const byNodeIcal = Object.values(nodeIcal.sync.parseICS(text)).filter(
    each => each?.type === 'VEVENT',
  ) as nodeIcal.VEvent[]
  return { byIcalJs, byNodeIcal }
}

describe('calendar text', () => {
  const table: [string, string, string][] = [
    ['Baku', 'Asia/Baku', '2027-03-02T07:00:00Z'],
    ['Tehran, half an hour off', 'Asia/Tehran', '2027-03-02T07:30:00Z'],
    ['Rome before its clocks go forward', 'Europe/Rome', '2027-03-27T09:00:00Z'],
    ['Rome after', 'Europe/Rome', '2027-03-28T09:00:00Z'],
    ['Rome before its clocks go back', 'Europe/Rome', '2026-10-24T09:00:00Z'],
    ['Rome after that', 'Europe/Rome', '2026-10-25T09:00:00Z'],
    ['Almaty in the last week of +6', 'Asia/Almaty', '2024-02-28T05:00:00Z'],
    ['Almaty in the first of +5', 'Asia/Almaty', '2024-03-01T05:00:00Z'],
  ]
  for (const [name, zone, at] of table)
    it(`${name}: two parsers read the instant that was meant`, () => {
      const text = calendarText([event({ zone, startsAt: instant(at), endsAt: instant(at).add({ minutes: 90 }) })], {
        name: 'x',
        language: 'en',
      })
      expect(text).to.contain(`DTSTART;TZID=${zone}:`)
      const { byIcalJs, byNodeIcal } = read(text)
      expect(byIcalJs['one@rtcm.az']).to.include({ start: new Date(at).toISOString(), tzid: zone })
      expect(byNodeIcal[0]!.start.toISOString()).to.equal(new Date(at).toISOString())
    })

  it('texts come back whole, lines are folded at 75 bytes, line ends are CRLF', () => {
    const text = calendarText([event({ description: 'Слово '.repeat(60) })], { name: 'Календарь', language: 'ru' })
    expect(text.split('\r\n').every(line => Buffer.byteLength(line) <= 75)).to.equal(true)
    expect(read(text).byIcalJs['one@rtcm.az']).to.include({
      summary: 'Terms, definitions; and «термины»',
      description: 'Слово '.repeat(60),
    })
  })

  it('a canceled event says so with a higher sequence; a message names its method, organizer and attendee', () => {
    const text = calendarText([event({ canceled: true, sequence: 3 })], {
      name: 'x',
      language: 'en',
      method: 'CANCEL',
      organizer: { name: 'RTCM', email: 'info@rtcm.example' },
      attendee: { name: 'Айгерим, S.', email: 'a@b.example' },
    })
    expect(text.replaceAll('\r\n ', ''))
      .to.contain('METHOD:CANCEL')
      .and.contain('STATUS:CANCELLED')
      .and.contain('ORGANIZER')
      .and.match(/mailto:a@b\.example/i)
    expect(read(text).byIcalJs['one@rtcm.az']).to.include({ sequence: 3, status: 'CANCELLED' })
  })

  it('an event over the days is all-day, transparent, and ends the day after the last', () => {
    const days = { from: Temporal.PlainDate.from('2027-03-01'), to: Temporal.PlainDate.from('2027-03-05') }
    const text = calendarText([event({ days })], { name: 'x', language: 'en' })
    expect(text)
      .to.match(/DTSTART;VALUE=DATE:20270301/)
      .and.match(/DTEND;VALUE=DATE:20270306/)
      .and.contain('TRANSP:TRANSPARENT')
    expect(text).to.not.contain('VTIMEZONE')
  })

  it('the same events give the same bytes', () => {
    const make = () =>
      calendarText([event(), event({ uid: 'two@rtcm.az', zone: 'Europe/Rome' })], { name: 'x', language: 'en' })
    expect(make()).to.equal(make())
    expect(make().match(/BEGIN:VTIMEZONE/g)).to.have.length(2)
  })

  it('a zone without changes has one observance, in force from long ago', () => {
    const text = vtimezone('Asia/Tehran', instant('2027-03-02T07:00:00Z'), instant('2027-03-02T07:00:00Z'))
    expect(text.match(/BEGIN:STANDARD/g)).to.have.length(1)
    expect(text).to.contain('TZOFFSETTO:+0330')
  })
})
