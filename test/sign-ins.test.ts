import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import './support/app.ts'
import { cast, PASSWORD } from './support/people.ts'
import { guest, signedIn } from './support/reader.ts'

describe('sign-ins', () => {
  it('a person signs in and out', async () => {
    const reader = await signedIn(await cast.learner())
    expect((await reader.get('/en/')).html).to.contain('Aigerim Sadykova')
    await reader.follow(await reader.submit('/sign-out'))
    expect((await reader.get('/en/')).html).to.not.contain('Aigerim Sadykova')
  })

  it('a wrong password and an unknown address get the same answer, and what was typed is kept', async () => {
    await cast.learner()
    const answers = []
    for (const email of ['learner@ministry.example', 'nobody@ministry.example']) {
      const reader = guest()
      await reader.get('/ru/sign-in')
      const page = await reader.submit('/sign-in', { email, password: 'wrong-password' })
      expect(page.status).to.equal(422)
      expect(page.$('#email').val()).to.equal(email)
      answers.push(page.text)
    }
    expect(answers[0]).to.equal(answers[1])
  })

  it('a stale token brings the same page back with what was typed and a fresh token', async () => {
    const person = await cast.learner()
    const reader = guest()
    await reader.get('/en/sign-in')
    const page = await reader.submit('/sign-in', { email: person.email, password: PASSWORD, _csrf: 'long-gone' })
    expect(page.status).to.equal(422)
    expect(page.$('#email').val()).to.equal(person.email)
    expect((await reader.submit('/sign-in', { password: PASSWORD })).status).to.equal(303)
  })

  it('the eleventh try on one account has to wait', async () => {
    const reader = guest()
    await reader.get('/en/sign-in')
    let page: Awaited<ReturnType<typeof reader.submit>> | undefined
    for (let i = 0; i < 11; i++) page = await reader.submit('/sign-in', { email: 'a@b.example', password: 'x' })
    expect(page!.headers['retry-after']).to.match(/^\d+$/)
    expect(page!.text).to.contain('Wait')
  })

  it('the key of the sign-in session changes at sign-in', async () => {
    const reader = guest()
    const before = (await reader.get('/en/sign-in')).headers['set-cookie']
    const after = (await reader.submit('/sign-in', { email: (await cast.learner()).email, password: PASSWORD }))
      .headers['set-cookie']
    expect(after).to.not.equal(before)
    expect((await one<{ n: number }>(null, 'select count(*)::int as n from sign_in_sessions'))!.n).to.equal(1)
  })

  it('a form sent after the sign-in session was lost is carried through the sign-in page, and sent by one more press', async () => {
    const person = await cast.learner()
    const reader = await signedIn(person)
    await reader.get('/en/me/data')
    await sql(null, 'delete from sign_in_sessions')
    const lost = await reader.submit('/me/data', { organization: 'Border post Dostyk' })
    expect(lost.status).to.equal(422)
    expect(lost.text).to.contain('What you entered is kept')
    expect((await reader.submit('/sign-in', { email: person.email, password: 'wrong-password' })).text).to.contain(
      'What you entered is kept',
    )
    const back = await reader.submit('/sign-in', { email: person.email, password: PASSWORD })
    expect(back.text).to.contain('You are signed in again')
    await reader.follow(await reader.submit('/me/data'))
    expect(await one(null, 'select organization from people where id = $1', [person.id])).to.deep.equal({
      organization: 'Border post Dostyk',
    })
  })
})
