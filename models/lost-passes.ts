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

/**
 * Certificates of achievement in force whose holder passed before results were corrected (`regraded_attempts`) and does
 * not by what the results are now. A certificate that somebody upheld after the correction is decided (upholding.ts).
 * @param since an SQL condition on the correction `x`
 */
export const lostPasses = (since = 'true') => `
  (select distinct on (a.enrollment_id, a.assessment_id) a.enrollment_id, a.assessment_id, x.at, x.reason
    from regraded_attempts q join regrades x on x.id = q.regrade_id join attempts a on a.id = q.attempt_id
    where q.percent_after < q.percent_before and ${since} order by a.enrollment_id, a.assessment_id, x.id desc) r
  join assessments s on s.id = r.assessment_id and s.kind = 'test'
  join grades g on g.enrollment_id = r.enrollment_id and g.assessment_id = s.id and g.percent < s.pass_percent
  join certificates c on c.enrollment_id = r.enrollment_id and c.kind = 'achievement' and c.revoked_at is null
    and c.replaced_at is null and not exists (select from transitions z where z.record_kind = 'certificate'
      and z.record_id = c.id and z.to_status = 'upheld' and z.at >= r.at)`

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
