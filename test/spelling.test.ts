import { expect } from 'chai'
import fc from 'fast-check'
import { readNumber } from '../models/items/numbers.ts'
import { isNear } from '../models/items/numeric.ts'
import { spelled } from '../models/items/spelling.ts'

describe('what learners write', () => {
  it('a short text is the same whatever its case, spaces, quotes, dashes and marks', () => {
    const same: [string, string][] = [
      ['Non-refoulement', '  NON – refoulement. '],
      ['Приём', 'прием'],
      ['Женева', '«Женева»'],
      ['Zürich', 'zurich'],
      ['IŞIK', 'ışık'],
      ['Straße', 'STRASSE'],
      ['عَلِيّ', 'علي'],
      ['علی', 'علي'],
      ['two  words', 'two\u00a0words'],
    ]
    for (const [one, other] of same) expect(spelled(one), `${one} / ${other}`).to.equal(spelled(other))
  })

  it('letters that are letters of their own stay different', () => {
    const different: [string, string][] = [
      ['мой', 'мои'],
      ['қала', 'кала'],
      ['ҳуқуқ', 'хукук'],
      ['і', 'и'],
      ['one', 'two'],
    ]
    for (const [one, other] of different) expect(spelled(one), `${one} / ${other}`).to.not.equal(spelled(other))
  })

  it('comparing what is compared already changes nothing', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => spelled(spelled(text)) === spelled(text)))
  })

  it('numbers are read with comma or point, spaces between thousands, any minus, and the unit', () => {
    const read: [string, number[]][] = [
      ['12,5', [12.5]],
      ['12.5', [12.5]],
      ['1 234 567,8', [1234567.8]],
      ['1\u00a0234', [1234]],
      ['40,000', [40, 40000]],
      ['1.234.567', [1234567]],
      ['1,234,567.8', [1234567.8]],
      ['1.234.567,8', [1234567.8]],
      ['−3', [-3]],
      ['.5', [0.5]],
      ['۱۲٫۵', [12.5]],
      ['70 %', [70]],
      ['12 km', [12]],
      ['12 КМ', [12]],
      ['1,2,3', []],
      ['1e5', []],
      ['twelve', []],
      ['', []],
      ['-', []],
    ]
    for (const [text, numbers] of read) expect(readNumber(text, ['km', 'км', '%']), text).to.deep.equal(numbers)
  })

  it('the edge of a tolerance counts in, and beyond it nothing', () => {
    const near = { answer: 0.3, tolerance: 0.1 }
    expect(['0.2', '0,4', '0.3'].map(text => isNear(near, text))).to.deep.equal([true, true, true])
    expect(['0.19', '0,41', '', '3'].map(text => isNear(near, text))).to.deep.equal([false, false, false, false])
  })
})
