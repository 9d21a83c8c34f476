import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { saveSent } from '../../models/answering.ts'
import { placeOf, sittingOf } from '../../models/attempt.ts'
import { start } from '../../models/attempting.ts'
import { beat } from '../../models/giving-back.ts'
import { standAt } from '../support/app.ts'
import { at40 } from '../support/at40.ts'
import { aCourse } from '../support/courses.ts'
import { anEnrollment, aTraining } from '../support/trainings.ts'
import { asActor, cast } from '../support/people.ts'

describe('races: giving back', () => {
  it('forty processes that come to work at once give the time back once, while answers arrive', async () => {
    standAt('2026-12-01T08:00:00Z')
    await beat()
    const training = await aTraining(await aCourse())
    const actor = await asActor(await cast.learner())
    await anEnrollment(training, { ...actor, id: actor.id!, country: 'KZ' })
    await start(actor, (await placeOf(actor, training.code))!)
    const sitting = (await sittingOf(actor, training.code, 1))!
    standAt('2026-12-01T09:00:00Z')
    const outcomes = await at40(async n => {
      if (n % 2) return (await beat())?.attempts ?? 0
      const sent = [{ position: 1, value: ['a'], counter: n + 1, givenMs: 59 * 60_000 }]
      const saving = await saveSent(sitting, 'en', 'device-1', sent)
      return saving.closed || saving.late.length ? 'lost' : 'kept'
    })
    expect(outcomes.filter(each => each === 'lost')).to.have.length(0)
    const { back, saves } = (await one<{ back: number; saves: number }>(
      null,
      'select given_back as back, (select count(*)::int from answers) as saves from attempts',
    ))!
    expect({ back, saves }).to.deep.equal({ back: 3600, saves: 20 })
  })
})
