import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { composedCourse } from '../../models/composed-course.ts'
import { changeDraft, nextVersion, publishCourse, startCourse } from '../../models/composing.ts'
import { Refused } from '../../models/refused.ts'
import '../support/app.ts'
import { at40 } from '../support/at40.ts'
import { aPlan, publish, seenNow } from '../support/composing.ts'
import { aCourse } from '../support/courses.ts'
import { asActor, cast } from '../support/people.ts'

const CODE = 'BORDER-BASICS'

const orRefused = <T>(act: Promise<T>) =>
  act.catch(error => {
    if (!(error instanceof Refused)) throw error
  })

describe('races: composing', function () {
  this.timeout(120_000)

  it('forty presses make one course, one publication, one next version', async () => {
    await aCourse()
    const actor = await asActor(await cast.coordinator())
    await at40(() => orRefused(startCourse(actor, CODE, aPlan(['RMC-01-L1', 'RMC-01-L2']))))
    const seen = await seenNow(CODE)
    const published = await at40(() => orRefused(publishCourse(actor, CODE, { seen, note: null })))
    expect(published.filter(Boolean)).to.deep.equal(['1.0'])
    await at40(() => nextVersion(actor, CODE, false))
    expect(await one(null, 'select count(*)::int as n from course_versions where major > 1')).to.deep.equal({ n: 1 })
  })

  it('what is published is what was seen, although others change it at this very moment', async () => {
    await aCourse()
    const actor = await asActor(await cast.coordinator())
    await startCourse(actor, CODE, aPlan(['RMC-01-L1']))
    await publish(actor, CODE)
    await nextVersion(actor, CODE, false)
    const seen = await seenNow(CODE)
    const changes = await at40(index =>
      index % 2
        ? orRefused(changeDraft(actor, CODE, aPlan(['RMC-01-L2']), seen).then(() => 'changed'))
        : orRefused(publishCourse(actor, CODE, { seen, note: { en: 'Again.', ru: 'Снова.' } })),
    )
    const won = changes.filter(Boolean)
    expect(won).to.have.length(1)
    const { draft, published } = (await composedCourse(CODE))!
    const held = (won[0] === 'changed' ? draft : published)!.lessons.map(({ code }) => code)
    expect(held).to.deep.equal([won[0] === 'changed' ? 'RMC-01-L2' : 'RMC-01-L1'])
  })
})
