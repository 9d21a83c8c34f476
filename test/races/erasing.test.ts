import { expect } from 'chai'
import { inScope, one } from '../../lib/db.ts'
import type { Actor } from '../../models/actor.ts'
import { enroll } from '../../models/enrolling.ts'
import { erase } from '../../models/erasing.ts'
import '../support/app.ts'
import { aCourse } from '../support/courses.ts'
import { anEnrollment, aTraining } from '../support/trainings.ts'
import { aPerson, asActor, cast, type Someone } from '../support/people.ts'

const MANY = 40

const atOnce = <T>(act: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: MANY }, (_, n) => inScope(() => act(n))))

describe('races: erasing', () => {
  it('forty orders to erase one person erase once', async () => {
    const learner = await cast.learner()
    const admin = await asActor(await cast.administrator())
    const results = await atOnce(() =>
      erase(admin, learner.id, null).then(
        () => 'done',
        error => error.key,
      ),
    )
    expect(results.filter(each => each === 'done').length).to.equal(1)
    expect(results.filter(each => each === 'person.erasedAlready').length).to.equal(MANY - 1)
    expect(
      await one(null, `select count(*)::int as n from audit_entries where action = 'person.erased'`),
    ).to.deep.equal({ n: 1 })
  })

  it('people erased while others enroll: no place is lost and none is given twice', async () => {
    const training = await aTraining(await aCourse({}), { seats: MANY / 2 })
    const admin = await asActor(await cast.administrator())
    const leaving: Someone[] = []
    for (let n = 0; n < MANY / 2; n++) {
      const person = await aPerson()
      await anEnrollment(training, person)
      leaving.push(person)
    }
    const coming: Actor[] = []
    for (let n = 0; n < MANY / 2; n++) coming.push(await asActor(await aPerson()))
    await atOnce(n =>
      n % 2 ? erase(admin, leaving[(n - 1) / 2]!.id, null) : enroll(coming[n / 2]!, training.id).then(() => undefined),
    )
    const row = await one(
      null,
      `select count(*) filter (where status = 'enrolled' or status = 'waiting' and offered_until > now())::int as held,
         count(*) filter (where status = 'waiting' and offered_until is null)::int as left_waiting from enrollments`,
    )
    expect(row).to.deep.equal({ held: MANY / 2, left_waiting: 0 })
  })
})
