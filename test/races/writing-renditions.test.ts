import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { saveRendition } from '../../models/writing-renditions.ts'
import '../support/app.ts'
import { at40 } from '../support/at40.ts'
import { aPersianTraining, persian } from '../support/renditions.ts'

describe('races: writing renditions', function () {
  this.timeout(60_000)

  it('of forty who begin one text at once, one has written it and the others see it', async () => {
    const { translator } = await aPersianTraining()
    const place = await persian()
    const saved = await at40(n => saveRendition(translator.actor, place, { text: { title: `${n}` }, seen: 0 }))
    expect(saved.filter(({ newer }) => newer === null)).to.have.length(1)
    expect(await one(null, 'select revision, count(*) over ()::int as n from renditions')).to.deep.equal({
      revision: 1,
      n: 1,
    })
  })
})
