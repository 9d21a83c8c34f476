import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import type { Actor } from '../models/actor.ts'
import { announce } from '../models/announcing.ts'
import { feedsOf } from '../models/feeding.ts'
import { withoutSecrets } from '../server/middleware/request-log.ts'
import { standAt } from './support/app.ts'
import { aDatedTraining, callOffAndAnnounce, move, sessionsOn } from './support/agendas.ts'
import { readCalendar } from './support/calendars.ts'
import { anEnrollment, type SomeTraining } from './support/trainings.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'
import { queriesOf } from './support/queries.ts'
import { guest, type Reader, signedIn } from './support/reader.ts'

describe('calendar feeds', () => {
  let coordinator: Actor
  let training: SomeTraining
  let learner: Someone
  let reader: Reader

  beforeEach(async () => {
    standAt('2027-02-01T08:00:00Z')
    coordinator = await asActor(await cast.coordinator())
    training = await aDatedTraining()
    learner = await cast.learner()
    reader = await signedIn(learner)
  })

  /** Makes a secret address by the page and returns its path. */
  async function address(of: Reader = reader, lang = 'en'): Promise<string> {
    await of.get(`/${lang}/me/calendar`)
    const page = await of.submit('/me/calendar')
    expect(page.status).to.equal(200)
    return new URL(page.$('section code.address').first().text()).pathname
  }

  const eventsAt = async (path: string) => {
    const page = await guest().get(path)
    expect(page.status, path).to.equal(200)
    expect(page.headers['content-type']).to.equal('text/calendar; charset=utf-8')
    return readCalendar(page.html).events
  }

  it('a secret address is shown once, kept as a hash, and holds the sessions of its person', async () => {
    await anEnrollment(training, learner)
    const [id] = await sessionsOn(coordinator, training.id, [2])
    const path = await address()
    expect(await eventsAt(path)).to.deep.equal([])
    await announce(coordinator, training.id)
    const [event, ...more] = await eventsAt(path)
    expect(more).to.deep.equal([])
    const { uid } = (await one<{ uid: string }>(null, 'select uid from sessions where id = $1', [id]))!
    expect(event).to.include({
      uid,
      start: '2027-03-02T07:00:00.000Z',
      tzid: 'Asia/Baku',
      sequence: 0,
      status: 'CONFIRMED',
      summary: 'Terms of day 2',
    })
    expect(event!.description).to.contain('Host time: Tuesday, 2 March 2027, 11:00–12:30 (Baku)')
    const token = path.split('/').pop()!.replace('.ics', '')
    const kept =
      JSON.stringify(await sql(null, 'select * from calendar_feeds')) +
      JSON.stringify(await sql(null, 'select details from audit_entries'))
    expect(kept).to.not.contain(token)
    expect((await reader.get('/en/me/calendar')).html).to.not.contain(token)
  })

  it('the same bytes are not sent twice: 304 while nothing changed, in few statements, anew after an announcement', async () => {
    await anEnrollment(training, learner)
    const [id] = await sessionsOn(coordinator, training.id, [2])
    await announce(coordinator, training.id)
    const path = await address()
    const first = await guest().get(path)
    const etag = first.headers.etag!
    let again = first
    // The first use is noted after the answer.
    await new Promise(resolve => setTimeout(resolve, 100))
    const statements = await queriesOf(async () => {
      again = await guest().get(path, { 'If-None-Match': etag })
    })
    expect(again.status).to.equal(304)
    // Whose it is, and whether anything changed; no session is read.
    expect(statements).to.be.at.most(2)
    expect(again.bytes.length).to.equal(0)
    expect((await guest().get(`${path}?lang=ru`, { 'If-None-Match': etag })).status).to.equal(200)
    standAt('2027-02-02T08:00:00Z')
    await move(coordinator, id!, '2027-03-03T11:00', '2027-03-03T12:30')
    expect((await guest().get(path, { 'If-None-Match': etag })).status, 'planned, not announced').to.equal(304)
    await announce(coordinator, training.id)
    expect((await guest().get(path, { 'If-None-Match': etag })).status).to.equal(200)
  })

  it('what was called off stays as CANCELLED, with a higher sequence and the reason', async () => {
    await anEnrollment(training, learner)
    const [id] = await sessionsOn(coordinator, training.id, [2, 3])
    await announce(coordinator, training.id)
    await callOffAndAnnounce(coordinator, id!)
    const events = await eventsAt(`${await address()}?lang=ru`)
    expect(events.map(({ status, sequence }) => [status, sequence])).to.deep.equal([
      ['CANCELLED', 1],
      ['CONFIRMED', 0],
    ])
    expect(events[0]!.description).to.contain('Тренер болен')
    await sql(null, `update trainings set status = 'canceled'`)
    expect((await eventsAt(await address())).map(each => each.status)).to.deep.equal(['CANCELLED', 'CANCELLED'])
  })

  it('holds the past year and all to come', async () => {
    await anEnrollment(training, learner)
    await sessionsOn(coordinator, training.id, [2, 3])
    await announce(coordinator, training.id)
    const path = await address()
    standAt('2028-03-01T20:00:00Z')
    expect(await eventsAt(path)).to.have.length(1)
    standAt('2028-03-03T20:00:00Z')
    expect(await eventsAt(path)).to.deep.equal([])
  })

  it('a trainer has what they are booked for, a stranger nothing, a withdrawn learner nothing', async () => {
    const trainer = await cast.trainer()
    await sessionsOn(coordinator, training.id, [2], [{ role: 'trainer', personId: trainer.id }])
    await sessionsOn(coordinator, training.id, [3])
    await announce(coordinator, training.id)
    expect((await eventsAt(await address(await signedIn(trainer)))).map(each => each.summary)).to.deep.equal([
      'Terms of day 2',
    ])
    expect(await eventsAt(await address(await signedIn(await cast.stranger())))).to.deep.equal([])
    const enrollment = await anEnrollment(training, learner)
    const path = await address()
    expect(await eventsAt(path)).to.have.length(2)
    await sql(null, `update enrollments set status = 'withdrawn' where id = $1`, [enrollment.id])
    expect(await eventsAt(path)).to.deep.equal([])
  })

  it('a trainer who learns too can have a calendar of what they teach alone', async () => {
    const trainer = await cast.trainer()
    await anEnrollment(training, trainer)
    await sessionsOn(coordinator, training.id, [2], [{ role: 'trainer', personId: trainer.id }])
    await sessionsOn(coordinator, training.id, [3])
    await announce(coordinator, training.id)
    const desk = await signedIn(trainer)
    await desk.get('/en/me/calendar')
    const page = await desk.submit('/me/calendar')
    const [all, taught] = page
      .$('section code.address')
      .toArray()
      .map(each => new URL(page.$(each).text()))
    expect((await eventsAt(all!.pathname)).map(each => each.summary)).to.deep.equal([
      'Terms of day 2',
      'Terms of day 3',
    ])
    expect((await eventsAt(taught!.pathname + taught!.search)).map(each => each.summary)).to.deep.equal([
      'Terms of day 2',
    ])
    const learns = await reader.get('/en/me/calendar').then(() => reader.submit('/me/calendar'))
    expect(learns.$('section code.address'), 'who only learns has one').to.have.length(1)
  })

  it('an address that is ended, made up, or of a closed account is not there', async () => {
    const path = await address()
    await guest().get(path)
    await reader.get('/en/me/calendar')
    const page = await reader.follow(await reader.submit('/revocation'))
    expect(page.text).to.contain('The address is ended').and.contain('You have no address yet')
    expect((await guest().get(path)).status).to.equal(404)
    expect((await guest().get('/calendar/made-up.ics')).status).to.equal(404)
    const other = await address()
    await sql(null, 'update accounts set suspended_at = now() where person_id = $1', [learner.id])
    expect((await guest().get(other)).status).to.equal(404)
  })

  it('nobody ends the address of another', async () => {
    await address()
    const [feed] = await feedsOf(learner.id)
    const stranger = await signedIn(await cast.stranger())
    expect((await stranger.post(`/en/me/calendar/${feed!.id}/revocation`)).status).to.equal(404)
    expect(await feedsOf(learner.id)).to.have.length(1)
    expect((await guest().get('/en/me/calendar')).location).to.contain('/en/sign-in')
  })

  it('the last use is shown, and written at most once an hour', async () => {
    const path = await address()
    expect((await reader.get('/en/me/calendar')).text).to.contain('Not yet')
    const usedAt = async () => {
      await new Promise(resolve => setTimeout(resolve, 100))
      return String((await feedsOf(learner.id))[0]!.lastUsedAt)
    }
    await guest().get(path)
    expect(await usedAt()).to.equal('2027-02-01T08:00:00Z')
    standAt('2027-02-01T08:59:00Z')
    await guest().get(path)
    expect(await usedAt()).to.equal('2027-02-01T08:00:00Z')
    standAt('2027-02-01T09:01:00Z')
    await guest().get(path)
    expect(await usedAt()).to.equal('2027-02-01T09:01:00Z')
    expect((await reader.get('/ru/me/calendar')).text).to.contain('1 февраля 2027')
  })

  it('ten addresses are enough', async () => {
    for (let count = 0; count < 10; count++) await address()
    await reader.get('/ru/me/calendar')
    const page = await reader.submit('/me/calendar')
    expect(page.status).to.equal(422)
    expect(page.text).to.contain('У вас уже есть 10 адресов')
  })

  it('public calendars hold public trainings only, and no way into a meeting', async () => {
    const link = (await one<{ id: string }>(
      null,
      `insert into resources (kind, name, address) values ('link', '{"en": "Room one", "ru": "Зал один"}', 'https://meet.example/secret') returning id`,
    ))!
    await sessionsOn(coordinator, training.id, [2], [{ role: 'link', resourceId: link.id }])
    await announce(coordinator, training.id)
    const hidden = await aDatedTraining({ visibility: 'unlisted' })
    await sessionsOn(coordinator, hidden.id, [3])
    await announce(coordinator, hidden.id)
    const [event, ...more] = await eventsAt('/calendar.ics?lang=en')
    expect(more).to.deep.equal([])
    expect(event!.description).to.contain('Online. Participants find the link').and.not.contain('meet.example')
    expect(await eventsAt(`/trainings/${training.code.toLowerCase()}.ics`)).to.have.length(1)
    expect((await guest().get(`/trainings/${hidden.code}.ics`)).status).to.equal(404)
    expect((await guest().get('/trainings/NONE.ics')).status).to.equal(404)
    await anEnrollment(training, learner)
    expect((await eventsAt(await address()))[0]!.description).to.contain('https://meet.example/secret')
  })

  it('speaks the language asked for, else that of its person', async () => {
    const russian = await aPerson({ locale: 'ru' })
    await anEnrollment(training, russian)
    await sessionsOn(coordinator, training.id, [2])
    await announce(coordinator, training.id)
    const path = await address(await signedIn(russian), 'ru')
    expect((await eventsAt(path))[0]!.summary).to.equal('Термины, день 2')
    expect((await eventsAt(`${path}?lang=en`))[0]!.summary).to.equal('Terms of day 2')
    expect((await eventsAt(`${path}?lang=xx`))[0]!.summary).to.equal('Термины, день 2')
  })

  it('a renewed page does not make a second address when its token is old', async () => {
    const page = await reader.post('/en/me/calendar', { _csrf: 'old' })
    expect(page.status).to.equal(422)
    expect(await feedsOf(learner.id)).to.deep.equal([])
  })

  it('the log names no secret address', () => {
    expect(withoutSecrets('/calendar/q7Yc1xkUe-1mHkqvS5v0o9pT_2aB3dE4.ics')).to.equal('/calendar/….ics')
    expect(withoutSecrets('/unsubscribe/v1.abc.def.ghi')).to.equal('/unsubscribe/…')
    expect(withoutSecrets('/ru/unsubscribe/v1.abc.def.ghi')).to.equal('/ru/unsubscribe/…')
    expect(withoutSecrets('/en/confirm/q7Yc1xkUe-1mHkqvS5v0o9pT_2aB3dE4')).to.equal('/en/confirm/…')
    expect(withoutSecrets('/calendar.ics')).to.equal('/calendar.ics')
    expect(withoutSecrets('/en/trainings/RMC-01-T1/agenda')).to.equal('/en/trainings/RMC-01-T1/agenda')
  })
})
