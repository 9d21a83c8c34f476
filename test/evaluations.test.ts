import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { summarize } from '../models/evaluation-results.ts'
import type { Question } from '../models/evaluating.ts'
import { standAt } from './support/app.ts'
import { aCourse } from './support/courses.ts'
import { passedTest, readLessons } from './support/finishing.ts'
import { anEnrollment, aTraining, type SomeTraining } from './support/trainings.ts'
import { aPerson, cast, PASSWORD } from './support/people.ts'
import { guest, type Page, signedIn } from './support/reader.ts'

async function enrolled() {
  const training = await aTraining(await aCourse())
  const person = await cast.learner()
  const enrollment = await anEnrollment(training, person)
  return { training, person, enrollment, reader: await signedIn(person) }
}

const formOf = (training: SomeTraining, lang = 'en') => `/${lang}/trainings/${training.code}/evaluation`
const resultsOf = (training: SomeTraining, lang = 'en') => `/${lang}/manage/trainings/${training.code}/evaluation`
const count = async (table: string) => (await one<{ n: number }>(null, `select count(*)::int as n from ${table}`))!.n

/** Mean, how many chose each number, and how many answered, in one row of the results. */
const rowOf = (page: Page, row: number) =>
  page
    .$(`tbody tr:nth-child(${row}) td`)
    .toArray()
    .map(cell => page.$(cell).text().trim())

/** One more participant who has finished the lessons and sends the form. */
async function sentBy(training: SomeTraining, answers: Record<string, string>) {
  const person = await aPerson()
  await readLessons(await anEnrollment(training, person))
  const reader = await signedIn(person)
  await reader.get(formOf(training))
  const answer = await reader.submit('/evaluation', answers)
  expect(answer.status, answer.text).to.equal(303)
}

describe('evaluations', () => {
  for (const lang of ['en', 'ru'] as const)
    it(`a learner sends the form once, without a name: ${lang}`, async () => {
      standAt('2026-12-01T21:30:00Z')
      const { training, enrollment, reader } = await enrolled()
      await readLessons(enrollment)
      const form = await reader.get(formOf(training, lang))
      expect(form.$('main form').length).to.equal(1)
      const page = await reader.follow(
        await reader.submit('/evaluation', {
          'about-relevance': '5',
          'about-clarity': '4',
          'about-apply': ' Слово\r\n ',
        }),
      )
      expect(page.$('main form').length, 'sent is sent').to.equal(0)
      expect(page.text).to.contain(lang === 'en' ? 'You sent this form on 2 December 2026' : '2 декабря 2026')
      const response = await one(null, 'select language, answers, person_id from form_responses')
      expect(response).to.deep.equal({
        language: lang,
        answers: { relevance: 5, clarity: 4, apply: 'Слово' },
        person_id: null,
      })
    })

  it('receipt and response have no key, order or time in common', async () => {
    const columns = await sql<{ table: string; column: string; type: string }>(
      null,
      `select table_name as table, column_name as column, data_type as type from information_schema.columns
       where table_name in ('form_receipts', 'form_responses') order by 1, 2`,
    )
    const of = (table: string) => columns.filter(each => each.table === table).map(each => each.column)
    // Both know the training, and of a form about a day that day: it is what the questions are about.
    expect(of('form_receipts').filter(column => of('form_responses').includes(column))).to.deep.equal([
      'form_version_id',
      'person_id',
      'training_day',
      'training_id',
    ])
    expect(columns.filter(each => /time|serial/.test(each.type))).to.deep.equal([])
    const { training, enrollment, reader } = await enrolled()
    await readLessons(enrollment)
    await reader.get(formOf(training))
    await reader.submit('/evaluation', { 'about-relevance': '5', 'about-clarity': '4' })
    expect(
      (await one<{ person: string | null }>(null, 'select person_id as person from form_responses'))!.person,
    ).to.equal(null)
    const lines = await sql(
      null,
      `select 1 from audit_entries where record_kind like 'form%' or action like 'evaluation%'`,
    )
    expect(lines, 'no audit line says when').to.deep.equal([])
  })

  it('the form opens when all lessons are finished, whether or not the test is passed', async () => {
    const { training, enrollment, reader } = await enrolled()
    await readLessons(enrollment, 1)
    const closed = await reader.get(formOf(training))
    expect(closed.$('main form').length).to.equal(0)
    expect(closed.text).to.contain('1 lesson is left')
    const refused = await reader.post(formOf(training), { 'about-relevance': '5', 'about-clarity': '4' })
    expect(refused.status).to.equal(422)
    expect(refused.text).to.contain('1 lesson is left')
    await readLessons(enrollment)
    expect((await reader.get(formOf(training))).$('main form').length).to.equal(1)
    expect(await count('form_responses')).to.equal(0)
  })

  it('a wrong form comes back with what was typed, each error beside its field and in the summary', async () => {
    const { training, enrollment, reader } = await enrolled()
    await readLessons(enrollment)
    await reader.get(formOf(training))
    const page = await reader.submit('/evaluation', {
      'about-relevance': '9',
      'about-clarity': '4',
      'about-apply': 'x'.repeat(2001),
    })
    expect(page.status).to.equal(422)
    const links = page
      .$('.error-summary a')
      .toArray()
      .map(link => page.$(link).attr('href'))
    expect(links).to.deep.equal(['#about-relevance', '#about-apply'])
    for (const link of links) expect(page.$(link!).length, link).to.equal(1)
    expect(page.$('input[name=about-clarity][checked]').attr('value')).to.equal('4')
    expect(page.$('textarea').val()).to.have.length(2001)
    expect(page.$('title').text()).to.match(/^Error: /)
    expect(await count('form_receipts')).to.equal(0)
  })

  it('a stale page comes back with what was typed', async () => {
    const { training, enrollment, reader } = await enrolled()
    await readLessons(enrollment)
    await reader.get(formOf(training))
    const page = await reader.submit('/evaluation', { 'about-clarity': '2', 'about-apply': 'A thought', _csrf: 'gone' })
    expect(page.status).to.equal(422)
    expect(page.$('textarea').val()).to.contain('A thought')
    expect(page.$('input[name=about-clarity][checked]').attr('value')).to.equal('2')
  })

  it('fifty identical posts make one receipt and one response', async () => {
    const { training, enrollment, reader } = await enrolled()
    await readLessons(enrollment)
    const _csrf = await reader.token()
    const posts = Array.from({ length: 50 }, () =>
      reader.post(formOf(training), { _csrf, 'about-relevance': '1', 'about-clarity': '1' }, false),
    )
    for (const answer of await Promise.all(posts)) expect(answer.status).to.equal(303)
    expect([await count('form_receipts'), await count('form_responses')]).to.deep.equal([1, 1])
  })

  it('sending it completes what the certificate asks for', async () => {
    const { training, enrollment, reader } = await enrolled()
    await readLessons(enrollment)
    await passedTest(enrollment)
    await reader.get(formOf(training))
    await reader.submit('/evaluation', { 'about-relevance': '5', 'about-clarity': '4' })
    const row = await one<{ eligible: boolean }>(null, 'select eligible_at is not null as eligible from enrollments')
    expect(row!.eligible).to.equal(true)
  })

  it('who has no place sees no form', async () => {
    const { training } = await enrolled()
    const stranger = await signedIn(await cast.stranger())
    expect((await stranger.get(formOf(training))).status).to.equal(404)
    expect((await stranger.post(formOf(training), { 'about-relevance': '5' })).status).to.equal(404)
    expect((await guest().get(formOf(training))).location).to.contain('/en/sign-in')
  })

  describe('results for staff', () => {
    it('nothing is shown for fewer than five, and never the difference one person makes', async () => {
      const { training } = await enrolled()
      const coordinator = await signedIn(await cast.coordinator())
      expect((await coordinator.get(resultsOf(training))).text).to.contain('Nobody has sent the form yet')
      for (let n = 1; n <= 4; n++)
        await sentBy(training, { 'about-relevance': '5', 'about-clarity': '1', 'about-apply': `Word ${n}` })
      const few = await coordinator.get(resultsOf(training))
      expect(few.text).to.contain('4 people have sent the form').and.contain('Too few to show')
      expect(few.html).to.not.contain('Word 1').and.not.contain('<td')

      await sentBy(training, { 'about-relevance': '3', 'about-clarity': '1' })
      const five = await coordinator.get(resultsOf(training))
      expect(rowOf(five, 1)).to.deep.equal(['4.6', '0', '0', '1', '0', '4', '5'])
      expect(five.text).to.contain('Word 4')

      await sentBy(training, { 'about-relevance': '1', 'about-clarity': '5', 'about-apply': 'The sixth' })
      const six = await coordinator.get(resultsOf(training))
      expect(six.text).to.contain('6 people have sent the form').and.contain('1 more answer waits')
      expect(rowOf(six, 1)).to.deep.equal(rowOf(five, 1))
      expect(six.html).to.not.contain('The sixth')

      for (let n = 7; n <= 10; n++) await sentBy(training, { 'about-relevance': '1', 'about-clarity': '5' })
      const ten = await coordinator.get(resultsOf(training, 'ru'))
      expect(rowOf(ten, 1)).to.deep.equal(['2,8', '5', '0', '1', '0', '4', '10'])
      expect(ten.text).to.contain('The sixth')
    })

    it('only staff see them', async () => {
      const { training, person } = await enrolled()
      for (const someone of [person, await cast.stranger(), await cast.trainer(), await cast.focalPoint()]) {
        const reader = await signedIn(someone)
        expect((await reader.get(resultsOf(training))).status, someone.email).to.equal(404)
      }
      const coordinator = await signedIn(await cast.coordinator())
      expect((await coordinator.get(resultsOf(training).replace('RMC', 'NOT'))).status).to.equal(404)
      expect(PASSWORD).to.be.a('string')
    })

    it('a question few answered is a small group of its own', () => {
      const words = { en: 'x', ru: 'x' }
      const questions: Question[] = [
        { id: 'a', type: 'scale', label: words, required: true },
        { id: 'b', type: 'scale', label: words, required: false },
        {
          id: 'c',
          type: 'choice',
          label: words,
          required: true,
          options: [
            { id: 'yes', label: words },
            { id: 'no', label: words },
          ],
        },
      ]
      const answers = [1, 2, 3, 4, 5].map(n => ({ a: n, c: n > 1 ? 'yes' : 'no', ...(n === 1 ? { b: 1 } : {}) }))
      const [a, b, c] = summarize(questions, answers)!
      expect(a).to.deep.include({ mean: 3, count: 5, counts: [1, 1, 1, 1, 1] })
      expect(b).to.deep.include({ mean: null, count: 1, counts: [] })
      expect(c).to.deep.include({ count: 5, counts: [4, 1] })
      expect(summarize(questions, answers.slice(1))).to.equal(null)
    })
  })
})
