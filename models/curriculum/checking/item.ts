import { type Item, itemShape } from '../bank.ts'
import { fitList } from '../fitting.ts'
import { type Report, said } from '../problem.ts'
import type { Path, YamlText } from '../yaml-text.ts'
import { checkBank } from './bank.ts'
import { checkLetters } from './letters.ts'

/** Something wrong in one question: the field it is about, and what it is, in plain words for its author. */
export type ItemProblem = { at: Path; kind: string; message: string }

/** What a question may refer to: the module's outcomes, and the sources. */
export type Referable = { module: string; outcomes: string[]; isSource(id: string): boolean }

/**
 * Holds one question against all that `bin/curriculum check` asks of a question in a file.
 * @param raw the question as a file has it: code, outcome, difficulty, type, prompt, sources and the fields of its type
 * @returns the question in the order of its shape when nothing is wrong, and every problem with its field
 */
export function checkItem(raw: unknown, { module, outcomes, isSource }: Referable) {
  const places: Path[] = []
  const problems: ItemProblem[] = []
  // The checks speak of lines. Here a line is a place in a list of paths, which gives the path back.
  const yaml: YamlText = { raw: [raw], lineOf: path => places.push(path) - 1 }
  const report: Report = (place, code, params = {}) =>
    problems.push({ at: places[place]!.slice(1), ...said({ code, params }) })
  const entries = fitList<Item>(itemShape, yaml, [], report)
  const known = { isSource, isTheme: () => true, isTerm: () => true }
  checkBank({ folder: module, outcomes }, { yaml, entries }, known, report)
  for (const [at, text] of textsIn(raw))
    checkLetters(text, (_, code, params = {}) => problems.push({ at, ...said({ code, params }) }))
  return { item: problems.length ? undefined : entries[0], problems: eachOnce(problems) }
}

/** Every text of a value with the path to it. Pictures are no texts. */
function textsIn(value: unknown, at: Path = []): [Path, string][] {
  if (typeof value === 'string') return value.startsWith('data:') ? [] : [[at, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) =>
    textsIn(each, [...at, Array.isArray(value) ? Number(key) : key]),
  )
}

const eachOnce = (problems: ItemProblem[]) => [
  ...new Map(problems.map(each => [`${each.at.join('.')}|${each.message}`, each])).values(),
]
