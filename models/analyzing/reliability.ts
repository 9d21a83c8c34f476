import { mean, sum, variance } from './arithmetic.ts'

/** Shares of questions, 0 to 1, one row a person. */
export type Shares = number[][]

/**
 * Cronbach's alpha: how far a test that asks everybody the same measures one thing. With shares of 0 and 1 it is KR-20.
 * Null for a single question, or where everybody has the same total.
 * @param people rows of one length, in which one column is one question
 */
export function alphaOf(people: Shares): number | null {
  const questions = people[0]?.length ?? 0
  const whole = variance(people.map(sum))
  if (questions < 2 || whole < 1e-12) return null
  const parts = sum(Array.from({ length: questions }, (_, column) => variance(people.map(row => row[column]!))))
  return (questions / (questions - 1)) * (1 - parts / whole)
}

/**
 * The same for a test that draws other questions for each person: an intraclass correlation, one way, of the mean
 * (ICC(1,k), Shrout and Fleiss 1979). Luck with the questions drawn counts as error. Null as for alpha.
 */
export function drawnAlphaOf(people: Shares): number | null {
  const questions = people[0]?.length ?? 0
  if (questions < 2 || people.length < 2) return null
  const between = (questions * variance(people.map(mean)) * people.length) / (people.length - 1)
  const within = (mean(people.map(variance)) * questions) / (questions - 1)
  return between < 1e-12 ? null : 1 - within / between
}
