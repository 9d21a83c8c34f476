import fc from 'fast-check'
import type { ItemType } from '../../models/items/kind.ts'
import { partsOf } from '../../models/items/kinds.ts'

/** Questions of every type, as the curriculum's check lets them through. */

export type Typed = { type: ItemType; content: Record<string, unknown> }

/** Words in both languages that look different in each and name nothing twice when their numbers differ. */
export const words = (n: number | string, en = 'Text', ru = 'Текст') => ({ en: `${en} ${n}`, ru: `${ru} ${n}` })

const because = words('why', 'Because', 'Потому')
const option = (id: string, right: boolean) => ({ id, text: words(id, 'Option', 'Вариант'), right, feedback: because })
const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f']
/** A picture of one point. */
export const PICTURE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const some = (type: ItemType, content: Record<string, unknown>): Typed => ({ type, content })
const size = fc.integer({ min: 3, max: 6 })
const choice = (type: 'single' | 'picture') =>
  size.chain(n =>
    fc.integer({ min: 0, max: n - 1 }).map(right =>
      some(type, {
        options: LETTERS.slice(0, n).map((id, index) => ({
          ...option(id, index === right),
          ...(type === 'picture' ? { picture: PICTURE } : {}),
        })),
      }),
    ),
  )
const decimal = fc.integer({ min: -1_000_000, max: 1_000_000 }).map(n => n / 100)
const tolerance = fc.integer({ min: 0, max: 500 }).map(n => n / 100)
const unit = fc.option(fc.constant({ en: 'km', ru: 'км' }), { nil: undefined })
const near = fc
  .record({ answer: decimal, tolerance, unit })
  .map(({ unit: in_, ...rest }) => ({ ...rest, ...(in_ ? { unit: in_ } : {}) }))
const accepted = fc.integer({ min: 1, max: 4 }).map(n => ({
  en: Array.from({ length: n }, (_, index) => `Baku ${index}`),
  ru: Array.from({ length: n }, (_, index) => `Ёлка ${index}`),
}))

const gap = fc.oneof(
  fc.integer({ min: 2, max: 5 }).chain(n =>
    fc.integer({ min: 0, max: n - 1 }).map(right => ({
      type: 'choice',
      choices: LETTERS.slice(0, n).map((id, index) => ({ text: words(id), right: index === right })),
    })),
  ),
  accepted.map(texts => ({ type: 'short', accepted: texts })),
  near.map(number => ({ type: 'numeric', ...number })),
)

/** A question of each type, by its type. */
export const ARBITRARY: { [type in ItemType]: fc.Arbitrary<Typed> } = {
  single: choice('single'),
  picture: choice('picture'),
  true_false: fc
    .boolean()
    .map(right => some('true_false', { options: [option('true', right), option('false', !right)] })),
  multiple: size.chain(n =>
    fc
      .subarray(LETTERS.slice(0, n), { minLength: 2, maxLength: n - 1 })
      .map(right => some('multiple', { options: LETTERS.slice(0, n).map(id => option(id, right.includes(id))) })),
  ),
  matching: fc
    .record({ rights: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }), extra: fc.boolean() })
    .map(({ rights, extra }) =>
      some('matching', {
        pairs: [0, ...rights].map((right, n) => ({
          left: words(n, 'Left', 'Слева'),
          right: words(right, 'Right', 'Справа'),
          feedback: because,
        })),
        ...(extra ? { extra: [words('extra', 'Right', 'Справа')] } : {}),
      }),
    ),
  ordering: fc
    .integer({ min: 3, max: 7 })
    .map(n =>
      some('ordering', { steps: Array.from({ length: n }, (_, i) => words(i, 'Step', 'Шаг')), feedback: because }),
    ),
  numeric: near.map(number => some('numeric', { ...number, feedback: because })),
  short: accepted.map(texts => some('short', { accepted: texts, feedback: because })),
  cloze: fc.array(gap, { minLength: 1, maxLength: 4 }).map(gaps =>
    some('cloze', {
      text: {
        en: gaps.map((_, n) => `Before [[g${n}]] after.`).join('\n\n'),
        ru: gaps.map((_, n) => `До [[g${n}]] после.`).join(' '),
      },
      gaps: gaps.map((each, n) => ({ id: `g${n}`, ...each, feedback: because })),
    }),
  ),
  rating: fc
    .integer({ min: 3, max: 10 })
    .map(scale => some('rating', { scale, low: words('low'), high: words('high') })),
  essay: fc.constant(some('essay', { guidance: words('guide') })),
  scenario: fc.constant(null).chain(() =>
    fc
      .array(
        fc.oneof(
          ...(['single', 'multiple', 'matching', 'ordering', 'numeric', 'short', 'cloze'] as const).map(type =>
            fc.constant(null).chain(() => ARBITRARY[type]),
          ),
        ),
        { minLength: 2, maxLength: 4 },
      )
      .map(members =>
        some('scenario', {
          text: words('case', 'A case', 'Случай'),
          questions: members.map(({ type, content }, n) => ({
            id: `p${n}`,
            type,
            prompt: words(n, 'Ask', 'Вопрос'),
            ...content,
          })),
        }),
      ),
  ),
}
export const anItem: fc.Arbitrary<Typed> = fc.oneof(...Object.values(ARBITRARY))
/** Those that the platform grades. */
export const aGraded: fc.Arbitrary<Typed> = fc.oneof(
  ...Object.entries(ARBITRARY).flatMap(([type, each]) => (type === 'essay' || type === 'rating' ? [] : [each])),
)

/** One question of each type that a test may ask, told so that a person can read it. */
export const EXAMPLES: Typed[] = [
  some('single', { options: ['a', 'b', 'c'].map(id => option(id, id === 'b')) }),
  some('multiple', { options: ['a', 'b', 'c', 'd'].map(id => option(id, id === 'b' || id === 'd')) }),
  some('true_false', {
    options: [
      { id: 'true', text: { en: 'True', ru: 'Верно' }, right: false, feedback: because },
      { id: 'false', text: { en: 'False', ru: 'Неверно' }, right: true, feedback: because },
    ],
  }),
  some('picture', { options: ['a', 'b'].map(id => ({ ...option(id, id === 'b'), picture: PICTURE })) }),
  some('matching', {
    pairs: [1, 2, 3].map(n => ({
      left: words(n, 'Term', 'Термин'),
      right: words(n, 'Meaning', 'Значение'),
      feedback: because,
    })),
    extra: [words('of nothing', 'Meaning', 'Значение')],
  }),
  some('ordering', { steps: ['one', 'two', 'three', 'four'].map(n => words(n, 'Step', 'Шаг')), feedback: because }),
  some('numeric', { answer: 12.5, tolerance: 0.5, unit: { en: 'km', ru: 'км' }, feedback: because }),
  some('short', { accepted: { en: ['Geneva'], ru: ['Женева'] }, feedback: because }),
  some('cloze', {
    text: {
      en: 'The Convention was adopted in [[year]] in [[city]] and is about [[whom]].',
      ru: 'Конвенция принята в [[year]] году в городе [[city]] и посвящена [[whom]].',
    },
    gaps: [
      { id: 'year', type: 'numeric', answer: 1951, tolerance: 0, feedback: because },
      { id: 'city', type: 'short', accepted: { en: ['Geneva'], ru: ['Женева', 'Женеве'] }, feedback: because },
      {
        ...{ id: 'whom', type: 'choice', feedback: because },
        choices: [
          { text: { en: 'refugees', ru: 'беженцам' }, right: true },
          { text: { en: 'sailors', ru: 'морякам' }, right: false },
        ],
      },
    ],
  }),
  some('scenario', {
    text: { en: 'A family comes to a border post.\n\nIt is night.', ru: 'Семья приходит на пост.\n\nНочь.' },
    questions: [
      {
        ...{ id: 'who', type: 'single', prompt: words('who', 'Ask', 'Вопрос') },
        options: ['a', 'b', 'c'].map(id => option(id, id === 'c')),
      },
      {
        id: 'many',
        type: 'numeric',
        prompt: words('many', 'Ask', 'Вопрос'),
        answer: 4,
        tolerance: 0,
        feedback: because,
      },
      {
        ...{ id: 'order', type: 'ordering', prompt: words('order', 'Ask', 'Вопрос') },
        steps: ['x', 'y', 'z'].map(n => words(n, 'Act', 'Действие')),
        feedback: because,
      },
    ],
  }),
  some('rating', { scale: 5, low: { en: 'not at all', ru: 'совсем нет' }, high: { en: 'very', ru: 'очень' } }),
]

/** The fields of a form that carry an answer: of an entry `a=1` to question 3 it is `{ 'q3.a': ['1'] }`. */
export function fieldsOf(position: number, item: Typed, value: string[]): Record<string, string[]> {
  const fields: Record<string, string[]> = {}
  for (const entry of value) {
    const part = partsOf(item).find(({ path }) => path && entry.startsWith(`${path}=`))
    const name = part ? `q${position}.${part.path}` : `q${position}`
    fields[name] = [...(fields[name] ?? []), part ? entry.slice(part.path.length + 1) : entry]
  }
  return fields
}
