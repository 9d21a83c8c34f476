import { numberIn } from '../../lib/numbers.ts'
import { one, sql } from '../../lib/db.ts'
import type { T } from '../../lib/i18n.ts'
import type { TestKind } from '../../models/attempt.ts'
import type { Words } from '../../models/course.ts'
import type { Mails } from '../../models/notifying.ts'
import { attemptAddress } from '../../routes/present/attempts.ts'
import { minutesFor, RULE_COLUMNS, RULES_JOINED, type TestRules } from '../../models/test-rules.ts'
import { wordsIn } from '../../routes/present/words.ts'
import type { Letters } from './index.ts'

type Receipt = {
  code: string
  kind: TestKind
  title: Words
  testTitle: Words
  number: number
  percent: string | null
  /** Null where nothing is passed, or not known yet. */
  passed: boolean | null
  byTime: boolean
  handedInAt: Temporal.Instant
  receipt: string
  left: number
}

type Adjusted = TestRules & { code: string; title: Words; testTitle: Words }

type Corrected = {
  code: string
  kind: TestKind
  title: Words
  testTitle: Words
  number: number
  before: string
  after: string
  best: string | null
  passPercent: number | null
  certified: boolean
  reason: string
}

/** An attempt that was handed in; without percent while it waits for marks. */
const handedIn = (attemptId: string): Promise<Receipt | undefined> =>
  one<Receipt>(
    'mail.test-receipt',
    `select t.code, coalesce(t.title, v.title) as title, s.title as "testTitle", s.kind, a.number, a.percent,
       a.percent >= s.pass_percent as passed, a.closed_by = 'time' as "byTime", a.handed_in_at as "handedInAt", a.receipt,
       greatest(0, s.attempts + coalesce(x.extra_attempts, 0) - (select count(*)::int from attempts o
         where o.assessment_id = s.id and o.enrollment_id = e.id)) as left
     from attempts a join assessments s on s.id = a.assessment_id join enrollments e on e.id = a.enrollment_id
     join trainings t on t.id = e.training_id join course_versions v on v.id = e.course_version_id
     left join test_adjustments x on x.enrollment_id = e.id and x.assessment_id = s.id
     where a.id = $1 and a.handed_in_at is not null`,
    [attemptId],
  )

const wordsOf = ({ title, testTitle, number, percent }: Receipt, t: T, lang: string) => ({
  ...{ course: wordsIn(title, lang), test: wordsIn(testTitle, lang), number },
  percent: t('attempts.percent', { value: numberIn(lang, Number(percent)) }),
})

/** The attempts of one place whose results a regrade or a changed mark corrected, first to last; `best` is the grade now. */
const correctedBy = (matter: Mails['result-corrected']): Promise<Corrected[]> =>
  sql<Corrected>(
    'mail.result-corrected',
    `select t.code, coalesce(t.title, v.title) as title, s.title as "testTitle", s.kind, a.number,
       r.percent_before as before, r.percent_after as after, n.percent as best, s.pass_percent as "passPercent", r.reason,
       exists (select from certificates k where k.enrollment_id = e.id and k.revoked_at is null
         and k.replaced_at is null) as certified
     from (select x.attempt_id, x.percent_before, x.percent_after, g.reason from regraded_attempts x
         join regrades g on g.id = x.regrade_id where x.regrade_id = $1
       union all select attempt_id, percent_before, percent_after, reason from mark_changes where id = $2) r
     join attempts a on a.id = r.attempt_id
     join assessments s on s.id = a.assessment_id join enrollments e on e.id = a.enrollment_id
     join trainings t on t.id = e.training_id join course_versions v on v.id = e.course_version_id
     left join grades n on n.enrollment_id = e.id and n.assessment_id = s.id
     where e.id = $3 order by s.id, a.number`,
    [
      'regradeId' in matter ? matter.regradeId : null,
      'markChangeId' in matter ? matter.markChangeId : null,
      matter.enrollmentId,
    ],
  )

/** Letters about tests. None says a word of what was asked or answered. */
export const assessmentLetters: Letters = {
  'test-receipt': async ({ attemptId }, { t, date, url, lang }) => {
    const attempt = await handedIn(attemptId)
    if (!attempt) return undefined
    const { passed, byTime, handedInAt, receipt, left } = attempt
    const words = wordsOf(attempt, t, lang)
    const waits = attempt.percent === null
    const subject = waits ? 'unmarked' : passed ? 'passed' : 'received'
    return {
      subject: t(`mail.testReceipt.${subject}`, words),
      lines: [
        t(waits ? 'mail.testReceipt.whatUnmarked' : 'mail.testReceipt.what', words),
        t(byTime ? 'mail.testReceipt.byTime' : 'mail.testReceipt.handedIn', { time: date(handedInAt, 'datetime') }),
        ...(waits ? [t('mail.testReceipt.waits')] : []),
        ...(passed === false ? [t('mail.testReceipt.left', { count: left })] : []),
      ],
      button: { label: t('attempts.toResult'), href: url(`${attemptAddress(attempt)}/result`) },
      after: [t('mail.testReceipt.receipt', { receipt })],
    }
  },
  'test-marked': async ({ attemptId }, { t, url, lang }) => {
    const attempt = await handedIn(attemptId)
    if (!attempt || attempt.percent === null) return undefined
    const { passed, left } = attempt
    const words = wordsOf(attempt, t, lang)
    return {
      subject: t(passed ? 'mail.testReceipt.passed' : 'mail.testMarked.subject', words),
      lines: [
        t('mail.testMarked.marked'),
        t('mail.testReceipt.what', words),
        ...(passed === false ? [t('mail.testReceipt.left', { count: left })] : []),
      ],
      button: { label: t('attempts.toResult'), href: url(`${attemptAddress(attempt)}/result`) },
    }
  },
  'result-corrected': async (matter, { t, url, lang }) => {
    const changed = await correctedBy(matter)
    const first = changed[0]
    if (!first) return undefined
    const course = wordsIn(first.title, lang)
    const percent = (value: string) => t('attempts.percent', { value: numberIn(lang, Number(value)) })
    const need = first.kind === 'test' && first.passPercent !== null ? first.passPercent : null
    return {
      subject: t('mail.resultCorrected.subject', { course }),
      lines: [
        t(`mail.resultCorrected.${'regradeId' in matter ? 'what' : 'markChanged'}`, {
          test: wordsIn(first.testTitle, lang),
          course,
        }),
        ...changed.map(({ number, before, after }) =>
          t('mail.resultCorrected.attempt', { number, before: percent(before), after: percent(after) }),
        ),
        ...(need === null || first.best === null
          ? []
          : [
              t('mail.resultCorrected.best', { percent: percent(first.best), need: percent(String(need)) }),
              t(`mail.resultCorrected.${Number(first.best) >= need ? 'passed' : 'lost'}`),
            ]),
        ...(first.certified && need !== null && Number(first.best) < need
          ? [t('mail.resultCorrected.certificate')]
          : []),
        t('mail.resultCorrected.reason', { reason: first.reason }),
      ],
      button: { label: t('attempts.toResult'), href: url(`${attemptAddress(first)}/result`) },
    }
  },
  'test-adjusted': async ({ enrollmentId, assessmentId }, { t, date, url, lang }) => {
    const own = await one<Adjusted>(
      'mail.test-adjusted',
      `select t.code, coalesce(t.title, v.title) as title, s.title as "testTitle", ${RULE_COLUMNS}
       from enrollments e join trainings t on t.id = e.training_id join course_versions v on v.id = e.course_version_id
       join assessments s on s.id = $2 ${RULES_JOINED} where e.id = $1 and e.status = 'enrolled'`,
      [enrollmentId, assessmentId],
    )
    if (!own?.ownReason) return undefined
    const course = wordsIn(own.title, lang)
    const minutes = minutesFor(own)
    const moment = (key: string, at: Temporal.Instant | null) => (at ? [t(key, { time: date(at, 'datetime') })] : [])
    return {
      subject: t('mail.testAdjusted.subject', { course }),
      lines: [
        t('mail.testAdjusted.what', { test: wordsIn(own.testTitle, lang), course }),
        ...(minutes ? [t('mail.testAdjusted.minutes', { count: minutes })] : []),
        t('mail.testAdjusted.attempts', { count: own.allowed }),
        ...moment('attempts.front.opens', own.opensAt),
        ...moment(minutes ? 'attempts.front.closes' : 'attempts.front.closesNoLimit', own.closesAt),
        t('mail.testAdjusted.reason', { reason: own.ownReason }),
      ],
      button: { label: t('mail.testAdjusted.button'), href: url(`/trainings/${own.code}/test`) },
    }
  },
}
