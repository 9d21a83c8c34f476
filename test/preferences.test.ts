import { expect } from 'chai'
import supertest from 'supertest'
import { inTransaction, one, sql } from '../lib/db.ts'
import { createMailer } from '../lib/mailer.ts'
import type { Actor } from '../models/actor.ts'
import { announce } from '../models/announcing.ts'
import { Session } from '../models/index.ts'
import { notify, recipient } from '../models/notifying.ts'
import { choicesOf, choose } from '../models/preferring.ts'
import { makeDigests } from '../models/digesting.ts'
import { callOff, reschedule } from '../models/scheduling.ts'
import { app, runJobs, standAt } from './support/app.ts'
import { aDatedTraining, aPlan, move, sessionsOn } from './support/agendas.ts'
import { anEnrollment, type SomeTraining } from './support/trainings.ts'
import { aMailServer, type MailServer } from './support/mail-server.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'
import { guest, signedIn } from './support/reader.ts'

describe('preferences of mail', () => {
  let coordinator: Actor
  let training: SomeTraining
  let learner: Someone
  let server: MailServer

  beforeEach(async () => {
    standAt('2027-02-01T08:00:00Z')
    coordinator = await asActor(await cast.coordinator())
    training = await aDatedTraining()
    learner = await cast.learner()
    await anEnrollment(training, learner)
    server = await aMailServer()
  })

  afterEach(() => server.close())

  /** Sends what waits, as the worker would. */
  async function post() {
    server.caught.length = 0
    const mailer = createMailer(server.url)
    await runJobs({ mailer })
    mailer.close()
    return server.caught.map(each => each.mail)
  }

  /** A change of a title only: a detail. */
  async function retitle(id: string, en: string) {
    const session = (await Session.findByPk(id))!
    await reschedule(coordinator, session, aPlan({ title: { en, ru: en } }))
    await announce(coordinator, training.id)
    return post()
  }

  async function announced(): Promise<string> {
    const [id] = await sessionsOn(coordinator, training.id, [2])
    await announce(coordinator, training.id)
    await post()
    return id!
  }

  it('the page offers a choice where there is one, keeps it, and says what has none', async () => {
    const reader = await signedIn(learner)
    const page = await reader.get('/ru/me/mails')
    expect(page.$('input[name=reminder-hour]').length).to.equal(2)
    expect(page.$('input[name=group-news]').length).to.equal(3)
    expect(page.text).to.contain('Письма без выбора').and.contain('Ваши сертификаты')
    const saved = await reader.follow(
      await reader.submit('/me/mails', { 'group-news': 'never', 'reminder-week': 'daily' }),
    )
    expect(saved.text).to.contain('Ваш выбор сохранён')
    expect(saved.$('input[name=group-news][checked]').attr('value')).to.equal('never')
    expect(await choicesOf(learner.id)).to.include({
      'group-news': 'never',
      'reminder-week': 'daily',
      'reminder-day': 'at_once',
    })
  })

  it('a choice that a kind does not have is refused, and what was chosen is kept', async () => {
    const reader = await signedIn(learner)
    await reader.get('/en/me/mails')
    const page = await reader.submit('/me/mails', { 'reminder-hour': 'daily', 'group-news': 'never' })
    expect(page.status).to.equal(422)
    expect(page.text).to.contain('Choose one of the answers')
    expect(page.$('input[name=group-news][checked]').attr('value')).to.equal('never')
    expect((await choicesOf(learner.id))['group-news']).to.equal('at_once')
    expect((await guest().get('/en/me/mails')).location).to.contain('/en/sign-in')
  })

  it('details come as chosen; what moves or is called off comes at once whatever is chosen', async () => {
    const id = await announced()
    await choose(learner.id, { 'agenda-details': 'never' })
    expect(await retitle(id, 'Words')).to.deep.equal([])
    await move(coordinator, id, '2027-03-03T11:00', '2027-03-03T12:30')
    await announce(coordinator, training.id)
    expect((await post())[0]!.subject).to.contain('Moved to')
    await callOff(coordinator, (await Session.findByPk(id))!, { en: 'Ill', ru: 'Болезнь' })
    await announce(coordinator, training.id)
    expect((await post())[0]!.subject).to.contain('Called off')
  })

  it('the daily mail collects a day into one, at eight in the morning of its reader', async () => {
    const id = await announced()
    await choose(learner.id, { 'agenda-details': 'daily' })
    await retitle(id, 'Words')
    standAt('2027-02-01T10:00:00Z')
    expect(await retitle(id, 'Terms and words'), 'collected, not sent').to.deep.equal([])
    expect(await makeDigests(), 'not before morning').to.equal(0)
    // 02:59 UTC is 7:59 in Almaty.
    standAt('2027-02-02T02:59:00Z')
    expect(await makeDigests()).to.equal(0)
    standAt('2027-02-02T03:00:00Z')
    expect(await makeDigests()).to.equal(1)
    expect(await makeDigests(), 'once').to.equal(0)
    const [mail, ...more] = await post()
    expect(more).to.deep.equal([])
    expect(mail!.subject).to.equal('Your daily mail, 2 news: Changed: Terms and words, 2 March 2027 at 11:00 (Baku)')
    expect(mail!.text)
      .to.contain('2 pieces of news')
      .and.contain('Your time: Tuesday, 2 March 2027, 12:00–13:30 (Almaty)')
    expect(await sql(null, 'select 1 from mails where sent_at is null')).to.deep.equal([])
    standAt('2027-02-03T04:00:00Z')
    expect(await makeDigests(), 'no news, no mail').to.equal(0)
  })

  it('what was collected after the morning waits for the next one; nobody is woken at night', async () => {
    const id = await announced()
    await choose(learner.id, { 'agenda-details': 'daily' })
    standAt('2027-02-01T09:00:00Z')
    await retitle(id, 'Words')
    standAt('2027-02-01T14:00:00Z')
    expect(await makeDigests()).to.equal(0)
    standAt('2027-02-01T22:00:00Z')
    expect(await makeDigests()).to.equal(0)
    standAt('2027-02-02T05:00:00Z')
    expect(await makeDigests()).to.equal(1)
  })

  it('a daily mail with nothing left to say is not sent', async () => {
    const id = await announced()
    await choose(learner.id, { 'agenda-details': 'daily' })
    await retitle(id, 'Words')
    await sql(null, `update trainings set status = 'canceled'`)
    standAt('2027-02-02T05:00:00Z')
    await makeDigests()
    expect(await post()).to.deep.equal([])
    expect((await one<{ n: number }>(null, 'select count(*)::int as n from mails where sent_at is null'))!.n).to.equal(
      0,
    )
  })

  describe('one click', () => {
    /** The header of an optional mail, and the link at its end. */
    async function anOptionalMail(locale: 'en' | 'ru' = 'en', person = learner) {
      const to = { ...(await recipient(person.id))!, locale }
      const [id] = await sessionsOn(coordinator, training.id, [4])
      await announce(coordinator, training.id)
      await sql(null, 'delete from mails')
      await sql(null, 'delete from jobs')
      const sessions = [{ id: id!, startsAt: '2027-03-04T07:00:00Z' }]
      await inTransaction(() =>
        notify(to, 'reminder', 'reminder:test', { kind: 'week', trainingId: training.id, sessions }, 'reminder-week'),
      )
      const [mail] = await post()
      const list = mail!.headers.get('list') as unknown as Record<string, { url?: string; name?: string }>
      const raw = server.caught[0]!.raw.toString().replace(/\r\n[ \t]+/g, ' ')
      return { mail: mail!, raw, path: new URL(list.unsubscribe!.url!).pathname }
    }

    it('a mail of an optional kind says how to end it, in its headers and at its end; a duty does not', async () => {
      const { mail, raw, path } = await anOptionalMail()
      expect(raw).to.match(/^List-Unsubscribe: <http/im)
      expect(raw).to.match(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/im)
      expect(mail.text).to.contain(`/en${path}`).and.contain('/en/me/mails')
      const to = (await recipient(learner.id))!
      await inTransaction(() => notify(to, 'reset-password', 'reset:1', { link: '/x', code: '1' }))
      await post()
      expect(server.caught[0]!.raw.toString()).to.not.match(/list-unsubscribe/i)
    })

    it('a post of a mail program ends them without sign-in, token or redirect, however often it comes', async () => {
      const { path } = await anOptionalMail()
      for (let time = 0; time < 2; time++) {
        const answer = await supertest(app()).post(path).type('form').send('List-Unsubscribe=One-Click')
        expect(answer.status).to.equal(200)
        expect(answer.headers['set-cookie']).to.equal(undefined)
      }
      expect((await choicesOf(learner.id))['reminder-week']).to.equal('never')
      expect((await choicesOf(learner.id))['reminder-day']).to.equal('at_once')
    })

    it('following the link changes nothing; the button on its page does, in the language of the reader', async () => {
      const person = await aPerson({ locale: 'ru' })
      await anEnrollment(training, person)
      const { path } = await anOptionalMail('ru', person)
      const reader = guest()
      const page = await reader.open(path)
      expect(page.path).to.contain('/ru/unsubscribe/')
      expect(page.text).to.contain('Отказаться от таких писем?').and.contain('Напоминание за неделю')
      expect((await choicesOf(person.id))['reminder-week']).to.equal('at_once')
      const done = await reader.submit(page.path)
      expect(done.text).to.contain('Таких писем больше не будет')
      expect((await choicesOf(person.id))['reminder-week']).to.equal('never')
    })

    it('a link that was not made here, or of a person who is gone, leads nowhere', async () => {
      const { path } = await anOptionalMail()
      const wrong = path.slice(0, -3) + 'AAA'
      expect((await supertest(app()).post(wrong)).status).to.equal(404)
      expect((await guest().get(`/en${wrong}`)).status).to.equal(404)
      expect((await choicesOf(learner.id))['reminder-week']).to.equal('at_once')
      await sql(null, 'update people set erased_at = now() where id = $1', [learner.id])
      expect((await supertest(app()).post(path)).status).to.equal(404)
    })

    it('ending the daily mail ends all that it collects, and no more', async () => {
      const id = await announced()
      await choose(learner.id, { 'agenda-details': 'daily', 'group-news': 'daily', 'reminder-week': 'at_once' })
      await retitle(id, 'Words')
      standAt('2027-02-02T05:00:00Z')
      await makeDigests()
      const [mail] = await post()
      const path = new URL((mail!.headers.get('list') as unknown as { unsubscribe: { url: string } }).unsubscribe.url)
        .pathname
      expect((await supertest(app()).post(path)).status).to.equal(200)
      expect(await choicesOf(learner.id)).to.include({
        'agenda-details': 'never',
        'group-news': 'never',
        'reminder-week': 'at_once',
      })
    })
  })
})
