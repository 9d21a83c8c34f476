import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { addLogo, removeLogo } from '../../models/changing-settings.ts'
import { at40 } from '../support/at40.ts'
import { asActor, cast } from '../support/people.ts'
import '../support/app.ts'

describe('races: changing settings', () => {
  it('of forty logos added at once four find room, and none is lost', async () => {
    const actor = await asActor(await cast.coordinator())
    const add = (i: number) => addLogo(actor, { sha256: 'a'.repeat(64), size: 10, name: `Logo ${i}` })
    const answers = await at40(i =>
      add(i)
        .then(() => 'added')
        .catch(() => 'refused'),
    )
    expect(answers.filter(answer => answer === 'added')).to.have.length(4)
    const ids = await idsNow()
    expect(ids).to.have.length(4)
    await at40(i => removeLogo(actor, ids[i]!), 4)
    expect(await idsNow()).to.deep.equal([])
  })
})

const idsNow = async () =>
  (await one<{ value: string[] }>(null, `select value from settings where key = 'logos'`))!.value
