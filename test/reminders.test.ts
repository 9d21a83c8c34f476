import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import type { Actor } from '../models/actor.ts'
import { announce } from '../models/announcing.ts'
import { choose } from '../models/preferring.ts'
import { remind } from '../models/reminding.ts'
import { schedule } from '../models/scheduling.ts'
import { runJobs, standAt } from './support/app.ts'
import { aDatedTraining, aPlan, callOffAndAnnounce, move, sessionsOn } from './support/agendas.ts'
import { anEnrollment, type SomeTraining } from './support/trainings.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'

describe('reminders', () => {
  let coordinator: Actor
  let training: SomeTraining
  let learner: Someone

  beforeEach(async () => {
    standAt('2027-02-01T08:00:00Z')
    coordinator = await asActor(await cast.coordinator())
    training = await aDatedTraining()
    learner = await cast.learner()
    await anEnrollment(training, learner)
  })

  /** Reminds at this moment and returns the subjects of what this person gets. */
  async function remindedAt(instant: string, person = learner): Promise<string[]> {
    standAt(instant)
    await sql(null, `delete from mails where kind <> 'reminder'`)
    await sql(null, `delete from jobs where priority <> 6`)
    const had = (await one<{ id: string }>(null, 'select coalesce(max(id), 0) as id from mails'))!.id
    await remind()
    await runJobs()
    return (
      await sql<{ subject: string }>(null, 'select subject from mails where person_id = $1 and id > $2 order by id', [
        person.id,
        had,
      ])
    ).map(mail => mail.subject)
  }

  it('come a week, a day and an hour before, in the time of the reader, each once', async () => {
    await sessionsOn(coordinator, training.id, [2])
    await announce(coordinator, training.id)
    const time = 'Tuesday, 2 March 2027, 12:00–13:30 (Almaty)'
    expect(await remindedAt('2027-02-23T06:59:00Z')).to.deep.equal([])
    expect(await remindedAt('2027-02-23T07:01:00Z')).to.deep.equal([`In a week: Terms of day 2, ${time}`])
    expect(await remindedAt('2027-02-23T07:06:00Z')).to.deep.equal([])
    expect(await remindedAt('2027-03-01T07:01:00Z')).to.deep.equal([`Tomorrow: Terms of day 2, ${time}`])
    expect(await remindedAt('2027-03-02T06:01:00Z')).to.deep.equal([`In an hour: Terms of day 2, ${time}`])
    expect(await remindedAt('2027-03-02T06:06:00Z')).to.deep.equal([])
    const { text } = (await one<{ text: string }>(
      null,
      'select body_text as text from mails order by id desc limit 1',
    ))!
    expect(text)
      .to.contain('Host time: Tuesday, 2 March 2027, 11:00–12:30 (Baku)')
      .and.contain('1 hour later than in Baku')
  })

  it('twenty sessions of a week are one reminder a week before, one a day before each day', async () => {
    for (const day of [1, 2, 3, 4, 5])
      for (const hour of ['09', '11', '14', '16'])
        await schedule(
          coordinator,
          training.id,
          aPlan({ from: `2027-03-0${day}T${hour}:00`, to: `2027-03-0${day}T${hour}:45` }),
        )
    await announce(coordinator, training.id)
    let weekly = 0
    let daily = 0
    for (let hours = 0; hours < 14 * 24; hours += 2) {
      const at = Temporal.Instant.from('2027-02-22T05:05:00Z').add({ hours })
      const subjects = await remindedAt(at.toString())
      weekly += subjects.filter(subject => subject.startsWith('In a week')).length
      daily += subjects.filter(subject => subject.startsWith('Tomorrow')).length
    }
    expect({ weekly, daily }).to.deep.equal({ weekly: 1, daily: 5 })
  })

  it('never for what moved or was called off, also when the reminder waited in the queue', async () => {
    const [moved, off] = await sessionsOn(coordinator, training.id, [2, 3])
    await announce(coordinator, training.id)
    standAt('2027-03-01T06:50:00Z')
    await move(coordinator, moved!, '2027-03-05T11:00', '2027-03-05T12:30')
    await announce(coordinator, training.id)
    expect(await remindedAt('2027-03-01T07:01:00Z')).to.deep.equal([])
    standAt('2027-03-02T07:01:00Z')
    expect(await remind()).to.equal(1)
    await callOffAndAnnounce(coordinator, off!)
    await sql(null, `delete from jobs where name = 'agenda.tell'`)
    await runJobs()
    expect(await sql(null, `select 1 from mails where kind = 'reminder' and subject like 'Tomorrow%'`)).to.deep.equal(
      [],
    )
    expect(await remindedAt('2027-03-04T07:01:00Z'), 'at its new time').to.deep.equal([
      'Tomorrow: Terms of day 2, Friday, 5 March 2027, 12:00–13:30 (Almaty)',
    ])
  })

  it('what is planned but not announced is nobody’s to be reminded of', async () => {
    const [id] = await sessionsOn(coordinator, training.id, [2])
    expect(await remindedAt('2027-02-23T07:01:00Z')).to.deep.equal([])
    await announce(coordinator, training.id)
    await move(coordinator, id!, '2027-03-05T11:00', '2027-03-05T12:30')
    expect(await remindedAt('2027-03-01T07:01:00Z')).to.deep.equal([
      'Tomorrow: Terms of day 2, Tuesday, 2 March 2027, 12:00–13:30 (Almaty)',
    ])
  })

  it('who is told at the last moment is not told twice', async () => {
    standAt('2027-03-01T20:00:00Z')
    await sessionsOn(coordinator, training.id, [2])
    await announce(coordinator, training.id)
    const late = await aPerson()
    await anEnrollment(training, late)
    expect(await remindedAt('2027-03-01T20:05:00Z')).to.deep.equal([])
    expect(await remindedAt('2027-03-02T06:01:00Z')).to.have.length(1)
  })

  it('concern only those enrolled, and those booked for the session', async () => {
    const trainer = await cast.trainer()
    const waiting = await aPerson()
    const stranger = await cast.stranger()
    await anEnrollment(training, waiting, { status: 'waiting' })
    await sessionsOn(coordinator, training.id, [2], [{ role: 'trainer', personId: trainer.id }])
    await sessionsOn(coordinator, training.id, [4])
    await announce(coordinator, training.id)
    await remindedAt('2027-03-01T07:01:00Z')
    await remindedAt('2027-03-03T07:01:00Z')
    const counts = await sql<{ personId: string; n: number }>(
      null,
      `select person_id as "personId", count(*)::int as n from mails where kind = 'reminder' group by 1 order by 1`,
    )
    expect(counts).to.deep.include.members([
      { personId: learner.id, n: 2 },
      { personId: trainer.id, n: 1 },
    ])
    expect(counts.map(each => each.personId)).to.not.include.members([waiting.id, stranger.id])
  })

  it('come late rather than never after the platform was away, but not when they help no more', async () => {
    await sessionsOn(coordinator, training.id, [2])
    await announce(coordinator, training.id)
    expect(await remindedAt('2027-03-01T12:00:00Z')).to.have.length(1)
    expect(await remindedAt('2027-03-02T06:40:00Z')).to.have.length(1)
    expect(await remindedAt('2027-03-02T06:55:00Z')).to.deep.equal([])
  })

  it('not for who wants none, and not for a training that is canceled', async () => {
    await sessionsOn(coordinator, training.id, [2])
    await announce(coordinator, training.id)
    await choose(learner.id, { 'reminder-week': 'never' })
    expect(await remindedAt('2027-02-23T07:01:00Z')).to.deep.equal([])
    await choose(learner.id, { 'reminder-week': 'at_once' })
    expect(await remindedAt('2027-02-23T07:06:00Z'), 'a later change brings no flood').to.deep.equal([])
    await sql(null, `update trainings set status = 'canceled'`)
    expect(await remindedAt('2027-03-01T07:01:00Z')).to.deep.equal([])
  })
})
