import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { one, sql } from '../../lib/db.ts'
import { aSite, aWindow, closeBrowser, type Looks, type Site } from '../support/browser.ts'
import type { SomeTraining } from '../support/trainings.ts'
import { aTestToTake, atTheDoor, choose, inTheTest, leave, OURS, says } from '../support/taking.ts'

/** Taking a test in a real browser: by keyboard, on a phone, without JavaScript, in two tabs, with a wrong clock. */

const WORDS = {
  en: { saved: /Saved \d\d:\d\d/, start: 'Start the test', passed: 'Your result' },
  ru: { saved: /Сохранено в \d\d:\d\d/, start: 'Начать тест', passed: 'Ваш результат' },
}
const PHONE = { width: 360 }

describe('taking a test in a browser', function () {
  this.timeout(180_000)
  let site: Site
  let training: SomeTraining
  let taking: Awaited<ReturnType<typeof aTestToTake>>

  beforeEach(async () => {
    site = await aSite()
    taking = await aTestToTake({ drawn: 2, perPage: 2, measured: 1 })
    training = taking.training
  })
  afterEach(() => site.close())
  after(closeBrowser)

  const door = (language: string, looks?: Looks) => atTheDoor(site, taking, language, looks)
  const begun = (language: string, looks?: Looks) => inTheTest(site, taking, language, looks)

  for (const language of ['en', 'ru'] as const) {
    it(`with the keyboard alone on a phone, from the front page to the receipt, nothing for axe to find: ${language}`, async () => {
      const learner = await door(language, { ...PHONE, watched: true })
      const { page } = learner
      await learner.look()
      await learner.tabTo('form[action$="/attempts"] button')
      expect(await page.locator(':focus').textContent()).to.contain(WORDS[language].start)
      await page.keyboard.press('Enter')
      await page.waitForURL('**/attempts/1/1')
      expect(await page.getByRole('status').first().textContent()).to.not.equal('')
      expect(await page.getByRole('heading', { level: 1 }).count()).to.equal(1)
      for (const pages of [1, 2]) {
        await learner.look()
        for (const position of [pages * 2 - 1, pages * 2]) {
          await learner.tabTo(`#question-${position} input`)
          await page.keyboard.press('Space')
          await says(page, WORDS[language].saved)
        }
        const before = page.url()
        await learner.tabTo('.actions button:first-of-type')
        await page.keyboard.press('Enter')
        await page.waitForURL(url => url.href !== before)
        await page.waitForLoadState('load')
      }
      expect(learner.path).to.match(/\/check$/)
      await learner.look()
      await learner.tabTo('form[data-handing-in] button')
      await page.keyboard.press('Enter')
      await page.waitForURL('**/result')
      await page.locator('.receipt').waitFor()
      expect(await learner.text('h1')).to.contain(WORDS[language].passed)
      await learner.look()
      await learner.follow(/\/saves$/)
      await learner.look()
      await learner.close()
    })

    it(`without JavaScript on a phone: saved at each page turn, handed in, the receipt shown: ${language}`, async () => {
      const learner = await begun(language, { ...PHONE, javaScript: false })
      for (const pages of [1, 2]) {
        for (const position of [pages * 2 - 1, pages * 2])
          await learner.page.locator(`#question-${position} input`).first().check()
        await learner.page.locator('.actions button').first().click()
        await learner.page.waitForLoadState('load')
        expect((await saves()).length, 'saved with the page').to.equal(pages * 2)
      }
      expect(learner.path).to.match(/\/check$/)
      expect(await learner.text('[data-saving]')).to.match(WORDS[language].saved)
      await learner.page.locator('form[data-handing-in] button').click()
      await learner.page.waitForURL('**/result')
      expect(await learner.text('.receipt')).to.match(/^([0-9A-F]{4}-){5}[0-9A-F]{4}$/)
      await learner.close()
    })

    it(`the time is told at ten, five and one minute to those who do not look: ${language}`, async () => {
      const learner = await begun(language)
      const heard: string[] = []
      for (const minutes of [10, 5, 1]) {
        await leave(minutes * 60 + 3)
        await learner.page.reload()
        const warning = learner.page.getByRole('alert')
        await warning.filter({ hasText: new RegExp(`${minutes} (min|мин)`) }).waitFor()
        heard.push((await warning.textContent())!)
      }
      expect(new Set(heard).size).to.equal(3)
      await learner.close()
    })
  }

  it('two tabs of one device show the same, keep one count, and lose nothing', async () => {
    const learner = await begun('en')
    const other = await learner.context.newPage()
    await other.goto(learner.page.url())
    await choose(learner.page, 1, 0)
    await says(learner.page, WORDS.en.saved)
    await choose(other, 1, 1)
    await says(other, WORDS.en.saved)
    await learner.page.waitForFunction(`document.querySelectorAll('#question-1 input')[1].checked`)
    await choose(learner.page, 2, 0)
    await says(learner.page, WORDS.en.saved)
    await settled(3)
    const rows = await saves()
    expect(new Set(rows.map(row => row.device)).size).to.equal(1)
    expect(rows.map(row => row.counter)).to.deep.equal([1, 2, 3])
    await other.reload()
    expect(await chosen(other)).to.deep.equal(await chosen(learner.page))
    await learner.close()
  })

  it('the back button after handing in leads to the result, and what is sent from an old tab is told as too late', async () => {
    const learner = await begun('en')
    const old = await learner.context.newPage()
    await old.goto(learner.page.url())
    await learner.go(learner.path.replace(/1$/, 'check'))
    await learner.page.locator('form[data-handing-in] button').click()
    await learner.page.waitForURL('**/result')
    const result = await learner.text('h1')
    for (let steps = 0; steps < 2; steps++) {
      await learner.page.goBack()
      await learner.page.waitForURL('**/result')
    }
    expect(await learner.text('h1')).to.equal(result)
    await choose(old, 1, 0)
    await says(old, 'came too late and do not count: 1')
    expect(await saves()).to.have.length(0)
    await learner.close()
  })

  it('a device whose clock is wrong shows the time left and the time of saving of the platform', async () => {
    const learner = await door('en')
    await learner.page.addInitScript(`{
      const real = Date.now
      Date.now = () => real() + 5 * 3_600_000
    }`)
    await learner.press('/attempts')
    await learner.page.waitForURL('**/attempts/1/1')
    expect(await learner.text('[data-clock]')).to.match(/(29|30) min/)
    await choose(learner.page, 1, 0)
    await says(learner.page, WORDS.en.saved)
    const row = await one<{ ms: number; at: Temporal.Instant }>(
      null,
      `select n.given_ms::int as ms, n.received_at as at from answers n where n.attempt_id in ${OURS}`,
    )
    expect(row!.ms, 'counted since the stamp, not read from a clock').to.be.within(0, 60_000)
    const { minute } = row!.at.toZonedDateTimeISO('Asia/Bishkek')
    expect(await learner.text('[data-saving]')).to.contain(`:${String(minute).padStart(2, '0')}`)
    await learner.close()
  })

  it('time that was given back is said on the open page, and its clock follows', async () => {
    const learner = await begun('en')
    await leave(300)
    await learner.page.reload()
    expect(await learner.text('[data-clock]')).to.match(/ [45] min/)
    await sql(
      null,
      `update attempts set given_back = 600, deadline_at = deadline_at + make_interval(secs => 600),
         late_until = late_until + make_interval(secs => 600) where id in ${OURS}`,
    )
    await choose(learner.page, 1, 0)
    const told = learner.page.locator('[data-given-back]')
    await told.filter({ hasText: 'away for about 10 minutes' }).waitFor()
    expect(await told.getAttribute('role')).to.equal('status')
    await learner.page
      .locator('[data-clock]')
      .filter({ hasText: / 1[45] min/ })
      .waitFor()
    await learner.close()
  })

  for (const language of ['en', 'ru', 'ar-xb'] as const)
    it(`nothing for axe to find while late answers are waited for, and where rules are set: ${language}`, async () => {
      const learner = await begun(language, { ...PHONE, watched: true })
      await leave(-60)
      await learner.page.goto(`/${language}/trainings/${training.code}/attempts/1`)
      await learner.look()
      for (const page of ['test', 'pre-test']) {
        await learner.go(`/${language}/trainings/${training.code}/${page}`)
        await learner.look()
      }
      await learner.close()
      const coordinator = await aWindow(site, { ...PHONE, watched: true })
      await coordinator.signIn('en', 'coordinator@rtcm.example')
      await coordinator.go(`/${language}/manage/trainings/${training.code}/test`)
      await coordinator.look()
      await coordinator.follow(/\/test\/\d+$/)
      await coordinator.fill({ extraMinutes: '5' })
      await coordinator.page.locator('main form button').last().click()
      await coordinator.page.locator('#reason-error').waitFor()
      await coordinator.look()
      await coordinator.fill({ reason: 'Reads with a magnifier' })
      await coordinator.page.locator('main form button').last().click()
      await coordinator.page.waitForURL('**done=test-adjusted')
      await coordinator.look()
      await coordinator.close()
    })
})

const saves = () =>
  sql<{ device: string; counter: number }>(
    null,
    `select device, counter::int from answers where attempt_id in ${OURS} order by id`,
  )

/** Waits until so many saves are in the record. */
async function settled(count: number) {
  for (let tries = 0; tries < 100 && (await saves()).length < count; tries++)
    await new Promise(resolve => setTimeout(resolve, 50))
}

const chosen = (page: Page) =>
  page.evaluate<string[]>(`[...document.querySelectorAll('input:checked')].map(each => each.id)`)
