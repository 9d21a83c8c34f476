import { expect } from 'chai'
import { moved } from '../../lib/lists.ts'

describe('lists', () => {
  it('an entry moves by one place, and stays where there is no further one', () => {
    const list = ['a', 'b', 'c']
    expect(moved(list, 1, 'up')).to.deep.equal(['b', 'a', 'c'])
    expect(moved(list, 1, 'down')).to.deep.equal(['a', 'c', 'b'])
    for (const [at, direction] of [
      [0, 'up'],
      [2, 'down'],
      [-1, 'down'],
      [7, 'up'],
    ] as const)
      expect(moved(list, at, direction), `${at} ${direction}`).to.deep.equal(list)
    expect(list).to.deep.equal(['a', 'b', 'c'])
  })
})
