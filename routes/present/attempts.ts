import type { Request } from 'express'
import { fingerprint } from '../../lib/secrets.ts'
import { now } from '../../lib/time.ts'
import { type AskedItem, type Attempt, bestOf, isOver, type Place, type Sitting } from '../../models/attempt.ts'
import { mayStart, startingFacts } from '../../models/attempting.ts'
import { countOf, mixFor } from '../../models/drawing.ts'
import type { Value } from '../../models/items/kind.ts'
import { isAnswered } from '../../models/items/kinds.ts'
import { presentAnswer, presentJudged, presentQuestion } from './questions.ts'
import { numberIn, wordsIn } from './words.ts'
import { zoneName } from './zones.ts'

/** Answers that came back to a page, by position: what was typed when a post could not be taken. */
export type Choices = Record<number, Value>

const percentIn = (req: Request, percent: number | string | null) =>
  percent === null ? null : req.t('attempts.percent', { value: numberIn(req.lang, Number(percent)) })

const testAddress = (place: Place) => `/trainings/${place.code}/test`
export const attemptAddress = ({ code, number }: Sitting) => `/trainings/${code}/attempts/${number}`
export const pageOf = ({ perPage }: Place, position: number) => Math.ceil(position / perPage)

const titles = (req: Request, place: Place) => ({
  title: wordsIn(place.testTitle, req.lang),
  course: wordsIn(place.title, req.lang),
  training: `/trainings/${place.code}`,
  test: testAddress(place),
})

/** The front page of a test: what it is, the one act, the attempts so far. */
export function presentFront(req: Request, place: Place, attempts: Attempt[]) {
  const open = attempts.find(attempt => !attempt.handedInAt && !isOver(attempt))
  const verdict = mayStart(startingFacts(place, attempts.length))
  const best = bestOf(attempts)
  return {
    ...titles(req, place),
    questions: countOf(place.blueprint),
    minutes: place.minutes,
    passPercent: place.passPercent,
    allowed: place.allowed,
    left: Math.max(0, place.allowed - attempts.length),
    feedback: place.feedback === 'after_attempt',
    best: percentIn(req, best),
    passed: best !== null && best >= place.passPercent,
    start: `/trainings/${place.code}/attempts`,
    resume: open ? `/trainings/${place.code}/attempts/${open.number}` : null,
    openUntil: open?.deadlineAt?.toString() ?? null,
    reason: verdict.ok ? null : req.t(`refusals.${verdict.reason}`, verdict.data),
    attempts: attempts
      .filter(attempt => attempt.handedInAt)
      .map(attempt => ({
        number: attempt.number,
        handedInAt: attempt.handedInAt!.toString(),
        byTime: attempt.closedBy === 'time',
        percent: percentIn(req, attempt.percent),
        passed: Number(attempt.percent) >= place.passPercent,
        href: `/trainings/${place.code}/attempts/${attempt.number}/result`,
      })),
  }
}

/** One page of questions. Not a word of it says which option is right. */
export function presentQuestions(
  req: Request,
  sitting: Sitting,
  items: AskedItem[],
  pageNumber: number,
  kept?: { choices: Choices; why: 'stale' | 'signedOut' },
) {
  const shown = items.filter(item => pageOf(sitting, item.position) === pageNumber)
  const last = pageOf(sitting, items.length)
  return {
    ...frame(req, sitting, items),
    pageNumber,
    pageCount: last,
    first: shown[0]!.position,
    last: shown.at(-1)!.position,
    total: items.length,
    action: `${attemptAddress(sitting)}/${pageNumber}`,
    previous: pageNumber > 1 ? pageNumber - 1 : null,
    next: pageNumber < last ? pageNumber + 1 : null,
    kept: kept?.why ?? null,
    questions: shown.map(item => ({
      position: item.position,
      ...presentQuestion(
        req,
        `q${item.position}`,
        item,
        kept?.choices[item.position] ?? item.value ?? [],
        mixFor(sitting.seed, item),
      ),
    })),
    list: listOf(sitting, items).map(each => ({ ...each, current: each.page === pageNumber })),
  }
}

/** The check page before handing in: which questions have an answer. */
export function presentCheck(req: Request, sitting: Sitting, items: AskedItem[]) {
  const list = listOf(sitting, items)
  return {
    ...frame(req, sitting, items),
    action: `${attemptAddress(sitting)}/handing-in`,
    back: `${attemptAddress(sitting)}/${pageOf(sitting, items.length)}`,
    total: items.length,
    unanswered: list.filter(each => !each.answered).length,
    questions: list.map((each, index) => ({ ...each, prompt: wordsIn(items[index]!.prompt, req.lang) })),
  }
}

/** The result of a handed-in attempt. Answers, keys and feedback only when `open` attempts do not forbid it. */
export function presentResult(req: Request, sitting: Sitting, attempts: Attempt[], items: AskedItem[]) {
  const open = attempts.some(attempt => !attempt.handedInAt)
  const best = bestOf(attempts)
  const withFeedback = sitting.feedback === 'after_attempt' && !open
  return {
    ...titles(req, sitting),
    key: keyOf(req, sitting),
    answers: `${attemptAddress(sitting)}/answers`,
    number: sitting.number,
    percent: percentIn(req, sitting.percent)!,
    points: numberIn(req.lang, Number(sitting.points)),
    maxPoints: numberIn(req.lang, Number(sitting.maxPoints)),
    passPercent: sitting.passPercent,
    passed: Number(sitting.percent) >= sitting.passPercent,
    best: percentIn(req, best),
    passedBefore: best !== null && best >= sitting.passPercent,
    left: Math.max(0, sitting.allowed - attempts.length),
    open,
    handedInAt: sitting.handedInAt!.toString(),
    byTime: sitting.closedBy === 'time',
    receipt: sitting.receipt!,
    withheld: sitting.feedback === 'after_attempt' && open,
    feedback: withFeedback ? items.map(item => feedbackOn(req, sitting, item)) : null,
  }
}

/** Choices that came too late to count, in words. */
export function presentLate(req: Request, sitting: Sitting, items: AskedItem[], late: Choices) {
  return {
    ...titles(req, sitting),
    result: `${attemptAddress(sitting)}/result`,
    deadline: sitting.deadlineAt?.toString() ?? null,
    byTime: sitting.closedBy === 'time',
    late: items.flatMap(item => {
      const chosen = late[item.position]
      if (!chosen) return []
      const words = presentAnswer(req, item, chosen)
      return [{ position: item.position, prompt: wordsIn(item.prompt, req.lang), words }]
    }),
  }
}

function feedbackOn(req: Request, sitting: Sitting, item: AskedItem) {
  return {
    position: item.position,
    prompt: wordsIn(item.prompt, req.lang),
    ...presentJudged(req, item, item.value ?? [], mixFor(sitting.seed, item)),
  }
}

/** What the pages of an open attempt share: names, the state of saving, the time. */
function frame(req: Request, sitting: Sitting, items: AskedItem[]) {
  const at = now().epochMilliseconds
  const saved = items.flatMap(item => (item.receivedAt ? [item.receivedAt] : []))
  return {
    ...titles(req, sitting),
    number: sitting.number,
    key: keyOf(req, sitting),
    here: attemptAddress(sitting),
    answers: `${attemptAddress(sitting)}/answers`,
    check: `${attemptAddress(sitting)}/check`,
    result: `${attemptAddress(sitting)}/result`,
    savedAt: saved.toSorted(Temporal.Instant.compare).at(-1)?.toString() ?? null,
    deadline: sitting.deadlineAt?.toString() ?? null,
    zone: zoneName(req.actor.zone, req.t),
    leftMs: sitting.deadlineAt ? Math.max(0, sitting.deadlineAt.epochMilliseconds - at) : null,
    elapsedMs: Math.max(0, at - sitting.startedAt.epochMilliseconds),
  }
}

/** Name under which a device keeps unsent answers: tells neither who nor which attempt. */
const keyOf = (req: Request, sitting: Sitting) => fingerprint(`kept|${req.actor.id}|${sitting.id}`).slice(0, 20)

const listOf = (sitting: Sitting, items: AskedItem[]) =>
  items.map(item => ({
    position: item.position,
    page: pageOf(sitting, item.position),
    answered: isAnswered(item, item.value),
    href: `${attemptAddress(sitting)}/${pageOf(sitting, item.position)}#question-${item.position}`,
  }))
