import { expect } from 'chai'
import fc from 'fast-check'
import { one, sql } from '../lib/db.ts'
import { savePage, saveSent, sameChoice } from '../models/answering.ts'
import { itemsOf, placeOf, sittingOf } from '../models/attempt.ts'
import { handIn, start } from '../models/attempting.ts'
import { closeOverdue } from '../models/closing-attempts.ts'
import { draw, type Drawable } from '../models/drawing.ts'
import { answersOf, grade, gradeAll, keyOf, receiptOf } from '../models/grading.ts'
import { rightAnswer, valueFits } from '../models/items/kinds.ts'
import { standAt } from './support/app.ts'
import { aCourse } from './support/courses.ts'
import { passedTest } from './support/finishing.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { asActor, cast } from './support/people.ts'

async function sitting(traits: Parameters<typeof aCourse>[0] = {}) {
  const training = await aTraining(await aCourse(traits))
  const person = await cast.learner()
  const enrollment = await anEnrollment(training, person)
  const actor = await asActor(person)
  const place = (await placeOf(actor, training.code))!
  const { number } = await start(actor, place)
  return { actor, place, training, enrollment, sitting: (await sittingOf(actor, training.code, number))! }
}

describe('attempting', () => {
  it('the draw can be repeated from the stored seed', async () => {
    const { place, sitting: attempt } = await sitting({ items: 5, drawn: 2 })
    const bank = await sql<Drawable>(
      null,
      'select v.id, i.code, v.outcome_code as outcome, v.difficulty, v.type from item_versions v join items i on i.id = v.item_id',
    )
    const again = draw(attempt.seed, place.blueprint, bank).items!.map(item => item.code)
    expect((await itemsOf(attempt.id)).map(item => item.code)).to.deep.equal(again)
  })

  it('only items in use are drawn', async () => {
    const { sitting: attempt } = await sitting({ items: 3, drawn: 3 })
    await sql(null, `update item_versions set status = 'retired'`)
    expect(await itemsOf(attempt.id)).to.have.length(6)
  })

  it('grade and receipt can be computed again from what is stored', async () => {
    const { actor, sitting: attempt } = await sitting()
    const items = await itemsOf(attempt.id)
    await savePage(
      attempt,
      'en',
      Object.fromEntries(items.map(item => [item.position, rightAnswer(keyOf(item)).slice(0, 1)])),
    )
    await handIn(actor, attempt)
    const after = (await sittingOf(actor, attempt.code, 1))!
    const stored = await itemsOf(attempt.id)
    const graded = { points: Number(after.points), maxPoints: Number(after.maxPoints), percent: Number(after.percent) }
    expect(grade(stored.map(keyOf), answersOf(stored))).to.deep.include(graded)
    expect(gradeAll([{ id: after.id, ...graded, items: stored.map(keyOf), answers: answersOf(stored) }])).to.deep.equal(
      [],
    )
    expect(receiptOf(after.id, stored)).to.equal(after.receipt)
  })

  it('a worse attempt after a better one leaves the grade', async () => {
    const { actor, enrollment, sitting: attempt } = await sitting()
    await passedTest(enrollment, 80)
    await handIn(actor, attempt)
    expect((await one<{ percent: string }>(null, 'select percent from grades'))!.percent).to.equal('80.00')
  })

  it('an answer after handing in is not stored, on a page or by script', async () => {
    const { actor, sitting: attempt } = await sitting()
    await handIn(actor, attempt)
    expect(await savePage(attempt, 'en', { 1: ['a'] })).to.deep.equal({ closed: true })
    const sent = [{ position: 1, value: ['a'], counter: 1, givenMs: null }]
    expect(await saveSent(attempt, 'en', 'device-1', sent)).to.deep.equal({ closed: true })
    expect((await one<{ n: number }>(null, 'select count(*)::int as n from answers'))!.n).to.equal(0)
  })

  it('a page stores only what differs from what counts already', async () => {
    const { sitting: attempt } = await sitting()
    const stored = async (page: Record<number, string[]>) => {
      const saving = await savePage(attempt, 'en', page)
      return saving.closed ? undefined : saving.saved.map(each => each.position)
    }
    expect(await stored({ 1: ['a'], 2: [] })).to.deep.equal([1])
    expect(await stored({ 1: ['a'], 2: [] })).to.deep.equal([])
    expect(await stored({ 1: ['b'], 2: [] })).to.deep.equal([1])
    expect((await itemsOf(attempt.id))[0]!.value).to.deep.equal(['b'])
  })

  it('which answer counts: of a device the highest counter, between devices the last to arrive', async function () {
    this.timeout(60_000)
    const { sitting: attempt } = await sitting()
    const a = fc.constantFrom('device-1', 'device-2', 'device-3')
    const save = fc.record({
      device: a,
      counter: fc.integer({ min: 1, max: 6 }),
      value: fc.constantFrom('a', 'b', 'c', 'd'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(save, { minLength: 1, maxLength: 12 }), async saves => {
        await sql(null, 'delete from answers')
        for (const { device, counter, value } of saves)
          await saveSent(attempt, 'en', device, [{ position: 1, value: [value], counter, givenMs: null }])
        expect((await itemsOf(attempt.id))[0]!.value).to.deep.equal([oracle(saves)])
      }),
      { numRuns: 60 },
    )
  })

  it('choices fit their question, or are told apart', () => {
    const of = (...ids: string[]) => ({ options: ids.map(id => ({ id })) })
    const single = { type: 'single' as const, content: of('a', 'b') }
    const several = { type: 'multiple' as const, content: of('a', 'b', 'c') }
    expect([['a'], []].map(value => valueFits(single, value))).to.deep.equal([true, true])
    expect([['a', 'b'], ['x']].map(value => valueFits(single, value))).to.deep.equal([false, false])
    expect(
      [
        ['a', 'b'],
        ['a', 'a'],
        ['a', 'x'],
      ].map(value => valueFits(several, value)),
    ).to.deep.equal([true, false, false])
    expect(valueFits(undefined, [])).to.equal(false)
    expect(sameChoice(['a', 'b'], ['b', 'a'])).to.equal(true)
    expect(sameChoice(['a'], [])).to.equal(false)
  })

  it('closes all that is overdue and nothing else, once', async () => {
    standAt('2026-12-01T08:00:00Z')
    const { actor, place } = await sitting({ minutes: 10 })
    standAt('2026-12-01T08:25:00Z')
    expect(await closeOverdue(), 'late answers may still arrive').to.equal(0)
    standAt('2026-12-01T08:25:01Z')
    expect(await closeOverdue()).to.equal(1)
    expect(await closeOverdue()).to.equal(0)
    expect((await start(actor, place)).number).to.equal(2)
  })

  it('starting closes the attempt whose time is over and begins the next', async () => {
    standAt('2026-12-01T08:00:00Z')
    const { actor, place } = await sitting({ minutes: 10 })
    standAt('2026-12-01T09:00:00Z')
    expect((await start(actor, place)).number).to.equal(2)
    const rows = await sql(null, 'select number, closed_by as by from attempts order by number')
    expect(rows).to.deep.equal([
      { number: 1, by: 'time' },
      { number: 2, by: null },
    ])
  })
})

type Save = { device: string; counter: number; value: string }

/** The rule once more, told as a story: each device's newest; of those the one that came last. */
function oracle(saves: Save[]): string {
  const first = saves.filter(
    (save, index) => saves.findIndex(each => each.device === save.device && each.counter === save.counter) === index,
  )
  const newest = first.filter(
    save => !first.some(other => other.device === save.device && other.counter > save.counter),
  )
  return newest.at(-1)!.value
}
