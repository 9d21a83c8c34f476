import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { editionOf, publishDrafts } from '../../models/publishing-drafts.ts'
import { Refused } from '../../models/refused.ts'
import '../support/app.ts'
import { at40 } from '../support/at40.ts'
import { aDraft, anExample, aWorkshop, review, rewrite } from '../support/drafts.ts'
import { removeExamples } from '../curriculum/example.ts'

describe('races: publishing drafts', function () {
  this.timeout(120_000)
  after(removeExamples)

  it('forty presses of one button make one version', async () => {
    await anExample()
    const workshop = await aWorkshop()
    const draft = await aDraft(workshop.editor.actor, 'RMC-01-L1')
    await rewrite(workshop.editor.actor, draft, 'en', ({ body }) => ({ body: body.replace('1951 ', '1952 ') }))
    await review(draft, workshop)
    const { seen } = await editionOf('RMC-01')
    const note = { en: 'A year.', ru: 'Год.' }
    const published = await at40(() =>
      publishDrafts(workshop.editor.actor, 'RMC-01', { note, seen }).catch(error => {
        if (!(error instanceof Refused)) throw error
      }),
    )
    expect(published.filter(Boolean)).to.have.length(1)
    const versions = `select count(*)::int as n from module_versions v join modules m on m.id = v.module_id where m.code = 'RMC-01'`
    expect(await one(null, versions)).to.deep.equal({ n: 2 })
  })
})
