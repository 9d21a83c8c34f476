import { expect } from 'chai'
import fc from 'fast-check'
import { type ItemType, idOf } from '../models/items/kind.ts'
import {
  isAnswered,
  isGraded,
  isMarked,
  partsOf,
  rightAnswer,
  shareOf,
  type Typed,
  valueFits,
} from '../models/items/kinds.ts'
import { aGraded, words } from './support/items.ts'

/** Which answers fit a question, and when one is answered whole. */

const typed = (type: ItemType, content: object): Typed => ({ type, content })
const option = (id: string, right = false) => ({ id, text: words(id), right, feedback: words('why') })
const single = typed('single', { options: [option('a', true), option('b'), option('c')] })
const multiple = typed('multiple', { options: [option('a', true), option('b', true), option('c')] })
const short = typed('short', { accepted: { en: ['Baku'], ru: ['Баку'] }, feedback: words('why') })
const numeric = typed('numeric', { answer: 5, tolerance: 0, feedback: words('why') })
const rating = typed('rating', { scale: 3, low: words('low'), high: words('high') })
const steps = [words(1), words(2), words(3)]
const ordering = typed('ordering', { steps, feedback: words('why') })
const pair = (n: number) => ({ left: words(n), right: words(`right ${n}`), feedback: words('why') })
const matching = typed('matching', { pairs: [pair(1), pair(2)], extra: [words('extra')] })
const choices = [
  { text: words('x'), right: true },
  { text: words('y'), right: false },
]
const cloze = typed('cloze', {
  text: words('[[a]] [[b]] [[c]]'),
  gaps: [
    { id: 'a', type: 'choice', choices, feedback: words('why') },
    { id: 'b', type: 'short', accepted: { en: ['one'], ru: ['один'] }, feedback: words('why') },
    { id: 'c', type: 'numeric', answer: 2, tolerance: 0, feedback: words('why') },
  ],
})
const place = (step: number, at: number | string) => `${idOf(steps[step - 1]!)}=${at}`
const row = (left: number, right: number | string) =>
  `${idOf(words(left))}=${idOf(words(typeof right === 'number' ? `right ${right}` : right))}`

const fitting = (item: Typed, ...values: string[][]) => values.map(value => valueFits(item, value))

describe('answers', () => {
  it('fit a question that asks for one or several of its options, each once', () => {
    expect(fitting(single, [], ['a'], ['c'], ['d'], ['a', 'b'], ['a', 'a'])).to.deep.equal([
      true,
      true,
      true,
      false,
      false,
      false,
    ])
    expect(fitting(multiple, [], ['a'], ['a', 'b', 'c'], ['a', 'd'], ['a', 'a'], ['=a'])).to.deep.equal([
      true,
      true,
      true,
      false,
      false,
      false,
    ])
    expect(valueFits(undefined, []), 'no such question').to.equal(false)
  })

  it('fit a line of words up to its length, and blanks are no words', () => {
    expect(fitting(short, ['Baku'], ['x'.repeat(200)], ['x'.repeat(201)], [' '], [''], ['a', 'b'])).to.deep.equal([
      true,
      true,
      false,
      false,
      false,
      false,
    ])
    expect(fitting(numeric, ['5'], ['5'.repeat(40)], ['5'.repeat(41)])).to.deep.equal([true, true, false])
  })

  it('fit the steps of a scale', () => {
    expect(fitting(rating, ['1'], ['3'], ['0'], ['4'], ['1', '2'])).to.deep.equal([true, true, false, false, false])
  })

  it('fit rows by their names, each filled in once', () => {
    expect(
      fitting(ordering, [place(1, 3), place(3, 1)], [place(1, 1), place(1, 2)], [place(1, 0)], [place(1, 4)]),
    ).to.deep.equal([true, false, false, false])
    expect(fitting(matching, [row(1, 2), row(2, 2)], [row(1, 'extra')], [row(1, 3)], [row(3, 1)], ['1'])).to.deep.equal(
      [true, true, false, false, false],
    )
  })

  it('fit gaps by what each takes', () => {
    const x = `a=${idOf(words('x'))}`
    expect(fitting(cloze, [x, 'b=one', 'c=2'], ['b=a=b'], ['a=x'], ['b='], ['b= '], ['one'], ['d=1'])).to.deep.equal([
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ])
    expect(fitting(cloze, [`b=${'x'.repeat(200)}`], [`b=${'x'.repeat(201)}`], [`c=${'1'.repeat(41)}`])).to.deep.equal([
      true,
      false,
      false,
    ])
    expect(valueFits(cloze, ['b=one', 'b=two']), 'a gap twice').to.equal(false)
  })

  it('are whole when every field is filled in', () => {
    const whole = (item: Typed, value: string[] | null) => isAnswered(item, value)
    expect([whole(single, null), whole(single, []), whole(single, ['b'])]).to.deep.equal([false, false, true])
    expect(whole(ordering, [place(1, 1), place(2, 2)])).to.equal(false)
    expect(whole(ordering, [place(1, 1), place(2, 2), place(3, 3)])).to.equal(true)
    expect(whole(ordering, ['1=x', '2=y', '3=z']), 'other fields').to.equal(false)
    expect(whole(cloze, ['a=x', 'b=y'])).to.equal(false)
    expect(whole(cloze, ['c=x', 'b=y', 'a=z'])).to.equal(true)
    expect(whole(cloze, ['x=a=', 'x=b=', 'x=c='])).to.equal(false)
  })

  it('that are right fit, are whole and earn everything', () => {
    fc.assert(
      fc.property(aGraded, item => {
        const right = rightAnswer(item)
        expect(valueFits(item, right)).to.equal(true)
        expect(isAnswered(item, right)).to.equal(true)
        expect(shareOf(item, right)).to.equal(1)
        expect(isGraded(item)).to.equal(true)
        expect(new Set(partsOf(item).map(({ path }) => path)).size).to.equal(partsOf(item).length)
      }),
    )
  })

  it('in words are right in any accepted spelling of any language, and earn nothing otherwise', () => {
    const earned = [['Baku'], ['БАКУ.'], ['Tbilisi'], ['!!'], []].map(value => shareOf(short, value))
    expect(earned).to.deep.equal([1, 1, 0, 0, 0])
  })

  it('in numbers are right up to the edge of the tolerance, with the unit or without', () => {
    const far = typed('numeric', { answer: 12.5, tolerance: 0.5, unit: { en: 'km', ru: 'км' }, feedback: words('why') })
    const right = ['12', '13', '12,5 км', '12.5 km', '12.5%'].map(each => shareOf(far, [each]))
    expect(right).to.deep.equal([1, 1, 1, 1, 1])
    expect(['11.99', '13.01', 'km', 'many'].map(each => shareOf(far, [each]))).to.deep.equal([0, 0, 0, 0])
    expect(shareOf(far, [])).to.equal(0)
    const large = typed('numeric', { answer: 300_000_000, tolerance: 0, feedback: words('why') })
    expect(['300000000', '300 000 000', '300000001', '5%'].map(each => shareOf(large, [each]))).to.deep.equal([
      1, 1, 0, 0,
    ])
  })

  it('to what is not graded earn nothing and are never an error', () => {
    const essay = typed('essay', { guidance: words('guide') })
    expect([rating, essay].map(isGraded)).to.deep.equal([false, false])
    expect([rating, essay].map(isMarked)).to.deep.equal([false, true])
    expect([shareOf(rating, ['3']), shareOf(essay, ['Much.'])]).to.deep.equal([0, 0])
    expect(rightAnswer(rating)).to.deep.equal([])
  })
})
