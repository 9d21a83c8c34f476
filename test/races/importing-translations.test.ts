import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { segmentsOf, type Text } from '../../models/bilingual/segments.ts'
import { partsOfDraft } from '../../models/draft.ts'
import {
  compareTranslation,
  keepTranslation,
  keptTranslation,
  standingIn,
  useTranslation,
} from '../../models/importing-translations.ts'
import { Refused } from '../../models/refused.ts'
import { contentIn } from '../../models/whole-text.ts'
import '../support/app.ts'
import { at40 } from '../support/at40.ts'
import { aDraft, anExample, aWorkshop, partOf } from '../support/drafts.ts'
import { removeExamples } from '../curriculum/example.ts'

describe('races: importing translations', function () {
  this.timeout(60_000)
  after(removeExamples)

  it('forty presses of one button take a table over once', async () => {
    await anExample()
    const { editor, translator } = await aWorkshop()
    const draft = await aDraft(editor.actor, 'RMC-01-L1')
    const goal = { draftId: draft.id }
    const [en, ru] = [await partOf(draft, 'en'), await partOf(draft, 'ru')]
    const rows = segmentsOf(en.content as Text, ru.content as Text).map(({ id, hash }, line) => ({
      ...{ id, hash, line },
      target: `Текст ${line}`,
    }))
    const id = await keepTranslation(translator.actor, goal, { name: 'table.xlsx', rows })
    const kept = (await keptTranslation(translator.actor, goal, id))!
    const { mark } = compareTranslation(kept, standingIn(contentIn(await partsOfDraft(draft.id))))
    const used = await at40(() =>
      useTranslation(translator.actor, goal, id, mark).then(
        () => true,
        error => {
          if (!(error instanceof Refused)) throw error
          return false
        },
      ),
    )
    expect(used.filter(Boolean)).to.have.length(1)
    expect((await partOf(draft, 'ru')).revision).to.equal(2)
    expect(await one(null, 'select count(*)::int as n from translation_imports')).to.deep.equal({ n: 0 })
  })
})
