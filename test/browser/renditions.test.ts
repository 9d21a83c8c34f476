import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { aSiteForEach, aWindowOf, type Looks, type Window } from '../support/browser.ts'

/** Persian is agreed for a training, one lesson is translated, and a learner reads it from right to left. */

const LESSON = '/manage/translations/RMC-01-L1/fa'
const TITLE = 'مهاجرت چیست و چه کسی مهاجر است'
const SENTENCE = 'این درس به زبان فارسی است و از راست به چپ خوانده می‌شود.'

describe('a language agreed for a training, in the browser', function () {
  this.timeout(600_000)
  const site = aSiteForEach()

  const journey = async (lang: string, looks: Looks) => {
    const as = (name: string) => aWindowOf(site, lang, name, looks)
    const [coordinator, translator, learner] = [await as('coordinator'), await as('translator'), await as('learner')]
    const { code } = (await one<{ code: string }>(
      null,
      `select t.code from enrollments e join trainings t on t.id = e.training_id join accounts a on a.person_id = e.person_id
       where a.email = 'learner@rtcm.example' and e.status = 'enrolled' and t.status in ('published', 'running')
       order by t.id limit 1`,
    ))!
    await agree(lang, coordinator, code)
    await translate(lang, translator)
    await coordinator.go(`/${lang}${LESSON}`)
    await coordinator.press('/review')
    await coordinator.look()
    await learner.go(`/${lang}/trainings/${code}/lessons/RMC-01-L1`)
    await learner.look()
    await learner.press('/language', 'fa')
    await learner.look()
    const article = learner.page.locator('article.lesson')
    expect([await article.getAttribute('lang'), await article.getAttribute('dir')]).to.deep.equal(['fa', 'rtl'])
    expect(await learner.text())
      .to.contain(TITLE)
      .and.contain(SENTENCE)
    await learner.go(`/${lang}/trainings/${code}/lessons/RMC-01-L2`)
    await learner.look()
    expect(await article.getAttribute('lang')).to.equal('en')
    const said = await learner.text()
    for (const window of [coordinator, translator, learner]) await window.close()
    return said
  }

  it('in English: agreed, translated, read from right to left, and English where nothing is yet', async () => {
    expect(await journey('en', { watched: true })).to.contain('Not yet in Persian; shown in English.')
  })

  it('in Russian, on a phone and without JavaScript: the same', async () => {
    const said = await journey('ru', { width: 360, javaScript: false })
    expect(said).to.contain('Перевода пока нет (персидский). Показан другой язык: английский.')
  })
})

/** The coordinator ticks Persian, says what was agreed and what is shown meanwhile. */
async function agree(lang: string, coordinator: Window, code: string) {
  await coordinator.go(`/${lang}/manage/trainings/${code}/edit`)
  await coordinator.page.locator('[name=languages][value=fa]').check()
  await coordinator.fill({ agreedCondition: 'Letter 12 of the State', fallbackLanguage: 'en' })
  await coordinator.look()
  await coordinator.press('/edit')
  await coordinator.go(`/${lang}/home`)
  await coordinator.follow(/translations\?language=agreed$/)
  await coordinator.look()
}

/** The translator writes beside the English; its headings, blocks and sources stay as they are. */
async function translate(lang: string, translator: Window) {
  await translator.go(`/${lang}${LESSON}/edit`)
  const english = await translator.page.locator('[name="en-body"]').inputValue()
  await translator.fill({ title: TITLE, body: `${SENTENCE}\n\n${english}` })
  await translator.look()
  await translator.press('/edit', 'preview')
  await translator.look()
  await translator.press('/edit', 'save')
  await translator.look()
  await translator.press('/translation')
  await translator.look()
}
