import { parsedAnswers } from './answers.ts'
import type { Block } from './blocks.ts'
import { cut, cutAt, indexOfSign, type Piece, trimmed, unescaped } from './pieces.ts'
import type { GiftQuestion } from './question.ts'
import { filled, GiftFault, textOf } from './texts.ts'

/** What stands where the answers were taken out of a sentence: Moodle's line to write on. */
const BLANK = '_____'

/**
 * A question of a GIFT file, read as the public description of the format says.
 * @throws GiftFault
 */
export function parsedBlock({ piece, category, id, tags }: Block): GiftQuestion {
  const { title, rest } = titled(trimmed(piece))
  const { before, inside, after } = answersIn(rest)
  const sentence = after.text ? `${before.text}${BLANK}${after.text}` : before.text
  const stem = textOf({ ...before, text: sentence }, 'moodle')
  const common = { at: trimmed(piece), title, id, tags, category, stem }
  if (!inside) return { ...common, general: null, kind: 'description' }
  const [answers, general] = cutAtLast(inside, '####')
  return {
    ...common,
    general: general && filled(textOf(general, stem.format)),
    ...parsedAnswers(trimmed(answers), stem.format),
  }
}

function titled(piece: Piece): { title: string; rest: Piece } {
  if (!piece.text.startsWith('::')) return { title: '', rest: piece }
  const end = indexOfSign(piece.text, '::', 2)
  if (end < 0) throw new GiftFault(piece, 'giftTitle')
  const [, rest] = cut(piece, end, 2)
  return { title: unescaped(piece.text.slice(2, end)).trim(), rest: trimmed(rest) }
}

function answersIn(piece: Piece): { before: Piece; inside: Piece | null; after: Piece } {
  const [before, opened] = cutAt(piece, '{')
  if (indexOfSign(before.text, '}') >= 0) throw new GiftFault(before, 'giftBraces')
  if (!opened) return { before, inside: null, after: { ...piece, text: '' } }
  const [inside, after] = cutAt(opened, '}')
  if (!after) throw new GiftFault(opened, 'giftBraces')
  if (indexOfSign(inside.text, '{') >= 0) throw new GiftFault(inside, 'giftBraces')
  if (indexOfSign(after.text, '{') >= 0 || indexOfSign(after.text, '}') >= 0) throw new GiftFault(after, 'giftTwice')
  return { before, inside, after: { ...after, text: after.text.trimEnd() } }
}

function cutAtLast(piece: Piece, sign: string): [Piece, Piece | null] {
  let at = -1
  for (let next = indexOfSign(piece.text, sign); next >= 0; next = indexOfSign(piece.text, sign, next + 1)) at = next
  return at < 0 ? [piece, null] : cut(piece, at, sign.length)
}
