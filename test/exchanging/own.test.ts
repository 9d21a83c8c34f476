import { expect } from 'chai'
import fc from 'fast-check'
import { checkRead } from '../../models/exchanging/checking.ts'
import { ownOf, readOwn } from '../../models/exchanging/own.ts'
import { ITEM_TYPES } from '../../models/items/kind.ts'
import { aFiled, FILED, KNOWN } from '../support/exchanging.ts'

const read = (text: string) => {
  const own = readOwn(text)
  return checkRead(own, KNOWN, own.lineOf)
}

describe('questions in the own format', () => {
  for (const type of ITEM_TYPES)
    it(`come back as they went, to the letter: ${type}`, () => {
      fc.assert(
        fc.property(fc.array(aFiled(type), { minLength: 1, maxLength: 3 }), questions => {
          const items = questions.map((item, index) => ({ ...item, code: `RMC-01-Q${index + 1}` }))
          const text = ownOf(items)
          const { items: back, remarks } = read(text)
          expect(remarks).to.deep.equal([])
          expect(back.map(({ item }) => item)).to.deep.equal(items)
          expect(ownOf(back.map(({ item }) => item as (typeof items)[number]))).to.equal(text)
        }),
        { numRuns: 40 },
      )
    })

  it('every fault is told with the line it stands on', () => {
    const text = ownOf(FILED.slice(0, 2))
      .replace('difficulty: easy', 'difficulty: simple')
      .replace('outcome: RMC-01-LO1', 'outcome: RMC-01-LO7')
    const lineOf = (part: string) => text.split('\n').findIndex(line => line.includes(part)) + 1
    const told = read(text).remarks.map(({ line, key }) => `${line} ${key}`)
    expect(told).to.include.members([
      `${lineOf('difficulty: simple')} problem.shape`,
      `${lineOf('LO7')} problem.unknown-outcome`,
    ])
    expect(read(text).items.map(({ item }) => item.code)).to.deep.equal(['RMC-01-Q2'])
  })

  it('a code that stands twice, a hidden sign and an unknown field are faults', () => {
    const [first, second] = FILED as [(typeof FILED)[0], (typeof FILED)[0]]
    const keys = (text: string) => read(text).remarks.map(({ key }) => key)
    expect(keys(ownOf([first, { ...second, code: first.code }]))).to.deep.equal(['codeTwice'])
    expect(keys(ownOf([{ ...first, prompt: { en: 'a\u0000b', ru: 'б' } }]))).to.deep.equal(['control'])
    expect(keys(ownOf([{ ...first, prompt: { en: 'a\u202eb', ru: 'б' } }]))).to.deep.equal(['control'])
    expect(keys(ownOf([{ ...first, grade: 5 }]))).to.deep.equal(['problem.unknown-field'])
  })

  it('what is no list of questions, and what is made to fill the memory, is one fault', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'.split('').map((name, index) => {
        const before = `*${'abcdefgh'[index]}`
        return `${name}: &${name} [${Array.from({ length: 9 }, () => before).join(', ')}]`
      }),
    ].join('\n')
    const keys = (text: string) => read(text).remarks.map(({ key }) => key)
    expect(keys(bomb)).to.deep.equal(['aliases'])
    expect(keys('code: RMC-01-Q01')).to.deep.equal(['noList'])
    expect(keys('- [')).to.include('syntax')
    expect(keys('- just words').length).to.be.greaterThan(0)
  })
})
