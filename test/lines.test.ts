import { expect } from 'chai'
import { type Counted, faultsOf, type History } from './support/lines/history.ts'

/** The checker of the batteries of lines and of killed servers: each kind of loss, planted, is seen. */

const row = (device: string, counter: number, question: number, ...value: string[]): Counted => ({
  ...{ device, counter, question, value },
})
const first = row('phone', 1, 1, 'a')
const second = row('phone', 2, 1, 'b')
const other = row('laptop', 1, 1, 'c')
const asGiven = ({ counter: _, ...given }: Counted) => given
const whole: History = {
  given: [first, second, other].map(asGiven),
  acknowledged: [first, second],
  record: [first, second, other],
  counting: { 1: ['c'] },
}
const with_ = (changes: Partial<History>) => faultsOf({ ...whole, ...changes })

describe('the history of a test', () => {
  it('is sound when all that was acknowledged is there, and an answer overtaken on the device may be missing', () => {
    expect(faultsOf(whole)).to.deep.equal([])
    expect(with_({ acknowledged: [second], record: [second, other] })).to.deep.equal([])
  })

  it('tells of an acknowledged answer that is lost', () => {
    expect(with_({ record: [second, other] })).to.deep.equal(['acknowledged and lost: phone #1 question 1: a'])
    const changed = row('phone', 1, 1, 'b')
    expect(with_({ record: [changed, second, other] }).join()).to.contain('acknowledged and lost: phone #1')
  })

  it('tells of the last answer given that never came', () => {
    const faults = with_({ acknowledged: [first], record: [first, other] })
    expect(faults).to.deep.equal(['given last and not in the record: phone question 1: b'])
    expect(with_({ given: [...whole.given, asGiven(row('phone', 3, 2, 'a'))] })).to.have.length(1)
  })

  it('tells of an answer that nobody gave, and of one stored in another order than given', () => {
    const invented = row('phone', 1, 1, 'd')
    expect(with_({ acknowledged: [], record: [invented, second, other] })).to.deep.equal([
      'stored and never given so: phone #1 question 1: d',
    ])
    const turned = [row('phone', 1, 1, 'b'), row('phone', 2, 1, 'a')]
    expect(with_({ acknowledged: [], record: [...turned, other] }).join()).to.contain('never given so: phone #2')
  })

  it('tells of what arrived after a later one of its device', () => {
    const late = { record: [second, first, other] }
    expect(with_(late)).to.deep.equal(['arrived after a later one: phone #1 question 1: a'])
  })

  it('tells when another answer counts than the highest of the device that came last', () => {
    for (const wrong of [['a'], ['b'], []])
      expect(with_({ counting: { 1: wrong } }).join(), String(wrong)).to.contain('where right is laptop #1')
    expect(with_({ counting: {} })).to.have.length(1)
  })
})
