import { expect } from 'chai'
import { sql } from '../lib/db.ts'
import { exportCurriculum } from '../models/curriculum/exporting.ts'
import { keepItem } from '../models/keeping-items.ts'
import { reviewItem } from '../models/reviewing-items.ts'
import { versionsOf } from '../models/item.ts'
import { removeExamples } from './curriculum/example.ts'
import './support/app.ts'
import { aDraft, anExample, aPlace, aWorkshop, review, rewrite } from './support/drafts.ts'
import { cast } from './support/people.ts'
import { aQuestion } from './support/questions.ts'
import { type Page, type Reader, signedIn } from './support/reader.ts'

const CARD = '/en/manage/curriculum/RMC-01'

/** The editor's page of the card, with a draft begun. */
async function editing(person: Parameters<typeof signedIn>[0]): Promise<Reader> {
  const reader = await signedIn(person)
  await reader.get(CARD)
  await reader.follow(await reader.submit('/draft'))
  return reader
}

const press = async (reader: Reader, go: string, fields = {}) => {
  await reader.get(`${CARD}/edit`)
  return reader.submit('/edit', { ...fields, go })
}

const legends = (page: Page, list: string) =>
  page
    .$(`fieldset[id^=${list}-] > legend`)
    .toArray()
    .map(each => page.$(each).text().trim().split(' ')[0])

const published = async () => (await exportCurriculum()).get('RMC-01/module.yaml')!

describe('the structure of a card', function () {
  this.timeout(60_000)
  after(removeExamples)
  beforeEach(() => anExample())

  it('outcomes and lessons are added and moved by one press, with what was typed', async () => {
    const { editor } = await aWorkshop()
    const reader = await editing(editor)
    let page = await reader.follow(await press(reader, 'outcomes-add', { 'en-aim': 'To begin well.' }))
    expect(legends(page, 'outcomes')).to.deep.equal(['RMC-01-LO1', 'RMC-01-LO2', 'RMC-01-LO3'])
    expect(page.$('#en-aim').val()).to.equal('To begin well.')
    page = await reader.follow(await press(reader, 'outcomes-up-RMC-01-LO3'))
    expect(legends(page, 'outcomes')).to.deep.equal(['RMC-01-LO1', 'RMC-01-LO3', 'RMC-01-LO2'])
    page = await reader.follow(await press(reader, 'lessons-add'))
    page = await reader.follow(await press(reader, 'lessons-down-RMC-01-L1'))
    expect(legends(page, 'lessons')).to.deep.equal(['RMC-01-L2', 'RMC-01-L1', 'RMC-01-L3'])
    page = await reader.follow(await press(reader, 'lessons-remove-RMC-01-L3'))
    expect(legends(page, 'lessons')).to.deep.equal(['RMC-01-L2', 'RMC-01-L1'])
  })

  it('an outcome that questions test is not removed: they are named, and a code is never given twice', async () => {
    const { editor } = await aWorkshop()
    const reader = await editing(editor)
    const refused = await press(reader, 'outcomes-remove-RMC-01-LO2')
    expect([refused.status, refused.text.includes('RMC-01-LO2 cannot be removed: question RMC-01-Q02')]).to.deep.equal([
      422,
      true,
    ])
    await sql(null, `update item_versions set status = 'retired' where outcome_code = 'RMC-01-LO1'`)
    const named = await press(reader, 'outcomes-remove-RMC-01-LO1')
    expect(named.text).to.contain('lesson RMC-01-L1 names it')
    await sql(null, `update item_versions set status = 'retired' where outcome_code = 'RMC-01-LO2'`)
    await reader.follow(await press(reader, 'outcomes-remove-RMC-01-LO2'))
    const page = await reader.follow(await press(reader, 'outcomes-add'))
    expect(legends(page, 'outcomes')).to.deep.equal(['RMC-01-LO1', 'RMC-01-LO3'])
    expect(page.$('[name="blueprint-RMC-01-LO3-any"]').val()).to.equal('')
  })

  it('a lesson that somebody works on is not removed', async () => {
    const workshop = await aWorkshop()
    const reader = await editing(workshop.editor)
    await aDraft(workshop.reviewer.actor, 'RMC-01-L2')
    const refused = await press(reader, 'lessons-remove-RMC-01-L2')
    expect([refused.status, refused.text.includes('while somebody works on its draft')]).to.deep.equal([422, true])
  })

  it('a test for which the bank has too few questions is not sent: the outcome is named', async () => {
    const { editor } = await aWorkshop()
    const reader = await editing(editor)
    await reader.follow(
      await press(reader, 'save', { 'blueprint-RMC-01-LO1-any': '', 'blueprint-RMC-01-LO1-easy': '2' }),
    )
    await reader.get(CARD)
    const sent = await reader.submit('/sending')
    expect([sent.status, sent.text.includes('2 easy items on RMC-01-LO1 are asked, the bank has 1')]).to.deep.equal([
      422,
      true,
    ])
    const both = await press(reader, 'save', { 'blueprint-RMC-01-LO2-any': '1', 'blueprint-RMC-01-LO2-hard': '1' })
    expect([both.status, both.text.includes('either how many of any difficulty')]).to.deep.equal([422, true])
  })

  it('a number out of its range is named, and what was typed stays in its field', async () => {
    const { editor } = await aWorkshop()
    const reader = await editing(editor)
    const wrong = await press(reader, 'save', { passPercent: '170', attempts: 'two', hours: '' })
    expect(wrong.status).to.equal(422)
    const said = wrong.$('.error-summary a').toArray()
    expect(said.map(each => [wrong.$(each).attr('href'), wrong.$(each).text()])).to.deep.equal([
      ['#hours', 'Write a whole number from 1 to 999'],
      ['#passPercent', 'Write a whole number from 1 to 100'],
      ['#attempts', 'Write a whole number from 1 to 20'],
    ])
    expect(['passPercent', 'attempts', 'hours'].map(name => wrong.$(`[name=${name}]`).val())).to.deep.equal([
      '170',
      'two',
      '',
    ])
    const answer = await reader.agent
      .post(`${CARD}/saving`)
      .set('X-CSRF-Token', await reader.token())
      .send({ revision: String(wrong.$('[name=revision]').val()), passPercent: '0' })
    expect([answer.status, answer.body.refused]).to.deep.equal([422, 'Write a whole number from 1 to 100'])
    expect((await reader.get(`${CARD}/edit`)).$('[name=passPercent]').val()).to.equal('70')
  })

  it('a new outcome comes into force with the questions that were reviewed for it, as a major version', async () => {
    const workshop = await aWorkshop()
    const { editor, reviewer } = workshop
    const learner = await cast.learner()
    await aPlace(learner.id)
    const reader = await editing(editor)
    await reader.follow(await press(reader, 'outcomes-add'))
    await reader.follow(
      await press(reader, 'save', { 'outcome-RMC-01-LO3-en': 'Compare', 'outcome-RMC-01-LO3-ru': 'Сравнить' }),
    )
    await reader.get(CARD)
    expect((await reader.submit('/sending')).text).to.contain('no item of the bank tests outcome RMC-01-LO3')
    const { code } = await keepItem(editor.actor, aQuestion({ outcome: 'RMC-01-LO3', sources: [] }))
    const [version] = await versionsOf(editor.actor, code)
    await reviewItem(reviewer.actor, 'RMC-01', code, version!.hash)
    await review(await aDraft(editor.actor, 'RMC-01'), workshop)
    const page = await reader.get(`${CARD}/publication`)
    expect(page.text).to.contain('A major version')
    await reader.follow(await reader.submit('/publication'))
    expect(await published()).to.contain('code: RMC-01-LO3')
    expect((await exportCurriculum()).get('RMC-01/bank.yaml')).to.contain(code)
    const rows = await sql<{ status: string }>(null, 'select v.status from item_versions v where v.id = $1', [
      version!.id,
    ])
    expect(rows[0]!.status).to.equal('in_use')
  })

  it('a card without a lesson publishes without its text; what is new is in preparation', async () => {
    const workshop = await aWorkshop()
    const draft = await aDraft(workshop.editor.actor, 'RMC-01')
    await rewrite(workshop.editor.actor, draft, 'all', ({ lessons }) => ({
      lessons: [lessons[1], { code: 'RMC-01-L3', hours: 2, title: { en: 'Figures', ru: 'Цифры' } }],
    }))
    await review(draft, workshop)
    const reader = await signedIn(workshop.editor)
    await reader.get(`${CARD}/publication`)
    await reader.follow(await reader.submit('/publication'))
    const files = await exportCurriculum()
    expect([...files.keys()].filter(name => name.startsWith('RMC-01/L'))).to.deep.equal([])
    expect((await reader.get('/en/manage/curriculum')).text).to.contain('Figures RMC-01-L3 In preparation')
  })
})
