import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { savePage } from '../models/answering.ts'
import { itemsOf, placeOf, sittingOf } from '../models/attempt.ts'
import { handIn, start } from '../models/attempting.ts'
import { checkGrades } from '../models/checking-grades.ts'
import { rightAnswer } from '../models/items/kinds.ts'
import './support/app.ts'
import { aCourse } from './support/courses.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { asActor, aPerson } from './support/people.ts'

/** A learner who handed in twice: half right, then everything. */
async function handedInTwice() {
  const training = await aTraining(await aCourse({ items: 2 }))
  const person = await aPerson()
  await anEnrollment(training, person)
  const actor = await asActor(person)
  const place = (await placeOf(actor, training.code))!
  for (const share of [2, 4]) {
    const { number, id } = await start(actor, place)
    const sitting = (await sittingOf(actor, training.code, number))!
    const items = (await itemsOf(id)).slice(0, share)
    await savePage(sitting, 'en', Object.fromEntries(items.map(item => [item.position, rightAnswer(item)])))
    await handIn(actor, sitting)
  }
}

describe('checking grades', () => {
  it('finds nothing where nobody touched the record', async () => {
    await handedInTwice()
    const nothing = { differences: [], receipts: [], unsettled: [], grades: [] }
    expect(await checkGrades()).to.deep.equal({ attempts: 2, ...nothing })
  })

  it('finds a result that was changed, and the attempt of an answer that was', async () => {
    await handedInTwice()
    const [first, second] = await sql<{ id: string }>(null, 'select id from attempts order by number')
    await sql(null, 'update attempts set percent = 99 where id = $1', [first!.id])
    await sql(null, `update answers set value = '[]' where attempt_id = $1 and id = (select max(id) from answers)`, [
      second!.id,
    ])
    const { differences, receipts } = await checkGrades()
    expect(differences.map(({ id }) => id)).to.deep.equal([first!.id, second!.id])
    expect(receipts).to.deep.equal([second!.id])
  })

  it('finds an attempt whose result is missing though nothing waits for a mark', async () => {
    await handedInTwice()
    const { id } = (await one<{ id: string }>(null, 'select min(id)::text as id from attempts'))!
    await sql(null, 'update attempts set points = null, max_points = null, percent = null where id = $1', [id])
    expect((await checkGrades()).unsettled).to.deep.equal([id])
  })

  it('finds a grade that is not the best attempt, and one that is missing', async () => {
    await handedInTwice()
    const { id } = (await one<{ id: string }>(null, 'select enrollment_id as id from grades'))!
    await sql(null, 'update grades set percent = 50')
    expect((await checkGrades()).grades).to.deep.equal([{ enrollmentId: id, stored: 50, computed: 100 }])
    await sql(null, 'delete from grades')
    expect((await checkGrades()).grades).to.deep.equal([{ enrollmentId: id, stored: -1, computed: 100 }])
  })

  it('is typed as bin/grades check', function () {
    this.timeout(20_000)
    const task = join(import.meta.dirname, '../server/tasks/grades.ts')
    const { status, stderr } = spawnSync(process.execPath, [task], { encoding: 'utf8' })
    expect([status, stderr.startsWith('Usage: bin/grades check')]).to.deep.equal([2, true])
  })
})
