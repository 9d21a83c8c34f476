import { expect } from 'chai'
import { inScope, one, sql } from '../../lib/db.ts'
import { decide } from '../../models/deciding.ts'
import { Refused } from '../../models/refused.ts'
import '../support/app.ts'
import { aCourse, anEnrollment, aTraining } from '../support/factories.ts'
import { aPerson, asActor, cast } from '../support/people.ts'

const MANY = 40
const count = async (text: string) => (await one<{ n: number }>(null, `select count(*)::int as n from ${text}`))!.n

describe('races: deciding', () => {
  it('forty approvals at once for three places give three places; the others are refused in words', async () => {
    const training = await aTraining(await aCourse(), { seats: 3, mode: 'approval' })
    const coordinator = await asActor(await cast.coordinator())
    const ids: string[] = []
    for (let i = 0; i < MANY; i++) ids.push((await anEnrollment(training, await aPerson(), { status: 'requested' })).id)
    const answers = await Promise.all(
      ids.map(id =>
        inScope(() => decide(coordinator, id, 'approve', null)).then(
          () => 'placed',
          error => {
            if (!(error instanceof Refused)) throw error
            return error.key
          },
        ),
      ),
    )
    expect(answers.filter(answer => answer === 'placed')).to.have.length(3)
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
