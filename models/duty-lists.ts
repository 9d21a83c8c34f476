import { WORKING } from './announcing.ts'
import { contributionsWaiting } from './contribution.ts'
import { lostPasses } from './lost-passes.ts'
import { RENDITIONS_WAITING } from './rendition.ts'

/**
 * What waits, as parts of one statement (`dutiesOf`). Its values: $1 ids of the trainings, null for all; $2 now; $3 and $4
 * the first instants of today and tomorrow; $5 today and $6 the day two weeks ahead; $7 two weeks ago; $8 a day ahead;
 * $9 how many lines a list has, null for all; $10 a year ago. Each part goes by an index of what is open.
 */

const MINE = (column: string) => `($1::bigint[] is null or ${column} = any($1::bigint[]))`
/** What is the Center's alone, and empty for those in charge of a training. */
const CENTER = (part: string, empty: string) => `case when $1::bigint[] is null then ${part} else ${empty} end`
const TITLE = `t.code, coalesce(t.title, v.title) as title`
const OF_TRAINING = `join trainings t on t.id = x.training_id join course_versions v on v.id = t.course_version_id`
const BOTH = (column: string) =>
  `(${column} is null or (coalesce(${column} ->> 'en', '') <> '' and coalesce(${column} ->> 'ru', '') <> ''))`
const LIVE = `('draft', 'published', 'running', 'postponed')`
const HELD = `('published', 'running', 'closed')`
const INSTANT = (value: string) => `to_char(${value}, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

/** The first lines in the order of `place`, and how many there are in all. */
const list = (rows: string) => `(select jsonb_build_object('all', coalesce(max(l.all), 0),
    'lines', coalesce(jsonb_agg(to_jsonb(l) - 'place' - 'all' order by l.place), '[]'::jsonb))
  from (select r.*, (count(*) over ())::int as all from (${rows}) r order by r.place limit $9) l)`
const NO_LINES = `'{"all": 0, "lines": []}'::jsonb`

/** Who asks for a place. */
const requests = list(`select ${TITLE}, x.count, x.at, x.at as place from (select training_id, count(*)::int as count,
      min(created_at) as at from enrollments where status = 'requested' and ${MINE('training_id')} group by 1) x ${OF_TRAINING}
    where t.status in ${LIVE}`)

/** Offered places whose time runs out within a day. */
const offers = list(`select ${TITLE}, x.count, x.at, x.at as place from (select training_id, count(*)::int as count,
      min(offered_until) as at from enrollments where offered_until > $2 and offered_until <= $8 and status = 'waiting'
        and ${MINE('training_id')} group by 1) x ${OF_TRAINING}`)

/** Waiting lists though places are free. */
const lines = list(`select ${TITLE}, w.count, null::text as at, t.seats - held.n as free, t.id as place
    from (select training_id, count(*)::int as count from enrollments where status = 'waiting' and ${MINE('training_id')}
      group by 1) w
    join trainings t on t.id = w.training_id and t.status in ('published', 'running') and t.seats is not null
    join course_versions v on v.id = t.course_version_id
    cross join lateral (select count(*)::int as n from (select 1 from enrollments e where e.training_id = t.id
        and e.status = 'enrolled' limit t.seats) e) taken
    cross join lateral (select taken.n + count(*)::int as n from enrollments e where e.training_id = t.id
        and e.status = 'waiting' and e.offered_until > $2) held
    where held.n < t.seats`)

/** Agendas that differ from what people have been told. */
const unannounced = list(`select ${TITLE}, x.count, null::text as at, t.id as place from (select s.training_id,
        count(*)::int as count from sessions s
      where s.starts_at > $2 and ${MINE('s.training_id')} and (s.published_at is null and s.canceled_at is null
        or s.changed_at > s.published_at and s.published - 'sequence' <> ${WORKING}) group by 1) x ${OF_TRAINING}
    where t.status in ('published', 'running')`)

/** Trainings that begin within two weeks and lack something. */
const starting =
  list(`select * from (select ${TITLE}, t.starts_on as "startsOn", t.status, t.format, t.agenda_number > 0 as agenda,
        (exists (select 1 from sessions s join bookings b on b.session_id = s.id where s.training_id = t.id
           and s.canceled_at is null and b.role = 'trainer')
         or exists (select 1 from role_grants g where g.scope_kind = 'training' and g.scope_id = t.id::text
           and g.role = 'trainer' and (g.valid_to is null or g.valid_to > $2))) as trainer,
        exists (select 1 from sessions s join bookings b on b.session_id = s.id where s.training_id = t.id
           and s.canceled_at is null and b.role in ('room', 'link')) as room, t.starts_on as place
      from trainings t join course_versions v on v.id = t.course_version_id
      where t.status in ('draft', 'published') and t.format <> 'self_paced' and t.starts_on between $5::date and $6::date
        and ${MINE('t.id')}) z
    where z.status = 'draft' or not (z.agenda and z.trainer and z.room)`)

const today = list(`select t.code, s.title, ${INSTANT('s.starts_at')} as "startsAt", s.zone, s.starts_at as place
    from sessions s join trainings t on t.id = s.training_id where s.starts_at >= $3 and s.starts_at < $4
      and s.kind = 'session' and s.canceled_at is null and t.status in ${HELD} and ${MINE('t.id')}`)

/** Sessions of the last two weeks in which nobody is marked. */
const unattended =
  list(`select ${TITLE}, x.count, x.at, x.at as place from (select s.training_id, count(*)::int as count,
        min(s.starts_at) as at from sessions s
      where s.starts_at > $7 and s.ends_at < $2 and s.starts_at < $2 and s.kind = 'session' and s.counts
        and s.canceled_at is null and ${MINE('s.training_id')}
        and not exists (select 1 from attendances a where a.session_id = s.id)
        and exists (select 1 from enrollments e where e.training_id = s.training_id and e.status = 'enrolled')
      group by 1) x ${OF_TRAINING} where t.status in ${HELD}`)

/** Trainings, also those that are over, with essays of a test that wait for marks; $1 to $10 as above. */
const essays = list(`select ${TITLE}, x.count, x.at, x.at as place from (select e.training_id, count(*)::int as count,
      min(a.handed_in_at) as at from (select * from attempts where handed_in_at is not null and percent is null) a
      join enrollments e on e.id = a.enrollment_id and e.status = 'enrolled' and ${MINE('e.training_id')} group by 1) x
    ${OF_TRAINING}`)

/** Trainings with a text in one language only. */
const untranslated = list(`select ${TITLE}, 1 as count, null::text as at, t.id as place from trainings t
    join course_versions v on v.id = t.course_version_id where t.status in ${LIVE} and ${MINE('t.id')}
      and not (${BOTH('t.title')} and ${BOTH('t.place')})`)

/** Courses in use with lessons that have no Russian text. */
const lessons = CENTER(
  list(`select c.code, v.title, count(*)::int as count, null::text as at, min(c.position) as place
    from (select distinct course_version_id as id from trainings where status in ${LIVE}) live
    join course_versions v on v.id = live.id join courses c on c.id = v.course_id
    join course_parts p on p.course_version_id = v.id and p.lesson_version_id is not null
    where exists (select 1 from texts x where x.owner_kind = 'lesson_version' and x.owner_id = p.lesson_version_id)
      and not exists (select 1 from texts x where x.owner_kind = 'lesson_version' and x.owner_id = p.lesson_version_id
        and x.language = 'ru')
    group by c.code, v.title`),
  NO_LINES,
)

/**
 * Requests of States in which the Center is to act, one line each. A request that was sent is acknowledged first; one that
 * both have agreed to becomes a training; an offer the State agreed to is confirmed; a State's message is answered.
 */
const states = CENTER(
  list(`select r.code, (select f.answers ->> 'title' from form_responses f where f.request_id = r.id and f.state is null) as title,
      r.lead_state as state, w.step, case w.step when 'acknowledge' then r.due_on::text
        else ${INSTANT(`case w.step when 'training' then r.changed_at when 'confirm' then o.state_agreed_at else m.at end`)} end as at,
      row(r.changed_at, r.id) as place
    from requests r
    left join lateral (select x.state_agreed_at, x.center_agreed_at from offers x
      where x.request_id = r.id and x.sent_at is not null order by x.number desc limit 1) o on true
    left join lateral (select min(y.at) as at from (select distinct on (x.state) x.side, x.at from messages x
        join request_states p on p.request_id = x.request_id and p.state = x.state and p.status = 'joined'
      where x.request_id = r.id order by x.state, x.id desc) y where y.side = 'state') m on true
    cross join lateral (select case when r.status = 'submitted' then 'acknowledge' when r.status = 'agreed' then 'training'
      when r.status = 'offered' and o.state_agreed_at is not null and o.center_agreed_at is null then 'confirm'
      when m.at is not null then 'message' end as step) w
    where r.status not in ('draft', 'training', 'declined', 'withdrawn') and w.step is not null`),
  NO_LINES,
)

/** Beyond so many certificates to issue, the first ones are looked at: the list behind the number has them all. */
const MOST_CERTIFICATES = 2000

const pending = CENTER(
  `coalesce((select jsonb_agg(jsonb_build_object('since', ${INSTANT('greatest(e.eligible_at, e.names_confirmed_at)')},
      'days', t.issue_within_days))
    from (select * from enrollments e where e.eligible_at is not null and e.certified_at is null and e.status = 'enrolled'
        and e.names_confirmed_at is not null and not exists (select 1 from certificates c
          where c.person_id = e.person_id and c.training_id = e.training_id)
      order by e.eligible_at limit ${MOST_CERTIFICATES}) e
    join trainings t on t.id = e.training_id), '[]'::jsonb)`,
  `'[]'::jsonb`,
)

/** Trainers whose certificate of contribution waits: of what was taught within a year, so that the cost stays the same. */
const contributions = CENTER(
  `(select jsonb_build_object('count', count(*)::int, 'since', min(w.last))
    from (${contributionsWaiting('$2', '$5', 's.starts_at > $10')}) w)`,
  `'{"count": 0, "since": null}'::jsonb`,
)

/** Certificates whose pass was lost by results corrected within a year, which nobody has decided about. */
const lostPassesOpen = CENTER(`(select count(*)::int from ${lostPasses('x.at > $10')})`, '0')

/** What the translations of the curriculum wait for; $5 is today. */
const translations = CENTER(
  `(select jsonb_build_object('translate', count(*) filter (where status = 'en_approved'),
      'review', count(*) filter (where status = 'ru_translated'),
      'agreed', ${RENDITIONS_WAITING},
      'late', (select count(*) from translation_tasks where ended_at is null and due_on < $5::date))
    from drafts where ended_at is null)`,
  `'{"translate": 0, "review": 0, "agreed": 0, "late": 0}'::jsonb`,
)

const mailsFailed = CENTER('(select count(*)::int from mails where failed_at is not null)', '0')
const oldestMail = CENTER(
  `(select ${INSTANT('min(created_at)')} from mails
    where sent_at is null and failed_at is null and kept_at is null and not digest)`,
  'null',
)
const erasures = CENTER(
  '(select count(*)::int from people where erasure_asked_at is not null and erased_at is null)',
  '0',
)

const PARTS = {
  ...{ requests, offers, lines, unannounced, starting, today, unattended, essays, untranslated, lessons, states },
  ...{ pending, contributions, lostPasses: lostPassesOpen, translations, mailsFailed, oldestMail, erasures },
}

export const DUTIES = `select ${Object.entries(PARTS)
  .map(([name, part]) => `${part} as "${name}"`)
  .join(',\n')}`
