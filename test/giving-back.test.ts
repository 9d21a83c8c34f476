import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { beat } from '../models/giving-back.ts'
import { standAt } from './support/app.ts'
import { attemptOf, begin, enrolled, send } from './support/attempts.ts'
import { aPerson } from './support/people.ts'

/** Time that the platform was away is given back to whoever had a test running. The test has 30 minutes. */

const times = (number = 1) =>
  one<{ ends: string; late: string; back: number }>(
    null,
    `select deadline_at::text as ends, late_until::text as late, given_back as back from attempts order by id offset $1`,
    [number - 1],
  ).then(row => [clock(row!.ends), clock(row!.late), row!.back])

const clock = (text: string) => Temporal.Instant.from(text.replace(' ', 'T')).toString().slice(11, 19)

describe('giving back', () => {
  it('while the platform says that it is at work, no time is given', async () => {
    standAt('2026-12-01T08:00:00Z')
    expect(await beat(), 'the first word ever').to.equal(undefined)
    const { reader, training } = await enrolled()
    await begin(reader, training)
    for (const second of ['02', '04', '10']) {
      standAt(`2026-12-01T08:00:${second}Z`)
      expect(await beat()).to.equal(undefined)
    }
    expect(await times()).to.deep.equal(['08:30:00', '08:45:00', 0])
  })

  it('the minutes it was away are given back once to every running attempt, and the learner is told', async () => {
    standAt('2026-12-01T08:00:00Z')
    await beat()
    const { reader, training } = await enrolled()
    await begin(reader, training)
    standAt('2026-12-01T08:08:00Z')
    expect(await beat()).to.deep.equal({ seconds: 480, attempts: 1 })
    expect(await beat(), 'once').to.equal(undefined)
    expect(await times()).to.deep.equal(['08:38:00', '08:53:00', 480])
    const page = await reader.get(attemptOf(training, '1/1'))
    expect(page.$('[data-given-back]').attr('role')).to.equal('status')
    expect(page.$('[data-given-back]').text()).to.contain('about 8 minutes').and.contain('13:38')
    const saved = await send(reader, training, [{ question: 1, value: ['a'], counter: 1, ms: 1 }])
    expect(saved.body).to.deep.include({ leftMs: 30 * 60_000 })
    expect((saved.body as { givenBack: string }).givenBack).to.contain('13:38')
    standAt('2026-12-01T08:37:59Z')
    await sql(null, `update heartbeats set at = '2026-12-01T08:37:58Z'`)
    expect((await send(reader, training, [{ question: 2, value: ['a'], counter: 2, ms: null }])).status).to.equal(200)
    await reader.get(attemptOf(training, '1/check'))
    await reader.submit('/handing-in')
    expect((await reader.get(attemptOf(training, '1/result'))).text).to.contain(
      '8 minutes, since the platform was away',
    )
    const line = await one<{ details: object }>(
      null,
      `select details from audit_entries where action = 'attempt.time-given-back'`,
    )
    expect(line!.details).to.deep.include({ seconds: 480, attempts: 1 })
  })

  it('a deadline that passed meanwhile lies ahead again, also before an answer is judged', async () => {
    standAt('2026-12-01T08:00:00Z')
    const { reader, training } = await enrolled()
    await begin(reader, training)
    standAt('2026-12-01T08:25:00Z')
    await beat()
    standAt('2026-12-01T09:25:00Z')
    const saved = await send(reader, training, [{ question: 1, value: ['a'], counter: 1, ms: 84 * 60_000 }])
    expect(saved.body).to.deep.include({ saved: [1], late: [], over: false, leftMs: 5 * 60_000 })
    expect(await times()).to.deep.equal(['09:30:00', '09:45:00', 3600])
  })

  it('who began while nobody looked gets what passed since; who only waited for late answers waits longer', async () => {
    standAt('2026-12-01T08:00:00Z')
    const early = await enrolled()
    await begin(early.reader, early.training)
    standAt('2026-12-01T08:35:00Z')
    await beat()
    standAt('2026-12-01T08:36:00Z')
    const other = await enrolled({ code: 'RMC-02' }, await aPerson())
    await begin(other.reader, other.training)
    standAt('2026-12-01T08:46:00Z')
    expect(await beat()).to.deep.equal({ seconds: 660, attempts: 2 })
    expect(await times(1), 'the wait').to.deep.equal(['08:30:00', '08:56:00', 0])
    expect(await times(2), 'since the start').to.deep.equal(['09:16:00', '09:31:00', 600])
  })

  it('closed attempts and tests without a limit stay as they are', async () => {
    standAt('2026-12-01T08:00:00Z')
    await beat()
    const { reader, training } = await enrolled({ minutes: null })
    await begin(reader, training)
    const closed = await enrolled({ code: 'RMC-02' }, await aPerson())
    await begin(closed.reader, closed.training)
    await closed.reader.get(attemptOf(closed.training, '1/check'))
    await closed.reader.submit('/handing-in')
    standAt('2026-12-01T08:10:00Z')
    expect(await beat()).to.deep.equal({ seconds: 600, attempts: 0 })
    const backs = await sql(null, 'select distinct given_back as back from attempts')
    expect(backs).to.deep.equal([{ back: 0 }])
    const lines = await sql(null, `select 1 from audit_entries where action = 'attempt.time-given-back'`)
    expect(lines).to.have.length(0)
  })
})
