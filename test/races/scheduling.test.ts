import { expect } from 'chai'
import { inScope, one, sql } from '../../lib/db.ts'
import type { Actor } from '../../models/actor.ts'
import { announce } from '../../models/announcing.ts'
import { erase } from '../../models/erasing.ts'
import { Session } from '../../models/index.ts'
import { addResource } from '../../models/keeping-resources.ts'
import { moveDay } from '../../models/moving-days.ts'
import { callOff, reschedule, schedule } from '../../models/scheduling.ts'
import { count } from '../support/counts.ts'
import { refusalOf } from '../support/refusals.ts'
import { aDatedTraining, aPlan, sessionsOn } from '../support/agendas.ts'
import { standAt } from '../support/app.ts'
import { anEnrollment, type SomeTraining } from '../support/trainings.ts'
import { aPerson, asActor, cast, type Someone } from '../support/people.ts'

/** Forty at once; each answers 'yes' or the key of its refusal. */
const at40 = (fn: (n: number) => Promise<unknown>): Promise<string[]> =>
  Promise.all(Array.from({ length: 40 }, (_, n) => inScope(() => refusalOf(() => fn(n)))))

const WON_ONCE = (answers: string[]) => {
  expect(answers.filter(each => each === 'yes')).to.have.length(1)
  for (const each of answers.filter(answer => answer !== 'yes')) expect(each).to.match(/^session\.booked(Now)?$/)
}

const HOURS: Record<string, { from: string; to: string }> = {
  one: { from: '2027-03-02T09:00', to: '2027-03-02T10:00' },
  two: { from: '2027-03-02T10:00', to: '2027-03-02T11:00' },
  three: { from: '2027-03-02T11:00', to: '2027-03-02T12:00' },
}

describe('scheduling under 40 connections', () => {
  let coordinator: Actor
  let trainer: Someone
  let trainings: SomeTraining[]

  beforeEach(async () => {
    standAt('2027-02-01T08:00:00Z')
    coordinator = await asActor(await cast.coordinator())
    trainer = await cast.trainer()
    trainings = [await aDatedTraining(), await aDatedTraining()]
    // Forty connections are open before the race: who has to open one first comes too late to meet anybody.
    await at40(() => sql(null, 'select pg_sleep(0.1)'))
  })

  const wanted = () => [{ role: 'trainer' as const, personId: trainer.id }]

  it('a trainer is booked once: one wins, thirty-nine get the refusal', async () => {
    WON_ONCE(await at40(n => schedule(coordinator, trainings[n % 2]!.id, aPlan({ wanted: wanted() }))))
    expect(await count('sessions')).to.equal(1)
    expect(await count('bookings')).to.equal(1)
  })

  it('a room is booked once, by those who name people and things in any order', async () => {
    const resourceId = await addResource(coordinator, {
      ...{ kind: 'room', name: { en: 'Hall', ru: 'Зал' }, address: 'Baku', capacity: null },
    })
    const all = [...wanted(), { role: 'room' as const, resourceId }]
    // Which of them meet is chance: several rounds.
    for (let day = 1; day <= 6; day++) {
      const time = { from: `2027-03-0${day}T11:00`, to: `2027-03-0${day}T12:00` }
      const answers = await at40(n => {
        const wanted = n % 2 ? all : [...all].reverse()
        return schedule(coordinator, trainings[n % 2]!.id, aPlan({ ...time, wanted }))
      })
      WON_ONCE(answers)
      expect(await count('bookings')).to.equal(2 * day)
    }
  })

  it('sessions moved onto one hour: one arrives, the others stay where they were', async () => {
    const ids: string[] = []
    for (let hour = 0; hour < 20; hour++) {
      const day = `2027-03-${String(10 + hour).padStart(2, '0')}`
      const plan = aPlan({ from: `${day}T10:00`, to: `${day}T11:00`, wanted: wanted() })
      ids.push(...(await schedule(coordinator, trainings[hour % 2]!.id, plan)))
    }
    const sessions = await Session.findAll({ where: { id: ids } })
    const target = aPlan({ from: '2027-03-05T10:00', to: '2027-03-05T11:00', wanted: wanted() })
    const answers = await at40(async n => {
      const session = sessions[n % 20]!
      await reschedule(coordinator, (await Session.findByPk(session.id))!, target)
    })
    // The one that arrived may arrive twice: it is asked twice.
    expect(answers.filter(each => each === 'yes').length).to.be.within(1, 2)
    const there = await sql(null, `select 1 from bookings where during && tstzrange('2027-03-05', '2027-03-06')`)
    expect(there).to.have.length(1)
    expect(await count('bookings')).to.equal(20)
  })

  it('a change and a calling off at one moment leave no booking of a session that is off', async () => {
    const [id] = await sessionsOn(coordinator, trainings[0]!.id, [2], wanted())
    await announce(coordinator, trainings[0]!.id)
    await at40(async n => {
      const session = (await Session.findByPk(id!))!
      if (n % 2) await callOff(coordinator, session, { en: 'Snow', ru: 'Снег' })
      else
        await reschedule(
          coordinator,
          session,
          aPlan({ from: '2027-03-03T10:00', to: '2027-03-03T11:00', wanted: wanted() }),
        )
    })
    expect((await Session.findByPk(id!))!.canceledAt).to.not.equal(null)
    expect(await count('bookings')).to.equal(0)
  })

  it('a day moved forty times at once arrives whole, and is moved once', async () => {
    for (const title of ['one', 'two', 'three'])
      await schedule(
        coordinator,
        trainings[0]!.id,
        aPlan({ title: { en: title, ru: title }, ...HOURS[title]!, wanted: wanted() }),
      )
    const [from, to] = [Temporal.PlainDate.from('2027-03-02'), Temporal.PlainDate.from('2027-03-04')]
    const answers = await at40(() => moveDay(coordinator, trainings[0]!.id, from, to))
    for (const answer of answers) expect(answer).to.match(/^(yes|agenda\.emptyDay)$/)
    const sessions = await Session.findAll()
    expect(sessions.map(each => String(each.wallStart.toPlainDate()))).to.deep.equal(Array(3).fill('2027-03-04'))
    expect(await count('bookings')).to.equal(3)
  })

  it('forty announcements of one plan are one version', async () => {
    await anEnrollment(trainings[0]!, await cast.learner())
    await sessionsOn(coordinator, trainings[0]!.id, [2, 3])
    const told = await Promise.all(
      Array.from({ length: 40 }, () => inScope(() => announce(coordinator, trainings[0]!.id))),
    )
    expect(told.filter(changes => changes.length === 2)).to.have.length(1)
    expect(told.filter(changes => changes.length === 0)).to.have.length(39)
    expect(await count('agenda_versions')).to.equal(1)
    expect(
      (await one<{ n: number }>(null, `select count(*)::int as n from jobs where name = 'agenda.tell'`))!.n,
    ).to.equal(1)
  })

  it('an erasure among forty changes and announcements leaves no name behind', async () => {
    const gone = await aPerson({ name: 'Rustam Gone' })
    const administrator = await asActor(await cast.administrator())
    const both = [...wanted(), { role: 'moderator' as const, personId: gone.id }]
    const ids = await sessionsOn(coordinator, trainings[0]!.id, [2, 3, 4], both)
    await announce(coordinator, trainings[0]!.id, [ids[0]!])
    await at40(async n => {
      if (n === 20) return erase(administrator, gone.id, 'a letter')
      if (n % 3 === 0) return announce(coordinator, trainings[0]!.id, n % 2 ? undefined : [ids[n % 2]!])
      const session = (await Session.findByPk(ids[n % 3]!))!
      const from = `2027-03-0${5 + (n % 3)}T${10 + (n % 8)}:00`
      const to = `2027-03-0${5 + (n % 3)}T${11 + (n % 8)}:00`
      return reschedule(coordinator, session, aPlan({ from, to, wanted: wanted() }))
    })
    await announce(coordinator, trainings[0]!.id)
    const kept = await sql<{ text: string }>(
      null,
      `select published::text as text from sessions where published is not null
       union all select sessions::text || changes::text from agenda_versions`,
    )
    for (const { text } of kept) expect(text).to.not.include('Gone')
  })
})
