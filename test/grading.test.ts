import { expect } from 'chai'
import fc from 'fast-check'
import {
  type Answers,
  grade,
  gradeAll,
  type Key,
  type Marks,
  pointsOf,
  receiptOf,
  unmarked,
} from '../models/grading.ts'
import { idOf, type Value } from '../models/items/kind.ts'
import { partsOf, rightAnswer, shareOf } from '../models/items/kinds.ts'
import { aGraded, ARBITRARY, words } from './support/items.ts'

const option = (id: string, right: boolean) => ({ id, text: words(id), right, feedback: words(id) })
const of = (type: 'single' | 'multiple', ids: string, right: string): Key => ({
  ...{ id: '1', type, points: 1 },
  content: { options: [...ids].map(id => option(id, right.includes(id))) },
})

const anEssay = (id: string, points: number): Key => ({
  ...{ id, type: 'essay', points },
  content: { guidance: words('guide') },
})

const someItems = fc
  .array(fc.record({ item: aGraded, points: fc.integer({ min: 1, max: 4 }) }), { minLength: 1, maxLength: 8 })
  .map(items => items.map(({ item, points }, index): Key => ({ ...item, points, id: String(index + 1) })))

/** Any answer that fits a question: of each field nothing, something of its own, or the right thing. */
const answerTo = (item: Key): fc.Arbitrary<Value> =>
  fc
    .tuple(
      ...partsOf(item).map(part => {
        const own = rightAnswer(item).filter(entry => !part.path || entry.startsWith(`${part.path}=`))
        if (part.takes === 'words')
          return fc.constantFrom(
            ...own,
            ...['0', '-7,25', 'other'].map(each => (part.path ? `${part.path}=${each}` : each)),
            '',
          )
        const all = part.ids.map(id => (part.path ? `${part.path}=${id}` : id))
        return part.takes === 'several' ? fc.subarray(all) : fc.constantFrom(...all, '')
      }),
    )
    .map(entries => entries.flat().filter(Boolean))
const attempt = someItems.chain(items =>
  fc.record({
    items: fc.constant(items),
    answers: fc
      .tuple(...items.map(item => fc.option(answerTo(item))))
      .map(
        values => Object.fromEntries(values.flatMap((value, i) => (value ? [[items[i]!.id, value]] : []))) as Answers,
      ),
  }),
)

describe('grading', () => {
  it('one right option is worth one point, and anything else nothing', () => {
    const item = of('single', 'abc', 'b')
    expect([['b'], ['a'], [], ['a', 'b'], ['x']].map(chosen => pointsOf(item, chosen))).to.deep.equal([1, 0, 0, 0, 0])
  })

  it('of several right options each counts, and each wrong one takes one away, not below nothing', () => {
    const item = of('multiple', 'abcde', 'ab')
    const chosen = [['a', 'b'], ['a'], ['a', 'b', 'c'], ['a', 'c'], ['c', 'd'], ['a', 'b', 'c', 'd', 'e'], []]
    expect(chosen.map(each => pointsOf(item, each))).to.deep.equal([1, 0.5, 0.5, 0, 0, 0, 0])
  })

  it('all right is 100 %, nothing answered is 0 %, and every grade lies between', () => {
    fc.assert(
      fc.property(attempt, ({ items, answers }) => {
        const all = Object.fromEntries(items.map(item => [item.id, rightAnswer(item)]))
        expect(grade(items, all).percent).to.equal(100)
        expect(grade(items, {}).percent).to.equal(0)
        const { points, maxPoints, percent } = grade(items, answers)
        expect(maxPoints).to.equal(items.reduce((sum, item) => sum + item.points, 0))
        expect(points).to.be.within(0, maxPoints)
        expect(percent).to.be.within(0, 100)
      }),
    )
  })

  it('of a question in parts, one more right part never lowers a grade', () => {
    fc.assert(
      fc.property(attempt, fc.nat(), ({ items, answers }, at) => {
        const item = items[at % items.length]!
        const given = answers[item.id] ?? []
        for (const entry of rightAnswer(item)) {
          const part = partsOf(item).find(({ path }) => path && entry.startsWith(`${path}=`))
          if (!part || part.takes === 'several' || item.type === 'ordering' || item.type === 'scenario') continue
          const better = [...given.filter(each => !each.startsWith(`${part.path}=`)), entry]
          expect(pointsOf(item, better)).to.be.at.least(pointsOf(item, given) - 1e-9)
        }
      }),
    )
  })

  it('one more right choice never lowers a grade, and one more wrong choice never raises it', () => {
    fc.assert(
      fc.property(ARBITRARY.multiple, fc.subarray(['a', 'b', 'c', 'd', 'e', 'f']), (item, chosen) => {
        const options = item.content.options as { id: string; right: boolean }[]
        const before = shareOf(item, chosen)
        for (const { id, right } of options.filter(each => !chosen.includes(each.id))) {
          const after = shareOf(item, [...chosen, id])
          if (right) expect(after).to.be.at.least(before)
          else expect(after).to.be.at.most(before)
        }
      }),
    )
  })

  it('turning two neighboring steps the right way round never lowers what an order earns', () => {
    const steps = ['0', '1', '2', '3', '4'].map(n => words(n))
    const item = { type: 'ordering' as const, content: { steps, feedback: words('why') } }
    const value = (order: number[]) => steps.map((step, index) => `${idOf(step)}=${order.indexOf(index) + 1}`)
    const anyOrder = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 })
    fc.assert(
      fc.property(anyOrder, fc.nat({ max: 3 }), (order, at) => {
        const turned = order.with(at, order[at + 1]!).with(at + 1, order[at]!)
        const [worse, better] = order[at]! > order[at + 1]! ? [order, turned] : [turned, order]
        expect(shareOf(item, value(better))).to.be.at.least(shareOf(item, value(worse)))
      }),
    )
    expect(shareOf(item, value([0, 1, 2, 3, 4]))).to.equal(1)
    expect(shareOf(item, value([1, 0, 2, 3, 4]))).to.equal(0.8)
    expect(shareOf(item, value([4, 3, 2, 1, 0]))).to.equal(0)
    expect(shareOf(item, value([0, 1, 2, 3, 4]).slice(0, 2)), 'two of five placed: one pair of ten').to.equal(0.1)
  })

  it('the same place given to every step earns nothing', () => {
    const steps = ['0', '1', '2'].map(n => words(n))
    const same = steps.map(step => `${idOf(step)}=1`)
    expect(shareOf({ type: 'ordering', content: { steps, feedback: words('why') } }, same)).to.equal(0)
  })

  it('each right line of a matching and each right gap of a text counts the same', () => {
    const pair = (n: number) => ({ left: words(n), right: words(`right ${n}`), feedback: words('why') })
    const item = { type: 'matching' as const, content: { pairs: [1, 2, 3, 4].map(pair) } }
    const entry = (left: number, right: number) => `${idOf(words(left))}=${idOf(words(`right ${right}`))}`
    expect(shareOf(item, [entry(1, 1), entry(2, 3), entry(3, 3)])).to.equal(0.5)
    const gaps = [
      { id: 'a', type: 'short', accepted: { en: ['one'], ru: ['один'] }, feedback: words('why') },
      { id: 'b', type: 'numeric', answer: 2, tolerance: 0, feedback: words('why') },
    ]
    const text = { type: 'cloze' as const, content: { text: { en: '[[a]] [[b]]', ru: '[[b]] [[a]]' }, gaps } }
    expect([['a=One.', 'b=3'], ['a=ОДИН', 'b=2,0'], ['b=2']].map(value => shareOf(text, value))).to.deep.equal([
      0.5, 1, 0.5,
    ])
  })

  it('a case is worth the mean of its questions', () => {
    const ask = (id: string) => ({
      ...{ id, type: 'multiple', prompt: words(id) },
      ...(of('multiple', 'abcd', 'ab').content as object),
    })
    const item = { type: 'scenario' as const, content: { text: words('case'), questions: [ask('p'), ask('q')] } }
    expect([['p=a', 'p=b'], ['p=a', 'q=a', 'q=b'], ['q=c'], []].map(value => shareOf(item, value))).to.deep.equal([
      0.5, 0.75, 0, 0,
    ])
  })

  it('what has no right answer counts for nothing, on either side', () => {
    const rating: Key = {
      id: '2',
      type: 'rating',
      points: 3,
      content: { scale: 5, low: words('low'), high: words('high') },
    }
    const { percent, maxPoints } = grade([of('single', 'abc', 'a'), rating], { 1: ['a'], 2: ['5'] })
    expect([percent, maxPoints]).to.deep.equal([100, 1])
  })

  it('an essay earns the points a person gave, never more than it is worth, and nothing before', () => {
    const essay = anEssay('e', 3)
    const items = [of('single', 'abc', 'a'), essay]
    const pointsFor = (marks?: Marks) => grade(items, { 1: ['a'], e: ['Much.'] }, marks).points
    expect([pointsFor(), pointsFor({ e: 2 }), pointsFor({ e: 9 })]).to.deep.equal([1, 3, 4])
    expect(grade(items, {}).maxPoints).to.equal(4)
  })

  it('a point more for an essay is a point more of the whole, and marks touch nothing else', () => {
    const marked = fc.record({ of: attempt, worth: fc.integer({ min: 1, max: 10 }), given: fc.nat({ max: 9 }) })
    fc.assert(
      fc.property(marked, ({ of: { items, answers }, worth, given }) => {
        const all = [...items, anEssay('e', worth)]
        const plain = grade(items, answers)
        const at = (points: number) => grade(all, { ...answers, e: ['Much.'] }, { e: points, [items[0]!.id]: 99 })
        const mark = Math.min(given, worth - 1)
        expect(at(mark).points).to.be.closeTo(plain.points + mark, 0.0011)
        expect(at(mark + 1).points - at(mark).points).to.be.closeTo(1, 0.0011)
        expect(at(mark + 1).percent).to.be.greaterThan(at(mark).percent)
        expect(at(mark).maxPoints).to.equal(plain.maxPoints + worth)
        expect(at(worth).percent).to.be.within(0, 100)
      }),
    )
  })

  it('an essay waits for a person where it has words, no mark, and was not dropped', () => {
    const asked = (of: object) => ({ type: 'essay' as const, value: ['Much.'], dropped: false, mark: null, ...of })
    const mark = { points: 0, comment: '' }
    const items = [asked({}), asked({ value: [] }), asked({ value: null }), asked({ dropped: true }), asked({ mark })]
    expect(unmarked(items)).to.deep.equal([items[0]])
    expect(unmarked([{ ...asked({}), type: 'short' }])).to.deep.equal([])
  })

  it('a question worth more points counts that much more', () => {
    const heavy = { ...of('single', 'abc', 'a'), id: '2', points: 3 }
    expect(grade([of('single', 'abc', 'a'), heavy], { 2: ['a'] })).to.deep.include({
      points: 3,
      maxPoints: 4,
      percent: 75,
    })
  })

  it('neither the order of items and choices nor a repeated choice matters', () => {
    fc.assert(
      fc.property(attempt, ({ items, answers }) => {
        const turned = Object.fromEntries(Object.entries(answers).map(([id, value]) => [id, value.toReversed()]))
        const again = grade(items.toReversed(), turned)
        expect(again.percent).to.equal(grade(items, answers).percent)
        expect(again.points).to.equal(grade(items, answers).points)
      }),
    )
    expect(pointsOf(of('multiple', 'abcd', 'ab'), ['a', 'a', 'c'])).to.equal(0)
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
    const single = (id: string): Key => ({ ...of('single', 'abc', 'a'), id })
    const thirds = (id: string): Key => ({ ...of('multiple', 'abcdef', 'abc'), id })
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
