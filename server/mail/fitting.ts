import type { Item } from './index.ts'

/** A letter is read in text and in HTML, and both together stay under 30 kB, in Cyrillic too. */
const MOST_CHARACTERS = 5000

/** The items that fit into one letter, the first ones whole; how many are left out is the length's difference. */
export function fitting(items: Item[], most = MOST_CHARACTERS): Item[] {
  let size = 0
  return items.filter((item, index) => {
    size += item.title.length + item.lines.reduce((sum, line) => sum + line.length + 20, 60)
    return size <= most || index === 0
  })
}
