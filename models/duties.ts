import { one } from '../lib/db.ts'
import { CENTER_ZONE, now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { WORKING } from './announcing.ts'
import { dueOn } from './certificate-lists.ts'
import type { Words } from './course.ts'
import { ownToRun } from './policies/running.ts'
import type { Format, TrainingStatus } from './training.ts'

/** A training with something in it that waits: how much, and since or until when. */
export type Waiting = { code: string; title: Words; count: number; at: string | null }
export type Starting = {
  code: string
  title: Words
  startsOn: string
  status: TrainingStatus
  format: Format
  agenda: boolean
  trainer: boolean
  room: boolean
}
export type Today = { code: string; title: Words; startsAt: string; zone: string }

/** What waits for those who run trainings. Lists hold at most `MOST` lines; instants and dates are ISO texts. */
export type Duties = {
  requests: Waiting[]
  offers: Waiting[]
  lines: (Waiting & { free: number })[]
  unannounced: Waiting[]
  starting: Starting[]
  today: Today[]
  unattended: Waiting[]
  untranslated: Waiting[]
  lessons: Waiting[]
  /** Certificates by the day on which the Center promised them: past it, today, within seven days. */
  certificates: { late: number; today: number; week: number }
  mailsFailed: number
  /** When the mail was written that has waited longest for the mail server. */
  oldestMail: string | null
  erasures: number
}

const MOST = 30
/** Beyond so many certificates to issue, the first ones are looked at: the list behind the number has them all. */
const MOST_CERTIFICATES = 2000

type Row = Omit<Duties, 'certificates'> & { pending: { since: string; days: number }[] }

/**
 * What waits for the Center's staff, or for those in charge of a training in theirs alone; null for everyone else. One
 * statement whose cost does not grow with the people: each part goes by an index of what is open.
 */
export async function dutiesOf(actor: Actor): Promise<Duties | null> {
  const ids = ownToRun(actor)
  if (ids?.length === 0) return null
  const day = now().toZonedDateTimeISO(actor.zone).startOfDay()
  const today = day.toPlainDate()
  const { pending, ...row } = (await one<Row>('duties', DUTIES, [
    ids,
    now(),
    day.toInstant(),
    day.add({ days: 1 }).toInstant(),
    today.toString(),
    today.add({ days: 14 }).toString(),
    now().subtract({ hours: 24 * 14 }),
    now().add({ hours: 24 }),
  ]))!
  return { ...row, certificates: promised(pending) }
}

function promised(pending: Row['pending']): Duties['certificates'] {
  const today = now().toZonedDateTimeISO(CENTER_ZONE).toPlainDate()
  const counts = { late: 0, today: 0, week: 0 }
  for (const { since, days } of pending) {
    const at = Temporal.Instant.from(since)
    const left = today.until(dueOn({ eligibleAt: at, confirmedAt: at, days })!, { largestUnit: 'days' }).days
    if (left < 0) counts.late++
    else if (left === 0) counts.today++
    else if (left <= 7) counts.week++
  }
  return counts
}

const MINE = (column: string) => `($1::bigint[] is null or ${column} = any($1::bigint[]))`
const TITLE = `t.code, coalesce(t.title, v.title) as title`
const OF_TRAINING = `join trainings t on t.id = x.training_id join course_versions v on v.id = t.course_version_id`
const list = (rows: string) =>
  `coalesce((select jsonb_agg(to_jsonb(l) - 'place' order by l.place) from (${rows} limit ${MOST}) l), '[]'::jsonb)`
const BOTH = (column: string) =>
  `(${column} is null or (coalesce(${column} ->> 'en', '') <> '' and coalesce(${column} ->> 'ru', '') <> ''))`
const LIVE = `('draft', 'published', 'running', 'postponed')`
const HELD = `('published', 'running', 'closed')`

const DUTIES = `select
  ${list(`select ${TITLE}, x.count, x.at, x.at as place from (select training_id, count(*)::int as count, min(created_at) as at
      from enrollments where status = 'requested' and ${MINE('training_id')} group by 1) x ${OF_TRAINING}
      where t.status in ${LIVE} order by place`)} as requests,
  ${list(`select ${TITLE}, x.count, x.at, x.at as place from (select training_id, count(*)::int as count, min(offered_until) as at
      from enrollments where offered_until > $2 and offered_until <= $8 and status = 'waiting' and ${MINE('training_id')} group by 1) x
      ${OF_TRAINING} order by place`)} as offers,
  ${list(`select ${TITLE}, w.count, null::text as at, t.seats - held.n as free, t.id as place
      from (select training_id, count(*)::int as count from enrollments where status = 'waiting' and ${MINE('training_id')} group by 1) w
      join trainings t on t.id = w.training_id and t.status in ('published', 'running') and t.seats is not null
      join course_versions v on v.id = t.course_version_id
      cross join lateral (select count(*)::int as n from (select 1 from enrollments e where e.training_id = t.id
          and e.status = 'enrolled' limit t.seats) e) taken
      cross join lateral (select taken.n + count(*)::int as n from enrollments e where e.training_id = t.id
          and e.status = 'waiting' and e.offered_until > $2) held
      where held.n < t.seats order by place`)} as lines,
  ${list(`select ${TITLE}, x.count, null::text as at, t.id as place from (select s.training_id, count(*)::int as count from sessions s
        where s.starts_at > $2 and ${MINE('s.training_id')} and (s.published_at is null and s.canceled_at is null
          or s.changed_at > s.published_at and s.published - 'sequence' <> ${WORKING}) group by 1) x ${OF_TRAINING}
      where t.status in ('published', 'running') order by place`)} as unannounced,
  ${list(`select ${TITLE}, t.starts_on as "startsOn", t.status, t.format, t.agenda_number > 0 as agenda,
        (exists (select 1 from sessions s join bookings b on b.session_id = s.id where s.training_id = t.id
           and s.canceled_at is null and b.role = 'trainer')
         or exists (select 1 from role_grants g where g.scope_kind = 'training' and g.scope_id = t.id::text
           and g.role = 'trainer' and (g.valid_to is null or g.valid_to > $2))) as trainer,
        exists (select 1 from sessions s join bookings b on b.session_id = s.id where s.training_id = t.id
           and s.canceled_at is null and b.role in ('room', 'link')) as room, t.starts_on as place
      from trainings t join course_versions v on v.id = t.course_version_id
      where t.status in ('draft', 'published') and t.format <> 'self_paced' and t.starts_on between $5::date and $6::date
        and ${MINE('t.id')} order by place`)} as starting,
  ${list(`select t.code, s.title, to_char(s.starts_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startsAt", s.zone, s.starts_at as place
      from sessions s join trainings t on t.id = s.training_id where s.starts_at >= $3 and s.starts_at < $4
        and s.kind = 'session' and s.canceled_at is null and t.status in ${HELD} and ${MINE('t.id')} order by place`)} as today,
  ${list(`select ${TITLE}, x.count, x.at, x.at as place from (select s.training_id, count(*)::int as count, min(s.starts_at) as at
        from sessions s where s.starts_at > $7 and s.ends_at < $2 and s.starts_at < $2 and s.kind = 'session' and s.counts
          and s.canceled_at is null and ${MINE('s.training_id')}
          and not exists (select 1 from attendances a where a.session_id = s.id)
          and exists (select 1 from enrollments e where e.training_id = s.training_id and e.status = 'enrolled') group by 1) x
      ${OF_TRAINING} where t.status in ${HELD} order by place`)} as unattended,
  ${list(`select ${TITLE}, 1 as count, null::text as at, t.id as place from trainings t
      join course_versions v on v.id = t.course_version_id where t.status in ${LIVE} and ${MINE('t.id')}
        and not (${BOTH('t.title')} and ${BOTH('t.place')}) order by place`)} as untranslated,
  case when $1::bigint[] is null then ${list(`select c.code, v.title, count(*)::int as count, null::text as at, min(c.position) as place
      from (select distinct course_version_id as id from trainings where status in ${LIVE}) live
      join course_versions v on v.id = live.id join courses c on c.id = v.course_id
      join course_parts p on p.course_version_id = v.id and p.lesson_version_id is not null
      where exists (select 1 from texts x where x.owner_kind = 'lesson_version' and x.owner_id = p.lesson_version_id)
        and not exists (select 1 from texts x where x.owner_kind = 'lesson_version' and x.owner_id = p.lesson_version_id
          and x.language = 'ru')
      group by c.code, v.title order by place`)} else '[]'::jsonb end as lessons,
  case when $1::bigint[] is null then coalesce((select jsonb_agg(jsonb_build_object('since',
      to_char(greatest(e.eligible_at, e.names_confirmed_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'days', t.issue_within_days))
      from (select * from enrollments e where e.eligible_at is not null and e.certified_at is null and e.status = 'enrolled'
          and e.names_confirmed_at is not null and not exists (select 1 from certificates c
            where c.person_id = e.person_id and c.training_id = e.training_id)
        order by e.eligible_at limit ${MOST_CERTIFICATES}) e
      join trainings t on t.id = e.training_id), '[]'::jsonb) else '[]'::jsonb end as pending,
  case when $1::bigint[] is null then (select count(*)::int from mails where failed_at is not null) else 0 end as "mailsFailed",
  case when $1::bigint[] is null then (select to_char(min(created_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from mails
    where sent_at is null and failed_at is null and kept_at is null and not digest) end as "oldestMail",
  case when $1::bigint[] is null then (select count(*)::int from people
    where erasure_asked_at is not null and erased_at is null) else 0 end as erasures`
