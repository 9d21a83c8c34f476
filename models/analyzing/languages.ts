import { mean, sum } from './arithmetic.ts'
import { ENOUGH } from './groups.ts'

/** What one person got for a question and for the rest of the test, and in which language they answered. */
export type InLanguage = { share: number; rest: number; language: string | null }

/** Difficulty in English and in Russian, 0 to 1; `difference` is English less Russian, with its interval of 95 %. */
export type LanguageDifference = {
  en: number
  ru: number
  difference: number
  from: number
  to: number
  /** The same difference in the rest of the test: what the two groups differ by anyway. */
  rest: number
}

/**
 * How much easier a question is in English than in Russian; null until enough people answered in each. Then both counts
 * are out at once, so that no small group follows by subtraction.
 */
export function languageDifference(people: InLanguage[]): LanguageDifference | null {
  const [en, ru] = (['en', 'ru'] as const).map(language => people.filter(each => each.language === language))
  if (en!.length < ENOUGH || ru!.length < ENOUGH) return null
  const shares = [en!, ru!].map(group => group.map(({ share }) => share)) as [number[], number[]]
  const rests = [en!, ru!].map(group => mean(group.map(({ rest }) => rest))) as [number, number]
  const [one, other] = [mean(shares[0]), mean(shares[1])]
  return { en: one, ru: other, difference: one - other, ...intervalOf(...shares), rest: rests[0] - rests[1] }
}

/** Between which values the difference of two shares lies with 95 % certainty (Agresti and Caffo 2000). */
export function intervalOf(ones: number[], others: number[]): { from: number; to: number } {
  const groups = [ones, others].map(group => ({ p: (sum(group) + 1) / (group.length + 2), n: group.length + 2 }))
  const half = 1.96 * Math.sqrt(sum(groups.map(({ p, n }) => (p * (1 - p)) / n)))
  const middle = groups[0]!.p - groups[1]!.p
  return { from: Math.max(-1, middle - half), to: Math.min(1, middle + half) }
}

const MATTERS = 0.1

/** A translation to be read again: the languages differ for sure, and by more than the groups do anyway. */
export const isAlarm = ({ difference, from, to, rest }: LanguageDifference): boolean =>
  (from > 0 || to < 0) && Math.abs(difference - rest) >= MATTERS
