import { expect } from 'chai'
import { inScope, sql } from '../../lib/db.ts'
import { addHoliday, enterWeekend } from '../../models/dating-days-off.ts'
import '../support/app.ts'
import { refusalOf } from '../support/refusals.ts'
import { asActor, cast } from '../support/people.ts'

describe('dating days off under 40 connections', () => {
  it('forty who enter a weekend of one State from one day on: one is entered, and the one before ends there', async () => {
    const coordinator = await asActor(await cast.coordinator())
    const entered = { state: 'IR', days: [4, 5], source: 'a test' }
    await enterWeekend(coordinator, { ...entered, from: '2026-01-01' })
    const answers = await Promise.all(
      Array.from({ length: 40 }, () =>
        inScope(() => refusalOf(() => enterWeekend(coordinator, { ...entered, days: [5, 6], from: '2027-01-01' }))),
      ),
    )
    expect(answers.filter(each => each === 'weekend.later')).to.have.length(39)
    const rows = await sql(null, 'select during::text from state_facts order by during')
    expect(rows).to.deep.equal([{ during: '[2026-01-01,2027-01-01)' }, { during: '[2027-01-01,)' }])
  })

  it('forty who enter one holiday enter it once', async () => {
    const coordinator = await asActor(await cast.coordinator())
    const days = {
      state: 'AZ',
      from: '2027-03-20',
      to: '2027-03-24',
      name: { en: 'Novruz', ru: 'Новруз' },
      source: 'a test',
    }
    const added = await Promise.all(
      Array.from({ length: 40 }, () => inScope(() => addHoliday(coordinator, days).catch(() => 0))),
    )
    expect(added.reduce((sum, each) => sum + each, 0)).to.equal(5)
    expect(await sql(null, 'select 1 from holidays')).to.have.length(5)
  })
})
