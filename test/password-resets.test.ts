import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { appoint } from '../models/appointing.ts'
import { runJobs, standAt, theHouse } from './support/app.ts'
import { codeIn, countOf, lastMail, linkIn, mailsTo } from './support/mails.ts'
import { aPerson, cast, PASSWORD } from './support/people.ts'
import { guest, signedIn } from './support/reader.ts'

const FRESH = 'a-lamp-in-the-far-window'

async function ask(email: string, lang = 'en') {
  const reader = guest()
  await reader.get(`/${lang}/reset-password`)
  return { reader, page: await reader.follow(await reader.submit('/reset-password', { email })) }
}

describe('password resets', () => {
  it('a forgotten password is set anew by a link; wherever the person was signed in, they are signed out', async () => {
    const person = await cast.learner()
    const elsewhere = await signedIn(person)
    const { reader } = await ask(person.email)
    const link = linkIn(await lastMail(person.email, 'reset-password'), 'reset-password')
    await reader.get(link)
    const page = await reader.follow(await reader.submit(link.slice(3), { password: FRESH }))
    expect(page.path).to.contain('/sign-in')
    expect(page.$('#email').val()).to.equal(person.email)
    expect((await elsewhere.get('/en/me')).location).to.contain('/sign-in')
    expect((await reader.submit('/sign-in', { email: person.email, password: PASSWORD })).status).to.equal(422)
    expect((await reader.submit('/sign-in', { email: person.email, password: FRESH })).status).to.equal(303)
    expect((await lastMail(person.email, 'password-changed')).text).to.contain('/en/reset-password')
  })

  it('opening the link uses nothing up; the second use is told what to do', async () => {
    const person = await cast.learner()
    const { reader } = await ask(person.email)
    const link = linkIn(await lastMail(person.email, 'reset-password'), 'reset-password')
    for (let i = 0; i < 5; i++) expect((await guest().get(link)).$('#password').length).to.equal(1)
    await reader.get(link)
    expect((await reader.submit(link.slice(3), { password: 'short' })).status).to.equal(422)
    expect((await reader.submit(link.slice(3), { password: FRESH })).status).to.equal(303)
    const over = await reader.post(link, { password: 'another-lamp-in-the-window' })
    expect(over.status).to.equal(422)
    expect(over.$('a[href="/en/reset-password"]').length).to.equal(1)
    await reader.get('/en/sign-in')
    expect((await reader.submit('/sign-in', { email: person.email, password: FRESH })).status).to.equal(303)
  })

  it('a link dies after an hour, and the older one when a newer was used', async () => {
    standAt('2026-12-01T08:00:00Z')
    const person = await cast.learner()
    await ask(person.email)
    const first = linkIn(await lastMail(person.email, 'reset-password'), 'reset-password')
    const { reader } = await ask(person.email)
    const second = linkIn(await lastMail(person.email, 'reset-password'), 'reset-password')
    expect((await reader.get(first)).status, 'two mails crossed: both work').to.equal(200)
    await reader.get(second)
    await reader.submit(second.slice(3), { password: FRESH })
    expect((await reader.get(first)).status).to.equal(410)
    await ask(person.email)
    const third = linkIn(await lastMail(person.email, 'reset-password'), 'reset-password')
    standAt('2026-12-01T09:00:01Z')
    expect((await reader.get(third)).status).to.equal(410)
  })

  it('where links are blocked the code sets the password, and dies after five wrong tries', async () => {
    const person = await cast.learner()
    const { reader, page } = await ask(person.email)
    expect(page.$('#email').val()).to.equal(person.email)
    const code = codeIn(await lastMail(person.email, 'reset-password'))
    const wrong = code === '123456' ? '654321' : '123456'
    for (let i = 0; i < 4; i++)
      expect((await reader.submit('/reset-password/code', { code: wrong, password: FRESH })).status).to.equal(422)
    expect((await reader.submit('/reset-password/code', { code, password: FRESH })).status).to.equal(303)
    const again = await ask(person.email)
    const second = codeIn(await lastMail(person.email, 'reset-password'))
    for (let i = 0; i < 5; i++)
      await again.reader.submit('/reset-password/code', {
        code: second === '123456' ? '654321' : '123456',
        password: FRESH,
      })
    expect((await again.reader.submit('/reset-password/code', { code: second, password: FRESH })).status).to.equal(422)
  })

  it('a known and an unknown address get the same answer', async () => {
    const person = await cast.learner()
    const answers = []
    for (const email of [person.email, 'nobody@ministry.example']) {
      const began = performance.now()
      const { page } = await ask(email, 'ru')
      expect(performance.now() - began, 'and no quicker one').to.be.greaterThan(250)
      answers.push([page.status, page.text])
    }
    expect(answers[0]).to.deep.equal(answers[1])
    expect(await mailsTo('nobody@ministry.example')).to.deep.equal([])
    expect(await countOf('mails')).to.equal(1)
  })

  it('the new password is not made of the name or address of its owner', async () => {
    const person = await cast.learner()
    const { reader } = await ask(person.email)
    const link = linkIn(await lastMail(person.email, 'reset-password'), 'reset-password')
    await reader.get(link)
    for (const password of ['Sadykova12345', 'learner@ministry.example'])
      expect((await reader.submit(link.slice(3), { password })).$('#password-error').length, password).to.equal(1)
  })

  it('a suspended account gets no link', async () => {
    const person = await cast.learner()
    await sql(null, 'update accounts set suspended_at = now()')
    await ask(person.email)
    expect(await mailsTo(person.email)).to.deep.equal([])
  })

  it('a link that has gone out by mail stands nowhere in the database', async () => {
    const person = await cast.learner()
    await ask(person.email)
    const sent: string[] = []
    await runJobs({ mailer: { send: async letter => void sent.push(letter.text), close: () => {} } })
    const token = /reset-password\/([\w-]{32})/.exec(sent[0]!)![1]!
    const rows = await sql<{ row: string }>(null, 'select m::text as row from mails m')
    expect(rows.length).to.equal(1)
    expect(rows[0]!.row).to.not.contain(token)
    expect((await guest().get(`/en/reset-password/${token}`)).status).to.equal(200)
  })

  it('a link of one kind opens no page of another', async () => {
    const person = await cast.learner()
    await ask(person.email)
    const link = linkIn(await lastMail(person.email, 'reset-password'), 'reset-password')
    const reader = guest()
    expect((await reader.get(link.replace('reset-password', 'confirm'))).status).to.equal(410)
    expect((await reader.post(link.replace('reset-password', 'confirm'))).status).to.equal(422)
    expect(await one(null, 'select used_at from one_time_tokens')).to.deep.equal({ used_at: null })
  })

  it('the first administrator gets a link from the command line, sets a password with it and signs in', async () => {
    const { dataKey } = theHouse().config
    const made = await appoint('first@center.example', 'Aysel Huseynova', dataKey)
    if (made.done !== 'made') throw new Error('not made')
    const reader = guest()
    await reader.get(`/en${made.link}`)
    await reader.follow(await reader.submit(made.link, { password: FRESH }))
    await reader.submit('/sign-in', { email: 'first@center.example', password: FRESH })
    expect((await reader.get('/en/manage/people')).status).to.equal(200)
    expect(await appoint('first@center.example', 'Somebody Else', dataKey)).to.deep.equal({ done: 'held' })
    const person = await aPerson({ email: 'second@center.example' })
    expect(await appoint('second@center.example', 'Somebody Else', dataKey)).to.deep.equal({ done: 'granted' })
    expect(await one(null, 'select name_latin from people where id = $1', [person.id])).to.deep.equal({
      name_latin: person.name,
    })
  })
})
