import { isMapping, type Value } from '../items/kind.ts'
import type { Option } from '../items/options.ts'
import { sum } from './arithmetic.ts'
import { endsOf } from './discriminating.ts'

/** How often an option was chosen: by how many, and by which share of all, of the best and of the weakest 27 %. */
export type OptionCount = {
  id: string
  text: Option['text']
  right: boolean
  chosen: number
  share: number
  upper: number
  lower: number
}

type Chosen = { value: Value; total: number }

/** The options of a question in its own order; null where it has none to choose from. */
export function optionCounts(content: unknown, people: Chosen[]): OptionCount[] | null {
  if (!isMapping(content) || !Array.isArray(content.options)) return null
  const ends = endsOf(people.map(({ total }) => total))
  return (content.options as Option[]).map(({ id, text, right }) => {
    const chosen = people.map(({ value }) => (value.includes(id) ? 1 : 0))
    const among = (weights: number[]) => sum(chosen.map((one, index) => one * weights[index]!)) / (sum(weights) || 1)
    const count = sum(chosen)
    return {
      ...{ id, text, right, chosen: count, share: count / (people.length || 1) },
      ...{ upper: among(ends.upper), lower: among(ends.lower) },
    }
  })
}
