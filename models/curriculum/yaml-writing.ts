import { Document, isMap, isScalar, isSeq, visit } from 'yaml'

/**
 * Plain values as YAML, always the same for the same values: two spaces, no folded lines, short lists on one line,
 * numbers and dates that are texts in quotes. `heading` is a comment for who reads the file.
 */
export function yamlOf(value: unknown, heading?: string): string {
  const document = new Document(value, { aliasDuplicateObjects: false })
  visit(document, {
    Scalar(key, node) {
      if (key !== 'key' && typeof node.value === 'string' && /^[\d.-]+$/.test(node.value)) node.type = 'QUOTE_DOUBLE'
    },
    Collection(_key, node, above) {
      if (above.length > 1 && (isSeq(node) ? node.items.every(isScalar) : isSmall(node))) node.flow = true
    },
  })
  if (isSeq(document.contents)) spaceOut(document.contents.items, heading)
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

// Entries of a long list stand apart; the heading stands above the first one.
function spaceOut(entries: unknown[], heading?: string) {
  entries.filter(isMap).forEach((entry, index) => {
    if (index) entry.spaceBefore = true
    else if (heading) entry.commentBefore = ` ${heading}`
  })
}

/** A mapping of numbers and single words, such as `{kind: achievement}`; words in two languages stand below each other. */
const isSmall = (node: unknown) =>
  isMap(node) &&
  node.items.length <= 5 &&
  node.items.every(({ key, value }) => !isLanguage(key) && isScalar(value) && /^[\w-]*$/.test(String(value.value)))

const isLanguage = (key: unknown) => isScalar(key) && key.value === 'en'
