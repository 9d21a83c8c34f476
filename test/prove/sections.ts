/** The document with the section of the same heading replaced, or the section at its end. @param text begins with its heading */
export function withSection(document: string, text: string): string {
  const head = text.slice(0, text.indexOf('\n') + 1)
  const [before, after] = document.split(head)
  if (after === undefined) return `${document.trimEnd()}\n\n${text}`
  const rest = sectionsOf(after)
  return `${before!.trimEnd()}\n\n${text.trimEnd()}\n${rest && `\n${rest}`}`
}

/** What follows the first part of a document: its sections, each with its heading. */
export function sectionsOf(document: string): string {
  const at = document.search(/^## /m)
  return at < 0 ? '' : document.slice(at)
}
