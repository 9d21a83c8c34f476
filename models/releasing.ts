import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { ASSIGNED } from './assignment.ts'
import { record } from './audit.ts'
import { recheck } from './completing.ts'
import type { Words } from './course.ts'
import { markOf } from './marking.ts'
import { marksOf } from './marked-work.ts'
import { notify, recipient } from './notifying.ts'
import { Refused } from './refused.ts'
import { type Chosen, type Criterion, fittingLevels, judge, type Score, scoreOf, withoutLevel } from './rubric.ts'

/**
 * Releasing grades of assignments: an act for one or for all. Only what is written here is ever shown to a learner; marks
 * are not.
 */

type Accepted = {
  id: string
  enrollmentId: string
  assessmentId: string
  personId: string
  markers: 1 | 2
  criteria: Criterion[]
  released: boolean
}

/**
 * Releases the grades of accepted works of a training that are not released yet: all, or that of one enrollment. Doing it
 * twice, or two people at once, releases each once.
 * @returns how many were released now
 */
export async function release(actor: Actor, trainingId: string, enrollmentId: string | null = null): Promise<number> {
  return inTransaction(async () => {
    await sql(
      'releasing.lock',
      `select id from enrollments where training_id = $1 and ($2::bigint is null or id = $2)
      order by id for no key update`,
      [trainingId, enrollmentId],
    )
    const works = (await acceptedIn(trainingId, enrollmentId)).filter(work => !work.released)
    for (const work of works) await releaseWork(actor, work)
    await recheck(...works.map(work => work.enrollmentId))
    return works.length
  })
}

/**
 * Changes a grade that was released: the old one stays to be read beside the new one and the reason.
 * @throws Refused releasing.notReleased, marking.incomplete
 */
export async function changeGrade(
  actor: Actor,
  trainingId: string,
  enrollmentId: string,
  change: { levels: Record<string, unknown>; comment: string; reason: string },
) {
  await inTransaction(async () => {
    await sql('releasing.lock-one', 'select id from enrollments where id = $1 for no key update', [enrollmentId])
    const work = (await acceptedIn(trainingId, enrollmentId))[0]
    if (!work?.released) throw new Refused('releasing.notReleased')
    const levels: Chosen = fittingLevels(work.criteria, change.levels)
    const open = withoutLevel(work.criteria, levels)
    if (open.length) throw new Refused('marking.incomplete', { count: open.length, field: `level-${open[0]}` })
    const id = await tell(
      actor,
      work,
      scoreOf(work.criteria, levels),
      change.comment ? [change.comment] : [],
      change.reason,
    )
    await record(actor, 'grade.changed', 'enrollment', enrollmentId, { release: id, reason: change.reason })
    const to = await recipient(work.personId)
    if (to) await notify(to, 'grade-changed', `grade-release:${id}`, { releaseId: id })
    await recheck(enrollmentId)
  })
}

/** How many grades wait to be released in trainings, by training; those without any are left out. */
export const readyIn = (trainingIds: string[]): Promise<{ id: string; code: string; title: Words; ready: number }[]> =>
  sql(
    'releasing.ready',
    `select t.id, t.code, coalesce(t.title, v.title) as title, count(*)::int as ready
     from trainings t join enrollments e on e.training_id = t.id and e.status = 'enrolled' ${ASSIGNED}
     join submissions u on u.enrollment_id = e.id and u.assessment_id = s.id and u.status = 'accepted'
     where t.id = any ($1) and not exists (select 1 from grade_releases l where l.enrollment_id = e.id
       and l.assessment_id = s.id)
     group by t.id, v.title order by t.id`,
    [trainingIds],
  )

async function releaseWork(actor: Actor, work: Accepted) {
  const marks = await marksOf(work.id)
  const judged = judge(work.criteria, work.markers, marks.map(markOf))
  if (judged.state !== 'ready') return
  const comments = marks.filter(mark => mark.finalAt && judged.by.includes(mark.part) && mark.comment)
  const id = await tell(
    actor,
    work,
    judged.score,
    comments.map(mark => mark.comment),
    null,
  )
  await record(actor, 'grade.released', 'enrollment', work.enrollmentId, { release: id })
  const to = await recipient(work.personId)
  if (to) await notify(to, 'grade-released', `grade-release:${id}`, { releaseId: id })
}

/** Writes the line the learner reads, and the grade that counts from now on. */
async function tell(actor: Actor, work: Accepted, score: Score, comments: string[], reason: string | null) {
  const { points, maxPoints, percent, levels } = score
  const row = await one<{ id: string }>(
    'releasing.tell',
    `insert into grade_releases (enrollment_id, assessment_id, submission_id, points, max_points, percent, levels, comments,
       reason, by_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
    [
      ...[work.enrollmentId, work.assessmentId, work.id, points, maxPoints, percent],
      ...[JSON.stringify(levels), JSON.stringify(comments), reason, actor.id, now()],
    ],
  )
  await sql(
    'releasing.grade',
    `insert into grades (enrollment_id, assessment_id, points, max_points, percent, submission_id, released_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (enrollment_id, assessment_id) do update set points = excluded.points, percent = excluded.percent,
       max_points = excluded.max_points, submission_id = excluded.submission_id, released_at = excluded.released_at`,
    [work.enrollmentId, work.assessmentId, points, maxPoints, percent, work.id, now()],
  )
  return row!.id
}

const acceptedIn = (trainingId: string, enrollmentId: string | null): Promise<Accepted[]> =>
  sql<Accepted>(
    'releasing.accepted',
    `select u.id, e.id as "enrollmentId", s.id as "assessmentId", e.person_id as "personId", s.markers, r.criteria,
       exists (select 1 from grade_releases l where l.enrollment_id = e.id and l.assessment_id = s.id) as released
     from trainings t join enrollments e on e.training_id = t.id and e.status = 'enrolled' ${ASSIGNED}
     join submissions u on u.enrollment_id = e.id and u.assessment_id = s.id and u.status = 'accepted'
     where t.id = $1 and ($2::bigint is null or e.id = $2) order by e.id`,
    [trainingId, enrollmentId],
  )
