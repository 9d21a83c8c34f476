import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { runJobs } from './support/app.ts'
import { attemptOf, begin, checked, choose, enrolled, itemAt, send, testOf } from './support/attempts.ts'
import { aCourse } from './support/courses.ts'
import { readLessons } from './support/finishing.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { aPerson, cast } from './support/people.ts'
import { queriesOf } from './support/queries.ts'
import { guest, type Page, signedIn } from './support/reader.ts'

const WORDS = {
  en: {
    left: '1 left',
    saved: 'Saved',
    passed: 'You have passed the test.',
    open: 'no answer',
  },
  ru: { left: 'осталась 1', saved: 'Сохранено в', passed: 'Тест пройден.', open: 'нет ответа' },
}

describe('attempts', () => {
  for (const lang of ['en', 'ru'] as const)
    it(`a learner takes the whole test without JavaScript: ${lang}`, async () => {
      const { course, training, reader, enrollment } = await enrolled()
      const front = await reader.get(testOf(training, lang))
      expect(front.status).to.equal(200)
      expect(front.$('main form').length, 'one act is offered').to.equal(1)

      const first = await begin(reader, training, lang)
      expect(first.path).to.equal(attemptOf(training, '1/1', lang))
      expect(first.$('.top-nav').length, 'nothing but the test').to.equal(0)
      expect(first.$('section.question').length).to.equal(2)

      const second = await reader.follow(
        await reader.submit('/1/1', {
          ...choose(first, 1, course.items, 'right'),
          ...choose(first, 2, course.items, 'right'),
          go: '2',
        }),
      )
      expect(second.path).to.equal(attemptOf(training, '1/2', lang))
      expect(second.text).to.contain(WORDS[lang].saved)
      expect(second.$('.question-list .answered').length).to.equal(2)

      const back = await reader.follow(
        await reader.submit('/1/2', { ...choose(second, 3, course.items, 'right'), go: '1' }),
      )
      expect(checked(back, 1)).to.deep.equal(itemAt(back, 1, course.items).right)

      const check = await reader.follow(await reader.submit('/1/1', { go: 'check' }))
      expect(check.path).to.equal(attemptOf(training, '1/check', lang))
      expect(check.$('.check-list li').length).to.equal(4)
      const open = check.$('.check-list .tag').filter((_, tag) => check.$(tag).text().includes(WORDS[lang].open))
      expect(open.length).to.equal(1)

      const result = await reader.follow(await reader.submit('/handing-in'))
      expect(result.path).to.equal(attemptOf(training, '1/result', lang))
      expect(result.$('h1').text()).to.contain('75 %')
      expect(result.text).to.contain(WORDS[lang].passed).and.contain(WORDS[lang].left)
      expect(result.text).to.contain(lang === 'en' ? 'About a.' : 'О варианте a.')
      const grade = await one<{ percent: string }>(null, 'select percent from grades where enrollment_id = $1', [
        enrollment.id,
      ])
      expect(grade!.percent).to.equal('75.00')
      expect((await reader.get(testOf(training, lang))).text).to.contain('75 %')
    })

  it('many presses of the start button make one attempt and lead to it', async () => {
    const { training, reader } = await enrolled()
    await reader.get(testOf(training))
    const token = await reader.token()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => reader.post(`/en/trainings/${training.code}/attempts`, { _csrf: token }, false)),
    )
    expect(new Set(answers.map(answer => `${answer.status} ${answer.location}`))).to.deep.equal(
      new Set([`303 ${attemptOf(training, '1/1')}`]),
    )
    expect((await one<{ n: number }>(null, 'select count(*)::int as n from attempts'))!.n).to.equal(1)
    const front = await reader.get(testOf(training))
    expect(front.$('main form').length, 'an open attempt is gone on with, not started anew').to.equal(0)
    expect(front.$(`a[href="${attemptOf(training, '1')}"]`).length).to.equal(1)
  })

  it('no key and no feedback is in any byte before handing in', async () => {
    const { course, training, reader } = await enrolled()
    const bytes: string[] = []
    const first = await begin(reader, training)
    bytes.push(first.html)
    for (const rest of ['1/1', '1/2', '1/check']) bytes.push((await reader.get(attemptOf(training, rest))).html)
    const json = await send(reader, training, [{ question: 1, value: ['a'], counter: 1, ms: 5 }])
    bytes.push(JSON.stringify(json.body), JSON.stringify(json.headers))
    const result = await reader.get(attemptOf(training, '1/result'))
    expect(result.location).to.equal(attemptOf(training, '1/check'))
    for (const text of bytes) {
      expect(text).to.not.match(/About [a-d]\.|О варианте/)
      expect(text).to.not.match(/"?right"?|correct|feedback/i)
    }
    // All options look alike: what differs between them is their name and their place.
    const shapes = first
      .$('#question-1 .option')
      .toArray()
      .map(option => first.$.html(option).replace(/value="."|q1(-\d)?|Option ./g, ''))
    expect(new Set(shapes).size).to.equal(1)
    expect(course.items.length).to.equal(4)
  })

  it('feedback of an earlier attempt is closed while another one is open', async () => {
    const { training, reader } = await enrolled()
    await begin(reader, training)
    await reader.get(attemptOf(training, '1/check'))
    await reader.submit('/handing-in')
    expect((await reader.get(attemptOf(training, '1/result'))).text).to.contain('About a.')
    await begin(reader, training)
    const result = await reader.get(attemptOf(training, '1/result'))
    expect(result.html).to.not.contain('About a.')
    expect(result.text).to.contain('Feedback is closed')
  })

  it('after the last attempt the page gives the reason, and a start is refused', async () => {
    const { training, reader } = await enrolled({ attempts: 1 })
    await begin(reader, training)
    await reader.get(attemptOf(training, '1/check'))
    await reader.submit('/handing-in')
    const front = await reader.get(testOf(training))
    expect(front.$('main form').length).to.equal(0)
    expect(front.text).to.contain('You have used your attempt.')
    const refused = await reader.post(`/en/trainings/${training.code}/attempts`)
    expect(refused.status).to.equal(422)
    expect(refused.text).to.contain('You have used your attempt.')
  })

  it('the best attempt counts, not the last', async () => {
    const { course, training, reader, enrollment } = await enrolled()
    for (const which of ['right', 'wrong'] as const) {
      const first = await begin(reader, training)
      const second = await reader.follow(
        await reader.submit('/1', {
          ...choose(first, 1, course.items, which),
          ...choose(first, 2, course.items, which),
        }),
      )
      await reader.submit('/2', {
        ...choose(second, 3, course.items, which),
        ...choose(second, 4, course.items, which),
      })
      await reader.get(second.path.replace(/\d$/, 'check'))
      await reader.submit('/handing-in')
    }
    const rows = await sql<{ percent: string }>(null, 'select percent from attempts order by number')
    expect(rows.map(row => row.percent)).to.deep.equal(['100.00', '0.00'])
    const grade = await one<{ percent: string }>(null, 'select percent from grades where enrollment_id = $1', [
      enrollment.id,
    ])
    expect(grade!.percent).to.equal('100.00')
  })

  it('another person’s attempt is the same 404 as one that is not there', async () => {
    const { training, reader } = await enrolled()
    await begin(reader, training)
    const stranger = await signedIn(await cast.stranger())
    const other = await aPerson()
    await anEnrollment(training, other)
    const fellow = await signedIn(other)
    const blank = (page: Page) =>
      page.html
        .replace(/value="[^"]{20,}"/g, '')
        .replace(/<code[^>]*>[0-9a-f]+<\/code>/g, '')
        .replace(/subject=\w+/g, '')
        .replaceAll(/\/attempts\/\d+/g, '')
    for (const rest of ['1', '1/1', '1/2', '1/check', '1/result', '1/handing-in']) {
      for (const someone of [stranger, fellow]) {
        const foreign = await someone.get(attemptOf(training, rest))
        const missing = await someone.get(attemptOf(training, rest.replace('1', '7')))
        expect([foreign.status, missing.status], rest).to.deep.equal([404, 404])
        expect(blank(foreign)).to.equal(blank(missing))
      }
    }
    for (const rest of ['1/1', '1/handing-in'])
      expect((await fellow.post(attemptOf(training, rest), { q1: 'a' })).status, rest).to.equal(404)
    expect((await send(fellow, training, [{ question: 1, value: ['a'], counter: 1, ms: 0 }])).status).to.equal(404)
    expect((await stranger.get(testOf(training))).status).to.equal(404)
    expect((await stranger.post(`/en/trainings/${training.code}/attempts`)).status).to.equal(404)
    expect((await guest().get(testOf(training))).location).to.contain('/en/sign-in?next=')
    expect((await one<{ n: number }>(null, 'select count(*)::int as n from answers'))!.n).to.equal(0)
    for (const rest of ['0/1', '1/0', '1/9', '1/x', 'x/1', '99999999999999999999/1', '1/99999999999'])
      expect((await reader.get(attemptOf(training, rest))).status, rest).to.equal(404)
  })

  it('who waits for a place sees the test and the reason why it cannot be started', async () => {
    const training = await aTraining(await aCourse())
    const person = await cast.learner()
    await anEnrollment(training, person, { status: 'waiting' })
    const reader = await signedIn(person)
    const front = await reader.get(testOf(training))
    expect(front.status).to.equal(200)
    expect(front.text).to.contain('when you have a place')
    expect((await reader.post(`/en/trainings/${training.code}/attempts`)).status).to.equal(422)
  })

  it('a training that is closed takes no new attempt', async () => {
    const { training, reader } = await enrolled()
    await sql(null, `update trainings set status = 'closed'`)
    expect((await reader.get(testOf(training))).text).to.contain('not open now')
    expect((await reader.post(`/en/trainings/${training.code}/attempts`)).status).to.equal(422)
  })

  it('a bank that is too small refuses in words and uses no attempt', async () => {
    const { training, reader } = await enrolled()
    await sql(null, `update item_versions set status = 'retired' where outcome_code like '%LO2'`)
    const refused = await reader.post(`/en/trainings/${training.code}/attempts`)
    expect(refused.status).to.equal(422)
    expect(refused.text).to.contain('no attempt was used')
    expect((await one<{ n: number }>(null, 'select count(*)::int as n from attempts'))!.n).to.equal(0)
  })

  it('an item changed later does not change an attempt that has it', async () => {
    const { course, training, reader } = await enrolled()
    const before = await begin(reader, training)
    await aCourse({ items: 2, perPage: 2, code: course.code })
    const after = await reader.get(attemptOf(training, '1/1'))
    expect(after.$('section.question').text()).to.equal(before.$('section.question').text())
  })

  it('passing the test completes what the certificate asks for', async () => {
    const { course, training, reader, enrollment } = await enrolled({ form: false })
    await readLessons(enrollment)
    const first = await begin(reader, training)
    const second = await reader.follow(
      await reader.submit('/1', {
        ...choose(first, 1, course.items, 'right'),
        ...choose(first, 2, course.items, 'right'),
      }),
    )
    await reader.submit('/2', {
      ...choose(second, 3, course.items, 'right'),
      ...choose(second, 4, course.items, 'right'),
    })
    await reader.get(attemptOf(training, '1/check'))
    await reader.submit('/handing-in')
    const row = await one<{ eligible: boolean }>(null, 'select eligible_at is not null as eligible from enrollments')
    expect(row!.eligible).to.equal(true)
  })

  it('handing in twice gives one result, one grade and one mail', async () => {
    const { training, reader } = await enrolled()
    await begin(reader, training)
    await reader.get(attemptOf(training, '1/check'))
    const first = await reader.submit('/handing-in')
    await reader.post(attemptOf(training, '1/handing-in'))
    expect(first.location).to.equal(attemptOf(training, '1/result'))
    await runJobs()
    expect(
      (await one<{ n: number }>(null, `select count(*)::int as n from mails where kind = 'test-receipt'`))!.n,
    ).to.equal(1)
    const receipt = await one<{ receipt: string; text: string }>(
      null,
      `select a.receipt, m.body_text as text from attempts a, mails m where m.kind = 'test-receipt'`,
    )
    expect(receipt!.text).to.contain(receipt!.receipt)
    expect((await reader.get(attemptOf(training, '1/result'))).$('.receipt').text()).to.equal(receipt!.receipt)
  })

  it('the receipt comes by mail in the reader’s language, without a word of what was asked', async () => {
    const person = await aPerson({ locale: 'ru' })
    const { training, reader } = await enrolled({}, person)
    await begin(reader, training, 'ru')
    await reader.get(attemptOf(training, '1/check', 'ru'))
    await reader.submit('/handing-in')
    await runJobs()
    const mail = await one<{ subject: string; text: string; html: string }>(
      null,
      `select subject, body_text as text, body_html as html from mails where kind = 'test-receipt' and address = $1`,
      [person.email],
    )
    expect(mail!.subject).to.equal('Тест принят: 0 %, Курс RMC-01')
    expect(mail!.text).to.contain('попытка 1').and.contain('Осталась 1 попытка')
    expect(mail!.text).to.contain(attemptOf(training, '1/result', 'ru'))
    expect(mail!.text + mail!.html).to.not.match(/Вопрос RMC|Вариант|О варианте|Question|Option/)
  })

  it('pages ask the database the same few times, however long the test is', async () => {
    const counts = []
    for (const items of [2, 40]) {
      const { training, reader } = await enrolled({ items, code: `RMC-${items + 10}`, perPage: 5 }, await aPerson())
      await begin(reader, training)
      counts.push(await queriesOf(() => reader.get(attemptOf(training, '1/1'))))
    }
    expect(counts[0]).to.equal(counts[1])
    expect(counts[0]).to.be.at.most(5)
  })
})
