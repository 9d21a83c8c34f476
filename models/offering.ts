import { one, sql } from '../lib/db.ts'
import { CENTER_ZONE, now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import type { Words } from './course.ts'
import type { EnrollmentStatus } from './enrollment.ts'
import type { WorkingLanguage } from './official-languages.ts'
import type { Terms } from './policies/enrollment.ts'

/** Trainings as a reader meets them: what is offered, when, in which languages, and where this person stands in it. */
export type Offer = Terms & {
  id: string
  code: string
  courseId: string
  courseCode: string
  /** The version the person is pinned to by their enrollment, else that of the training. */
  courseVersionId: string
  title: Words
  courseTitle: Words
  aim: Words
  level: string
  hours: number
  languages: string[]
  /** What is read where a text is not in an agreed language yet. */
  fallbackLanguage: WorkingLanguage
  hostState: string | null
  hostName: Words | null
  place: Words | null
  visibility: 'public' | 'unlisted'
  issueWithinDays: number
  /** Number of the last announced agenda; 0 while none is. */
  agendaNumber: number
  /** The person's own enrollment while it is live. */
  own: EnrollmentStatus | null
  ownId: string | null
}

// The first value of every statement is the person, or null.
const OFFER = `
  select t.id, t.code, t.course_id as "courseId", c.code as "courseCode", v.id as "courseVersionId",
    coalesce(t.title, v.title) as title, v.title as "courseTitle", v.aim, v.level, t.hours, t.format, t.zone, t.languages,
    t.fallback_language as "fallbackLanguage",
    t.host_state as "hostState", s.name as "hostName", t.place,
    t.visibility, t.status, t.starts_on as "startsOn", t.ends_on as "endsOn", t.enroll_until as "enrollUntil",
    t.enrollment_mode as mode, t.seats, t.issue_within_days as "issueWithinDays", t.agenda_number as "agendaNumber",
    case when t.seats is null then 0 else
      (select count(*)::int from enrollments e where e.training_id = t.id and e.status = 'enrolled') end as taken,
    own.status as own, own.id as "ownId"
  from trainings t
  join courses c on c.id = t.course_id
  left join enrollments own on own.training_id = t.id and own.person_id = $1
    and own.status in ('requested', 'waiting', 'enrolled')
  join course_versions v on v.id = coalesce(own.course_version_id, t.course_version_id)
  left join states s on s.iso2 = t.host_state`

/** A training by its code in any case, or undefined. Whether it may be seen is the caller's question. */
export function offerOf(code: string, actor: Actor): Promise<Offer | undefined> {
  return one<Offer>('offer.one', `${OFFER} where t.code = upper($2)`, [actor.id, code])
}

/** Public trainings of a course that are not over, the soonest first; those the person is in before all. */
export function offersOf(courseId: string, actor: Actor, limit = 6): Promise<Offer[]> {
  return sql<Offer>(
    'offer.of-course',
    `${OFFER} where t.course_id = $2 and ${notOver('$3')}
       and (t.visibility = 'public' or own.id is not null)
     order by own.id is null, t.starts_on nulls first, t.id limit $4`,
    [actor.id, courseId, todayInBaku(), limit],
  )
}

const notOver = (today: string) =>
  `t.status in ('published', 'running', 'postponed') and (t.ends_on is null or t.ends_on >= ${today})`
// As `enrollmentOpen` says it, for lists.
const takesPeople = (today: string, at: string) =>
  `t.status in ('published', 'running') and (t.ends_on is null or t.ends_on >= ${today})
   and (t.enroll_until > ${at} or (t.enroll_until is null and (t.format = 'self_paced' or t.starts_on >= ${today})))`

export const WHENS = ['open', 'coming', 'past'] as const
export type When = (typeof WHENS)[number]

const inTime = (when: When, today: string, at: string) =>
  ({
    open: takesPeople(today, at),
    coming: `${notOver(today)} and (t.starts_on is not null or not (${takesPeople(today, at)}))`,
    past: `(t.status in ('closed', 'canceled') or t.ends_on < ${today}) and t.status <> 'draft'`,
  })[when]

export type Filter = { when: When; course: string | null; format: string | null }

/** Where the next page of a list begins: after this training. */
export type After = { day: string; id: string } | null

const FIRST_DAY = '0001-01-01'

/** The day by which a list is in order: of past trainings the last one, of others the first. */
export const dayOf = (when: When, { startsOn, endsOn }: Pick<Offer, 'startsOn' | 'endsOn'>): string =>
  (when === 'past' ? (endsOn ?? startsOn) : startsOn) ?? FIRST_DAY

/** One page of public trainings: self-paced ones first, then by date; past ones from the latest back. */
export function offers({ when, course, format }: Filter, actor: Actor, after: After, limit: number): Promise<Offer[]> {
  const day = `coalesce(${when === 'past' ? 't.ends_on, t.starts_on' : 't.starts_on'}, date '${FIRST_DAY}')`
  const [order, sign] = when === 'past' ? ['desc', '<'] : ['asc', '>']
  return sql<Offer>(
    `offer.list-${when}`,
    `${OFFER} where t.visibility = 'public' and ($2::text is null or c.code = $2) and ($3::text is null or t.format = $3)
       and ${inTime(when, '$4', '$5')} and $5::timestamptz is not null
       and ($6::bigint is null or (${day}, t.id) ${sign} ($7::date, $6::bigint))
     order by ${day} ${order}, t.id ${order} limit $8`,
    [actor.id, course, format, todayInBaku(), now(), after?.id ?? null, after?.day ?? FIRST_DAY, limit],
  )
}

export type OfferCount = { when: When; format: string; course: string; title: Words; n: number }

/** How many public trainings there are of each course and format, open, coming and past. */
export function offerCounts(): Promise<OfferCount[]> {
  return sql<OfferCount>(
    'offer.counts',
    `select w.name as "when", t.format, c.code as course, min(v.title::text)::jsonb as title, count(*)::int as n
     from trainings t join courses c on c.id = t.course_id join course_versions v on v.id = t.course_version_id,
       lateral (values ${WHENS.map(when => `('${when}', ${inTime(when, '$1', '$2')})`).join(', ')}) w (name, fits)
     where w.fits and t.visibility = 'public'
     group by 1, 2, 3`,
    [todayInBaku(), now()],
  )
}

/** Today in Baku: by it trainings of all zones are sorted into what is open and what is over. */
export const todayInBaku = (): string => now().toZonedDateTimeISO(CENTER_ZONE).toPlainDate().toString()

export type Prerequisite = { code: string; title: Words; met: boolean }

/** What a course asks for first, and whether the person has a live certificate of it. */
export function prerequisitesOf(courseId: string, personId: string | null): Promise<Prerequisite[]> {
  return sql<Prerequisite>(
    'prerequisites.of-course',
    `select c.code, v.title, exists (
         select 1 from certificates k join trainings t on t.id = k.training_id
         where t.course_id = c.id and k.person_id = $2 and k.kind <> 'contribution' and k.revoked_at is null and k.replaced_at is null
           and (k.valid_until is null or k.valid_until >= $3)) as met
     from prerequisites p join courses c on c.id = p.requires_id
     join lateral (select title from course_versions where course_id = c.id
       order by published_at is null, major desc, minor desc limit 1) v on true
     where p.course_id = $1 order by c.position, c.code`,
    [courseId, personId, todayInBaku()],
  )
}

/** Codes of those not met. */
export const unmetOf = (prerequisites: Prerequisite[]): string[] =>
  prerequisites.filter(each => !each.met).map(each => each.code)

/** How many stand on the waiting list up to and including this enrollment. */
export async function placeInLine(trainingId: string, enrollmentId: string): Promise<number> {
  const row = await one<{ n: number }>(
    'waiting.place',
    `select count(*)::int as n from enrollments e join enrollments own on own.id = $2
     where e.training_id = $1 and e.status = 'waiting' and (e.created_at, e.id) <= (own.created_at, own.id)`,
    [trainingId, enrollmentId],
  )
  return row!.n
}
