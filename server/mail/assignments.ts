import { numberIn } from '../../lib/numbers.ts'
import { one } from '../../lib/db.ts'
import { dueOf, type DueFacts } from '../../models/assignment.ts'
import type { Words } from '../../models/course.ts'
import { filesOf } from '../../models/submission.ts'
import { shortHash, wordsOf } from '../../routes/present/assignments.ts'
import { sizeInWords } from '../../models/file-sizes.ts'
import { wordsIn } from '../../routes/present/words.ts'
import { dateInWords } from '../../lib/dates.ts'
import { zoneName } from '../../routes/present/zones.ts'
import type { Letters, Pen } from './index.ts'

type About = { code: string; title: Words; assignment: Words } & DueFacts

const ABOUT = `t.code, coalesce(t.title, v.title) as title, s.title as assignment, t.zone, t.ends_on as "endsOn",
  s.due_days as "dueDays", (select due_wall from assignment_dates where training_id = t.id) as "ownDue",
  (select max(x.due_wall) from extensions x where x.enrollment_id = e.id and x.assessment_id = s.id) as "extendedTo"`
const FROM = `join enrollments e on e.id = x.enrollment_id join assessments s on s.id = x.assessment_id
  join trainings t on t.id = e.training_id join course_versions v on v.id = e.course_version_id`

type Handed = About & {
  round: number
  body: string
  handedInAt: Temporal.Instant
  receipt: string
  returnedComment: string | null
}

/** Letters about assignments. A grade stands in one only when it is released; levels stand in none. */
export const assignmentLetters: Letters = {
  'assignment-receipt': async ({ submissionId }, pen) => {
    const work = await handed(submissionId)
    if (!work) return undefined
    const { t, date, url } = pen
    const files = await filesOf(submissionId)
    const time = date(work.handedInAt, 'datetime')
    const host = momentAt(pen, work.handedInAt, work.zone)
    return {
      subject: t('mail.assignment.receipt.subject', named(work, pen)),
      lines: [
        t('mail.assignment.receipt.what', { ...named(work, pen), time, number: work.round }),
        ...(host === time ? [] : [t('mail.assignment.receipt.host', { time: host })]),
        ...(work.body.trim() ? [t('mail.assignment.receipt.text', { count: wordsOf(work.body) })] : []),
        ...files.map(({ name, size, sha256 }) =>
          t('mail.assignment.receipt.file', { name, size: sizeInWords(pen, size), hash: shortHash(sha256) }),
        ),
      ],
      button: {
        label: t('mail.assignment.receipt.button'),
        href: url(`/trainings/${work.code}/assignment/rounds/${work.round}`),
      },
      after: [t('mail.assignment.receipt.receipt', { receipt: work.receipt })],
    }
  },
  'assignment-returned': async ({ submissionId }, pen) => {
    const work = await handed(submissionId)
    if (!work?.returnedComment) return undefined
    const { t, date, url } = pen
    const next = await one<{ roundDue: Temporal.PlainDateTime | null }>(
      'mail.assignment-next',
      `select n.due_wall as "roundDue" from submissions u join submissions n on n.enrollment_id = u.enrollment_id
         and n.assessment_id = u.assessment_id and n.round = u.round + 1 where u.id = $1`,
      [submissionId],
    )
    const due = dueOf({ ...work, roundDue: next?.roundDue ?? null })
    return {
      subject: t('mail.assignment.returned.subject', named(work, pen)),
      lines: [
        due
          ? t('mail.assignment.returned.what', { ...named(work, pen), due: date(due.at, 'datetime') })
          : t('mail.assignment.returned.whatNoDue', named(work, pen)),
        t('mail.assignment.returned.comment'),
        work.returnedComment,
      ],
      button: { label: t('mail.assignment.returned.button'), href: url(`/trainings/${work.code}/assignment`) },
    }
  },
  'assignment-extended': async ({ extensionId }, pen) => {
    const given = await one<About & { reason: string; dueWall: Temporal.PlainDateTime }>(
      'mail.assignment-extended',
      `select ${ABOUT}, x.reason, x.due_wall as "dueWall" from extensions x ${FROM} where x.id = $1`,
      [extensionId],
    )
    if (!given) return undefined
    const { t, date, url } = pen
    const due = dueOf({ ...given, roundDue: null, extendedTo: given.dueWall, ownDue: given.dueWall })!
    return {
      subject: t('mail.assignment.extended.subject', named(given, pen)),
      lines: [
        t('mail.assignment.extended.what', { ...named(given, pen), due: date(due.at, 'datetime') }),
        t('mail.assignment.extended.reason', { reason: given.reason }),
      ],
      button: { label: t('mail.assignment.extended.button'), href: url(`/trainings/${given.code}/assignment`) },
    }
  },
  'grade-released': ({ releaseId }, pen) => graded(releaseId, pen),
  'grade-changed': ({ releaseId }, pen) => graded(releaseId, pen),
}

async function graded(releaseId: string, pen: Pen) {
  const release = await one<About & { percent: string; before: string | null; reason: string | null }>(
    'mail.grade',
    `select ${ABOUT}, x.percent, x.reason, (select b.percent from grade_releases b where b.enrollment_id = x.enrollment_id
       and b.assessment_id = x.assessment_id and b.id < x.id order by b.id desc limit 1) as before
     from grade_releases x ${FROM} where x.id = $1`,
    [releaseId],
  )
  if (!release) return undefined
  const { t, url, lang } = pen
  const percentOf = (value: string) => t('attempts.percent', { value: numberIn(lang, Number(value)) })
  const { before, reason } = release
  const words = { ...named(release, pen), percent: percentOf(release.percent) }
  return {
    subject: t(before ? 'mail.assignment.changed.subject' : 'mail.assignment.released.subject', words),
    lines: before
      ? [
          t('mail.assignment.changed.what', { ...words, from: percentOf(before) }),
          t('mail.assignment.changed.reason', { reason }),
        ]
      : [t('mail.assignment.released.what', words)],
    button: { label: t('mail.assignment.released.button'), href: url(`/trainings/${release.code}/assignment`) },
  }
}

const handed = (submissionId: string) =>
  one<Handed>(
    'mail.assignment-work',
    `select ${ABOUT}, x.round, x.body, x.handed_in_at as "handedInAt", x.receipt, x.returned_comment as "returnedComment"
     from submissions x ${FROM} where x.id = $1 and x.handed_in_at is not null`,
    [submissionId],
  )

const named = (about: About, { lang }: Pen) => ({
  course: wordsIn(about.title, lang),
  assignment: wordsIn(about.assignment, lang),
})

const momentAt = ({ t, tag }: Pen, at: Temporal.Instant, zone: string) =>
  t('layout.inZone', { time: dateInWords(at, tag, zone, 'datetime'), zone: zoneName(zone, t) })
