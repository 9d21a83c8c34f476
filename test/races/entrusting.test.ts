import { expect } from 'chai'
import { sql } from '../../lib/db.ts'
import { entrust } from '../../models/entrusting.ts'
import '../support/app.ts'
import { at40 } from '../support/at40.ts'
import { aCourse } from '../support/courses.ts'
import { aTraining } from '../support/trainings.ts'
import { aPerson, asActor, cast } from '../support/people.ts'

describe('race: entrusting', () => {
  it('a person is put in charge once and mailed once, however many coordinators press', async () => {
    const training = await aTraining(await aCourse())
    const coordinator = await asActor(await cast.coordinator())
    const person = await aPerson()
    await at40(() => entrust(coordinator, training.id, person.id, 'coordinator'))
    expect(await sql(null, `select 1 from role_grants where scope_kind = 'training'`)).to.have.length(1)
    expect(await sql(null, `select 1 from mails where kind = 'training-entrusted'`)).to.have.length(1)
  })
})
