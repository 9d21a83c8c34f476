import { one, sql } from '../lib/db.ts'

export const MAIL_STATES = ['waiting', 'sent', 'failed', 'kept'] as const
export type MailState = (typeof MAIL_STATES)[number]

export type MailLine = {
  id: string
  kind: string
  address: string
  personId: string | null
  name: string | null
  subject: string | null
  locale: string
  state: MailState
  createdAt: Temporal.Instant
  sentAt: Temporal.Instant | null
  tries: number
  lastError: string | null
}

export type MailInFull = MailLine & {
  zone: string
  messageId: string
  bodyText: string | null
  bodyHtml: string | null
  /** Calendar messages that go with it, as JSON: see server/mail/calendars.ts. */
  calendar: string | null
  jobId: string | null
  nextTryAt: Temporal.Instant | null
}

const STATE = `case when m.sent_at is not null then 'sent' when m.failed_at is not null then 'failed'
  when m.kept_at is not null then 'kept' else 'waiting' end`
const LINE = `m.id, m.kind, m.address, m.person_id as "personId", p.name_latin as name, m.subject, m.locale, ${STATE} as state,
  m.created_at as "createdAt", m.sent_at as "sentAt", m.tries, m.last_error as "lastError"`

const WHERE: Record<MailState | 'all', string> = {
  all: 'true',
  waiting: 'm.sent_at is null and m.failed_at is null and m.kept_at is null',
  sent: 'm.sent_at is not null',
  failed: 'm.sent_at is null and m.failed_at is not null',
  kept: 'm.sent_at is null and m.failed_at is null and m.kept_at is not null',
}

/**
 * Mails of the outbox, newest first, one more than `size` when there are more.
 * @param before the id after which the page begins, null for the newest
 * @param to a piece of the address, '' for all
 */
export function mailLines({
  state,
  to,
  before,
  size,
}: {
  state: MailState | null
  to: string
  before: string | null
  size: number
}): Promise<MailLine[]> {
  return sql<MailLine>(
    `mails.${state ?? 'all'}`,
    `select ${LINE} from mails m left join people p on p.id = m.person_id
     where ${WHERE[state ?? 'all']} and ($1::bigint is null or m.id < $1) and ($2 = '' or position(lower($2) in lower(m.address)) > 0)
     order by m.id desc limit $3`,
    [before, to, size + 1],
  )
}

/** One mail with its text and what the queue will do with it. */
export function mailInFull(id: string): Promise<MailInFull | undefined> {
  return one<MailInFull>(
    'mail.full',
    `select ${LINE}, m.zone, m.message_id as "messageId", m.body_text as "bodyText", m.body_html as "bodyHtml", m.calendar,
       j.id as "jobId", case when j.failed_at is null then j.run_at end as "nextTryAt"
     from mails m left join people p on p.id = m.person_id
     left join lateral (select id, failed_at, run_at from jobs
       where name = 'mail.send' and payload ->> 'mailId' = m.id::text limit 1) j on true
     where m.id = $1`,
    [id],
  )
}

export type JobLine = {
  id: string
  name: string
  payload: Record<string, unknown>
  createdAt: Temporal.Instant
  runAt: Temporal.Instant
  failedAt: Temporal.Instant | null
  inHand: boolean
  tries: number
  lastError: string | null
}

const JOB = `id, name, payload, created_at as "createdAt", run_at as "runAt", failed_at as "failedAt", tries,
  last_error as "lastError", coalesce(lease_until >= $1, false) as "inHand"`

/** Jobs that failed, newest first, at most `size`. */
export const failedJobs = (at: Temporal.Instant, size: number): Promise<JobLine[]> =>
  sql<JobLine>('jobs.failed', `select ${JOB} from jobs where failed_at is not null order by id desc limit $2`, [
    at,
    size,
  ])

/** Jobs that wait, the next first, at most `size`. */
export const waitingJobs = (at: Temporal.Instant, size: number): Promise<JobLine[]> =>
  sql<JobLine>(
    'jobs.waiting',
    `select ${JOB} from jobs where failed_at is null order by run_at, priority, id limit $2`,
    [at, size],
  )

/** The job of this number, or undefined. */
export const jobThere = (id: string) => one<{ id: string }>('job.there', 'select id from jobs where id = $1', [id])
