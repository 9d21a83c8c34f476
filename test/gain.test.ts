import { expect } from 'chai'
import { readSheet } from 'read-excel-file/node'
import { sql } from '../lib/db.ts'
import { savePage } from '../models/answering.ts'
import { itemsOf, placeOf, sittingOf } from '../models/attempt.ts'
import { handIn, start } from '../models/attempting.ts'
import { gainIn } from '../models/gain.ts'
import { rightAnswer } from '../models/items/kinds.ts'
import './support/app.ts'
import { aCourse } from './support/courses.ts'
import { readLessons } from './support/finishing.ts'
import { anEnrollment, aTraining, type SomeTraining } from './support/trainings.ts'
import type { Actor } from '../models/actor.ts'
import { aPerson, asActor, cast } from './support/people.ts'
import { signedIn } from './support/reader.ts'

/** Takes a measure with right answers to the first questions of each outcome: so many of two. */
async function measure(actor: Actor, training: SomeTraining, kind: 'pre' | 'post', right: Record<string, number>) {
  const { id, number } = await start(actor, (await placeOf(actor, training.code, kind))!)
  const sitting = (await sittingOf(actor, training.code, number, kind))!
  const left = { ...right }
  const given = (await itemsOf(id)).flatMap(item => {
    const outcome = Number(item.code.slice(-2)) <= 4 ? 'LO1' : 'LO2'
    return left[outcome]!-- > 0 ? [[item.position, rightAnswer(item)]] : []
  })
  await savePage(sitting, 'en', Object.fromEntries(given))
  await handIn(actor, sitting)
}

/** A learner who is measured before, reads, and is measured after. */
async function measured(training: SomeTraining, before: [number, number], after: [number, number] | null) {
  const person = await aPerson()
  const enrollment = await anEnrollment(training, person)
  const actor = await asActor(person)
  await measure(actor, training, 'pre', { LO1: before[0], LO2: before[1] })
  await readLessons(enrollment)
  if (after) await measure(actor, training, 'post', { LO1: after[0], LO2: after[1] })
}

describe('what a training changed', () => {
  let training: SomeTraining
  beforeEach(async () => {
    training = await aTraining(await aCourse({ items: 4, drawn: 2, measured: 2 }))
  })
  const path = (lang = 'en') => `/${lang}/manage/trainings/${training.code}/gain`

  it('compares people who did both, whole and by outcome', async () => {
    for (let n = 0; n < 5; n++) await measured(training, [1, 0], n === 0 ? [2, 0] : [2, 1])
    await measured(training, [2, 2], null)
    const gain = (await gainIn(training.id))!
    expect(gain.whole).to.include({ people: 5, before: 0.25 })
    expect(gain.whole.after).to.be.closeTo(0.7, 1e-9)
    const [one, two] = gain.outcomes
    expect([one!.code, one!.before, one!.after, one!.normalized]).to.deep.equal(['RMC-01-LO1', 0.5, 1, 1])
    expect([two!.code, two!.before, two!.after]).to.deep.equal(['RMC-01-LO2', 0, 0.4])
    const page = await (await signedIn(await cast.coordinator())).get(path())
    expect(page.$('figure svg').attr('aria-label')).to.include('5 people reached')
    expect(page.$('tbody tr')).to.have.length(3)
  }).timeout(20_000)

  it('gives a table with the same figures, and no formula in it', async () => {
    for (let n = 0; n < 5; n++) await measured(training, [1, 0], n === 0 ? [2, 0] : [2, 1])
    await sql(
      null,
      `update outcomes set text = jsonb_build_object('en', '=1+1', 'ru', '=1+1') where code = 'RMC-01-LO2'`,
    )
    const staff = await signedIn(await cast.coordinator())
    const page = await staff.get(path())
    const file = await staff.get(page.$('a[href$="/gain.xlsx"]').attr('href')!)
    const rows = (await readSheet(file.bytes)) as unknown[][]
    expect(rows.map(row => row[2])).to.deep.equal(['People', 5, 5, 5])
    expect(rows[1]!.slice(3, 6)).to.deep.equal([25, 70, 45])
    expect(page.$('tbody tr').first().text()).to.include('25').and.include('70').and.include('45')
    expect(rows[3]!.slice(0, 2)).to.deep.equal(['RMC-01-LO2', "'=1+1"])
    const notes = (await readSheet(file.bytes, 2)) as unknown[][]
    expect(notes.flat().join(' ')).to.include(page.$('main p').eq(1).text().trim())
  }).timeout(20_000)

  it('says nothing of four people, to nobody', async () => {
    for (let n = 0; n < 4; n++) await measured(training, [0, 0], [2, 2])
    expect(await gainIn(training.id)).to.equal(null)
    const staff = await signedIn(await cast.coordinator())
    const page = await staff.get(path())
    expect(page.$('main').text()).to.include('Figures appear once 5 people').and.not.include('100')
    expect(page.$('table, figure')).to.have.length(0)
    const file = await staff.get(`${path()}.xlsx`)
    expect(await readSheet(file.bytes), 'names of columns alone').to.have.length(1)
  }).timeout(20_000)

  it('a training that is not measured has no such page, and no link to it', async () => {
    const other = await aTraining(await aCourse({ code: 'RMC-02' }))
    const staff = await signedIn(await cast.coordinator())
    for (const ending of ['', '.xlsx'])
      expect((await staff.get(`/en/manage/trainings/${other.code}/gain${ending}`)).status).to.equal(404)
    const linked = async ({ code }: SomeTraining) =>
      (await staff.get(`/en/manage/trainings/${code}/test`)).$('a[href$="/gain"]').length
    expect([await linked(other), await linked(training)]).to.deep.equal([0, 1])
  })
})
