import { sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { CertificateKind } from './certificate.ts'
import { isWellFormed, normalizeCode } from './certificate-codes.ts'
import { dayOf } from './certificate-words.ts'
import { issueBy, type Missing, type Rules, standingsOf } from './completing.ts'
import type { Words } from './course.ts'
import type { Names } from './enrollment.ts'

/** Certificates as lists: what is awaited, what is due, what was issued. */

/** What a person still waits for: every rule is met and nothing has been issued. */
export type Awaited = {
  id: string
  title: Words
  kind: CertificateKind
  confirmed: boolean
  by: Temporal.PlainDate | null
}

/** Certificates this person has earned and does not have yet, the longest awaited first. */
export async function awaitedBy(personId: string): Promise<Awaited[]> {
  const rows = await sql<Omit<Awaited, 'by' | 'confirmed'> & Promised>(
    'certificate.awaited',
    `select e.id, v.title, v.rules->>'kind' as kind, e.eligible_at as "eligibleAt",
       e.names_confirmed_at as "confirmedAt", t.issue_within_days as days
     from enrollments e join trainings t on t.id = e.training_id join course_versions v on v.id = e.course_version_id
     where e.person_id = $1 and e.status = 'enrolled' and e.eligible_at is not null
       and not exists (select 1 from certificates c where c.person_id = e.person_id and c.training_id = e.training_id
         and c.kind <> 'contribution')
     order by e.eligible_at`,
    [personId],
  )
  return rows.map(({ id, title, kind, ...promised }) => ({
    ...{ id, title, kind, confirmed: promised.confirmedAt !== null },
    by: dueOn(promised),
  }))
}

export type Waiting = {
  id: string
  personId: string
  training: string
  courseCode: string
  person: string
  names: Names | null
  country: string | null
  state: Words | null
  eligibleAt: Temporal.Instant
  confirmedAt: Temporal.Instant | null
  lessons: { done: number; lastAt: Temporal.Instant | null }
  best: number | null
  bestAt: Temporal.Instant | null
  evaluationOn: string | null
  rules: Rules
  due: Temporal.PlainDate | null
  late: boolean
}

export const WAITING_SHOWN = 100

/**
 * Who has earned a certificate and has none: the most urgent first, those who have yet to confirm their name last.
 * @param training a training's code, or null for all
 * @returns at most `WAITING_SHOWN` rows, and how many there are in all and of them with a confirmed name
 */
export async function waitingForIssue(training: string | null) {
  type Row = Omit<Waiting, 'due' | 'late' | 'lessons' | 'best'> & {
    days: number
    done: number
    lastAt: Temporal.Instant | null
    best: string | null
    total: number
    ready: number
  }
  const rows = await sql<Row>('certificate.waiting', WAITING, [training, WAITING_SHOWN])
  const today = dayOf(now())
  const waiting = rows.map(({ days, done, lastAt, best, total: _total, ready: _ready, ...row }): Waiting => {
    const due = dueOn({ ...row, days })
    return {
      ...{ ...row, lessons: { done, lastAt }, best: best === null ? null : Number(best), due },
      late: due !== null && Temporal.PlainDate.compare(due, today) < 0,
    }
  })
  return { waiting, total: rows[0]?.total ?? 0, ready: rows[0]?.ready ?? 0 }
}

type Promised = { eligibleAt: Temporal.Instant; confirmedAt: Temporal.Instant | null; days: number }

/**
 * The day by which the Center issues: so many working days after the later of the last rule met and the name
 * confirmed; null while the name is not.
 */
export function dueOn({ eligibleAt, confirmedAt, days }: Promised): Temporal.PlainDate | null {
  if (!confirmedAt) return null
  return issueBy(Temporal.Instant.compare(eligibleAt, confirmedAt) < 0 ? confirmedAt : eligibleAt, days)
}

// A row is of the list when the person is enrolled, eligible and has never had a certificate of that training.
const UNISSUED = `e.status = 'enrolled' and e.eligible_at is not null
  and not exists (select 1 from certificates c where c.person_id = e.person_id and c.training_id = e.training_id
    and c.kind <> 'contribution')`

const WAITING = `
  with line as (
    select e.id, e.training_id, e.person_id, e.course_version_id, e.country, e.eligible_at, e.names_confirmed,
      e.names_confirmed_at, t.code as training, t.issue_within_days as days, count(*) over ()::int as total,
      count(e.names_confirmed_at) over ()::int as ready
    from enrollments e join trainings t on t.id = e.training_id
    where ${UNISSUED} and ($1::text is null or t.code = $1)
    order by e.names_confirmed_at is null,
      greatest(e.eligible_at, e.names_confirmed_at) + make_interval(days => t.issue_within_days), e.id
    limit $2
  )
  select l.id, l.person_id as "personId", l.training, l.days, l.total, l.ready, c.code as "courseCode", p.name_latin as person,
    l.names_confirmed as names, l.country, s.name as state, l.eligible_at as "eligibleAt",
    l.names_confirmed_at as "confirmedAt", v.rules, g.done, g."lastAt", m.best, m."bestAt",
    r.day as "evaluationOn"
  from line l join people p on p.id = l.person_id join course_versions v on v.id = l.course_version_id
  join courses c on c.id = v.course_id left join states s on s.iso2 = l.country
  cross join lateral (select count(*)::int as done, max(finished_at) as "lastAt" from progress where enrollment_id = l.id) g
  left join lateral (select percent as best, released_at as "bestAt" from grades where enrollment_id = l.id
    order by percent desc limit 1) m on true
  left join lateral (select f.day from course_parts q join form_receipts f on f.form_version_id = q.form_version_id
    where q.course_version_id = v.id and f.training_id = l.training_id and f.person_id = l.person_id limit 1) r on true
  order by l.names_confirmed_at is null,
    greatest(l.eligible_at, l.names_confirmed_at) + make_interval(days => l.days), l.id`

/** Numbers of the enrollments whose certificates can be issued now, the most urgent first. */
export async function readyToIssue(training: string | null, limit: number): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    'certificate.ready',
    `select e.id from enrollments e join trainings t on t.id = e.training_id
     where ${UNISSUED} and e.names_confirmed_at is not null and ($1::text is null or t.code = $1)
     order by greatest(e.eligible_at, e.names_confirmed_at) + make_interval(days => t.issue_within_days), e.id limit $2`,
    [training, limit],
  )
  return rows.map(({ id }) => id)
}

export type TrainingChoice = { code: string; title: Words; waiting: number; enrolled: number }

/** Trainings someone is enrolled in, with how many certificates wait in each; those with most first. */
export const trainingsWithPeople = () =>
  sql<TrainingChoice>(
    'certificate.trainings',
    `select t.code, coalesce(t.title, v.title) as title, x.waiting, x.enrolled
     from (select e.training_id, count(*)::int as enrolled,
         count(*) filter (where e.eligible_at is not null and not exists (select 1 from certificates c
           where c.person_id = e.person_id and c.training_id = e.training_id and c.kind <> 'contribution'))::int as waiting
       from enrollments e where e.status = 'enrolled' group by e.training_id) x
     join trainings t on t.id = x.training_id join course_versions v on v.id = t.course_version_id
     order by x.waiting desc, t.code limit 60`,
  )

export type Unfinished = {
  id: string
  personId: string
  person: string
  country: string | null
  state: Words | null
  missing: Missing[]
}

/** Who is enrolled in a training and has not met every rule, with what is missing. One page, after an enrollment's id. */
export async function unfinishedIn(training: string, after: string, limit: number): Promise<Unfinished[]> {
  const rows = await sql<Omit<Unfinished, 'missing'>>(
    'certificate.unfinished',
    `select e.id, e.person_id as "personId", p.name_latin as person, e.country, s.name as state
     from enrollments e join trainings t on t.id = e.training_id join people p on p.id = e.person_id
     left join states s on s.iso2 = e.country
     where t.code = $1 and e.status = 'enrolled' and e.eligible_at is null and e.id > $2::bigint
     order by e.id limit $3`,
    [training, after, limit],
  )
  const standings = await standingsOf(rows.map(({ id }) => id))
  return rows.map(row => ({ ...row, missing: standings.get(row.id)!.missing }))
}

export type IssuedRow = {
  id: string
  personId: string | null
  code: string
  kind: CertificateKind
  name: string | null
  title: Words
  courseCode: string
  issuedAt: Temporal.Instant
  revokedAt: Temporal.Instant | null
  replacedAt: Temporal.Instant | null
}

/**
 * Issued certificates, the newest first; by name (any of the three) or by a code typed in any way.
 * @param before an id: only older ones
 */
export function issuedCertificates(search: string, before: string | null, limit: number): Promise<IssuedRow[]> {
  const code = normalizeCode(search)
  const columns = `select c.id, c.person_id as "personId", c.code, c.kind, h.name_latin as name, c.snapshot->'title' as title,
    c.snapshot->>'courseCode' as "courseCode", c.issued_at as "issuedAt", c.revoked_at as "revokedAt",
    c.replaced_at as "replacedAt"
    from certificates c join certificate_holders h on h.certificate_id = c.id`
  const older = '($1::bigint is null or c.id < $1::bigint) order by c.id desc limit $2'
  if (!search) return sql<IssuedRow>('certificate.issued', `${columns} where ${older}`, [before, limit])
  if (isWellFormed(code))
    return sql<IssuedRow>('certificate.issued-code', `${columns} where c.code = $3 and ${older}`, [before, limit, code])
  return sql<IssuedRow>(
    'certificate.issued-name',
    `${columns} where certificate_names(h.name_latin, h.name_cyrillic, h.name_own) like '%' || certificate_search($3) || '%' and ${older}`,
    [before, limit, search],
  )
}
