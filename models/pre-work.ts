import { sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { ASSIGNED } from './assignment.ts'
import { type Facts, standingsOf } from './completing.ts'
import { visibleTo } from './enrollment.ts'
import { PREPARED } from './room.ts'

/** Where a work stands for those who teach; `handed_in` is all they learn where markers must not know whose it is. */
export type WorkState = 'nothing' | 'handed_in' | 'returned' | 'accepted' | 'released'

/** What a learner has done before the sessions. A percent of the assignment is there once its grade is released. */
export type PreWork = Pick<Facts, 'lessons' | 'test'> & {
  assignment: { state: WorkState; percent: string | null } | null
}

/**
 * What these enrollments have done, as far as the actor sees it: enrollment id → pre-work. Two statements for any number
 * of people.
 */
export async function preWorkOf(actor: Actor, enrollmentIds: string[]): Promise<Map<string, PreWork>> {
  const rows = await sql<{ id: string; assignment: PreWork['assignment'] }>('pre-work', WORKS, [
    ...visibleTo(actor),
    now(),
    enrollmentIds,
  ])
  const standings = await standingsOf(rows.map(({ id }) => id))
  return new Map(
    rows.map(({ id, assignment }) => {
      const { lessons, test } = standings.get(id)!.facts
      return [id, { lessons, test, assignment }]
    }),
  )
}

// A judgment that is not released shows neither as a grade nor, where works are anonymous, as a change of state.
const WORKS = `select e.id, w.assignment from enrollments e
  left join lateral (select jsonb_build_object('percent', g.percent::text, 'state', case when g.percent is not null
        then 'released' when u.status is null then 'nothing' when s.anonymous then 'handed_in' else u.status end) as assignment
    from trainings t ${ASSIGNED}
    left join lateral (select x.status from submissions x where x.enrollment_id = e.id and x.assessment_id = s.id
      and x.status <> 'draft' order by x.round desc limit 1) u on true
    left join lateral (select l.percent from grade_releases l where l.enrollment_id = e.id and l.assessment_id = s.id
      order by l.id desc limit 1) g on true
    where t.id = e.training_id limit 1) w on true
  where ${PREPARED} and e.id = any ($4::bigint[])`
