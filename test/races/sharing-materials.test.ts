import { expect } from 'chai'
import { one, sql } from '../../lib/db.ts'
import {
  moveMaterial,
  MOST_MATERIALS,
  restoreMaterial,
  removeMaterial,
  shareMaterials,
} from '../../models/sharing-materials.ts'
import { Refused } from '../../models/refused.ts'
import '../support/app.ts'
import { at40 } from '../support/at40.ts'
import { aCourse } from '../support/courses.ts'
import { aTraining } from '../support/trainings.ts'
import { asActor, cast } from '../support/people.ts'

const about = { sessionId: null, language: 'en', visible: 'before' } as const

const some = (name: string, count = 1) => ({
  ...about,
  files: Array.from({ length: count }, (_, n) => ({
    file: { sha256: `${name} ${n}`, size: 1, type: 'text/plain', name: `${name}.txt` },
    title: { en: name, ru: name },
  })),
})

const there = () =>
  one<{ n: number; positions: number }>(
    null,
    `select count(*)::int as n, count(distinct position)::int as positions from materials where removed_at is null`,
  )

async function aShelf(count: number) {
  const actor = await asActor(await cast.coordinator())
  const { id } = await aTraining(await aCourse())
  const ids = count ? await shareMaterials(actor, id, some('first', count)) : []
  return { actor, id, ids }
}

const unlessRefused = (act: Promise<unknown>) =>
  act.then(
    () => true,
    error => {
      if (!(error instanceof Refused)) throw error
      return false
    },
  )

describe('races: sharing materials', () => {
  it('of forty who add at once to a training with room for three, three get in', async () => {
    const { actor, id } = await aShelf(MOST_MATERIALS - 3)
    const got = await at40(n => unlessRefused(shareMaterials(actor, id, some(`late ${n}`))))
    expect(got.filter(Boolean)).to.have.length(3)
    expect(await there()).to.deep.equal({ n: MOST_MATERIALS, positions: MOST_MATERIALS })
  })

  it('forty presses of one button add one file', async () => {
    const { actor, id } = await aShelf(0)
    await at40(() => shareMaterials(actor, id, some('the same')))
    expect((await there())!.n).to.equal(1)
  })

  it('of forty who put back at once with room for one, one does', async () => {
    const { actor, id, ids } = await aShelf(MOST_MATERIALS)
    for (const each of ids.slice(0, 40)) await removeMaterial(actor, id, each)
    await shareMaterials(actor, id, some('between', 39))
    const got = await at40(n => unlessRefused(restoreMaterial(actor, id, ids[n]!)))
    expect(got.filter(Boolean)).to.have.length(1)
  })

  it('forty moves at once leave every file at a place of its own', async () => {
    const { actor, id, ids } = await aShelf(8)
    await at40(n => moveMaterial(actor, id, ids[n % 8]!, n % 3 ? 'up' : 'down'))
    const rows = await sql<{ position: number }>(null, 'select position from materials order by position')
    expect(rows.map(row => row.position)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8])
  })
})
