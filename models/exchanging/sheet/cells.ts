const FORMULA = /^'*[=+\-@\t\r\n]/

/** A text as it stands in a cell: what a program could take for a formula gets an apostrophe before it. */
export const inCell = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

/** The text of a cell as it was before `inCell`. */
export const fromCell = (text: string): string =>
  text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text
