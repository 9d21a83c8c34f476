import { expect } from 'chai'
import { sql } from '../../lib/db.ts'
import { readOwn } from '../../models/exchanging/own.ts'
import { keepItem } from '../../models/keeping-items.ts'
import '../support/app.ts'
import { aCourse } from '../support/courses.ts'
import { aPerson, asActor, type Someone } from '../support/people.ts'
import { aQuestion } from '../support/questions.ts'
import { queriesOf } from '../support/queries.ts'
import { type Page, type Reader, signedIn } from '../support/reader.ts'

/** What a browser asks for when a button of the list is pressed: fields of the search, all ticks, and the button. */
function pressed({ $ }: Page, button: string, { tick = [], text }: { tick?: string[]; text?: string } = {}): string {
  const fields = new URLSearchParams()
  for (const each of $('#bank').find('input, select').toArray()) {
    const field = $(each)
    const value = each.tagName === 'select' ? field.find('option[selected]').attr('value') : field.val()
    fields.append(field.attr('name')!, field.attr('name') === 'text' && text !== undefined ? text : String(value ?? ''))
  }
  for (const each of $('input[type=checkbox][form=bank]').toArray()) {
    const code = $(each).attr('value')!
    if (tick.includes(code) || $(each).attr('checked') !== undefined) fields.append('code', code)
  }
  const pushed = $('#bank button, button[form=bank]').filter((_, each) => $(each).text().includes(button))
  expect(pushed.length, button).to.equal(1)
  if (pushed.attr('name')) fields.append(pushed.attr('name')!, pushed.attr('value')!)
  return `${pushed.attr('formaction') ?? $('#bank').attr('action')}?${fields}`
}

describe('questions chosen in the list', () => {
  let editor: Someone
  let reader: Reader

  beforeEach(async () => {
    await aCourse()
    editor = await aPerson({ grants: [{ role: 'content_editor' }] })
    reader = await signedIn(editor)
  })

  /** Codes of the file that the export page gives. */
  async function inFile(): Promise<string[]> {
    const file = await reader.submit('/bank/export')
    return readOwn(file.html).drafts.map(({ item }) => String(item.code))
  }

  it('are exactly those of the file, over pages and searches', async () => {
    for (let n = 10; n < 62; n++)
      await keepItem(await asActor(editor), aQuestion({ code: `RMC-01-Q${n}`, ...(n === 61 ? { tags: ['law'] } : {}) }))
    let page = await reader.get('/en/manage/bank')
    page = await reader.get(pressed(page, 'Next page', { tick: ['RMC-01-Q01', 'RMC-01-Q12'] }))
    expect(page.text).to.contain('You have chosen 2 questions')
    page = await reader.get(pressed(page, 'Search', { tick: ['RMC-01-Q60'], text: 'nothing has these words' }))
    expect(page.text).to.contain('No question found')
    page = await reader.get(pressed(page, 'Search', { text: '' }))
    expect(page.$('input:checked').toArray()).to.have.length(2)
    page = await reader.get(pressed(page, 'Take out the ticked'))
    expect(page.text).to.contain('You have chosen 3 questions').and.contain('The file will hold 3 questions')
    expect(await inFile()).to.have.members(['RMC-01-Q01', 'RMC-01-Q12', 'RMC-01-Q60'])
  }).timeout(20_000)

  it('all that a search finds go out, and nothing else', async () => {
    await keepItem(await asActor(editor), aQuestion({ code: 'RMC-01-Q70', tags: ['law'] }))
    await keepItem(await asActor(editor), aQuestion({ code: 'RMC-01-Q71', tags: ['law'], difficulty: 'hard' }))
    const list = await reader.get('/en/manage/bank?tag=law&difficulty=hard')
    const page = await reader.get(list.$('a[href*="/bank/export"]').attr('href')!)
    expect(page.text).to.contain('All questions that this search finds').and.contain('law').and.contain('hard')
    expect(page.$('.back a').attr('href')).to.equal('/en/manage/bank?difficulty=hard&tag=law')
    await reader.get('/en/manage/bank/export?tag=law&difficulty=hard&format=yaml&language=ru')
    expect(await inFile()).to.deep.equal(['RMC-01-Q71'])
  })

  it('more than can be carried in an address are refused in words', async () => {
    const codes = Array.from({ length: 401 }, (_, n) => ['code', `RMC-01-Q${n}`])
    const page = await reader.get(`/en/manage/bank?${new URLSearchParams(codes)}`)
    expect(page.text).to.contain('Only the first 400 questions are ticked')
  })

  it('a search that finds 2,000 goes out in as many statements as one that finds few', async () => {
    const fill = (from: number, to: number) =>
      sql(
        null,
        `with new as (insert into items (module_id, code) select m.id, 'RMC-01-Q' || n
           from modules m, generate_series($1::int, $2::int) n where m.code = 'RMC-01' returning id, code)
         insert into item_versions (item_id, number, outcome_code, difficulty, type, prompt, content, status, content_hash,
           created_at) select new.id, 1, 'RMC-01-LO1', 'hard', v.type, v.prompt, v.content, 'draft', 'hash', now()
         from new, (select type, prompt, content from item_versions where type = 'single' limit 1) v`,
        [from, to],
      )
    const cost = () => queriesOf(() => reader.get('/en/manage/bank/export?difficulty=hard&format=gift'))
    await fill(100, 110)
    await cost()
    const few = await cost()
    await fill(111, 2100)
    expect(await cost()).to.be.at.most(few)
    expect(reader.last!.text).to.contain('The file will hold 2001 questions')
  }).timeout(20_000)
})
