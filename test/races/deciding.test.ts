import { expect } from 'chai'
import { inScope, sql } from '../../lib/db.ts'
import { decide } from '../../models/deciding.ts'
import '../support/app.ts'
import { refusalOf } from '../support/refusals.ts'
import { count } from '../support/counts.ts'
import { aCourse } from '../support/courses.ts'
import { anEnrollment, aTraining } from '../support/trainings.ts'
import { aPerson, asActor, cast } from '../support/people.ts'

const MANY = 40

describe('races: deciding', () => {
  it('forty approvals at once for three places give three places; the others are refused in words', async () => {
    const training = await aTraining(await aCourse(), { seats: 3, mode: 'approval' })
    const coordinator = await asActor(await cast.coordinator())
    const ids: string[] = []
    for (let i = 0; i < MANY; i++) ids.push((await anEnrollment(training, await aPerson(), { status: 'requested' })).id)
    const answers = await Promise.all(
      ids.map(id => inScope(() => refusalOf(() => decide(coordinator, id, 'approve', null)))),
    )
    expect(answers.filter(answer => answer === 'yes')).to.have.length(3)
    expect(answers.filter(answer => answer === 'enrollment.full')).to.have.length(MANY - 3)
    expect(await count(`enrollments where status = 'enrolled'`)).to.equal(3)
  })

  it('one request decided forty times at once is decided, and told, once', async () => {
    const training = await aTraining(await aCourse(), { mode: 'approval' })
    const coordinator = await asActor(await cast.coordinator())
    const { id } = await anEnrollment(training, await aPerson(), { status: 'requested' })
    await Promise.all(Array.from({ length: MANY }, () => inScope(() => decide(coordinator, id, 'approve', null))))
    expect(await count('mails')).to.equal(1)
    expect((await sql(null, `select 1 from transitions where to_status = 'enrolled'`)).length).to.equal(1)
  })
})
