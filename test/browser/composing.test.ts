import { expect } from 'chai'
import { aSiteForEach, aWindowOf, type Looks, type Window } from '../support/browser.ts'

/** A coordinator composes a course of three lessons and publishes it. */

const CODE = 'BORDER-BASICS'
const PATH = `/manage/courses/${CODE}`
const LESSONS = ['RMC-01-L1', 'RMC-01-L2', 'RMC-01-L3']
const WORDS = {
  ...{ code: CODE, titleEn: 'Borders in a week', titleRu: 'Границы за неделю' },
  ...{ aimEn: 'Know the words of the border.', aimRu: 'Знать слова, которые нужны на границе.' },
  ...{ audienceEn: 'Border guards', audienceRu: 'Пограничники', level: 'foundation' },
}

describe('composing in the browser', function () {
  this.timeout(600_000)
  const site = aSiteForEach()

  const coordinator = (lang: string, looks: Looks) => aWindowOf(site, lang, 'coordinator', looks)

  it('in English, on a phone, with axe: three lessons become a course with a test in the catalog', async () => {
    const window = await coordinator('en', { watched: true, width: 360 })
    await window.go('/en/manage/trainings')
    await window.follow(/\/manage\/courses$/)
    await window.look()
    await window.follow(/\/manage\/courses\/new$/)
    await window.look()
    await compose(window)
    await window.look()
    await window.page.locator('#test').check()
    await window.page.locator('[name=kind][value=achievement]').check()
    await window.press('/courses/new', '')
    await window.look()
    await window.follow(/\/preview$/)
    await window.look()
    await window.follow(/\/preview\/reading$/)
    await window.look()
    await window.go(`/en${PATH}`)
    await window.press('/publication')
    await window.look()
    expect(await window.text())
      .to.contain('The course is published')
      .and.contain('Version 1.0 of')
    await window.follow(/\/courses\/BORDER-BASICS$/)
    await window.look()
    expect(await window.text()).to.contain('Borders in a week')
    await window.close()
  })

  it('in Russian, without JavaScript: refused with what is missing, published, corrected with a note', async () => {
    const window = await coordinator('ru', { javaScript: false, width: 360 })
    await window.go('/ru/manage/courses/new')
    await compose(window, { aimRu: '' })
    await window.press('/courses/new', '')
    await window.look()
    expect(await window.text()).to.contain('напишите цель на русском')
    await window.follow(/\/edit$/)
    await window.fill({ aimRu: WORDS.aimRu })
    await window.press('/edit', '')
    await window.press('/publication')
    await window.look()
    expect(await window.text()).to.contain('Курс опубликован')
    await window.press('/versions')
    await window.fill({ titleRu: 'Границы за семь дней' })
    await window.press('/edit', '')
    await window.press('/publication')
    expect(await window.text()).to.contain('нужно пояснение')
    await window.fill({ noteEn: 'Other words in the Russian title.', noteRu: 'Другие слова в названии.' })
    await window.press('/publication')
    await window.look()
    expect(await window.text()).to.contain('Версия 1.1')
    await window.go(`/ru/courses/${CODE}`)
    expect(await window.text()).to.contain('Границы за семь дней')
    await window.close()
  })
})

/** Fills in the form, adds three lessons and moves the last one to the top. */
async function compose(window: Window, changed: Partial<typeof WORDS> = {}) {
  await window.fill({ ...WORDS, ...changed })
  await window.page.locator('[name=theme]').selectOption({ index: 1 })
  await window.page.locator('[name=kind][value=attendance]').check()
  await window.page.locator('details:has([name=more])').first().locator('summary').click()
  for (const lesson of LESSONS) await window.page.locator(`[name=more][value=${lesson}]`).check()
  await window.press('/courses/new', 'add')
  for (let press = 0; press < 2; press++) await window.press('/courses/new', `up ${LESSONS[2]}`)
  const held = window.page.locator('[name=lessons]')
  const order = await Promise.all([0, 1, 2].map(n => held.nth(n).getAttribute('value')))
  expect(order).to.deep.equal([LESSONS[2], LESSONS[0], LESSONS[1]])
}
