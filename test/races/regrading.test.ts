import { expect } from 'chai'
import { one, sql } from '../../lib/db.ts'
import type { Actor } from '../../models/actor.ts'
import { placeOf, type Sitting, sittingOf } from '../../models/attempt.ts'
import { handIn, start } from '../../models/attempting.ts'
import { checkGrades } from '../../models/checking-grades.ts'
import { versionsOf } from '../../models/item.ts'
import { changesBy, signOf } from '../../models/regrade.ts'
import { regrade } from '../../models/regrading.ts'
import { aSitting } from '../support/answers.ts'
import '../support/app.ts'
import { at40 } from '../support/at40.ts'
import { aCourse } from '../support/courses.ts'
import { anEnrollment, aTraining } from '../support/trainings.ts'
import { asActor, aPerson, cast } from '../support/people.ts'
import { refusalOf } from '../support/questions.ts'

describe('races: regrading', () => {
  const ruling = { act: 'drop' } as const

  it('of forty who correct the same results at once one does', async () => {
    const training = await aTraining(await aCourse({ items: 2 }))
    await aSitting(training, { answers: { 'RMC-01-Q01': ['a'] } })
    const actor = await asActor(await cast.coordinator())
    const [version] = await versionsOf(actor, 'RMC-01-Q01')
    const seen = signOf(await changesBy(version!.id, ruling))
    const said = { reason: 'Wrong.', seen, losses: true }
    const texts = await at40(() => refusalOf(regrade(actor, version!, ruling, said)))
    expect(texts.filter(text => text === undefined)).to.have.length(1)
    expect(texts.filter(text => text === 'regrade.changed')).to.have.length(39)
    expect(await sql(null, 'select id from regrades')).to.have.length(1)
  })

  it('whoever hands in while results are corrected is graded by what holds then', async function () {
    this.timeout(60_000)
    const training = await aTraining(await aCourse({ items: 2 }))
    const actor = await asActor(await cast.coordinator())
    const open: { learner: Actor; sitting: Sitting }[] = []
    for (let n = 0; n < 39; n++) {
      const person = await aPerson()
      await anEnrollment(training, person)
      const learner = await asActor(person)
      const { number } = await start(learner, (await placeOf(learner, training.code))!)
      open.push({ learner, sitting: (await sittingOf(learner, training.code, number))! })
    }
    await aSitting(training, { answers: { 'RMC-01-Q01': ['a'] } })
    const [version] = await versionsOf(actor, 'RMC-01-Q01')
    const corrected = async () => {
      for (;;) {
        const seen = signOf(await changesBy(version!.id, ruling))
        const text = await refusalOf(regrade(actor, version!, ruling, { reason: 'Wrong.', seen, losses: true }))
        if (text !== 'regrade.changed') return
      }
    }
    await at40(n => (n === 0 ? corrected() : handIn(open[n - 1]!.learner, open[n - 1]!.sitting)))
    expect(await checkGrades()).to.deep.include({ attempts: 40, differences: [], grades: [] })
    const wrong = await one<{ n: number }>(null, 'select count(*)::int as n from attempts where max_points <> 3')
    expect(wrong!.n).to.equal(0)
  })
})
