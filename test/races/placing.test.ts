import { expect } from 'chai'
import { inScope, one } from '../../lib/db.ts'
import { answerOffer, offerAt, passOnExpired } from '../../models/placing.ts'
import { withdraw } from '../../models/withdrawing.ts'
import { count } from '../support/counts.ts'
import { standAt } from '../support/app.ts'
import { aCourse } from '../support/courses.ts'
import { anEnrollment, aTraining } from '../support/trainings.ts'
import { aPerson, asActor } from '../support/people.ts'

const MANY = 40
const lastLink = async () =>
  (await one<{ data: { link: string } }>(
    null,
    `select data from mails where kind = 'place-offered' order by id desc limit 1`,
  ))!.data.link.replace('/offers/', '')

async function anOffer(waiting: number) {
  const training = await aTraining(await aCourse(), { seats: 1 })
  const leaving = await aPerson()
  await anEnrollment(training, leaving)
  for (let i = 0; i < waiting; i++) await anEnrollment(training, await aPerson(), { status: 'waiting' })
  await withdraw(await asActor(leaving), training.id)
  return training
}

describe('races: placing', () => {
  it('an offer taken forty times at once gives one place and one mail', async () => {
    await anOffer(2)
    const offer = (await offerAt(await lastLink()))!
    await Promise.all(Array.from({ length: MANY }, () => inScope(() => answerOffer(offer, 'take'))))
    expect(await count(`enrollments where status = 'enrolled'`)).to.equal(1)
    expect(await count(`mails where kind = 'enrollment-confirmed'`)).to.equal(1)
  })

  it('taken and declined at the same moment is one of the two, and the place is never held twice', async () => {
    await anOffer(5)
    const offer = (await offerAt(await lastLink()))!
    await Promise.all(
      Array.from({ length: MANY }, (_, index) => inScope(() => answerOffer(offer, index % 2 ? 'take' : 'decline'))),
    )
    const held = await count('enrollments where offered_until is not null')
    expect((await count(`enrollments where status = 'enrolled'`)) + held).to.equal(1)
  })

  it('an expired offer passed on by many processes at once reaches one person', async () => {
    standAt('2027-01-11T08:00:00Z')
    await anOffer(5)
    standAt('2027-01-15T08:00:00Z')
    await Promise.all(Array.from({ length: MANY }, () => inScope(passOnExpired)))
    expect(await count('enrollments where offered_until is not null')).to.equal(1)
    expect(await count(`mails where kind = 'place-offered'`)).to.equal(2)
  })
})
