import type { Say } from '../remark.ts'
import type { GiftQuestion } from './question.ts'

/** A question in the language of the first file, and in the other one where there is a second. */
export type Pair = { first: GiftQuestion; second: GiftQuestion | undefined }

/**
 * Questions of two files that belong together: by their titles where each has one of its own, else by their order.
 * Whatever has no partner, or one with other answers, is a fault and no pair.
 */
export function pairs(first: GiftQuestion[], second: GiftQuestion[], say: Say): Pair[] {
  const partner = areNamed(first) && areNamed(second) ? byTitle(second) : byOrder(second)
  const found = first.map((question, index): Pair => ({ first: question, second: partner(question, index) }))
  const taken = new Set(found.map(each => each.second))
  for (const question of second) if (!taken.has(question)) say(question.at, 'fault', 'noPartner', named(question))
  return found.filter(({ first: question, second: other }) => {
    if (!other) say(question.at, 'fault', 'noPartner', named(question))
    else if (answersOf(question) === answersOf(other)) return true
    else say(other.at, 'fault', 'otherAnswers', { line: question.at.line })
    return false
  })
}

const named = ({ title, stem }: GiftQuestion) => ({ text: (title || stem.text).slice(0, 60) })

const areNamed = (questions: GiftQuestion[]) =>
  questions.every(({ title }) => title) && new Set(questions.map(({ title }) => title)).size === questions.length

const byTitle = (questions: GiftQuestion[]) => {
  const titles = new Map(questions.map(question => [question.title, question]))
  return ({ title }: GiftQuestion) => titles.get(title)
}

const byOrder = (questions: GiftQuestion[]) => (_: GiftQuestion, index: number) => questions[index]

/** What two language versions of a question must share: its kind and all of its key that is not words. */
function answersOf(question: GiftQuestion): string {
  const { kind } = question
  if (kind === 'true_false') return `${kind} ${question.right}`
  if (kind === 'choice') return JSON.stringify([question.several, question.answers.map(({ weight }) => weight)])
  if (kind === 'matching') return JSON.stringify(question.pairs.map(({ left }) => Boolean(left.text)))
  if (kind === 'numeric')
    return JSON.stringify(question.answers.map(({ answer, tolerance, weight }) => [answer, tolerance, weight]))
  return kind
}
