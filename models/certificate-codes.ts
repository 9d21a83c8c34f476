import { randomInt } from 'node:crypto'

/*
 * A certificate code is what a stranger types from paper, on a Latin or a Cyrillic keyboard. So its characters look like
 * none of the others (no 0 O, 1 I L, 5 S, 8 B, 2 Z, 6 G, U V, P R, C G, E F), and the five letters that have a Cyrillic
 * twin in shape (H K M T X) are understood in both scripts. Nineteen characters, a prime: the check character then finds
 * every single wrong character and every pair of neighbors changed round.
 */
const ALPHABET = '23479DFGHJKMNQRTVWX'
const PREFIX = 'RTCM'
const RANDOM_LENGTH = 19
const SHAPE = new RegExp(`^${PREFIX}(-[${ALPHABET}]{4}){5}$`)

/** What a typed character is read as: Cyrillic letters by their shape, characters left out of the alphabet by their twin. */
const READ_AS: Record<string, string> = {
  К: 'K',
  М: 'M',
  Н: 'H',
  Т: 'T',
  Х: 'X',
  Ј: 'J',
  Ԛ: 'Q',
  Ԝ: 'W',
  З: '3',
  Ч: '4',
  С: 'C',
  Р: 'P',
  Z: '2',
  6: 'G',
  U: 'V',
}

/** A new code, `RTCM-XXXX-XXXX-XXXX-XXXX-XXXX`: 80.7 bits from the system's secure source and a check character. */
export function newCertificateCode(): string {
  const random = Array.from({ length: RANDOM_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')
  return grouped(random + checkOf(random))
}

/**
 * What someone typed, brought to the written form: any case, spaces and dashes of any kind or none, with or without
 * `RTCM`, Cyrillic look-alikes, digits of Arabic script. Never throws: what cannot be a code stays one that
 * `isWellFormed` refuses.
 */
export function normalizeCode(typed: string): string {
  const characters = [...typed.slice(0, 200).normalize('NFKC').toUpperCase()].map(readCharacter).join('')
  return grouped(characters.replace(/^[RP]TCM/, ''))
}

/** Whether `code` is in the written form and its check character fits: a typing slip is told without asking the database. */
export function isWellFormed(code: string): boolean {
  if (!SHAPE.test(code)) return false
  const characters = code.slice(PREFIX.length).replaceAll('-', '')
  return checkOf(characters.slice(0, RANDOM_LENGTH)) === characters.charAt(RANDOM_LENGTH)
}

function readCharacter(character: string) {
  const digit = '٠١٢٣٤٥٦٧٨٩'.indexOf(character) + '۰۱۲۳۴۵۶۷۸۹'.indexOf(character) + 1
  const read = digit >= 0 ? String(digit) : character
  return READ_AS[read] ?? (/[\p{L}\p{N}]/u.test(read) ? read : '')
}

function grouped(characters: string) {
  return [PREFIX, ...(characters.match(/.{1,4}/gu) ?? [])].join('-')
}

/** ISO 7064's pure system with modulus 19 and radix 2 (2 generates all residues of 19, so each place has its own weight). */
function checkOf(characters: string) {
  const size = ALPHABET.length
  const sum = [...characters].reduce((total, character) => ((total + ALPHABET.indexOf(character)) * 2) % size, 0)
  return ALPHABET.charAt((size - sum) % size)
}
