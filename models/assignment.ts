import { one } from '../lib/db.ts'
import { resolveWall } from '../lib/wall-time.ts'
import type { Actor } from './actor.ts'
import type { Words } from './course.ts'
import type { Criterion } from './rubric.ts'
import type { Format, TrainingStatus } from './training.ts'

/** What decides until when a work may be handed in. Wall times are those of `zone`, the training's. */
export type DueFacts = {
  zone: string
  /** Last day of the training, 'YYYY-MM-DD'. */
  endsOn: string | null
  dueDays: number
  /** What the training says itself. */
  ownDue: Temporal.PlainDateTime | null
  /** Of a later round. */
  roundDue: Temporal.PlainDateTime | null
  extendedTo: Temporal.PlainDateTime | null
}

export type Due = { wall: Temporal.PlainDateTime; at: Temporal.Instant }

/** The minute of the day on which a day of handing in ends. */
export const END_OF_DAY = '23:59'

/**
 * Until when a work may be handed in: the training's own date, else so many days after its last day; the date of a later
 * round and what was given to this person only make it later. Null: a training without an end sets no date.
 */
export function dueOf({ zone, endsOn, dueDays, ownDue, roundDue, extendedTo }: DueFacts): Due | null {
  const usual = endsOn ? endOf(Temporal.PlainDate.from(endsOn).add({ days: dueDays })) : null
  const walls = [ownDue ?? usual, roundDue, extendedTo].filter(wall => wall !== null)
  const wall = walls.toSorted(Temporal.PlainDateTime.compare).at(-1)
  if (!wall || (!ownDue && !usual)) return null
  return { wall, at: instantOf(wall, zone) }
}

/** The end of a day of handing in. */
export const endOf = (day: Temporal.PlainDate): Temporal.PlainDateTime =>
  day.toPlainDateTime(Temporal.PlainTime.from(END_OF_DAY))

/** The instant of a wall time; where the clocks change over it, the later one: nobody loses an hour by it. */
export function instantOf(wall: Temporal.PlainDateTime, zone: string): Temporal.Instant {
  const resolved = resolveWall(wall, zone, 'later')
  if (resolved.ok) return resolved.instant
  return wall.toZonedDateTime(zone, { disambiguation: 'later' }).toInstant()
}

/** The assignment of a training as it stands before one learner. */
export type Place = Omit<DueFacts, 'roundDue'> & {
  trainingId: string
  code: string
  title: Words
  trainingStatus: TrainingStatus
  format: Format
  languages: string[]
  enrollmentId: string
  personId: string
  assessmentId: string
  assignmentTitle: Words
  passPercent: number
  rounds: number
  roundDays: number
  anonymous: boolean
  criteria: Criterion[]
}

export const PLACE_COLUMNS = `t.id as "trainingId", t.code, coalesce(t.title, v.title) as title, t.status as "trainingStatus",
  t.format, t.languages, t.zone, t.ends_on as "endsOn", e.id as "enrollmentId", e.person_id as "personId",
  s.id as "assessmentId", s.title as "assignmentTitle", s.pass_percent as "passPercent", s.attempts as rounds,
  s.round_days as "roundDays", s.due_days as "dueDays", s.anonymous, r.criteria, d.due_wall as "ownDue",
  (select max(x.due_wall) from extensions x where x.enrollment_id = e.id and x.assessment_id = s.id) as "extendedTo"`

/** From trainings `t` and enrollments `e` to the assignment `s`, where the training's format has it. */
export const ASSIGNED = `join course_versions v on v.id = e.course_version_id
  join assessments s on s.course_version_id = v.id and s.kind = 'assignment' and t.format = any (s.formats)
  join rubric_versions r on r.id = s.rubric_version_id
  left join assignment_dates d on d.training_id = t.id`

/** The assignment of a training for a learner with a place in it; others see nothing. */
export function assignmentOf(actor: Actor, code: string): Promise<Place | undefined> {
  return one<Place>(
    'assignment.place',
    `select ${PLACE_COLUMNS} from trainings t
     join enrollments e on e.training_id = t.id and e.person_id = $1 and e.status = 'enrolled'
     ${ASSIGNED} where t.code = $2`,
    [actor.id, code],
  )
}

/** The brief of an assignment in a language, else in English: as the newest correction of its major version has it. */
export function briefOf(assessmentId: string, language: string) {
  return one<{ language: string; html: string; status: 'source' | 'not_reviewed' | 'reviewed' }>(
    'assignment.brief',
    `select language, html, status from texts
     where owner_kind = 'assessment' and field = 'brief' and owner_id = coalesce((select n.id from assessments a
       join course_versions c on c.id = a.course_version_id join module_versions began on began.id = c.module_version_id
       join module_versions m on m.module_id = began.module_id and m.major = began.major and m.minor > began.minor
         and m.published_at is not null
       join course_versions d on d.module_version_id = m.id
       join assessments n on n.course_version_id = d.id and n.kind = 'assignment'
       where a.id = $1 order by m.minor desc, d.id desc limit 1), $1)
     order by language = $2 desc, language = 'en' desc limit 1`,
    [assessmentId, language],
  )
}
