import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { pieceOf } from '../../models/curriculum/pieces.ts'
import { giveTranslation } from '../../models/translating.ts'
import '../support/app.ts'
import { at40 } from '../support/at40.ts'
import { anExample, aWorkshop } from '../support/drafts.ts'
import { removeExamples } from '../curriculum/example.ts'

describe('races: translating', function () {
  this.timeout(60_000)
  after(removeExamples)

  it('forty who ask one translator ask once, and one mail goes out', async () => {
    await anExample()
    const { editor, translator } = await aWorkshop()
    const piece = { ...pieceOf('RMC-01-L1')!, language: 'ru' }
    await at40(() => giveTranslation(editor.actor, piece, { personId: translator.id, dueOn: '2099-01-01' }))
    expect(await one(null, 'select count(*)::int as n from translation_tasks')).to.deep.equal({ n: 1 })
    expect(await one(null, `select count(*)::int as n from mails where kind = 'translation-given'`)).to.deep.equal({
      n: 1,
    })
  })

  it('of two translators asked by turns at once, one has it at the end', async () => {
    await anExample()
    const { editor, translator, second } = await aWorkshop()
    const piece = { ...pieceOf('RMC-01-L1')!, language: 'ru' }
    await at40(n =>
      giveTranslation(editor.actor, piece, { personId: (n % 2 ? translator : second).id, dueOn: '2099-01-01' }),
    )
    const live = 'select count(*)::int as n from translation_tasks where ended_at is null'
    expect(await one(null, live)).to.deep.equal({ n: 1 })
  })
})
