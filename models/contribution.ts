import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Words } from './course.ts'
import type { Names } from './enrollment.ts'
import { todayInBaku } from './offering.ts'
import type { Format, Signatory } from './training.ts'

/** The academic hour of certificates is 45 minutes (product.md, "Numbers that rules need"). */
const ACADEMIC_HOUR = 45

/**
 * Academic hours taught: all minutes together, rounded down to a half hour, so that no paper says more than was taught.
 * Two sessions of 60 minutes are 2.5 hours, not 2 times 1.
 */
export const hoursTaught = (minutes: number): number => Math.floor((minutes * 2) / ACADEMIC_HOUR) / 2

/**
 * Sessions in which somebody taught (aliases `b` the booking, `s` the session, `t` the training): booked as trainer,
 * with the time held for them, in a session that counts, was announced and has taken place. `$now` is an instant.
 * Nothing takes place in a training that is called off or put off, nor after it was closed.
 */
export const taughtIn = ($now: string) => `
  b.role = 'trainer' and exists (select 1 from bookings f where f.session_id = b.session_id
    and f.person_id = b.person_id and f.firm)
  and s.kind = 'session' and s.counts and s.canceled_at is null and s.published is not null
  and t.status in ('published', 'running', 'closed') and s.ends_at <= ${$now}
  and (t.status <> 'closed' or s.ends_at <= coalesce((select max(x.at) from transitions x
    where x.record_kind = 'training' and x.record_id = t.id and x.to_status = 'closed'), s.ends_at))`

/** What somebody taught in one training. `first` and `last` are the host's calendar dates of their sessions. */
export type Contribution = {
  trainingId: string
  personId: string
  code: string
  title: Words
  courseCode: string
  version: string
  format: Format
  place: Words | null
  /** Who signs for this training, when others than usual do. */
  signatories: Signatory[] | null
  /** Parts they had in it besides: 'trainer', 'moderator', 'interpreter'. */
  roles: string[]
  sessions: number
  minutes: number
  first: string
  last: string
  /** Nothing is left for them to teach: the training is over, or their last session is. */
  done: boolean
  /** The passport name on file, and the last names they confirmed for a certificate. */
  person: string
  confirmed: Names | null
  earlier: 'none' | 'live' | 'revoked'
}

/**
 * What people taught, a row for each training and person; `among` says of which sessions (alias `s`). `$now` is an
 * instant, `$today` a date.
 */
const contribution = ($now: string, $today: string, among = 'true') => `
  select x.training_id as "trainingId", x.person_id as "personId", t.code, v.title, c.code as "courseCode",
    v.major || '.' || v.minor as version, t.format, t.place, t.signatories, x.sessions, x.minutes, x.first, x.last,
    array(select distinct b.role from bookings b join sessions s on s.id = b.session_id
      where s.training_id = x.training_id and b.person_id = x.person_id and s.canceled_at is null order by 1) as roles,
    t.status = 'closed' or t.ends_on < ${$today}::date or not exists (select 1 from bookings b
      join sessions s on s.id = b.session_id where s.training_id = x.training_id and b.person_id = x.person_id
        and b.role = 'trainer' and s.kind = 'session' and s.canceled_at is null and s.ends_at > ${$now}) as done,
    p.name_latin as person,
    (select e.names_confirmed from enrollments e where e.person_id = x.person_id and e.names_confirmed is not null
      order by e.names_confirmed_at desc limit 1) as confirmed,
    coalesce((select case when k.revoked_at is null then 'live' else 'revoked' end from certificates k
      where k.person_id = x.person_id and k.training_id = x.training_id and k.kind = 'contribution'
        and k.replaced_at is null order by (k.revoked_at is null) desc limit 1), 'none') as earlier
  from (select b.person_id, s.training_id, count(*)::int as sessions,
      sum(extract(epoch from s.ends_at - s.starts_at) / 60)::int as minutes,
      to_char(min(s.wall_start), 'YYYY-MM-DD') as first, to_char(max(s.wall_end), 'YYYY-MM-DD') as last
    from bookings b join sessions s on s.id = b.session_id join trainings t on t.id = s.training_id
    where ${taughtIn($now)} and ${among} group by b.person_id, s.training_id) x
  join people p on p.id = x.person_id join trainings t on t.id = x.training_id
  join course_versions v on v.id = t.course_version_id join courses c on c.id = v.course_id
  where p.erased_at is null`

// Less is not half an academic hour.
const LEAST_MINUTES = Math.ceil(ACADEMIC_HOUR / 2)

/** Contributions (see `contribution`) for which a certificate can be issued and is not. */
export const contributionsWaiting = ($now: string, $today: string, among?: string) => `
  select * from (${contribution($now, $today, among)}) y
  where y.done and y.minutes >= ${LEAST_MINUTES} and y.earlier = 'none'`

/** What one person taught in one training; undefined when nothing. */
export const contributionOf = (personId: string, trainingId: string): Promise<Contribution | undefined> =>
  one<Contribution>('contribution.one', `${contribution('$1', '$2')} and x.person_id = $3 and x.training_id = $4`, [
    ...[now(), todayInBaku(), personId, trainingId],
  ])

export const CONTRIBUTIONS_SHOWN = 100

/**
 * Who has taught, has nothing left to teach and has no certificate of it yet; those who wait longest first.
 * @param training a training's code, or null for all
 */
export function contributionsToIssue(training: string | null): Promise<Contribution[]> {
  return sql<Contribution>(
    'contribution.waiting',
    `${contributionsWaiting('$1', '$2')} and ($3::text is null or y.code = $3)
     order by y.last, y.code, y."personId" limit $4`,
    [now(), todayInBaku(), training, CONTRIBUTIONS_SHOWN],
  )
}

/** The name a contribution prints: what the person confirmed for their last certificate, else the passport name on file. */
export const namesFor = ({ confirmed, person }: Pick<Contribution, 'confirmed' | 'person'>): Names =>
  confirmed ?? { latin: person }
