import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { day } from './agenda.ts'

const WORKS = 'BENCH-WORKS'
/** Who marks. */
export const MARKER = 651
/** So many works wait at any size; all others are marked and released, as many as there are people. */
const WAITING = 60

/** A blended training in which all but the people of other pages handed in a work; its trainer has so many before them. */
export async function seedWorks() {
  const parameters = [WORKS, now()]
  if (!(await one(null, 'select 1 as there from trainings where code = $1', [WORKS]))) {
    await sql(null, TRAINING, [...parameters, day(-6).toString(), day(-1).toString()])
    await sql(null, TRAINER, [...parameters, MARKER])
  }
  await sql(null, ENROLLMENTS, parameters)
  await sql(null, SUBMISSIONS, [...parameters, WAITING])
  await sql(null, MARKS, [...parameters, MARKER])
  await sql(null, RELEASES, parameters)
}

/** Ids of the works that wait. */
export const waitingWorks = async (): Promise<string[]> =>
  (
    await sql<{ id: string }>(
      null,
      `select u.id ${OF_TRAINING} where t.code = $1 and u.status = 'handed_in' order by u.id`,
      [WORKS],
    )
  ).map(({ id }) => id)

const OF_TRAINING = `from trainings t join enrollments e on e.training_id = t.id join submissions u on u.enrollment_id = e.id`

const TRAINING = `
  insert into trainings (code, course_id, course_version_id, format, enrollment_mode, hours, status, created_at, starts_on, ends_on)
  select $1, c.id, v.id, 'blended', 'open', v.hours, 'running', $2, $3, $4
  from courses c join course_versions v on v.course_id = c.id
  where c.code = 'RMC-01' and v.published_at is not null order by v.major desc, v.minor desc limit 1`

const TRAINER = `
  insert into role_grants (person_id, role, scope_kind, scope_id, valid_from)
  select (select id from people order by id offset $3 limit 1), 'trainer', 'training', id, $2 from trainings where code = $1`

const ENROLLMENTS = `
  insert into enrollments (training_id, person_id, course_version_id, source, status, country, agency_type, sex, created_at)
  select t.id, p.id, t.course_version_id, 'self', 'enrolled', p.country, p.agency_type, p.sex, $2
  from (select * from people order by id offset 700) p, trainings t where t.code = $1
    and not exists (select 1 from enrollments e where e.training_id = t.id and e.person_id = p.id)`

const SUBMISSIONS = `
  insert into submissions (enrollment_id, assessment_id, round, status, body, language, saved_at, handed_in_at, receipt)
  select x.id, x.assessment_id, 1, case when x.place <= $3 then 'handed_in' else 'accepted' end, repeat('Words of a work. ', 200),
    'en', $2, $2, 'receipt'
  from (select e.id, s.id as assessment_id, row_number() over (order by e.id) as place from trainings t
    join enrollments e on e.training_id = t.id join assessments s on s.course_version_id = t.course_version_id
      and s.kind = 'assignment' where t.code = $1) x
  where not exists (select 1 from submissions u where u.enrollment_id = x.id)`

const MARKS = `
  insert into marks (subject_kind, subject_id, marker_id, part, levels, comment, saved_at, final_at)
  select 'submission', u.id, (select id from people order by id offset $3 limit 1), 'first', '{}', 'Well done', $2, $2
  ${OF_TRAINING} where t.code = $1 and u.status = 'accepted'
  on conflict do nothing`

const RELEASES = `
  insert into grade_releases (enrollment_id, assessment_id, submission_id, points, max_points, percent, levels, comments, at)
  select e.id, u.assessment_id, u.id, 80, 100, 80, '[]', '[]', $2 ${OF_TRAINING}
  where t.code = $1 and u.status = 'accepted' and not exists (select 1 from grade_releases g where g.submission_id = u.id)`
