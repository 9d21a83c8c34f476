import { expect } from 'chai'
import { inScope, inTransaction, one, sql } from '../../lib/db.ts'
import { certify } from '../../models/certifying.ts'
import { confirmNames } from '../../models/confirming-names.ts'
import { replaceCertificate } from '../../models/replacing.ts'
import { revokeCertificate } from '../../models/revoking.ts'
import { set } from '../../models/settings.ts'
import { theHouse } from '../support/app.ts'
import { aCourse, anEnrollment, aTraining, confirmedNames, finished } from '../support/factories.ts'
import { aPerson, asActor, cast } from '../support/people.ts'

const both = (text: string) => ({ en: text, ru: text })

describe('races: certifying', () => {
  it('twenty presses of two coordinators give one certificate and one mail', async () => {
    const { enrollment, coordinators, dataKey } = await ready()
    const outcomes = await all(40, i => certify(coordinators[i % 2]!, enrollment.id, dataKey))
    const codes = new Set(outcomes.map(outcome => (outcome.ok ? outcome.code : outcome.reason)))
    expect(codes.size).to.equal(1)
    expect(outcomes.filter(outcome => outcome.ok && outcome.fresh)).to.have.length(1)
    expect(await count(`select count(*)::int as n from certificates`)).to.equal(1)
    expect(await count(`select count(*)::int as n from mails where kind = 'certificate-issued'`)).to.equal(1)
  })

  it('a name changed while the certificate is issued is either printed or refused', async () => {
    const { enrollment, coordinators, dataKey, learner } = await ready()
    const results = await all(40, i =>
      i % 2
        ? certify(coordinators[0]!, enrollment.id, dataKey)
        : confirmNames(learner, enrollment.id, { latin: `Name ${'ABCDEFGHIJKLMNOPQRST'[i / 2]}` }).catch(() => 'no'),
    )
    const printed = (await one<{ name: string }>(null, 'select name_latin as name from certificate_holders'))!.name
    const last = (await one<{ name: string }>(null, `select names_confirmed->>'latin' as name from enrollments`))!.name
    expect(printed, JSON.stringify(results)).to.equal(last)
  })

  it('forty replacements with the same name give one successor', async () => {
    const { code, coordinators, dataKey } = await issued()
    const act = (i: number) =>
      replaceCertificate(coordinators[i % 2]!, code, { names: { latin: 'Right' }, reason: 'Misspelled', dataKey })
    expect(new Set(await all(40, act)).size).to.equal(1)
    expect(await count(`select count(*)::int as n from certificates where replaced_at is null`)).to.equal(1)
  })

  it('a certificate is revoked or replaced, never both at once with a live successor lost', async () => {
    const { code, coordinators, dataKey } = await issued()
    await all(40, i =>
      (i % 2
        ? revokeCertificate(coordinators[0]!, code, 'A mistake')
        : replaceCertificate(coordinators[1]!, code, { names: { latin: 'Right' }, reason: 'Misspelled', dataKey })
      ).catch(() => 'no'),
    )
    const rows = await sql<{ status: string; n: number }>(
      null,
      `select to_status as status, count(*)::int as n from transitions where record_kind = 'certificate' group by 1`,
    )
    const steps = Object.fromEntries(rows.map(({ status, n }) => [status, n]))
    expect(steps.replaced).to.equal(1)
    expect(steps.issued).to.equal(2)
    expect(steps.revoked ?? 0).to.be.at.most(1)
    expect(await count('select count(*)::int as n from certificates where replaces_id is not null')).to.equal(1)
    expect(await count(`select count(*)::int as n from mails where kind = 'certificate-revoked'`)).to.be.at.most(1)
  })
})

async function ready() {
  await inTransaction(() => set({ id: null }, 'signatories', [{ name: both('Leyla'), post: both('Director') }]))
  const person = await cast.learner()
  const enrollment = await finished(await anEnrollment(await aTraining(await aCourse()), person))
  await confirmedNames(enrollment)
  const coordinators = []
  for (let i = 0; i < 2; i++) coordinators.push(await asActor(await aPerson({ grants: [{ role: 'coordinator' }] })))
  return { enrollment, coordinators, learner: await asActor(person), dataKey: theHouse().config.dataKey }
}

async function issued() {
  const made = await ready()
  const outcome = await certify(made.coordinators[0]!, made.enrollment.id, made.dataKey)
  return { ...made, code: outcome.ok ? outcome.code : '' }
}

const all = <T>(times: number, act: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, index) => inScope(() => act(index))))

const count = async (text: string) => (await one<{ n: number }>(null, text))!.n
