import { expect } from 'chai'
import { sql } from '../lib/db.ts'
import { changeMark } from '../models/changing-marks.ts'
import { standingOf } from '../models/completing.ts'
import { essaysBy, signOf } from '../models/essay.ts'
import { lostPassesOpen } from '../models/lost-passes.ts'
import { changeGrade, release } from '../models/releasing.ts'
import { replaceCertificate } from '../models/replacing.ts'
import { upholdCertificate } from '../models/upholding.ts'
import { theHouse } from './support/app.ts'
import { aMarkedTraining, aTrainerOf, aWork, judged, levels } from './support/assignments.ts'
import { anEssayTraining, marked, points, written } from './support/essays.ts'
import { issuedAnyway } from './support/lost-passes.ts'
import { asActor, cast } from './support/people.ts'

const lost = async () => (await lostPassesOpen(10)).map(({ code, percent, reason }) => ({ code, percent, reason }))

describe('passes that are lost after the certificate', () => {
  it('by another mark of an essay: the certificate waits for a decision', async () => {
    const { training } = await anEssayTraining()
    const [trainer, center] = [await aTrainerOf(training), await asActor(await cast.coordinator())]
    const work = await written(training)
    await marked(trainer, work, 6)
    const code = await issuedAnyway(center, { id: work.enrollmentId, training, person: work.person })
    expect(await lost()).to.deep.equal([])
    const [essay] = await essaysBy(training.id, work.enrollmentId)
    const change = { ...points(1, '', signOf(essay!.mark)), reason: 'Taken from a book' }
    await changeMark(center, { trainingId: training.id, enrollmentId: work.enrollmentId }, essay!.id, change)
    expect(await lost()).to.deep.equal([{ code, percent: '30.00', reason: 'Taken from a book' }])
    await upholdCertificate(center, code, 'In good faith')
    expect(await lost()).to.deep.equal([])
    const { dataKey } = theHouse().config
    await replaceCertificate(center, code, { names: { latin: 'Right Name' }, reason: 'Misspelled', dataKey })
    expect(await lost(), 'its successor is decided too').to.deep.equal([])
  })

  it('by another grade of an assignment that the certificate asks for', async () => {
    const { training } = await aMarkedTraining({ certificate: true })
    const [trainer, center] = [await aTrainerOf(training), await asActor(await cast.coordinator())]
    const work = await aWork(training)
    await judged(trainer, work, [3, 3, 3, 3])
    await release(center, training.id)
    const code = await issuedAnyway(center, { id: work.enrollmentId, training, person: work.person })
    const change = { levels: levels(3, 3, 3, 2), comment: '', reason: 'One source was missing' }
    await changeGrade(center, training.id, work.enrollmentId, change)
    expect(await lost(), 'still passed').to.deep.equal([])
    await changeGrade(center, training.id, work.enrollmentId, { ...change, levels: levels(0, 0, 0, 0) })
    expect((await lost()).map(each => each.code)).to.deep.equal([code])
  })

  it('before the certificate: an eligibility is taken back with the grade of the assignment', async () => {
    const { training } = await aMarkedTraining({ certificate: true, course: { kind: 'attendance' } })
    const [trainer, center] = [await aTrainerOf(training), await asActor(await cast.coordinator())]
    const work = await aWork(training)
    await judged(trainer, work, [3, 3, 3, 3])
    await release(center, training.id)
    const eligible = 'update enrollments set eligible_at = created_at where id = $1'
    await sql(null, eligible, [work.enrollmentId])
    const change = { levels: levels(0, 0, 0, 0), comment: '', reason: 'Taken from a book' }
    await changeGrade(center, training.id, work.enrollmentId, change)
    expect((await standingOf(work.enrollmentId)).eligibleAt).to.equal(null)
  })
})
