import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { runJobs, standAt } from './support/app.ts'
import { attemptOf, begin, choose, enrolled, itemAt, send, testOf } from './support/attempts.ts'

const LATE = { en: 'The time was over', ru: 'Время вышло' }

describe('time of attempts', () => {
  it('the page says when the test ends, in the learner’s zone', async () => {
    standAt('2026-12-01T08:00:00Z')
    const { training, reader } = await enrolled()
    const page = await begin(reader, training)
    expect(page.$('.time-left').text()).to.contain('13:30').and.contain('Almaty')
    expect(page.$('[data-timer]').attr('data-left')).to.equal(String(30 * 60_000))
  })

  it('looking at an overdue attempt changes nothing; the next act closes it with the answers saved before', async () => {
    standAt('2026-12-01T08:00:00Z')
    const { course, training, reader } = await enrolled()
    const page = await begin(reader, training)
    await reader.submit('/1/1', choose(page, 1, course.items, 'right'))
    standAt('2026-12-01T09:00:00Z')
    const state = () => sql(null, 'select * from attempts')
    const before = await state()
    for (const rest of ['1', '1/1', '1/2', '1/check', '1/result', '1/saves', '1/handing-in']) {
      const wait = await reader.open(attemptOf(training, rest))
      expect(wait.path, rest).to.equal(attemptOf(training, '1/result'))
      expect(wait.$('h1').text()).to.equal('The time is over')
      expect(wait.text).to.contain('The result is being made').and.not.contain('25 %')
    }
    expect((await reader.get(testOf(training))).text).to.contain('The time of your attempt is over')
    expect(await state(), 'a GET changes nothing').to.deep.equal(before)
    await reader.get(attemptOf(training, '1/result'))
    const result = await reader.follow(await reader.submit('/handing-in'))
    expect(result.$('h1').text()).to.contain('25 %')
    const row = await one<{ closed: string; at: Temporal.Instant }>(
      null,
      'select closed_by as closed, handed_in_at as at from attempts',
    )
    expect([row!.closed, String(row!.at)]).to.deep.equal(['time', '2026-12-01T08:30:00Z'])
  })

  it('the job closes overdue attempts nobody looks at, and tells the learner', async () => {
    standAt('2026-12-01T08:00:00Z')
    const { training, reader } = await enrolled()
    await begin(reader, training)
    await sql(
      null,
      `insert into jobs (name, payload, run_at, created_at) values ('attempts.close-overdue', '{}', $1, $1)`,
      ['2026-12-01T08:30:01Z'],
    )
    await runJobs()
    expect((await one<{ open: boolean }>(null, 'select handed_in_at is null as open from attempts'))!.open).to.equal(
      true,
    )
    standAt('2026-12-01T08:30:01Z')
    await runJobs()
    const waiting = await one(null, 'select closed_by as by, (select count(*)::int from mails) as mails from attempts')
    expect(waiting, 'receipt and grade wait for late answers').to.deep.equal({ by: null, mails: 0 })
    await sql(
      null,
      `insert into jobs (name, payload, run_at, created_at) values ('attempts.close-overdue', '{}', $1, $1)`,
      ['2026-12-01T08:45:01Z'],
    )
    await sql(null, `update heartbeats set at = $1`, ['2026-12-01T08:45:00Z'])
    standAt('2026-12-01T08:45:01Z')
    await runJobs()
    expect((await one<{ by: string }>(null, 'select closed_by as by from attempts'))!.by).to.equal('time')
    const mail = await one<{ subject: string; text: string }>(
      null,
      `select subject, body_text as text from mails where kind = 'test-receipt'`,
    )
    expect(mail!.text)
      .to.contain('The time was over')
      .and.match(/([0-9A-F]{4}-){5}/)
  })

  for (const lang of ['en', 'ru'] as const)
    it(`a page posted too late says which choices were not taken: ${lang}`, async () => {
      standAt('2026-12-01T08:00:00Z')
      const { course, training, reader } = await enrolled()
      const page = await begin(reader, training, lang)
      standAt('2026-12-01T08:30:01Z')
      const late = await reader.submit('/1/1', choose(page, 2, course.items, 'right'))
      expect(late.status).to.equal(422)
      expect(late.$('h1').text()).to.equal(LATE[lang])
      expect(late.$('.check-list li').length).to.equal(1)
      expect(late.$('.check-list li').attr('value')).to.equal('2')
      expect(late.text, 'nothing is asked again').to.not.contain(itemAt(page, 2, course.items).code)
      expect((await one<{ n: number }>(null, 'select count(*)::int as n from answers'))!.n).to.equal(0)
      standAt('2026-12-01T08:45:01Z')
      await reader.get(attemptOf(training, '1/result', lang))
      const result = await reader.follow(await reader.submit('/handing-in'))
      expect(result.$('h1').text()).to.contain('0 %')
      const after = await reader.post(attemptOf(training, '1/1', lang), choose(page, 2, course.items, 'right'))
      expect(after.status).to.equal(422)
      expect(after.text).to.contain(itemAt(page, 2, course.items).code)
    })

  it('an answer at the very deadline counts, a second later it does not', async () => {
    standAt('2026-12-01T08:00:00Z')
    const { training, reader } = await enrolled()
    await begin(reader, training)
    standAt('2026-12-01T08:30:00Z')
    const ms = 30 * 60_000
    const atOnce = await send(reader, training, [{ question: 1, value: ['a'], counter: 1, ms }])
    expect(atOnce.body).to.deep.include({ saved: [1], late: [], over: false })
    standAt('2026-12-01T08:30:01Z')
    const late = await send(reader, training, [
      { question: 2, value: ['a'], counter: 2, ms },
      { question: 3, value: ['a'], counter: 3, ms: ms + 1 },
    ])
    expect(late.body, 'by the count of the page').to.deep.include({ saved: [2], late: [3], over: true, leftMs: 0 })
  })

  it('a test without a limit has no clock', async () => {
    const { training, reader } = await enrolled({ minutes: null })
    const page = await begin(reader, training)
    expect(page.$('[data-timer]').length).to.equal(0)
    expect((await reader.get(testOf(training))).text).to.contain('No limit')
  })
})
