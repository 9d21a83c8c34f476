import { expect } from 'chai'
import { inScope, one } from '../../lib/db.ts'
import { enroll } from '../../models/enrolling.ts'
import { Training } from '../../models/index.ts'
import { changeTraining, openTraining, type Settled } from '../../models/opening.ts'
import { Refused } from '../../models/refused.ts'
import '../support/app.ts'
import { count } from '../support/counts.ts'
import { aCourse } from '../support/courses.ts'
import { aTraining } from '../support/trainings.ts'
import { aPerson, asActor, cast } from '../support/people.ts'

const MANY = 40

const SETTLED: Settled = {
  title: null,
  format: 'self_paced',
  zone: 'Asia/Baku',
  hostState: null,
  place: null,
  languages: ['en', 'ru'],
  agreedCondition: null,
  seats: 10,
  enrollmentMode: 'open',
  visibility: 'public',
  hours: 8,
  startsOn: null,
  endsOn: null,
  enrollUntil: null,
  issueWithinDays: 5,
  costBearer: null,
}

const refusedOr = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    error => {
      if (!(error instanceof Refused)) throw error
      return error.key
    },
  )

describe('races: opening', () => {
  it('seats are never set below the people who enroll at the same moment', async () => {
    const training = await aTraining(await aCourse(), { seats: 30 })
    const coordinator = await asActor(await cast.coordinator())
    const people = []
    for (let i = 0; i < MANY; i++) people.push(await asActor(await aPerson()))
    await Promise.all([
      ...people.map(person => inScope(() => enroll(person, training.id))),
      inScope(async () =>
        refusedOr(changeTraining(coordinator, (await Training.findByPk(training.id))!, { ...SETTLED, seats: 5 })),
      ),
    ])
    const seats = (await one<{ seats: number }>(null, 'select seats from trainings where id = $1', [training.id]))!
      .seats
    expect(await count(`enrollments where status = 'enrolled'`)).to.be.at.most(seats)
  })

  it('one code opened forty times at once is one training; the others are told it is taken', async () => {
    const course = await aCourse()
    const coordinator = await asActor(await cast.coordinator())
    const answers = await Promise.all(
      Array.from({ length: MANY }, () =>
        inScope(() => refusedOr(openTraining(coordinator, course.code, 'ONE-CODE', SETTLED))),
      ),
    )
    expect(answers.filter(answer => answer === 'done')).to.have.length(1)
    expect(answers.filter(answer => answer === 'training.code')).to.have.length(MANY - 1)
  })
})
