import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { noteSeen } from '../models/seeing.ts'
import { standAt } from './support/app.ts'
import { aCourse } from './support/courses.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { codeIn, lastMail, linkIn, mailsTo } from './support/mails.ts'
import { aPerson, asActor, cast, PASSWORD } from './support/people.ts'
import { queriesOf } from './support/queries.ts'
import { guest, signedIn } from './support/reader.ts'

const FRESH = 'a-lamp-in-the-far-window'
const PAGES = ['', '/data', '/language', '/ministry', '/password', '/address', '/access', '/erasure', '/sign-ins']

describe('people: my data', () => {
  it('a guest is led to the sign-in page and back', async () => {
    for (const path of [...PAGES, '/data.json']) {
      const page = await guest().get(`/en/me${path}`)
      expect(page.location).to.equal(`/en/sign-in?next=${encodeURIComponent(`/en/me${path}`)}`)
    }
  })

  it('every page reads in both languages', async () => {
    const reader = await signedIn(await cast.learner())
    for (const lang of ['en', 'ru'])
      for (const path of PAGES) expect((await reader.get(`/${lang}/me${path}`)).status, `${lang} ${path}`).to.equal(200)
  })

  it('a person sees what is kept and corrects it; the audit says which fields, not what they said', async () => {
    const reader = await signedIn(await cast.learner())
    expect((await reader.get('/en/me')).text)
      .to.contain('Aigerim Sadykova')
      .and.contain('Republic of Kazakhstan')
    await reader.get('/en/me/data')
    const page = await reader.follow(
      await reader.submit('/me/data', {
        nameLatin: 'Aigerim  Sadykova-Bek',
        nameOwn: 'Әйгерім',
        nameOwnScript: 'kk',
        country: 'DE',
      }),
    )
    expect(page.text).to.contain('Aigerim Sadykova-Bek').and.contain('Germany').and.contain('Your data are corrected')
    const { details } = (await one<{ details: object }>(
      null,
      `select details from audit_entries where action = 'person.corrected'`,
    ))!
    expect(details).to.deep.equal({ changed: ['nameLatin', 'nameOwn', 'nameOwnScript', 'country'] })
  })

  it('a wrong correction changes nothing and keeps what was typed', async () => {
    const reader = await signedIn(await cast.learner())
    await reader.get('/ru/me/data')
    const page = await reader.submit('/me/data', { nameLatin: 'Аigerim', nameCyrillic: 'Aйгерим' })
    expect(page.status).to.equal(422)
    expect(page.$('#nameLatin').val()).to.equal('Аigerim')
    expect(page.$('.error-summary a').length).to.equal(2)
    expect((await one<{ n: string }>(null, 'select name_latin as n from people'))!.n).to.equal('Aigerim Sadykova')
  })

  it('the mail language and zone are chosen; the address of a page still decides its language', async () => {
    const reader = await signedIn(await cast.learner())
    await reader.get('/en/me/language')
    const page = await reader.follow(await reader.submit('/me/language', { locale: 'ru', zone: 'Europe/Rome' }))
    expect(page.path).to.contain('/ru/me')
    expect(page.text).to.contain('Рим')
    expect((await reader.get('/en/me')).$('html').attr('lang')).to.equal('en')
    expect((await reader.get('/')).location).to.equal('/ru/')
  })

  it('the password changes for who knows the old one, and ends every other sign-in', async () => {
    const person = await cast.learner()
    const [reader, elsewhere] = [await signedIn(person), await signedIn(person)]
    await reader.get('/en/me/password')
    const wrong = await reader.submit('/me/password', { oldPassword: 'not-this-one', password: FRESH })
    expect(wrong.status).to.equal(422)
    expect(wrong.$('#oldPassword-error').length).to.equal(1)
    await reader.follow(await reader.submit('/me/password', { oldPassword: PASSWORD, password: FRESH }))
    expect((await reader.get('/en/me')).status).to.equal(200)
    expect((await elsewhere.get('/en/me')).status).to.equal(303)
    expect((await lastMail(person.email, 'password-changed')).subject).to.equal('Your password was changed')
  })

  it('a new address counts only once it is confirmed, and the old one is told', async () => {
    const person = await cast.learner()
    const reader = await signedIn(person)
    const fresh = 'aigerim@new-ministry.example'
    await reader.get('/en/me/address')
    expect((await reader.submit('/me/address', { email: fresh, password: 'not-this-one' })).status).to.equal(422)
    await reader.follow(await reader.submit('/me/address', { email: fresh, password: PASSWORD }))
    const address = () => one<{ email: string }>(null, 'select email::text as email from accounts')
    expect(await address()).to.deep.equal({ email: person.email })
    const link = linkIn(await lastMail(fresh, 'change-address'), 'confirm')
    await reader.get(link)
    expect(await address()).to.deep.equal({ email: person.email })
    const page = await reader.follow(await reader.submit(link.slice(3)))
    expect(page.text).to.contain(fresh)
    expect(await address()).to.deep.equal({ email: fresh })
    expect((await mailsTo(person.email)).map(mail => mail.kind)).to.deep.equal(['address-changed'])
  })

  it('a new address is confirmed by its code too, by a guest where nobody is signed in', async () => {
    const reader = await signedIn(await cast.learner())
    const fresh = 'aigerim@new-ministry.example'
    await reader.get('/en/me/address')
    await reader.submit('/me/address', { email: fresh, password: PASSWORD })
    const other = guest()
    await other.get('/en/confirm')
    const code = codeIn(await lastMail(fresh, 'change-address'))
    const page = await other.follow(await other.submit('/confirm', { email: fresh, code }))
    expect(page.path).to.contain('/sign-in')
    expect((await other.submit('/sign-in', { email: fresh, password: PASSWORD })).status).to.equal(303)
  })

  it('an address of somebody else gets the same answer, and its owner a mail', async () => {
    const other = await cast.stranger()
    const reader = await signedIn(await cast.learner())
    const answers = []
    for (const email of ['free@ministry.example', other.email]) {
      await reader.get('/en/me/address')
      const page = await reader.follow(await reader.submit('/me/address', { email, password: PASSWORD }))
      answers.push(page.text)
    }
    expect(answers[0]).to.equal(answers[1])
    expect((await mailsTo(other.email)).map(mail => mail.kind)).to.deep.equal(['address-known'])
  })

  it('an address that was taken meanwhile is refused in words', async () => {
    const reader = await signedIn(await cast.learner())
    await reader.get('/en/me/address')
    await reader.submit('/me/address', { email: 'wanted@ministry.example', password: PASSWORD })
    const link = linkIn(await lastMail('wanted@ministry.example', 'change-address'), 'confirm')
    await aPerson({ email: 'Wanted@ministry.example' })
    await reader.get(link)
    const page = await reader.submit(link.slice(3))
    expect(page.status).to.equal(422)
    expect(page.text).to.contain('belongs to another account')
  })

  it('the ministry sees what the person allows, and the page says what that is', async () => {
    const reader = await signedIn(await cast.learner())
    const page = await reader.get('/en/me/ministry')
    expect(page.text).to.contain('Republic of Kazakhstan').and.contain('never sees')
    await reader.follow(await reader.submit('/me/ministry', { may: 'yes' }))
    expect(await one(null, 'select ministry_may_see as may from people')).to.deep.equal({ may: true })
    await reader.get('/en/me/ministry')
    await reader.submit('/me/ministry', { may: 'no' })
    expect(await one(null, 'select ministry_may_see as may from people')).to.deep.equal({ may: false })
    expect((await reader.post('/en/me/ministry', { may: 'perhaps' })).status).to.equal(422)
  })

  it('a person downloads everything about them and nothing about anybody else', async () => {
    const learner = await cast.learner()
    const other = await cast.stranger()
    const training = await aTraining(await aCourse({}))
    await anEnrollment(training, learner)
    await anEnrollment(training, other)
    await noteSeen(await asActor(other), [learner.id], 'person')
    const file = await (await signedIn(learner)).get('/en/me/data.json')
    expect(file.headers['content-disposition']).to.contain('rtcm-my-data.json')
    const data = file.body as Record<string, Record<string, unknown>[]> & { person: Record<string, unknown> }
    expect(data.person.name_latin).to.equal('Aigerim Sadykova')
    expect(data.person.created_at).to.match(/^\d{4}-\d\d-\d\dT.*Z$/)
    expect(data.enrollments!.length).to.equal(1)
    expect(data.seen_by![0]!.viewer).to.equal(other.name)
    expect(file.html).to.not.contain(other.email).and.not.contain('argon2')
    const tables = await sql<{ name: string }>(
      null,
      `select distinct table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'person_id'`,
    )
    // A new table about people must come into the file, or be named here with its reason.
    expect(
      tables.map(({ name }) => name).filter(name => !IN_THE_FILE.includes(name)),
      'tables left out',
    ).to.deep.equal([])
  })

  it('a person sees who saw their data, in words, and only theirs', async () => {
    const [learner, coordinator] = [await cast.learner(), await cast.coordinator()]
    standAt('2026-12-01T08:00:00Z')
    await noteSeen(await asActor(coordinator), [learner.id, coordinator.id], 'person')
    const page = await (await signedIn(learner)).get('/en/me/access')
    expect(page.text)
      .to.contain('Leyla Mammadova')
      .and.contain('Coordinator of the Center')
      .and.contain('Your personal page')
    expect(page.text).to.contain('1 December 2026').and.contain('13:00')
    expect((await (await signedIn(coordinator)).get('/en/me/access')).text).to.contain('Nobody yet')
  })

  it('a person asks for erasure and takes it back', async () => {
    const reader = await signedIn(await cast.learner())
    await reader.get('/en/me/erasure')
    const asked = await reader.follow(await reader.submit('/me/erasure'))
    expect(asked.text).to.contain('You asked to be erased on')
    expect((await reader.get('/en/me')).text).to.contain('You asked on')
    await reader.get('/en/me/erasure')
    const kept = await reader.follow(await reader.submit('/me/erasure/withdrawal'))
    expect(kept.text).to.contain('taken the request back')
    expect(await one(null, 'select erasure_asked_at from people')).to.deep.equal({ erasure_asked_at: null })
  })

  it('a person sees where they are signed in, ends one, and signs out everywhere else', async () => {
    const person = await cast.learner()
    const [reader, second, third] = [await signedIn(person), await signedIn(person), await signedIn(person)]
    const stranger = await signedIn(await cast.stranger())
    const page = await reader.get('/en/me/sign-ins')
    expect(page.$('tbody tr').length).to.equal(3)
    expect(page.text).to.contain('This browser')
    const action = page.$('form[action$="/ending"]').first().attr('action')!
    expect((await stranger.post(action)).status, 'not theirs to end').to.equal(404)
    await reader.follow(await reader.submit(action.slice(3)))
    const left = [await second.get('/en/me'), await third.get('/en/me')].filter(each => each.status === 200)
    expect(left.length).to.equal(1)
    await reader.get('/en/me/sign-ins')
    const alone = await reader.follow(await reader.submit('/me/sign-ins/ending'))
    expect(alone.text).to.contain('signed in only here')
    for (const other of [second, third]) expect((await other.get('/en/me')).status).to.equal(303)
    expect((await stranger.get('/en/me')).status).to.equal(200)
  })

  it('a browser is told by its name and system, and a network by its beginning', async () => {
    const person = await cast.learner()
    const reader = guest()
    reader.agent.set('User-Agent', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:146.0) Gecko/20100101 Firefox/146.0')
    await reader.get('/en/sign-in')
    await reader.submit('/sign-in', { email: person.email, password: PASSWORD })
    const page = await reader.get('/en/me/sign-ins')
    expect(page.text).to.contain('Firefox on Windows').and.contain('127.0.…')
  })

  it('my page costs at most eight queries', async () => {
    const reader = await signedIn(await cast.learner())
    expect(await queriesOf(() => reader.get('/en/me'))).to.be.within(3, 8)
  })
})

const IN_THE_FILE = [
  ...['accounts', 'sign_in_sessions', 'role_grants', 'consents', 'enrollments', 'form_receipts', 'form_responses'],
  ...[
    'certificates',
    'mails',
    'access_entries',
    'bookings',
    'comment_bank',
    'mail_preferences',
    'calendar_feeds',
    'invitations',
    'translation_tasks',
  ],
  // Only marks that a reminder of a session went out: the mail itself is in the file.
  'reminders',
]
