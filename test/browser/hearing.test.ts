import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { aSiteForEach } from '../support/browser.ts'
import { aTestToTake, inTheTest, says } from '../support/taking.ts'

/**
 * Taking a test with a screen reader, on a phone, by the Tab key alone: everything has a name and a role, and what changes
 * is told by regions that were there before the change, since nothing else is heard.
 */

const WORDS = {
  en: {
    ...{ question: 'Question', saved: /Saved \d\d:\d\d/, ready: 'as you give them', kept: 'Kept on this device' },
    ...{ all: 'All questions', answered: '1 answered', next: 'Save and go on', handIn: 'Hand in the test' },
    ...{ check: 'Check before handing in', open: '6 of 8 questions have no answer yet.', result: 'Your result' },
  },
  ru: {
    ...{ question: 'Вопрос', saved: /Сохранено в \d\d:\d\d/, ready: 'сохраняются сразу', kept: 'хранятся на этом' },
    ...{ all: 'Все вопросы', answered: '1 есть ответ', next: 'Сохранить и продолжить', handIn: 'Сдать тест' },
    ...{ check: 'Проверка перед сдачей', open: 'Без ответа осталось 6 вопросов из 8.', result: 'Ваш результат' },
  },
}

describe('taking a test with a screen reader', function () {
  this.timeout(180_000)
  const site = aSiteForEach()

  for (const language of ['en', 'ru'] as const)
    it(`names, roles and what is told: ${language}`, async () => {
      const words = WORDS[language]
      const learner = await inTheTest(site, await aTestToTake({ perPage: 4 }), language, { width: 360 })
      const { page } = learner
      expect(await page.locator('html').getAttribute('lang')).to.equal(language)
      expect(await page.getByRole('heading', { level: 1 }).count()).to.equal(1)
      await everyFieldHasAName(page, words.question)

      const heard = await listening(page)
      await says(page, words.ready)
      await learner.tabTo('#question-1 input')
      await page.keyboard.press('Space')
      await says(page, words.saved)
      expect(await heard.saving(), 'told where it is listened to').to.match(words.saved)
      const list = page.getByRole('navigation', { name: words.all })
      expect(await list.getByRole('button', { name: words.answered }).getAttribute('aria-current')).to.equal('page')
      expect(await list.getByRole('button').count(), 'all questions, and the way to the end').to.be.at.least(8)

      await learner.context.setOffline(true)
      await learner.tabTo('#question-2 input')
      await page.keyboard.press('Space')
      await says(page, words.kept)
      expect(await heard.saving()).to.contain(words.kept)
      await learner.context.setOffline(false)
      await says(page, words.saved)

      expect(await page.getByRole('button', { name: words.next }).count()).to.equal(1)
      await learner.tabTo('button[name="go"][value="check"].text-button')
      await page.keyboard.press('Enter')
      await page.waitForURL('**/check')
      expect(await page.getByRole('heading', { level: 1 }).textContent()).to.equal(words.check)
      expect(await learner.text(), 'what is open').to.contain(words.open)
      expect(await page.locator('#saving').getAttribute('role'), 'saving is told here too').to.equal('status')
      await learner.tabTo('form[data-handing-in] button')
      expect(await page.getByRole('button', { name: words.handIn }).count()).to.equal(1)
      await page.keyboard.press('Enter')
      await page.waitForURL('**/result')
      expect(await page.getByRole('heading', { level: 1 }).textContent()).to.contain(words.result)
      learner.problems = learner.problems.filter(each => !each.includes('net::ERR'))
      await learner.close()
    })
})

/** Each question is a named region with a named group in it, and each of its fields has a name of its own. */
async function everyFieldHasAName(page: Page, question: string) {
  for (const position of [1, 2, 3, 4]) {
    const region = page.getByRole('region', { name: `${question} ${position}` })
    const group = region.getByRole('group', { name: new RegExp(`^${position}\\. `) })
    expect(await group.count(), `question ${position}`).to.equal(1)
    const fields = group.locator('input')
    const names = await fields.evaluateAll(all =>
      all.map(each =>
        [...((each as never as { labels: { textContent: string }[] }).labels ?? [])]
          .map(label => label.textContent.trim())
          .join(' '),
      ),
    )
    expect(names.length).to.be.at.least(2)
    expect(
      names.filter(name => !name),
      `fields without a name in question ${position}`,
    ).to.deep.equal([])
    const roles = await group.getByRole('radio').or(group.getByRole('checkbox')).count()
    expect(roles, 'each is a radio button or a checkbox').to.equal(names.length)
  }
}

/** What the regions say that were there when the page came: a region that comes with its words is not heard. */
async function listening(page: Page) {
  const saving = await page.getByRole('status').first().elementHandle()
  expect(await page.getByRole('alert').or(page.locator('[role="alert"]')).count(), 'warnings of time').to.equal(1)
  expect(await page.locator('[role="status"][data-given-back]').count(), 'time given back').to.equal(1)
  return {
    async saving() {
      expect(await saving!.evaluate(each => (each as never as { isConnected: boolean }).isConnected)).to.equal(true)
      return (await saving!.textContent())!
    },
  }
}
