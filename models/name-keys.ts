import { foldedName } from './names.ts'

/**
 * Names as they meet: the same person types "Айгерим Садыкова" in one meeting and "SADYKOVA Aigerim (KZ)" in the next.
 * A key is good for comparing and for nothing else.
 */

const LETTERS: Record<string, string> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'i', к: 'k', л: 'l' },
  ...{ м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'ts', ч: 'ch', ш: 'sh' },
  ...{ щ: 'sh', ъ: '', ы: 'i', ь: '', э: 'e', ю: 'iu', я: 'ia' },
  // Kazakh, Kyrgyz, Tajik, Uzbek and Azerbaijani letters.
  ...{ ә: 'a', ғ: 'g', қ: 'k', ң: 'n', ө: 'o', ұ: 'u', ү: 'u', һ: 'h', і: 'i', ӣ: 'i', ӯ: 'u', ҳ: 'h', ҷ: 'j', ў: 'u' },
  ...{ ҹ: 'j', ҝ: 'g', ј: 'i', ə: 'a', ø: 'o', ł: 'l', đ: 'd', ß: 'ss', æ: 'ae' },
}

// Ways of writing one sound that passports of the region mix.
const ALIKE: [RegExp, string][] = [
  [/kh/g, 'h'],
  [/x/g, 'ks'],
  [/dzh|dj|zh/g, 'j'],
  [/shch|sch/g, 'sh'],
  [/ya|ja|ia/g, 'ia'],
  [/yu|ju|iu/g, 'iu'],
  [/ye|je|ie/g, 'e'],
  [/yo|jo|io/g, 'e'],
  [/tz/g, 'ts'],
  [/ph/g, 'f'],
  [/w/g, 'v'],
  [/q/g, 'k'],
  [/c(?!h)/g, 'k'],
  [/y/g, 'i'],
  [/(.)\1+/g, '$1'],
]

/** The key of a name: folded, in Latin letters, its words in alphabetical order, without what stands in brackets. */
export function nameKey(name: string): string {
  const plain = foldedName(name.replace(/[([{][^)\]}]*[)\]}]/g, ' '))
  const latin = [...plain].map(letter => LETTERS[letter] ?? letter).join('')
  const words = latin.split(' ').filter(Boolean).map(alike)
  return words.toSorted().join(' ')
}

const alike = (word: string) => ALIKE.reduce((text, [pattern, sound]) => text.replace(pattern, sound), word)
