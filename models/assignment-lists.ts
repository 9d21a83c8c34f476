import { one, sql } from '../lib/db.ts'
import { ASSIGNED, PLACE_COLUMNS, type Place } from './assignment.ts'
import type { Words } from './course.ts'
import type { Chosen, Part } from './rubric.ts'
import type { SubmissionStatus } from './submission.ts'

/** The work of one learner as those who run the training see it. */
export type WorkLine = {
  enrollmentId: string
  personId: string
  name: string
  submissionId: string | null
  round: number | null
  status: SubmissionStatus | null
  handedInAt: Temporal.Instant | null
  given: { part: Part; name: string; markerId: string }[]
  marks: { part: Part; name: string; final: boolean; levels: Chosen }[]
  releasedAt: string | null
  percent: string | null
}

/** One page of the people of a training with their works, in the order of enrolling. */
export const worksIn = (trainingId: string, after: string | null, limit: number): Promise<WorkLine[]> =>
  sql<WorkLine>('assignment.works', LINES, [trainingId, after, limit, null])

/** The work of one enrollment of the training. */
export const workLineOf = (trainingId: string, enrollmentId: string): Promise<WorkLine | undefined> =>
  one<WorkLine>('assignment.works', LINES, [trainingId, null, 1, enrollmentId])

const LINES = `select e.id as "enrollmentId", p.id as "personId", coalesce(p.name_latin, '') as name, u.id as "submissionId",
    u.round, u.status, u.handed_in_at as "handedInAt", g.at as "releasedAt", g.percent,
    coalesce((select jsonb_agg(jsonb_build_object('part', a.part, 'name', coalesce(w.name_latin, ''),
        'markerId', a.marker_id::text) order by a.part)
      from allocations a join people w on w.id = a.marker_id where a.enrollment_id = e.id and a.assessment_id = s.id), '[]')
      as given,
    coalesce((select jsonb_agg(jsonb_build_object('part', m.part, 'name', coalesce(w.name_latin, ''),
        'final', m.final_at is not null, 'levels', m.levels) order by m.id)
      from marks m join people w on w.id = m.marker_id
      where m.subject_kind = 'submission' and m.subject_id = u.id and m.part <> 'observer'), '[]') as marks
  from trainings t join enrollments e on e.training_id = t.id and e.status = 'enrolled'
  join people p on p.id = e.person_id ${ASSIGNED}
  left join lateral (select * from submissions where enrollment_id = e.id and assessment_id = s.id
    order by round desc limit 1) u on true
  left join lateral (select l.at, l.percent from grade_releases l where l.enrollment_id = e.id and l.assessment_id = s.id
    order by l.id desc limit 1) g on true
  where t.id = $1 and ($2::bigint is null or e.id > $2) and ($4::bigint is null or e.id = $4)
  order by e.id limit $3`

/** What of a training decides about its assignment; undefined where it has none. */
export type TrainingAssignment = {
  assessmentId: string
  title: Words
  endsOn: string | null
  zone: string
  dueDays: number
  ownDue: Temporal.PlainDateTime | null
  markers: 1 | 2
}

export const assignmentIn = (trainingId: string): Promise<TrainingAssignment | undefined> =>
  one<TrainingAssignment>(
    'assignment.of-training',
    `select s.id as "assessmentId", s.title, t.ends_on as "endsOn", t.zone, s.due_days as "dueDays",
       d.due_wall as "ownDue", s.markers
     from trainings t join assessments s on s.course_version_id = t.course_version_id and s.kind = 'assignment'
       and t.format = any (s.formats) left join assignment_dates d on d.training_id = t.id
     where t.id = $1`,
    [trainingId],
  )

/** The assignment as it stands before one learner of the training. */
export const placeIn = (trainingId: string, enrollmentId: string): Promise<Place | undefined> =>
  one<Place>(
    'assignment.place-in',
    `select ${PLACE_COLUMNS} from trainings t join enrollments e on e.training_id = t.id and e.status = 'enrolled'
     ${ASSIGNED} where t.id = $1 and e.id = $2`,
    [trainingId, enrollmentId],
  )

export type Counts = { people: number; drafts: number; waiting: number; accepted: number; ready: number }

/** Head counts of a training's works. */
export async function countWorks(trainingId: string): Promise<Counts> {
  return (await one<Counts>(
    'assignment.counts',
    `select count(*)::int as people, count(*) filter (where u.status = 'draft')::int as drafts,
       count(*) filter (where u.status = 'handed_in')::int as waiting,
       count(*) filter (where u.status = 'accepted')::int as accepted,
       count(*) filter (where u.status = 'accepted' and not exists (select 1 from grade_releases l
         where l.enrollment_id = e.id and l.assessment_id = s.id))::int as ready
     from trainings t join enrollments e on e.training_id = t.id and e.status = 'enrolled' ${ASSIGNED}
     left join submissions u on u.enrollment_id = e.id and u.assessment_id = s.id
       and u.status in ('draft', 'handed_in', 'accepted')
     where t.id = $1`,
    [trainingId],
  ))!
}
