import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import type { Actor } from '../../models/actor.ts'
import type { Whole } from '../../models/exchanging/checking.ts'
import { giftOf } from '../../models/exchanging/gift/writing.ts'
import { ownOf } from '../../models/exchanging/own.ts'
import { fileOf } from '../../models/exporting-items.ts'
import { compare, keepImport, keptImport, useImport } from '../../models/importing-items.ts'
import '../support/app.ts'
import { FILED, filed } from '../support/exchanging.ts'
import { aCourse } from '../support/courses.ts'
import { asActor, cast } from '../support/people.ts'
import { queriesOf } from '../support/queries.ts'

/** So many questions of all types. */
const many = (count: number, from = 100) =>
  Array.from({ length: count }, (_, n) => filed({ ...FILED[n % FILED.length], code: `RMC-01-Q${from + n}` }))

const WORDS = { questions: 'Questions', columns: 'Columns', column: 'Column', meaning: 'Meaning', explain: String }

describe('five thousand questions', () => {
  let actor: Actor
  beforeEach(async () => {
    await aCourse()
    actor = await asActor(await cast.coordinator())
  })

  /** Takes over a file of questions, from its preview on. @returns how many statements that takes */
  async function taken(items: ReturnType<typeof many>): Promise<number> {
    const wholes = items.map((item, line): Whole => ({ line, module: 'RMC-01', item }))
    const id = await keepImport(actor, { name: 'bank.yaml', items: wholes, remarks: [] })
    const { mark } = await compare(actor, (await keptImport(actor, id))!)
    return queriesOf(() => useImport(actor, id, mark))
  }

  it('are taken over in statements of a hundred each', async () => {
    const few = await taken(many(5))
    const portion = (await taken(many(200, 200))) - few
    expect(await taken(many(5000, 1000))).to.be.at.most(few + 49 * portion)
    expect(portion, 'for one portion more').to.be.at.most(7)
    expect((await one<{ n: number }>(null, 'select count(*)::int as n from items'))!.n).to.equal(4 + 5 + 200 + 5000)
  }).timeout(60_000)

  it('are written into a file in portions, and others are served in between', async () => {
    const items = many(1000)
    let turns = 0
    let running = true
    const turn = () => {
      turns++
      if (running) setImmediate(turn)
    }
    setImmediate(turn)
    const own = await fileOf('yaml', items, { language: 'en', words: WORDS })
    running = false
    expect(turns).to.be.at.least(9)
    expect(own.equals(Buffer.from(ownOf(items))), 'the same file').to.equal(true)
    const gift = await fileOf('gift', items, { language: 'ru', words: WORDS })
    expect(gift.equals(Buffer.from(giftOf(items, 'ru'))), 'the same file').to.equal(true)
    expect(String(await fileOf('yaml', [], { language: 'en', words: WORDS }))).to.equal('[]\n')
  }).timeout(20_000)
})
