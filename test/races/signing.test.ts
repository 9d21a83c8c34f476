import { expect } from 'chai'
import { addOwnLogo, logosOf, removeOwnLogo } from '../../models/signing.ts'
import '../support/app.ts'
import { at40 } from '../support/at40.ts'
import { aCourse } from '../support/courses.ts'
import { aTraining } from '../support/trainings.ts'
import { asActor, cast } from '../support/people.ts'

describe('race: signing', () => {
  it('of forty logos added to a training at once four find room, and none is lost', async () => {
    const training = await aTraining(await aCourse())
    const actor = await asActor(await cast.coordinator())
    const answers = await at40(i =>
      addOwnLogo(actor, training.id, { sha256: 'a'.repeat(64), size: 10, name: `Logo ${i}` }).then(
        () => 'added',
        () => 'refused',
      ),
    )
    expect(answers.filter(answer => answer === 'added')).to.have.length(4)
    const ids = (await logosOf(training.id)).map(({ id }) => id)
    expect(ids).to.have.length(4)
    await at40(i => removeOwnLogo(actor, training.id, ids[i]!), 4)
    expect(await logosOf(training.id)).to.deep.equal([])
  })
})
