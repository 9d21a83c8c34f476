import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { closeOverdue } from '../models/closing-attempts.ts'
import { runJobs, standAt } from './support/app.ts'
import { attemptOf, begin, enrolled, send, testOf } from './support/attempts.ts'

/** Answers given in time that a broken line brought after the deadline. The test runs from 08:00 for 30 minutes. */

const MINUTE = 60_000
const answer = (question: number, minutes: number, counter = question) => ({
  ...{ question, value: ['a'], counter, ms: minutes * MINUTE },
})

async function underWay(lang = 'en') {
  standAt('2026-12-01T08:00:00Z')
  const all = await enrolled()
  await begin(all.reader, all.training, lang)
  return all
}

const row = () =>
  one<Record<string, unknown>>(
    null,
    `select closed_by as by, handed_in_at is not null as closed, receipt is not null as receipt,
       (select count(*)::int from grades) as grades, (select count(*)::int from answers) as answers from attempts`,
  )

describe('late answers', () => {
  it('what was given before the deadline counts for fifteen minutes, by the count of the page', async () => {
    const { training, reader } = await underWay()
    standAt('2026-12-01T08:45:00Z')
    const late = await send(reader, training, [answer(1, 29), answer(2, 31), { ...answer(3, 0), ms: null }])
    expect(late.status).to.equal(200)
    expect(late.body, 'an answer of an unknown time is late').to.deep.include({ saved: [1], late: [2, 3], over: true })
    expect((await row())!.answers).to.equal(1)
    standAt('2026-12-01T08:45:01Z')
    await sql(null, `update heartbeats set at = '2026-12-01T08:45:01Z'`)
    const gone = await send(reader, training, [answer(4, 10)])
    expect([gone.status, gone.body]).to.deep.equal([409, { closed: true, late: [4] }])
    expect(await row(), 'the next act after the wait closes').to.deep.include({ by: 'time', answers: 1, grades: 1 })
  })

  it('result, receipt, grade and mail wait for them, and they are in the grade', async () => {
    const { course, training, reader } = await underWay()
    standAt('2026-12-01T08:35:00Z')
    expect(await closeOverdue()).to.equal(0)
    const wait = await reader.get(attemptOf(training, '1/result'))
    expect(wait.$('h1').text()).to.equal('The time is over')
    expect(wait.text).to.contain('13:45').and.contain('Almaty').and.not.contain('0 %')
    const items = await sql<{ position: number; code: string }>(
      null,
      `select ai.position, i.code from attempt_items ai join item_versions v on v.id = ai.item_version_id
       join items i on i.id = v.item_id order by 1`,
    )
    const right = items.map(({ position, code }) => ({
      ...answer(position, 20),
      value: course.items.find(item => item.code === code)!.right,
    }))
    expect((await send(reader, training, right)).body).to.deep.include({ saved: [1, 2, 3, 4] })
    await runJobs()
    expect(await row()).to.deep.include({ closed: false, receipt: false, grades: 0 })
    standAt('2026-12-01T08:45:01Z')
    expect(await closeOverdue()).to.equal(1)
    await runJobs()
    const result = await reader.get(attemptOf(training, '1/result'))
    expect(result.$('h1').text()).to.contain('100 %')
    expect(result.text).to.contain('4 answers arrived late. They were given in time and count.')
    expect(result.$('.feedback .tag').text()).to.contain('arrived late')
    const mail = await one<{ text: string }>(null, `select body_text as text from mails where kind = 'test-receipt'`)
    const { receipt } = (await one<{ receipt: string }>(null, 'select receipt from attempts'))!
    expect(mail!.text).to.contain(receipt)
  })

  it('while they are waited for, nothing of the attempt can be fetched: whoever looks closes it first', async () => {
    const { course, training, reader } = await underWay()
    await send(reader, training, [answer(1, 1)])
    standAt('2026-12-01T08:31:00Z')
    const token = await reader.token()
    const told = [
      ...['1', '1/1', '1/2', '1/check', '1/saves', '1/result'].map(
        rest => () => reader.open(attemptOf(training, rest)),
      ),
      () => reader.post(attemptOf(training, '1/1'), { q1: 'b', q2: 'b' }),
      () => reader.post(attemptOf(training, '1/1'), { _csrf: 'long-gone', q2: 'b' }, false),
      () => reader.post(attemptOf(training, '1/2'), { q3: 'b', _csrf: token }, false),
      () => reader.get(testOf(training)),
      () => reader.get('/en/home'),
    ]
    for (const ask of told) {
      const { html } = await ask()
      for (const { code } of course.items) expect(html).to.not.contain(`Question ${code}`).and.not.contain(`of ${code}`)
      expect(html).to.not.match(/About [a-d]\.|Result \d|\d %<\/h1>/)
    }
    expect((await row())!.closed).to.equal(false)
    await reader.get(attemptOf(training, '1/result'))
    const result = await reader.follow(await reader.submit('/handing-in'))
    expect(result.text).to.contain('Questions and answers')
    const after = await send(reader, training, [answer(2, 20)])
    expect(after.status, 'what was seen ends the wait').to.equal(409)
    expect((await row())!.answers).to.equal(1)
  })

  it('a new attempt waits too', async () => {
    const { training, reader } = await underWay()
    standAt('2026-12-01T08:40:00Z')
    const front = await reader.get(testOf(training))
    expect(front.$('form[action$="/attempts"]').length).to.equal(0)
    expect(front.text).to.contain('may still arrive until')
    const refused = await reader.post(`/en/trainings/${training.code}/attempts`)
    expect(refused.status).to.equal(422)
    expect(refused.text).to.contain('A new attempt can start after that')
    standAt('2026-12-01T08:45:01Z')
    expect((await reader.post(`/en/trainings/${training.code}/attempts`)).location).to.contain('/attempts/2/1')
  })

  for (const lang of ['en', 'ru'] as const)
    it(`every save is shown to the learner, also what was overwritten: ${lang}`, async () => {
      const { training, reader } = await underWay(lang)
      await send(reader, training, [answer(1, 1, 1)], lang, 'device-a')
      await send(reader, training, [{ ...answer(1, 2, 1), value: ['b'] }], lang, 'device-b')
      await send(reader, training, [{ ...answer(1, 2, 2), value: ['c'] }], lang, 'device-a')
      const page = await reader.get(attemptOf(training, '1/saves', lang))
      const lines = page
        .$('.saves > li')
        .first()
        .find('li')
        .toArray()
        .map(line => page.$(line).text().replace(/\s+/g, ' ').trim())
      expect(lines).to.have.length(3)
      const [counts, replaced] = lang === 'en' ? ['counts', 'replaced'] : ['учитывается', 'заменён']
      expect(lines[0])
        .to.match(/13:00, \D+ 1: (Option|Вариант) c/)
        .and.contain(counts)
      expect(lines[1])
        .to.match(/13:00, \D+ 2: (Option|Вариант) b/)
        .and.contain(replaced)
      expect(lines[2]).to.contain(' a ').and.contain(replaced)
      expect(page.html).to.not.match(/About [a-d]\.|О варианте/)
      expect((await reader.get(attemptOf(training, '1/check', lang))).$('a[href$="/saves"]').length).to.equal(1)
    })
})
