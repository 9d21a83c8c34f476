import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { ASSIGNED } from './assignment.ts'
import type { Words } from './course.ts'
import type { Chosen, Criterion, Part } from './rubric.ts'
import type { SubmissionStatus } from './submission.ts'

/** A work as it lies before a marker. Whose it is stays unknown where the assignment says so, until the grade is released. */
export type Work = {
  id: string
  round: number
  status: Exclude<SubmissionStatus, 'draft'>
  body: string
  language: string
  handedInAt: Temporal.Instant
  returnedComment: string | null
  enrollmentId: string
  assessmentId: string
  trainingId: string
  code: string
  title: Words
  zone: string
  assignmentTitle: Words
  anonymous: boolean
  markers: 1 | 2
  rounds: number
  roundDays: number
  criteria: Criterion[]
  passPercent: number
  released: boolean
  /** Null while it is hidden from markers. */
  learner: { id: string; name: string } | null
}

export type KnownMark = {
  id: string
  markerId: string
  marker: string
  part: Part
  levels: Chosen
  comment: string
  savedAt: Temporal.Instant
  finalAt: Temporal.Instant | null
}

/**
 * Trainings in which person $1 marks at instant $2: as their trainer or assessor, or booked as trainer in a session of
 * theirs. A trainer of the Center is not by that a marker of every training.
 */
export const MARKS_IN = `select g.scope_id::bigint as id from role_grants g where g.person_id = $1
    and g.role in ('trainer', 'assessor') and g.scope_kind = 'training' and g.valid_from <= $2
    and (g.valid_to is null or g.valid_to > $2)
  union select ss.training_id from bookings b join sessions ss on ss.id = b.session_id
    where b.person_id = $1 and b.role = 'trainer' and ss.canceled_at is null`

/** Parts of the work that others have or were given. */
const TAKEN = `(select count(distinct taken.part) from (
    select a.part from allocations a where a.enrollment_id = u.enrollment_id and a.assessment_id = u.assessment_id
      and a.marker_id <> $1
    union select m.part from marks m where m.subject_kind = 'submission' and m.subject_id = u.id and m.marker_id <> $1
      and m.part in ('first', 'second')) taken)`

const GIVEN = `exists (select 1 from allocations a where a.enrollment_id = u.enrollment_id
    and a.assessment_id = u.assessment_id and a.marker_id = $1)`
const MINE = `exists (select 1 from marks m where m.subject_kind = 'submission' and m.subject_id = u.id and m.marker_id = $1)`
const DONE = `exists (select 1 from marks m where m.subject_kind = 'submission' and m.subject_id = u.id and m.marker_id = $1
    and m.part in ('first', 'second') and m.final_at is not null)`
const FINALS = `(select count(*) from marks m where m.subject_kind = 'submission' and m.subject_id = u.id
    and m.part in ('first', 'second') and m.final_at is not null)`

/** The one rule of who sees a work as its marker: never one's own, never one that is all in the hands of others. */
const VISIBLE = `u.status <> 'draft' and e.status = 'enrolled' and e.person_id <> $1
  and (${MINE} or ${GIVEN} or s.markers > ${TAKEN})`

const WORK = `u.id, u.round, u.status, u.body, u.language, u.handed_in_at as "handedInAt",
  u.returned_comment as "returnedComment", e.id as "enrollmentId", s.id as "assessmentId", t.id as "trainingId", t.code,
  coalesce(t.title, v.title) as title, t.zone, s.title as "assignmentTitle", s.anonymous, s.markers,
  s.attempts as rounds, s.round_days as "roundDays", r.criteria, s.pass_percent as "passPercent"`
const RELEASED = `exists (select 1 from grade_releases l where l.enrollment_id = e.id and l.assessment_id = s.id)`

/** A work for one of its markers; to others it is not there. */
export function workOf(actor: Actor, id: string): Promise<Work | undefined> {
  return one<Work>(
    'work.one',
    `select ${WORK}, ${RELEASED} as released, case when s.anonymous and not ${RELEASED} then null
       else jsonb_build_object('id', p.id::text, 'name', coalesce(p.name_latin, '')) end as learner
     from submissions u join enrollments e on e.id = u.enrollment_id join people p on p.id = e.person_id
     join trainings t on t.id = e.training_id ${ASSIGNED}
     where u.id = $3 and u.assessment_id = s.id and t.id in (${MARKS_IN}) and ${VISIBLE}`,
    [actor.id, now(), id],
  )
}

/** All marks of a work. Whoever shows them decides which: see `marksFor`. */
export const marksOf = (workId: string): Promise<KnownMark[]> =>
  sql<KnownMark>(
    'work.marks',
    `select m.id, m.marker_id as "markerId", coalesce(p.name_latin, '') as marker, m.part, m.levels, m.comment,
       m.saved_at as "savedAt", m.final_at as "finalAt"
     from marks m join people p on p.id = m.marker_id where m.subject_kind = 'submission' and m.subject_id = $1
     order by case m.part when 'first' then 1 when 'second' then 2 when 'agreed' then 3 else 4 end`,
    [workId],
  )

/** The marks this marker may see: the own ones, and the others' when all who judge apart have finished. */
export function marksFor(actor: Actor, work: Pick<Work, 'markers'>, marks: KnownMark[]): KnownMark[] {
  const finals = marks.filter(mark => mark.finalAt && (mark.part === 'first' || mark.part === 'second'))
  return finals.length >= work.markers ? marks : marks.filter(mark => mark.markerId === actor.id)
}

export type WaitingWork = Pick<
  Work,
  'id' | 'round' | 'language' | 'handedInAt' | 'code' | 'title' | 'assignmentTitle' | 'anonymous'
> & { learner: string | null; started: boolean; apart: boolean }

/** Works that wait for this marker, the oldest first: not yet judged by them, or to be agreed on. */
export const waitingFor = (personId: string, limit = 200): Promise<WaitingWork[]> =>
  sql<WaitingWork>(
    'work.waiting',
    // What waits anywhere is few, what a training ever handed in is many: the statement begins with the few.
    `with waiting as materialized (select * from submissions where status = 'handed_in')
     select u.id, u.round, u.language, u.handed_in_at as "handedInAt", t.code, coalesce(t.title, v.title) as title,
       s.title as "assignmentTitle", s.anonymous, case when s.anonymous then null else coalesce(p.name_latin, '') end as learner,
       ${MINE} as started, ${DONE} as apart
     from waiting u join enrollments e on e.id = u.enrollment_id join people p on p.id = e.person_id
     join trainings t on t.id = e.training_id ${ASSIGNED} and s.id = u.assessment_id
     where t.id in (${MARKS_IN}) and ${VISIBLE} and ((not ${DONE}) or ${FINALS} >= s.markers)
     order by u.handed_in_at, u.id limit $3`,
    [personId, now(), limit],
  )

/** The work that waits next after one, in the order of the list; the first one after the last. */
export async function nextWork(personId: string, after: string): Promise<string | undefined> {
  const waiting = await waitingFor(personId)
  const others = waiting.filter(({ id }) => id !== after)
  const place = waiting.findIndex(({ id }) => id === after)
  return (waiting.slice(place + 1)[0] ?? others[0])?.id
}

/** Works this marker has finished and whose grade is not released yet, the latest first. */
export const finishedBy = (personId: string, limit = 50) =>
  sql<Pick<Work, 'id' | 'round' | 'code' | 'title' | 'status'> & { finalAt: Temporal.Instant }>(
    'work.finished',
    `select u.id, u.round, t.code, coalesce(t.title, v.title) as title, u.status, m.final_at as "finalAt"
     from marks m join submissions u on u.id = m.subject_id join enrollments e on e.id = u.enrollment_id
     join trainings t on t.id = e.training_id join course_versions v on v.id = e.course_version_id
     where m.marker_id = $1 and m.subject_kind = 'submission' and m.final_at is not null and m.part <> 'observer'
       and not exists (select 1 from grade_releases l where l.submission_id = u.id)
       and t.id in (${MARKS_IN})
     order by m.final_at desc limit $3`,
    [personId, now(), limit],
  )

/** Whether a person marks in any training: to others the page of marking is not there. */
export async function marksSomewhere(personId: string): Promise<boolean> {
  const rows = await sql('work.somewhere', `select id from (${MARKS_IN}) marks_in limit 1`, [personId, now()])
  return rows.length > 0
}
