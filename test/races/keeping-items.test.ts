import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { versionsOf } from '../../models/item.ts'
import { keepItem } from '../../models/keeping-items.ts'
import '../support/app.ts'
import { at40 } from '../support/at40.ts'
import { aCourse } from '../support/courses.ts'
import { aPerson, asActor } from '../support/people.ts'
import { aQuestion, refusalOf } from '../support/questions.ts'

describe('races: keeping items', () => {
  const anEditor = async () => asActor(await aPerson({ grants: [{ role: 'content_editor' }] }))

  it('forty new questions get forty codes', async () => {
    await aCourse()
    const editor = await anEditor()
    const kept = await at40(() => keepItem(editor, aQuestion()))
    expect(new Set(kept.map(({ code }) => code)).size).to.equal(40)
  })

  it('of forty who saw the same version one saves, the others are told', async () => {
    await aCourse()
    const editor = await anEditor()
    const { code } = await keepItem(editor, aQuestion())
    const seen = (await versionsOf(editor, code))[0]!.hash
    const texts = await at40(n => refusalOf(keepItem(editor, aQuestion({ code, tags: [`tag-${n}`] }), seen)))
    expect(texts.filter(text => text === undefined)).to.have.length(1)
    expect(texts.filter(text => text === 'item.changed')).to.have.length(39)
    const { n } = (await one<{ n: number }>(
      null,
      `select count(*)::int as n from audit_entries where action = 'item.saved'`,
    ))!
    expect(n).to.equal(1)
  })
})
