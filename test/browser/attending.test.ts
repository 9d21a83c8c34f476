import { expect } from 'chai'
import { extractText, getDocumentProxy } from 'unpdf'
import { one } from '../../lib/db.ts'
import { setClock } from '../../lib/time.ts'
import { WEEK } from '../../server/demo/week.ts'
import { LECTURE, theLectureBegins } from '../support/attendance.ts'
import { aSite, aWindow, closeBrowser, type Looks, type Site, type Window } from '../support/browser.ts'

/** A trainer takes attendance on a phone, in the room, while the first session of the day is on. */

const OVERVIEW = `/manage/trainings/${WEEK}/attendance`
/** Who enters the code on a phone of their own, and in which language they read. */
const LEARNER = { en: 'giulia@rtcm.example', ru: 'aibek@rtcm.example' }
const NAMES = { en: 'Giulia Conti', ru: 'Aibek Toktogulov' }
const LATECOMER = 'Kamran Siddiqui'
const GUEST = 'Dina Omarova'

type Language = keyof typeof NAMES

describe('a trainer takes attendance on a phone', function () {
  this.timeout(300_000)
  let site: Site
  let session: string

  beforeEach(async () => {
    site = await aSite()
    session = await theLectureBegins()
  })
  afterEach(async () => {
    setClock()
    await site.close()
  })
  after(closeBrowser)

  const ways: [string, Language, Looks][] = [
    ['in English, with axe at every step', 'en', { watched: true }],
    ['in Russian without JavaScript', 'ru', { javaScript: false, locale: 'ru-RU' }],
  ]
  for (const [name, language, looks] of ways)
    it(name, async () => {
      const before = await minutesOf(NAMES[language])
      const trainer = await aWindow(site, { ...looks, width: 360 })
      await trainer.signIn(language, 'trainer@rtcm.example')
      const code = await showsACode(trainer, language, session)
      await entersIt(site, language, looks, code)
      await marks(trainer, language, session)
      await correctsOne(trainer, session)
      await addsAGuest(trainer)
      await hasASheetToSign(trainer, session)
      expect(await minutesOf(NAMES[language]), 'the whole lecture').to.equal(before + 90)
      await theCoordinatorSees(site, language, looks)
      await trainer.close()
    })
})

/** From the page of the trainer's trainings, two steps away; returns the six digits. */
async function showsACode(trainer: Window, language: Language, session: string): Promise<string> {
  await trainer.go(`/${language}/teaching`)
  await trainer.look()
  await trainer.follow(new RegExp(`/sessions/${session}/attendance/code$`))
  await trainer.look()
  await trainer.press('/attendance/code')
  await trainer.look()
  const shown = /\b\d{3} \d{3}\b/.exec(await trainer.text())
  expect(shown, 'six digits for the room').to.not.equal(null)
  return shown![0]
}

async function entersIt(site: Site, language: Language, looks: Looks, code: string) {
  const learner = await aWindow(site, { ...looks, width: 360 })
  await learner.signIn(language, LEARNER[language])
  await learner.look()
  await learner.follow(new RegExp(`/trainings/${WEEK}/attendance$`))
  await learner.look()
  await learner.fill({ code: code === '000 000' ? '111111' : '000000' })
  await learner.press(`/trainings/${WEEK}/attendance`)
  expect(await markOf(NAMES[language]), 'a wrong code is no mark').to.equal('-')
  await learner.look()
  await learner.fill({ code })
  await learner.press(`/trainings/${WEEK}/attendance`)
  expect(learner.page.url()).to.contain('done=attendance-present')
  await learner.look()
  await learner.close()
}

/** One is missing, all others are here: one post. Who entered the code is known already. */
async function marks(trainer: Window, language: Language, session: string) {
  await trainer.follow(new RegExp(`/sessions/${session}/attendance$`))
  await trainer.look()
  expect(await markOf(NAMES[language])).to.equal('present code')
  await trainer.fill({ [`s-${await placeOf(LATECOMER)}`]: 'absent' })
  await trainer.press('/attendance', 'present')
  expect(trainer.page.url()).to.contain('done=attendance-saved')
  await trainer.look()
  expect(await markOf(LATECOMER)).to.equal('absent trainer')
  expect(await markOf(NAMES[language]), 'the button for the rest leaves marks as they are').to.equal('present code')
}

/** The missing one comes after a quarter of an hour. */
async function correctsOne(trainer: Window, session: string) {
  const { startsAt } = (await one<{ startsAt: Temporal.Instant }>(
    null,
    `select starts_at as "startsAt" from sessions where id = $1`,
    [session],
  ))!
  const at = startsAt.add({ minutes: 16 })
  setClock(() => at)
  const place = await placeOf(LATECOMER)
  await trainer.fill({ [`s-${place}`]: 'late' })
  await trainer.fill({ [`t-${place}`]: '11:15' })
  await trainer.look()
  await trainer.press('/attendance')
  expect(trainer.page.url(), await trainer.text()).to.contain('done=attendance-saved')
  expect(await markOf(LATECOMER)).to.equal('late trainer')
  await trainer.follow(new RegExp(`${OVERVIEW}/${place}$`))
  await trainer.look()
}

async function addsAGuest(trainer: Window) {
  await trainer.page.goBack()
  await trainer.follow(/\/attendance\/walk-in$/)
  await trainer.look()
  await trainer.fill({ nameLatin: GUEST, country: 'KZ' })
  await trainer.press('/walk-in')
  expect(trainer.page.url(), await trainer.text()).to.contain('done=walk-in-added')
  expect(await markOf(GUEST)).to.equal('present walk_in')
  await trainer.look()
}

async function hasASheetToSign(trainer: Window, session: string) {
  const link = await trainer.linkTo(new RegExp(`/sessions/${session}/attendance\\.pdf$`))
  const [download] = await Promise.all([trainer.page.waitForEvent('download'), link.click()])
  expect(download.suggestedFilename()).to.match(/\.pdf$/)
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(Buffer.concat(chunks))), {
    mergePages: true,
  })
  for (const name of [NAMES.en, NAMES.ru, GUEST]) expect(text).to.include(name)
}

/** The percent of each person, as the minutes make it, on the page of those who run the training. */
async function theCoordinatorSees(site: Site, language: Language, looks: Looks) {
  const coordinator = await aWindow(site, looks)
  await coordinator.signIn(language, 'coordinator@rtcm.example')
  await coordinator.go(`/${language}${OVERVIEW}`)
  await coordinator.look()
  for (const name of [NAMES[language], LATECOMER, GUEST]) {
    const row = coordinator.page.locator('tr', { has: coordinator.page.locator(`a[href$="${await placeOf(name)}"]`) })
    const percent = Math.floor(((await minutesOf(name)) * 100) / ALL_MINUTES)
    expect(await row.textContent(), name).to.match(new RegExp(`\\b${percent}\\s%`))
  }
  await coordinator.close()
}

const OF_WEEK = `from enrollments e join people p on p.id = e.person_id join trainings t on t.id = e.training_id`
const IN_WEEK = `where t.code = $1 and p.name_latin = $2`

const placeOf = async (name: string) =>
  (await one<{ id: string }>(null, `select e.id ${OF_WEEK} ${IN_WEEK}`, [WEEK, name]))!.id

/** The mark of the lecture and where it comes from, or a dash. */
async function markOf(name: string): Promise<string> {
  const row = await one<{ mark: string }>(
    null,
    `select a.status || ' ' || a.source as mark ${OF_WEEK} join attendances a on a.enrollment_id = e.id
     join sessions s on s.id = a.session_id ${IN_WEEK} and s.title ->> 'en' = $3`,
    [WEEK, name, LECTURE],
  )
  return row?.mark ?? '-'
}

const minutesOf = async (name: string) =>
  (await one<{ n: number }>(
    null,
    `select coalesce(sum(a.minutes), 0)::int as n ${OF_WEEK} join attendances a on a.enrollment_id = e.id ${IN_WEEK}`,
    [WEEK, name],
  ))!.n

// Five days of an hour and a half and twice an hour.
const ALL_MINUTES = 5 * (90 + 60 + 60)
