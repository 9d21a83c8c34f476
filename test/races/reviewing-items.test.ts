import { expect } from 'chai'
import { sql } from '../../lib/db.ts'
import { retireItem, useItems } from '../../models/reviewing-items.ts'
import '../support/app.ts'
import { at40 } from '../support/at40.ts'
import { aCourse } from '../support/courses.ts'
import { aPerson, asActor } from '../support/people.ts'
import { aReviewed, refusalOf } from '../support/questions.ts'

describe('races: reviewing items', () => {
  const editors = async () => [
    await asActor(await aPerson({ grants: [{ role: 'content_editor' }] })),
    await asActor(await aPerson({ grants: [{ role: 'content_editor' }] })),
  ]

  it('a question comes into use once, by one version of the course', async () => {
    await aCourse()
    const [author, reviewer] = await editors()
    const code = await aReviewed(author!, reviewer!)
    const texts = await at40(() => refusalOf(useItems(author!, 'RMC-01', [code])))
    expect(texts.filter(text => text === undefined)).to.have.length(1)
    expect(texts.filter(text => text === 'item.notReviewed')).to.have.length(39)
    expect(await sql(null, 'select id from course_versions')).to.have.length(2)
  })

  it('never so many retire at once that a test cannot be drawn', async () => {
    const course = await aCourse({ items: 6, drawn: 4 })
    const [author] = await editors()
    const codes = course.items.slice(0, 6).map(({ code }) => code)
    const texts = await at40(n => refusalOf(retireItem(author!, 'RMC-01', codes[n % 6]!, 'Old')))
    expect(texts.filter(text => text === undefined)).to.have.length(2)
    const left = await sql(null, `select id from item_versions where status = 'in_use' and outcome_code = 'RMC-01-LO1'`)
    expect(left).to.have.length(4)
  })
})
