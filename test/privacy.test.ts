import { expect } from 'chai'
import './support/app.ts'
import { guest } from './support/reader.ts'

describe('privacy', () => {
  it('anyone reads in both languages what is kept, what for, who sees it and how long', async () => {
    for (const [lang, words] of [
      ['en', ['About your data', 'focal point', '7 days', 'Download everything']],
      ['ru', ['О ваших данных', 'контактное лицо', '7 дней', 'Скачать всё']],
    ] as const) {
      const page = await guest().get(`/${lang}/privacy`)
      for (const each of words) expect(page.text).to.contain(each)
      expect(page.headers['set-cookie'], 'reading it leaves no cookie').to.equal(undefined)
    }
  })

  it('registration leads there before it asks for agreement', async () => {
    expect((await guest().get('/en/register')).$('main a[href="/en/privacy"]').length).to.equal(1)
  })
})
