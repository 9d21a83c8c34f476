import { expect } from 'chai'
import { entries } from '../prove/entries.ts'
import { none, read, tree } from './tree.ts'

// `npm run prove` takes minutes; that its list fits the code is seen at once.
describe('law: proofs', () => {
  it('every line to break stands in its file, once', () => {
    const lost = entries.filter(({ file, find }) =>
      find === undefined ? tree.includes(file) : !tree.includes(file) || read(file).split(find).length !== 2,
    )
    none(lost.map(({ promise, file }) => `${file}: ${promise}`))
  })

  it('every test that is to turn red is there', () => {
    none(entries.filter(({ test }) => !tree.includes(test)).map(({ promise, test }) => `${test}: ${promise}`))
  })

  it('no promise is proved twice, and every law test is proved to fail', () => {
    const promises = entries.map(({ promise }) => promise)
    expect(promises).to.have.length(new Set(promises).size)
    const laws = tree.filter(path => path.startsWith('test/laws/') && path.endsWith('.test.ts'))
    none(laws.filter(path => !entries.some(({ test }) => test === path)))
  })
})
