import { expect } from 'chai'
import { inScope } from '../../lib/db.ts'
import { Training } from '../../models/index.ts'
import { cancelTraining, turnByDate } from '../../models/turning.ts'
import { count } from '../support/counts.ts'
import { runJobs, standAt } from '../support/app.ts'
import { aCourse } from '../support/courses.ts'
import { anEnrollment, aTraining } from '../support/trainings.ts'
import { aPerson, asActor, cast } from '../support/people.ts'

const MANY = 40

describe('races: turning', () => {
  it('a training called off forty times at once is called off once, and each person told once', async () => {
    const training = await aTraining(await aCourse(), {
      format: 'live_online',
      startsOn: '2027-03-01',
      endsOn: '2027-03-05',
    })
    await anEnrollment(training, await aPerson())
    const coordinator = await asActor(await cast.coordinator())
    const reason = { en: 'No host', ru: 'Нет площадки' }
    await Promise.all(
      Array.from({ length: MANY }, () =>
        inScope(async () => cancelTraining(coordinator, (await Training.findByPk(training.id))!, reason)),
      ),
    )
    await runJobs()
    expect(await count(`transitions where record_kind = 'training' and to_status = 'canceled'`)).to.equal(1)
    expect(await count(`mails where kind = 'training-canceled'`)).to.equal(1)
  })

  it('many processes turn a training by date once', async () => {
    standAt('2027-03-02T08:00:00Z')
    await aTraining(await aCourse(), {
      status: 'published',
      format: 'live_online',
      startsOn: '2027-03-01',
      endsOn: '2027-03-05',
    })
    await Promise.all(Array.from({ length: MANY }, () => inScope(turnByDate)))
    expect(await count(`transitions where record_kind = 'training' and to_status = 'running'`)).to.equal(1)
  })
})
