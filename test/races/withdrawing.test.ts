import { expect } from 'chai'
import { one, sql } from '../../lib/db.ts'
import { enroll } from '../../models/enrolling.ts'
import { withdraw } from '../../models/withdrawing.ts'
import '../support/app.ts'
import { actors, atOnce, statuses } from '../support/crowd.ts'
import { aCourse } from '../support/courses.ts'
import { anEnrollment, aTraining } from '../support/trainings.ts'

const MANY = 40

describe('races: withdrawing', () => {
  it('places given up at once are offered each to one of those who wait, first come first served', async () => {
    const training = await aTraining(await aCourse(), { seats: 20 })
    const leaving = await actors(20)
    for (const actor of leaving) await anEnrollment(training, { ...actor, id: actor.id!, country: null })
    const waiting = await actors(30)
    for (const actor of waiting)
      await anEnrollment(training, { ...actor, id: actor.id!, country: null }, { status: 'waiting' })
    await atOnce([...leaving, ...leaving], actor => withdraw(actor, training.id))
    expect(await statuses()).to.deep.equal({ waiting: 30, withdrawn: 20 })
    const moved = await sql<{ person: string }>(
      null,
      'select person_id as person from enrollments where offered_until is not null',
    )
    expect(new Set(moved.map(row => row.person))).to.deep.equal(new Set(waiting.slice(0, 20).map(actor => actor.id)))
    expect(
      (await one<{ n: number }>(null, `select count(*)::int as n from mails where kind = 'place-offered'`))!.n,
    ).to.equal(20)
  })

  it('people who come and people who go never overfill a training', async () => {
    const training = await aTraining(await aCourse(), { seats: 5 })
    const all = await actors(MANY)
    await atOnce(all, async actor => {
      await enroll(actor, training.id)
      await withdraw(actor, training.id)
      await enroll(actor, training.id)
    })
    const held = await one<{ n: number }>(
      null,
      'select count(*)::int as n from enrollments where offered_until is not null',
    )
    expect(((await statuses()).enrolled ?? 0) + held!.n).to.equal(5)
  })
})
