import type { Request } from 'express'
import { type Attempt, bestOf, isDue, isUnmarked, type Place, stateOf } from '../../models/attempt.ts'
import { mayStart, startingFacts } from '../../models/attempting.ts'
import { cellsOf, countOf } from '../../models/drawing.ts'
import { type Verdict, YES } from '../../models/refused.ts'
import { minutesFor } from '../../models/test-rules.ts'
import { attemptAddress, passes, percentIn, titles } from './attempts.ts'

/** The front page of a test: its rules for this learner, the one act, the attempts so far. */
export function presentFront(req: Request, place: Place, attempts: Attempt[]) {
  const at = (state: string) => attempts.find(attempt => stateOf(attempt) === state)
  const [open, over] = [at('open'), at('over')]
  const facts = startingFacts(place, attempts)
  const verdict = mayStart(facts)
  const best = bestOf(attempts)
  const unmarked = attempts.findLast(isUnmarked)
  const address = `/trainings/${place.code}/attempts`
  return {
    ...titles(req, place),
    questions: countOf(place.blueprint),
    essays: cellsOf(place.blueprint).reduce((sum, { of, count }) => (of === 'essay' ? sum + count : sum), 0),
    unmarked: unmarked ? `${address}/${unmarked.number}/result` : null,
    passPercent: place.passPercent,
    rules: rulesOf(req, place, attempts.length),
    best: percentIn(req, best),
    passed: passes(place, best),
    start: address,
    hasCode: place.hasCode,
    resume: open ? `${address}/${open.number}` : null,
    openUntil: open?.deadlineAt?.toString() ?? null,
    waits: over
      ? { href: `${address}/${over.number}/result`, until: over.lateUntil!.toString(), due: isDue(over) }
      : null,
    reason: verdict.ok ? null : req.t(`refusals.${verdict.reason}`, verdict.data),
    attempts: attempts
      .filter(attempt => attempt.handedInAt)
      .map(attempt => ({
        number: attempt.number,
        handedInAt: attempt.handedInAt!.toString(),
        byTime: attempt.closedBy === 'time',
        percent: percentIn(req, attempt.percent),
        passed: passes(place, attempt.percent),
        unmarked: isUnmarked(attempt),
        href: `${address}/${attempt.number}/result`,
      })),
    againAt: facts.againAt?.toString() ?? null,
  }
}

/** What this learner has to know before starting, as far as it is not the same for everyone and always. */
function rulesOf(req: Request, place: Place, used: number) {
  const own = minutesFor(place)
  return {
    minutes: own,
    extra: own === null ? 0 : own - place.minutes!,
    allowed: place.allowed,
    left: Math.max(0, place.allowed - used),
    waitHours: place.waitHours,
    opensAt: place.opensAt?.toString() ?? null,
    closesAt: place.closesAt?.toString() ?? null,
    feedback: req.t(`attempts.front.feedbackRule.${place.feedback}`),
    ownReason: place.ownReason,
  }
}

/** The page before what is measured: what it is for, the one act, what was done of it. */
export function presentMeasure(req: Request, place: Place, attempts: Attempt[], time: Verdict) {
  const [attempt] = attempts
  const verdict = attempt ? YES : mayStart(startingFacts(place, attempts))
  const no = [verdict, attempt ? YES : time].find(each => !each.ok)
  const address = attempt && attemptAddress({ ...place, number: attempt.number })
  return {
    ...titles(req, place),
    kind: place.kind,
    questions: countOf(place.blueprint),
    start: `/trainings/${place.code}/${place.kind}-test`,
    resume: attempt && !attempt.handedInAt ? address : null,
    done: attempt?.handedInAt ? { href: `${address}/result`, at: attempt.handedInAt.toString() } : null,
    reason: no && !no.ok ? req.t(`refusals.${no.reason}`, no.data) : null,
  }
}
