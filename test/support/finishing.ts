import { inTransaction, sql } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import { recheck } from '../../models/completing.ts'
import { idOf } from './rows.ts'
import type { SomeEnrollment } from './trainings.ts'

/** What somebody has done in a training, up to the certificate, written as rows. */

/** Finishes lessons of an enrollment: all of them, or the first few. */
export async function readLessons(enrollment: SomeEnrollment, count = Infinity) {
  for (const lesson of enrollment.training.course.lessons.slice(0, count))
    await sql(
      'test.progress',
      'insert into progress (enrollment_id, lesson_id, finished_at) values ($1, $2, $3) on conflict do nothing',
      [enrollment.id, lesson.id, now()],
    )
}

/** A handed-in attempt with its grade. */
export async function passedTest(enrollment: SomeEnrollment, percent = 80) {
  const { assessmentId } = enrollment.training.course
  if (!assessmentId) return
  const attempt = await idOf(
    'test.attempt',
    `insert into attempts (assessment_id, enrollment_id, number, seed, started_at, handed_in_at, closed_by, points,
       max_points, percent, receipt)
     values ($1, $2, (select count(*) + 1 from attempts where assessment_id = $1 and enrollment_id = $2), 'seed', $3, $3,
       'learner', $4, 100, $4, 'receipt') returning id`,
    [assessmentId, enrollment.id, now(), percent],
  )
  await sql(
    'test.grade',
    `insert into grades (enrollment_id, assessment_id, points, max_points, percent, computed_from, released_at)
     values ($1, $2, $3, 100, $3, $4, $5)
     on conflict (enrollment_id, assessment_id) do update set points = excluded.points, percent = excluded.percent,
       computed_from = excluded.computed_from, released_at = excluded.released_at`,
    [enrollment.id, assessmentId, percent, attempt, now()],
  )
}

/** The evaluation form sent: its receipt. */
export async function sentEvaluation(enrollment: SomeEnrollment) {
  const { formVersionId } = enrollment.training.course
  if (!formVersionId) return
  await sql(
    'test.receipt',
    `insert into form_receipts (form_version_id, training_id, person_id, day) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [formVersionId, enrollment.training.id, enrollment.person.id, now().toZonedDateTimeISO('Asia/Baku').toPlainDate()],
  )
}

/** Everything the certificate asks for is done, and the enrollment is eligible. */
export async function finished(enrollment: SomeEnrollment, { percent = 80 } = {}) {
  await readLessons(enrollment)
  await passedTest(enrollment, percent)
  await sentEvaluation(enrollment)
  await inTransaction(() => recheck(enrollment.id))
  return enrollment
}

/** A learner's confirmed names, as the certificate will print them. */
export async function confirmedNames(enrollment: SomeEnrollment, names: Record<string, string> = {}) {
  await sql('test.names', 'update enrollments set names_confirmed = $2, names_confirmed_at = $3 where id = $1', [
    enrollment.id,
    JSON.stringify({ latin: enrollment.person.name, ...names }),
    now(),
  ])
}

let codes = 0

/** A certificate as a bare row, for what depends on having one; the real way is models/certifying.ts. */
export async function aCertificate(
  enrollment: SomeEnrollment,
  traits: { revoked?: boolean; replaced?: boolean; validUntil?: string } = {},
) {
  const code = `TEST-${String(++codes).padStart(4, '0')}`
  const at = now()
  const id = await idOf(
    'test.certificate',
    `insert into certificates (code, kind, person_id, training_id, enrollment_id, snapshot, valid_until, issued_at,
       issued_by, revoked_at, revoked_reason, replaced_at)
     values ($1, 'achievement', $2, $3, $4, '{}', $5, $6, $2, $7, $8, $9) returning id`,
    [
      ...[code, enrollment.person.id, enrollment.training.id, enrollment.id, traits.validUntil ?? null, at],
      ...[traits.revoked ? at : null, traits.revoked ? 'Issued by mistake' : null, traits.replaced ? at : null],
    ],
  )
  return { id, code }
}
