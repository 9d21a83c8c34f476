import { expect } from 'chai'
import { inScope, one } from '../../lib/db.ts'
import { announce } from '../../models/announcing.ts'
import { evaluationOf, sendEvaluation, SMALLEST_GROUP } from '../../models/evaluating.ts'
import { dayEvaluationOf } from '../../models/evaluating-days.ts'
import { aDatedTraining, sessionsOn } from '../support/agendas.ts'
import { standAt } from '../support/app.ts'
import { theDailyForm } from '../support/daily-form.ts'
import { aCourse } from '../support/courses.ts'
import { readLessons } from '../support/finishing.ts'
import { anEnrollment, aTraining } from '../support/trainings.ts'
import { aPerson, asActor, cast } from '../support/people.ts'

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

  it('two days told of at once by forty people are released each by itself, and one person tells of a day once', async () => {
    await theDailyForm()
    standAt('2027-02-20T08:00:00Z')
    const coordinator = await asActor(await cast.coordinator())
    const training = await aDatedTraining({ status: 'published' })
    await sessionsOn(coordinator, training.id, [2, 3])
    await announce(coordinator, training.id)
    standAt('2027-03-03T09:00:00Z')
    const places = []
    for (let n = 0; n < 14; n++) {
      const person = await aPerson()
      await anEnrollment(training, person)
      const day = n % 2 ? '2027-03-02' : '2027-03-03'
      places.push((await dayEvaluationOf(await asActor(person), training.code, day))!)
    }
    const presses = places.flatMap(place => [place, place, place])
    await Promise.all(presses.map(place => inScope(() => sendEvaluation(place, ANSWERS, 'en'))))
    // Seven of each day: five released and two held, and no ten that mix the days.
    expect(await counts()).to.deep.equal({ receipts: 14, responses: 14, held: 4 })
  })
})
