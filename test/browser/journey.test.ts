import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import type { Locator } from 'playwright-core'
import { extractText, getDocumentProxy } from 'unpdf'
import { one, sql } from '../../lib/db.ts'
import { rightAnswer } from '../../models/items/kinds.ts'
import { aSiteForEach, aWindow, type Looks, type Site, type Window } from '../support/browser.ts'
import { fieldsOf, type Typed } from '../support/items.ts'

/** The learner's journey of the issue, from the first page to a certificate that a stranger verifies. */

const NEWCOMER = { email: 'nurlan@ministry.example', password: 'three-borders-in-spring' }
const NAMES = { latin: 'Nurlan Osmonov', cyrillic: 'Нурлан Осмонов' }
const TRAINING = 'RMC-01-2026-SELF'

describe('a learner takes the first module and leaves with a certificate anyone can verify', function () {
  this.timeout(600_000)
  const site = aSiteForEach()

  const ways: [string, string, Looks][] = [
    ['in English, with axe at every step', 'en', { watched: true }],
    ['in Russian', 'ru', { locale: 'ru-RU' }],
    ['in English without JavaScript', 'en', { javaScript: false }],
    ['in Russian without JavaScript, on a phone', 'ru', { javaScript: false, width: 360, locale: 'ru-RU' }],
    [
      'in Russian on a phone in the dark, with axe',
      'ru',
      { watched: true, width: 360, scheme: 'dark', locale: 'ru-RU' },
    ],
  ]
  for (const [name, language, looks] of ways)
    it(name, async () => {
      const learner = await aWindow(site, looks)
      await registers(learner, language)
      await confirmsTheAddress(learner, language)
      await enrolls(learner, language)
      await readsTheLessons(learner, language)
      await takesTheTest(learner)
      await evaluates(learner, language)
      await confirmsTheName(learner, language)
      await theCoordinatorIssues(site, language, looks)
      const code = await downloads(learner, language)
      await aStrangerVerifies(site, language, code, looks)
      await learner.close()
    })
})

async function registers(learner: Window, language: string) {
  await learner.go(`/${language}/`)
  await looked(learner)
  await learner.page.locator(`header a[href="/${language}/sign-in"]`).click()
  await looked(learner)
  await learner.follow(/\/register/)
  await learner.press('/register')
  const faults = await learner.page.locator('[aria-invalid=true]').count()
  expect(faults, 'an empty form says what is missing').to.be.greaterThan(2)
  await looked(learner)
  await learner.fill({
    ...NEWCOMER,
    ...{ nameLatin: NAMES.latin, nameCyrillic: NAMES.cyrillic, country: 'KG', organization: 'Migration Service' },
    ...{ agencyType: 'migration', sex: 'man', locale: language, zone: 'Asia/Bishkek', agree: 'yes' },
  })
  await looked(learner)
  await learner.press('/register')
  expect(learner.path, await learner.text()).to.equal(`/${language}/confirm`)
  await looked(learner)
}

async function confirmsTheAddress(learner: Window, language: string) {
  const mail = await written(NEWCOMER.email, 'confirm-address')
  await learner.go(`/${language}/outbox`)
  await looked(learner)
  await learner.follow(new RegExp(`/outbox/${mail}$`))
  await looked(learner)
  await learner.follow(new RegExp(`^/${language}/confirm/[\\w-]{32}$`))
  await looked(learner)
  await learner.press(learner.path)
  expect(learner.path, await learner.text()).to.equal(`/${language}/sign-in`)
  await learner.fill(NEWCOMER)
  await learner.press('/sign-in')
  expect(learner.path, await learner.text()).to.equal(`/${language}/home`)
  await looked(learner)
}

async function enrolls(learner: Window, language: string) {
  await learner.follow(/\/courses$/)
  await looked(learner)
  await learner.go(`/${language}/courses?q=${language === 'ru' ? encodeURIComponent('мобильности') : 'mobility'}`)
  await learner.follow(/\/courses\/RMC-01$/)
  await looked(learner)
  await learner.follow(new RegExp(`/trainings/${TRAINING}$`))
  await looked(learner)
  await learner.press(`/trainings/${TRAINING}/enrollment`)
  expect(learner.page.url()).to.contain('done=enrollment-enrolled')
  await looked(learner)
}

async function readsTheLessons(learner: Window, language: string) {
  const lessons = await mandatoryLessons()
  for (const [index, code] of lessons.entries()) {
    // Resumed later in two clicks: home, then the button.
    if (index) await learner.go(`/${language}/home`)
    if (index) await looked(learner)
    await learner.follow(new RegExp(`/lessons/${code}$`, 'i'))
    await looked(learner)
    await learner.press('/progress')
  }
  expect(await progressOf()).to.equal(lessons.length)
}

async function takesTheTest(learner: Window) {
  const language = learner.path.split('/')[1]!
  await learner.go(`/${language}/trainings/${TRAINING}/test`)
  await looked(learner)
  await learner.press('/attempts')
  await looked(learner)
  for (let pages = 0; /\/attempts\/1\/\d+$/.test(learner.path); pages++) {
    expect(pages, 'the test ends').to.be.lessThan(20)
    await answersThePage(learner)
    await goesOn(learner)
  }
  expect(learner.path).to.match(/\/check$/)
  await looked(learner)
  await learner.press('/handing-in')
  expect(learner.path).to.match(/\/result$/)
  await looked(learner)
  const row = await one<{ percent: string; answers: number }>(
    null,
    `select a.percent, (select count(distinct item_version_id)::int from answers where attempt_id = a.id) as answers
     from attempts a join enrollments e on e.id = a.enrollment_id join accounts c on c.person_id = e.person_id
     where c.email = $1`,
    [NEWCOMER.email],
  )
  expect(Number(row!.percent)).to.equal(100)
  expect(row!.answers).to.equal(await questionsDrawn())
}

async function goesOn(learner: Window) {
  const before = learner.page.url()
  const button = learner.page.locator('form[data-questions] .actions button').first()
  await button.click()
  await learner.page.waitForURL(url => url.toString() !== before)
  await learner.page.waitForLoadState('load')
}

/** Fills in the right answer to each question on the page, as the bank has it. */
async function answersThePage(learner: Window) {
  for (const { position, ...item } of await questions()) {
    const section = learner.page.locator(`#question-${position}`)
    if (!(await section.count())) continue
    for (const [name, values] of Object.entries(fieldsOf(position, item, rightAnswer(item))))
      for (const value of values) await fillsIn(section.locator(`[name="${name}"]`), value)
  }
}

async function fillsIn(fields: Locator, value: string) {
  const tag = await fields.first().evaluate(field => `${field.nodeName} ${(field as never as { type: string }).type}`)
  if (tag.startsWith('SELECT')) await fields.selectOption(value)
  else if (/radio|checkbox/.test(tag)) await fields.and(fields.page().locator(`[value="${value}"]`)).check()
  else await fields.fill(value)
}

async function evaluates(learner: Window, language: string) {
  await learner.go(`/${language}/trainings/${TRAINING}/evaluation`)
  await looked(learner)
  const names = new Set<string>()
  const radios = learner.page.locator('form.evaluation input[type=radio]')
  for (let i = 0; i < (await radios.count()); i++) names.add((await radios.nth(i).getAttribute('name'))!)
  for (const name of names) await learner.page.locator(`form.evaluation input[name="${name}"]`).nth(3).check()
  await learner.press('/evaluation')
  await looked(learner)
}

async function confirmsTheName(learner: Window, language: string) {
  await learner.go(`/${language}/home`)
  await looked(learner)
  await learner.follow(/\/enrollments\/\d+\/names$/)
  await looked(learner)
  await learner.press('/names', 'confirm')
  const row = await one<{ names: object }>(
    null,
    `select e.names_confirmed as names from enrollments e join accounts c on c.person_id = e.person_id where c.email = $1`,
    [NEWCOMER.email],
  )
  expect(row!.names).to.deep.include(NAMES)
  await looked(learner)
}

async function theCoordinatorIssues(site: Site, language: string, looks: Looks) {
  const coordinator = await aWindow(site, looks)
  await coordinator.signIn(language, 'coordinator@rtcm.example')
  await looked(coordinator)
  await coordinator.follow(/\/manage\/certificates/)
  await looked(coordinator)
  expect(await coordinator.text()).to.contain(NAMES.latin)
  await coordinator.page.locator('main tbody tr', { hasText: NAMES.latin }).locator('input[name=enrollment]').check()
  await coordinator.press('/manage/certificates')
  expect(coordinator.page.url()).to.contain('issued=1')
  await looked(coordinator)
  await coordinator.close()
}

async function downloads(learner: Window, language: string): Promise<string> {
  const mail = await written(NEWCOMER.email, 'certificate-issued')
  await learner.go(`/${language}/outbox/${mail}`)
  await looked(learner)
  await learner.go(`/${language}/certificates`)
  await looked(learner)
  const link = await learner.linkTo(/\.pdf$/)
  const [download] = await Promise.all([learner.page.waitForEvent('download'), link.click()])
  const pdf = await getDocumentProxy(new Uint8Array(await readFile(await download.path())))
  const { text } = await extractText(pdf, { mergePages: true })
  expect(text).to.contain(NAMES.latin).and.to.contain(NAMES.cyrillic)
  const code = /RTCM(-\w{4}){5}/.exec(await learner.text())![0]
  expect(text).to.contain(code)
  return code
}

async function aStrangerVerifies(site: Site, language: string, code: string, looks: Looks) {
  const stranger = await aWindow(site, looks)
  await stranger.go(`/${language}/`)
  await stranger.fill({ code: code.toLowerCase().replaceAll('-', ' ') })
  await stranger.press('/verify')
  expect(stranger.path).to.equal(`/verify/${code}`)
  expect(await stranger.text()).to.contain(NAMES.latin)
  await looked(stranger)
  await stranger.close()
}

const looked = (window: Window) => window.look()

/** The id of the mail once the worker has written it. */
async function written(address: string, kind: string): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const mail = await one<{ id: string }>(
      null,
      'select id from mails where address = $1 and kind = $2 and body_text is not null order by id desc limit 1',
      [address, kind],
    )
    if (mail) return mail.id
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error(`No mail ${kind} to ${address} was written`)
}

const questions = () =>
  sql<Typed & { position: number }>(
    null,
    `select i.position, v.type, v.content
     from attempts a join enrollments e on e.id = a.enrollment_id join accounts c on c.person_id = e.person_id
     join attempt_items i on i.attempt_id = a.id join item_versions v on v.id = i.item_version_id
     where c.email = $1 and a.handed_in_at is null order by i.position`,
    [NEWCOMER.email],
  )

/** Codes of the lessons that the training asks for, in their order. */
async function mandatoryLessons() {
  const rows = await sql<{ code: string }>(
    null,
    `select l.code from trainings t join course_parts p on p.course_version_id = t.course_version_id and p.mandatory
     join lesson_versions v on v.id = p.lesson_version_id join lessons l on l.id = v.lesson_id
     where t.code = $1 order by p.position`,
    [TRAINING],
  )
  return rows.map(({ code }) => code)
}

/** How many questions the test draws. */
async function questionsDrawn() {
  const row = await one<{ n: number }>(
    null,
    `select sum(b.value::int)::int as n from trainings t
     join course_parts p on p.course_version_id = t.course_version_id
     join assessments a on a.id = p.assessment_id, jsonb_each_text(a.blueprint) b where t.code = $1`,
    [TRAINING],
  )
  return row!.n
}

async function progressOf() {
  const row = await one<{ n: number }>(
    null,
    `select count(*)::int as n from progress p join enrollments e on e.id = p.enrollment_id
     join accounts c on c.person_id = e.person_id where c.email = $1`,
    [NEWCOMER.email],
  )
  return row!.n
}
