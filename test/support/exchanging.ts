import fc from 'fast-check'
import type { Item } from '../../models/curriculum/bank.ts'
import { itemShape } from '../../models/curriculum/bank.ts'
import { checkLetters } from '../../models/curriculum/checking/letters.ts'
import type { Referable } from '../../models/exchanging/checking.ts'
import type { GiftTerms } from '../../models/exchanging/gift/reading.ts'
import type { Standing } from '../../models/exchanging/gift/saying.ts'
import type { ItemType } from '../../models/items/kind.ts'
import { ARBITRARY, EXAMPLES, words } from './items.ts'

/** Words that stand where a GIFT file has none. */
export const STANDING: Standing = {
  right: { en: 'Right.', ru: 'Верно.' },
  wrong: { en: 'Not right.', ru: 'Неверно.' },
  compare: { en: 'Compare.', ru: 'Сравните.' },
  yes: { en: 'True', ru: 'Верно' },
  no: { en: 'False', ru: 'Неверно' },
}
export const TERMS: GiftTerms = { language: 'en', outcome: 'RMC-01-LO1', difficulty: 'easy', standing: STANDING }
export const KNOWN: Referable = { outcomes: { 'RMC-01': ['RMC-01-LO1', 'RMC-01-LO2'] }, sources: ['law-1951', 'b.2'] }

/** A whole question of the bank in the order of its shape. */
export function filed(fields: Record<string, unknown>): Item {
  const raw = {
    ...{ code: 'RMC-01-Q01', outcome: 'RMC-01-LO1', difficulty: 'easy', prompt: words('?', 'Which', 'Какой') },
    ...fields,
    sources: fields.sources ?? [],
  }
  return itemShape(raw).parse(raw) as Item
}

/** One question of each type that a test may ask. */
export const FILED: Item[] = EXAMPLES.map(({ type, content }, index) =>
  filed({ code: `RMC-01-Q${index + 1}`, type, ...content }),
)

/** A text as people and programs may write it: signs of every format, quotes, lines, both alphabets. */
export const aText: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      ...[
        'a',
        'Б',
        ' ',
        '  ',
        '\n',
        "'",
        '"',
        '=',
        '~',
        '#',
        '{',
        '}',
        ':',
        '\\',
        '\\n',
        '%50%',
        '->',
        '[html]',
        '[',
        ']',
      ],
      ...[
        '-',
        '- ',
        '+',
        '@',
        ',',
        ';',
        '\t',
        '&',
        '*',
        '!',
        '|',
        '>',
        '<b>',
        '?',
        '//',
        '::',
        '####',
        '$CATEGORY:',
        '1',
        'yes',
        '🙂',
        'ё',
      ],
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map(parts => parts.join('').trim())
  .filter(text => text !== '' && !mixesAlphabets(text))

function mixesAlphabets(text: string) {
  let mixed = false
  checkLetters(text, () => {
    mixed = true
  })
  return mixed
}

/** A question of one type with any texts in its prompt. */
export const aFiled = (type: ItemType): fc.Arbitrary<Item> =>
  fc
    .record({
      made: ARBITRARY[type],
      prompt: fc.record({ en: aText, ru: aText }),
      difficulty: fc.constantFrom('easy', 'medium', 'hard'),
      points: fc.constantFrom(undefined, 1, 3),
      tags: fc.constantFrom(undefined, [], ['law'], ['law', 'a.b-1']),
      sources: fc.constantFrom([], ['law-1951', 'b.2']),
    })
    .map(({ made, points, tags, ...fields }) =>
      filed({ ...fields, ...(points ? { points } : {}), ...(tags ? { tags } : {}), type: made.type, ...made.content }),
    )
