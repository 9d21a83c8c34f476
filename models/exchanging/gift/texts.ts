import { type Piece, trimmed, unescaped } from './pieces.ts'
import { FORMATS, type Format, type GiftText } from './question.ts'

/** What cannot be understood in a GIFT file; `key` names the reason among the remarks. */
export class GiftFault extends Error {
  at: Piece
  key: string
  data: Record<string, string | number>
  constructor(at: Piece, key: string, data: Record<string, string | number> = {}) {
    super(key)
    this.at = at
    this.key = key
    this.data = data
  }
}

/** A text with the format it names before itself in square brackets, else `format`. */
export function textOf(piece: Piece, format: Format): GiftText {
  const inner = trimmed(piece)
  const named = /^\[(\w+)\]/.exec(inner.text)
  const own = FORMATS.find(each => each === named?.[1])
  const text = own ? inner.text.slice(named![0].length) : inner.text
  // A line broken in the file is a space; one that is meant is written \n.
  return { ...inner, text: unescaped(text.replace(/[ \t]*\n\s*/g, ' ')).trim(), format: own ?? format }
}

/** A text, or null where nothing is written. */
export const filled = (text: GiftText): GiftText | null => (text.text ? text : null)
