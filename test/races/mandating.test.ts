import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { giveMandate, handOver } from '../../models/mandating.ts'
import { submitRequest } from '../../models/requesting.ts'
import '../support/app.ts'
import { refusalOf } from '../support/refusals.ts'
import { count } from '../support/counts.ts'
import { at40 } from '../support/at40.ts'
import { actors } from '../support/crowd.ts'
import { asActor, cast } from '../support/people.ts'
import { aDraft } from '../support/requests.ts'

const NO_LETTER = { mandate: null, validTo: null, letter: null }

describe('races: mandating', () => {
  it('of forty who are named main focal point at once, one is', async () => {
    const staff = await asActor(await cast.coordinator())
    const people = await actors(40)
    const answers = await at40(index =>
      refusalOf(() =>
        giveMandate(staff, people[index]!.id!, { state: 'KZ', part: 'main', agency: null, ...NO_LETTER }),
      ),
    )
    expect(answers.filter(answer => answer === 'yes')).to.have.length(1)
    expect(await count(`role_grants where role = 'focal_point' and valid_to is null`)).to.equal(1)
  })

  it('a mandate handed over forty times at once goes to one person, and two mails go out', async () => {
    const staff = await asActor(await cast.coordinator())
    const old = await cast.focalPoint()
    const grant = (await one<{ id: string }>(null, `select id from role_grants where person_id = $1`, [old.id]))!
    const people = await actors(40)
    const answers = await at40(index => refusalOf(() => handOver(staff, 'KZ', grant.id, people[index]!.id!, NO_LETTER)))
    expect(answers.filter(answer => answer === 'yes')).to.have.length(1)
    expect(answers.filter(answer => answer === 'mandate.over')).to.have.length(39)
    expect(await count(`mails where kind = 'mandate-news'`)).to.equal(2)
  })

  it('a request sent while its mandate is handed over goes out before the handover or not at all', async () => {
    const staff = await asActor(await cast.coordinator())
    const old = await cast.focalPoint()
    const focal = await asActor(old)
    const draft = await aDraft(old, 'KZ')
    const grant = (await one<{ id: string }>(null, `select id from role_grants where person_id = $1`, [old.id]))!
    const [next] = await actors(1)
    const answers = await at40(index =>
      refusalOf(() =>
        index % 8 === 7 ? handOver(staff, 'KZ', grant.id, next!.id!, NO_LETTER) : submitRequest(focal, draft),
      ),
    )
    const row = await one<{ status: string; early: boolean; holder: string }>(
      null,
      `select r.status, r.submitted_at is null or r.submitted_at <= g.valid_to as early, r.holder_id as holder
       from requests r, role_grants g where g.id = $1`,
      [grant.id],
    )
    expect(row!.early, 'nothing is sent after the mandate has ended').to.equal(true)
    expect(row!.holder).to.equal(next!.id)
    expect(
      answers.filter(answer => !['yes', 'mandate.ended', 'mandate.over', 'mandate.stands'].includes(answer)),
    ).to.deep.equal([])
    expect(await refusalOf(() => submitRequest(focal, draft))).to.equal('mandate.ended')
  })
})
