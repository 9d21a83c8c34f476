import { expect } from 'chai'
import { inScope, queriesInScope } from '../lib/db.ts'
import { catalog, courseCard } from '../models/catalog.ts'
import './support/app.ts'
import { aCourse } from './support/courses.ts'
import { aCertificate, finished } from './support/finishing.ts'
import { aTraining, anEnrollment } from './support/trainings.ts'
import { cast } from './support/people.ts'
import { guest, signedIn } from './support/reader.ts'

const RIGHTS = {
  code: 'RMC-03',
  title: { en: 'Rights of migrants', ru: 'Права мигрантов' },
  aim: { en: 'Know the treaties.', ru: 'Знать договоры.' },
  theme: 'protection',
  level: 'intermediate',
  position: 3,
} as const

const titles = (page: { $: Awaited<ReturnType<ReturnType<typeof guest>['get']>>['$'] }) =>
  page
    .$('.entries h2 a')
    .toArray()
    .map(element => page.$(element).text())

describe('courses', () => {
  it('the catalog shows published courses with hours, languages, audience and when to begin', async () => {
    const course = await aCourse()
    await aTraining(course)
    await aCourse({ code: 'RMC-02', published: false, position: 2 })
    const page = await guest().get('/en/courses')
    expect(titles(page)).to.deep.equal(['Course RMC-01'])
    for (const words of [
      '1 course',
      '8 academic hours',
      'English, Russian',
      'Begin at any time',
      'Officers of migration',
    ])
      expect(page.text).to.contain(words)
    const russian = await guest().get('/ru/courses')
    for (const words of ['1 курс', '8 академических часов', 'английский, русский', 'Начать можно в любое время'])
      expect(russian.text).to.contain(words)
  })

  it('filters are links that combine, keep the search and say how many courses they lead to', async () => {
    await aTraining(await aCourse())
    await aTraining(await aCourse(RIGHTS), { format: 'live_online', startsOn: '2030-05-01' })
    const reader = guest()
    const all = await reader.get('/en/courses')
    expect(titles(all)).to.have.length(2)
    const href = all.$('.filters a:contains("Protection")').attr('href')!
    const narrowed = await reader.get(href)
    expect(titles(narrowed)).to.deep.equal(['Rights of migrants'])
    const live = narrowed.$('.filters a:contains("Live online")')
    expect(live.attr('href')).to.contain('theme=protection').and.to.contain('format=live_online')
    expect(live.find('.filters-count').text()).to.equal('1')
    expect(narrowed.$('.filters a:contains("Self-paced") .filters-count').text()).to.equal('0')
    const none = await reader.get('/en/courses?theme=protection&level=foundation')
    expect(none.text).to.contain('0 courses').and.to.contain('No course fits')
    expect((await reader.get('/en/courses?theme=nonsense&level=x')).status).to.equal(200)
  })

  it('the search finds words of titles, aims and lessons in both languages, folded and in other forms', async () => {
    await aCourse()
    await aCourse(RIGHTS)
    const reader = guest()
    for (const [q, found] of [
      ['RIGHTS', 'RMC-03'],
      ['мигранты', 'RMC-03'],
      ['договоров', 'RMC-03'],
      ['treaty', 'RMC-03'],
      ['rmc-03', 'RMC-03'],
      ['lesson 2 of rmc-01', 'RMC-01'],
      ['урок', 'RMC-01'],
    ] as const) {
      const page = await reader.get(`/en/courses?q=${encodeURIComponent(q)}`)
      expect(page.$('.entries .code').text(), q).to.contain(found)
      expect(page.$('#q').val()).to.equal(q)
    }
    expect(titles(await reader.get('/en/courses?q=%25'))).to.deep.equal([])
    const nothing = await reader.get('/ru/courses?q=%D1%8F%D0%B1%D0%BB%D0%BE%D0%BA%D0%BE')
    expect(nothing.text).to.contain('0 курсов по запросу «яблоко»')
  })

  it('the catalog asks the database the same few times for one course and for thirty', async () => {
    const count = async () => {
      let queries = 0
      await inScope(async () => {
        await catalog('')
        queries = queriesInScope()
      })
      return queries
    }
    await aCourse()
    const few = await count()
    for (let n = 10; n < 40; n++) await aCourse({ code: `RMC-${n}`, position: n })
    expect(await count()).to.equal(few)
  })

  it('a course says what you will be able to do, the hours, the lessons, and what the certificate asks for', async () => {
    const course = await aCourse({ unwritten: 1 })
    await aTraining(course)
    const page = await guest().get('/en/courses/RMC-01')
    for (const words of [
      'Explain part 1',
      '8 academic hours of 45 minutes, that is 6 hours by the clock',
      'Lesson 1 of RMC-01',
      'in preparation',
      '70 % or more',
      'draft for endorsement',
      'anyone may begin',
    ])
      expect(page.text).to.contain(words)
    const russian = await guest().get('/ru/courses/RMC-01')
    expect(russian.text).to.contain('Перевод').and.to.contain('проект, ещё не утверждённый')
    await aCourse({ code: 'RMC-02', ruReviewed: true })
    expect((await guest().get('/ru/courses/RMC-02')).text).to.not.contain('переводчиком Центра')
  })

  it('a course without lessons is in preparation: no training, no button, no lesson text', async () => {
    await aCourse({ lessons: 0, unwritten: 3, items: 0 })
    const page = await (await signedIn(await cast.learner())).get('/en/courses/RMC-01')
    expect(page.text).to.contain('This course is in preparation')
    expect(page.$('main form')).to.have.length(0)
    expect((await guest().get('/en/courses')).text).to.contain('In preparation')
  })

  it('a course without a published version is not there, and a code in another case leads to its own address', async () => {
    await aCourse({ published: false })
    expect((await guest().get('/en/courses/RMC-01')).status).to.equal(404)
    await aCourse({ code: 'RMC-02' })
    const answer = await guest().get('/en/courses/rmc-02?x=1')
    expect([answer.status, answer.location]).to.deep.equal([301, '/en/courses/RMC-02?x=1'])
    expect((await guest().get('/en/courses/%D0%A0MC-02')).status).to.equal(404)
  })

  it('the latest published version is shown', async () => {
    await aCourse()
    await aCourse({ title: { en: 'Newer title', ru: 'Новое название' } })
    await aCourse({ title: { en: 'Not yet', ru: 'Ещё нет' }, published: false })
    expect((await courseCard('rmc-01'))!.title.en).to.equal('Newer title')
  })

  it('prerequisites have links and say whether this person has them; the reason stands where the button would', async () => {
    const first = await aCourse()
    const second = await aCourse({ ...RIGHTS, prerequisites: [first] })
    await aTraining(second)
    const learner = await cast.learner()
    const reader = await signedIn(learner)
    const without = await reader.get('/en/courses/RMC-03')
    expect(without.text).to.contain('You do not have it yet').and.to.contain('certificate of RMC-01 first')
    expect(without.$('main form')).to.have.length(0)
    const enrollment = await finished(await anEnrollment(await aTraining(first), learner))
    await aCertificate(enrollment)
    const withIt = await reader.get('/en/courses/RMC-03')
    expect(withIt.text).to.contain('You have it')
    expect(withIt.$('main form[action$="/enrollment"]')).to.have.length(1)
  })

  it('one primary button, however many trainings are open', async () => {
    const course = await aCourse()
    for (let n = 0; n < 3; n++) await aTraining(course)
    const page = await (await signedIn(await cast.learner())).get('/en/courses/RMC-01')
    expect(page.$('main .button-primary')).to.have.length(1)
    expect(page.$('main form[action$="/enrollment"]')).to.have.length(3)
  })
})
