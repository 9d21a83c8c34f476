/**
 * A short text as it is compared: what two people would call the same answer becomes the same. Case, spaces, quotes and
 * the full stop at the end do not matter; nor do dashes of any length, `ё` for `е`, diacritics of Latin letters, the
 * dotless and the dotted i, vowel signs and the two forms of yeh and kaf in Arabic script. Letters of the Cyrillic
 * alphabets that are letters of their own (й, і, қ, ҳ …) stay different.
 */
export function spelled(text: string): string {
  return [...text.normalize('NFC')]
    .map(letter => (/\p{Script=Latin}/u.test(letter) ? latin(letter) : letter))
    .join('')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\u064b-\u065f\u0670\u0640]/g, '')
    .replace(/[\u0649\u06cc]/g, '\u064a')
    .replaceAll('\u06a9', '\u0643')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/["'\u00ab\u00bb\u2018-\u201f\u02bc`\u00b4]/g, '')
    .replace(/[\s\u00a0]*-[\s\u00a0]*/g, '-')
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/^[\s.,;:!?]+|[\s.,;:!?]+$/g, '')
}

const latin = (letter: string) =>
  letter === '\u0131' ? 'i' : letter.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC').replace('\u00df', 'ss')
