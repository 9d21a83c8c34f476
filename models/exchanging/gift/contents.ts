import type { Language, Words } from '../../curriculum/shapes.ts'
import type { ItemType } from '../../items/kind.ts'
import type { Say } from '../remark.ts'
import type { Pair } from './pairing.ts'
import type { GiftAnswer, GiftAnswers, GiftQuestion } from './question.ts'
import { type Both, Saying, type Standing } from './saying.ts'

/** What a question of the bank is made of beside its code, outcome and difficulty. */
export type Made = Body & { prompt: Partial<Words> }
type Body = { type: ItemType } & Record<string, unknown>
type Of<Kind extends GiftAnswers['kind']> = Extract<GiftQuestion, { kind: Kind }>
type Making<Kind extends GiftAnswers['kind']> = {
  first: Of<Kind>
  second: Of<Kind> | undefined
  saying: Saying
  standing: Standing
  say: Say
}

/** A question as the bank holds it; null for one that it cannot carry: `say` was told why. */
export function madeOf(
  { first, second }: Pair,
  { languages, standing, say }: { languages: Language[]; standing: Standing; say: Say },
): Made | null {
  const saying = new Saying(languages, say)
  const made = MAKERS[first.kind]({ first, second, saying, standing, say } as never)
  if (!made) return null
  const prompt = saying.words([first.stem, second?.stem])
  if (saying.filledIn) say(first.at, 'note', 'noFeedback')
  return { ...made, prompt }
}

const MAKERS: { [Kind in GiftAnswers['kind']]: (making: Making<Kind>) => Body | null } = {
  description: ({ first, say }) => left(say, first, 'description'),
  essay: ({ first, second, saying, say }) => {
    if (!first.general) return left(say, first, 'essay')
    say(first.general, 'note', 'guidance')
    return { type: 'essay', guidance: saying.words(generalOf({ first, second })) }
  },
  true_false: ({ first, second, saying, standing }) => {
    const feedback = (answer: boolean) => {
      const field = answer === first.right ? 'ifRight' : 'ifWrong'
      const words = answer === first.right ? standing.right : standing.wrong
      return saying.feedback([[first[field], second?.[field]], generalOf({ first, second })], words)
    }
    const options = [true, false].map(answer => ({
      ...{ id: String(answer), text: answer ? standing.yes : standing.no, right: answer === first.right },
      feedback: feedback(answer),
    }))
    return { type: 'true_false', options }
  },
  choice: making => (making.first.several ? severalOf(making) : oneOf(making)),
  matching: ({ first, second, saying, standing }) => {
    const rows = first.pairs.map((pair, index) => ({ pair, other: second?.pairs[index] }))
    const right = ({ pair, other }: (typeof rows)[number]) => saying.words([pair.right, other?.right])
    const pairs = rows.flatMap(row =>
      row.pair.left.text
        ? [
            {
              left: saying.words([row.pair.left, row.other?.left]),
              right: right(row),
              feedback: saying.feedback([generalOf({ first, second })], standing.compare),
            },
          ]
        : [],
    )
    const extra = rows.filter(({ pair }) => !pair.left.text).map(right)
    return { type: 'matching', pairs, ...(extra.length ? { extra } : {}) }
  },
  short: ({ first, second, saying, standing, say }) => {
    const full = [first, second].map(question => (question ? fullOf(question.answers, say) : []))
    const texts = (at: number) => full[at]!.map(({ text }) => saying.plain(text))
    const own: Both = [commentIn(first.answers), second && commentIn(second.answers)]
    return {
      type: 'short',
      accepted: saying.each([first.stem, second?.stem], stem => texts(stem === first.stem ? 0 : 1)),
      feedback: saying.feedback([own, generalOf({ first, second })], standing.compare),
    }
  },
  numeric: ({ first, second, saying, standing, say }) => {
    const full = first.answers.filter(({ weight }) => weight === 100)
    const [right] = full
    if (full.length !== 1 || !right || right.answer === null) return left(say, first, 'numbers')
    for (const { weight, at } of first.answers) if (weight !== 100) say(at, 'note', 'partial', { weight })
    const own: Both = [
      commentIn(first.answers) ?? first.ifWrong,
      second && (commentIn(second.answers) ?? second.ifWrong),
    ]
    return {
      ...{ type: 'numeric', answer: right.answer, tolerance: right.tolerance },
      feedback: saying.feedback([own, generalOf({ first, second })], standing.compare),
    }
  },
}

function left(say: Say, { at }: GiftQuestion, key: string): null {
  say(at, 'left', key)
  return null
}

const generalOf = ({ first, second }: Pair): Both => [first.general, second?.general]

const commentIn = (answers: { feedback: GiftAnswer['feedback'] }[]) =>
  answers.find(({ feedback }) => feedback)?.feedback ?? null

function fullOf(answers: GiftAnswer[], say: Say): GiftAnswer[] {
  for (const { weight, text } of answers) if (weight !== 100) say(text, 'note', 'partial', { weight })
  return answers.filter(({ weight }) => weight === 100)
}

/** One answer is chosen: exactly one may be right. */
function oneOf(making: Making<'choice'>) {
  const { first, say } = making
  if (first.answers.filter(({ weight }) => weight === 100).length !== 1) return left(say, first, 'severalRight')
  for (const { weight, text } of first.answers)
    if (weight !== 100 && weight !== 0) say(text, 'note', 'partial', { weight })
  return optionsOf('single', making, ({ weight }) => weight === 100)
}

/** Several answers are chosen: those that earn something are right. */
function severalOf(making: Making<'choice'>) {
  const { first, say } = making
  const right = first.answers.filter(({ weight }) => weight > 0)
  if (!right.length) return left(say, first, 'nothingRight')
  const share = 100 / right.length
  const asHere = ({ weight }: GiftAnswer) => Math.abs(Math.abs(weight) - share) < 0.01
  if (
    right.length > 1 ? !first.answers.every(asHere) : first.answers.some(({ weight }) => weight !== 100 && weight !== 0)
  )
    say(first.at, 'note', 'weights')
  return optionsOf(right.length > 1 ? 'multiple' : 'single', making, ({ weight }) => weight > 0)
}

function optionsOf(
  type: 'single' | 'multiple',
  { first, second, saying, standing }: Making<'choice'>,
  isRight: (answer: GiftAnswer) => boolean,
) {
  const options = first.answers.map((answer, index) => {
    const other = second?.answers[index]
    const right = isRight(answer)
    const own: Both = [answer.feedback, other?.feedback]
    const words = right ? standing.right : standing.wrong
    return {
      ...{ id: letter(index), text: saying.words([answer.text, other?.text]), right },
      feedback: saying.feedback([own, generalOf({ first, second })], words),
    }
  })
  return { type, options }
}

/** a, b … z, then a1, b1 … */
const letter = (index: number) => `${String.fromCharCode(97 + (index % 26))}${index < 26 ? '' : Math.floor(index / 26)}`
