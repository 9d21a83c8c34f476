import { inTransaction, one, sql } from '../lib/db.ts'
import { CENTER_ZONE, now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { recheck } from './completing.ts'
import type { Words } from './course.ts'
import type { EnrollmentStatus } from './enrollment.ts'
import { insist, no, type Verdict, YES } from './refused.ts'

/** One question of a form (`form_versions.questions`). A scale goes from 1 to 5. */
export type Question = {
  id: string
  type: 'scale' | 'choice' | 'text'
  label: Words
  required: boolean
  hint?: Words
  low?: Words
  high?: Words
  options?: { id: string; label: Words }[]
}

/** By question id: 1 to 5 for a scale, an option's id for a choice, words for a text. */
export type EvaluationAnswers = Record<string, number | string>

export type EvaluationPlace = {
  trainingId: string
  code: string
  title: Words
  enrollmentId: string
  enrollmentStatus: EnrollmentStatus
  personId: string
  formVersionId: string
  anonymous: boolean
  formTitle: Words
  intro: Words
  questions: Question[]
  /** Day of the receipt, 'YYYY-MM-DD'; null when not sent yet. */
  sentOn: string | null
  /** Mandatory lessons not finished yet. */
  lessonsLeft: number
}

/** Opinions are shown for no group under five people (product.md, "Small groups"). */
export const SMALLEST_GROUP = 5

/** The evaluation form of a training for a learner who has a place in it; others see nothing. */
export function evaluationOf(actor: Actor, code: string): Promise<EvaluationPlace | undefined> {
  return one<EvaluationPlace>(
    'evaluation.place',
    `select t.id as "trainingId", t.code, coalesce(t.title, v.title) as title, e.id as "enrollmentId",
       e.status as "enrollmentStatus", e.person_id as "personId", f.id as "formVersionId", f.anonymous,
       f.title as "formTitle", f.intro, f.questions, r.day as "sentOn",
       (select count(*)::int from course_parts l join lesson_versions w on w.id = l.lesson_version_id
         where l.course_version_id = v.id and l.mandatory and not exists (select from progress g
           where g.enrollment_id = e.id and g.lesson_id = w.lesson_id)) as "lessonsLeft"
     from trainings t
     join enrollments e on e.training_id = t.id and e.person_id = $1 and e.status in ('requested', 'waiting', 'enrolled')
     join course_versions v on v.id = e.course_version_id
     join course_parts p on p.course_version_id = v.id and p.kind = 'form'
     join form_versions f on f.id = p.form_version_id
     left join form_receipts r on r.form_version_id = f.id and r.training_id = t.id and r.person_id = e.person_id
     where t.code = $2 order by p.position limit 1`,
    [actor.id, code],
  )
}

/**
 * Whether the form is open to a learner: once all lessons are finished, so that they judge the whole. The test does not
 * matter: the opinion of those who have not passed it counts as much.
 */
export function mayEvaluate(place: Pick<EvaluationPlace, 'enrollmentStatus' | 'lessonsLeft' | 'sentOn'>): Verdict {
  if (place.enrollmentStatus !== 'enrolled') return no('evaluation.notEnrolled')
  if (place.sentOn) return no('evaluation.sent')
  if (place.lessonsLeft > 0) return no('evaluation.lessonsLeft', { count: place.lessonsLeft })
  return YES
}

/**
 * Sends the form: a receipt that says who and on which day, a response that says what. An anonymous one has no key,
 * order or time in common with its receipt. Sending twice keeps the first.
 * @throws Refused with the reasons of `mayEvaluate`
 */
export async function sendEvaluation(place: EvaluationPlace, answers: EvaluationAnswers, language: string) {
  if (place.sentOn) return
  insist(mayEvaluate(place))
  await inTransaction(async () => {
    // One after another: groups of responses are counted and released as a whole.
    await sql('evaluation.lock', 'select 1 from trainings where id = $1 for no key update', [place.trainingId])
    const day = now().toZonedDateTimeISO(CENTER_ZONE).toPlainDate()
    const receipt = await one(
      'evaluation.receipt',
      `insert into form_receipts (form_version_id, training_id, person_id, day) values ($1, $2, $3, $4)
       on conflict do nothing returning day`,
      [place.formVersionId, place.trainingId, place.personId, day],
    )
    if (!receipt) return
    await sql(
      'evaluation.response',
      `insert into form_responses (form_version_id, training_id, language, answers, person_id) values ($1, $2, $3, $4, $5)`,
      [
        ...[place.formVersionId, place.trainingId, language, JSON.stringify(answers)],
        place.anonymous ? null : place.personId,
      ],
    )
    await releaseGroup(place)
    await recheck(place.enrollmentId)
  })
}

// Responses held back join the results when they are five: a look before and a look after never differ by one person.
async function releaseGroup({ formVersionId, trainingId }: EvaluationPlace) {
  const held = await one<{ count: number }>(
    'evaluation.held',
    'select count(*)::int as count from form_responses where training_id = $1 and form_version_id = $2 and not released',
    [trainingId, formVersionId],
  )
  if (held!.count < SMALLEST_GROUP) return
  await sql(
    'evaluation.release',
    'update form_responses set released = true where training_id = $1 and form_version_id = $2 and not released',
    [trainingId, formVersionId],
  )
}
