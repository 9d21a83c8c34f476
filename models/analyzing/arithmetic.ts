/** Sums of a list of numbers, as textbooks name them. All are of the whole group, not of a sample drawn from more. */

export const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)

/** 0 for an empty list. */
export const mean = (values: number[]): number => (values.length ? sum(values) / values.length : 0)

/** Mean square of the distances to the mean. */
export function variance(values: number[]): number {
  const middle = mean(values)
  return mean(values.map(value => (value - middle) ** 2))
}

/** Pearson's correlation of two lists of one length, -1 to 1; null where one of them never varies. */
export function correlation(ones: number[], others: number[]): number | null {
  const spread = Math.sqrt(variance(ones) * variance(others))
  if (spread < 1e-9) return null
  const [one, other] = [mean(ones), mean(others)]
  const together = mean(ones.map((value, index) => (value - one) * (others[index]! - other)))
  return Math.max(-1, Math.min(1, together / spread))
}
