import { expect } from 'chai'
import fc from 'fast-check'
import { inTransaction, one, sql } from '../lib/db.ts'
import type { Actor } from '../models/actor.ts'
import {
  instantWithin,
  lengthOf,
  minutesFor,
  percentOf,
  reaches,
  STATUSES,
  statusByCode,
  takesAttendance,
} from '../models/attendance.ts'
import { attend, type Mark } from '../models/attending.ts'
import { certify } from '../models/certifying.ts'
import { type Facts, missingFor, recheck, standingOf } from '../models/completing.ts'
import { erase } from '../models/erasing.ts'
import { Session } from '../models/index.ts'
import { nameKey } from '../models/name-keys.ts'
import { ownData } from '../models/own-data.ts'
import { callOff } from '../models/scheduling.ts'
import { set } from '../models/settings.ts'
import { aDatedTraining, move } from './support/agendas.ts'
import { runJobs, standAt, theHouse } from './support/app.ts'
import { aRoom } from './support/attendance.ts'
import { confirmedNames, finished } from './support/finishing.ts'
import { anEnrollment, type SomeEnrollment, type SomeTraining } from './support/trainings.ts'
import { aPerson, asActor } from './support/people.ts'
import { queriesOf } from './support/queries.ts'
import { refusalOf } from './support/refusals.ts'

const at = (text: string) => Temporal.Instant.from(text)
/** 11:00 to 12:30 in Baku. */
const SPAN = { startsAt: at('2027-03-02T07:00:00Z'), endsAt: at('2027-03-02T08:30:00Z') }

describe('rules of attendance', () => {
  it('minutes follow from the status and from when somebody came or left', () => {
    const table: [Parameters<typeof minutesFor>[0], string | null, number][] = [
      ['present', null, 90],
      ['late', '2027-03-02T07:20:00Z', 70],
      ['late', '2027-03-02T08:29:30Z', 0],
      ['left_early', '2027-03-02T07:45:00Z', 45],
      ['absent', null, 0],
      // Excused says why; it does not make minutes.
      ['excused', null, 0],
    ]
    for (const [status, moment, minutes] of table)
      expect(minutesFor(status, SPAN, moment ? at(moment) : null), `${status} ${moment}`).to.equal(minutes)
  })

  it('minutes are never negative and never more than the session has', () => {
    fc.assert(
      fc.property(fc.constantFrom(...STATUSES), fc.integer({ min: -600, max: 600 }), (status, offset) => {
        const minutes = minutesFor(status, SPAN, SPAN.startsAt.add({ minutes: offset }))
        return minutes >= 0 && minutes <= lengthOf(SPAN)
      }),
    )
  })

  it('the percent never says more than was reached', () => {
    expect(percentOf({ minutes: 799, of: 1000 })).to.equal(79)
    expect(reaches({ minutes: 799, of: 1000 }, 80)).to.equal(false)
    expect(reaches({ minutes: 800, of: 1000 }, 80)).to.equal(true)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (minutes, of) => {
        const share = { minutes: Math.min(minutes, of), of }
        return reaches(share, percentOf(share)) && percentOf(share) >= 80 === reaches(share, 80)
      }),
    )
  })

  it('the code makes somebody late from ten minutes after the start on', () => {
    expect(statusByCode(SPAN, at('2027-03-02T06:55:00Z'))).to.deep.equal({ status: 'present', minutes: 90 })
    expect(statusByCode(SPAN, at('2027-03-02T07:10:00Z'))).to.deep.equal({ status: 'present', minutes: 90 })
    expect(statusByCode(SPAN, at('2027-03-02T07:10:01Z'))).to.deep.equal({ status: 'late', minutes: 79 })
  })

  it('a wall time is looked for within the session, past midnight too', () => {
    const session = { ...SPAN, wallStart: Temporal.PlainDateTime.from('2027-03-02T11:00'), zone: 'Asia/Baku' }
    expect(String(instantWithin(session, Temporal.PlainTime.from('11:20')))).to.equal('2027-03-02T07:20:00Z')
    expect(instantWithin(session, Temporal.PlainTime.from('10:59'))).to.equal(undefined)
    expect(instantWithin(session, Temporal.PlainTime.from('12:30'))).to.equal(undefined)
    const night = {
      ...{ startsAt: at('2027-03-02T19:00:00Z'), endsAt: at('2027-03-02T21:00:00Z'), zone: 'Asia/Baku' },
      wallStart: Temporal.PlainDateTime.from('2027-03-02T23:00'),
    }
    expect(String(instantWithin(night, Temporal.PlainTime.from('00:15')))).to.equal('2027-03-02T20:15:00Z')
  })

  it('attendance is taken from the day of the session on, on the clock of its host', () => {
    const session = {
      kind: 'session' as const,
      canceledAt: null,
      startsAt: at('2027-03-01T21:00:00Z'),
      zone: 'Asia/Baku',
    }
    const say = (moment: string, changes = {}) => {
      const verdict = takesAttendance({ ...session, ...changes }, { status: 'running' }, at(moment))
      return verdict.ok ? 'yes' : verdict.reason
    }
    // One in the morning of the second in Baku.
    expect(say('2027-03-01T19:59:00Z')).to.equal('attendance.early')
    expect(say('2027-03-01T20:01:00Z')).to.equal('yes')
    expect(say('2027-03-09T20:01:00Z')).to.equal('yes')
    expect(say('2027-03-01T20:01:00Z', { kind: 'break' })).to.equal('attendance.break')
    expect(say('2027-03-01T20:01:00Z', { canceledAt: at('2027-02-01T00:00:00Z') })).to.equal('attendance.canceled')
  })

  it('the certificate asks for 80 percent unless its course says otherwise', () => {
    const facts: Facts = {
      ...{ lessons: { done: 0, total: 0 }, test: { exists: false, best: null } },
      ...{ evaluation: { asked: false, sent: false }, attendance: { minutes: 70, of: 100, open: 5 } },
    } as Facts
    const rules = { kind: 'attendance' as const, passPercent: 70, evaluation: false }
    expect(missingFor(rules, facts)).to.deep.equal([
      { what: 'attendance', need: 80, percent: 70, stillPossible: false },
    ])
    expect(missingFor({ ...rules, attendancePercent: 70 }, facts)).to.deep.equal([])
    expect(missingFor({ ...rules, attendancePercent: 0 }, facts)).to.deep.equal([])
    expect(missingFor({ ...rules, attendancePercent: 75 }, facts)[0]).to.include({ stillPossible: true })
    expect(missingFor(rules, { ...facts, attendance: null })).to.deep.equal([])
  })

  it('names meet across alphabets, orders, marks and brackets', () => {
    const alike = [
      ['Aigerim Sadykova', 'Айгерим Садыкова'],
      ['Aigerim Sadykova', 'SADYKOVA Aigerim (KZ)'],
      ['Farid Əliyev', 'farid aliyev'],
      ['Khurshed Rahimov', 'Хуршед Рахимов'],
      ['Yerlan Zhumabayev', 'Ерлан Жумабаев'],
      ['Gulnoza Qodirova', 'Гулноза Қодирова'],
      ['Nurlan O‘rinov', "Nurlan O'rinov"],
    ]
    for (const [one, other] of alike) expect(nameKey(one!), `${one} = ${other}`).to.equal(nameKey(other!))
    expect(nameKey('Aigerim Sadykova')).to.not.equal(nameKey('Aigerim Sadykov'))
  })
})

describe('attending', () => {
  let coordinator: Actor
  let training: SomeTraining
  let sessions: string[]
  let people: SomeEnrollment[]

  beforeEach(async () => {
    const room = await aRoom({ days: [1, 2, 3, 4, 5], at: '2027-03-05T09:00:00Z' })
    ;({ coordinator, training, sessions, places: people } = room)
  })

  const mark = (index: number, changes: Partial<Mark> = {}): Mark => ({
    ...{ enrollmentId: people[index]!.id, status: 'present', seen: 0 },
    ...changes,
  })
  const take = (session: number, marks: Mark[], marking = {}) =>
    attend(coordinator, sessions[session]!, marks, { source: 'trainer', ...marking })
  const kept = () =>
    sql<{ status: string; minutes: number; revision: number }>(
      null,
      'select status, minutes, revision from attendances order by session_id, enrollment_id',
    )

  it('the same marks sent twice change nothing', async () => {
    const marks = [mark(0), mark(1, { status: 'late', at: at('2027-03-05T07:20:00Z') })]
    expect(await take(4, marks)).to.deep.equal({ saved: 2, kept: [] })
    expect(await take(4, marks)).to.deep.equal({ saved: 0, kept: [] })
    expect((await kept()).map(each => [each.status, each.minutes])).to.deep.equal([
      ['present', 90],
      ['late', 70],
    ])
    expect(await one(null, 'select count(*)::int as n from attendance_corrections')).to.deep.equal({ n: 0 })
  })

  it('everybody without a mark becomes present, nobody else', async () => {
    await take(4, [mark(0, { status: 'absent' })])
    await take(4, [], { restPresent: true })
    expect((await kept()).map(each => each.status)).to.deep.equal(['absent', 'present', 'present'])
  })

  it('a mark that somebody else has changed meanwhile is kept and told', async () => {
    await take(4, [mark(0)])
    await take(4, [mark(0, { status: 'absent', seen: 1 })])
    expect(await take(4, [mark(0, { status: 'excused', reason: 'at court', seen: 1 }), mark(1)])).to.deep.equal({
      saved: 1,
      kept: [people[0]!.id],
    })
    expect((await kept()).map(each => each.status)).to.deep.equal(['absent', 'present'])
  })

  it('a change keeps what was, who and when; after the day it needs a reason', async () => {
    await take(4, [mark(0)])
    await take(4, [mark(0, { status: 'absent', seen: 1 })])
    standAt('2027-03-06T09:00:00Z')
    expect(await refusalOf(() => take(4, [mark(0, { seen: 2 })]))).to.equal('attendance.why')
    // A first mark is no correction.
    expect(await refusalOf(() => take(4, [mark(1)]))).to.equal('yes')
    await take(4, [mark(0, { seen: 2 })], { why: 'was in the other room' })
    const trail = await sql<{ was: { status: string }; reason: string | null; by: string }>(
      null,
      'select was, reason, by_id as by from attendance_corrections order by id',
    )
    expect(trail.map(each => [each.was.status, each.reason, each.by])).to.deep.equal([
      ['present', null, coordinator.id],
      ['absent', 'was in the other room', coordinator.id],
    ])
  })

  it('is not taken before the day, of a session called off, or of people of another training', async () => {
    standAt('2027-03-04T09:00:00Z')
    expect(await refusalOf(() => take(4, [mark(0)]))).to.equal('attendance.early')
    const other = await anEnrollment(await aDatedTraining(), await aPerson())
    await take(3, [{ ...mark(0), enrollmentId: other.id }])
    expect(await kept()).to.deep.equal([])
    await sql(null, `update sessions set canceled_at = now(), canceled_reason = '{"en":"x","ru":"x"}' where id = $1`, [
      sessions[3],
    ])
    expect(await refusalOf(() => take(3, [mark(0)]))).to.equal('attendance.canceled')
  })

  it('a session whose attendance was taken is neither removed nor called off', async () => {
    await take(4, [mark(0)])
    const session = (await Session.findByPk(sessions[4]!))!
    expect(await refusalOf(() => callOff(coordinator, session, 'why'))).to.equal('session.attended')
    expect(await kept()).to.have.length(1)
  })

  it('80 percent of all sessions that count make a learner eligible, before the last one too', async () => {
    const learner = people[0]!
    await finished(learner)
    const standing = async () => (await standingOf(learner.id)).missing
    expect(await standing()).to.deep.equal([{ what: 'attendance', need: 80, percent: 0, stillPossible: true }])
    for (const session of [0, 1, 2]) await take(session, [mark(0)])
    expect(await standing()).to.deep.equal([{ what: 'attendance', need: 80, percent: 60, stillPossible: true }])
    await take(3, [mark(0)])
    expect(await standing()).to.deep.equal([])
    expect(
      (await one(null, 'select eligible_at is not null as yes from enrollments where id = $1', [learner.id]))!.yes,
    ).to.equal(true)
  })

  it('who is marked beside others costs one statement more: the rule is looked at once for all', async () => {
    for (const place of people) await finished(place)
    const one = await queriesOf(() => take(0, [mark(0)]))
    const two = await queriesOf(() => take(0, [mark(1), mark(2)]))
    expect(two - one).to.equal(1)
  })

  it('what can no longer be reached is said, and excused does not count as present', async () => {
    const learner = people[0]!
    await finished(learner)
    await take(0, [mark(0, { status: 'excused', reason: 'at court' })])
    expect((await standingOf(learner.id)).missing[0]).to.include({ percent: 0, stillPossible: true })
    await take(1, [mark(0, { status: 'absent' })])
    expect((await standingOf(learner.id)).missing[0]).to.include({ percent: 0, stillPossible: false })
  })

  it('a correction below the rule takes an eligibility back, and a certificate stays', async () => {
    await inTransaction(() =>
      set(coordinator, 'signatories', [{ name: { en: 'A', ru: 'А' }, post: { en: 'D', ru: 'Д' } }]),
    )
    for (const index of [0, 1]) await finished(people[index]!)
    for (const session of [0, 1, 2, 3]) await take(session, [mark(0), mark(1)])
    await confirmedNames(people[0]!)
    const issued = await certify(coordinator, people[0]!.id, theHouse().config.dataKey)
    expect(issued.ok).to.equal(true)
    const snapshot = (await one<{ met: { attendance: object } }>(
      null,
      `select snapshot -> 'met' as met from certificates`,
    ))!
    expect(snapshot.met.attendance).to.deep.equal({ minutes: 360, of: 450, percent: 80 })
    await take(3, [mark(0, { status: 'absent', seen: 1 }), mark(1, { status: 'absent', seen: 1 })], {
      why: 'a mistake',
    })
    const eligible = await sql<{ id: string; yes: boolean }>(
      null,
      'select id, eligible_at is not null as yes from enrollments where id = any ($1) order by id',
      [[people[0]!.id, people[1]!.id]],
    )
    expect(eligible.map(each => each.yes)).to.deep.equal([true, false])
    expect(
      await one(
        null,
        `select from_status, to_status, reason from transitions where to_status = 'enrolled' and record_id = $1`,
        [people[1]!.id],
      ),
    ).to.deep.equal({
      ...{ from_status: 'eligible', to_status: 'enrolled', reason: 'attendance' },
    })
  })

  it('sessions that change are looked at again: one called off raises the percent', async () => {
    const learner = people[0]!
    await finished(learner)
    for (const session of [0, 1, 2]) await take(session, [mark(0)])
    const eligible = async () =>
      (await one<{ yes: boolean }>(null, 'select eligible_at is not null as yes from enrollments where id = $1', [
        learner.id,
      ]))!.yes
    await callOff(coordinator, (await Session.findByPk(sessions[3]!))!, 'why')
    await runJobs()
    expect(await eligible()).to.equal(false)
    await callOff(coordinator, (await Session.findByPk(sessions[4]!))!, 'why')
    await runJobs()
    expect(await eligible()).to.equal(true)
  })

  it('a session made shorter afterwards keeps its people whole', async () => {
    await take(0, [mark(0), mark(1, { status: 'late', at: at('2027-03-01T07:10:00Z') })])
    await move(coordinator, sessions[0]!, '2027-03-01T11:00', '2027-03-01T12:00')
    const share = async (index: number) => (await standingOf(people[index]!.id)).facts.attendance
    expect(await share(0)).to.deep.equal({ minutes: 60, of: 420, open: 360 })
    expect(await share(1)).to.include({ minutes: 60 })
  })

  it('a self-paced training asks for no attendance, and breaks and sessions that do not count make no minutes', async () => {
    await sql(null, 'update sessions set counts = false where id = $1', [sessions[0]])
    expect((await standingOf(people[0]!.id)).facts.attendance).to.include({ of: 360 })
    await sql(null, `update trainings set format = 'self_paced' where id = $1`, [training.id])
    expect((await standingOf(people[0]!.id)).facts.attendance).to.equal(null)
    await inTransaction(() => recheck(people[0]!.id))
  })

  it('is in the data of the person, and its reasons go with an erasure', async () => {
    await take(4, [mark(0, { status: 'excused', reason: 'at court' })])
    await take(4, [mark(0, { status: 'excused', reason: 'at court in Ganja', seen: 1 })])
    const data = await ownData(await asActor(people[0]!.person))
    expect(data.attendance).to.have.length(1)
    expect((data.attendance as { reason: string }[])[0]!.reason).to.equal('at court in Ganja')
    expect(data.attendance_corrections).to.have.length(1)
    const director = await asActor(await aPerson({ grants: [{ role: 'director' }] }))
    await erase(director, people[0]!.person.id, 'a letter')
    const rest = await one<{ text: string }>(
      null,
      `select string_agg(a.status || coalesce(a.reason, '') || c.was::text || coalesce(c.reason, ''), '') as text
       from attendances a join attendance_corrections c on c.attendance_id = a.id`,
    )
    expect(rest!.text).to.include('excused').and.not.include('court')
  })
})
