import { cut, cutAt, indexOfSign, ledBy, type Piece, trimmed } from './pieces.ts'
import type { Format, GiftAnswer, GiftAnswers, GiftNumber, GiftText } from './question.ts'
import { filled, GiftFault, textOf } from './texts.ts'

/** What stands between the braces, general feedback apart. The order of the questions asked is Moodle's own. @throws GiftFault */
export function parsedAnswers(piece: Piece, format: Format): GiftAnswers {
  if (!piece.text) return { kind: 'essay' }
  if (piece.text.startsWith('#')) return numbers(cut(piece, 0, 1)[1], format)
  if (indexOfSign(piece.text, '~') >= 0) return choice(piece, format)
  if (indexOfSign(piece.text, '=') >= 0 && indexOfSign(piece.text, '->') >= 0) return matching(piece, format)
  return trueOrFalse(piece, format) ?? { kind: 'short', answers: shortAnswers(piece, format) }
}

function choice(piece: Piece, format: Format): GiftAnswers {
  const { before, parts } = ledBy(piece, '~=')
  if (before.text) throw new GiftFault(before, 'giftBefore', { text: before.text.slice(0, 40) })
  if (parts.length < 2) throw new GiftFault(piece, 'giftFew')
  const answers = parts.map(part => answerOf(part.piece, format, part.sign === '=' ? 100 : 0))
  return { kind: 'choice', several: parts.every(({ sign }) => sign === '~'), answers }
}

function shortAnswers(piece: Piece, format: Format): GiftAnswer[] {
  const { before, parts } = ledBy(piece, '=')
  // One answer may stand without its sign.
  const pieces = [...(before.text ? [before] : []), ...parts.map(part => part.piece)]
  return pieces.map(each => answerOf(each, format, 100))
}

function answerOf(piece: Piece, format: Format, weight: number): GiftAnswer {
  const weighed = weighedAs(piece, weight)
  const [text, feedback] = cutAt(weighed.rest, '#')
  const said = textOf(text, format)
  if (!said.text) throw new GiftFault(said, 'giftEmpty')
  return { text: said, weight: weighed.weight, feedback: feedback && filled(textOf(feedback, format)) }
}

function weighedAs(piece: Piece, weight: number): { weight: number; rest: Piece } {
  const percent = /^%([^%\s]*)%/.exec(piece.text)
  if (!percent) return { weight, rest: piece }
  const own = Number(percent[1])
  if (!percent[1] || !(Math.abs(own) <= 100)) throw new GiftFault(piece, 'giftWeight', { weight: percent[0] })
  return { weight: own, rest: trimmed(cut(piece, 0, percent[0].length)[1]) }
}

function trueOrFalse(piece: Piece, format: Format): GiftAnswers | null {
  const [answer, comments] = cutAt(piece, '#')
  if (!/^(T|TRUE|F|FALSE)$/.test(answer.text.trim())) return null
  const [ifWrong, ifRight] = comments ? cutAt(comments, '#') : [null, null]
  const said = (text: Piece | null): GiftText | null => text && filled(textOf(text, format))
  return {
    kind: 'true_false',
    right: answer.text.trim().startsWith('T'),
    ifWrong: said(ifWrong),
    ifRight: said(ifRight),
  }
}

function matching(piece: Piece, format: Format): GiftAnswers {
  const { before, parts } = ledBy(piece, '=')
  if (before.text) throw new GiftFault(before, 'giftBefore', { text: before.text.slice(0, 40) })
  const pairs = parts.map(part => {
    const [left, right] = cutAt(part.piece, '->')
    if (!right) throw new GiftFault(left, 'giftPair', { text: left.text.slice(0, 40) })
    const texts = { left: textOf(left, format), right: textOf(right, 'plain') }
    if (!texts.right.text) throw new GiftFault(left, 'giftPair', { text: left.text.slice(0, 40) })
    return texts
  })
  return { kind: 'matching', pairs }
}

function numbers(piece: Piece, format: Format): GiftAnswers {
  const [right, wrong] = cutAt(piece, '~')
  const { before, parts } = ledBy(right, '=')
  const pieces = [...(before.text ? [before] : []), ...parts.map(part => part.piece)]
  if (!pieces.length) throw new GiftFault(piece, 'giftNoNumber')
  const comment = wrong && cutAt(wrong, '#')[1]
  return {
    kind: 'numeric',
    answers: pieces.map(each => numberOf(each, format)),
    ifWrong: comment && filled(textOf(comment, format)),
  }
}

function numberOf(piece: Piece, format: Format): GiftNumber {
  const { weight, rest } = weighedAs(piece, 100)
  const [written, feedback] = cutAt(rest, '#')
  const common = { at: trimmed(written), weight, feedback: feedback && filled(textOf(feedback, format)) }
  const text = written.text.trim()
  if (text === '*') return { ...common, answer: null, tolerance: 0 }
  const [low, high] = text.split('..')
  if (high !== undefined) {
    const ends = [number(low!, written), number(high, written)] as const
    return { ...common, answer: tidy((ends[0] + ends[1]) / 2), tolerance: tidy(Math.abs(ends[1] - ends[0]) / 2) }
  }
  const [answer, tolerance = '0'] = text.split(':')
  return { ...common, answer: number(answer!, written), tolerance: Math.abs(number(tolerance, written)) }
}

function number(text: string, at: Piece): number {
  const value = text.trim() ? Number(text) : Number.NaN
  if (!Number.isFinite(value)) throw new GiftFault(trimmed(at), 'giftNumber', { text: text.trim().slice(0, 40) })
  return value
}

// The middle of 0.1 and 0.3 is 0.2, not 0.20000000000000001.
const tidy = (value: number) => Number(value.toPrecision(12))
