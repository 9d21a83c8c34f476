/**
 * Takes comments and needless white space out of a style sheet. Strings and url(…) stay as they are, and so does the space
 * around + and - in calc(), which has meaning.
 */
export function minifyCss(css: string): string {
  return css.replace(pieces, (piece, comment, kept) => (comment ? ' ' : (kept ?? squeeze(piece)))).trim()
}

const pieces = /(\/\*.*?\*\/)|("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^"')]*\))|(?:(?!\/\*|["']|url\().)+/gs

function squeeze(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;}/g, '}')
}
