import type { Mutant } from './making.ts'

/** What of all changes must be noticed, in percent. */
export const GOAL = 85

export const scoreOf = (all: unknown[], survivors: unknown[]): number =>
  all.length ? (100 * (all.length - survivors.length)) / all.length : 0

/** A sample is red when one so poor would come of a score at the goal less than once in so many. */
const ONCE_IN = 1000

/** How many changes of a sample must be noticed: the fewest that chance allows (binomial) where the score is the goal. */
export function floorOf(size: number): number {
  const share = GOAL / 100
  let exactly = (1 - share) ** size
  let upTo = exactly
  let noticed = 0
  while (upTo < 1 / ONCE_IN) {
    exactly *= ((size - noticed) / (noticed + 1)) * (share / (1 - share))
    upTo += exactly
    noticed++
  }
  return noticed
}

/** What a sample says, in one sentence. */
export const sampleSentence = (mutants: unknown[], survivors: unknown[]): string =>
  `${mutants.length - survivors.length} of ${mutants.length} changes noticed; with fewer than ${floorOf(mutants.length)} the score would be below ${GOAL} %`

/** The section of docs/proofs.md about the changes that no test noticed, in Markdown. */
export function section(mutants: Mutant[], survivors: Mutant[], dated: string, seconds: number): string {
  const files = [...new Set(mutants.map(({ file }) => file))]
  const of = (all: Mutant[], file: string) => all.filter(each => each.file === file)
  return [
    '## Mutation score',
    '',
    'The code that decides a grade, and the rules of who may enroll, begin a test and be certified, are changed in one small way',
    'after the other (the changes are those of StrykerJS: an operator turned, a condition forced, a text emptied, a block left out);',
    'each time the tests that need no database are run, and one of them must turn red. What authors and readers see of a question',
    '(its form, its checks, its feedback) is not part of it.',
    '',
    `${dated} (\`npm run prove -- --mutants\`), ${seconds} s: **${(mutants.length - survivors.length).toLocaleString('en')} of ${mutants.length.toLocaleString('en')} changes noticed, ${scoreOf(mutants, survivors).toFixed(1)} %** (goal ${GOAL} %).`,
    '',
    '| File | Changes | Noticed | Score |',
    '| --- | ---: | ---: | ---: |',
    ...files.map(file => {
      const [all, left] = [of(mutants, file), of(survivors, file)]
      return `| \`${file}\` | ${all.length} | ${all.length - left.length} | ${scoreOf(all, left).toFixed(0)} % |`
    }),
    '',
  ].join('\n')
}
