import { expect } from 'chai'
import fc from 'fast-check'
import { checkRead } from '../../models/exchanging/checking.ts'
import { readGift } from '../../models/exchanging/gift/reading.ts'
import { giftOf, IN_GIFT, isInGift, lostInGift } from '../../models/exchanging/gift/writing.ts'
import { ITEM_TYPES } from '../../models/items/kind.ts'
import { aFiled, FILED, KNOWN, STANDING, TERMS } from '../support/exchanging.ts'

/** Both files as one: here every language says the same. */
const both = (text: string, second = text) => readGift(text, second, TERMS)
const told = (text: string, second?: string) =>
  both(text, second).remarks.map(({ line, weight, key }) => `${line} ${weight} ${key}`)
const only = (text: string) => {
  const { drafts } = both(text)
  expect(drafts).to.have.length(1)
  return drafts[0]!.item as Record<string, unknown>
}
const en = (value: unknown) => (value as { en: string }).en
const options = (text: string) =>
  (only(text).options as { text: object; right: boolean; feedback: object }[]).map(
    each => `${each.right ? '+' : '-'}${en(each.text)}|${en(each.feedback)}`,
  )

/** Constructs of the public format description that become a question, or a part of one. */
const CARRIED: [string, () => unknown, unknown][] = [
  ['one right among several', () => options('Q{=a ~b ~c}'), ['+a|Right.', '-b|Not right.', '-c|Not right.']],
  [
    'an answer each on a line',
    () => options('Q{\n\t~a\n\t=b\n\t~c\n}'),
    ['-a|Not right.', '+b|Right.', '-c|Not right.'],
  ],
  ['feedback on an answer', () => options('Q{=a#yes ~b#no ~c}'), ['+a|yes', '-b|no', '-c|Not right.']],
  ['general feedback', () => options('Q{=a ~b#no ~c####why}'), ['+a|why', '-b|no', '-c|why']],
  ['true', () => options('Q{T}'), ['+True|Right.', '-False|Not right.']],
  ['false in full', () => options('Q{FALSE}'), ['-True|Not right.', '+False|Right.']],
  ['feedback on true and false', () => options('Q{TRUE#wrong#right}'), ['+True|right', '-False|wrong']],
  [
    'several right by percentages',
    () => [only('Q{~%50%a ~%50%b ~%-50%c}').type, ...options('Q{~%50%a ~%50%b ~%-50%c}')],
    ['multiple', '+a|Right.', '+b|Right.', '-c|Not right.'],
  ],
  ['thirds', () => only('Q{~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-33.33333%d}').type, 'multiple'],
  ['one of a hundred percent', () => only('Q{~%100%a ~b ~c}').type, 'single'],
  [
    'missing word',
    () => en(only('Grant is {~buried =entombed ~living} in his tomb.').prompt),
    'Grant is _____ in his tomb.',
  ],
  ['short answer', () => only('Q{=a =b}').accepted, { en: ['a', 'b'], ru: ['a', 'b'] }],
  ['short answer without a sign', () => only('Q{four}').accepted, { en: ['four'], ru: ['four'] }],
  ['feedback on a short answer', () => en(only('Q{=a#yes =b}').feedback), 'yes'],
  [
    'matching',
    () =>
      (only('Q{=a -> 1 =b -> 2 =c -> 3}').pairs as { left: object; right: object }[]).map(each => [
        en(each.left),
        en(each.right),
      ]),
    [
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ],
  ],
  ['an answer that matches nothing', () => (only('Q{=a -> 1 =b -> 2 = -> 3}').extra as object[]).map(en), ['3']],
  ['a number', () => only('Q{#3.14}').answer, 3.14],
  ['a number with an error margin', () => only('Q{#1822:5}').tolerance, 5],
  ['a negative number and a power of ten', () => only('Q{#=-1e3:10}').answer, -1000],
  ['a range', () => [only('Q{#0.1..0.3}').answer, only('Q{#0.1..0.3}').tolerance], [0.2, 0.1]],
  ['feedback on a number', () => en(only('Q{#=5:1#yes ~#no}').feedback), 'yes'],
  ['feedback on any other number', () => en(only('Q{#=5:1 ~#no}').feedback), 'no'],
  [
    'an essay whose general feedback guides its marker',
    () => en(only('Q{####Look for sources}').guidance),
    'Look for sources',
  ],
  ['a title that is a code', () => only('::RMC-01-Q77:: Q{T}').code, 'RMC-01-Q77'],
  [
    'an id and tags in a comment',
    () => [only('// [id:RMC-01-Q8] [tag:law] [tag:Two Words]\nQ{T}')].map(({ code, tags }) => [code, tags])[0],
    ['RMC-01-Q8', ['law', 'two-words']],
  ],
  [
    'comments before, between and inside',
    () => options('// one\nQ{\n// two {=x}\n=a\n~b\n~c}\n// three'),
    ['+a|Right.', '-b|Not right.', '-c|Not right.'],
  ],
  [
    'a category that names outcome and difficulty',
    () => [only('$CATEGORY: $course$/RMC-01/RMC-01-LO2/hard\n\nQ{T}')].map(item => [item.outcome, item.difficulty])[0],
    ['RMC-01-LO2', 'hard'],
  ],
  ['a category right above its question', () => only('$CATEGORY: RMC-01-LO2\nQ{T}').outcome, 'RMC-01-LO2'],
  ['escapes', () => en(only('1 \\= 1 \\{\\} \\# \\~ \\: \\\\ a\\nb{T}').prompt), '1 = 1 {} # ~ : \\ a\nb'],
  ['signs that need no escape in a question', () => en(only('At 10:30, 1 = 1?{T}').prompt), 'At 10:30, 1 = 1?'],
  ['a question on several lines', () => en(only('One\n  two{T}').prompt), 'One two'],
  ['HTML that is only lines', () => en(only('[html]<p>One</p><p>two &amp; three</p>{T}').prompt), 'One\ntwo & three'],
  ['plain text', () => en(only('[plain]a <b> c{T}').prompt), 'a <b> c'],
  ['the usual format, named', () => en(only('[moodle]a{T}').prompt), 'a'],
  ['brackets that are no format', () => en(only('[3, 4] is what?{T}').prompt), '[3, 4] is what?'],
  ['lines that end as on Windows, and a mark at the start', () => both('\ufeffA{T}\r\n\r\nB{F}\r\n').drafts.length, 2],
]

/** Constructs that are told of: what the bank cannot carry, and what is not GIFT. */
const TOLD: [string, string, string[]][] = [
  ['a description', 'Just a text.', ['1 left description']],
  ['an essay that does not guide its marker', 'Q{}', ['1 left essay']],
  ['general feedback of an essay', 'Q{####x}', ['1 note guidance']],
  ['several right answers of which one is chosen', 'Q{=a =b ~c}', ['1 left severalRight']],
  ['no right answer', 'Q{~a ~b ~c}', ['1 left nothingRight']],
  ['two options', 'Q{=a ~b}', ['1 left problem.options']],
  ['two pairs with one answer', 'Q{=a -> 1 =b -> 1}', ['1 left problem.pairs']],
  ['part of the points beside the right answer', 'Q{\n=a#x\n~%50%b#x\n~c#x}', ['3 note partial']],
  ['points taken away', 'Q{\n=a#x\n~%-50%b#x\n~c#x}', ['3 note partial']],
  ['shares that differ', 'Q{~%70%a#x ~%30%b#x ~c#x}', ['1 note weights']],
  ['a short answer for part of the points', 'Q{\n=a#x\n=%50%b}', ['3 note partial', '3 note partial']],
  ['several numbers', 'Q{#=1:0 =2:0}', ['1 left numbers']],
  ['any number', 'Q{#=*}', ['1 left numbers']],
  ['a number for part of the points', 'Q{#\n=1:0#x\n=%50%1:5}', ['3 note partial']],
  ['no feedback', 'Q{=a ~b ~c}', ['1 note noFeedback']],
  ['markdown', '[markdown]*a*{T#x#y}', ['1 note markdown', '1 note markdown']],
  ['markup', '[html]<b>a</b>{T#x#y}', ['1 note formatting', '1 note formatting']],
  ['markup in the usual format', 'a <i>b</i>{T#x#y}', ['1 note formatting', '1 note formatting']],
  ['a picture', '[html]<p>a<img src\\="x.png"></p>{T#x#y}', ['1 note picture', '1 note picture']],
  ['a category that is none of ours', '$CATEGORY: mine\n\nQ{T#x#y}\n\nP{T#x#y}', ['3 note category']],
  ['a title that is no code', '::Grant::Q{T#x#y}', ['1 note title']],
  ['an id that is no code', '// [id:16]\nQ{T#x#y}', ['2 note id']],
  ['a tag in Cyrillic', '// [tag:право]\nQ{T#x#y}', ['2 note tag']],
  ['braces that do not close', 'P{T#x#y}\n\nQ{=a ~b', ['3 fault giftBraces', '3 fault giftBraces']],
  [
    'an empty line inside',
    'Q{=a\n\n~b}',
    ['1 fault giftBraces', '3 fault giftBraces', '1 fault giftBraces', '3 fault giftBraces'],
  ],
  ['a brace that was not opened', 'Q } a', ['1 fault giftBraces', '1 fault giftBraces']],
  ['braces in braces', 'Q{=a {b} ~c}', ['1 fault giftBraces', '1 fault giftBraces']],
  ['two groups of answers', 'Q{=a ~b} and {=c ~d}', ['1 fault giftTwice', '1 fault giftTwice']],
  ['a title that does not end', '::Grant Q{T}', ['1 fault giftTitle', '1 fault giftTitle']],
  ['an empty answer', 'Q{=a ~}', ['1 fault giftEmpty', '1 fault giftEmpty']],
  ['one answer of several', 'Q{~a}', ['1 fault giftFew', '1 fault giftFew']],
  ['words before the first answer', 'Q{x ~a ~b}', ['1 fault giftBefore', '1 fault giftBefore']],
  ['a share over a hundred percent', 'Q{\n~%150%a\n~b}', ['2 fault giftWeight', '2 fault giftWeight']],
  ['a share that is no number', 'Q{~%half%a ~b}', ['1 fault giftWeight', '1 fault giftWeight']],
  ['words where a number stands', 'Q{#many}', ['1 fault giftNumber', '1 fault giftNumber']],
  ['a number with a comma', 'Q{#3,5}', ['1 fault giftNumber', '1 fault giftNumber']],
  ['no number', 'Q{#}', ['1 fault giftNoNumber', '1 fault giftNoNumber']],
  ['a pair without an arrow', 'Q{=a -> 1\n=b}', ['2 fault giftPair', '2 fault giftPair']],
]

describe('GIFT', () => {
  for (const [construct, read, expected] of CARRIED)
    it(`carries ${construct}`, () => expect(read()).to.deep.equal(expected))

  for (const [construct, text, expected] of TOLD)
    it(`tells of ${construct}`, () => expect(told(text)).to.deep.equal(expected))

  it('one language is read, and the missing one is named', () => {
    const { drafts, remarks } = readGift('Q{=a ~b ~c}', null, TERMS)
    expect(drafts[0]!.item.prompt).to.deep.equal({ en: 'Q' })
    expect(remarks.map(({ key }) => key)).to.include('noRussian')
    expect(readGift('Q{T}', null, { ...TERMS, language: 'ru' }).remarks.map(({ key }) => key)).to.include('noEnglish')
  })

  it('two files are matched by title, else by order', () => {
    const [first, second] = ['::A::One{T#x#y}\n\n::B::Two{F#x#y}', '::B::Два{F#х#у}\n\n::A::Один{T#х#у}']
    expect(both(first, second).drafts.map(({ item }) => item.prompt)).to.deep.equal([
      { en: 'One', ru: 'Один' },
      { en: 'Two', ru: 'Два' },
    ])
    const plain = both('One{T#x#y}\n\nTwo{F#x#y}', 'Один{T#х#у}\n\nДва{F#х#у}')
    expect(plain.drafts.map(({ item }) => item.prompt)).to.deep.equal([
      { en: 'One', ru: 'Один' },
      { en: 'Two', ru: 'Два' },
    ])
  })

  it('versions with other answers, or without a partner, are faults in the file they stand in', () => {
    const { drafts, remarks } = both(
      'One{T#x#y}\n\nTwo{F#x#y}\n\nFour{T}\n\nFive{=a -> 1 =b -> 2}',
      'Один{F#х#у}\n\nДва{F#х#у}\n\nЧетыре{=а -> 1 =б -> 2}\n\nПять{=а}\n\nШесть{T}',
    )
    expect(remarks.map(({ line, second, key }) => [line, second ?? false, key])).to.deep.equal([
      [9, true, 'noPartner'],
      [1, true, 'otherAnswers'],
      [5, true, 'otherAnswers'],
      [7, true, 'otherAnswers'],
    ])
    expect(drafts.map(({ item }) => item.prompt)).to.deep.equal([{ en: 'Two', ru: 'Два' }])
  })

  for (const type of IN_GIFT)
    it(`what is written is read back: ${type}`, () => {
      fc.assert(
        fc.property(aFiled(type), item => {
          if (!isInGift(item)) return
          const { drafts, remarks } = both(giftOf([item], 'en'), giftOf([item], 'ru'))
          const { items } = checkRead({ drafts, remarks }, KNOWN)
          const lost = lostInGift(item, STANDING)
          const without = (fields: object) =>
            Object.fromEntries(
              Object.entries(fields).filter(([field, value]) => ![...lost, ...EMPTY(value)].includes(field)),
            )
          expect(items.map(each => relettered(without(each.item)))).to.deep.equal([relettered(without(item))])
        }),
        { numRuns: 60 },
      )
    })

  it('says which types and which fields it has no place for', () => {
    expect(FILED.filter(item => !isInGift(item)).map(({ type }) => type)).to.have.members(
      ITEM_TYPES.filter(type => ['picture', 'ordering', 'cloze', 'scenario', 'rating'].includes(type)),
    )
    expect(lostInGift({ ...FILED[0]!, points: 3, sources: ['law-1951'] }, STANDING)).to.deep.equal([
      'points',
      'sources',
    ])
  })

  it('five thousand questions and a hostile line are read, none of them for ever', () => {
    const many = Array.from(
      { length: 5000 },
      (_, n) => `::Q${n}::What is ${n}?{\n=right#yes\n~wrong#no\n~other#no\n}`,
    ).join('\n\n')
    expect(both(many).drafts).to.have.length(5000)
    for (const line of [
      `Q{${'~a '.repeat(100_000)}`,
      `Q{${'='.repeat(100_000)}}`,
      `Q{${'\\'.repeat(100_001)}}`,
      '::'.repeat(100_000),
    ])
      both(line)
  })
})

/** Optional fields that are left empty say nothing. */
const EMPTY = (value: unknown) => (Array.isArray(value) && !value.length ? ['tags'] : value === 1 ? ['points'] : [])

/** GIFT has no letters of options. */
const relettered = (item: Record<string, unknown>) => ({
  ...item,
  ...(Array.isArray(item.options) ? { options: item.options.map((each, index) => ({ ...each, id: index })) } : {}),
})
