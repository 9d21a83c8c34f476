const FORMULA = /^'*[=+\-@\t\r\n]/

/** A text as it stands in a cell: what a program could take for a formula gets an apostrophe before it. */
export const inCell = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

/** The text of a cell as it was before `inCell`. */
export const fromCell = (text: string): string =>
  text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text

/** A spreadsheet program takes so many characters in a cell. */
export const MOST_IN_CELL = 32_000

/** What a cell says, as a text: also a number that a spreadsheet program made of it, and an answer made a truth value. */
export const said = (cell: unknown): string =>
  (cell === null || cell === undefined ? '' : String(cell)).replace(/\r\n?/g, '\n')
