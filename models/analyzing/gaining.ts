import { mean, sum } from './arithmetic.ts'
import { inFives, sizeOf } from './groups.ts'

/** What one person reached before and after a training, as shares of the points, 0 to 1. */
export type Pair = { before: number; after: number }

/**
 * What a group gained: means of matched people, 0 to 1, the gain with its interval of 95 %, and the normalized gain: which
 * part of what was left to reach was reached (Hake 1998), null where everybody had everything before.
 */
export type Gain = {
  people: number
  before: number
  after: number
  gain: number
  from: number
  to: number
  normalized: number | null
}

/**
 * The gain of matched people in the order in which they were done; null for fewer than five. More people count in fives,
 * so that nobody's gain follows from the one before.
 */
export function gainOf(all: Pair[]): Gain | null {
  const pairs = inFives(all)
  if (sizeOf(pairs.length) === 'hidden') return null
  const gains = pairs.map(({ before, after }) => after - before)
  const [before, after, gain] = [mean(pairs.map(each => each.before)), mean(pairs.map(each => each.after)), mean(gains)]
  const deviation = Math.sqrt(sum(gains.map(each => (each - gain) ** 2)) / (gains.length - 1))
  const half = (tOf(gains.length - 1) * deviation) / Math.sqrt(gains.length)
  return {
    ...{ people: pairs.length, before, after, gain, from: gain - half, to: gain + half },
    normalized: before < 1 - 1e-9 ? gain / (1 - before) : null,
  }
}

const Z = 1.959964

/** Student's t for an interval of 95 %, by the expansion of Cornish and Fisher; from four degrees on within 0.01. */
export const tOf = (degrees: number): number =>
  Z +
  (Z ** 3 + Z) / (4 * degrees) +
  (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / (96 * degrees ** 2) +
  (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / (384 * degrees ** 3)
