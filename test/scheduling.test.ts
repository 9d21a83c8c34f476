import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { resolveWall } from '../lib/wall-time.ts'
import type { Actor } from '../models/actor.ts'
import { announce, changesOf, planOf } from '../models/announcing.ts'
import { Session } from '../models/index.ts'
import { later } from '../models/jobs.ts'
import { overlapsOf, type Slot } from '../models/overlapping.ts'
import { flagsOf, stateDays, windowsOf } from '../models/planning.ts'
import { Refused } from '../models/refused.ts'
import { callOff, type Plan, recomputeInstants, reschedule, schedule } from '../models/scheduling.ts'
import { aPlan } from './support/agendas.ts'
import { runJobs, standAt } from './support/app.ts'
import { aCourse } from './support/courses.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { asActor, cast, type Someone } from './support/people.ts'

const wall = (text: string) => Temporal.PlainDateTime.from(text)

async function refusal(work: Promise<unknown>): Promise<Refused> {
  try {
    await work
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
  throw new Error('Nothing was refused')
}

describe('scheduling', () => {
  let coordinator: Actor
  let trainer: Someone
  let training: Awaited<ReturnType<typeof aTraining>>

  beforeEach(async () => {
    standAt('2027-02-01T08:00:00Z')
    coordinator = await asActor(await cast.coordinator())
    trainer = await cast.trainer()
    training = await aTraining(await aCourse({ code: 'RMC-01' }), {
      format: 'live_online',
      startsOn: '2027-03-01',
      endsOn: '2027-03-05',
    })
  })

  const count = async () => (await one<{ n: number }>(null, 'select count(*)::int as n from sessions'))!.n

  it('several sessions in one act are several sessions, each with its own UID, all or none', async () => {
    await schedule(coordinator, training.id, aPlan(), { times: 6, everyDays: 7 })
    const rows = await Session.findAll({ order: ['startsAt'] })
    expect(rows.map(row => String(row.startsAt).slice(0, 10))).to.deep.equal([
      '2027-03-02',
      '2027-03-09',
      '2027-03-16',
      '2027-03-23',
      '2027-03-30',
      '2027-04-06',
    ])
    expect(new Set(rows.map(row => row.uid)).size).to.equal(6)
    expect((await refusal(schedule(coordinator, training.id, aPlan(), { times: 400, everyDays: 1 }))).key).to.equal(
      'session.tooMany',
    )
    const clash = aPlan({
      from: '2027-05-04T11:00',
      to: '2027-05-04T12:00',
      wanted: [{ role: 'trainer', personId: trainer.id }],
    })
    await schedule(coordinator, training.id, {
      ...clash,
      wallStart: wall('2027-05-18T11:00'),
      wallEnd: wall('2027-05-18T12:00'),
    })
    await refusal(schedule(coordinator, training.id, clash, { times: 4, everyDays: 7 }))
    expect(await count()).to.equal(7)
  })

  it('a trainer is not booked twice, and the refusal says by what', async () => {
    const wanted = [{ role: 'trainer' as const, personId: trainer.id }]
    await schedule(coordinator, training.id, aPlan({ wanted }))
    const no = await refusal(
      schedule(coordinator, training.id, aPlan({ from: '2027-03-02T12:00', to: '2027-03-02T13:00', wanted })),
    )
    expect(no.key).to.equal('session.booked')
    expect(no.data).to.deep.include({ title: { en: 'Terms', ru: 'Термины' }, training: training.code })
    await schedule(coordinator, training.id, aPlan({ from: '2027-03-02T12:30', to: '2027-03-02T13:00', wanted }))
  })

  it('an end before the start, a time that does not exist and one that comes twice are told apart', async () => {
    const no = (changes: Parameters<typeof aPlan>[0]) => refusal(schedule(coordinator, training.id, aPlan(changes)))
    expect((await no({ to: '2027-03-02T10:00' })).key).to.equal('session.order')
    expect((await no({ from: '2027-03-28T02:30', to: '2027-03-28T04:00', zone: 'Europe/Rome' })).data).to.include({
      before: '01:30',
      after: '03:30',
    })
    expect((await no({ from: '2026-10-25T02:30', to: '2026-10-25T04:00', zone: 'Europe/Rome' })).key).to.equal(
      'session.overlap',
    )
    expect((await no({ zone: 'Asia/Nowhere' })).key).to.equal('session.zone')
    await schedule(
      coordinator,
      training.id,
      aPlan({ from: '2026-10-25T02:30', to: '2026-10-25T04:00', zone: 'Europe/Rome', prefer: 'later' }),
    )
    expect(await count()).to.equal(1)
  })

  it('people learn of what was announced, once each, with what changed', async () => {
    const learner = await cast.learner()
    await anEnrollment(training, learner)
    const [id] = await schedule(
      coordinator,
      training.id,
      aPlan({ wanted: [{ role: 'trainer', personId: trainer.id }] }),
    )
    expect(await changesOf(training.id)).to.have.length(1)
    await announce(coordinator, training.id)
    await runJobs()
    expect(await changesOf(training.id)).to.deep.equal([])
    const session = (await Session.findByPk(id!))!
    await reschedule(coordinator, session, aPlan({ from: '2027-03-03T11:00', to: '2027-03-03T12:30' }))
    const [change] = await announce(coordinator, training.id)
    await runJobs()
    expect(change).to.include({ what: 'moved' })
    expect(change!.is.sequence).to.equal(1)
    await callOff(coordinator, (await Session.findByPk(id!))!, { en: 'The trainer is ill', ru: 'Тренер заболел' })
    const [canceled] = await announce(coordinator, training.id, [id!])
    expect(canceled).to.include({ what: 'canceled' })
    expect(canceled!.is).to.deep.include({ sequence: 2, canceled: { en: 'The trainer is ill', ru: 'Тренер заболел' } })
    await runJobs()
    const mails = await sql<{ address: string; n: number }>(
      null,
      `select address, count(*)::int as n from mails where kind = 'agenda-changed' group by address order by address`,
    )
    expect(mails).to.deep.equal([
      { address: learner.email, n: 3 },
      { address: trainer.email, n: 2 },
    ])
  })

  it('a session nobody was told of just goes', async () => {
    const [id] = await schedule(coordinator, training.id, aPlan())
    expect(await callOff(coordinator, (await Session.findByPk(id!))!, 'A slip')).to.equal('removed')
    expect(await count()).to.equal(0)
  })

  it('when zone data change, the wall time stays and the instant is made anew', async () => {
    const [id] = await schedule(coordinator, training.id, aPlan({ zone: 'Asia/Almaty' }))
    // As it would have been stored before Kazakhstan changed to +5.
    await sql(
      null,
      `update sessions set starts_at = starts_at - interval '1 hour', ends_at = ends_at - interval '1 hour'`,
    )
    expect(await recomputeInstants()).to.deep.equal([id])
    const session = (await Session.findByPk(id!))!
    expect(String(session.wallStart)).to.equal('2027-03-02T11:00:00')
    expect(resolveWall(session.wallStart, 'Asia/Almaty')).to.deep.include({ ok: true })
    expect(String(session.startsAt)).to.equal('2027-03-02T06:00:00Z')
    expect(await recomputeInstants()).to.deep.equal([])
  })

  it('a time the clocks skip is planned at the one beside it that was chosen', async () => {
    const skipped = { from: '2027-03-28T02:30', to: '2027-03-28T04:00', zone: 'Europe/Rome' }
    const [before] = await schedule(coordinator, training.id, aPlan({ ...skipped, prefer: 'earlier' }))
    const [after] = await schedule(coordinator, training.id, aPlan({ ...skipped, prefer: 'later' }))
    expect(String((await Session.findByPk(before!))!.wallStart)).to.equal('2027-03-28T01:30:00')
    expect(String((await Session.findByPk(after!))!.startsAt)).to.equal('2027-03-28T01:30:00Z')
  })

  it('who trains and moderates the same session is held once, and is free for no other', async () => {
    const both = [
      { role: 'trainer' as const, personId: trainer.id },
      { role: 'moderator' as const, personId: trainer.id },
    ]
    await schedule(coordinator, training.id, aPlan({ wanted: both }))
    expect((await refusal(schedule(coordinator, training.id, aPlan({ wanted: [both[1]!] })))).key).to.equal(
      'session.booked',
    )
    expect((await planOf(training.id))[0]!.notHeld).to.deep.equal([])
  })

  it('a session that was called off is not changed any more, and is told as people knew it', async () => {
    const wanted = [{ role: 'trainer' as const, personId: trainer.id }]
    const [id] = await schedule(coordinator, training.id, aPlan({ wanted }))
    await announce(coordinator, training.id)
    const found = async () => (await Session.findByPk(id!))!
    await reschedule(coordinator, await found(), aPlan({ from: '2027-03-04T11:00', to: '2027-03-04T12:00', wanted }))
    await callOff(coordinator, await found(), { en: 'Snow', ru: 'Снег' })
    const [change] = await announce(coordinator, training.id, [id!])
    expect(change!.is).to.deep.include({ wallStart: '2027-03-02T11:00', canceled: { en: 'Snow', ru: 'Снег' } })
    expect(change!.is.bookings.map(each => each.personId)).to.deep.equal([trainer.id])
    expect(await changesOf(training.id)).to.deep.equal([])
    expect((await refusal(reschedule(coordinator, await found(), aPlan()))).key).to.equal('session.calledOff')
    await schedule(coordinator, training.id, aPlan({ wanted }))
  })

  describe('when zone data change', () => {
    /** A session as it was stored and told before Kazakhstan changed to +5: an hour too early. */
    async function stale(day: string, wanted: Plan['wanted'] = []) {
      const [id] = await schedule(
        coordinator,
        training.id,
        aPlan({ from: `${day}T11:00`, to: `${day}T12:00`, zone: 'Asia/Almaty', wanted }),
      )
      await announce(coordinator, training.id, [id!])
      await sql(
        null,
        `update sessions set starts_at = starts_at - interval '1 hour', ends_at = ends_at - interval '1 hour',
           published = published || jsonb_build_object('startsAt', $2::text, 'endsAt', $3::text) where id = $1`,
        [id, `${day}T05:00:00Z`, `${day}T06:00:00Z`],
      )
      await sql(
        null,
        `update bookings set during = tstzrange(lower(during) - interval '1 hour', upper(during) - interval '1 hour') where session_id = $1`,
        [id],
      )
      return id!
    }

    const recompute = async () => {
      await later('sessions.recompute', {})
      await runJobs()
    }
    const mailsOf = async (number: number) =>
      (await one<{ n: number }>(null, `select count(*)::int as n from mails where event_key like $1`, [
        `agenda:${training.id}:${number}%`,
      ]))!.n

    it('people are told the right instant, once, and nothing that is only planned', async () => {
      await anEnrollment(training, await cast.learner())
      const id = await stale('2027-03-02')
      await runJobs()
      const session = (await Session.findByPk(id))!
      const { title, wallStart, wallEnd } = session
      await reschedule(coordinator, session, {
        ...aPlan(),
        title: { en: 'Only planned', ru: 'Только план' },
        wallStart,
        wallEnd,
        zone: 'Asia/Almaty',
      })
      await recompute()
      const { published } = (await Session.findByPk(id))!
      expect(published).to.deep.include({
        startsAt: '2027-03-02T06:00:00Z',
        wallStart: '2027-03-02T11:00',
        sequence: 1,
        title,
      })
      expect(await mailsOf(2)).to.equal(1)
      expect((await changesOf(training.id)).map(each => each.what)).to.deep.equal(['changed'])
      await recompute()
      expect((await Session.findByPk(id))!.published!.sequence).to.equal(1)
      expect(await mailsOf(3)).to.equal(0)
    })

    it('two sessions of a trainer that move together stay held', async () => {
      const wanted = [{ role: 'trainer' as const, personId: trainer.id }]
      const ids = [await stale('2027-03-02', wanted)]
      ids.push(
        ...(await schedule(
          coordinator,
          training.id,
          aPlan({ from: '2027-03-02T12:00', to: '2027-03-02T13:00', zone: 'Asia/Almaty', wanted }),
        )),
      )
      await sql(
        null,
        `update bookings set during = tstzrange(lower(during) - interval '1 hour', upper(during) - interval '1 hour') where session_id = $1`,
        [ids[1]],
      )
      await sql(
        null,
        `update sessions set starts_at = starts_at - interval '1 hour', ends_at = ends_at - interval '1 hour' where id = $1`,
        [ids[1]],
      )
      expect(await recomputeInstants()).to.deep.equal(ids)
      expect(await sql(null, 'select firm from bookings order by id')).to.deep.equal([{ firm: true }, { firm: true }])
    })

    it('a trainer who is needed elsewhere at the new time is no longer held, and the plan says so', async () => {
      const wanted = [{ role: 'trainer' as const, personId: trainer.id }]
      const id = await stale('2027-03-02', wanted)
      await schedule(coordinator, training.id, aPlan({ from: '2027-03-02T10:00', to: '2027-03-02T11:00', wanted }))
      await recompute()
      const planned = (await planOf(training.id)).find(each => each.id === id)!
      expect(planned.working.startsAt).to.equal('2027-03-02T06:00:00Z')
      expect(planned.notHeld).to.deep.equal([{ en: 'Rustam Karimov', ru: 'Rustam Karimov' }])
    })
  })
})

describe('planning', () => {
  it('finds the window in which all ten States work, and names who would not', async () => {
    const states = await stateDays('2027-03-02')
    expect(states).to.have.length(10)
    const [best] = windowsOf('2027-03-02', 'Asia/Baku', 90, states)
    expect(best).to.include({ working: 10 })
    const flags = flagsOf(
      Temporal.Instant.from('2027-03-02T04:00:00Z'),
      Temporal.Instant.from('2027-03-02T05:00:00Z'),
      states,
    )
    expect(flags.map(flag => [flag.iso2, flag.why, flag.local])).to.deep.equal([
      ['AZ', 'evening', '08:00–09:00'],
      ['TR', 'evening', '07:00–08:00'],
      ['IR', 'evening', '07:30–08:30'],
      ['IT', 'night', '05:00–06:00'],
    ])
  })

  it('weekends are dated by State, and holidays are flagged', async () => {
    await sql(
      null,
      `insert into state_facts (state, kind, value, during, source) values ('IR', 'weekend', '[4, 5]', '[2027-01-01,)', 'test')`,
    )
    await sql(
      null,
      `insert into holidays (state, day, name, source) values ('AZ', '2027-03-04', '{"en": "Day", "ru": "День"}', 'test')`,
    )
    const flags = flagsOf(
      Temporal.Instant.from('2027-03-04T07:00:00Z'),
      Temporal.Instant.from('2027-03-04T08:00:00Z'),
      await stateDays('2027-03-04', ['AZ', 'IR', 'KZ']),
    )
    expect(flags.map(flag => [flag.iso2, flag.why])).to.deep.equal([
      ['AZ', 'holiday'],
      ['IR', 'weekend'],
    ])
  })
})

describe('overlapping', () => {
  const slot = (id: string, from: string, to: string): Slot => ({
    ...{ id, training: 'T', trainingTitle: { en: 'T', ru: 'Т' }, title: { en: id, ru: id } },
    startsAt: Temporal.Instant.from(`2027-03-02T${from}:00Z`),
    endsAt: Temporal.Instant.from(`2027-03-02T${to}:00Z`),
  })
  const pairs = (own: Slot[], others: Slot[]) =>
    overlapsOf(own, others).map(({ session, other }) => `${session.id}${other.id}`)

  it('sessions overlap when one begins before the other ends, not when it begins as the other ends', () => {
    const own = [slot('b', '12:00', '13:00'), slot('a', '10:00', '11:00')]
    expect(pairs(own, [slot('x', '11:00', '12:00')])).to.deep.equal([])
    expect(pairs(own, [slot('x', '10:59', '12:01')])).to.deep.equal(['ax', 'bx'])
    expect(pairs(own, [slot('y', '10:30', '10:45'), slot('x', '09:00', '14:00')])).to.deep.equal(['ax', 'ay', 'bx'])
    expect(pairs(own, own)).to.deep.equal([])
  })
})
