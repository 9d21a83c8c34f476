import { expect } from 'chai'
import { one, sql } from '../../lib/db.ts'
import { enroll } from '../../models/enrolling.ts'
import '../support/app.ts'
import { actors, atOnce, statuses } from '../support/crowd.ts'
import { aCourse } from '../support/courses.ts'
import { aTraining } from '../support/trainings.ts'

const MANY = 40

describe('races: enrolling', () => {
  it('of forty people for the last three places three get them, the others wait in order', async () => {
    const training = await aTraining(await aCourse(), { seats: 3 })
    const answers = await atOnce(await actors(MANY), actor => enroll(actor, training.id))
    expect(answers.filter(answer => answer === 'enrolled')).to.have.length(3)
    expect(await statuses()).to.deep.equal({ enrolled: 3, waiting: MANY - 3 })
    const line = await sql<{ status: string }>(null, 'select status from enrollments order by created_at, id')
    expect(line.slice(0, 3).map(row => row.status)).to.deep.equal(['enrolled', 'enrolled', 'enrolled'])
    expect((await one<{ n: number }>(null, 'select count(*)::int as n from mails'))!.n).to.equal(MANY)
  })

  it('forty posts of one person make one enrollment, one mail and one line of its life', async () => {
    const training = await aTraining(await aCourse())
    const [actor] = await actors(1)
    await atOnce(Array(MANY).fill(actor!), each => enroll(each, training.id))
    for (const table of ['enrollments', 'mails', 'transitions'])
      expect((await one<{ n: number }>(null, `select count(*)::int as n from ${table}`))!.n, table).to.equal(1)
  })
})
