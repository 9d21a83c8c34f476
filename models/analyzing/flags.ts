import type { OptionCount } from './distractors.ts'
import { isAlarm, type LanguageDifference } from './languages.ts'

/** What an author should look at, the most serious first. Words: locales/<lang>/analysis.json. */
export const FLAGS = ['key', 'backward', 'translation', 'hard', 'weak', 'easy', 'unused'] as const
export type Flag = (typeof FLAGS)[number]

export type Figures = {
  /** 0 to 1: 1 when everybody is right. */
  difficulty: number
  /** -1 to 1; null where everybody got the same. */
  discrimination: number | null
  upperLower: number
  options: OptionCount[] | null
  languages: LanguageDifference | null
}

const TOO_HARD = 0.3
const TOO_EASY = 0.95
const WEAK = 0.15
/** Nearer to 0 it may be chance. */
const BACKWARD = -0.1
const UNUSED = 0.05

/** Whether each flag is raised by the figures of a question. */
const RAISED: { [flag in Flag]: (figures: Figures) => boolean } = {
  key: ({ options }) => wrongIsPreferred(options ?? []),
  backward: ({ discrimination }) => discrimination !== null && discrimination <= BACKWARD,
  translation: ({ languages }) => languages !== null && isAlarm(languages),
  hard: ({ difficulty }) => difficulty <= TOO_HARD,
  // A question that nearly all get right cannot tell people apart, and need not.
  weak: ({ discrimination, difficulty }) =>
    discrimination !== null && discrimination > BACKWARD && discrimination < WEAK && difficulty < TOO_EASY,
  easy: ({ difficulty }) => difficulty >= TOO_EASY,
  unused: ({ options }) => (options ?? []).some(({ right, share }) => !right && share < UNUSED),
}

export const flagsOf = (figures: Figures): Flag[] => FLAGS.filter(flag => RAISED[flag](figures))

/** Whether the best choose a wrong option more often than any right one: the key may be wrong. */
function wrongIsPreferred(options: OptionCount[]): boolean {
  const most = (right: boolean) => Math.max(0, ...options.filter(each => each.right === right).map(each => each.upper))
  return most(false) > most(true)
}
