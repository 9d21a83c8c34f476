import type { Request } from 'express'
import { isDue, isOver, isUnmarked } from '../../models/attempt.ts'
import type { Adjustment, TestSettings } from '../../models/adjusting.ts'
import { countOf } from '../../models/drawing.ts'
import type { PersonEssay } from '../../models/essay.ts'
import { FEEDBACK } from '../../models/test-rules.ts'
import type { ManagedTest, TakenAttempt, TakerLine } from '../../models/test-takers.ts'
import type { Training } from '../../models/training.ts'
import { errorsOf } from '../forms/again.ts'
import type { Kept } from '../request.ts'
import { momentIn } from './assignments.ts'
import { percentIn } from './attempts.ts'
import { markIn } from './essays.ts'
import { speakerOf } from './moments.ts'
import { wordsIn } from './words.ts'
import { zoneName } from './zones.ts'

/** Essays of the training that wait for marks, and whether anybody marks in it. */
type Waiting = { count: number; since: Temporal.Instant | null; markers: number }
type Known = { training: Training; test: ManagedTest; form: Kept; runs: boolean }

/** What of a window a form shows, on the wall of the training. */
function valuesOfWindow({ opensAt, closesAt }: Pick<TestSettings, 'opensAt' | 'closesAt'>, zone: string) {
  const wall = (at: Temporal.Instant | null) => at?.toZonedDateTimeISO(zone)
  const [opens, closes] = [wall(opensAt), wall(closesAt)]
  return {
    opensDay: opens?.toPlainDate().toString() ?? '',
    opensTime: opens?.toPlainTime().toString({ smallestUnit: 'minute' }) ?? '',
    closesDay: closes?.toPlainDate().toString() ?? '',
    closesTime: closes?.toPlainTime().toString({ smallestUnit: 'minute' }) ?? '',
  }
}

export const valuesOfSettings = (settings: TestSettings, zone: string): Record<string, unknown> => ({
  ...valuesOfWindow(settings, zone),
  waitHours: settings.waitHours ?? '',
  accessCode: settings.accessCode ?? '',
  feedback: settings.feedback ?? '',
})

export const valuesOfAdjustment = (adjustment: Adjustment, zone: string): Record<string, unknown> => ({
  ...valuesOfWindow(adjustment, zone),
  extraAttempts: adjustment.extraAttempts || '',
  extraPercent: adjustment.extraPercent || '',
  extraMinutes: adjustment.extraMinutes || '',
  reason: adjustment.reason,
})

/** The test of a training with its people. */
export function presentTest(req: Request, known: Known & { lines: TakerLine[]; more: string | null; essays: Waiting }) {
  const { training, test, form, lines, more } = known
  const { t } = req
  const base = baseOf(training)
  return {
    ...headOf(req, known),
    facts: factsOf(req, known),
    essays: essaysIn(req, training, known.essays),
    feedbacks: ['', ...FEEDBACK].map(value => ({
      value,
      label: value
        ? t(`tests.feedback.${value}`)
        : t('tests.feedback.asCourse', { rule: t(`tests.feedback.${test.courseFeedback}`) }),
      selected: value === form.values.feedback,
    })),
    rows: lines.map(line => ({
      href: `${base}/${line.enrollmentId}`,
      name: line.name,
      used: t('tests.usedOf', { used: line.used, allowed: test.attempts + line.extraAttempts }),
      state: stateIn(req, training, line),
      best: percentIn(req, line.best),
      passed: line.best !== null && Number(line.best) >= test.passPercent,
      late: line.late ? t('tests.late', { count: line.late }) : null,
      adjusted: line.adjusted,
    })),
    more: more ? `${base}?after=${more}` : null,
  }
}

/** An essay of a person: its points once the result is told, and the way to them for who runs the training. */
const essayRow = (req: Request, { training, runs, line }: Known & { line: TakerLine }, essay: PersonEssay) => ({
  prompt: wordsIn(essay.prompt, req.lang),
  points: essay.graded && essay.mark ? markIn(req, essay, essay.mark).points : null,
  href: runs && essay.graded ? `${baseOf(training)}/${line.enrollmentId}/essays/${essay.id}` : null,
})

/** One person of it: their attempts, and what is different for them. */
export function presentTaker(
  req: Request,
  known: Known & {
    line: TakerLine
    attempts: TakenAttempt[]
    essays: PersonEssay[]
    adjustment: Adjustment
    grants: boolean
  },
) {
  const { training, test, line, attempts, adjustment } = known
  const moment = momentsOf(req, training)
  return {
    ...headOf(req, known),
    own: `${baseOf(training)}/${line.enrollmentId}`,
    name: line.name,
    grants: known.grants,
    extraAttempts: adjustment.extraAttempts,
    usual: { attempts: test.attempts, minutes: test.minutes },
    attempts: attempts.map(attempt => ({
      number: attempt.number,
      started: moment(attempt.startedAt),
      ended: attempt.handedInAt && moment(attempt.handedInAt),
      state: endIn(req, training, attempt),
      byTime: attempt.closedBy === 'time',
      percent: percentIn(req, attempt.percent),
      unmarked: isUnmarked(attempt),
      essays: known.essays.filter(({ number }) => number === attempt.number).map(essay => essayRow(req, known, essay)),
      receipt: attempt.receipt,
      late: attempt.handedInAt && attempt.late ? req.t('tests.late', { count: attempt.late }) : null,
      givenBack: attempt.givenBack ? req.t('tests.givenBack', { count: Math.ceil(attempt.givenBack / 60) }) : null,
    })),
  }
}

/** That essays wait for marks, and for whom; null where none does. */
function essaysIn(req: Request, training: Training, { count, since, markers }: Waiting) {
  if (!count || !since) return null
  return {
    title: req.t('essays.manage.waiting', { count }),
    text: [
      req.t('essays.manage.since', { time: momentsOf(req, training)(since) }),
      req.t(markers ? 'essays.manage.markers' : 'essays.manage.noMarkers', { count: markers }),
      ...(training.status === 'closed' ? [req.t('essays.manage.closed')] : []),
    ],
    action: {
      href: `/${req.lang}/manage/trainings/${training.code}/people`,
      label: req.t('essays.manage.toPeople'),
    },
  }
}

const baseOf = ({ code }: Training) => `/manage/trainings/${code}/test`

const momentsOf = (req: Request, { zone }: Training) => {
  const say = speakerOf(req)
  return (at: Temporal.Instant) => momentIn(say, at, zone!)
}

const headOf = (req: Request, { training, test, form, runs }: Known) => ({
  code: training.code,
  title: wordsIn(test.title, req.lang),
  training: `/manage/trainings/${training.code}`,
  base: baseOf(training),
  zone: zoneName(training.zone!, req.t),
  runs,
  form,
  errorOf: errorsOf(form),
})

function factsOf(req: Request, { training, test }: Known) {
  const { t } = req
  const { settings } = test
  const moment = momentsOf(req, training)
  const fact = (key: string, value: string) => ({ key: t(key), value })
  return [
    fact('attempts.front.questions', String(countOf(test.blueprint))),
    fact(
      'attempts.front.time',
      test.minutes ? t('attempts.front.minutes', { count: test.minutes }) : t('attempts.front.noLimit'),
    ),
    fact('attempts.front.attempts', t('attempts.front.allowed', { count: test.attempts })),
    fact('attempts.front.passMark', t('attempts.percent', { value: test.passPercent })),
    fact('tests.opens', settings.opensAt ? moment(settings.opensAt) : t('tests.always')),
    fact('tests.closes', settings.closesAt ? moment(settings.closesAt) : t('tests.never')),
    fact('attempts.front.feedbackKey', t(`tests.feedback.${settings.feedback ?? test.courseFeedback}`)),
  ]
}

function stateIn(req: Request, training: Training, line: TakerLine): string {
  const { t } = req
  const moment = momentsOf(req, training)
  if (line.unmarked && !line.open) return t('essays.unmarked')
  if (line.open && isOver(line)) return t('tests.state.waits')
  if (line.open)
    return line.deadlineAt ? t('tests.state.openUntil', { time: moment(line.deadlineAt) }) : t('tests.state.open')
  return line.lastClosedAt ? t('tests.state.closed', { time: moment(line.lastClosedAt) }) : t('tests.state.nothing')
}

function endIn(req: Request, training: Training, attempt: TakenAttempt): string {
  const moment = momentsOf(req, training)
  if (isOver(attempt) && !isDue(attempt)) return req.t('tests.state.waitsUntil', { time: moment(attempt.lateUntil!) })
  if (isOver(attempt)) return req.t('tests.state.waits')
  return attempt.deadlineAt
    ? req.t('tests.state.openUntil', { time: moment(attempt.deadlineAt) })
    : req.t('tests.state.open')
}
