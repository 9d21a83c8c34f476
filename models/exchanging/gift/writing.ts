import type { Item } from '../../curriculum/bank.ts'
import type { Language, Words } from '../../curriculum/shapes.ts'
import type { ItemType } from '../../items/kind.ts'
import type { Option } from '../../items/options.ts'
import { plainNumber } from '../../items/numeric.ts'
import { escaped } from './pieces.ts'
import type { Standing } from './saying.ts'

/** Types of questions that GIFT has too. */
export const IN_GIFT: ItemType[] = ['single', 'multiple', 'true_false', 'matching', 'short', 'numeric']

/**
 * Questions as a GIFT file in one language. Outcome and difficulty stand in the category, code and tags in a comment, as
 * Moodle reads them. What GIFT has no place for is told by `lostInGift`.
 */
export function giftOf(items: Item[], language: Language): string {
  return items
    .filter(isInGift)
    .map(item => `${blockOf(item, language)}\n`)
    .join('')
}

/** Whether a question can be written as GIFT. A left text with an arrow would end at it: nothing escapes an arrow. */
export const isInGift = (item: Item): boolean =>
  IN_GIFT.includes(item.type) && !pairsOf(item).some(({ left }) => /->/.test(`${left.en} ${left.ru}`))

/** Fields of a question that a GIFT file does not carry, by their names in the own format. */
export function lostInGift(item: Item, { yes, no }: Pick<Standing, 'yes' | 'no'>): string[] {
  const feedback =
    item.type === 'matching' && new Set(pairsOf(item).map(pair => JSON.stringify(pair.feedback))).size > 1
  const own =
    item.type === 'true_false' &&
    (item.options as Option[]).some(({ text }, index) => text.en !== (index ? no : yes).en)
  return [
    ...(own ? ['options'] : []),
    ...((item.points ?? 1) > 1 ? ['points'] : []),
    ...(item.sources.length ? ['sources'] : []),
    ...(item.unit ? ['unit'] : []),
    ...(feedback ? ['feedback'] : []),
  ]
}

function blockOf(item: Item, language: Language): string {
  const { code, outcome, difficulty, tags = [], prompt } = item
  const noted = [`[id:${code}]`, ...tags.map(tag => `[tag:${tag}]`)].join(' ')
  const category = `$CATEGORY: ${outcome.replace(/-LO\d+$/, '')}/${outcome}/${difficulty}`
  return `${category}\n\n// ${noted}\n::${escaped(code)}::[plain]${escaped(prompt[language])}{${answersOf(item, language)}}\n`
}

type Said = (words: Words) => string

function answersOf(item: Item, language: Language): string {
  // A text that begins as a format or a weight would be read as one: its own format before it keeps it as it is.
  const said: Said = words => (/^[[%]/.test(words[language]) ? '[plain]' : '') + escaped(words[language])
  const lines = WRITERS[item.type]!(item, said, language)
  return lines.length > 1 ? `\n${lines.map(line => `\t${line}\n`).join('')}` : lines[0]!
}

const WRITERS: { [type in ItemType]?: (item: Item, said: Said, language: Language) => string[] } = {
  true_false: ({ options }, said) => {
    // The true one stands first.
    const [yes, no] = options as [Option, Option]
    const [right, wrong] = yes.right ? [yes, no] : [no, yes]
    return [`${yes.right ? 'TRUE' : 'FALSE'}#${said(wrong.feedback)}#${said(right.feedback)}`]
  },
  single: ({ options }, said) =>
    (options as Option[]).map(each => `${each.right ? '=' : '~'}${said(each.text)}#${said(each.feedback)}`),
  multiple: ({ options }, said) => {
    const share = percent(100 / (options as Option[]).filter(({ right }) => right).length)
    return (options as Option[]).map(
      each => `~%${each.right ? '' : '-'}${share}%${said(each.text)}#${said(each.feedback)}`,
    )
  },
  matching: (item, said) => [
    ...pairsOf(item).map(({ left, right }) => `=${said(left)} -> ${said(right)}`),
    ...((item.extra ?? []) as Words[]).map(right => `= -> ${said(right)}`),
    `####${said(pairsOf(item)[0]!.feedback)}`,
  ],
  short: ({ accepted, feedback }, said, language) => [
    ...(accepted as Record<Language, string[]>)[language].map(text => `=%100%${said({ en: text, ru: text })}`),
    `####${said(feedback as Words)}`,
  ],
  numeric: ({ answer, tolerance, feedback }, said) => [
    `#=${plainNumber(answer as number)}:${plainNumber(tolerance as number)}`,
    `####${said(feedback as Words)}`,
  ],
}

type Paired = { left: Words; right: Words; feedback: Words }
const pairsOf = (item: Item): Paired[] => (item.type === 'matching' ? (item.pairs as Paired[]) : [])

/** 33.33333, as Moodle writes a third. */
const percent = (value: number) => String(Number(value.toFixed(5)))
