import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { one, sql } from '../../lib/db.ts'
import { aSite, aWindow, closeBrowser, type Looks, type Site, type Window } from '../support/browser.ts'
import type { SomeTraining } from '../support/trainings.ts'
import { aLine, type Line } from '../support/line.ts'
import { PASSWORD, type Someone } from '../support/people.ts'
import { aTestToTake, choose, inTheTest, leave, OURS, says } from '../support/taking.ts'

/** A test on a weak line: no answer that was given is lost, and the page always says where the answers are. */

const WORDS = {
  en: { ready: 'as you give them', saved: /Saved \d\d:\d\d/, kept: 'Kept on this device', wait: 'Stay on this page' },
  ru: {
    ready: 'сохраняются сразу',
    saved: /Сохранено в \d\d:\d\d/,
    kept: 'хранятся на этом',
    wait: 'Оставайтесь на этой',
  },
}

describe('the line is cut during the test', function () {
  this.timeout(120_000)
  let site: Site
  let line: Line
  let training: SomeTraining
  let person: Someone
  let taking: Awaited<ReturnType<typeof aTestToTake>>

  beforeEach(async () => {
    site = await aSite()
    line = await aLine(site.origin)
    taking = await aTestToTake({ perPage: 4 })
    ;({ training, person } = taking)
  })
  afterEach(async () => {
    await line.close()
    await site.close()
  })
  after(closeBrowser)

  const begun = (language: 'en' | 'ru', looks?: Looks) => inTheTest({ origin: line.origin }, taking, language, looks)

  for (const language of ['en', 'ru'] as const)
    it(`what is chosen meanwhile is kept, survives closing the tab, and arrives in order: ${language}`, async () => {
      const words = WORDS[language]
      const learner = await begun(language, { width: language === 'ru' ? 360 : 1280 })
      await says(learner.page, words.ready)
      await choose(learner.page, 1, 0)
      await says(learner.page, words.saved)
      expect(await stored(), 'saved within two seconds').to.have.length(1)

      line.cut()
      await choose(learner.page, 1, 1)
      await choose(learner.page, 2, 0)
      await choose(learner.page, 1, 2)
      await says(learner.page, words.kept)
      await choose(learner.page, 4, 1)
      await learner.page.locator('form[data-questions] .actions button').first().click()
      await says(learner.page, words.wait)
      expect(learner.path, 'the page stays').to.match(/\/1\/1$/)
      const given = await onPage(learner.page)
      await learner.page.close()
      expect(await stored(), 'nothing got through').to.have.length(1)

      line.mend()
      learner.page = await learner.context.newPage()
      await learner.go(`/${language}/trainings/${training.code}/attempts/1/1`)
      await says(learner.page, words.saved)
      expect(await onPage(learner.page), 'the page shows what was given').to.deep.equal(given)
      const rows = await stored()
      expect(await counting(), 'the record holds what the page shows').to.deep.equal(given)
      expect(rows.map(row => row.counter)).to.deep.equal(rows.map(row => row.counter).toSorted((a, b) => a - b))
      expect(new Set(rows.map(row => row.device)).size).to.equal(1)
      for (const row of rows) expect(row.ms, 'counted on the device since the start').to.be.within(1, 120_000)
      await ends(learner)
    })

  it('when the line returns by itself, the page sends what it kept and goes on where the learner wanted', async () => {
    const learner = await begun('en')
    line.cut()
    await choose(learner.page, 1, 1)
    await learner.page.locator('form[data-questions] .actions button').first().click()
    await says(learner.page, WORDS.en.wait)
    line.mend()
    await learner.page.waitForURL('**/attempts/1/2')
    expect(await stored()).to.have.length(1)
    await ends(learner)
  })

  it('handing in waits until the answers are there', async () => {
    const learner = await begun('en')
    await choose(learner.page, 1, 0)
    await says(learner.page, WORDS.en.saved)
    line.cut()
    await choose(learner.page, 2, 0)
    await says(learner.page, WORDS.en.kept)
    line.mend()
    await learner.go(`/en/trainings/${training.code}/attempts/1/check`)
    await learner.page.locator('form[data-handing-in] button').click()
    await learner.page.waitForURL('**/result')
    expect(await stored()).to.have.length(2)
    await says(learner.page, /^$/)
    expect(await learner.page.evaluate<string>('JSON.stringify(Object.keys(localStorage))')).to.not.contain('kept')
    await ends(learner)
  })

  it('what the line brings after the deadline counts when it was given before, and the learner is told', async () => {
    const learner = await begun('en')
    await choose(learner.page, 1, 0)
    await says(learner.page, WORDS.en.saved)
    line.cut()
    await choose(learner.page, 2, 0)
    await says(learner.page, WORDS.en.kept)
    await leave(0)
    // The page does not know the new deadline: what is chosen now is given after it.
    await learner.page.waitForTimeout(1500)
    await choose(learner.page, 3, 0)
    line.mend()
    await says(learner.page, 'came too late and do not count: 3')
    expect((await stored()).map(row => row.position)).to.deep.equal([1, 2])
    await learner.page.waitForURL('**/result')
    expect(await learner.page.locator('h1').textContent()).to.equal('The time is over')
    await learner.look()
    await learner.page.locator('form[data-handing-in] button').click()
    await learner.page.waitForFunction(`document.querySelector('.receipt')`)
    expect(await learner.page.locator('main').textContent()).to.contain('1 answer arrived late')
    await ends(learner)
  })

  it('answers kept in a closed tab arrive after the deadline through the page that says the time is over', async () => {
    const learner = await begun('en')
    line.cut()
    await choose(learner.page, 4, 0)
    await says(learner.page, WORDS.en.kept)
    await learner.page.close()
    await leave(0)
    line.mend()
    learner.page = await learner.context.newPage()
    await learner.page.goto(`/en/trainings/${training.code}/attempts/1/1`)
    expect(learner.path).to.match(/\/1\/result$/)
    await says(learner.page, 'given before: it counts')
    expect((await stored()).map(row => row.position)).to.deep.equal([4])
    await ends(learner)
  })

  it('what comes after the wait is named, on the open page and on the page of its end', async () => {
    const learner = await begun('en')
    line.cut()
    await choose(learner.page, 2, 0)
    await choose(learner.page, 3, 0)
    await says(learner.page, WORDS.en.kept)
    await leave(-960)
    line.mend()
    await says(learner.page, 'came too late and do not count: 2, 3')
    expect(await stored()).to.have.length(0)
    await learner.page.locator('[data-saving] a').click()
    await learner.page.waitForURL('**/result')

    await learner.go(`/en/trainings/${training.code}/test`)
    await learner.press('/attempts')
    await learner.page.waitForURL('**/attempts/2/1')
    line.cut()
    await choose(learner.page, 4, 0)
    await says(learner.page, WORDS.en.kept)
    await learner.page.close()
    await leave(-960)
    line.mend()
    learner.page = await learner.context.newPage()
    await learner.page.goto(`/en/trainings/${training.code}/attempts/2/1`)
    expect(learner.path).to.match(/\/2\/result$/)
    await says(learner.page, 'came too late and do not count: 4')
    await ends(learner)
  })

  it('a stale token is renewed silently; a lost sign-in session is told, and nothing is lost', async () => {
    const learner = await begun('en')
    await sql(null, `update sign_in_sessions set data = data - 'csrfToken'`)
    await choose(learner.page, 1, 0)
    await says(learner.page, WORDS.en.saved)
    await sql(null, 'delete from sign_in_sessions')
    await choose(learner.page, 2, 0)
    await says(learner.page, 'You have been signed out')
    const given = await onPage(learner.page)
    await learner.page.locator('[data-saving] a').click()
    await learner.fill({ email: person.email, password: PASSWORD })
    await learner.press('/sign-in')
    await learner.page.waitForURL('**/attempts/1/1')
    await says(learner.page, WORDS.en.saved)
    expect(await onPage(learner.page)).to.deep.equal(given)
    expect(await counting()).to.deep.equal(given)
    await ends(learner)
  })

  it('signing out takes what the device kept', async () => {
    const learner = await begun('en')
    line.cut()
    await choose(learner.page, 1, 0)
    await says(learner.page, WORDS.en.kept)
    line.mend()
    await learner.page.locator('.wordmark').click()
    await learner.page.waitForURL('**/en/')
    expect(await learner.page.evaluate<string>('JSON.stringify(Object.keys(localStorage))')).to.contain('kept')
    await learner.page.locator('form[action$="/sign-out"] button').click()
    await learner.page.waitForLoadState('load')
    expect(await learner.page.evaluate<string>('JSON.stringify(Object.keys(localStorage))')).to.equal('[]')
    await ends(learner)
  })

  it('time: said to those who do not look, hidden if wanted, and the test hands itself in', async () => {
    const learner = await begun('en')
    await choose(learner.page, 1, 0)
    await says(learner.page, WORDS.en.saved)
    await leave(64)
    await learner.page.reload()
    await learner.page.locator('[data-warning]', { hasText: '1 minute left' }).waitFor()
    expect(await learner.page.locator('[data-warning]').getAttribute('role')).to.equal('alert')
    await learner.page.locator('.time-left summary').click()
    // The browser tells of it a moment after the click; nobody leaves the page sooner.
    await learner.page.waitForFunction(`localStorage.getItem('rtcm.time-hidden') === 'yes'`)
    await leave(5)
    await learner.page.reload()
    expect(await learner.page.locator('.time-left').getAttribute('open'), 'stays hidden').to.equal(null)
    await choose(learner.page, 2, 0)
    await learner.page.waitForURL('**/result', { timeout: 15_000 })
    expect(await counting()).to.have.property('2')
    expect(await learner.page.locator('h1').textContent()).to.equal('The time is over')
    await learner.page.locator('form[data-handing-in] button').click()
    await learner.page.waitForFunction(`document.querySelector('.receipt')`)
    const row = await one<{ by: string }>(null, `select closed_by as by from attempts where id in ${OURS}`)
    expect(row!.by).to.equal('time')
    await ends(learner)
  })

  for (const looks of [{ width: 360 }, { scheme: 'dark' }] as const)
    for (const language of ['en', 'ru', 'ar-xb'] as const)
      it(`every page of the test is sound: ${language}, ${JSON.stringify(looks)}`, async () => {
        const learner = await aWindow(site, { ...looks, watched: true })
        await learner.signIn('en', person.email, PASSWORD)
        const pages = `/${language}/trainings/${training.code}`
        const look = async (path: string) => {
          await learner.page.goto(pages + path)
          await learner.look()
        }
        await look('/test')
        await learner.press('/attempts')
        await choose(learner.page, 1, 0)
        await learner.page.waitForTimeout(700)
        await learner.look()
        await look('/attempts/1/check')
        await learner.page.locator('form[data-handing-in] button').click()
        await learner.page.waitForURL('**/result')
        await learner.look()
        for (const path of ['/test', '/evaluation']) await look(path)
        await learner.close()
      })
})

/** The torn line is told on the browser's console, as it should be; anything else there is a fault. */
async function ends(learner: Window) {
  learner.problems = learner.problems.filter(each => !each.includes('net::ERR'))
  await learner.close()
}

/** What stands chosen on the page, by question. */
const onPage = (page: Page) =>
  page.evaluate<Record<string, string[]>>(`Object.fromEntries([...document.querySelectorAll('[data-question]')]
    .map(each => [each.dataset.question, [...each.querySelectorAll('input:checked')].map(input => input.value).sort()])
    .filter(([, values]) => values.length))`)

const stored = () =>
  sql<{ position: number; value: string[]; counter: number; device: string; ms: number }>(
    null,
    `select i.position, a.value, a.counter::int, a.device, a.given_ms::int as ms from answers a
     join attempt_items i on i.attempt_id = a.attempt_id and i.item_version_id = a.item_version_id
     where a.attempt_id in ${OURS} order by a.id`,
  )

/** The answers that count, by question: the newest of the one device. */
async function counting() {
  const rows = (await stored()).toSorted((one, other) => one.counter - other.counter)
  return Object.fromEntries(rows.map(row => [String(row.position), row.value.toSorted()]))
}
