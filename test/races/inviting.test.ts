import { expect } from 'chai'
import { inScope, sql } from '../../lib/db.ts'
import { announce } from '../../models/announcing.ts'
import { invite } from '../../models/inviting.ts'
import '../support/app.ts'
import { aDatedTraining, sessionsOn } from '../support/agendas.ts'
import { anEnrollment } from '../support/trainings.ts'
import { aPerson, asActor, cast } from '../support/people.ts'

const at40 = <T>(fn: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: 40 }, (_, n) => inScope(() => fn(n))))

describe('inviting under 40 connections', () => {
  it('forty mails at once tell a calendar of each session once', async () => {
    const coordinator = await asActor(await cast.coordinator())
    const training = await aDatedTraining({ startsOn: '2099-03-01', endsOn: '2099-03-05' })
    const learner = await aPerson()
    await anEnrollment(training, learner)
    await sessionsOn(coordinator, training.id, [1, 2, 3])
    await sql(
      null,
      `update sessions set wall_start = wall_start + interval '80 years', wall_end = wall_end + interval '80 years',
      starts_at = starts_at + interval '80 years', ends_at = ends_at + interval '80 years'`,
    )
    await announce(coordinator, training.id)
    const told = (await at40(() => invite(learner.id, training.id, 'all'))).flatMap(each => each!.invitations)
    expect(told.map(({ method }) => method)).to.deep.equal(['REQUEST', 'REQUEST', 'REQUEST'])
    expect(new Set(told.map(({ uid }) => uid)).size).to.equal(3)
    await sql(null, `update enrollments set status = 'withdrawn'`)
    const canceled = (await at40(() => invite(learner.id, training.id, []))).flatMap(each => each!.invitations)
    expect(canceled.map(({ method, sequence }) => [method, sequence])).to.deep.equal(Array(3).fill(['CANCEL', 1]))
  })
})
