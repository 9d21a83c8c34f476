import { expect } from 'chai'
import { inTransaction, one, sql } from '../lib/db.ts'
import { createMailer } from '../lib/mailer.ts'
import { claim, type Handler, startWorker } from '../lib/queue.ts'
import type { Actor } from '../models/actor.ts'
import { type Draft, sendBulkMail, writeBulkMail } from '../models/bulk-mailing.ts'
import { notify, recipient } from '../models/notifying.ts'
import { choose } from '../models/preferring.ts'
import { Refused } from '../models/refused.ts'
import { runJobs, standAt } from './support/app.ts'
import { aDatedTraining, sessionsOn } from './support/agendas.ts'
import { anEnrollment, type SomeTraining } from './support/trainings.ts'
import { aMailServer } from './support/mail-server.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'
import { queriesOf } from './support/queries.ts'
import { type Reader, signedIn } from './support/reader.ts'

const FORM = {
  audience: 'enrolled',
  subjectEn: 'Bring your passport',
  bodyEn: 'The building asks for it.\n\nSee you on Tuesday.',
  subjectRu: 'Возьмите паспорт',
  bodyRu: 'Его спросят на входе.\nДо вторника.',
}

const DRAFT: Draft = {
  audience: 'enrolled',
  subject: { en: FORM.subjectEn, ru: FORM.subjectRu },
  body: { en: FORM.bodyEn, ru: FORM.bodyRu },
}

describe('mails to a group', () => {
  let coordinator: Someone
  let actor: Actor
  let training: SomeTraining
  let reader: Reader
  let base: string

  beforeEach(async () => {
    standAt('2027-02-01T08:00:00Z')
    coordinator = await cast.coordinator()
    actor = await asActor(coordinator)
    training = await aDatedTraining()
    reader = await signedIn(coordinator)
    base = `/manage/trainings/${training.code}/mails`
  })

  async function written(lang = 'en') {
    await reader.get(`/${lang}${base}/new`)
    return reader.follow(await reader.submit(`${base}/new`, FORM))
  }

  const pathOf = (action: string) =>
    new URL(reader.last!.$(`form[action$="${action}"]`).attr('action')!, 'http://x').pathname

  it('is written in both languages, seen in both, tried on oneself, and sent to each in their own', async () => {
    await anEnrollment(training, await aPerson({ email: 'en@ministry.example' }))
    await anEnrollment(training, await aPerson({ email: 'ru@ministry.example', locale: 'ru' }))
    await anEnrollment(training, await aPerson({ email: 'waits@ministry.example' }), { status: 'waiting' })
    const draft = await written()
    expect(draft.text).to.contain('Bring your passport').and.contain('Возьмите паспорт').and.contain('2 people')
    expect(draft.$('.mail-text[lang=ru] p').length).to.equal(3)
    await reader.follow(await reader.submit('/test'))
    expect(reader.last!.text).to.contain('The test is on its way to you')

    const server = await aMailServer()
    const mailer = createMailer(server.url)
    await runJobs({ mailer })
    expect(server.caught.map(({ to, mail }) => [to[0], mail.subject])).to.deep.equal([
      [coordinator.email, 'Bring your passport'],
      [coordinator.email, 'Возьмите паспорт'],
    ])
    server.caught.length = 0
    const sent = await reader.follow(await reader.submit('/sending'))
    expect(sent.text).to.contain('0 of 2 sent, 2 wait').and.contain('Sending goes on by itself')
    await runJobs({ mailer })
    mailer.close()
    await server.close()
    expect(Object.fromEntries(server.caught.map(({ to, mail }) => [to[0], mail.subject]))).to.deep.equal({
      'en@ministry.example': 'Bring your passport',
      'ru@ministry.example': 'Возьмите паспорт',
    })
    expect(server.caught[1]!.mail.text)
      .to.contain('Его спросят на входе.\n\nДо вторника.')
      .and.contain('потому что вы участвуете в тренинге')
      .and.match(/\/ru\/unsubscribe\//)
    const after = await reader.get(sent.path)
    expect(after.text).to.contain('2 of 2 sent').and.not.contain('Sending goes on')
    expect(after.$('tbody tr').length).to.equal(2)
  })

  it('both languages and a group are required, and what was typed is kept', async () => {
    await reader.get(`/ru${base}/new`)
    const page = await reader.submit(`${base}/new`, { ...FORM, bodyRu: '  ', subjectEn: 'x'.repeat(151) })
    expect(page.status).to.equal(422)
    expect(page.text).to.contain('Напишите текст').and.contain('не длиннее 150 знаков')
    expect(page.$('[name=bodyEn]').val()).to.equal(FORM.bodyEn)
    expect(await sql(null, 'select 1 from bulk_mails')).to.deep.equal([])
  })

  it('a draft can be changed and thrown away, a sent mail no more', async () => {
    await anEnrollment(training, await aPerson())
    await written()
    const path = pathOf('/sending').replace('/sending', '')
    await reader.get(`${path}/edit`)
    await reader.follow(await reader.submit('/edit', { subjectEn: 'Bring two photographs' }))
    expect(reader.last!.text).to.contain('Bring two photographs')
    await reader.submit('/sending')
    await reader.get(`${path}/edit`)
    const refused = await reader.submit('/edit', { subjectEn: 'Other' })
    expect(refused.status).to.equal(422)
    expect(refused.text).to.contain('This mail is sent already')
    expect((await reader.post(`${path}/removal`)).status).to.equal(422)
    expect((await reader.post(`${path}/sending`)).status).to.equal(422)
    expect(await sql(null, 'select 1 from mails where bulk_mail_id is not null')).to.have.length(1)
    await written()
    await reader.follow(await reader.submit('/removal'))
    expect(reader.last!.text).to.contain('The draft is thrown away')
  })

  it('says per person what became of the mail: sent, failed and why, with the daily mail, not wanted', async () => {
    const [well, wrong, daily, never] = [
      await aPerson({ email: 'well@ministry.example' }),
      await aPerson({ email: 'wrong@ministry.example' }),
      await aPerson({ email: 'daily@ministry.example' }),
      await aPerson({ email: 'never@ministry.example', name: 'Nobody Wanted' }),
    ]
    for (const person of [well, wrong, daily, never]) await anEnrollment(training, person)
    await choose(daily.id, { 'group-news': 'daily' })
    await choose(never.id, { 'group-news': 'never' })
    const id = await writeBulkMail(actor, training.id, DRAFT)
    expect(await sendBulkMail(actor, id)).to.equal(3)
    const mailer = {
      close() {},
      async send({ to }: { to: string }) {
        if (to === wrong.email) throw new Error('550 no such user')
      },
    }
    for (let round = 0; round < 13; round++) {
      await runJobs({ mailer })
      await sql(null, 'update jobs set run_at = $1 where failed_at is null', ['2027-02-01T08:00:00Z'])
    }
    const page = await reader.get(`/en${base}/${id}`)
    expect(page.text).to.contain('1 of 3 sent, 1 failed, 1 comes with the daily mail, 1 person wants no such mails')
    expect(page.text).to.contain('550 no such user').and.contain('Nobody Wanted')
    const failed = await reader.get(`/en${base}/${id}?state=failed`)
    expect(failed.$('tbody tr').length).to.equal(1)
    expect(failed.text).to.contain(wrong.email).and.not.contain(well.email)
  })

  it('goes to nobody when nobody would get it', async () => {
    const never = await aPerson()
    await anEnrollment(training, never)
    await choose(never.id, { 'group-news': 'never' })
    const id = await writeBulkMail(actor, training.id, DRAFT)
    const error = await sendBulkMail(actor, id).catch(thrown => thrown)
    expect(error).to.be.instanceOf(Refused)
    expect(error.key).to.equal('bulkMail.nobody')
    expect((await one<{ sentAt: unknown }>(null, 'select sent_at as "sentAt" from bulk_mails'))!.sentAt).to.equal(null)
  })

  it('reaches trainers booked in it and those given the role, not interpreters', async () => {
    const booked = await aPerson({ email: 'booked@academy.example' })
    const interpreter = await aPerson({ email: 'interpreter@academy.example' })
    await aPerson({
      email: 'granted@academy.example',
      grants: [{ role: 'trainer', kind: 'training', id: training.id }],
    })
    await sessionsOn(
      actor,
      training.id,
      [2],
      [
        { role: 'trainer', personId: booked.id },
        { role: 'interpreter', personId: interpreter.id },
      ],
    )
    await sendBulkMail(actor, await writeBulkMail(actor, training.id, { ...DRAFT, audience: 'trainers' }))
    const to = await sql<{ address: string }>(null, 'select address from mails order by address')
    expect(to.map(each => each.address)).to.deep.equal(['booked@academy.example', 'granted@academy.example'])
  })

  it('a reset never waits behind it: claimed first, and by a lane that bulk cannot fill', async () => {
    for (let count = 0; count < 30; count++) await anEnrollment(training, await aPerson())
    const impatient = await aPerson()
    await sendBulkMail(actor, await writeBulkMail(actor, training.id, DRAFT))
    const to = (await recipient(impatient.id))!
    await inTransaction(() => notify(to, 'reset-password', 'reset:1', { link: '/x', code: '1' }))
    const reset = await one<{ id: string }>(null, `select id from mails where kind = 'reset-password'`)
    expect((await claim())!.payload).to.deep.equal({ mailId: reset!.id })
    expect(await claim(3), 'nothing else for the quick lane').to.equal(undefined)

    await sql(null, 'update jobs set lease_until = null')
    const order: string[] = []
    let release = () => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    const handler: Handler = async payload => {
      const { mailId } = payload as { mailId: string }
      order.push(mailId)
      // A mail server that hangs on bulk.
      if (mailId !== reset!.id) await held
    }
    const worker = startWorker({ 'mail.send': handler }, 20)
    const again = (await one<{ id: string }>(null, `select max(id) + 1 as id from mails`))!.id
    await inTransaction(() => notify(to, 'reset-password', 'reset:2', { link: '/x', code: '2' }))
    const until = Date.now() + 5000
    while (!order.includes(again) && Date.now() < until) await new Promise(resolve => setTimeout(resolve, 10))
    const bulkBefore = order.filter(id => id !== again && id !== reset!.id).length
    release()
    await worker.stop()
    expect(order).to.include(again)
    expect(bulkBefore, 'bulk begun before the second reset').to.be.at.most(2)
  }).timeout(20_000)

  it('sends to a thousand in a handful of statements', async () => {
    const first = await aPerson()
    await anEnrollment(training, first)
    await sql(
      null,
      `with p as (insert into people (name_latin, created_at) select 'Person ' || n, now() from generate_series(1, 999) n returning id),
         a as (insert into accounts (person_id, email, password_hash, created_at)
           select id, 'many' || id || '@ministry.example', 'x', now() from p)
       insert into enrollments (training_id, person_id, course_version_id, source, status, sex, created_at)
       select $1, id, $2, 'self', 'enrolled', 'not_stated', now() from p`,
      [training.id, training.course.versionId],
    )
    const id = await writeBulkMail(actor, training.id, DRAFT)
    const statements = await queriesOf(() => sendBulkMail(actor, id))
    expect(statements).to.be.at.most(8)
    expect((await one<{ n: number }>(null, `select count(*)::int as n from jobs where priority = 8`))!.n).to.equal(1000)
    const shown = await queriesOf(() => reader.get(`/en${base}/${id}`))
    expect(shown).to.be.at.most(9)
    expect(reader.last!.$('tbody tr').length).to.equal(100)
    const next = await reader.get(reader.last!.$('a[href*="after="]').attr('href')!)
    expect(next.$('tbody tr').length).to.equal(100)
  })

  it('is for the Center’s staff and the people in charge of this training; to others it is not there', async () => {
    const charge = await aPerson({ grants: [{ role: 'coordinator', kind: 'training', id: training.id }] })
    expect((await (await signedIn(charge)).get(`/en${base}`)).status).to.equal(200)
    const other = await aDatedTraining()
    expect((await (await signedIn(charge)).get(`/en/manage/trainings/${other.code}/mails`)).status).to.equal(404)
    const id = await writeBulkMail(actor, training.id, DRAFT)
    expect((await reader.get(`/en/manage/trainings/${other.code}/mails/${id}`)).status).to.equal(404)
    for (const person of [await cast.learner(), await cast.trainer(), await cast.stranger()]) {
      const outsider = await signedIn(person)
      for (const path of ['', '/new', `/${id}`, `/${id}/edit`])
        expect((await outsider.get(`/en${base}${path}`)).status, path).to.equal(404)
      expect((await outsider.post(`/en${base}/${id}/sending`)).status).to.equal(404)
    }
    expect(await sql(null, 'select 1 from mails')).to.deep.equal([])
  })
})
