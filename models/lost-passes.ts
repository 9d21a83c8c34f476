import { one, sql } from '../lib/db.ts'
import type { Words } from './course.ts'

/** A certificate in force whose pass was lost when results were corrected, and about which nobody has decided yet. */
export type LostPass = {
  id: string
  code: string
  personId: string | null
  /** As printed; null after erasure. */
  name: string | null
  training: string
  title: Words
  /** Percent: what a pass asks for, and the best attempt now. */
  need: number
  percent: string
  /** Of the correction that took the pass away. */
  at: Temporal.Instant
  reason: string
}

/** What made a result worse after it was told: a corrected question, another mark of an essay, another grade of a work. */
const FALLS = `select a.enrollment_id, a.assessment_id, g.at, g.reason from regraded_attempts q
    join regrades g on g.id = q.regrade_id join attempts a on a.id = q.attempt_id where q.percent_after < q.percent_before
  union all select a.enrollment_id, a.assessment_id, m.at, m.reason from mark_changes m
    join attempts a on a.id = m.attempt_id where m.percent_after < m.percent_before
  union all select l.enrollment_id, l.assessment_id, l.at, l.reason from grade_releases l where l.reason is not null
    and l.percent < (select o.percent from grade_releases o where o.enrollment_id = l.enrollment_id
      and o.assessment_id = l.assessment_id and o.id < l.id order by o.id desc limit 1)`

/**
 * Certificates of achievement in force whose holder passed before results were changed and does not by what the results
 * are now, in a test, or in an assignment where the certificate asks for it. What somebody upheld after the change is
 * decided (upholding.ts), also for the successor of a certificate with a misspelled name.
 * @param since an SQL condition on the change `x`
 */
export const lostPasses = (since = 'true') => `
  (select distinct on (x.enrollment_id, x.assessment_id) x.* from (${FALLS}) x where ${since}
    order by x.enrollment_id, x.assessment_id, x.at desc) r
  join assessments s on s.id = r.assessment_id and s.kind in ('test', 'assignment')
  join grades g on g.enrollment_id = r.enrollment_id and g.assessment_id = s.id and g.percent < s.pass_percent
  join certificates c on c.enrollment_id = r.enrollment_id and c.kind = 'achievement' and c.revoked_at is null
    and c.replaced_at is null and not exists (select from transitions z
      join certificates o on o.id = z.record_id and o.enrollment_id = c.enrollment_id and o.kind = c.kind
      where z.record_kind = 'certificate' and z.to_status = 'upheld' and z.at >= r.at)
  join enrollments e on e.id = r.enrollment_id join course_versions v on v.id = e.course_version_id
    and (s.kind = 'test' or v.rules ? 'assignment')`

const LOST = `select c.id, c.code, c.person_id as "personId", h.name_latin as name, t.code as training,
    c.snapshot -> 'title' as title, s.pass_percent as need, g.percent, r.at, r.reason
  from ${lostPasses()}
  join certificate_holders h on h.certificate_id = c.id join trainings t on t.id = c.training_id`

/** Those that wait for a decision, the oldest correction first. */
export const lostPassesOpen = (limit: number): Promise<LostPass[]> =>
  sql<LostPass>('lost-passes.open', `${LOST} order by r.at, c.id limit $1`, [limit])

/** What one certificate waits for; undefined when there is nothing to decide. */
export const lostPassOf = (certificateId: string): Promise<LostPass | undefined> =>
  one<LostPass>('lost-passes.one', `${LOST} where c.id = $1`, [certificateId])
