import { expect } from 'chai'
import { aSiteForEach, aWindowOf, type Looks, type Window } from '../support/browser.ts'

/** A translator clears the queue: asked by the Center, shown what changed, and done when somebody else has read it. */

const LESSON = '/manage/curriculum/RMC-01-L3'
/** The figure as it was, and as it is now. */
const FIGURE = ['| 304 |', '| 305 |'] as const
const QUEUE = '/manage/translations'

describe('translating in the browser', function () {
  this.timeout(600_000)
  const site = aSiteForEach()

  const as = (lang: string, name: string, looks: Looks = {}) => aWindowOf(site, lang, name, { watched: true, ...looks })

  it('in English: a figure changes, a translator is asked, sees the sentence and clears the queue', async () => {
    const [editor, coordinator] = [await as('en', 'editor'), await as('en', 'coordinator')]
    await changeEnglish('en', editor, coordinator)
    await ask('en', coordinator)
    await coordinator.go('/en/home')
    expect(await coordinator.text()).to.contain('1 text of the curriculum waits for its Russian')
    const translator = await as('en', 'translator')
    await translate('en', translator)
    await coordinator.go(`/en${LESSON}`)
    await coordinator.press('/review')
    await translator.go('/en/home')
    await translator.look()
    expect(await translator.text()).to.contain('You are not asked to translate anything now.')
    await translator.go(`/en${QUEUE}?module=RMC-01`)
    expect(await translator.text()).to.not.contain('RMC-01-L3')
    for (const window of [editor, coordinator, translator]) await window.close()
  })

  it('in Russian, on a phone and without JavaScript: the same', async () => {
    const looks = { width: 360, javaScript: false, watched: false }
    const [editor, coordinator] = [await as('ru', 'editor', looks), await as('ru', 'coordinator', looks)]
    await changeEnglish('ru', editor, coordinator)
    await ask('ru', coordinator)
    const translator = await as('ru', 'translator', looks)
    await translate('ru', translator)
    await coordinator.go(`/ru${LESSON}`)
    await coordinator.press('/review')
    await translator.go('/ru/home')
    await translator.look()
    expect(await translator.text()).to.contain('Сейчас вам ничего не поручено.')
    for (const window of [editor, coordinator, translator]) await window.close()
  })
})

/** A figure of the English is corrected, and another editor approves it. */
async function changeEnglish(lang: string, editor: Window, reviewer: Window) {
  await editor.go(`/${lang}${LESSON}`)
  await editor.press('/draft')
  await editor.retype('en-body', ...FIGURE)
  await editor.press('/edit', 'save')
  await editor.press('/sending')
  await reviewer.go(`/${lang}${LESSON}`)
  await reviewer.press('/approval')
}

/** The Center finds the text in the queue and asks the one translator there is. */
async function ask(lang: string, coordinator: Window) {
  await coordinator.go(`/${lang}${QUEUE}?need=stale`)
  await coordinator.look()
  await coordinator.follow(/RMC-01-L3$/)
  await coordinator.look()
  await coordinator.page.locator('[name=person]').selectOption({ index: 1 })
  await coordinator.fill({ dueOn: '2099-01-15' })
  await coordinator.press('/task')
  await coordinator.look()
}

/** From the home to the editor, where the changed sentence stands, and to the Russian that is done. */
async function translate(lang: string, translator: Window) {
  await translator.go(`/${lang}/home`)
  await translator.look()
  await translator.follow(/translations\/RMC-01-L3$/)
  await translator.look()
  await translator.go(`/${lang}${LESSON}/edit`)
  await translator.look()
  expect(await translator.text('.changed-sentences ins')).to.contain('305')
  await translator.retype('ru-body', ...FIGURE)
  await translator.press('/edit', 'save')
  await translator.press('/translation')
  await translator.go(`/${lang}${QUEUE}?stage=ru_translated`)
  await translator.look()
  expect(await translator.text()).to.contain('RMC-01-L3')
}
