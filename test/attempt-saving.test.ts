import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { standAt } from './support/app.ts'
import { attemptOf, begin, checked, choose, enrolled, itemAt, post, send } from './support/attempts.ts'
import { PASSWORD } from './support/people.ts'
import { guest } from './support/reader.ts'

describe('saving by the page’s script', () => {
  it('acknowledges each answer by its counter, says when, and keeps language and time', async () => {
    standAt('2026-12-01T08:00:00Z')
    const { training, reader } = await enrolled()
    await begin(reader, training)
    standAt('2026-12-01T08:10:00Z')
    const answer = await send(
      reader,
      training,
      [
        { question: 1, value: ['a'], counter: 1, ms: 1000 },
        { question: 2, value: ['b'], counter: 2, ms: 2000 },
      ],
      'ru',
    )
    expect(answer.status).to.equal(200)
    expect(answer.body).to.deep.equal({
      ...{ saved: [1, 2], refused: [], late: [], at: '13:10', over: false },
      ...{ leftMs: 20 * 60_000, givenBack: null },
    })
    const rows = await sql(null, 'select language, given_ms::int as ms, device, counter::int from answers order by id')
    expect(rows).to.deep.equal([
      { language: 'ru', ms: 1000, device: 'abcdef0123456789', counter: 1 },
      { language: 'ru', ms: 2000, device: 'abcdef0123456789', counter: 2 },
    ])
  })

  it('the same sent again changes nothing and is acknowledged again', async () => {
    const { training, reader } = await enrolled()
    await begin(reader, training)
    const batch = [{ question: 1, value: ['a'], counter: 1, ms: 1 }]
    for (let n = 0; n < 3; n++) expect((await send(reader, training, batch)).body).to.deep.include({ saved: [1] })
    expect((await one<{ n: number }>(null, 'select count(*)::int as n from answers'))!.n).to.equal(1)
  })

  it('of one device the highest counter counts, however late an older answer arrives', async () => {
    const { training, reader } = await enrolled()
    await begin(reader, training)
    await send(reader, training, [{ question: 1, value: ['b'], counter: 5, ms: 1 }])
    await send(reader, training, [{ question: 1, value: ['c'], counter: 4, ms: 1 }])
    expect(checked(await reader.get(attemptOf(training, '1/1')), 1)).to.deep.equal(['b'])
    await send(reader, training, [{ question: 1, value: ['d'], counter: 1, ms: 1 }], 'en', '9876543210fedcba')
    expect(checked(await reader.get(attemptOf(training, '1/1')), 1)).to.deep.equal(['d'])
    await send(reader, training, [{ question: 1, value: ['a'], counter: 3, ms: 1 }])
    expect(checked(await reader.get(attemptOf(training, '1/1')), 1), 'the other device was last').to.deep.equal(['d'])
  })

  it('what does not fit a question is refused by its counter; what is malformed is 400', async () => {
    const { training, reader } = await enrolled()
    const page = await begin(reader, training)
    const several = [1, 2].find(n => page.$(`#question-${n} input[type=checkbox]`).length) ?? 0
    const single = several === 1 ? 2 : 1
    const { body } = await send(reader, training, [
      { question: single, value: ['a', 'b'], counter: 1, ms: 1 },
      { question: single, value: ['zz'], counter: 2, ms: 1 },
      { question: 77, value: ['a'], counter: 3, ms: 1 },
      { question: single, value: ['c'], counter: 4, ms: 1 },
    ])
    expect(body).to.deep.include({ saved: [4], refused: [1, 2, 3] })
    for (const bad of [{}, { device: 'x', answers: [] }, { device: 'abcdef0123456789', answers: [{ question: -1 }] }])
      expect((await post(reader, training, bad)).status).to.equal(400)
  })

  it('without a valid token nothing is stored and the script is told', async () => {
    const { training, reader } = await enrolled()
    await begin(reader, training)
    const answer = await post(reader, training, {}, 'en', 'long-gone')
    expect([answer.status, answer.body]).to.deep.equal([422, { stale: true }])
    const nobody = guest()
    const token = await nobody.token()
    expect((await post(nobody, training, {}, 'en', token)).status).to.equal(401)
  })
})

describe('a lost sign-in session or a stale page', () => {
  it('brings the choices back with a fresh token, and nothing is lost', async () => {
    const { course, training, reader } = await enrolled()
    const page = await begin(reader, training)
    const again = await reader.submit('/1/1', { ...choose(page, 1, course.items, 'right'), _csrf: 'long-gone' })
    expect(again.status).to.equal(422)
    expect(checked(again, 1)).to.deep.equal(itemAt(page, 1, course.items).right)
    expect(again.text).to.contain('not saved yet')
    await reader.submit('/1/1')
    expect((await one<{ n: number }>(null, 'select count(*)::int as n from answers'))!.n).to.equal(1)
  })

  it('in mid-test: after signing in again the page comes back with what was chosen', async () => {
    const { course, training, reader, person } = await enrolled()
    const page = await begin(reader, training)
    await sql(null, 'delete from sign_in_sessions')
    const lost = await reader.submit('/1/1', choose(page, 1, course.items, 'right'))
    expect(lost.status).to.equal(303)
    expect(lost.location).to.contain('/en/sign-in?next=')
    await reader.open(lost.location!)
    const back = await reader.follow(await reader.submit('/sign-in', { email: person.email, password: PASSWORD }))
    expect(back.path).to.equal(attemptOf(training, '1/1'))
    expect(checked(back, 1)).to.deep.equal(itemAt(page, 1, course.items).right)
    expect(back.text).to.contain('signed out')
    await reader.submit('/1/1')
    const value = await one<{ value: string[] }>(null, 'select value from answers')
    expect(value!.value.toSorted()).to.deep.equal(itemAt(page, 1, course.items).right)
    expect((await reader.get(attemptOf(training, '1/1'))).$('.notice').length).to.equal(0)
  })

  it('at handing in: the check page comes back', async () => {
    const { training, reader } = await enrolled()
    await begin(reader, training)
    await reader.get(attemptOf(training, '1/check'))
    const stale = await reader.submit('/handing-in', { _csrf: 'long-gone' })
    expect(stale.location).to.equal(attemptOf(training, '1/check'))
    expect((await reader.follow(stale)).$('form[action$="/handing-in"]').length).to.equal(1)
  })
})
