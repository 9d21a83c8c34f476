import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import type { Words } from './course.ts'
import type { EvaluationPlace } from './evaluating.ts'

/** Two minutes about a day of a training: open from the end of its first session to the end of the day after. */

export const DAILY_FORM = 'daily-evaluation'

type DayRow = Omit<EvaluationPlace, 'lessonsLeft' | 'opensAt' | 'closesAt' | 'trainingDay'> & {
  zone: string
  firstEnds: string
}

/** What a session's day is: that of the clock at its host, as people were told. */
export const SESSION_DAY = `left(s.published ->> 'wallStart', 10)`
/** Sessions that take place, as people were told. */
export const TAKES_PLACE = `s.published ->> 'kind' = 'session' and s.published ->> 'canceled' is null`

// The newest form, or the one that was sent that day.
const FORM = `join lateral (select d.* from form_versions d join forms g on g.id = d.form_id
    left join form_receipts x on x.form_version_id = d.id and x.training_id = t.id and x.person_id = e.person_id
      and x.training_day = $3::date
    where g.code = $4 and d.published_at is not null order by x.day is null, d.number desc limit 1) f on true`

/** The form about a day for a learner with a place; nothing where nobody asks for it or nothing takes place that day. */
export async function dayEvaluationOf(actor: Actor, code: string, day: string): Promise<EvaluationPlace | undefined> {
  const row = await one<DayRow>(
    'evaluation.day',
    `select t.id as "trainingId", t.code, coalesce(t.title, v.title) as title, e.id as "enrollmentId",
       e.status as "enrollmentStatus", e.person_id as "personId", f.id as "formVersionId", f.anonymous,
       f.title as "formTitle", f.intro, f.questions, r.day as "sentOn", t.zone, first.ends as "firstEnds"
     from trainings t
     join enrollments e on e.training_id = t.id and e.person_id = $1 and e.status = 'enrolled'
     join course_versions v on v.id = e.course_version_id
     join lateral (select min(s.published ->> 'endsAt') as ends from sessions s
       where s.training_id = t.id and ${SESSION_DAY} = $3::date::text and ${TAKES_PLACE}) first on first.ends is not null
     ${FORM}
     left join form_receipts r on r.training_id = t.id and r.person_id = e.person_id and r.training_day = $3::date
     where t.code = $2 and t.asks_daily and t.status in ('published', 'running', 'closed')`,
    [actor.id, code, day, DAILY_FORM],
  )
  if (!row) return undefined
  const { zone, firstEnds, ...place } = row
  return { ...place, trainingDay: day, lessonsLeft: 0, ...spanOf(day, zone, firstEnds) }
}

/** From when to when a day can be told of. */
export function spanOf(day: string, zone: string, firstEnds: string) {
  const after = Temporal.PlainDate.from(day).add({ days: 2 })
  return { opensAt: Temporal.Instant.from(firstEnds), closesAt: after.toZonedDateTime(zone).toInstant() }
}

// Wide enough for the days of every zone.
const dayIn = (at: Temporal.Instant, days: number) =>
  at.toZonedDateTimeISO('UTC').toPlainDate().add({ days }).toString()

export type OpenDay = { code: string; title: Words; day: string; closesAt: Temporal.Instant; today: boolean }

/** Days a person can tell of now and has not, the latest first; of one training, or of all. */
export async function openDaysOf(personId: string, trainingId?: string): Promise<OpenDay[]> {
  const at = now()
  const rows = await sql<{ code: string; title: Words; zone: string; day: string; firstEnds: string }>(
    'evaluation.open-days',
    `select t.code, coalesce(t.title, v.title) as title, t.zone, d.day, d.ends as "firstEnds"
     from enrollments e join trainings t on t.id = e.training_id join course_versions v on v.id = e.course_version_id
     join lateral (select ${SESSION_DAY} as day, min(s.published ->> 'endsAt') as ends from sessions s
       where s.training_id = t.id and ${SESSION_DAY} between $3 and $4 and ${TAKES_PLACE}
       group by 1) d on true
     where e.person_id = $1 and e.status = 'enrolled' and t.asks_daily and t.status in ('published', 'running', 'closed')
       and ($2::bigint is null or t.id = $2)
       and exists (select 1 from form_versions f join forms g on g.id = f.form_id
         where g.code = $5 and f.published_at is not null)
       and not exists (select 1 from form_receipts r where r.training_id = t.id and r.person_id = e.person_id
         and r.training_day = d.day::date)
     order by d.day desc, t.id`,
    [personId, trainingId ?? null, dayIn(at, -3), dayIn(at, 1), DAILY_FORM],
  )
  return rows.flatMap(({ zone, firstEnds, ...row }) => {
    const { opensAt, closesAt } = spanOf(row.day, zone, firstEnds)
    const open = Temporal.Instant.compare(opensAt, at) <= 0 && Temporal.Instant.compare(at, closesAt) < 0
    return open ? [{ ...row, closesAt, today: at.toZonedDateTimeISO(zone).toPlainDate().toString() === row.day }] : []
  })
}
