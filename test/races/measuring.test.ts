import { expect } from 'chai'
import { sql } from '../../lib/db.ts'
import { placeOf } from '../../models/attempt.ts'
import { start } from '../../models/attempting.ts'
import '../support/app.ts'
import { actors, atOnce } from '../support/crowd.ts'
import { aCourse } from '../support/courses.ts'
import { anEnrollment, aTraining } from '../support/trainings.ts'

describe('races: measuring', () => {
  it('forty people who begin at once get two forms drawn once, twenty each', async () => {
    const training = await aTraining(await aCourse({ items: 4, measured: 2 }))
    const all = []
    for (const actor of await actors(40)) {
      await anEnrollment(training, { ...actor, id: actor.id!, country: 'KZ' } as never)
      all.push({ actor, place: (await placeOf(actor, training.code, 'pre'))! })
    }
    await atOnce(all, ({ actor, place }) => start(actor, place))
    const forms = await sql(
      null,
      `select form, count(*)::int as people, count(distinct items)::int as sets from (
         select a.form, a.id, string_agg(ai.item_version_id::text, ' ' order by ai.position) as items
         from attempts a join attempt_items ai on ai.attempt_id = a.id group by 1, 2) each group by 1 order by 1`,
    )
    expect(forms).to.deep.equal([
      { form: 'A', people: 20, sets: 1 },
      { form: 'B', people: 20, sets: 1 },
    ])
  })
})
