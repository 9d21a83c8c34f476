import { expect } from 'chai'
import { sql } from '../lib/db.ts'
import type { Actor } from '../models/actor.ts'
import { announce } from '../models/announcing.ts'
import { Session } from '../models/index.ts'
import { schedule } from '../models/scheduling.ts'
import { aDatedTraining, aPlan, sessionsOn } from './support/agendas.ts'
import { standAt } from './support/app.ts'
import type { SomeTraining } from './support/trainings.ts'
import { asActor, cast, type Someone } from './support/people.ts'
import { type Reader, signedIn } from './support/reader.ts'

describe('moving a day of an agenda', () => {
  let coordinator: Actor
  let trainer: Someone
  let training: SomeTraining
  let reader: Reader
  let base: string

  beforeEach(async () => {
    standAt('2027-02-01T08:00:00Z')
    const staff = await cast.coordinator()
    coordinator = await asActor(staff)
    trainer = await cast.trainer()
    training = await aDatedTraining()
    reader = await signedIn(staff)
    base = `/en/manage/trainings/${training.code}/agenda`
    await planDay('2027-03-02')
  })

  /** Two sessions with a break between them, the trainer in both. */
  async function planDay(date: string) {
    const wanted = [{ role: 'trainer' as const, personId: trainer.id }]
    const hours = { first: ['09:00', '10:30'], pause: ['10:30', '10:45'], last: ['10:45', '12:15'] }
    for (const [name, [from, to]] of Object.entries(hours)) {
      const pause = name === 'pause'
      await schedule(
        coordinator,
        training.id,
        aPlan({
          ...{ from: `${date}T${from}`, to: `${date}T${to}`, title: { en: name, ru: name } },
          ...(pause ? { kind: 'break' as const, counts: false, method: null } : { wanted }),
        }),
      )
    }
  }

  const walls = async () => (await Session.findAll({ order: ['startsAt', 'id'] })).map(each => String(each.wallStart))

  async function moves(date: string, to: string) {
    await reader.get(`${base}/days/${date}/move`)
    return reader.submit('/move', { to })
  }

  it('all of it goes at once, with its hours and its bookings, and waits to be announced', async () => {
    await announce(coordinator, training.id)
    expect((await reader.get(base)).text).to.include('Move this day')
    const page = await reader.follow(await moves('2027-03-02', '4.3.2027'))
    expect(page.text).to.include('The day is moved in the plan').and.include('3 changes are not announced yet')
    expect(await walls()).to.deep.equal(['2027-03-04T09:00:00', '2027-03-04T10:30:00', '2027-03-04T10:45:00'])
    const held = await sql<{ from: string }>(
      null,
      'select lower(during)::text as from from bookings where firm order by 1',
    )
    expect(held.map(each => each.from.slice(0, 13))).to.deep.equal(['2027-03-04 05', '2027-03-04 06'])
  })

  it('a trainer who is needed elsewhere keeps the whole day where it is, and the page says by what', async () => {
    const other = await aDatedTraining({ code: 'RMC-01-OTHER', title: { en: 'Elsewhere', ru: 'Там' } })
    await sessionsOn(coordinator, other.id, [3], [{ role: 'trainer', personId: trainer.id }])
    const page = await moves('2027-03-02', '2027-03-03')
    expect(page.status).to.equal(422)
    expect(page.text).to.include('Rustam Karimov is needed at that time').and.include('RMC-01-OTHER')
    expect(page.$('input[name=to]').attr('value')).to.equal('2027-03-03')
    expect((await walls()).filter(each => each.startsWith('2027-03-02'))).to.have.length(3)
  })

  it('the same day, no day and a day that was moved meanwhile are answered in words', async () => {
    expect((await moves('2027-03-02', '2027-03-02')).text).to.include('Choose another day')
    expect((await moves('2027-03-02', '31.2.2027')).text).to.include('Write the date')
    await reader.get(`${base}/days/2027-03-02/move`)
    await reader.submit('/move', { to: '2027-03-04' })
    const late = await reader.submit('/move', { to: '2027-03-05' })
    expect(late.status).to.equal(422)
    expect(late.text).to.include('somebody has moved it meanwhile')
    expect((await reader.get(`${base}/days/2027-03-02/move`)).status).to.equal(404)
    expect((await reader.get(`${base}/days/nonsense/move`)).status).to.equal(404)
  })

  it('it speaks Russian', async () => {
    await reader.get(`/ru/manage/trainings/${training.code}/agenda/days/2027-03-02/move`)
    const page = await reader.follow(await reader.submit('/move', { to: '2027-03-05' }))
    expect(page.text).to.include('День перенесён в плане')
  })
})
