import { correlation, mean, sum } from './arithmetic.ts'

/** What one person got for a question, 0 to 1, for the whole test, and for the test without it: shares, 0 to 1. */
export type Earned = { share: number; total: number; rest: number }

/** Mean share of the points: 1 when everybody is right, 0 when nobody is. */
export const difficultyOf = (people: Pick<Earned, 'share'>[]): number => mean(people.map(({ share }) => share))

/**
 * Whether those who know more get a question right: the point-biserial correlation with the rest of the test. The question
 * itself is not in the rest, or it would agree with itself. Null where everybody got the same.
 */
export const discriminationOf = (people: Earned[]): number | null =>
  correlation(
    people.map(({ share }) => share),
    people.map(({ rest }) => rest),
  )

/** Part of a group that is compared at each end (Kelley 1939). */
const END = 0.27

/** Weights, 0 to 1, with which people belong to the best and to the weakest 27 % of a group. */
export type Ends = { upper: number[]; lower: number[] }

/** People with the same total share the places that are left: no order between them decides. */
export function endsOf(totals: number[]): Ends {
  const places = Math.max(1, Math.round(totals.length * END))
  return {
    upper: best(totals, places),
    lower: best(
      totals.map(total => -total),
      places,
    ),
  }
}

function best(totals: number[], places: number): number[] {
  const last = totals.toSorted((one, other) => other - one)[places - 1] ?? 0
  const above = totals.filter(total => total > last).length
  const level = totals.filter(total => total === last).length
  return totals.map(total => (total > last ? 1 : total === last ? (places - above) / level : 0))
}

/** Mean share of the best 27 % less that of the weakest 27 %: -1 to 1. */
export function upperLowerOf(people: Earned[]): number {
  const { upper, lower } = endsOf(people.map(({ total }) => total))
  return weighted(people, upper) - weighted(people, lower)
}

const weighted = (people: Earned[], weights: number[]) =>
  sum(people.map(({ share }, index) => share * weights[index]!)) / (sum(weights) || 1)
