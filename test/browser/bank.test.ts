import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { aSiteForEach, aWindow, aWindowOf, type Window } from '../support/browser.ts'

/** A question is written, tried, reviewed by another, put in use and retired. */

describe('a question of the bank from its first word to its last day', function () {
  this.timeout(300_000)
  const site = aSiteForEach()

  it('in English, on a phone, by keyboard only, with axe', async () => {
    const writer = await aWindow(site, { watched: true, width: 360 })
    await writer.signIn('en', 'editor@rtcm.example')
    await writer.go('/en/manage/bank/items/new?module=RMC-01&type=single')
    await writer.look()
    await typesBoth(writer, 'prompt', 'Who counts a refugee?', 'Кто учитывает беженца?')
    for (const [n, text] of ['An office', 'A bank', 'A school'].entries()) {
      await typesBoth(writer, `options.${n}.text`, text, `Вариант ${n + 1}`)
      if (n === 0) {
        await writer.tabTo('[name="options.0.right"]')
        await writer.page.keyboard.press('Space')
      }
      await typesBoth(writer, `options.${n}.feedback`, `Why ${text}`, `Почему ${n + 1}`)
    }
    await writer.tabTo('button[value="add options"]')
    await writer.enter()
    expect(await writer.page.locator('.item-row').count(), 'a row more').to.equal(4)
    await writer.tabTo('[name="options.3.text.en"]')
    await writer.tabTo('button[value="remove options.3"]')
    await writer.enter()
    await writer.tabTo('[name="prompt.ru"]')
    await writer.tabTo('button[value="preview"]')
    await writer.enter()
    await writer.look()
    expect(await writer.text('#preview ~ .both-languages'))
      .to.contain('Кто учитывает беженца?')
      .and.contain('1 of 1')
    await writer.tabTo('[name="outcome"]')
    await writer.tabTo('button[value="save"]')
    await writer.enter()
    await writer.look()
    const { path } = writer
    expect(await writer.text()).to.contain('Somebody else reviews this version')
    await writer.close()

    const reviewer = await aWindow(site, { watched: true, width: 360 })
    await reviewer.signIn('en', 'coordinator@rtcm.example')
    await reviewer.go('/en/manage/bank?text=refugee&state=draft')
    await reviewer.look()
    await reviewer.tabTo(`main a[href="${path}"]`)
    await reviewer.enter()
    await reviewer.tabTo('[name="q1"]')
    await reviewer.page.keyboard.press('Space')
    await reviewer.tabTo('.item-side button')
    await reviewer.enter()
    expect(await reviewer.text()).to.match(/Points: \d of 1/)
    await reviewer.look()
    await reviewer.tabTo('form[action$="/review"] button')
    await reviewer.enter()
    await reviewer.tabTo('form[action$="/items-in-use"] button')
    await reviewer.enter()
    await reviewer.look()
    expect(await reviewer.text()).to.contain('In use: the course has a new version')
    expect(await states(path)).to.equal('in_use')
    await reviewer.close()
  })

  it('mirrored, with long words', async () => {
    const writer = await aWindow(site, { watched: true })
    await writer.signIn('en', 'editor@rtcm.example')
    for (const path of ['', '/items/new?module=RMC-01&type=scenario', '/items/RMC-01-Q01', '/modules/RMC-01']) {
      await writer.go(`/ar-xb/manage/bank${path}`)
      await writer.look()
    }
    await writer.close()
  })

  it('questions are ticked over pages and taken out, in Russian, on a phone, without JavaScript', async () => {
    const editor = await aWindowOf(site, 'ru', 'editor', { javaScript: false, locale: 'ru-RU', width: 360 })
    await editor.go('/ru/manage/bank?module=RMC-01')
    await editor.look()
    for (const code of ['RMC-01-Q01', 'RMC-01-Q03'])
      await editor.page.locator(`input[name="code"][value="${code}"]`).check()
    await editor.page.locator('button[formaction$="/export"]').click()
    await editor.look()
    expect(await editor.text())
      .to.contain('Выбрано 2 вопроса')
      .and.contain('В файле будет 2 вопроса')
    const coming = editor.page.waitForEvent('download')
    await editor.page.locator('form[method="post"][action$="/bank/export"] button').click()
    expect((await coming).suggestedFilename()).to.equal('RTCM-questions.yaml')
    await editor.go('/ru/manage/bank?module=RMC-01&difficulty=easy')
    await editor.look()
    await editor.follow(/bank\/export\?/)
    await editor.look()
    expect(await editor.text()).to.contain('Все вопросы, которые находит этот поиск')
    await editor.close()
  })

  it('in Russian, without JavaScript', async () => {
    const looks = { javaScript: false, locale: 'ru-RU' }
    const writer = await aWindow(site, looks)
    await writer.signIn('ru', 'editor@rtcm.example')
    await writer.go('/ru/manage/bank/items/new')
    await writer.look()
    await writer.fill({ module: 'RMC-01', type: 'cloze' })
    await writer.press('/items/new')
    await writer.fill({
      'prompt.en': 'Fill in.',
      'prompt.ru': 'Заполните.',
      'text.en': 'A stock is of one [[when]].',
      'text.ru': 'Численность — на одну [[when]].',
    })
    await writer.press('/items/new', 'add gaps choice')
    await writer.press('/items/new', 'remove gaps.0.choices.2')
    await writer.fill({
      'gaps.0.id': 'when',
      'gaps.0.choices.0.text.en': 'date',
      'gaps.0.choices.0.text.ru': 'дату',
      'gaps.0.choices.0.right': 'yes',
      'gaps.0.choices.1.text.en': 'week',
      'gaps.0.choices.1.text.ru': 'неделю',
      'gaps.0.feedback.en': 'One date.',
    })
    await writer.press('/items/new', 'save')
    await writer.look()
    expect(await writer.text('.error-summary')).to.contain('Пропуск 1, почему (русский): напишите и этот текст')
    await writer.fill({ 'gaps.0.feedback.ru': 'Одна дата.' })
    await writer.press('/items/new', 'save')
    const { path } = writer
    await writer.close()

    const reviewer = await aWindow(site, looks)
    await reviewer.signIn('ru', 'coordinator@rtcm.example')
    await reviewer.go(path)
    await reviewer.press(`${path}/review`)
    await reviewer.go('/ru/manage/bank/modules/RMC-01')
    await reviewer.look()
    await reviewer.press('/items-in-use')
    expect(await reviewer.text()).to.contain('у курса появилась новая версия')
    await reviewer.go(path)
    await reviewer.look()
    await reviewer.page.locator('summary', { hasText: 'Снять версию' }).click()
    await reviewer.fill({ reason: 'Устарел' })
    await reviewer.press(`${path}/retirement`)
    await reviewer.look()
    expect(await reviewer.text())
      .to.contain('Версия 1 снята')
      .and.contain('Устарел')
    expect(await states(path)).to.equal('retired')
    await reviewer.close()
  })
})

async function typesBoth(writer: Window, name: string, en: string, ru: string) {
  for (const [lang, text] of [
    ['en', en],
    ['ru', ru],
  ] as const) {
    await writer.tabTo(`[name="${name}.${lang}"]`)
    await writer.page.keyboard.type(text)
  }
}

/** The states of the versions of the question of a page. */
async function states(path: string): Promise<string> {
  const row = await one<{ states: string }>(
    null,
    `select string_agg(v.status, ' ' order by v.number) as states from item_versions v join items i on i.id = v.item_id
     where i.code = $1`,
    [path.split('/').at(-1)],
  )
  return row!.states
}
