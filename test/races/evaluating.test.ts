import { expect } from 'chai'
import { inScope, one } from '../../lib/db.ts'
import { evaluationOf, sendEvaluation, SMALLEST_GROUP } from '../../models/evaluating.ts'
import '../support/app.ts'
import { aCourse, anEnrollment, aTraining, readLessons } from '../support/factories.ts'
import { aPerson, asActor } from '../support/people.ts'

const MANY = 40
const ANSWERS = { relevance: 5, clarity: 5 }

const counts = () =>
  one<{ receipts: number; responses: number; held: number }>(
    null,
    `select (select count(*)::int from form_receipts) as receipts, count(*)::int as responses,
       count(*) filter (where not released)::int as held from form_responses`,
  )

describe('races: evaluating', () => {
  it('forty people sending at once are released in groups of five, none alone', async () => {
    const training = await aTraining(await aCourse())
    const places = []
    for (let n = 0; n < MANY + 2; n++) {
      const person = await aPerson()
      await readLessons(await anEnrollment(training, person))
      places.push((await evaluationOf(await asActor(person), training.code))!)
    }
    await Promise.all(places.slice(0, MANY).map(place => inScope(() => sendEvaluation(place, ANSWERS, 'en'))))
    expect(await counts()).to.deep.equal({ receipts: MANY, responses: MANY, held: MANY % SMALLEST_GROUP })
    await Promise.all(places.slice(MANY).map(place => inScope(() => sendEvaluation(place, ANSWERS, 'en'))))
    expect((await counts())!.held).to.equal(2)
  })

  it('one person sending forty times at once leaves one receipt and one response', async () => {
    const training = await aTraining(await aCourse())
    const person = await aPerson()
    await readLessons(await anEnrollment(training, person))
    const place = (await evaluationOf(await asActor(person), training.code))!
    await Promise.all(Array.from({ length: MANY }, () => inScope(() => sendEvaluation(place, ANSWERS, 'en'))))
    expect(await counts()).to.deep.equal({ receipts: 1, responses: 1, held: 1 })
  })
})
