import type { Place } from '../remark.ts'

/** A stretch of a GIFT file, escapes and all, and where it begins. */
export type Piece = Place & { text: string }

/** Signs that mean something unless a backslash stands before them. */
const ESCAPED = /\\([\\:#={}~n])/g

/** Text with its escapes resolved: `\=` is a sign, `\n` a new line. */
export const unescaped = (text: string): string =>
  text.replace(ESCAPED, (_, sign: string) => (sign === 'n' ? '\n' : sign))

/** The reverse of `unescaped`. */
export const escaped = (text: string): string => text.replace(/[\\:#={}~]/g, sign => `\\${sign}`).replace(/\n/g, '\\n')

/** Where `sign` stands without a backslash before it, from `from` on; -1 for nowhere. */
export function indexOfSign(text: string, sign: string, from = 0): number {
  for (let at = from; at <= text.length - sign.length; at++) {
    if (text.startsWith(sign, at)) return at
    if (text[at] === '\\') at++
  }
  return -1
}

/** A piece cut in two; what lies between `at` and `at + length` falls away. */
export function cut(piece: Piece, at: number, length: number): [Piece, Piece] {
  const before = piece.text.slice(0, at)
  return [
    { ...piece, text: before },
    { ...piece, text: piece.text.slice(at + length), line: piece.line + linesIn(piece.text.slice(0, at + length)) },
  ]
}

/** What stands before the first `sign` and after it; the second is null where there is none. */
export function cutAt(piece: Piece, sign: string): [Piece, Piece | null] {
  const at = indexOfSign(piece.text, sign)
  return at < 0 ? [piece, null] : cut(piece, at, sign.length)
}

/** What each of several signs leads in, in their order, and what stands before the first of them. */
export function ledBy(piece: Piece, signs: string): { before: Piece; parts: { sign: string; piece: Piece }[] } {
  const ends = [...signsIn(piece.text, signs), piece.text.length]
  let line = piece.line
  const parts = ends.map((end, index) => {
    const text = piece.text.slice(index ? ends[index - 1]! : 0, end)
    const own = { ...piece, text: index ? text.slice(1) : text, line }
    line += linesIn(text)
    return { sign: text[0] ?? '', piece: trimmed(own) }
  })
  return { before: parts[0]!.piece, parts: parts.slice(1) }
}

function signsIn(text: string, signs: string): number[] {
  const found: number[] = []
  for (let at = 0; at < text.length; at++)
    if (text[at] === '\\') at++
    else if (signs.includes(text[at]!)) found.push(at)
  return found
}

/** Without the spaces and lines around it. */
export function trimmed(piece: Piece): Piece {
  const text = piece.text.trimStart()
  const skipped = piece.text.slice(0, piece.text.length - text.length)
  return { ...piece, text: text.trimEnd(), line: piece.line + linesIn(skipped) }
}

const linesIn = (text: string) => text.split('\n').length - 1
