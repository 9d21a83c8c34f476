import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { type CalendarEvent, calendarText } from '../../lib/calendar.ts'
import { createMailer } from '../../lib/mailer.ts'
import { announce } from '../../models/announcing.ts'
import { schedule } from '../../models/scheduling.ts'
import { runJobs, standAt } from '../support/app.ts'
import { aDatedTraining, aPlan, callOffAndAnnounce, move, sessionsOn } from '../support/agendas.ts'
import { calendarsIn, type ReadEvent, readCalendar } from '../support/calendars.ts'
import { anEnrollment } from '../support/trainings.ts'
import { aMailServer } from '../support/mail-server.ts'
import { asActor, cast } from '../support/people.ts'
import { guest } from '../support/reader.ts'

/** Calendars that left the platform, read by four parsers that know nothing of each other: all agree. */

type Known = Pick<ReadEvent, 'uid' | 'start' | 'tzid' | 'sequence' | 'status' | 'summary'>

const PYTHON = fileURLToPath(new URL('../support/python-parsers.py', import.meta.url))
// The packages are Debian's, so its own Python has them, whatever other one comes first on the path.
const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3'

function byPython(text: string): Record<'icalendar' | 'vobject', Known[]> {
  const { status, stdout, stderr, error } = spawnSync(python, [PYTHON], { input: text, encoding: 'utf8' })
  if (error || status !== 0)
    throw new Error(
      `python3 with icalendar and vobject is needed (Debian: python3-icalendar, python3-vobject): ${error ?? stderr}`,
    )
  return JSON.parse(stdout)
}

const sorted = (events: Known[]): Known[] =>
  events
    .map(({ uid, start, tzid, sequence, status, summary }) => ({
      uid,
      start: start.replace('.000Z', 'Z'),
      tzid: tzid ?? null,
      sequence,
      status,
      summary,
    }))
    .sort((a, b) => (a.uid < b.uid ? -1 : 1))

/** What all four parsers read; node-ical and ical.js are compared as they read. */
function agreed(text: string): Known[] {
  const npm = sorted(readCalendar(text).events)
  const python = byPython(text)
  expect(sorted(python.icalendar), 'python3-icalendar').to.deep.equal(npm)
  expect(sorted(python.vobject), 'python3-vobject').to.deep.equal(npm)
  return npm
}

describe('four parsers of calendars', () => {
  it('agree on the feeds and on every message that a training sends in its life', async () => {
    standAt('2027-02-01T08:00:00Z')
    const coordinator = await asActor(await cast.coordinator())
    const training = await aDatedTraining()
    const learner = await cast.learner()
    await anEnrollment(training, learner)
    const server = await aMailServer()
    const mailer = createMailer(server.url)
    const [one, two] = await sessionsOn(coordinator, training.id, [1, 2, 3])
    await announce(coordinator, training.id)
    await runJobs({ mailer })
    await move(coordinator, one!, '2027-03-28T04:30', '2027-03-28T06:00', { zone: 'Europe/Rome' })
    await announce(coordinator, training.id)
    await runJobs({ mailer })
    await callOffAndAnnounce(coordinator, two!)
    await runJobs({ mailer })
    for (const [zone, hour] of [
      ['Asia/Tehran', '09'],
      ['Asia/Almaty', '12'],
      ['Europe/Istanbul', '14'],
      ['Asia/Karachi', '16'],
    ] as const)
      await schedule(
        coordinator,
        training.id,
        aPlan({ from: `2027-03-04T${hour}:00`, to: `2027-03-04T${hour}:45`, zone }),
      )
    await announce(coordinator, training.id)
    await runJobs({ mailer })
    mailer.close()
    await server.close()

    const parts = server.caught.flatMap(({ mail }) => mail.attachments.map(part => part.content.toString('utf8')))
    expect(parts).to.have.length(server.caught.reduce((sum, { mail }) => sum + calendarsIn(mail).length, 0))
    expect(parts.length).to.be.greaterThan(8)
    const read = parts.flatMap(agreed)
    expect(new Set(read.map(({ status }) => status))).to.deep.equal(new Set(['CONFIRMED', 'CANCELLED']))
    expect(
      read.some(({ tzid }) => tzid === null),
      'the event over the days',
    ).to.equal(true)

    for (const lang of ['en', 'ru']) {
      const feed = await guest().get(`/trainings/${training.code}.ics?lang=${lang}`)
      const events = agreed(feed.html)
      expect(events).to.have.length(7)
      expect(new Set(events.map(({ tzid }) => tzid)).size).to.equal(6)
      expect(events.find(({ status }) => status === 'CANCELLED')).to.include({ sequence: 1 })
    }
  }).timeout(60_000)

  const table: [string, string][] = [
    ['Europe/Rome', '2027-03-27T09:00:00Z'],
    ['Europe/Rome', '2027-03-28T09:00:00Z'],
    ['Europe/Rome', '2026-10-24T09:00:00Z'],
    ['Europe/Rome', '2026-10-25T09:00:00Z'],
    ['Asia/Tehran', '2027-03-02T07:30:00Z'],
    ['Asia/Almaty', '2024-02-28T05:00:00Z'],
    ['Asia/Almaty', '2024-03-01T05:00:00Z'],
  ]
  for (const [zone, at] of table)
    it(`agree on ${at} in ${zone}, from the zone data that the calendar brings`, () => {
      const startsAt = Temporal.Instant.from(at)
      const event: CalendarEvent = {
        uid: 'one@rtcm.az',
        sequence: 4,
        stampedAt: Temporal.Instant.from('2026-11-24T08:00:00Z'),
        startsAt,
        endsAt: startsAt.add({ minutes: 90 }),
        zone,
        summary: 'Terms, definitions; and «термины»',
        description: 'Line one\nLine two',
        canceled: false,
      }
      const [read] = agreed(calendarText([event], { name: 'x', language: 'en' }))
      expect(read).to.include({ start: at, tzid: zone, sequence: 4, status: 'CONFIRMED' })
    }).timeout(20_000)
})
