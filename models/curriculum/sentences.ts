import { CITED } from './outline.ts'

// After these a full stop does not end a sentence: "Art. 1", "ст. 33", "п. 2", "№", "г. Баку", "т. е.".
const abbreviations = new Set(
  (
    'art arts no nos para paras p pp sec ch vol fig e.g i.e etc cf vs dr mr mrs ms st u.s u.n ' +
    'ст п пп ч гл г гг в вв т д е к н э др пр см стр с им абз подп напр рис табл тыс млн млрд ок прим ср'
  ).split(' '),
)

/** A sentence and where it begins in its text. */
export type Sentence = { text: string; at: number }

/** Sentences of running text in English or Russian; citations after the full stop belong to the sentence before. */
export function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = []
  let at = 0
  for (const end of text.matchAll(endOfSentence)) {
    const next = end.index + end[0].length
    if (isAbbreviation(text.slice(at, end.index), end[0]) || /^\s*\p{Ll}/u.test(text.slice(next))) continue
    sentences.push({ text: text.slice(at, next), at })
    at = next
  }
  if (text.slice(at).trim()) sentences.push({ text: text.slice(at), at })
  return sentences
}

const endOfSentence = new RegExp(`[.!?…]+[»"”’)]*(?:\\s*${CITED})*(?=\\s|$)`, 'gu')

function isAbbreviation(before: string, end: string) {
  if (end[0] !== '.') return false
  const word = /[\p{L}.]+$/u.exec(before)?.[0] ?? ''
  return abbreviations.has(word.toLowerCase()) || /^\p{Lu}$/u.test(word)
}
