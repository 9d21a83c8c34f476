import { expect } from 'chai'
import { one, sql } from '../../lib/db.ts'
import { replaceCertificate } from '../../models/replacing.ts'
import { revokeCertificate } from '../../models/revoking.ts'
import { upholdCertificate } from '../../models/upholding.ts'
import { at40 } from '../support/at40.ts'
import { issued } from '../support/certificates.ts'
import { aCourse } from '../support/courses.ts'
import { aTraining } from '../support/trainings.ts'
import { aLostPass } from '../support/lost-passes.ts'
import { asActor, cast } from '../support/people.ts'

describe('races: revoking', () => {
  it('forty presses revoke once and mail once, whoever replaces it meanwhile', async () => {
    const { code, coordinators, dataKey } = await issued()
    const replace = () =>
      replaceCertificate(coordinators[1]!, code, { names: { latin: 'Right' }, reason: 'Misspelled', dataKey })
    await at40(i => (i % 2 ? revokeCertificate(coordinators[0]!, code, 'A mistake') : replace()).catch(() => 'no'))
    const rows = await sql<{ status: string; n: number }>(
      null,
      `select to_status as status, count(*)::int as n from transitions where record_kind = 'certificate' group by 1`,
    )
    const { issued: times, replaced, revoked = 0 } = Object.fromEntries(rows.map(({ status, n }) => [status, n]))
    expect({ times, replaced }).to.deep.equal({ times: 2, replaced: 1 })
    expect(revoked).to.be.at.most(1)
    expect(await count('select count(*)::int as n from certificates where replaces_id is not null')).to.equal(1)
    expect(await count(`select count(*)::int as n from mails where kind = 'certificate-revoked'`)).to.be.at.most(1)
  })

  it('of forty who keep a certificate in force or revoke it one decides', async () => {
    const actor = await asActor(await cast.coordinator())
    const { code } = await aLostPass(actor, await aTraining(await aCourse({ items: 2, lessons: 0, form: false })))
    const act = (i: number) =>
      i % 2 ? upholdCertificate(actor, code, 'Stays') : revokeCertificate(actor, code, 'Goes')
    await at40(i => act(i).catch(() => 'no'))
    const upheld = await count(`select count(*)::int as n from transitions where to_status = 'upheld'`)
    const revoked = await count(`select count(*)::int as n from transitions where to_status = 'revoked'`)
    expect([upheld, revoked]).to.satisfy(([kept, gone]: number[]) => kept! <= 1 && gone === 1)
  })
})

const count = async (text: string) => (await one<{ n: number }>(null, text))!.n
