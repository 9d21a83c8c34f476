import { expect } from 'chai'
import fc from 'fast-check'
import { type Answers, grade, gradeAll, type Key, pointsOf, receiptOf } from '../models/grading.ts'

const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f']

/** Items as the curriculum's check lets them through: one right option, or several of which not all are right. */
const anItem = fc
  .record({ type: fc.constantFrom('single', 'multiple', 'true_false'), size: fc.integer({ min: 3, max: 6 }) })
  .chain(({ type, size }) => {
    const options = type === 'true_false' ? ['true', 'false'] : LETTERS.slice(0, size)
    const right =
      type === 'multiple'
        ? fc.subarray(options, { minLength: 2, maxLength: options.length - 1 })
        : fc.constantFrom(...options).map(id => [id])
    return right.map(ids => ({ type, options, right: ids }) as Omit<Key, 'id'>)
  })
const someItems = fc
  .array(anItem, { minLength: 1, maxLength: 12 })
  .map(items => items.map((item, index): Key => ({ ...item, id: String(index + 1) })))
const attempt = someItems.chain(items =>
  fc.record({
    items: fc.constant(items),
    answers: fc
      .tuple(...items.map(item => fc.option(fc.subarray(item.options))))
      .map(
        values => Object.fromEntries(values.flatMap((value, i) => (value ? [[items[i]!.id, value]] : []))) as Answers,
      ),
  }),
)

describe('grading', () => {
  it('one right option is worth one point, and anything else nothing', () => {
    const item: Key = { id: '1', type: 'single', right: ['b'], options: ['a', 'b', 'c'] }
    expect([['b'], ['a'], [], ['a', 'b'], ['x']].map(chosen => pointsOf(item, chosen))).to.deep.equal([1, 0, 0, 0, 0])
  })

  it('of several right options each counts, and each wrong one takes one away, not below nothing', () => {
    const item: Key = { id: '1', type: 'multiple', right: ['a', 'b'], options: ['a', 'b', 'c', 'd', 'e'] }
    const chosen = [['a', 'b'], ['a'], ['a', 'b', 'c'], ['a', 'c'], ['c', 'd'], ['a', 'b', 'c', 'd', 'e'], []]
    expect(chosen.map(each => pointsOf(item, each))).to.deep.equal([1, 0.5, 0.5, 0, 0, 0, 0])
  })

  it('all right is 100 %, nothing answered is 0 %, and every grade lies between', () => {
    fc.assert(
      fc.property(attempt, ({ items, answers }) => {
        const all = Object.fromEntries(items.map(item => [item.id, item.right]))
        expect(grade(items, all).percent).to.equal(100)
        expect(grade(items, {}).percent).to.equal(0)
        const { points, maxPoints, percent } = grade(items, answers)
        expect(maxPoints).to.equal(items.length)
        expect(points).to.be.within(0, maxPoints)
        expect(percent).to.be.within(0, 100)
      }),
    )
  })

  it('one more right choice never lowers a grade, and one more wrong choice never raises it', () => {
    fc.assert(
      fc.property(attempt, fc.nat(), ({ items, answers }, at) => {
        const item = items[at % items.length]!
        if (item.type !== 'multiple') return
        const chosen = answers[item.id] ?? []
        const before = grade(items, answers).percent
        for (const id of item.options.filter(option => !chosen.includes(option))) {
          const after = grade(items, { ...answers, [item.id]: [...chosen, id] }).percent
          if (item.right.includes(id)) expect(after).to.be.at.least(before)
          else expect(after).to.be.at.most(before)
        }
      }),
    )
  })

  it('neither the order of items and choices nor a repeated choice matters', () => {
    fc.assert(
      fc.property(attempt, ({ items, answers }) => {
        const turned = Object.fromEntries(
          Object.entries(answers).map(([id, ids]) => [id, [...ids.toReversed(), ...ids]]),
        )
        const again = grade(items.toReversed(), turned)
        expect(again.percent).to.equal(grade(items, answers).percent)
        expect(again.points).to.equal(grade(items, answers).points)
      }),
    )
  })

  it('percent and points say the same, and points are those of the items together', () => {
    fc.assert(
      fc.property(attempt, ({ items, answers }) => {
        const { points, maxPoints, percent, byItem } = grade(items, answers)
        expect(Math.abs(percent - (100 * points) / maxPoints)).to.be.at.most(0.06)
        expect(Math.abs(points - Object.values(byItem).reduce((sum, each) => sum + each, 0))).to.be.at.most(0.0006)
      }),
    )
  })

  it('seven of ten is exactly 70 %, also when thirds add up to it', () => {
    const single = (id: string): Key => ({ id, type: 'single', right: ['a'], options: ['a', 'b', 'c'] })
    const thirds = (id: string): Key => ({ id, type: 'multiple', right: ['a', 'b', 'c'], options: LETTERS })
    const items = [...'123456'].map(single).concat([...'7890'].map(thirds))
    const answers = { ...Object.fromEntries([...'123456'].map(id => [id, ['a']])), 7: ['a'], 8: ['b'], 9: ['c'] }
    expect(grade(items, answers).percent).to.equal(70)
    expect(grade([], {}).percent).to.equal(0)
  })

  it('grades computed again list exactly those stored otherwise', () => {
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 8 }), fc.nat(), (attempts, at) => {
        const stored = attempts.map(({ items, answers }, index) => {
          const { points, maxPoints, percent } = grade(items, answers)
          return { id: String(index), points, maxPoints, percent, items, answers }
        })
        expect(gradeAll(stored)).to.deep.equal([])
        if (!stored.length) return
        const wrong = stored[at % stored.length]!
        wrong.percent += 0.01
        expect(gradeAll(stored).map(({ id }) => id)).to.deep.equal([wrong.id])
      }),
    )
  })

  it('a receipt follows from the answers: the same gives the same, one other choice another', () => {
    const items = [
      { code: 'Q1', number: 1, value: ['a', 'b'] },
      { code: 'Q2', number: 1, value: null },
    ]
    const receipt = receiptOf('7', items)
    expect(receipt).to.match(/^([0-9A-F]{4}-){5}[0-9A-F]{4}$/)
    expect(receiptOf('7', [{ ...items[0]!, value: ['b', 'a'] }, items[1]!])).to.equal(receipt)
    expect(receiptOf('8', items)).to.not.equal(receipt)
    expect(receiptOf('7', [items[0]!, { ...items[1]!, value: [] }])).to.not.equal(receipt)
  })
})
