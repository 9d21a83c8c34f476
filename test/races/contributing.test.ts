import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { certifyContribution } from '../../models/contributing.ts'
import { standAt } from '../support/app.ts'
import { at40 } from '../support/at40.ts'
import { asActor } from '../support/people.ts'
import { somethingTaught } from '../support/teaching.ts'

describe('races: contributing', () => {
  it('twenty presses of each of two coordinators certify a contribution once, with one mail', async () => {
    standAt('2026-11-24T08:00:00Z')
    const { coordinators, dataKey, ...of } = await somethingTaught()
    const actors = [await asActor(coordinators[0]!), await asActor(coordinators[1]!)]
    const outcomes = await at40(i => certifyContribution(actors[i % 2]!, of, dataKey))
    expect(new Set(outcomes.map(outcome => (outcome.ok ? outcome.code : outcome.reason))).size).to.equal(1)
    expect(outcomes.filter(outcome => outcome.ok && outcome.fresh)).to.have.length(1)
    expect(await count('select count(*)::int as n from certificates')).to.equal(1)
    expect(await count(`select count(*)::int as n from mails where kind = 'certificate-issued'`)).to.equal(1)
  })
})

const count = async (text: string) => (await one<{ n: number }>(null, text))!.n
