import { expect } from 'chai'
import fc from 'fast-check'
import { correlation, variance } from '../models/analyzing/arithmetic.ts'
import { discriminationOf, type Earned, endsOf, upperLowerOf } from '../models/analyzing/discriminating.ts'
import { optionCounts } from '../models/analyzing/distractors.ts'
import { flagsOf } from '../models/analyzing/flags.ts'
import { gainOf, tOf } from '../models/analyzing/gaining.ts'
import { inFives, sizeOf } from '../models/analyzing/groups.ts'
import { intervalOf, isAlarm, languageDifference } from '../models/analyzing/languages.ts'
import { analyzeQuestions, analyzeTests, type Answer, type Asked } from '../models/analyzing/questions.ts'
import { alphaOf, drawnAlphaOf } from '../models/analyzing/reliability.ts'

const people = (shares: number[], rests: number[]): Earned[] =>
  shares.map((share, index) => ({ share, rest: rests[index]!, total: rests[index]! + share }))

/** Six subjects seen by four judges, the example of Shrout and Fleiss 1979, table 2. */
const JUDGED = [
  [9, 2, 5, 8],
  [6, 1, 3, 2],
  [8, 4, 6, 8],
  [7, 1, 2, 6],
  [10, 5, 6, 9],
  [6, 2, 4, 7],
]

describe('analyzing: known values', () => {
  it('point-biserial: (M1 - M0) / s * sqrt(p * q), by hand', () => {
    // Right: 5, 4, 3, mean 4. Wrong: 2, 1, mean 1.5. s = sqrt(2), p = 0.6: 2.5 / 1.41421 * 0.48990.
    expect(discriminationOf(people([1, 1, 1, 0, 0], [5, 4, 3, 2, 1]))).to.be.closeTo(0.866025, 1e-6)
  })

  it('the question itself is not in the rest it is held against', () => {
    // The rest says the opposite of the question; a total with the question in it would not show that.
    const earned = people([1, 1, 0, 0], [0.1, 0.2, 0.3, 0.4])
    expect(discriminationOf(earned)).to.be.below(-0.8)
    expect(
      correlation(
        [1, 1, 0, 0],
        earned.map(({ total }) => total),
      ),
    ).to.be.above(0.8)
  })

  it('upper-lower: eight of the best ten right, three of the weakest ten', () => {
    // 27 % of 37 people are 10.
    const right = (n: number) => (n < 8 || (n >= 12 && n < 20) || n >= 34 ? 1 : 0)
    const earned = Array.from({ length: 37 }, (_, n) => ({ share: right(n), rest: 0, total: 100 - n }))
    expect(upperLowerOf(earned)).to.be.closeTo(0.8 - 0.3, 1e-9)
  })

  it('KR-20 of five people and four questions, by hand', () => {
    // p: 0.8, 0.6, 0.4, 0.2, so that sum of pq is 0.8; the totals 4 to 0 vary by 2: 4/3 * (1 - 0.8/2).
    const rows = [
      [1, 1, 1, 1],
      [1, 1, 1, 0],
      [1, 1, 0, 0],
      [1, 0, 0, 0],
      [0, 0, 0, 0],
    ]
    expect(alphaOf(rows)).to.be.closeTo(0.8, 1e-9)
  })

  it('alpha and the coefficient of drawn questions are the published ICC(3,4) = .91 and ICC(1,4) = .44', () => {
    expect(alphaOf(JUDGED)!.toFixed(2)).to.equal('0.91')
    expect(drawnAlphaOf(JUDGED)!.toFixed(2)).to.equal('0.44')
  })

  it('the interval of a difference: 56 of 70 against 48 of 80, by hand', () => {
    // 57/72 - 49/82 = 0.19411, standard error 0.07227, times 1.96 = 0.14166.
    const of = (right: number, all: number) => Array.from({ length: all }, (_, n) => (n < right ? 1 : 0))
    const { from, to } = intervalOf(of(56, 70), of(48, 80))
    expect(from).to.be.closeTo(0.05245, 1e-4)
    expect(to).to.be.closeTo(0.33576, 1e-4)
  })
})

const share = fc.integer({ min: 0, max: 4 }).map(n => n / 4)
const earned = fc.record({ share, rest: share, total: share })
const rows = fc
  .integer({ min: 2, max: 6 })
  .chain(k => fc.array(fc.array(share, { minLength: k, maxLength: k }), { minLength: 2, maxLength: 20 }))

describe('analyzing: what always holds', () => {
  it('discrimination lies between -1 and 1, whatever the order of people', () => {
    fc.assert(
      fc.property(fc.array(earned, { minLength: 1, maxLength: 40 }), all => {
        const back = all.toReversed()
        for (const figure of [discriminationOf, upperLowerOf]) {
          const value = figure(all)
          if (value === null) continue
          expect(Math.abs(value)).to.be.at.most(1 + 1e-9)
          expect(figure(back)).to.be.closeTo(value, 1e-9)
        }
      }),
    )
  })

  it('the ends are 27 % of the people each, and who is tied shares', () => {
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 60 }), totals => {
        const places = Math.max(1, Math.round(totals.length * 0.27))
        const { upper, lower } = endsOf(totals)
        for (const weights of [upper, lower]) {
          expect(weights.reduce((sum, weight) => sum + weight, 0)).to.be.closeTo(places, 1e-9)
          expect(weights.every(weight => weight >= 0 && weight <= 1)).to.equal(true)
        }
      }),
    )
  })

  it('alpha is at most 1, does not change with the order, and is 1 where all questions agree', () => {
    fc.assert(
      fc.property(rows, all => {
        const alpha = alphaOf(all)
        if (alpha === null) return
        expect(alpha).to.be.at.most(1 + 1e-9)
        expect(alphaOf(all.map(row => row.toReversed()))).to.be.closeTo(alpha, 1e-9)
        const agreed = all.map(row => row.map(() => row[0]!))
        if (variance(agreed.map(row => row[0]!)) > 0) expect(alphaOf(agreed)).to.be.closeTo(1, 1e-9)
      }),
    )
  })

  it('the languages swapped swap the sign, and the interval holds the difference of equal groups', () => {
    fc.assert(
      fc.property(fc.array(share, { minLength: 30, maxLength: 40 }), all => {
        const { from, to } = intervalOf(all, all)
        expect(from).to.be.at.most(0)
        expect(to).to.be.at.least(0)
        const other = intervalOf(
          all,
          all.map(one => 1 - one),
        )
        const back = intervalOf(
          all.map(one => 1 - one),
          all,
        )
        expect(other.from).to.be.closeTo(-back.to, 1e-9)
      }),
    )
  })
})

const OPTIONS = { options: ['a', 'b', 'c'].map(id => ({ id, text: { en: id, ru: id }, right: id === 'a' })) }
const question = (id: string, answers: Answer[]): Asked => ({ id, type: 'single', content: OPTIONS, answers })
const many = (n: number, chosenBy: (n: number) => string, languageOf = (_: number) => 'en'): Answer[] =>
  Array.from({ length: n }, (_, index) => [index, 'T 1.0', [chosenBy(index)], languageOf(index)])

describe('analyzing: who is enough', () => {
  it('under five nothing, under thirty a number in fives, from thirty figures', () => {
    expect([0, 4, 5, 29, 30].map(sizeOf)).to.deep.equal(['hidden', 'hidden', 'few', 'few', 'enough'])
    const of = (n: number) =>
      analyzeQuestions([
        question(
          'q',
          many(n, () => 'a'),
        ),
      ]).get('q')!
    expect(of(4)).to.deep.equal({ size: 'hidden', people: null, figures: null, flags: [] })
    expect(of(9)).to.deep.equal({ size: 'few', people: 5, figures: null, flags: [] })
    expect(of(34)).to.deep.include({ size: 'enough', people: 30 })
  })

  it('one more person changes nothing until five are there', () => {
    const first = many(30, n => (n % 2 ? 'a' : 'b'))
    const later = (more: number) => many(more, () => 'c').map(([n, ...rest]): Answer => [n + 30, ...rest])
    const of = (more: number) => analyzeQuestions([question('q', [...first, ...later(more)])]).get('q')
    for (const more of [1, 2, 3, 4]) expect(of(more)).to.deep.equal(of(0))
    expect(of(5)).to.not.deep.equal(of(0))
    expect(inFives([1, 2, 3, 4, 5, 6])).to.have.length(5)
  })

  it('a language of fewer than thirty is not told of at all', () => {
    const of = (ru: number) =>
      many(
        60,
        () => 'a',
        n => (n < ru ? 'ru' : 'en'),
      )
    const languages = (ru: number) => analyzeQuestions([question('q', of(ru))]).get('q')!.figures!.languages
    expect(languages(29)).to.equal(null)
    expect(languages(30)).to.include({ en: 1, ru: 1 })
  })

  it('a test has its coefficient from thirty people on; what is not graded is left out', () => {
    const one = (n: number) =>
      question(
        'q1',
        many(n, index => (index % 2 ? 'a' : 'b')),
      )
    const two = (n: number) =>
      question(
        'q2',
        many(n, index => (index % 2 ? 'a' : 'c')),
      )
    expect(analyzeTests([one(29), two(29)]).size).to.equal(0)
    const rating: Asked = { id: 'r', type: 'rating', content: { scale: 3 }, answers: many(30, () => '3') }
    const test = analyzeTests([one(30), two(30), rating]).get('T 1.0')!
    expect(test).to.include({ people: 30, mean: 0.5, same: true, alpha: 1, error: 0 })
    expect(analyzeQuestions([rating]).size).to.equal(0)
  })
})

describe('analyzing: flags', () => {
  const figures = { difficulty: 0.6, discrimination: 0.4, upperLower: 0.4, options: null, languages: null }
  it('a good question has none; each fault raises its own', () => {
    expect(flagsOf(figures)).to.deep.equal([])
    expect(flagsOf({ ...figures, discrimination: -0.1 })).to.deep.equal(['backward'])
    for (const discrimination of [-0.09, 0.1]) expect(flagsOf({ ...figures, discrimination })).to.deep.equal(['weak'])
    expect(flagsOf({ ...figures, difficulty: 0.3 })).to.deep.equal(['hard'])
    expect(flagsOf({ ...figures, difficulty: 0.95, discrimination: 0.01 })).to.deep.equal(['easy'])
  })

  it('options: a wrong one that the best prefer, and one that nobody takes', () => {
    const chosen = (ids: string) => [...ids].map((id, index) => ({ value: [id], total: 100 - index }))
    const options = optionCounts(OPTIONS, chosen('bbbbaaaaaaaaaaaa'))
    expect(options!.map(each => [each.id, each.chosen, each.upper])).to.deep.equal([
      ['a', 12, 0],
      ['b', 4, 1],
      ['c', 0, 0],
    ])
    expect(flagsOf({ ...figures, options })).to.deep.equal(['key', 'unused'])
    expect(optionCounts({ answers: [] }, [])).to.equal(null)
  })

  it('translation: the languages differ for sure, and by more than the rest of the test', () => {
    const group = (language: string, right: number, rest: number) =>
      Array.from({ length: 50 }, (_, n) => ({ share: n < right ? 1 : 0, rest, language }))
    const alarm = (right: number, rest: number) =>
      isAlarm(languageDifference([...group('en', 40, 0.7), ...group('ru', right, rest)])!)
    expect(alarm(20, 0.7)).to.equal(true)
    expect(alarm(36, 0.7), 'it may be chance').to.equal(false)
    expect(alarm(20, 0.3), 'the group is weaker in everything').to.equal(false)
  })
})

describe('analyzing: gain', () => {
  const pairs = [
    [0.4, 0.6],
    [0.5, 0.7],
    [0.6, 0.9],
    [0.5, 0.6],
    [0.5, 0.7],
  ].map(([before, after]) => ({ before: before!, after: after! }))

  it('five people, by hand', () => {
    // Differences 0.2, 0.2, 0.3, 0.1, 0.2: mean 0.2, deviation 0.070711, error 0.031623, t of 4 is 2.776: 0.08778.
    const gain = gainOf(pairs)!
    expect(gain).to.include({ people: 5 })
    for (const [name, value] of [
      ['before', 0.5],
      ['after', 0.7],
      ['gain', 0.2],
      ['normalized', 0.4],
    ] as const)
      expect(gain[name]).to.be.closeTo(value, 1e-9)
    expect(gain.from).to.be.closeTo(0.2 - 0.08778, 3e-4)
    expect(gain.to).to.be.closeTo(0.2 + 0.08778, 3e-4)
  })

  it('t as the tables have it', () => {
    for (const [degrees, t] of [
      [4, 2.776],
      [9, 2.262],
      [29, 2.045],
      [1000, 1.962],
    ] as const)
      expect(tOf(degrees)).to.be.closeTo(t, 0.01)
  })

  it('nothing of four people, and nothing new of a sixth', () => {
    expect(gainOf(pairs.slice(1))).to.equal(null)
    expect(gainOf([...pairs, { before: 0, after: 1 }])).to.deep.equal(gainOf(pairs))
  })
})
