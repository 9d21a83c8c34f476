/** The paragraphs of a text that a person typed: a line each, without the empty ones. */
export const paragraphsOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(Boolean)
