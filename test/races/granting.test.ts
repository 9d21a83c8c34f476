import { expect } from 'chai'
import { inScope, one, sql } from '../../lib/db.ts'
import { endGrant, grantRole } from '../../models/granting.ts'
import '../support/app.ts'
import { aPerson, asActor, cast } from '../support/people.ts'

const MANY = 40

const atOnce = <T>(act: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: MANY }, (_, n) => inScope(() => act(n))))

describe('races: granting', () => {
  it('forty administrators who end each other at once leave one', async () => {
    const people = []
    for (let n = 0; n < MANY; n++) people.push(await aPerson({ grants: [{ role: 'administrator' }] }))
    const actors = await Promise.all(people.map(asActor))
    const grants = await sql<{ id: string; person: string }>(
      null,
      'select id, person_id as person from role_grants order by id',
    )
    const results = await atOnce(n => {
      const { id, person } = grants[(n + 1) % MANY]!
      return endGrant(actors[n]!, person, id).then(
        () => 'done',
        error => error.key,
      )
    })
    expect(results.filter(each => each === 'grant.last').length).to.equal(1)
    const left = await one(
      null,
      'select count(*)::int as n from role_grants where valid_to is null or valid_to > now()',
    )
    expect(left).to.deep.equal({ n: 1 })
  })

  it('one role given forty times at once is given once', async () => {
    const person = await cast.learner()
    const admin = await asActor(await cast.administrator())
    const grant = { role: 'trainer' as const, state: null, validTo: null, mandate: null }
    const results = await atOnce(() =>
      grantRole(admin, person.id, grant).then(
        () => 'done',
        error => error.key,
      ),
    )
    expect(results.filter(each => each === 'done').length).to.equal(1)
    expect(results.filter(each => each === 'grant.held').length).to.equal(MANY - 1)
  })
})
