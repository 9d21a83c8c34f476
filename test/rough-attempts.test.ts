import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { itemsOf } from '../models/attempt.ts'
import { rightAnswer } from '../models/items/kinds.ts'
import { keyOf } from '../models/grading.ts'
import { standAt } from './support/app.ts'
import { attemptOf, begin, enrolled, post, send, testOf } from './support/attempts.ts'
import { PASSWORD } from './support/people.ts'
import { EXAMPLES } from './support/items.ts'
import { guest, signedIn } from './support/reader.ts'

/** What a test meets in life beside learners who do all in order: a clear answer, nothing lost, nothing leaked. */

const attempt = () =>
  one<{ id: string; closed: boolean }>(null, 'select id, handed_in_at is not null as closed from attempts')
const counting = async () =>
  Object.fromEntries((await itemsOf((await attempt())!.id)).map(item => [item.position, item.value]))

describe('rough attempts', () => {
  it('an item retired in mid-attempt is still asked, answered and graded as it was drawn', async () => {
    const { training, reader } = await enrolled()
    const before = await begin(reader, training)
    await sql(null, `update item_versions set status = 'retired'`)
    const after = await reader.get(attemptOf(training, '1/1'))
    expect(after.$('section.question').text()).to.equal(before.$('section.question').text())
    const items = await itemsOf((await attempt())!.id)
    const right = items.map(item => ({
      question: item.position,
      value: rightAnswer(keyOf(item)),
      counter: item.position,
      ms: 1,
    }))
    expect((await send(reader, training, right)).body).to.deep.include({ saved: [1, 2, 3, 4] })
    await reader.get(attemptOf(training, '1/check'))
    const result = await reader.follow(await reader.submit('/handing-in'))
    expect(result.$('h1').text()).to.contain('100 %')
  })

  it('five megabytes of an answer are refused in words, by script and by page, and what was saved stays', async () => {
    const { training, reader } = await enrolled()
    await begin(reader, training)
    await send(reader, training, [{ question: 1, value: ['a'], counter: 1, ms: 1 }])
    const long = 'x'.repeat(5 * 1024 * 1024)
    const byScript = await send(reader, training, [{ question: 2, value: [long], counter: 2, ms: 2 }])
    expect(byScript.status).to.equal(413)
    expect(byScript.body).to.deep.include({ error: 'tooLarge' })
    const byPage = await reader.post(attemptOf(training, '1/1'), { q1: 'a', q2: long })
    expect(byPage.status).to.equal(413)
    expect(byPage.$('h1').length).to.equal(1)
    expect((await counting())[1]).to.deep.equal(['a'])
    expect((await send(reader, training, [{ question: 2, value: ['a'], counter: 3, ms: 3 }])).status).to.equal(200)
  })

  it('an answer longer than a field takes is malformed, not cut', async () => {
    const { training, reader } = await enrolled()
    await begin(reader, training)
    const sent = await send(reader, training, [{ question: 1, value: ['x'.repeat(20_101)], counter: 1, ms: 1 }])
    expect([sent.status, sent.body]).to.deep.equal([400, { malformed: true }])
    expect((await counting())[1]).to.equal(null)
  })

  it('signs that nobody sees come with pasted words: the words are saved, by script and by page, and hold nothing up', async () => {
    const { training, reader } = await enrolled()
    await begin(reader, training)
    const { content } = EXAMPLES.find(({ type }) => type === 'short')!
    await sql(null, `update item_versions set type = 'short', content = $1`, [JSON.stringify(content)])
    const pasted = 'two\u000bwords\u0000and\ud800more'
    const seen = ['two words and\ufffdmore']
    const both = [pasted, 'typed'].map((text, n) => ({ question: n + 1, value: [text], counter: n + 1, ms: 1 }))
    expect((await send(reader, training, both)).body).to.deep.include({ saved: [1, 2] })
    expect(await counting()).to.deep.include({ 1: seen, 2: ['typed'] })
    await reader.get(attemptOf(training, '1/2'))
    await reader.submit('/1/2', { q3: pasted.replace('\ud800', '\ufffd') })
    expect((await counting())[3]).to.deep.equal(seen)
  })

  it('saves that are replayed, reordered and sent in pieces end in the same record as in order', async () => {
    const { training, reader } = await enrolled()
    await begin(reader, training)
    const saves = [
      { question: 1, value: ['a'], counter: 1, ms: 10 },
      { question: 2, value: ['b'], counter: 2, ms: 20 },
      { question: 1, value: ['c'], counter: 3, ms: 30 },
      { question: 1, value: [], counter: 4, ms: 40 },
      { question: 2, value: ['d'], counter: 5, ms: 50 },
    ]
    const pieces = [[4], [2, 0], [3], [1, 4], [0, 1, 2, 3, 4], [2]]
    for (const piece of pieces) {
      const batch = piece.map(n => saves[n]!)
      expect((await send(reader, training, batch)).body).to.deep.include({ saved: batch.map(each => each.counter) })
    }
    expect(await counting()).to.deep.include({ 1: [], 2: ['d'] })
    expect((await one<{ n: number }>(null, 'select count(*)::int as n from answers'))!.n).to.equal(5)
    expect((await reader.get(attemptOf(training, '1/1'))).$('input[checked]').length).to.equal(1)
  })

  it('an invented time, a time beyond all clocks and a negative one bring nothing', async () => {
    standAt('2026-12-01T08:00:00Z')
    const { training, reader } = await enrolled()
    await begin(reader, training)
    standAt('2026-12-01T08:40:00Z')
    const far = await send(reader, training, [{ question: 1, value: ['a'], counter: 1, ms: Number.MAX_SAFE_INTEGER }])
    expect(far.body).to.deep.include({ saved: [], late: [1] })
    for (const ms of [-1, 1.5, '1', undefined])
      expect((await send(reader, training, [{ question: 1, value: ['a'], counter: 2, ms }])).status).to.equal(400)
    expect((await counting())[1]).to.equal(null)
  })

  it('two devices: the front page leads both to the one attempt, and handing in on one ends it on the other', async () => {
    const { training, reader, person } = await enrolled()
    await begin(reader, training)
    const phone = await signedIn(person)
    const front = await phone.get(testOf(training))
    expect(front.$('form[action$="/attempts"]').length).to.equal(0)
    await phone.get(attemptOf(training, '1/1'))
    await send(phone, training, [{ question: 1, value: ['b'], counter: 1, ms: 5 }], 'en', 'phone-000001')
    await send(reader, training, [{ question: 1, value: ['a'], counter: 9, ms: 4 }], 'en', 'desk-0000001')
    expect((await counting())[1], 'between devices the order of arrival').to.deep.equal(['a'])
    await phone.get(attemptOf(training, '1/check'))
    await phone.submit('/handing-in')
    const after = await send(
      reader,
      training,
      [{ question: 2, value: ['a'], counter: 10, ms: 6 }],
      'en',
      'desk-0000001',
    )
    expect([after.status, after.body]).to.deep.equal([409, { closed: true, late: [2] }])
    expect((await reader.open(attemptOf(training, '1/1'))).path).to.match(/\/result$/)
  })

  it('a sign-in session that ends in mid-test: the script is told, nothing is lost, and nobody else gets in', async () => {
    const { training, reader, person } = await enrolled()
    await begin(reader, training)
    await send(reader, training, [{ question: 1, value: ['a'], counter: 1, ms: 1 }])
    const token = await reader.token()
    await sql(null, 'delete from sign_in_sessions')
    const lost = await post(reader, training, { device: 'abcdef0123456789', answers: [] }, 'en', token)
    expect([401, 422]).to.include(lost.status)
    expect(JSON.stringify(lost.body)).to.match(/signedOut|stale/)
    for (const rest of ['1', '1/1', '1/check', '1/saves', '1/result'])
      expect((await reader.get(attemptOf(training, rest))).location, rest).to.contain('/en/sign-in?next=')
    expect((await guest().get(attemptOf(training, '1/saves'))).location).to.contain('/en/sign-in?next=')
    await reader.open(attemptOf(training, '1/1'))
    const back = await reader.follow(await reader.submit('/sign-in', { email: person.email, password: PASSWORD }))
    expect(back.path).to.equal(attemptOf(training, '1/1'))
    expect((await counting())[1]).to.deep.equal(['a'])
  })

  it('a training canceled in mid-attempt lets the attempt be finished; a place given up hides it', async () => {
    const { training, reader } = await enrolled()
    await begin(reader, training)
    await sql(null, `update trainings set status = 'canceled'`)
    expect((await send(reader, training, [{ question: 1, value: ['a'], counter: 1, ms: 1 }])).status).to.equal(200)
    await sql(null, `update enrollments set status = 'withdrawn'`)
    expect((await reader.get(attemptOf(training, '1/1'))).status).to.equal(404)
    expect((await send(reader, training, [{ question: 2, value: ['a'], counter: 2, ms: 1 }])).status).to.equal(404)
  })
})
