import { keyedHash } from '../lib/secrets.ts'
import { ownLanguage } from './own-languages.ts'

export type Script = 'latin' | 'cyrillic' | 'arabic'

const LETTERS: Record<Script, RegExp> = {
  latin: /\p{Script=Latin}/u,
  cyrillic: /\p{Script=Cyrillic}/u,
  arabic: /\p{Script=Arabic}/u,
}
// What may stand between letters: spaces, hyphens, full stops, and the apostrophes of Uzbek and Irish names.
const BETWEEN = /[\p{M}\s\-‐‑.'’‘ʻʼʹ`\u200c]/u

/**
 * The first character of a name that is not of its script, or undefined: a Cyrillic «с» in a Latin name looks right
 * on a screen and is found by no search. Without `script`, a name may be in any one of the three.
 */
export function strangerIn(name: string, script?: Script): string | undefined {
  const expected = script ?? scriptOf(name)
  return [...name].find(character => {
    if (BETWEEN.test(character)) return false
    return !expected || !LETTERS[expected].test(character)
  })
}

/** The script most letters of a name are of; undefined when it is none of the three. */
export function scriptOf(name: string): Script | undefined {
  const scripts = Object.keys(LETTERS) as Script[]
  const counts = scripts.map(script => [...name].filter(character => LETTERS[script].test(character)).length)
  const most = Math.max(...counts)
  return most > 0 ? scripts[counts.indexOf(most)] : undefined
}

/**
 * How a name runs and which language it is in, for paper and page. `tag` is the language kept with it, if any; a name
 * in Arabic letters without one is Persian unless it has letters of Urdu.
 */
export function writingOf(name: string, tag: string | null = null): { dir: 'ltr' | 'rtl'; lang?: string } {
  if (scriptOf(name) !== 'arabic')
    return { dir: 'ltr', ...(tag && ownLanguage(tag)?.dir === 'ltr' ? { lang: tag } : {}) }
  const known = tag && ownLanguage(tag)?.dir === 'rtl' ? tag : undefined
  return { dir: 'rtl', lang: known ?? (/[ٹڈڑںےہھ]/u.test(name) ? 'ur' : 'fa') }
}

/**
 * A name as two people type it alike: without case, marks, apostrophes, and with one kind of space and hyphen.
 * «Әsel Qasım-zadə» and «әsel  qasim zadə» are the same.
 */
export function foldedName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}|['’‘ʻʼʹ`]/gu, '')
    .replaceAll('ı', 'i')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** What stays of a certificate's name after erasure: told only by typing the name on the paper. `key` is 32 bytes. */
export const nameHash = (key: Buffer, code: string, name: string): string =>
  keyedHash(key, `certificate ${code} ${foldedName(name)}`)
