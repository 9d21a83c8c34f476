import { one } from '../../lib/db.ts'
import type { Words } from '../../models/course.ts'
import type { EnrollmentStatus } from '../../models/enrollment.ts'
import type { Letter, Letters, Pen } from './index.ts'

type Row = {
  status: EnrollmentStatus
  code: string
  title: Words
  startsOn: string | null
  endsOn: string | null
  zone: string
  line: number
  offeredUntil: Temporal.Instant | null
  reason: string | null
}

function enrollmentOf(enrollmentId: string): Promise<Row | undefined> {
  return one<Row>(
    'mail.enrollment',
    `select e.status, t.code, coalesce(t.title, v.title) as title, t.starts_on as "startsOn", t.ends_on as "endsOn", t.zone,
       e.offered_until as "offeredUntil", e.decided_reason as reason,
       case when e.status = 'waiting' then (select count(*)::int from enrollments w where w.training_id = t.id
         and w.status = 'waiting' and (w.created_at, w.id) <= (e.created_at, e.id)) else 0 end as line
     from enrollments e join trainings t on t.id = e.training_id join course_versions v on v.id = e.course_version_id
     where e.id = $1`,
    [enrollmentId],
  )
}

/** Letters about a place in a training. A letter whose news has been overtaken (a place given up again) is not sent. */
export const enrollmentLetters: Letters = {
  'enrollment-confirmed': async ({ enrollmentId }, pen) => {
    const row = await enrollmentOf(enrollmentId)
    return row?.status === 'enrolled' ? placeLetter(row, pen) : undefined
  },
  'place-offered': async ({ enrollmentId, link }, pen) => {
    const row = await enrollmentOf(enrollmentId)
    if (row?.status !== 'waiting' || !row.offeredUntil) return undefined
    const title = titleOf(row, pen)
    const until = pen.date(row.offeredUntil, 'datetime')
    return {
      subject: pen.t('mail.enrollment.offered.subject', { title }),
      lines: [
        pen.t('mail.enrollment.offered.what', { title }),
        pen.t('mail.enrollment.offered.until', { until }),
        whenOf(row, pen),
      ],
      button: { label: pen.t('mail.enrollment.offered.button'), href: pen.url(link) },
      after: [pen.t('mail.enrollment.offered.decline')],
    }
  },
  'enrollment-declined': async ({ enrollmentId }, pen) => {
    const row = await enrollmentOf(enrollmentId)
    if (row?.status !== 'declined') return undefined
    const title = titleOf(row, pen)
    return {
      subject: pen.t('mail.enrollment.declined.subject', { title }),
      lines: [
        pen.t('mail.enrollment.declined.what', { title }),
        ...(row.reason ? [pen.t('mail.enrollment.declined.reason', { reason: row.reason })] : []),
      ],
      button: { label: pen.t('mail.enrollment.declined.button'), href: pen.url('/trainings') },
    }
  },
  'enrollment-waiting': async ({ enrollmentId }, pen) => {
    const row = await enrollmentOf(enrollmentId)
    if (row?.status !== 'waiting') return undefined
    const title = titleOf(row, pen)
    return {
      subject: pen.t('mail.enrollment.waiting.subject', { title }),
      lines: [
        pen.t('mail.enrollment.waiting.what', { title }),
        pen.t('mail.enrollment.waiting.line', { count: row.line }),
      ],
      button: { label: pen.t('mail.enrollment.waiting.button'), href: pen.url(`/trainings/${row.code}`) },
      after: [pen.t('mail.enrollment.waiting.leave')],
    }
  },
}

function placeLetter(row: Row, pen: Pen): Letter {
  const title = titleOf(row, pen)
  return {
    subject: pen.t('mail.enrollment.confirmed.subject', { title }),
    lines: [pen.t('mail.enrollment.confirmed.what', { title }), whenOf(row, pen)],
    button: {
      label: pen.t(row.startsOn ? 'mail.enrollment.see' : 'mail.enrollment.begin'),
      href: pen.url(`/trainings/${row.code}`),
    },
    after: [
      ...(row.endsOn ? [pen.t('mail.enrollment.ends', { date: pen.date(row.endsOn, 'weekday') })] : []),
      pen.t('mail.enrollment.giveUp'),
    ],
  }
}

const whenOf = (row: Row, pen: Pen) =>
  row.startsOn
    ? pen.t('mail.enrollment.starts', { date: pen.date(row.startsOn, 'weekday') })
    : pen.t('mail.enrollment.anyTime')

const titleOf = (row: Row, { lang }: Pen) => row.title[lang as keyof Words] ?? row.title.en
