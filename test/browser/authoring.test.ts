import { expect } from 'chai'
import { aSiteForEach, aWindowOf, type Looks, type Window } from '../support/browser.ts'

/** A figure is corrected, and rules of a test change: from the editor's first key to what a learner reads. */

const LESSON = '/manage/curriculum/RMC-01-L3'
const COURSE = '/trainings/RMC-01-2026-SELF'

describe('authoring in the browser', function () {
  this.timeout(600_000)
  const site = aSiteForEach()

  const as = (lang: string, name: string, looks: Looks = {}) => aWindowOf(site, lang, name, { watched: true, ...looks })

  it('in English: a figure is corrected, saved while it is typed, read by others, and told to learners', async () => {
    const editor = await as('en', 'editor')
    await editor.go('/en/manage/curriculum')
    await editor.look()
    await editor.go(`/en${LESSON}`)
    await editor.press('/draft')
    await waitFor(editor, '[data-preview-here] .lesson')
    await editor.look()
    await editor.retype('en-body', '| 304 |', '| 305 |')
    await waitFor(editor, '[data-saving]:has-text("Saved ")')
    await waitFor(editor, '[data-preview-here] .lesson:has-text("305")')

    const second = await as('en', 'coordinator')
    await second.go(`/en${LESSON}/edit`)
    await editor.retype('ru-body', '| 304 |', '| 305 |')
    await editor.press('/edit', 'save')
    await editor.look()
    await second.retype('ru-body', '| 304 |', '| 306 |')
    await waitFor(second, '[data-saving]:has-text("Somebody else saved")')
    await second.press('/edit', 'save')
    await second.look()
    expect(await second.text('.revisions[lang=ru]'))
      .to.contain('305')
      .and.contain('306')

    await editor.press('/sending')
    await editor.look()
    await second.go(`/en${LESSON}`)
    await second.look()
    await second.press('/approval')
    const translator = await as('en', 'translator')
    await translator.go(`/en${LESSON}`)
    await translator.press('/translation')
    await translator.press('/review')
    await translator.look()

    await editor.go('/en/manage/curriculum/RMC-01/publication')
    await editor.look()
    await editor.fill({ noteEn: 'The world’s figure is 305 million.', noteRu: 'В мире 305 млн мигрантов.' })
    await editor.press('/publication')
    const learner = await as('en', 'learner')
    await learner.go(`/en${COURSE}/lessons/RMC-01-L3`)
    await learner.look()
    expect(await learner.text())
      .to.contain('305')
      .and.contain('The world’s figure is 305 million.')
    for (const window of [editor, second, translator, learner]) await window.close()
  })

  it('in Russian, on a phone and without JavaScript: other rules make a major version, and learners stay on theirs', async () => {
    const looks = { width: 360, javaScript: false, watched: false }
    const editor = await as('ru', 'editor', looks)
    await editor.go('/ru/manage/curriculum/RMC-01')
    await editor.look()
    await editor.press('/draft')
    await editor.fill({ passPercent: '75' })
    await editor.press('/edit', 'preview')
    await editor.look()
    expect(await editor.page.locator('[name=passPercent]').inputValue()).to.equal('75')
    await editor.press('/edit', 'save')
    await editor.press('/sending')
    await editor.look()
    const reviewer = await as('ru', 'coordinator', looks)
    await reviewer.go('/ru/manage/curriculum/RMC-01')
    await reviewer.press('/approval')
    await reviewer.press('/translation')
    await reviewer.press('/review')
    await reviewer.look()
    await editor.go('/ru/manage/curriculum/RMC-01/publication')
    await editor.look()
    expect(await editor.text()).to.contain('Основная версия')
    await editor.press('/publication')
    await editor.look()
    expect(await editor.text()).to.contain('Действует версия 2.0')
    const learner = await as('ru', 'learner', looks)
    await learner.go(`/ru${COURSE}`)
    expect(await learner.text()).to.contain('70')
    for (const window of [editor, reviewer, learner]) await window.close()
  })
})

const waitFor = (window: Window, selector: string) => window.page.locator(selector).first().waitFor({ timeout: 60_000 })
