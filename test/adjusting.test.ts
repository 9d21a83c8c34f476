import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { adjust, NO_ADJUSTMENT } from '../models/adjusting.ts'
import { placeOf, sittingOf } from '../models/attempt.ts'
import { handIn as handsIn, start as begins } from '../models/attempting.ts'
import { closeIfDue } from '../models/closing-attempts.ts'
import { runJobs, standAt } from './support/app.ts'
import { attemptOf, begin, enrolled, send, testOf } from './support/attempts.ts'
import { anEnrollment } from './support/trainings.ts'
import { aPerson, asActor, cast } from './support/people.ts'
import { type Reader, signedIn } from './support/reader.ts'

/** The rules that a training sets for its test, and those of one person. The learner reads in Almaty, Baku is an hour behind. */

async function ready(traits: Parameters<typeof enrolled>[0] = {}) {
  standAt('2026-12-01T08:00:00Z')
  const all = await enrolled(traits)
  const address = `/en/manage/trainings/${all.training.code}/test`
  const coordinator = await signedIn(await cast.coordinator())
  return { ...all, coordinator, address, one: `${address}/${all.enrollment.id}` }
}

async function set(coordinator: Reader, address: string, values: Record<string, string>) {
  await coordinator.get(address)
  return coordinator.post(address, values)
}

const start = (reader: Reader, code: string, values: Record<string, string> = {}) =>
  reader.post(`/en/trainings/${code}/attempts`, values)

async function handIn(reader: Reader, training: { code: string }, number = 1) {
  await reader.get(`/en/trainings/${training.code}/attempts/${number}/check`)
  return reader.submit('/handing-in')
}

describe('adjusting', () => {
  it('a window is set on the clock of the training and read on the learner’s; nobody starts before or after', async () => {
    const { training, reader, coordinator, address } = await ready()
    const saved = await set(coordinator, address, {
      ...{ opensDay: '2026-12-01', opensTime: '13:00', closesDay: '2.12.2026', closesTime: '18:00' },
    })
    expect(saved.location).to.contain('?done=saved')
    expect((await coordinator.get(address)).$('#closesDay').attr('value')).to.equal('2026-12-02')
    const front = await reader.get(testOf(training))
    expect(front.text).to.contain('1 December 2026 at 14:00 (Almaty)').and.contain('2 December 2026 at 19:00 (Almaty)')
    expect(front.$('form[action$="/attempts"]').length).to.equal(0)
    const early = await start(reader, training.code)
    expect(early.status).to.equal(422)
    expect(early.text).to.contain('The test is not open yet.')
    standAt('2026-12-01T09:00:00Z')
    expect((await start(reader, training.code)).status).to.equal(303)
    expect((await handIn(reader, training)).status).to.equal(303)
    standAt('2026-12-02T14:00:00Z')
    const after = await start(reader, training.code)
    expect(after.status, 'at the closing itself').to.equal(422)
    expect(after.text).to.contain('The test is closed.')
    expect((await one<{ n: number }>(null, 'select count(*)::int as n from attempts'))!.n).to.equal(1)
  })

  it('time given while the clock is about to close an attempt keeps it open, and its learner hands it in', async () => {
    const { training, person, enrollment, coordinator, one: address } = await ready()
    const actor = await asActor(person)
    await begins(actor, (await placeOf(actor, training.code))!)
    standAt('2026-12-01T08:45:01Z')
    const seen = (await sittingOf(actor, training.code, 1))!
    expect((await set(coordinator, address, { extraMinutes: '60', reason: 'Why' })).status).to.equal(303)
    await closeIfDue(seen, enrollment.id)
    const state = () => one(null, 'select closed_by as by, handed_in_at::text as at from attempts')
    expect(await state()).to.deep.equal({ by: null, at: null })
    await handsIn(actor, seen)
    expect(await state()).to.deep.equal({ by: 'learner', at: '2026-12-01 08:45:01+00' })
  })

  it('who has started keeps the whole time after the closing; without a limit the closing is the end', async () => {
    const coordinator = await signedIn(await cast.coordinator())
    for (const minutes of [30, null]) {
      standAt('2026-12-01T08:00:00Z')
      const { training, reader } = await enrolled({ code: minutes ? 'RMC-01' : 'RMC-02', minutes }, await aPerson())
      const address = `/en/manage/trainings/${training.code}/test`
      await set(coordinator, address, { closesDay: '2026-12-01', closesTime: '12:10' })
      await begin(reader, training)
      const row = await one<{ ends: Temporal.Instant }>(
        null,
        'select deadline_at as ends from attempts order by id desc limit 1',
      )
      expect(String(row!.ends)).to.equal(minutes ? '2026-12-01T08:30:00Z' : '2026-12-01T08:10:00Z')
    }
  })

  it('between two attempts the wait is kept, and its end is told', async () => {
    const { training, reader, coordinator, address } = await ready()
    await set(coordinator, address, { waitHours: '24' })
    await begin(reader, training)
    await handIn(reader, training)
    const front = await reader.get(testOf(training))
    expect(front.text).to.contain('24 hours between two attempts').and.contain('2 December 2026 at 13:00 (Almaty)')
    expect((await start(reader, training.code)).status).to.equal(422)
    standAt('2026-12-02T08:00:00Z')
    expect((await start(reader, training.code)).location).to.contain('/attempts/2/1')
  })

  it('an access code is asked for, stands in no byte a learner gets, and cannot be guessed at leisure', async () => {
    const { training, reader, coordinator, address } = await ready()
    await set(coordinator, address, { accessCode: 'Caspian-7' })
    const front = await reader.get(testOf(training))
    expect(front.html).to.not.contain('Caspian')
    expect(front.$('#code').length).to.equal(1)
    for (const code of ['', 'caspian-8']) {
      const wrong = await start(reader, training.code, { code })
      expect(wrong.status).to.equal(422)
      expect(wrong.text).to.contain('This is not the access code')
      expect(wrong.$('#code').attr('value')).to.equal(code)
      expect(wrong.html).to.not.contain('Caspian-7')
    }
    expect((await start(reader, training.code, { code: ' caspian-7 ' })).status).to.equal(303)
    expect(
      JSON.stringify(await sql(null, `select details from audit_entries where action = 'test.set'`)),
    ).to.not.contain('aspian')
    await handIn(reader, training)
    for (let tries = 0; tries < 12; tries++) await start(reader, training.code, { code: `guess-${tries}` })
    const slow = await start(reader, training.code, { code: 'Caspian-7' })
    expect(slow.status).to.equal(422)
    expect(slow.headers['retry-after']).to.match(/^\d+$/)
  })

  it('extra time counts from the next start, or at once in an open attempt; the person is told why', async () => {
    const { training, reader, coordinator, one: own } = await ready()
    const deadline = async () =>
      String((await one<{ at: Temporal.Instant }>(null, 'select deadline_at as at from attempts'))!.at).slice(11, 19)
    await begin(reader, training)
    await sql(null, `update attempts set given_back = 60, deadline_at = deadline_at + make_interval(secs => 60)`)
    const page = await coordinator.get(own)
    expect(page.$('#extraPercent').length).to.equal(1)
    const saved = await coordinator.post(own, {
      extraPercent: '50',
      extraMinutes: '5',
      reason: 'Reads with a magnifier',
    })
    expect(saved.location).to.contain('done=test-adjusted')
    expect(await deadline(), 'thirty, half of it, five, and what was given back').to.equal('08:51:00')
    const front = await reader.get(testOf(training))
    expect(front.text)
      .to.contain('50 minutes from the start')
      .and.contain('20 minutes of it are extra time for you')
      .and.contain('Reads with a magnifier')
    await runJobs()
    const mail = await one<{ text: string }>(
      null,
      `select body_text as text from mails where kind = 'test-adjusted' and person_id is not null`,
    )
    expect(mail!.text).to.contain('50 minutes from the start').and.contain('Reads with a magnifier')
    const trail = JSON.stringify(await sql(null, `select details from audit_entries where action = 'test.adjusted'`))
    expect(trail).to.contain('"extraPercent":50').and.not.contain('magnifier')
  })

  it('time that is given between the press of the button and the start counts', async () => {
    standAt('2026-12-01T08:00:00Z')
    const { training, person } = await enrolled()
    const actor = await asActor(person)
    const seen = (await placeOf(actor, training.code))!
    const center = await asActor(await cast.coordinator())
    await adjust(center, seen, { ...NO_ADJUSTMENT, extraMinutes: 10, reason: 'A slow line' })
    const { deadlineAt } = await begins(actor, seen)
    expect(String(deadlineAt)).to.equal('2026-12-01T08:40:00Z')
  })

  it('an open attempt that was over runs again when its person gets time', async () => {
    const { training, reader, coordinator, one: own } = await ready()
    await begin(reader, training)
    standAt('2026-12-01T08:31:00Z')
    expect((await reader.open(attemptOf(training, '1'))).$('h1').text()).to.equal('The time is over')
    await coordinator.get(own)
    await coordinator.post(own, { extraMinutes: '10', reason: 'The hall was locked' })
    expect((await reader.open(attemptOf(training, '1'))).path).to.match(/\/1\/1$/)
    expect((await send(reader, training, [{ question: 1, value: ['a'], counter: 1, ms: 1 }])).body).to.deep.include({
      ...{ saved: [1], over: false, leftMs: 9 * 60_000 },
    })
  })

  it('more attempts than the course allows are given by the Center’s coordinators, not by who is in charge', async () => {
    const { training, reader, coordinator, one: own } = await ready({ attempts: 1 })
    await begin(reader, training)
    await handIn(reader, training)
    const inCharge = await signedIn(await cast.inCharge(training.id))
    const page = await inCharge.get(own)
    expect(page.$('#extraAttempts').length).to.equal(0)
    expect(page.text).to.contain('given by the coordinators of the Center')
    const refused = await inCharge.post(own, { extraAttempts: '1', reason: 'Please' })
    expect(refused.status).to.equal(422)
    expect(refused.text).to.contain('given by the coordinators of the Center')
    expect((await start(reader, training.code)).status).to.equal(422)
    await coordinator.get(own)
    await coordinator.post(own, { extraAttempts: '1', reason: 'The line failed in the office' })
    expect((await reader.get(testOf(training))).text).to.contain('2 attempts; the best one counts')
    // What the Center gave stays when somebody else gives time.
    await inCharge.get(own)
    expect(
      (await inCharge.submit(`/${own.split('/').at(-1)}`, { extraMinutes: '5', reason: 'Slow line' })).status,
    ).to.equal(303)
    expect((await start(reader, training.code)).location).to.contain('/attempts/2/1')
  })

  it('one person has another window', async () => {
    const { training, reader, coordinator, address, one: own } = await ready()
    await set(coordinator, address, { closesDay: '2026-11-30' })
    expect((await start(reader, training.code)).status).to.equal(422)
    await coordinator.get(own)
    await coordinator.post(own, { closesDay: '2026-12-03', reason: 'Was on a mission' })
    const other = await aPerson()
    await anEnrollment(training, other)
    expect((await start(await signedIn(other), training.code)).status, 'nobody else').to.equal(422)
    expect((await start(reader, training.code)).status).to.equal(303)
  })

  it('feedback after closing waits for the last who is still writing', async () => {
    const { training, reader, coordinator, address } = await ready()
    await set(coordinator, address, { closesDay: '2026-12-01', closesTime: '12:20', feedback: 'after_closing' })
    expect((await reader.get(testOf(training))).text).to.contain('when the test is closed to everybody')
    const other = await aPerson()
    await anEnrollment(training, other)
    const slow = await signedIn(other)
    await begin(reader, training)
    await handIn(reader, training)
    standAt('2026-12-01T08:19:00Z')
    await begin(slow, training)
    for (const at of ['08:19:30', '08:21:00', '08:48:59']) {
      standAt(`2026-12-01T${at}Z`)
      const result = await reader.get(attemptOf(training, '1/result'))
      expect(result.text, at).to.contain('Feedback opens when the test is closed to everybody')
      expect(result.html, at).to.not.match(/About [a-d]\./)
    }
    standAt('2026-12-01T09:04:01Z')
    await slow.get(attemptOf(training, '1/result'))
    await slow.submit('/handing-in')
    for (const each of [reader, slow])
      expect((await each.get(attemptOf(training, '1/result'))).html).to.match(/About [a-d]\./)
  })

  it('feedback that is never shown is in no byte', async () => {
    const { training, reader, coordinator, address } = await ready()
    await set(coordinator, address, { feedback: 'never' })
    await begin(reader, training)
    await handIn(reader, training)
    const result = await reader.get(attemptOf(training, '1/result'))
    expect(result.$('h1').text()).to.contain('0 %')
    expect(result.html).to.not.match(/About [a-d]\.|Questions and answers/)
  })

  it('a form that is wrong comes back with what was typed and a word at each field', async () => {
    const { coordinator, address, one: own } = await ready()
    const wrong = await set(coordinator, address, {
      ...{ opensDay: '31.31.2026', opensTime: '9:00', closesTime: '25:00', waitHours: 'soon' },
    })
    expect(wrong.status).to.equal(422)
    expect(wrong.$('#opensDay').attr('value')).to.equal('31.31.2026')
    for (const id of ['opensDay', 'closesDay', 'closesTime', 'waitHours'])
      expect(wrong.$(`#${id}-error`).length, id).to.equal(1)
    const order = await set(coordinator, address, { opensDay: '2026-12-03', closesDay: '2026-12-02' })
    expect(order.text).to.contain('must open before it closes')
    await coordinator.get(own)
    const noReason = await coordinator.post(own, { extraMinutes: '10' })
    expect(noReason.status).to.equal(422)
    expect(noReason.$('#extraMinutes').attr('value')).to.equal('10')
    expect(await sql(null, 'select 1 from test_adjustments union all select 1 from test_settings')).to.have.length(0)
  })

  it('those who run the training see who is at what, who came late, and no answer', async () => {
    const { training, reader, coordinator, address, one: own } = await ready()
    expect((await coordinator.get(`/en/manage/trainings/${training.code}`)).$(`a[href="${address}"]`).length).to.equal(
      1,
    )
    const state = async () => {
      const page = await coordinator.get(address)
      return page.$('tbody td').eq(1).text().trim()
    }
    expect(await state()).to.equal('Not begun')
    await begin(reader, training)
    expect(await state()).to.contain('Open until 1 December 2026 at 12:30 (Baku)')
    standAt('2026-12-01T08:31:00Z')
    await send(reader, training, [{ question: 1, value: ['a'], counter: 1, ms: 1 }])
    expect(await state(), 'the grade waits').to.equal('Time is over, waits for late answers')
    expect((await coordinator.get(own)).html).to.not.match(/\d+ %|arrived late/)
    await reader.get(attemptOf(training, '1/result'))
    await reader.submit('/handing-in')
    expect(await state())
      .to.contain('Handed in')
      .and.contain('1 answer arrived late')
    const person = await coordinator.get(own)
    expect(person.text).to.contain('1 answer arrived late').and.contain('Handed in because the time was over')
    expect(person.html).to.not.match(/Option [a-d]|Question RMC|About [a-d]/)
  })
})
