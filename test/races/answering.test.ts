import { expect } from 'chai'
import { inScope, one, sql } from '../../lib/db.ts'
import { type Saving, savePage, saveSent } from '../../models/answering.ts'
import { itemsOf, placeOf, sittingOf } from '../../models/attempt.ts'
import { handIn, start } from '../../models/attempting.ts'
import { answersOf, grade, keyOf, receiptOf } from '../../models/grading.ts'
import '../support/app.ts'
import { aCourse } from '../support/courses.ts'
import { anEnrollment, aTraining } from '../support/trainings.ts'
import { asActor, cast } from '../support/people.ts'

const MANY = 40
const OPTIONS = ['a', 'b', 'c', 'd']

async function ready() {
  const training = await aTraining(await aCourse())
  const actor = await asActor(await cast.learner())
  await anEnrollment(training, { ...actor, id: actor.id!, country: 'KZ' })
  await start(actor, (await placeOf(actor, training.code))!)
  return { actor, sitting: (await sittingOf(actor, training.code, 1))! }
}

const atOnce = <T>(act: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: MANY }, (_, n) => inScope(() => act(n))))

describe('races: answering', () => {
  it('a storm of saves keeps the order of the device, whatever order they arrive in', async () => {
    const { sitting } = await ready()
    const answers = await atOnce(n => {
      const counter = ((n * 17) % MANY) + 1
      const value = [OPTIONS[counter % 4]!]
      return saveSent(sitting, 'en', 'device-1', [{ position: 1, value, counter, givenMs: counter }])
    })
    for (const answer of answers) expect(answer.closed).to.equal(false)
    expect((await one<{ n: number }>(null, 'select count(*)::int as n from answers'))!.n).to.equal(MANY)
    expect((await itemsOf(sitting.id))[0]!.value).to.deep.equal([OPTIONS[MANY % 4]])
  })

  it('the same batch sent by forty requests is stored once', async () => {
    const { sitting } = await ready()
    const batch = [1, 2, 3, 4].map(position => ({ position, value: ['a'], counter: position, givenMs: null }))
    await atOnce(() => saveSent(sitting, 'en', 'device-1', batch))
    expect((await one<{ n: number }>(null, 'select count(*)::int as n from answers'))!.n).to.equal(4)
  })

  it('pages turned at once each keep their own count', async () => {
    const { sitting } = await ready()
    await atOnce(n => savePage(sitting, 'en', { 1: [OPTIONS[n % 4]!] }))
    const rows = await sql<{ counter: number }>(null, 'select counter::int from answers order by id')
    expect(rows.map(row => row.counter)).to.deep.equal(rows.map((_, index) => index + 1))
  })

  it('every answer acknowledged before handing in is in the grade, and none after', async () => {
    const { actor, sitting } = await ready()
    const answers = await atOnce<Saving | void>(n =>
      n === MANY / 2
        ? handIn(actor, sitting)
        : saveSent(sitting, 'en', `device-${n}`, [
            { position: (n % 4) + 1, value: [OPTIONS[(n >> 2) % 4]!], counter: 1, givenMs: null },
          ]),
    )
    const taken = answers.filter(answer => answer && !answer.closed).length
    expect((await one<{ n: number }>(null, 'select count(*)::int as n from answers'))!.n).to.equal(taken)
    const items = await itemsOf(sitting.id)
    const stored = await one<{ percent: string; receipt: string }>(null, 'select percent, receipt from attempts')
    expect(grade(items.map(keyOf), answersOf(items)).percent).to.equal(Number(stored!.percent))
    // The receipt is made of every choice that counted: one more afterwards, and it is another.
    expect(receiptOf(sitting.id, items)).to.equal(stored!.receipt)
  })
})
