import { now } from '../../lib/time.ts'
import type { EnrollmentStatus } from '../../models/enrollment.ts'
import type { Format, TrainingStatus } from '../../models/training.ts'
import type { SomeCourse } from './courses.ts'
import type { Words } from './module-contents.ts'
import type { Someone } from './people.ts'
import { idOf } from './rows.ts'

/** Trainings and places in them, for tests. */

export type SomeTraining = { id: string; code: string; course: SomeCourse }

export type TrainingTraits = {
  code?: string
  title?: Words | null
  format?: Format
  seats?: number | null
  mode?: 'open' | 'approval'
  visibility?: 'public' | 'unlisted'
  status?: TrainingStatus
  zone?: string
  hostState?: string | null
  place?: Words | null
  languages?: string[]
  startsOn?: string | null
  endsOn?: string | null
  enrollUntil?: Temporal.Instant | string | null
  issueWithinDays?: number
}

let trainings = 0

/** A training of a course: self-paced, open to all, without a limit of seats. */
export async function aTraining(course: SomeCourse, traits: TrainingTraits = {}): Promise<SomeTraining> {
  const code = traits.code ?? `${course.code}-T${++trainings}`
  const format = traits.format ?? 'self_paced'
  const startsOn = traits.startsOn ?? (format === 'self_paced' ? null : '2027-03-01')
  const id = await idOf(
    'test.training',
    `insert into trainings (code, course_id, course_version_id, title, format, zone, host_state, place, languages, seats,
       enrollment_mode, visibility, hours, starts_on, ends_on, enroll_until, issue_within_days, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) returning id`,
    [
      ...[code, course.id, course.versionId, traits.title ? JSON.stringify(traits.title) : null, format],
      ...[traits.zone ?? 'Asia/Baku', traits.hostState ?? null, traits.place ? JSON.stringify(traits.place) : null],
      ...[traits.languages ?? ['en', 'ru'], traits.seats ?? null, traits.mode ?? 'open'],
      ...[traits.visibility ?? 'public', 8, startsOn, traits.endsOn ?? null, traits.enrollUntil ?? null],
      ...[traits.issueWithinDays ?? 5, traits.status ?? (format === 'self_paced' ? 'running' : 'published'), now()],
    ],
  )
  return { id, code, course }
}

export type SomeEnrollment = { id: string; training: SomeTraining; person: Someone }

export type EnrollmentTraits = {
  status?: EnrollmentStatus
  country?: string | null
  agency?: string
  sex?: string
}

/** A person's place in a training, with country, agency type and sex copied from the person. */
export async function anEnrollment(training: SomeTraining, person: Someone, traits: EnrollmentTraits = {}) {
  const id = await idOf(
    'test.enrollment',
    `insert into enrollments (training_id, person_id, course_version_id, source, status, country, agency_type, sex, created_at)
     select $1, p.id, $3, 'self', $4, coalesce($5, p.country), coalesce($6, p.agency_type), coalesce($7, p.sex), $8
     from people p where p.id = $2 returning id`,
    [
      ...[training.id, person.id, training.course.versionId, traits.status ?? 'enrolled'],
      ...[traits.country ?? null, traits.agency ?? null, traits.sex ?? null, now()],
    ],
  )
  return { id, training, person } satisfies SomeEnrollment
}
