import type { Request } from 'express'
import {
  type AskedItem,
  type Attempt,
  type AttemptState,
  bestOf,
  isDue,
  isOver,
  type Sitting,
} from '../../models/attempt.ts'
import { numberIn } from '../../lib/numbers.ts'
import { mixFor } from '../../models/drawing.ts'
import type { FeedbackState } from '../../models/feedback.ts'
import { unmarked } from '../../models/grading.ts'
import { isMarked } from '../../models/items/kinds.ts'
import type { Correction } from '../../models/regrade.ts'
import type { Save } from '../../models/saves.ts'
import { wordsOf } from './assignments.ts'
import { attemptAddress, givenBackIn, keyOf, passes, percentIn, titles } from './attempts.ts'
import { presentAnswer, presentJudged } from './questions.ts'
import { wordsIn } from './words.ts'

/** The result of a closed attempt. Answers, keys and reasons only when feedback is open. */
export function presentResult(
  req: Request,
  sitting: Sitting,
  attempts: Attempt[],
  items: AskedItem[],
  feedback: FeedbackState,
) {
  const best = bestOf(attempts)
  return {
    ...endOf(req, sitting, items),
    percent: percentIn(req, sitting.percent)!,
    points: numberIn(req.lang, Number(sitting.points)),
    maxPoints: numberIn(req.lang, Number(sitting.maxPoints)),
    passPercent: sitting.passPercent,
    passed: passes(sitting, sitting.percent),
    counts: sitting.kind === 'test',
    best: percentIn(req, best),
    passedBefore: passes(sitting, best),
    left: Math.max(0, sitting.allowed - attempts.length),
    open: attempts.some(attempt => !attempt.handedInAt),
    withheld: feedback === 'open' || feedback === 'never' ? null : req.t(`attempts.result.withheld.${feedback}`),
    feedback: feedback === 'open' ? items.map(item => feedbackOn(req, sitting, item)) : null,
  }
}

/** A closed attempt that waits for people to mark it: that it is handed in, not a word of what it brought. */
export const presentUnmarked = (req: Request, sitting: Sitting, items: AskedItem[]) => ({
  ...endOf(req, sitting, items),
  unmarked: unmarked(items).length,
  essays: items.filter(isMarked).map(({ position, value }) => ({ position, words: wordsOf(value?.[0] ?? '') })),
})

/** How an attempt ended, and its receipt. */
const endOf = (req: Request, sitting: Sitting, items: AskedItem[]) => ({
  ...titles(req, sitting),
  ...sendingOf(req, sitting),
  number: sitting.number,
  handedInAt: sitting.handedInAt!.toString(),
  byTime: sitting.closedBy === 'time',
  givenMinutes: Math.ceil(sitting.givenBack / 60),
  late: items.filter(item => cameLate(sitting, item)).length,
  receipt: sitting.receipt!,
  saves: `${attemptAddress(sitting)}/saves`,
})

/** One correction of a result that was given, for its learner. */
export const correctionIn = (req: Request, { at, before, after, reason }: Correction) => ({
  ...{ at: at.toString(), reason },
  before: percentIn(req, before),
  after: percentIn(req, after),
})

/** The page of an attempt whose time is over and that is not closed: not a word of what it asked or of the answers. */
export function presentWait(req: Request, sitting: Sitting, savedAt: Temporal.Instant | null) {
  return {
    ...titles(req, sitting),
    ...sendingOf(req, sitting),
    number: sitting.number,
    action: `${attemptAddress(sitting)}/handing-in`,
    result: `${attemptAddress(sitting)}/result`,
    deadline: sitting.deadlineAt!.toString(),
    lateUntil: isDue(sitting) ? null : sitting.lateUntil!.toString(),
    savedAt: savedAt?.toString() ?? null,
    givenBack: givenBackIn(req, sitting),
  }
}

/** Every save of an attempt: what counts, what was overwritten, and from which device. Not whether it is right. */
export function presentSaves(req: Request, sitting: Sitting, state: AttemptState, items: AskedItem[], saves: Save[]) {
  const devices = Math.max(0, ...saves.map(save => save.device))
  return {
    ...titles(req, sitting),
    number: sitting.number,
    back: state === 'open' ? `${attemptAddress(sitting)}/check` : `${attemptAddress(sitting)}/result`,
    open: state === 'open',
    devices,
    questions: items.map(item => ({
      position: item.position,
      prompt: wordsIn(item.prompt, req.lang),
      saves: saves
        .filter(save => save.position === item.position)
        .map(save => ({
          words: presentAnswer(req, item, save.value).map(shortened),
          at: save.receivedAt.toString(),
          device: devices > 1 ? save.device : null,
          counts: save.counts,
          late: cameLate(sitting, save),
        })),
    })),
  }
}

/** Whether a save arrived after the deadline (and counts, since it was given before). */
const cameLate = ({ deadlineAt }: Sitting, { receivedAt }: { receivedAt: Temporal.Instant | null }) =>
  receivedAt !== null && isOver({ deadlineAt }, receivedAt)

const LONGEST = 300
const shortened = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)

const sendingOf = (req: Request, sitting: Sitting) => ({
  key: keyOf(req, sitting),
  answers: `${attemptAddress(sitting)}/answers`,
})

function feedbackOn(req: Request, sitting: Sitting, item: AskedItem) {
  return {
    position: item.position,
    prompt: wordsIn(item.prompt, req.lang),
    late: cameLate(sitting, item),
    dropped: item.dropped,
    marked: item.mark && {
      points: req.t('essays.pointsOf', { points: item.mark.points, max: item.points }),
      comment: item.mark.comment,
    },
    // The key that holds now explains, also where it came later.
    ...presentJudged(req, { ...item, content: item.key }, item.value ?? [], mixFor(sitting.seed, item)),
  }
}
