import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { publishedPiece } from '../../models/curriculum/drafted.ts'
import { writtenCurriculum } from '../../models/curriculum/exporting.ts'
import { partHash, pieceOf } from '../../models/curriculum/pieces.ts'
import { historyOf } from '../../models/draft.ts'
import { beginDraft, saveDraft } from '../../models/drafting.ts'
import '../support/app.ts'
import { at40 } from '../support/at40.ts'
import { aDraft, anExample, aWorkshop, partOf } from '../support/drafts.ts'
import { removeExamples } from '../curriculum/example.ts'

describe('races: drafting', function () {
  this.timeout(60_000)
  after(removeExamples)

  it('of forty texts begun from the same one, one is saved, and thirty-nine are told', async () => {
    await anExample()
    const { editor, reviewer } = await aWorkshop()
    const draft = await aDraft(editor.actor, 'RMC-01-L1')
    const { content, revision } = await partOf(draft, 'en')
    const seen = { revision, hash: partHash(content) }
    const saved = await at40(n => {
      const change = { part: 'en' as const, content: { ...content, body: `Text ${n}` }, seen }
      return saveDraft(n % 2 ? editor.actor : reviewer.actor, draft.id, [change])
    })
    expect(saved.filter(each => each.saved)).to.have.length(1)
    const now = await partOf(draft, 'en')
    expect([now.revision, now.content.body]).to.deep.equal([2, `Text ${saved.findIndex(each => each.saved)}`])
    expect((await historyOf(draft.id, 'en')).map(each => each.revision)).to.deep.equal([2, 1])
  })

  it('forty who begin to edit the same piece share one draft', async () => {
    await anExample()
    const { editor } = await aWorkshop()
    const piece = pieceOf('RMC-01-L1')!
    const content = publishedPiece(await writtenCurriculum(), piece)!
    await at40(() => beginDraft(editor.actor, piece, content))
    expect(await one(null, 'select count(*)::int as n from drafts')).to.deep.equal({ n: 1 })
    expect(await one(null, 'select count(*)::int as n from draft_parts')).to.deep.equal({ n: 3 })
  })
})
