import { inTransaction, one, sql } from '../lib/db.ts'
import { CENTER_ZONE, now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { recheck } from './completing.ts'
import type { Words } from './course.ts'
import type { EnrollmentStatus } from './enrollment.ts'
import { insist, no, type Verdict, YES } from './refused.ts'
import type { Format } from './training.ts'

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
  /** The day of the training that is judged, 'YYYY-MM-DD' at the host; null for the training as a whole. */
  trainingDay: string | null
  /** Day of the receipt, 'YYYY-MM-DD'; null when not sent yet. */
  sentOn: string | null
} & Gate

/** What must have happened before a form can be sent, and until when it can. */
export type Gate = {
  /** Mandatory lessons that have to be finished first and are not. */
  lessonsLeft: number
  opensAt: Temporal.Instant | null
  closesAt: Temporal.Instant | null
}

/** Opinions are shown for no group under five people (product.md, "Small groups"). */
export const SMALLEST_GROUP = 5

/** The form about a training as a whole. Every course ends with it; where one does not, a training with sessions does. */
const FINAL_FORM = 'final-evaluation'

type Row = Omit<EvaluationPlace, keyof Gate | 'trainingDay'> & EndFacts

/** The evaluation form of a training for a learner who has a place in it; others see nothing. */
export async function evaluationOf(actor: Actor, code: string): Promise<EvaluationPlace | undefined> {
  const row = await one<Row>(
    'evaluation.place',
    `select t.id as "trainingId", t.code, coalesce(t.title, v.title) as title, e.id as "enrollmentId",
       e.status as "enrollmentStatus", e.person_id as "personId", f.id as "formVersionId", f.anonymous,
       f.title as "formTitle", f.intro, f.questions, r.day as "sentOn", ${END_FACTS}
     from trainings t
     join enrollments e on e.training_id = t.id and e.person_id = $1 and e.status in ('requested', 'waiting', 'enrolled')
     join course_versions v on v.id = e.course_version_id
     left join lateral (select p.form_version_id as id from course_parts p
       where p.course_version_id = v.id and p.kind = 'form' order by p.position limit 1) own on true
     join form_versions f on f.id = coalesce(own.id, (select d.id from form_versions d join forms g on g.id = d.form_id
       left join form_receipts x on x.form_version_id = d.id and x.training_id = t.id and x.person_id = e.person_id
         and x.training_day is null
       where g.code = $3 and d.published_at is not null and t.agenda_number > 0
       order by x.day is null, d.number desc limit 1))
     left join form_receipts r on r.form_version_id = f.id and r.training_id = t.id and r.person_id = e.person_id
       and r.training_day is null
     where t.code = $2`,
    [actor.id, code, FINAL_FORM],
  )
  if (!row) return undefined
  const { format, zone, endsOn, lessons, lessonsDone, lastBegins, ...place } = row
  return { ...place, trainingDay: null, ...gateOf({ format, zone, endsOn, lessons, lessonsDone, lastBegins }) }
}

/** What decides when a training can be judged as a whole. `lastBegins`: of the last session that counts, as told. */
export type EndFacts = {
  format: Format
  zone: string
  endsOn: string | null
  lessons: number
  lessonsDone: number
  lastBegins: string | null
}

/** When the last session that counts begins, as people were told: a column for statements that name trainings `t`. */
export const LAST_BEGINS = `(select max(s.published ->> 'startsAt') from sessions s where s.training_id = t.id
  and s.published ->> 'canceled' is null and s.published ->> 'kind' = 'session' and (s.published ->> 'counts')::boolean)`

const END_FACTS = `t.format, t.zone, t.ends_on as "endsOn",
  (select count(*)::int from course_parts l where l.course_version_id = v.id and l.mandatory
    and l.lesson_version_id is not null) as lessons,
  (select count(*)::int from course_parts l join lesson_versions w on w.id = l.lesson_version_id
    join progress g on g.lesson_id = w.lesson_id and g.enrollment_id = e.id
    where l.course_version_id = v.id and l.mandatory) as "lessonsDone",
  ${LAST_BEGINS} as "lastBegins"`

/**
 * When the form about the whole opens. Where people meet (on site, live, or without lessons at all): when the last
 * session that counts has begun, else on the last day. Where they read: once all lessons are finished. The test does
 * not matter: the opinion of those who have not passed it counts as much.
 */
export function gateOf({ format, zone, endsOn, lessons, lessonsDone, lastBegins }: EndFacts): Gate {
  const meets = format === 'on_site' || format === 'live_online' || lessons === 0
  if (meets && lastBegins) return { lessonsLeft: 0, opensAt: Temporal.Instant.from(lastBegins), closesAt: null }
  if (lessons || format === 'self_paced' || !endsOn)
    return { lessonsLeft: lessons - lessonsDone, opensAt: null, closesAt: null }
  return { lessonsLeft: 0, opensAt: Temporal.PlainDate.from(endsOn).toZonedDateTime(zone).toInstant(), closesAt: null }
}

/** Whether a form is open to a learner now, of a day or of the whole; or the reason why not. */
export function mayEvaluate(
  place: Pick<EvaluationPlace, 'enrollmentStatus' | 'sentOn' | 'trainingDay' | keyof Gate>,
  at: Temporal.Instant,
): Verdict {
  const { opensAt, closesAt, lessonsLeft } = place
  if (place.enrollmentStatus !== 'enrolled') return no('evaluation.notEnrolled')
  if (place.sentOn) return no('evaluation.sent')
  if (lessonsLeft > 0) return no('evaluation.lessonsLeft', { count: lessonsLeft })
  if (opensAt && Temporal.Instant.compare(at, opensAt) < 0)
    return no(place.trainingDay ? 'evaluation.dayAhead' : 'evaluation.sessionsAhead')
  if (closesAt && Temporal.Instant.compare(at, closesAt) >= 0) return no('evaluation.dayOver')
  return YES
}

/**
 * Sends the form: a receipt that says who and on which day, a response that says what. An anonymous one has no key,
 * order or time in common with its receipt; of a form about a day both name that day of the training. Sending twice
 * keeps the first.
 * @throws Refused with the reasons of `mayEvaluate`
 */
export async function sendEvaluation(place: EvaluationPlace, answers: EvaluationAnswers, language: string) {
  if (place.sentOn) return
  insist(mayEvaluate(place, now()))
  await inTransaction(async () => {
    // One after another: groups of responses are counted and released as a whole.
    await sql('evaluation.lock', 'select 1 from trainings where id = $1 for no key update', [place.trainingId])
    const day = now().toZonedDateTimeISO(CENTER_ZONE).toPlainDate()
    const receipt = await one(
      'evaluation.receipt',
      `insert into form_receipts (form_version_id, training_id, person_id, day, training_day)
       values ($1, $2, $3, $4, $5) on conflict do nothing returning day`,
      [place.formVersionId, place.trainingId, place.personId, day, place.trainingDay],
    )
    if (!receipt) return
    await sql(
      'evaluation.response',
      `insert into form_responses (form_version_id, training_id, language, answers, person_id, training_day)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        ...[place.formVersionId, place.trainingId, language, JSON.stringify(answers)],
        ...[place.anonymous ? null : place.personId, place.trainingDay],
      ],
    )
    await releaseGroup(place)
    if (!place.trainingDay) await recheck(place.enrollmentId)
  })
}

// Responses held back join the results when they are five: a look before and a look after never differ by one person.
// Each day is a group of its own.
async function releaseGroup({ formVersionId, trainingId, trainingDay }: EvaluationPlace) {
  const group = [trainingId, formVersionId, trainingDay]
  const held = await one<{ count: number }>(
    'evaluation.held',
    `select count(*)::int as count from form_responses where ${HELD}`,
    group,
  )
  if (held!.count < SMALLEST_GROUP) return
  await sql('evaluation.release', `update form_responses set released = true where ${HELD}`, group)
}

const HELD = `training_id = $1 and form_version_id = $2
  and training_day is not distinct from $3::date and not released`
