import type { Request } from 'express'
import { numberIn } from '../../lib/numbers.ts'
import { fingerprint } from '../../lib/secrets.ts'
import { now } from '../../lib/time.ts'
import type { AskedItem, Attempt, AttemptState, Place, Sitting } from '../../models/attempt.ts'
import { mixFor } from '../../models/drawing.ts'
import type { Value } from '../../models/items/kind.ts'
import { isAnswered, isMarked } from '../../models/items/kinds.ts'
import { wordsOf } from './assignments.ts'
import { clockIn } from './moments.ts'
import { presentAnswer, presentQuestion } from './questions.ts'
import { wordsIn } from './words.ts'
import { zoneName } from './zones.ts'

/** Answers that came back to a page, by position: what was typed when a post could not be taken. */
export type Choices = Record<number, Value>

export const percentIn = (req: Request, percent: number | string | null) =>
  percent === null ? null : req.t('attempts.percent', { value: numberIn(req.lang, Number(percent)) })

export const testAddress = ({ code, kind }: Place) => `/trainings/${code}/${kind === 'test' ? 'test' : `${kind}-test`}`
export const attemptAddress = ({ code, kind, number }: Pick<Sitting, 'code' | 'kind' | 'number'>) =>
  `/trainings/${code}/attempts/${kind === 'test' ? number : kind}`
/** Whether a percent is enough; nothing is where nothing is passed. */
export const passes = ({ passPercent }: Place, percent: number | string | null) =>
  passPercent !== null && percent !== null && Number(percent) >= passPercent
export const pageOf = ({ perPage }: Place, position: number) => Math.ceil(position / perPage)

/** Names and addresses that every page of a test has. */
export const titles = (req: Request, place: Place) => ({
  title: wordsIn(place.testTitle, req.lang),
  course: wordsIn(place.title, req.lang),
  training: `/trainings/${place.code}`,
  test: testAddress(place),
})

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
    questions: list.map((each, index) => {
      const { prompt, value, ...item } = items[index]!
      const words = isMarked(item) && value?.[0] ? req.t('assignments.words', { count: wordsOf(value[0]) }) : null
      return { ...each, words, prompt: wordsIn(prompt, req.lang) }
    }),
  }
}

/**
 * Choices that came too late to count. In words once the attempt is closed; before, by their numbers alone, since
 * nothing of the questions is given out while late answers may arrive.
 */
export function presentLate(req: Request, sitting: Sitting, state: AttemptState, items: AskedItem[], late: Choices) {
  return {
    ...titles(req, sitting),
    result: `${attemptAddress(sitting)}/result`,
    deadline: sitting.deadlineAt?.toString() ?? null,
    byTime: sitting.closedBy !== 'learner',
    late: items.flatMap(item => {
      const chosen = late[item.position]
      if (!chosen) return []
      if (state !== 'closed')
        return [
          { position: item.position, prompt: req.t('attempts.page.question', { number: item.position }), words: [] },
        ]
      const words = presentAnswer(req, item, chosen)
      return [{ position: item.position, prompt: wordsIn(item.prompt, req.lang), words }]
    }),
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
    givenBack: givenBackIn(req, sitting),
    saves: `${attemptAddress(sitting)}/saves`,
    leftMs: sitting.deadlineAt ? Math.max(0, sitting.deadlineAt.epochMilliseconds - at) : null,
    elapsedMs: Math.max(0, at - sitting.startedAt.epochMilliseconds),
  }
}

/** That the platform was away, and until when the test runs therefore; null when it never was. */
export function givenBackIn(req: Request, { givenBack, deadlineAt }: Pick<Attempt, 'givenBack' | 'deadlineAt'>) {
  if (!givenBack || !deadlineAt) return null
  const count = Math.ceil(givenBack / 60)
  const time = clockIn(deadlineAt, req.actor.zone)
  return req.t('attempts.clock.givenBack', { count, time, zone: zoneName(req.actor.zone, req.t) })
}

/** Name under which a device keeps unsent answers: tells neither who nor which attempt. */
export const keyOf = (req: Request, sitting: Sitting) => fingerprint(`kept|${req.actor.id}|${sitting.id}`).slice(0, 20)

const listOf = (sitting: Sitting, items: AskedItem[]) =>
  items.map(item => ({
    position: item.position,
    page: pageOf(sitting, item.position),
    answered: isAnswered(item, item.value),
    href: `${attemptAddress(sitting)}/${pageOf(sitting, item.position)}#question-${item.position}`,
  }))
