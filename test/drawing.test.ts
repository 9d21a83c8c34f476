import { expect } from 'chai'
import fc from 'fast-check'
import { cellsOf, countOf, type Drawable, draw, mixFor, shuffled } from '../models/drawing.ts'

const bank = (perOutcome: number) =>
  ['LO1', 'LO2', 'LO3'].flatMap(outcome =>
    Array.from({ length: perOutcome }, (_, n): Drawable => {
      const difficulty = (['easy', 'medium', 'hard'] as const)[n % 3]!
      return { id: `${outcome}${n}`, code: `${outcome}-Q${n}`, outcome, difficulty, type: 'single' }
    }),
  )

describe('drawing', () => {
  it('as many items per outcome as the blueprint says, none twice', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }), (seed, one, two) => {
        const drawn = draw(seed, { LO1: one, LO3: two }, bank(4)).items!
        expect(drawn.filter(item => item.outcome === 'LO1')).to.have.length(one)
        expect(drawn.filter(item => item.outcome === 'LO3')).to.have.length(two)
        expect(new Set(drawn.map(item => item.code)).size).to.equal(one + two)
      }),
    )
  })

  it('the same seed draws the same, whatever order the bank comes in; another seed draws another', () => {
    const codes = (seed: string, items = bank(8)) =>
      draw(seed, { LO1: 2, LO2: 2, LO3: 2 }, items).items!.map(item => item.code)
    expect(codes('seed')).to.deep.equal(codes('seed', bank(8).toReversed()))
    expect(codes('seed')).to.not.deep.equal(codes('other'))
  })

  it('a bank that is too small says for which outcome', () => {
    expect(draw('seed', { LO1: 2, LO2: 3 }, bank(2))).to.deep.equal({ short: 'LO2' })
    expect(draw('seed', { LO9: 1 }, bank(2))).to.deep.equal({ short: 'LO9' })
  })

  it('every item has the same chance, and so has every place', () => {
    const drawn = new Map<string, number>()
    const first = new Map<string, number>()
    for (let n = 0; n < 2000; n++) {
      const items = draw(`seed ${n}`, { LO1: 2 }, bank(4)).items!
      for (const { code } of items) drawn.set(code, (drawn.get(code) ?? 0) + 1)
      first.set(items[0]!.code, (first.get(items[0]!.code) ?? 0) + 1)
    }
    for (const count of drawn.values()) expect(count).to.be.within(900, 1100)
    for (const count of first.values()) expect(count).to.be.within(420, 580)
  })

  it('of each difficulty as many as the blueprint says, or it says for which outcome there are too few', () => {
    const blueprint = { LO1: { easy: 2, hard: 1 }, LO2: 1 }
    const drawn = draw('seed', blueprint, bank(6)).items!
    const of = (difficulty: string) => drawn.filter(item => item.outcome === 'LO1' && item.difficulty === difficulty)
    expect([of('easy').length, of('medium').length, of('hard').length, drawn.length]).to.deep.equal([2, 0, 1, 4])
    expect(draw('seed', { LO1: { easy: 3 } }, bank(6))).to.deep.equal({ short: 'LO1' })
    expect(countOf(blueprint)).to.equal(4)
    expect(cellsOf(blueprint).map(({ of: what }) => what)).to.deep.equal(['easy', 'hard', 'any'])
  })

  it('an essay and a rating are drawn only where the blueprint asks for them', () => {
    const types = ['essay', 'rating', 'single', 'single'] as const
    const mixed = bank(4).map((item, n): Drawable => ({ ...item, type: types[n % 4]! }))
    for (const seed of ['1', '2', '3', '4', '5'])
      expect(draw(seed, { LO1: 2 }, mixed).items!.map(({ type }) => type)).to.deep.equal(['single', 'single'])
    expect(draw('seed', { LO1: 3 }, mixed)).to.deep.equal({ short: 'LO1' })
    for (const type of ['rating', 'essay'])
      expect(draw('seed', { LO1: { [type]: 1 } }, mixed).items!.map(item => item.type)).to.deep.equal([type])
    expect(draw('seed', { LO1: { essay: 2 } }, mixed)).to.deep.equal({ short: 'LO1' })
  })

  it('the parts of a question are mixed anew for each seed and question, and the same way for the same', () => {
    const order = (seed: string, code: string) =>
      mixFor(seed, { code })('option', ['a', 'b', 'c', 'd', 'e'], each => each).join('')
    expect(order('seed', 'Q1')).to.equal(order('seed', 'Q1'))
    expect(new Set(['1', '2', '3', '4', '5', '6'].map(seed => order(seed, 'Q1'))).size).to.be.greaterThan(1)
    expect(new Set(['1', '2', '3', '4', '5', '6'].map(code => order('seed', code))).size).to.be.greaterThan(1)
  })

  it('shuffling keeps every thing once', () => {
    fc.assert(
      fc.property(fc.string(), fc.uniqueArray(fc.string()), (seed, things) => {
        expect(shuffled(seed, 'x', things, thing => thing).toSorted()).to.deep.equal(things.toSorted())
      }),
    )
  })
})
