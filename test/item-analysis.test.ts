import { expect } from 'chai'
import { readSheet } from 'read-excel-file/node'
import { sql } from '../lib/db.ts'
import { manySittings } from './support/answers.ts'
import './support/app.ts'
import { aCourse } from './support/courses.ts'
import { aTraining, type SomeTraining } from './support/trainings.ts'
import { aPerson } from './support/people.ts'
import { queriesOf } from './support/queries.ts'
import { type Page, type Reader, signedIn } from './support/reader.ts'

const MODULE = '/en/manage/bank/modules/RMC-01/analysis'

/** The strong half gets everything right; of the weak half nobody does. The key of Q02 is the wrong way round. */
const given = (n: number, code: string) => {
  const strong = n % 2 === 0
  if (code === 'RMC-01-Q02') return [strong ? 'b' : 'a']
  if (code === 'RMC-01-Q03') return strong ? ['a', 'b'] : ['c']
  return [strong ? 'a' : 'c']
}

describe('what answers say of questions', () => {
  let training: SomeTraining
  let reader: Reader

  beforeEach(async () => {
    training = await aTraining(await aCourse({ items: 2 }))
    reader = await signedIn(await aPerson({ grants: [{ role: 'content_editor' }] }))
  })

  const rowOf = (page: Page, code: string) =>
    page
      .$('table')
      .first()
      .find('tr')
      .filter((_, row) => page.$(row).find('.code').text() === code)
      .text()
      .replace(/\s+/g, ' ')

  it('a key that is the wrong way round is the first to be looked at', async () => {
    await manySittings(training, 42, given)
    const page = await reader.get(MODULE)
    const first = page.$('tbody tr').first().text().replace(/\s+/g, ' ')
    expect(first).to.include('RMC-01-Q02').and.include('40').and.include('50 %')
    expect(first).to.include('Who knows more gets it wrong more often.')
    expect(first).to.include('The best choose a wrong option more often than the right one.')
    expect(page.$('p').text()).to.include('4 questions have enough answers to be judged.')
    expect(page.$('figure svg').attr('aria-label')).to.include('of them need a look')
    expect(page.$('figure svg .scatter-look').length).to.be.above(0)
  })

  it('under five answers there is nothing, under thirty a number and no figure', async () => {
    await manySittings(training, 4, given)
    const few = await reader.get(MODULE)
    expect(few.$('table')).to.have.length(0)
    expect(few.$('main').text()).to.include('No question has enough answers to be judged yet.')
    const item = await reader.get('/en/manage/bank/items/RMC-01-Q01')
    expect(item.$('main').text()).to.include('Fewer than 5 people have answered this version')
    await manySittings(training, 25, given)
    const more = await reader.get(MODULE)
    expect(rowOf(more, 'RMC-01-Q01')).to.include('25').and.include('Too few to judge').and.not.include('%')
    expect(more.$('figure')).to.have.length(0)
  })

  it('only the first attempt of a person counts, and only what was handed in', async () => {
    await manySittings(training, 40, given)
    await sql(
      null,
      `insert into attempts (assessment_id, enrollment_id, number, seed, started_at, handed_in_at, closed_by, points,
         max_points, percent)
       select assessment_id, enrollment_id, 2, 'seed', started_at + interval '1 day', handed_in_at, 'learner', 0, 1, 0 from attempts`,
    )
    await sql(
      null,
      `insert into attempt_items (attempt_id, position, item_version_id)
       select a.id, 1, $1 from attempts a where a.number = 2`,
      [training.course.items[0]!.versionId],
    )
    expect(rowOf(await reader.get(MODULE), 'RMC-01-Q01')).to.include('50 %')
    await sql(
      null,
      `update attempts set handed_in_at = null, closed_by = null, points = null, max_points = null, percent = null
       where number = 1 and id % 2 = 0`,
    )
    await sql(null, `delete from attempts where number = 2`)
    expect(rowOf(await reader.get(MODULE), 'RMC-01-Q01')).to.include('Too few to judge')
  })

  it('English and Russian are compared from thirty answers in each on', async () => {
    const harder = (n: number, code: string) => (code === 'RMC-01-Q01' ? [n < 30 ? 'a' : 'c'] : given(n, code))
    await manySittings(training, 60, harder, n => (n < 30 ? 'en' : 'ru'))
    const row = rowOf(await reader.get(MODULE), 'RMC-01-Q01')
    expect(row)
      .to.include('One language makes it harder')
      .and.match(/100 points \(8\d to 100\)/)
  })

  it('a question says how often each of its options was chosen', async () => {
    await manySittings(training, 40, given)
    const page = await reader.get('/en/manage/bank/items/RMC-01-Q02')
    const lines = page.$('main table tbody tr').map((_, row) => page.$(row).text().replace(/\s+/g, ' ').trim())
    expect(lines.get().slice(0, 4)).to.deep.equal([
      'Option a of RMC-01-Q02 right 20 50 % 0 % 100 %',
      'Option b of RMC-01-Q02 20 50 % 100 % 0 %',
      'Option c of RMC-01-Q02 0 0 % 0 % 0 %',
      'Option d of RMC-01-Q02 0 0 % 0 % 0 %',
    ])
  })

  it('the table has the same figures, and no question of under five answers', async () => {
    await manySittings(training, 40, given)
    const rows = (await readSheet((await reader.get(`${MODULE}.xlsx`)).bytes)) as unknown[][]
    expect(rows[0]!.slice(0, 2)).to.deep.equal(['Code', 'Version'])
    expect(rows[2]!.slice(0, 7)).to.deep.equal(['RMC-01-Q02', 1, 'in use', 'RMC-01-LO1', 'one right answer', 40, 50])
    expect(rows[2]!.at(-1)).to.include('Check the key.')
  })

  it('takes the same number of statements for one answer as for a thousand', async () => {
    await manySittings(training, 5, given)
    const few = await queriesOf(() => reader.get(MODULE))
    await manySittings(training, 250, given)
    expect(await queriesOf(() => reader.get(MODULE))).to.equal(few)
  })
})
