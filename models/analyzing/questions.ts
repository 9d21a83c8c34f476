import type { Value } from '../items/kind.ts'
import { isGraded, isMarked, shareOf, type Typed } from '../items/kinds.ts'
import { mean, sum, variance } from './arithmetic.ts'
import { discriminationOf, difficultyOf, upperLowerOf } from './discriminating.ts'
import { optionCounts } from './distractors.ts'
import { type Figures, type Flag, flagsOf } from './flags.ts'
import { inFives, type Size, sizeOf } from './groups.ts'
import { languageDifference } from './languages.ts'
import { alphaOf, drawnAlphaOf } from './reliability.ts'

/**
 * One person's answer in their first attempt: the number of the attempt in the order of handing in, of which test, what
 * was answered, in which language, and which share of its points a person gave for it, where people mark.
 */
export type Answer = [
  attempt: number,
  test: string,
  value: Value | null,
  language: string | null,
  marked?: number | null,
]

/** A version of a question as it was asked, whether it counts for nothing, and the answers of first attempts in the order of handing in. */
export type Asked = Typed & { id: string; dropped?: boolean; answers: Answer[] }

/** `people`: of how many the figures speak, in fives; null under five. Figures from thirty on. */
export type Analyzed = { size: Size; people: number | null; figures: Figures | null; flags: Flag[] }

type Sitting = { test: string; shares: Map<string, number> }
type Person = { share: number; total: number; rest: number; value: Value; language: string | null }

/** Whether a question has points to earn. */
const earns = (question: Asked): boolean => isGraded(question) || isMarked(question)

/** The share of its points that an answer brought. */
const shareIn = (question: Asked, [, , value, , marked]: Answer): number =>
  isMarked(question) ? (marked ?? 0) : shareOf(question, value ?? [])

/** The first attempts that questions with points were asked in: what each question brought. */
function sittingsOf(asked: Asked[]): Map<number, Sitting> {
  const sittings = new Map<number, Sitting>()
  for (const question of asked.filter(each => earns(each) && !each.dropped))
    for (const answer of question.answers) {
      const [attempt, test] = answer
      const sitting = sittings.get(attempt) ?? { test, shares: new Map() }
      sittings.set(attempt, sitting)
      sitting.shares.set(question.id, shareIn(question, answer))
    }
  return sittings
}

/** What the answers say of each question that has points to earn, by its id. */
export function analyzeQuestions(asked: Asked[]): Map<string, Analyzed> {
  const sittings = sittingsOf(asked)
  return new Map(asked.filter(earns).map(question => [question.id, analyzed(question, sittings)]))
}

function analyzed(question: Asked, sittings: Map<number, Sitting>): Analyzed {
  const answers = inFives(question.answers)
  const size = sizeOf(answers.length)
  if (size !== 'enough') return { size, people: size === 'few' ? answers.length : null, figures: null, flags: [] }
  const people = answers.map(answer => personOf(question, answer, sittings))
  const figures = {
    difficulty: difficultyOf(people),
    discrimination: discriminationOf(people),
    upperLower: upperLowerOf(people),
    options: optionCounts(question.content, people),
    languages: languageDifference(people),
  }
  return { size, people: answers.length, figures, flags: flagsOf(figures) }
}

function personOf(question: Asked, answer: Answer, sittings: Map<number, Sitting>): Person {
  const [attempt, , value, language] = answer
  const shares = sittings.get(attempt)?.shares ?? new Map<string, number>()
  const share = shareIn(question, answer)
  const all = sum([...shares.values()])
  const own = shares.get(question.id)
  const others = shares.size - (own === undefined ? 0 : 1)
  return {
    ...{ share, value: value ?? [], language },
    total: shares.size ? all / shares.size : 0,
    rest: others ? (all - (own ?? 0)) / others : 0,
  }
}

/** `same`: whether everybody was asked the same, so that `alpha` is Cronbach's; `error`: of a result, in percent points. */
export type AnalyzedTest = { people: number; mean: number; same: boolean; alpha: number | null; error: number | null }

/** What first attempts say of each test with enough people, by its id. */
export function analyzeTests(asked: Asked[]): Map<string, AnalyzedTest> {
  const inOrder = [...sittingsOf(asked)].toSorted(([one], [other]) => one - other).map(([, sitting]) => sitting)
  const byTest = Map.groupBy(inOrder, ({ test }) => test)
  return new Map(
    [...byTest].flatMap(([test, all]) => {
      const people = inFives(all)
      return sizeOf(people.length) === 'enough' ? [[test, analyzedTest(people)] as const] : []
    }),
  )
}

function analyzedTest(people: Sitting[]): AnalyzedTest {
  const questions = [...people[0]!.shares.keys()]
  const same = people.every(({ shares }) => shares.size === questions.length && questions.every(id => shares.has(id)))
  const rows = people.map(({ shares }) => (same ? questions.map(id => shares.get(id)!) : [...shares.values()]))
  const even = rows.every(row => row.length === rows[0]!.length)
  const alpha = same ? alphaOf(rows) : even ? drawnAlphaOf(rows) : null
  const totals = rows.map(mean)
  return { people: rows.length, mean: mean(totals), same, alpha, error: errorOf(totals, alpha) }
}

/** Standard error of measurement: a result lies within twice of it 19 times of 20. */
const errorOf = (totals: number[], alpha: number | null) =>
  alpha === null ? null : 100 * Math.sqrt(variance(totals) * (1 - Math.max(0, Math.min(1, alpha))))
