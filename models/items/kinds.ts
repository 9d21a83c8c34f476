import { cloze } from './cloze.ts'
import { essay } from './essay.ts'
import type { Face, ItemType, Judged, Kind, Mix, Part, Value } from './kind.ts'
import { matching } from './matching.ts'
import { multiple } from './multiple.ts'
import { numeric } from './numeric.ts'
import { ordering } from './ordering.ts'
import { pictureChoice } from './picture.ts'
import { rating } from './rating.ts'
import { scenario } from './scenario.ts'
import { short } from './short.ts'
import { single } from './single.ts'
import { trueFalse } from './true-false.ts'

/** Every type of question, by name. */
export const KINDS: { [type in ItemType]: Kind<never> } = {
  single,
  multiple,
  true_false: trueFalse,
  picture: pictureChoice,
  matching,
  ordering,
  numeric,
  short,
  cloze,
  scenario,
  rating,
  essay,
} as { [type in ItemType]: Kind<never> }

/** The type of a question and its own part of it, as a file or `item_versions` holds it. */
export type Typed = { type: ItemType; content: unknown }

export const partsOf = ({ type, content }: Typed): Part[] => KINDS[type].parts(content as never)
export const faceOf = ({ type, content }: Typed, mix: Mix): Face => KINDS[type].face(content as never, mix)
export const judgedOf = ({ type, content }: Typed, value: Value, mix: Mix): Judged =>
  KINDS[type].judged(content as never, value, mix)

/** An answer that earns everything. */
export const rightAnswer = ({ type, content }: Typed): Value => KINDS[type].right(content as never)

/** Whether the platform grades questions of a type. */
export const isGraded = ({ type }: { type: ItemType }): boolean => KINDS[type].points !== undefined

/** Whether people mark answers to questions of a type. What is neither graded nor marked has no right answer. */
export const isMarked = ({ type }: { type: ItemType }): boolean => KINDS[type].marked === true

/** Share of its points that an answer earns, 0 to 1, from the question and the answer alone; 0 for what is not graded. */
export const shareOf = ({ type, content }: Typed, value: Value): number =>
  KINDS[type].points?.(content as never, value) ?? 0

/** Whether entries fit the fields of a question: nothing unknown, nothing twice, no field filled in more than it takes. */
export function valueFits(item: Typed | undefined, value: Value): boolean {
  if (!item || new Set(value).size !== value.length) return false
  const parts = partsOf(item)
  const filled = value.map(entry => parts.find(part => holds(part, entry)))
  return filled.every((part, index) => part && (part.takes === 'several' || filled.indexOf(part) === index))
}

/** Whether every field of a question is filled in. */
export const isAnswered = (item: Typed, value: Value | null): boolean =>
  partsOf(item).every(({ path }) => value?.some(entry => !path || entry.startsWith(`${path}=`)))

function holds(part: Part, entry: string): boolean {
  if (part.path && !entry.startsWith(`${part.path}=`)) return false
  const said = part.path ? entry.slice(part.path.length + 1) : entry
  return part.takes === 'words' ? said.trim() !== '' && said.length <= part.most : part.ids.includes(said)
}
