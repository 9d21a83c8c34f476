import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { replaceCertificate } from '../../models/replacing.ts'
import { at40 } from '../support/at40.ts'
import { issued } from '../support/certificates.ts'

describe('races: replacing', () => {
  it('forty replacements with the same name give one successor', async () => {
    const { code, coordinators, dataKey } = await issued()
    const act = (i: number) =>
      replaceCertificate(coordinators[i % 2]!, code, { names: { latin: 'Right' }, reason: 'Misspelled', dataKey })
    expect(new Set(await at40(act)).size).to.equal(1)
    expect(await count('select count(*)::int as n from certificates where replaced_at is null')).to.equal(1)
  })
})

const count = async (text: string) => (await one<{ n: number }>(null, text))!.n
