import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { certify } from '../../models/certifying.ts'
import { confirmNames } from '../../models/confirming-names.ts'
import { at40 } from '../support/at40.ts'
import { earned } from '../support/certificates.ts'

describe('races: confirming names', () => {
  it('a name changed while the certificate is issued is either printed or refused', async () => {
    const { enrollment, coordinators, dataKey, learner } = await earned()
    const rename = (i: number) =>
      confirmNames(learner, enrollment.id, { latin: `Name ${'ABCDEFGHIJKLMNOPQRST'[i / 2]}` }).catch(() => 'refused')
    await at40<unknown>(i => (i % 2 ? certify(coordinators[0]!, enrollment.id, dataKey) : rename(i)))
    const printed = await one<{ name: string }>(null, 'select name_latin as name from certificate_holders')
    const last = await one<{ name: string }>(null, `select names_confirmed->>'latin' as name from enrollments`)
    expect(printed!.name).to.equal(last!.name)
  })
})
