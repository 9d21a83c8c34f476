import { expect } from 'chai'
import { one, sql } from '../../lib/db.ts'
import { aSiteForEach, aWindow, type Looks, type Site, type Window, worked } from '../support/browser.ts'
import { readCalendar, type ReadEvent } from '../support/calendars.ts'

/** A training as its coordinator runs it, and what a learner sees of it on a phone, in the mailbox and in the calendar. */

const SOURCE = 'RMC-01-2026-BAKU'
const COPY = 'RMC-01-2027-BAKU'
const LEARNERS: Record<string, string> = { en: 'elif@rtcm.example', ru: 'aibek@rtcm.example' }

const REASON: Record<string, string> = { en: 'The hall is closed that evening.', ru: 'В этот вечер зал закрыт.' }

type Seen = { instants: string[]; canceled: string[] }

describe('a coordinator copies a training of five days, and nobody who comes is misled', function () {
  this.timeout(300_000)
  const site = aSiteForEach()

  const ways: [string, string, Looks][] = [
    ['in English, with axe at every step', 'en', { watched: true }],
    ['in Russian without JavaScript', 'ru', { javaScript: false, locale: 'ru-RU' }],
  ]
  for (const [name, language, looks] of ways)
    it(name, async () => {
      const coordinator = await aWindow(site, looks)
      await coordinator.signIn(language, 'coordinator@rtcm.example')
      const monday = await copies(coordinator, language)
      await publishes(coordinator, language)
      const learner = await aWindow(site, { ...looks, width: 360 })
      await learner.signIn(language, LEARNERS[language]!)
      await enrolls(learner, language)
      const feed = await subscribes(learner, language)

      const first = await agree(site, learner, language, feed)
      expect(first.instants, 'twenty sessions').to.have.length(20)
      await mailed(language, 'enrollment-confirmed', [
        dayIn(language, monday),
        dayIn(language, monday.add({ days: 4 })),
      ])

      // Thursday goes to Saturday, and people are told once.
      await movesADay(coordinator, language, monday.add({ days: 3 }), monday.add({ days: 5 }))
      const silent = await agree(site, learner, language, feed)
      expect(silent.instants, 'nobody is told before the announcement').to.deep.equal(first.instants)
      await announces(coordinator, language)
      const moved = await agree(site, learner, language, feed)
      const shifted = first.instants.filter(each => !moved.instants.includes(each))
      expect(shifted, 'four sessions moved').to.have.length(4)
      for (const each of shifted)
        expect(moved.instants).to.include(String(Temporal.Instant.from(each).add({ hours: 48 })))
      await mailed(language, 'agenda-changed', [dayIn(language, monday.add({ days: 5 }))])

      await callsOff(coordinator, language)
      const last = await agree(site, learner, language, feed)
      expect(last.canceled, 'one session is off').to.have.length(1)
      expect(last.instants).to.have.length(19)
      await mailed(language, 'agenda-changed', [REASON[language]!])
      await coordinator.close()
      await learner.close()
    })
})

/** Monday ten weeks ahead. */
function startingDay() {
  const day = Temporal.Now.plainDateISO('Asia/Baku').add({ weeks: 10 })
  return day.subtract({ days: day.dayOfWeek - 1 })
}

async function copies(coordinator: Window, language: string) {
  const monday = startingDay()
  await coordinator.go(`/${language}/manage/trainings/${SOURCE}`)
  await coordinator.look()
  await coordinator.follow(new RegExp(`/manage/trainings/${SOURCE}/copy$`))
  await coordinator.look()
  await coordinator.fill({ code: COPY, startsOn: String(monday), format: 'blended' })
  await coordinator.press('/copy')
  await coordinator.look()
  await coordinator.press('/copy')
  expect(coordinator.path, await coordinator.text()).to.equal(`/${language}/manage/trainings/${COPY}`)
  await coordinator.look()
  return monday
}

async function publishes(coordinator: Window, language: string) {
  await coordinator.go(`/${language}/manage/trainings/${COPY}`)
  await coordinator.follow(new RegExp(`/manage/trainings/${COPY}/publication$`))
  await coordinator.look()
  await coordinator.press('/publication')
  await announces(coordinator, language)
}

async function announces(coordinator: Window, language: string) {
  await coordinator.go(`/${language}/manage/trainings/${COPY}/agenda`)
  await coordinator.look()
  const next = coordinator.page.locator('main a[href$="/announcement"]')
  if (!(await next.count())) return
  await coordinator.follow(/\/announcement$/)
  await coordinator.look()
  await coordinator.press('/announcement')
  expect(coordinator.page.url()).to.contain('done=agenda-announced')
}

async function movesADay(coordinator: Window, language: string, from: Temporal.PlainDate, to: Temporal.PlainDate) {
  await coordinator.go(`/${language}/manage/trainings/${COPY}/agenda`)
  await coordinator.follow(new RegExp(`/agenda/days/${from}/move$`))
  await coordinator.look()
  await coordinator.fill({ to: String(to) })
  await coordinator.press('/move')
  expect(coordinator.page.url()).to.contain('done=day-moved')
}

async function callsOff(coordinator: Window, language: string) {
  await coordinator.go(`/${language}/manage/trainings/${COPY}/agenda`)
  await coordinator.page.locator('main a[href$="/cancellation"]').last().click()
  await coordinator.page.waitForLoadState('load')
  await coordinator.look()
  await coordinator.fill({ reasonEn: REASON.en!, reasonRu: REASON.ru! })
  await coordinator.press('/cancellation')
  expect(coordinator.page.url()).to.contain('done=session-called-off')
}

async function enrolls(learner: Window, language: string) {
  await learner.go(`/${language}/trainings/${COPY}`)
  await learner.look()
  await learner.press(`/trainings/${COPY}/enrollment`)
  expect(learner.page.url(), await learner.text()).to.contain('done=enrollment-enrolled')
  await learner.look()
}

/** The secret address of the learner's own calendar. */
async function subscribes(learner: Window, language: string): Promise<string> {
  await learner.go(`/${language}/me/calendar`)
  await learner.look()
  await learner.press('/me/calendar')
  const shown = /https?:\/\/[^\s"]+\/calendar\/[\w-]+\.ics/.exec(await learner.page.content())
  expect(shown, 'the address is shown').to.not.equal(null)
  return new URL(shown![0]).pathname
}

/** The agenda on the phone and the feed say the same of every session; returns what they say. */
async function agree(site: Site, learner: Window, language: string, feed: string): Promise<Seen> {
  await worked()
  await learner.go(`/${language}/trainings/${COPY}/agenda`)
  await learner.look()
  const on = await timesOn(learner, 'tr.agenda-session:not(.agenda-canceled)')
  const off = await timesOn(learner, 'tr.agenda-session.agenda-canceled')
  const answer = await fetch(`${site.origin}${feed}`)
  const events = readCalendar(await answer.text()).events.filter(each => each.tzid)
  const mine = await uidsOfCopy()
  const told = events.filter(each => mine.has(each.uid))
  const startsOf = (wanted: (event: ReadEvent) => boolean) =>
    told
      .filter(wanted)
      .map(each => String(Temporal.Instant.from(each.start)))
      .sort()
  expect(
    startsOf(each => each.status !== 'CANCELLED'),
    'page and feed',
  ).to.deep.equal(on)
  expect(
    startsOf(each => each.status === 'CANCELLED'),
    'page and feed, called off',
  ).to.deep.equal(off)
  return { instants: on, canceled: off }
}

async function timesOn(window: Window, rows: string): Promise<string[]> {
  const times = window.page.locator(`${rows} time`)
  const found: string[] = []
  for (let i = 0; i < (await times.count()); i++)
    found.push(String(Temporal.Instant.from((await times.nth(i).getAttribute('datetime'))!)))
  return found.sort()
}

const uidsOfCopy = async () =>
  new Set(
    (
      await sql<{ uid: string }>(
        null,
        `select uid from sessions s join trainings t on t.id = s.training_id where t.code = $1 and kind = 'session'`,
        [COPY],
      )
    ).map(each => each.uid),
  )

/** The last mail of a kind to the learner is in the learner's language and says all of this. */
async function mailed(language: string, kind: string, words: string[]) {
  await worked()
  const mail = await one<{ text: string; locale: string }>(
    null,
    `select body_text as text, locale from mails where address = $1 and kind = $2 order by id desc limit 1`,
    [LEARNERS[language], kind],
  )
  expect(mail, `a mail ${kind}`).to.not.equal(undefined)
  expect(mail!.locale).to.equal(language)
  for (const each of words) expect(mail!.text).to.include(each)
}

const dayIn = (language: string, day: Temporal.PlainDate) =>
  day.toLocaleString(language === 'ru' ? 'ru' : 'en-GB', { day: 'numeric', month: 'long' })
