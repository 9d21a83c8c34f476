import { expect } from 'chai'
import './support/app.ts'
import { aCourse } from './support/courses.ts'
import { aTraining } from './support/trainings.ts'
import { guest } from './support/reader.ts'

describe('public pages', () => {
  it('the first page says what the Center is, opens three doors, shows trainings and checks certificates', async () => {
    const course = await aCourse()
    await aTraining(course)
    await aTraining(course, { format: 'live_online', startsOn: '2031-02-03' })
    const page = await guest().get('/en/')
    expect(
      page
        .$('.doors a')
        .toArray()
        .map(element => page.$(element).attr('href')),
    ).to.deep.equal(['/en/courses', '/en/teach', '/en/request'])
    expect(page.text).to.contain('Course RMC-01').and.to.contain('3 February 2031')
    const form = page.$('form[action="/verify"]')
    expect([form.attr('method'), form.find('input[name=code]').length]).to.deep.equal(['get', 1])
  })

  it('an empty platform has a first page too', async () => {
    expect((await guest().get('/ru/')).text).to.contain('Сейчас записи на тренинги нет')
  })

  for (const lang of ['en', 'ru'])
    it(`every door leads to a page that says how to do it today (${lang})`, async () => {
      const reader = guest()
      for (const door of ['teach', 'request']) {
        const page = await reader.get(`/${lang}/${door}`)
        expect(page.status).to.equal(200)
        expect(page.$('main a[href^="mailto:info@rtcm.az"]')).to.have.length(1)
      }
      expect((await reader.get(`/${lang}/glossary`)).$('dt').length).to.be.greaterThan(15)
    })
})
