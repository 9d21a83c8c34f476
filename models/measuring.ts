import { one, sql } from '../lib/db.ts'
import { newToken } from '../lib/secrets.ts'
import { now } from '../lib/time.ts'
import type { Place, TestKind } from './attempt.ts'
import { bankShort, itemsInUse } from './bank-in-use.ts'
import { drawForms, type Form } from './drawing.ts'
import { no, type Verdict, YES } from './refused.ts'

/**
 * Measuring what a training changes: the same is asked before and after, by two forms that share no question. Half the
 * group begins with form A, half with form B, and each person gets the other one at the end. Nothing is passed by it, and
 * the certificate does not ask for it.
 */

export type MeasuringFacts = {
  kind: TestKind
  /** Days of the training in its zone; null in a self-paced one. */
  startsOn: string | null
  endsOn: string | null
  today: string
  lessons: { done: number; total: number }
}

/**
 * Whether it is time: before, until the end of the first day, or where there are no days until the first lesson is
 * finished; after, from the last day on, or once all lessons are finished.
 */
export function timeToMeasure({ kind, startsOn, endsOn, today, lessons }: MeasuringFacts): Verdict {
  if (kind === 'pre') return (startsOn ? today > startsOn : lessons.done > 0) ? no('measure.begun') : YES
  const over = endsOn ? today >= endsOn : lessons.done >= lessons.total
  return over ? YES : no(endsOn ? 'measure.notOver' : 'measure.lessonsLeft')
}

/** The same for the place of a learner now. */
export async function mayMeasure(place: Place): Promise<Verdict> {
  const row = await one<{ endsOn: string | null; done: number; total: number }>(
    'measuring.facts',
    `select t.ends_on as "endsOn",
       (select count(*)::int from course_parts p join lesson_versions l on l.id = p.lesson_version_id
         join progress g on g.lesson_id = l.lesson_id and g.enrollment_id = e.id
         where p.course_version_id = e.course_version_id and p.mandatory) as done,
       (select count(*)::int from course_parts p where p.course_version_id = e.course_version_id
         and p.lesson_version_id is not null and p.mandatory) as total
     from enrollments e join trainings t on t.id = e.training_id where e.id = $1`,
    [place.enrollmentId],
  )
  const { endsOn, ...lessons } = row!
  const today = now().toZonedDateTimeISO(place.zone).toPlainDate().toString()
  return timeToMeasure({ kind: place.kind, startsOn: place.startsOn, endsOn, today, lessons })
}

type Forms = { a: number; b: number }

/**
 * The form for a learner who begins now, with its questions in order: after the training the one they did not have
 * before it, else the one that fewer people have. The forms of a training are drawn when the first one begins.
 * @throws Refused attempt.bankShort
 */
export async function formOf(place: Place): Promise<{ form: Form; items: string[] }> {
  const { a, b } = await lockForms(place)
  const before = await one<{ form: Form }>(
    'measuring.before',
    `select a.form from attempts a join assessments s on s.id = a.assessment_id and s.kind = 'pre'
     where a.enrollment_id = $1`,
    [place.enrollmentId],
  )
  const form: Form = before ? (before.form === 'A' ? 'B' : 'A') : a <= b ? 'A' : 'B'
  if (!before)
    await sql(
      'measuring.count',
      `update parallel_forms set a = a + $2::int, b = b + 1 - $2::int where training_id = $1`,
      [place.trainingId, form === 'A' ? 1 : 0],
    )
  const items = await sql<{ id: string }>(
    'measuring.items',
    `select item_version_id as id from parallel_form_items where training_id = $1 and form = $2 order by position`,
    [place.trainingId, form],
  )
  return { form, items: items.map(({ id }) => id) }
}

// Whoever begins waits for the row of the training's forms, so that the halves differ by one person at most.
async function lockForms(place: Place): Promise<Forms> {
  const made = await sql(
    'measuring.first',
    `insert into parallel_forms (training_id, seed, drawn_at) values ($1, $2, $3) on conflict do nothing returning seed`,
    [place.trainingId, newToken(), now()],
  )
  const forms = await one<Forms & { seed: string }>(
    'measuring.lock',
    'select seed, a, b from parallel_forms where training_id = $1 for update',
    [place.trainingId],
  )
  if (made.length) await keepForms(place, forms!.seed)
  return forms!
}

async function keepForms(place: Place, seed: string) {
  const bank = await itemsInUse(place)
  const { forms, short } = drawForms(
    seed,
    place.blueprint,
    bank.filter(item => item.own),
  )
  if (!forms) throw bankShort(place, short)
  for (const form of ['A', 'B'] as const)
    await sql(
      'measuring.keep',
      `insert into parallel_form_items (training_id, form, position, item_version_id)
       select $1, $2, n, item from unnest($3::bigint[]) with ordinality as drawn (item, n)`,
      [place.trainingId, form, forms[form].map(item => item.id)],
    )
}
