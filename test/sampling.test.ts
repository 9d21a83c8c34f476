import { expect } from 'chai'
import { floorOf } from './prove/mutants/report.ts'
import { sampleOf } from './prove/sampling.ts'

describe('samples of proofs', () => {
  it('the same seed chooses the same ones, another seed others', () => {
    const all = Array.from({ length: 200 }, (_, n) => `proof ${n}`)
    const by = (seed: string) => sampleOf(all, String, 20, seed)
    expect(by('one')).to.deep.equal(sampleOf(all.toReversed(), String, 20, 'one'))
    expect(by('other')).not.to.deep.equal(by('one'))
    expect(new Set(by('one'))).to.have.lengthOf(20)
  })

  it('as many changes must be noticed as chance allows at the goal', () => {
    // Binomial of 85 %: fewer than these come less than once in a thousand.
    expect([40, 50, 60, 80].map(floorOf)).to.deep.equal([26, 34, 42, 57])
  })
})
