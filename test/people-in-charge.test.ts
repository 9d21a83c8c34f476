import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { standAt } from './support/app.ts'
import { aDatedTraining, sessionsOn } from './support/agendas.ts'
import { anEnrollment, aTraining, type SomeTraining } from './support/trainings.ts'
import { lastMail, mailsTo } from './support/mails.ts'
import { aPerson, asActor, cast } from './support/people.ts'
import { guest, type Reader, signedIn } from './support/reader.ts'

describe('people in charge of a training', () => {
  let training: SomeTraining
  let coordinator: Reader

  beforeEach(async () => {
    standAt('2027-01-11T08:00:00Z')
    training = await aDatedTraining()
    coordinator = await signedIn(await cast.coordinator())
  })

  const people = (lang = 'en') => `/${lang}/manage/trainings/${training.code}/people`

  it('a coordinator puts a person in charge by address; the person is mailed once and finds the training', async () => {
    const person = await aPerson({ locale: 'ru', zone: 'Asia/Tashkent' })
    await coordinator.get(`${people()}/new`)
    const page = await coordinator.follow(
      await coordinator.submit('/people/new', { email: person.email.toUpperCase() }),
    )
    expect(page.text).to.contain('A mail is on its way').and.contain(person.name)
    await coordinator.get(`${people()}/new`)
    await coordinator.follow(await coordinator.submit('/people/new', { email: person.email }))
    const mails = (await mailsTo(person.email)).filter(mail => mail.kind === 'training-entrusted')
    expect(mails.map(mail => mail.subject)).to.deep.equal(['Вы отвечаете за тренинг «Термины за пять дней»'])
    expect(mails[0]!.text).to.contain(`/ru/manage/trainings/${training.code}`).and.contain('1 марта 2027')
    const own = await signedIn(person)
    const home = await own.get('/ru/home')
    expect(home.$('nav a[href="/ru/manage/trainings"]').text()).to.equal('Тренинги, которые веду я')
    expect((await own.get('/ru/manage/trainings')).text).to.contain(training.code)
    expect((await coordinator.get(`/en/manage/trainings/${training.code}`)).$('main').text()).to.contain(
      `In charge: ${person.name}`,
    )
  })

  it('they run this training from every page of it, and find nothing else of the Center', async () => {
    const other = await aTraining(training.course, { code: 'RMC-01-OTHER' })
    const learner = await aPerson()
    const asked = await anEnrollment(training, learner, { status: 'requested' })
    const foreign = await anEnrollment(other, learner, { status: 'requested' })
    const [session] = await sessionsOn(await asActor(await cast.administrator()), training.id, [2])
    const own = await signedIn(await cast.inCharge(training.id))
    const inside = [
      ...['', '/edit', '/participants', '/participants?status=requested', '/participants.xlsx', '/evaluation'],
      ...['/publication', '/postponement', '/closing', '/cancellation', '/people', '/mails', '/mails/new', '/agenda'],
      ...['/agenda/announcement', '/sessions/new', `/sessions/${session}`],
    ]
    for (const path of inside) {
      const page = await own.get(`/en/manage/trainings/${training.code}${path}`)
      expect(page.status, path).to.equal(200)
      expect((await own.get(`/en/manage/trainings/${other.code}${path}`)).status, `${path} of another`).to.equal(404)
      if (path.endsWith('.xlsx')) continue
      for (const link of page.$('main a, nav a').toArray()) {
        const href = page.$(link).attr('href')!
        if (!href.startsWith('/en/manage/')) continue
        expect((await own.get(href)).status, `${path} leads to ${href}`).to.equal(200)
      }
    }
    await own.get(`/en/manage/enrollments/${asked.id}/decision`)
    await own.follow(await own.submit('/decision', { decision: 'approve' }))
    expect(
      (await one<{ status: string }>(null, 'select status from enrollments where id = $1', [asked.id]))!.status,
    ).to.equal('enrolled')
    expect((await own.get(`/en/manage/enrollments/${foreign.id}/decision`)).status).to.equal(404)
    expect((await own.post(`/en/manage/enrollments/${foreign.id}/decision`, { decision: 'approve' })).status).to.equal(
      404,
    )
    for (const path of [
      'certificates',
      'people',
      'mails',
      'audit',
      'settings',
      'resources',
      'projects',
      'trainings/new',
    ])
      expect((await own.get(`/en/manage/${path}`)).status, path).to.equal(404)
    expect((await own.post(`${people()}/new`, { email: learner.email, role: 'coordinator' })).status).to.equal(403)
    expect((await own.get(`/en/manage/trainings/${training.code}/copy`)).status).to.equal(403)
  })

  it('a draft is there for who is in charge of it, and for no other', async () => {
    const draft = await aTraining(training.course, { code: 'RMC-01-DRAFT', status: 'draft' })
    const own = await signedIn(await cast.inCharge(draft.id))
    expect((await own.get(`/en/trainings/${draft.code}`)).status).to.equal(200)
    expect((await (await signedIn(await cast.stranger())).get(`/en/trainings/${draft.code}`)).status).to.equal(404)
    expect((await guest().get(`/en/trainings/${draft.code}`)).status).to.equal(404)
  })

  it('an ended charge ends at once, with its date, its line in the audit and a mail', async () => {
    const person = await cast.inCharge(training.id)
    const own = await signedIn(person)
    expect((await own.get(`/en/manage/trainings/${training.code}`)).status).to.equal(200)
    await coordinator.get(people())
    const page = await coordinator.follow(await coordinator.submit('/ending'))
    expect(page.text).to.contain('It is ended').and.contain('Before: 1 person')
    expect((await own.get(`/en/manage/trainings/${training.code}`)).status).to.equal(404)
    const audit = await one<{ n: number }>(
      null,
      `select count(*)::int as n from audit_entries where action = 'training.released'`,
    )
    expect(audit!.n).to.equal(1)
    expect((await lastMail(person.email, 'training-released')).subject).to.contain('no longer in charge')
  })

  it('an address nobody has, or one that is not confirmed, is refused with what was typed, in Russian too', async () => {
    const unconfirmed = await aPerson({ verified: false })
    for (const email of ['nobody@nowhere.example', unconfirmed.email]) {
      await coordinator.get(`${people('ru')}/new`)
      const page = await coordinator.submit('/people/new', { email, role: 'trainer' })
      expect(page.status).to.equal(422)
      expect(page.text).to.contain('нет подтверждённой учётной записи')
      expect(page.$('#email').val()).to.equal(email)
    }
    expect(await sql(null, `select 1 from role_grants where scope_kind = 'training'`)).to.deep.equal([])
  })
})
