import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { certify } from '../../models/certifying.ts'
import { at40 } from '../support/at40.ts'
import { earned } from '../support/certificates.ts'

describe('races: certifying', () => {
  it('twenty presses of each of two coordinators give one certificate and one mail', async () => {
    const { enrollment, coordinators, dataKey } = await earned()
    const outcomes = await at40(i => certify(coordinators[i % 2]!, enrollment.id, dataKey))
    const codes = new Set(outcomes.map(outcome => (outcome.ok ? outcome.code : outcome.reason)))
    expect(codes.size).to.equal(1)
    expect(outcomes.filter(outcome => outcome.ok && outcome.fresh)).to.have.length(1)
    expect(await count('select count(*)::int as n from certificates')).to.equal(1)
    expect(await count(`select count(*)::int as n from mails where kind = 'certificate-issued'`)).to.equal(1)
  })
})

const count = async (text: string) => (await one<{ n: number }>(null, text))!.n
