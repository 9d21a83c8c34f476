import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import type { Actor } from '../models/actor.ts'
import { asFiled, versionsOf } from '../models/item.ts'
import { keepItem, problemsOf } from '../models/keeping-items.ts'
import './support/app.ts'
import { aCourse } from './support/courses.ts'
import { aQuestion, refusalOf } from './support/questions.ts'
import { aPerson, asActor } from './support/people.ts'

describe('keeping items', () => {
  let editor: Actor

  beforeEach(async () => {
    await aCourse()
    editor = await asActor(await aPerson({ grants: [{ role: 'content_editor' }] }))
  })

  const newest = async (code: string) => (await versionsOf(editor, code))[0]!

  it('a new question is a draft with the next free code', async () => {
    const kept = await keepItem(editor, aQuestion())
    expect(kept).to.include({ code: 'RMC-01-Q05', number: 1, deed: 'drafted' })
    const version = await newest(kept.code)
    expect(version).to.include({ status: 'draft', origin: 'platform', author: editor.name })
    expect(await one(null, `select to_status as s from transitions where record_kind = 'item_version'`)).to.deep.equal({
      s: 'draft',
    })
  })

  it('what is in use stays in use while a new version waits, and the waiting one is saved over', async () => {
    const first = await keepItem(editor, aQuestion({ code: 'RMC-01-Q01' }))
    expect(first).to.include({ number: 2, deed: 'drafted' })
    const again = await keepItem(editor, aQuestion({ code: 'RMC-01-Q01', difficulty: 'hard' }))
    expect(again).to.include({ id: first.id, number: 2, deed: 'saved' })
    expect((await versionsOf(editor, 'RMC-01-Q01')).map(each => each.status)).to.deep.equal(['draft', 'in_use'])
  })

  it('the same question again changes nothing, and reads back as it was written', async () => {
    const { code } = await keepItem(editor, aQuestion({ tags: ['law'], points: 2 }))
    const filed = asFiled(await newest(code))
    expect(filed).to.deep.include({ tags: ['law'], points: 2, outcome: 'RMC-01-LO1' })
    expect((await keepItem(editor, { module: 'RMC-01', ...filed })).deed).to.equal('unchanged')
  })

  it('who saw an older version is told, and nothing is overwritten', async () => {
    const { code } = await keepItem(editor, aQuestion())
    const seen = (await newest(code)).hash
    await keepItem(editor, aQuestion({ code, difficulty: 'hard' }), seen)
    expect(await refusalOf(keepItem(editor, aQuestion({ code, difficulty: 'medium' }), seen))).to.equal('item.changed')
    expect((await newest(code)).difficulty).to.equal('hard')
  })

  it('a reviewed version that is changed is a draft again', async () => {
    const { code, id } = await keepItem(editor, aQuestion())
    await sql(null, `update item_versions set status = 'reviewed' where id = $1`, [id])
    await keepItem(editor, aQuestion({ code, difficulty: 'hard' }))
    expect((await newest(code)).status).to.equal('draft')
  })

  it('says what is wrong by field, as the check of files does', async () => {
    const { options } = aQuestion()
    const problems = await problemsOf(
      aQuestion({
        outcome: 'RMC-01-LO9',
        prompt: { en: 'Which?', ru: '' },
        sources: ['nowhere'],
        options: options.map(each => ({ ...each, right: false, feedback: { en: '', ru: 'Так.' } })),
      }),
    )
    const told = problems.map(({ at, kind }) => `${at.join('.')} ${kind}`)
    expect(told).to.include.members([
      'outcome unknown-outcome',
      'prompt.ru missing-language',
      'options no-right-answer',
      'options.0.feedback.en missing-language',
    ])
  })

  it('a word of two alphabets and a source that is not there are found in a question that is whole', async () => {
    const problems = await problemsOf(aQuestion({ prompt: { en: 'Whiсh?', ru: 'Что?' }, sources: ['nowhere'] }))
    expect(problems.map(({ at, kind }) => `${at.join('.')} ${kind}`)).to.have.members([
      'prompt.en look-alike',
      'sources.0 unknown-source',
    ])
  })

  it('a wrong question, one of another module, and one of no module are refused', async () => {
    expect(await refusalOf(keepItem(editor, aQuestion({ outcome: 'RMC-01-LO9' })))).to.equal('item.wrong')
    expect(await refusalOf(keepItem(editor, aQuestion({ module: 'RMC-99' })))).to.equal('item.noModule')
    await aCourse({ code: 'RMC-02' })
    expect(await refusalOf(keepItem(editor, aQuestion({ code: 'RMC-02-Q01' })))).to.equal('item.elsewhere')
    expect(await one(null, `select count(*)::int as n from item_versions where status = 'draft'`)).to.deep.equal({
      n: 0,
    })
  })

  it('the bank is closed to who does not keep it', async () => {
    const learner = await asActor(await aPerson())
    expect(await versionsOf(learner, 'RMC-01-Q01')).to.deep.equal([])
  })
})
