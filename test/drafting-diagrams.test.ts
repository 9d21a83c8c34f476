import { expect } from 'chai'
import { exportCurriculum } from '../models/curriculum/exporting.ts'
import { diagramOf, lesson, removeExamples } from './curriculum/example.ts'
import './support/app.ts'
import { aDraft, anExample, aWorkshop, review } from './support/drafts.ts'
import { cast } from './support/people.ts'
import { type Reader, signedIn } from './support/reader.ts'

const DIAGRAMS = '/en/manage/curriculum/RMC-01/diagrams'
const SHOWN = {
  'RMC-01/diagrams.yaml': diagramOf(20),
  'RMC-01/L1.en.md': lesson('en', '![](diagram:arrivals)'),
  'RMC-01/L1.ru.md': lesson('ru', '![](diagram:arrivals)'),
}

const open = async (person: Parameters<typeof signedIn>[0]): Promise<Reader> => {
  const reader = await signedIn(person)
  await reader.get(`${DIAGRAMS}/arrivals`)
  return reader
}

describe('diagrams in the browser', function () {
  this.timeout(60_000)
  after(removeExamples)

  it('a row is corrected, reviewed, and stands in the lesson as a minor version and in the files', async () => {
    await anExample(SHOWN)
    const workshop = await aWorkshop()
    const draft = await aDraft(workshop.editor.actor, 'RMC-01')
    const reader = await open(workshop.editor)
    let page = await reader.follow(await reader.submit('/arrivals', { 'row-0-value': '30 000,5' }))
    expect(page.$('[name=row-0-value]').val()).to.equal('30000.5')
    expect(page.$('.draft-side svg')).to.have.length(2)
    await review(draft, workshop)
    await reader.get('/en/manage/curriculum/RMC-01/publication')
    page = await reader.get('/en/manage/curriculum/RMC-01/publication')
    expect(page.text).to.contain('A correction (minor version)')
    await reader.follow(await reader.submit('/publication', { noteEn: 'The amount.', noteRu: 'Величина.' }))
    expect((await exportCurriculum()).get('RMC-01/diagrams.yaml')).to.contain('value: 30000.5')
    expect((await reader.get('/ru/manage/curriculum/RMC-01-L1')).text).to.contain('30 000,5')
  })

  it('a diagram is begun, gets rows in an order, and is not sent before each has a source', async () => {
    await anExample()
    const { editor } = await aWorkshop()
    await aDraft(editor.actor, 'RMC-01')
    const reader = await signedIn(editor)
    await reader.get(DIAGRAMS)
    expect((await reader.submit('/diagrams', { code: 'Годы', kind: 'timeline' })).status).to.equal(422)
    let page = await reader.follow(await reader.submit('/diagrams', { code: 'years', kind: 'timeline' }))
    const both = (name: string, en: string, ru: string) => ({ [`${name}-en`]: en, [`${name}-ru`]: ru })
    page = await reader.follow(
      await reader.submit('/years', {
        ...{ ...both('title', 'Years', 'Годы'), ...both('alternative', 'A line.', 'Линия.'), go: 'rows-up-1' },
        ...{ 'row-0-date': '1967', ...both('row-0-label', 'Then', 'Потом'), 'row-0-sources': 'law-1951' },
        ...{ 'row-1-date': '1951', ...both('row-1-label', 'First', 'Сначала') },
      }),
    )
    expect([0, 1].map(at => page.$(`[name=row-${at}-date]`).val())).to.deep.equal(['1951', '1967'])
    await reader.get('/en/manage/curriculum/RMC-01')
    const sent = await reader.submit('/sending')
    expect([sent.status, sent.text.includes('RMC-01/diagrams.yaml')]).to.deep.equal([422, true])
    await reader.get(`${DIAGRAMS}/years`)
    page = await reader.follow(await reader.submit('/years', { 'row-0-sources': 'law-1951' }))
    expect(page.$('.draft-side svg')).to.have.length(2)
    await reader.get('/en/manage/curriculum/RMC-01')
    await reader.follow(await reader.submit('/sending'))
  })

  it('an amount that is no number is named and stays in its field, and nothing is saved', async () => {
    await anExample(SHOWN)
    const { editor } = await aWorkshop()
    await aDraft(editor.actor, 'RMC-01')
    const reader = await open(editor)
    const wrong = await reader.submit('/arrivals', { 'row-0-value': 'many', 'row-0-label-en': 'By sea' })
    expect(wrong.status).to.equal(422)
    expect(wrong.$('.error-summary a').attr('href')).to.equal('#row-0-value')
    expect(['row-0-value', 'row-0-label-en'].map(name => wrong.$(`[name=${name}]`).val())).to.deep.equal([
      'many',
      'By sea',
    ])
    expect((await reader.get(`${DIAGRAMS}/arrivals`)).$('[name=row-0-label-en]').val()).to.equal('By road')
  })

  it('the second of two writers is told, and a diagram that lessons show is not removed', async () => {
    await anExample(SHOWN)
    const { editor, reviewer } = await aWorkshop()
    await aDraft(editor.actor, 'RMC-01')
    const [one, other] = [await open(editor), await open(reviewer)]
    await one.follow(await one.submit('/arrivals', { 'title-en': 'All arrivals' }))
    const told = await other.submit('/arrivals', { 'title-en': 'Some arrivals' })
    expect([told.status, told.text.includes('Nothing was overwritten')]).to.deep.equal([422, true])
    await one.get(`${DIAGRAMS}/arrivals`)
    const removed = await one.submit('/arrivals', { go: 'remove' })
    expect([removed.status, removed.text.includes('lesson RMC-01-L1 shows it')]).to.deep.equal([422, true])
  })

  it('without a draft of the card diagrams are read alone, and others do not find them', async () => {
    await anExample(SHOWN)
    const { editor, translator } = await aWorkshop()
    const reader = await signedIn(editor)
    expect((await reader.get(DIAGRAMS)).text).to.contain('Begin a draft of the card')
    expect((await reader.get(`${DIAGRAMS}/arrivals`)).status).to.equal(404)
    await aDraft(editor.actor, 'RMC-01')
    expect((await (await signedIn(translator)).get(`${DIAGRAMS}/arrivals`)).status).to.equal(403)
    expect((await (await signedIn(await cast.learner())).get(DIAGRAMS)).status).to.equal(404)
  })
})
