import { expect } from 'chai'
import { sql } from '../lib/db.ts'
import type { Actor } from '../models/actor.ts'
import { announce, callOffAndTell, changesOf } from '../models/announcing.ts'
import { erase } from '../models/erasing.ts'
import { Session } from '../models/index.ts'
import { addResource } from '../models/keeping-resources.ts'
import { schedule } from '../models/scheduling.ts'
import { aDatedTraining, aPlan, move, sessionsOn } from './support/agendas.ts'
import { standAt } from './support/app.ts'
import { anEnrollment, type SomeTraining } from './support/trainings.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'
import { queriesOf } from './support/queries.ts'
import { guest, signedIn } from './support/reader.ts'

describe('the agenda of a training', () => {
  let staff: Someone
  let coordinator: Actor
  let learner: Someone
  let training: SomeTraining
  let path: string

  beforeEach(async () => {
    standAt('2027-02-01T08:00:00Z')
    staff = await cast.coordinator()
    coordinator = await asActor(staff)
    learner = await cast.learner()
    training = await aDatedTraining({ title: { en: 'Terms in five days', ru: 'Термины за пять дней' } })
    path = `/trainings/${training.code}/agenda`
  })

  const of = (code: string) => `/en${path.replace(training.code, code)}`

  it('shows what was announced, not what is planned', async () => {
    const reader = guest()
    expect((await reader.get(`/en${path}`)).text).to.include('The agenda is not announced yet')
    await sessionsOn(coordinator, training.id, [2])
    expect((await reader.get(`/en${path}`)).text).to.include('The agenda is not announced yet')
    await announce(coordinator, training.id)
    const page = await reader.get(`/en${path}`)
    expect(page.text).to.include('Tuesday, 2 March 2027').and.include('11:00–12:30').and.include('Terms of day 2')
    expect(page.text).to.include('Version 1')
    const link = (await reader.get(`/en/trainings/${training.code}`)).$(`a[href$="${path}"]`)
    expect(link.text()).to.equal('Agenda: days, sessions and your time')
    expect((await reader.get(`/ru${path}`)).text)
      .to.include('Термины, день 2')
      .and.include('Версия 1')
  })

  it('shows host time and own time side by side, with the difference in words', async () => {
    await sessionsOn(coordinator, training.id, [2])
    await announce(coordinator, training.id)
    const reader = await signedIn(learner)
    const page = await reader.get(`/en${path}`)
    expect(page.text).to.include('Your time (Almaty) is 1 hour later than in Baku.')
    expect(page.text).to.include('11:00–12:30').and.include('12:00–13:30')
    const russian = await reader.get(`/ru${path}`)
    expect(russian.text).to.include('на 1 час позже, чем в Баку')
    const tehran = await reader.get(`/en${path}?zone=Asia/Tehran`)
    expect(tehran.text).to.include('30 minutes earlier than in Baku').and.include('10:30–12:00')
    expect((await reader.get(`/en${path}?zone=Nowhere/Else`)).text).to.include('12:00–13:30')
  })

  it('says when the date is another one for the reader', async () => {
    await schedule(coordinator, training.id, aPlan({ from: '2027-03-02T01:00', to: '2027-03-02T02:00' }))
    await schedule(coordinator, training.id, aPlan({ from: '2027-03-03T22:30', to: '2027-03-03T23:30' }))
    await announce(coordinator, training.id)
    const rome = await guest().get(`/en${path}?zone=Europe/Rome`)
    expect(rome.text).to.include('22:00–23:00 Monday, 1 March 2027')
    const almaty = await guest().get(`/en${path}?zone=Asia/Almaty`)
    expect(almaty.text).to.include('23:30–00:30 until Thursday, 4 March 2027')
  })

  it('tells the difference day by day when the clocks change in between', async () => {
    for (const day of ['26', '29'])
      await schedule(coordinator, training.id, aPlan({ from: `2027-03-${day}T11:00`, to: `2027-03-${day}T12:00` }))
    await announce(coordinator, training.id)
    const page = await guest().get(`/en${path}?zone=Europe/Rome`)
    expect(page.text).to.include('3 hours earlier than in Baku').and.include('2 hours earlier than in Baku')
  })

  it('marks what moved, what changed and what was called off since it was told otherwise', async () => {
    const [moved, off] = await sessionsOn(coordinator, training.id, [2, 3])
    await announce(coordinator, training.id)
    const reader = guest()
    expect((await reader.get(`/en${path}`)).text).to.not.include('Moved')
    await move(coordinator, moved!, '2027-03-04T15:00', '2027-03-04T16:00')
    expect((await reader.get(`/en${path}`)).text, 'nothing before it is announced').to.include('Tuesday, 2 March')
    await announce(coordinator, training.id)
    await callOffAndTell(coordinator, (await Session.findByPk(off!))!, { en: 'The trainer is ill', ru: 'Тренер болен' })
    const page = await reader.get(`/en${path}`)
    expect(page.text).to.include('Moved from Tuesday, 2 March 2027, 11:00–12:30 (Baku)')
    expect(page.text).to.include('Thursday, 4 March 2027').and.include('15:00–16:00')
    expect(page.text).to.include('Called off').and.include('The trainer is ill').and.include('Version 3')
    expect((await reader.get(`/ru${path}`)).text)
      .to.include('Отменено')
      .and.include('Тренер болен')
    standAt('2027-02-20T08:00:00Z')
    const later = await reader.get(`/en${path}`)
    expect(later.text, 'a week later only the last version is marked').to.not.include('Moved from')
    expect(later.text, 'what is off stays off').to.include('The trainer is ill')
  })

  it('gives the address of a call to those who take part, and to no one else', async () => {
    const resourceId = await addResource(coordinator, {
      kind: 'link',
      name: { en: 'Call of the Center', ru: 'Звонок Центра' },
      address: 'https://call.example.org/secret-room',
      capacity: null,
    })
    await sessionsOn(coordinator, training.id, [2], [{ role: 'link', resourceId }])
    await announce(coordinator, training.id)
    const secret = 'call.example.org'
    expect((await guest().get(`/en${path}`)).html)
      .to.include('Call of the Center')
      .and.not.include(secret)
    expect((await (await signedIn(await cast.stranger())).get(`/en${path}`)).html).to.not.include(secret)
    expect((await (await signedIn(await cast.trainer())).get(`/en${path}`)).html).to.not.include(secret)
    await anEnrollment(training, learner)
    expect((await (await signedIn(learner)).get(`/en${path}`)).html).to.include(secret)
    const waiting = await aPerson()
    await anEnrollment(training, waiting, { status: 'waiting' })
    expect((await (await signedIn(waiting)).get(`/en${path}`)).html).to.not.include(secret)
  })

  it('warns a learner of sessions that are at the same time', async () => {
    await sessionsOn(coordinator, training.id, [2, 3])
    await announce(coordinator, training.id)
    const other = await aDatedTraining({ title: { en: 'Another one', ru: 'Другой' } })
    await schedule(coordinator, other.id, aPlan({ from: '2027-03-02T12:00', to: '2027-03-02T13:00' }))
    await schedule(coordinator, other.id, aPlan({ from: '2027-03-03T12:30', to: '2027-03-03T13:00' }))
    await announce(coordinator, other.id)
    await anEnrollment(training, learner)
    const reader = await signedIn(learner)
    expect((await reader.get(`/en${path}`)).text).to.not.include('overlap')
    await anEnrollment(other, learner)
    const newcomer = await aPerson()
    await anEnrollment(other, newcomer)
    const before = await (await signedIn(newcomer)).get(`/en/trainings/${training.code}`)
    expect(before.text, 'before enrolling').to.include('One session overlaps with another of yours')
    const page = await reader.get(`/en${path}`)
    expect(page.text)
      .to.include('One session overlaps with another of yours')
      .and.include(`Another one (${other.code})`)
    expect((await guest().get(`/en${path}`)).text).to.not.include('overlap')
  })

  it('keeps no name of a person whose data were erased, and nothing seems changed by it', async () => {
    const gone = await aPerson({ name: 'Rustam Gone', cyrillic: 'Рустам Ушедший' })
    const wanted = [{ role: 'moderator' as const, personId: gone.id }]
    await schedule(coordinator, training.id, aPlan({ from: '2027-02-01T10:00', to: '2027-02-01T11:00', wanted }))
    await announce(coordinator, training.id)
    standAt('2027-02-02T08:00:00Z')
    await erase(await asActor(await cast.administrator()), gone.id, 'a letter')
    const page = await guest().get(`/en${path}`)
    expect(page.text).to.include('Moderator: A person whose data were erased').and.not.include('Gone')
    const versions = await sql<{ all: string }>(
      null,
      'select sessions::text || changes::text as all from agenda_versions',
    )
    for (const { all } of versions) expect(all).to.not.match(/Gone|Ушедший|personId/)
    expect(await changesOf(training.id)).to.deep.equal([])
  })

  it('of a draft is there for nobody but staff', async () => {
    const draft = await aDatedTraining({ status: 'draft' })
    for (const reader of [guest(), await signedIn(learner), await signedIn(await cast.stranger())])
      expect((await reader.get(of(draft.code))).status).to.equal(404)
    expect((await guest().get(of('NO-SUCH'))).status).to.equal(404)
    expect((await (await signedIn(staff)).get(of(draft.code))).status).to.equal(200)
    expect((await guest().get(of(training.code.toLowerCase()))).location).to.equal(of(training.code))
  })

  it('asks the database as often for 500 sessions as for five', async function () {
    this.timeout(120_000)
    await anEnrollment(training, learner)
    const reader = await signedIn(learner)
    await sessionsOn(coordinator, training.id, [1, 2, 3, 4, 5])
    await announce(coordinator, training.id)
    // The first page after signing in notes when that was, after the answer.
    for (let n = 0; n < 2; n++) await reader.get(`/en${path}`)
    const few = await queriesOf(() => reader.get(`/en${path}`))
    await sql(
      null,
      `insert into sessions (training_id, kind, title, wall_start, wall_end, zone, starts_at, ends_at, uid, created_at, changed_at)
       select $1, 'session', '{"en": "Many", "ru": "Много"}', day, day + interval '30 minutes', 'Asia/Baku', day - interval '4 hours',
         day - interval '3 hours 30 minutes', 'many-' || n, now(), now()
       from generate_series(1, 495) n, lateral (select timestamp '2027-03-06' + n * interval '1 hour' as day) d`,
      [training.id],
    )
    await announce(coordinator, training.id)
    let html = ''
    const many = await queriesOf(async () => {
      html = (await reader.get(`/en${path}`)).html
    })
    expect(html.match(/class="agenda-session/g)).to.have.length(500)
    expect(many).to.equal(few)
    expect(many).to.be.at.most(8)
  })
})
