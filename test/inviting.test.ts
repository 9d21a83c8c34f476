import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { createMailer, type Mailer } from '../lib/mailer.ts'
import type { Actor } from '../models/actor.ts'
import { announce } from '../models/announcing.ts'
import { invite } from '../models/inviting.ts'
import { schedule } from '../models/scheduling.ts'
import { Training } from '../models/training.ts'
import { postponeTraining, publishTraining } from '../models/turning.ts'
import { withdraw } from '../models/withdrawing.ts'
import { runJobs, standAt } from './support/app.ts'
import { aDatedTraining, aPlan, callOffAndAnnounce, confirm, move, sessionsOn } from './support/agendas.ts'
import { calendarsIn, readCalendar } from './support/calendars.ts'
import { anEnrollment, type SomeTraining } from './support/trainings.ts'
import { aMailServer, type Caught, type MailServer } from './support/mail-server.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'
import { signedIn } from './support/reader.ts'

describe('mails about the agenda, and what they do to calendars', () => {
  let server: MailServer
  let mailer: Mailer
  let coordinator: Actor
  let training: SomeTraining
  let learner: Someone

  beforeEach(async () => {
    standAt('2027-02-01T08:00:00Z')
    server = await aMailServer()
    mailer = createMailer(server.url)
    coordinator = await asActor(await cast.coordinator())
    training = await aDatedTraining()
    learner = await cast.learner()
  })

  afterEach(async () => {
    mailer.close()
    await server.close()
  })

  /** Sends all that waits and returns what this person got, in order. */
  async function post(person = learner): Promise<Caught[]> {
    server.caught.length = 0
    await runJobs({ mailer })
    return server.caught.filter(each => each.to.includes(person.email))
  }

  const signatories = () =>
    sql(
      null,
      `insert into settings (key, value, changed_at) values ('signatories', $1, now()) on conflict do nothing`,
      [JSON.stringify([{ name: { en: 'A', ru: 'А' }, post: { en: 'Director', ru: 'Директор' } }])],
    )

  const uidOf = async (id: string) =>
    (await one<{ uid: string }>(null, 'select uid from sessions where id = $1', [id]))!.uid

  it('a session that moves reaches its learner in one mail: subject first, both times, the calendar updated', async () => {
    await anEnrollment(training, learner)
    const [id] = await sessionsOn(coordinator, training.id, [2])
    await announce(coordinator, training.id)
    const [first, ...more] = await post()
    expect(more).to.deep.equal([])
    expect(calendarsIn(first!.mail)[0]).to.deep.include({ type: 'text/calendar', method: 'REQUEST' })

    await move(coordinator, id!, '2027-03-03T15:00', '2027-03-03T16:30')
    await announce(coordinator, training.id)
    const [mail, ...others] = await post()
    expect(others).to.deep.equal([])
    expect(mail!.mail.subject).to.equal('Moved to 3 March 2027 at 15:00 (Baku): Terms of day 2')
    expect(mail!.mail.text)
      .to.contain('It was to be: Tuesday, 2 March 2027, 11:00–12:30 (Baku)')
      .and.contain('Host time: Wednesday, 3 March 2027, 15:00–16:30 (Baku)')
      .and.contain('Your time: Wednesday, 3 March 2027, 16:00–17:30 (Almaty), 1 hour later than in Baku')
      .and.contain(`/en/trainings/${training.code}/agenda`)
    const [alternative, file, ...rest] = calendarsIn(mail!.mail)
    expect(rest).to.deep.equal([])
    expect(alternative!.method).to.equal('REQUEST')
    expect(alternative!.events).to.have.length(1)
    expect(alternative!.events[0]).to.deep.include({
      uid: await uidOf(id!),
      start: '2027-03-03T11:00:00.000Z',
      tzid: 'Asia/Baku',
      sequence: 1,
      status: 'CONFIRMED',
      summary: 'Terms of day 2',
    })
    expect(alternative!.events[0]!.description).to.contain('Host time: Wednesday, 3 March 2027, 15:00–16:30 (Baku)')
    expect(file!.events).to.deep.equal(alternative!.events)
  })

  it('the calendar part stands beside text and HTML, with its method, from us to the reader', async () => {
    await anEnrollment(training, learner)
    await sessionsOn(coordinator, training.id, [2])
    await announce(coordinator, training.id)
    const [{ raw }] = (await post()) as [Caught]
    const text = raw.toString('latin1').replace(/\r\n[ \t]+/g, ' ')
    expect(text).to.match(/Content-Type: multipart\/alternative/)
    expect(text).to.match(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/i)
    const calendar = Buffer.from(
      text.split(/method=REQUEST\r\n(?:.+\r\n)*\r\n/i)[1]!.split('\r\n--')[0]!,
      'base64',
    ).toString()
    const unfolded = calendar.replaceAll('\r\n ', '')
    expect(unfolded)
      .to.contain('METHOD:REQUEST')
      .and.match(/ORGANIZER;CN="?RTCM"?:mailto:no-reply@rtcm\.example/i)
      .and.match(new RegExp(`ATTENDEE;[^\r]*mailto:${learner.email}`, 'i'))
      .and.contain('BEGIN:VTIMEZONE')
    expect(
      [...text].every(letter => letter < '\x80'),
      'seven bits, so that no relay has to change it',
    ).to.equal(true)
  })

  it('three sessions are three invitations, each a message of its own; four are one event over the days', async () => {
    await anEnrollment(training, learner)
    await sessionsOn(coordinator, training.id, [1, 2, 3])
    await announce(coordinator, training.id)
    const [three] = await post()
    expect(three!.mail.subject).to.equal('The agenda is ready, 3 sessions: Terms in five days')
    const messages = calendarsIn(three!.mail)
    expect(messages.map(message => message.events.length)).to.deep.equal([1, 1, 1, 1])
    expect(new Set(messages.map(message => message.events[0]!.uid)).size).to.equal(3)
    expect(messages.every(message => message.method === 'REQUEST')).to.equal(true)

    const other = await aPerson({ locale: 'ru', zone: 'Asia/Tehran' })
    await confirm(await anEnrollment(training, other), other)
    await sessionsOn(coordinator, training.id, [4, 5])
    await announce(coordinator, training.id)
    server.caught.length = 0
    await runJobs({ mailer })
    const own = server.caught.filter(each => each.to.includes(other.email)).map(each => calendarsIn(each.mail))
    // Confirmed by a place in an agenda of five sessions; the news of the same day finds it told already.
    expect(own.flat().map(message => message.events[0]!.uid)).to.deep.equal(
      Array(2).fill(`training-${training.id}@rtcm.az`),
    )
    const whole = own.flat()[0]!.events[0]!
    expect(whole).to.deep.include({ start: '2027-03-01', tzid: null, status: 'CONFIRMED' })
    expect(whole.description).to.contain('Термины, день 4').and.contain('/ru/me/calendar')
  })

  for (const days of [
    [2, 3],
    [1, 2, 3, 4, 5],
  ])
    it(`a training put off and on again comes back into calendars, ${days.length} sessions, once and with a higher SEQUENCE`, async () => {
      await anEnrollment(training, learner)
      const ids = await sessionsOn(coordinator, training.id, days)
      await announce(coordinator, training.id)
      const begun = calendarsIn((await post())[0]!.mail).map(({ events }) => events[0]!.uid)
      const record = (await Training.findByPk(training.id))!
      await postponeTraining(coordinator, record, { en: 'The hall is closed', ru: 'Зал закрыт' })
      const [off] = await post()
      expect(calendarsIn(off!.mail).every(({ method }) => method === 'CANCEL')).to.equal(true)

      // The agenda is as it was: only the training is on again.
      await signatories()
      await publishTraining(coordinator, record)
      const [mail, ...others] = await post()
      expect(others).to.deep.equal([])
      expect(mail!.mail.subject).to.equal('New dates: Terms in five days')
      expect(mail!.mail.text).to.contain('Host time: ').and.contain('1 hour later than in Baku')
      const back = calendarsIn(mail!.mail)
      expect([...new Set(back.map(({ method }) => method))]).to.deep.equal(['REQUEST'])
      expect(back.map(({ events }) => events[0]!.uid)).to.have.members(begun)
      expect(back.every(({ events }) => Number(events[0]!.sequence) > 1)).to.equal(true)

      // Once more, and this time with a session on another day: one letter all the same.
      await postponeTraining(coordinator, record, { en: 'Again', ru: 'Ещё раз' })
      await post()
      await move(coordinator, ids[1]!, '2027-03-05T15:00', '2027-03-05T16:30')
      await publishTraining(coordinator, record)
      const again = await post()
      expect(again.map(each => each.mail.subject)).to.deep.equal(['New dates: Terms in five days'])
      if (days.length > 3) return
      const moved = calendarsIn(again[0]!.mail).flatMap(({ events }) => events)
      expect(moved.some(event => event.start === '2027-03-05T11:00:00.000Z')).to.equal(true)
    })

  it('a session called off is canceled in the calendar, with the reason; both methods in one act are two messages', async () => {
    await anEnrollment(training, learner)
    const [one, two] = await sessionsOn(coordinator, training.id, [2, 3])
    await announce(coordinator, training.id)
    await post()
    await move(coordinator, two!, '2027-03-04T11:00', '2027-03-04T12:30')
    await callOffAndAnnounce(coordinator, one!)
    await announce(coordinator, training.id)
    await sql(null, `update mails set event_key = event_key || ' ' || id`)
    const mails = await post()
    expect(mails.map(each => each.mail.subject)).to.deep.equal([
      'Called off: Terms of day 2, 2 March 2027 at 11:00 (Baku)',
      'Moved to 4 March 2027 at 11:00 (Baku): Terms of day 3',
    ])
    expect(mails[0]!.mail.text).to.contain('Reason: The trainer is ill')
    const messages = mails.flatMap(each => calendarsIn(each.mail))
    // What the first mail finds changed it tells of; the second has nothing left to tell a calendar.
    expect(messages.map(({ method, events }) => [method, events[0]!.status, events[0]!.sequence])).to.deep.equal([
      ['CANCEL', 'CANCELLED', 1],
      ['CANCEL', 'CANCELLED', 1],
      ['REQUEST', 'CONFIRMED', 1],
    ])
    expect(new Set(messages.map(message => message.events[0]!.uid)).size).to.equal(2)
  })

  it('who gives back a place gets a CANCEL of exactly what their calendar has, and starts higher on coming back', async () => {
    const enrollment = await anEnrollment(training, learner)
    const ids = await sessionsOn(coordinator, training.id, [2, 3])
    await announce(coordinator, training.id, [ids[0]!])
    await post()
    const late = await aPerson()
    await anEnrollment(training, late)
    await withdraw(await asActor(late), training.id)
    const [quiet] = await post(late)
    expect(calendarsIn(quiet!.mail), 'whose calendar was told nothing').to.deep.equal([])
    await withdraw(await asActor(learner), training.id)
    const [mail, ...none] = await post()
    expect(none).to.deep.equal([])
    expect(mail!.mail.subject).to.equal('You gave back your place: Terms in five days')
    const canceled = calendarsIn(mail!.mail)
    expect(canceled.map(({ method, events }) => [method, events[0]!.uid, events[0]!.sequence])).to.deep.equal(
      Array(2).fill(['CANCEL', await uidOf(ids[0]!), 1]),
    )
    await sql(null, `update enrollments set status = 'enrolled' where id = $1`, [enrollment.id])
    const again = await invite(learner.id, training.id, 'all')
    expect(again!.invitations.map(({ method, sequence }) => [method, sequence])).to.deep.equal([['REQUEST', 2]])
  })

  it('a canceled training takes all its sessions out of calendars', async () => {
    await anEnrollment(training, learner)
    await sessionsOn(coordinator, training.id, [1, 2, 3, 4])
    await announce(coordinator, training.id)
    await post()
    await sql(null, `update trainings set status = 'canceled' where id = $1`, [training.id])
    const told = await invite(learner.id, training.id, [])
    expect(told!.invitations.map(({ method, uid }) => [method, uid])).to.deep.equal([
      ['CANCEL', `training-${training.id}@rtcm.az`],
    ])
    expect((await invite(learner.id, training.id, []))!.invitations).to.deep.equal([])
  })

  it('a training put off leaves the calendar, and comes back whole when it has new dates', async () => {
    await anEnrollment(training, learner)
    const [one, two] = await sessionsOn(coordinator, training.id, [2, 3])
    await announce(coordinator, training.id)
    await post()
    await sql(null, `update trainings set status = 'postponed'`)
    const gone = (await invite(learner.id, training.id, []))!.invitations
    expect(gone.map(({ method, sequence }) => [method, sequence])).to.deep.equal(Array(2).fill(['CANCEL', 1]))
    await sql(null, `update trainings set status = 'published'`)
    await move(coordinator, one!, '2027-03-09T11:00', '2027-03-09T12:30')
    await announce(coordinator, training.id)
    const [mail] = await post()
    const messages = calendarsIn(mail!.mail).filter(({ type }) => type === 'text/calendar')
    expect(messages.map(({ method, events }) => [method, events[0]!.uid, events[0]!.sequence])).to.deep.equal([
      ['REQUEST', await uidOf(two!), 2],
      ['REQUEST', await uidOf(one!), 2],
    ])
  })

  it('the same is never told twice: a repeated try sends the same message, another mail none', async () => {
    await anEnrollment(training, learner)
    await sessionsOn(coordinator, training.id, [2])
    await announce(coordinator, training.id)
    let tries = 0
    await mailer.close()
    const flaky = {
      close() {},
      async send(letter: Parameters<Mailer['send']>[0]) {
        tries++
        seen.push(letter.calendars![0]!.text)
        if (tries === 1) throw new Error('421 later')
      },
    }
    const seen: string[] = []
    await runJobs({ mailer: flaky })
    standAt('2027-02-01T08:01:00Z')
    await runJobs({ mailer: flaky })
    expect(seen).to.have.length(2)
    expect(seen[0]).to.equal(seen[1])
    expect((await invite(learner.id, training.id, 'all'))!.invitations).to.deep.equal([])
  })

  it('a booked trainer hears of their own sessions only, also of being taken off', async () => {
    const trainer = await cast.trainer()
    const [mine] = await sessionsOn(coordinator, training.id, [2], [{ role: 'trainer', personId: trainer.id }])
    const [other] = await sessionsOn(coordinator, training.id, [3])
    await announce(coordinator, training.id)
    const [first] = await post(trainer)
    expect(first!.mail.subject).to.equal('New session on 2 March 2027 at 11:00 (Baku): Terms of day 2')
    expect(calendarsIn(first!.mail)).to.have.length(2)
    await move(coordinator, other!, '2027-03-04T11:00', '2027-03-04T12:30')
    await announce(coordinator, training.id)
    expect(await post(trainer)).to.deep.equal([])
    await move(coordinator, mine!, '2027-03-02T11:00', '2027-03-02T12:30')
    await announce(coordinator, training.id)
    const [off] = await post(trainer)
    expect(calendarsIn(off!.mail)[0]).to.deep.include({ method: 'CANCEL' })
  })

  it('a letter that waited tells the state of today, not that of yesterday', async () => {
    await anEnrollment(training, learner)
    const [id] = await sessionsOn(coordinator, training.id, [2])
    await announce(coordinator, training.id)
    await post()
    await move(coordinator, id!, '2027-03-03T11:00', '2027-03-03T12:30')
    await announce(coordinator, training.id)
    await move(coordinator, id!, '2027-03-04T11:00', '2027-03-04T12:30')
    await announce(coordinator, training.id)
    const mails = await post()
    for (const { mail } of mails) expect(mail.subject).to.equal('Moved to 4 March 2027 at 11:00 (Baku): Terms of day 2')
  })

  it('a confirmed place brings the sessions that come, not those that were', async () => {
    await sessionsOn(coordinator, training.id, [1, 2, 3])
    await announce(coordinator, training.id)
    standAt('2027-03-02T12:00:00Z')
    await confirm(await anEnrollment(training, learner), learner)
    const [mail] = await post()
    expect(calendarsIn(mail!.mail).map(({ events }) => events[0]!.summary)).to.deep.equal(
      Array(2).fill('Terms of day 3'),
    )
  })

  it('staff see what a mail did to a calendar, as it was sent; others do not', async () => {
    await anEnrollment(training, learner)
    await sessionsOn(coordinator, training.id, [2])
    await announce(coordinator, training.id)
    await post()
    const { id } = (await one<{ id: string }>(null, `select id from mails where kind = 'agenda-changed'`))!
    const reader = await signedIn(await cast.administrator())
    const page = await reader.get(`/ru/manage/mails/${id}`)
    expect(page.text).to.contain('вносит занятие или его новое время')
    const file = await reader.get(page.$('a[download]').attr('href')!)
    expect(readCalendar(file.html)).to.deep.include({ method: 'REQUEST' })
    expect((await reader.get(`/en/manage/mails/${id}/calendar/2`)).status).to.equal(404)
    expect((await (await signedIn(learner)).get(`/en/manage/mails/${id}/calendar/1`)).status).to.equal(404)
  })

  it('sixty changes in Russian stay under 30 kB of text and HTML', async () => {
    const reader = await aPerson({ locale: 'ru', zone: 'Asia/Tehran' })
    await anEnrollment(training, reader)
    for (const hour of ['09', '11', '13', '15'])
      for (let day = 1; day <= 15; day++) {
        const date = `2027-03-${String(day).padStart(2, '0')}`
        const long = 'Очень длинное название занятия о терминах и определениях в области миграции'
        await schedule(
          coordinator,
          training.id,
          aPlan({
            from: `${date}T${hour}:00`,
            to: `${date}T${hour}:45`,
            title: { en: long, ru: long },
            outcomes: { en: long, ru: long },
          }),
        )
      }
    await announce(coordinator, training.id)
    const [mail] = await post(reader)
    expect(Buffer.byteLength(mail!.mail.text!) + Buffer.byteLength(String(mail!.mail.html))).to.be.below(30_000)
    expect(mail!.mail.text).to.match(/И ещё \d+ — в программе\./)
    const [alternative] = calendarsIn(mail!.mail)
    expect(alternative!.events[0]!.description.length).to.be.below(8000)
  })
})
