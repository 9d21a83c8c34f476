import { sql } from '../../lib/db.ts'
import { savePage } from '../../models/answering.ts'
import { itemsOf, placeOf, sittingOf } from '../../models/attempt.ts'
import { handIn, start } from '../../models/attempting.ts'
import { anEnrollment, type SomeTraining } from './trainings.ts'
import { aPerson, asActor } from './people.ts'

/** Answers of one learner by the code of the question. */
export type Answered = { language?: 'en' | 'ru'; answers: Record<string, string[]> }

/** A new learner who takes the test of a training through the verbs, and hands it in. */
export async function aSitting(training: SomeTraining, { language = 'en', answers }: Answered) {
  const person = await aPerson()
  const enrollment = await anEnrollment(training, person)
  const actor = await asActor(person)
  const { number, id } = await start(actor, (await placeOf(actor, training.code))!)
  const sitting = (await sittingOf(actor, training.code, number))!
  const items = await itemsOf(id)
  const given = items.flatMap(({ position, code }) => (answers[code] ? [[position, answers[code]]] : []))
  await savePage(sitting, language, Object.fromEntries(given))
  await handIn(actor, sitting)
  return { person, actor, enrollment, attemptId: id }
}

/**
 * First attempts of so many learners, put into the record at once: `givenBy` says what learner n answers to the question
 * of a code. Their results are those of a grade of nothing; what reads answers does not look at them.
 */
export async function manySittings(
  training: SomeTraining,
  count: number,
  givenBy: (n: number, code: string) => string[],
  languageOf: (n: number) => 'en' | 'ru' = () => 'en',
) {
  const { items, assessmentId, versionId } = training.course
  const rows = Array.from({ length: count }, (_, n) =>
    items.map(({ code, versionId: item }, place) => ({ n, place, item, value: givenBy(n, code), lang: languageOf(n) })),
  ).flat()
  await sql(
    null,
    `with learners as (insert into people (name_latin, created_at)
         select 'Learner ' || n, $5 from generate_series(1, $1) n returning id),
       places as (insert into enrollments (training_id, person_id, course_version_id, source, status, sex, created_at)
         select $2, id, $3, 'self', 'enrolled', 'not_stated', $5 from learners returning id),
       sittings as (insert into attempts (assessment_id, enrollment_id, number, seed, started_at, handed_in_at, closed_by,
           points, max_points, percent, receipt)
         select $4, id, 1, 'seed', $5, $5, 'learner', 0, 1, 0, '' from places returning id),
       numbered as (select id, row_number() over (order by id) - 1 as n from sittings),
       given as (select * from jsonb_to_recordset($6::jsonb) as g (n int, place int, item bigint, value jsonb, lang text)),
       asked as (insert into attempt_items (attempt_id, position, item_version_id)
         select s.id, g.place + 1, g.item from given g join numbered s on s.n = g.n)
     insert into answers (attempt_id, item_version_id, device, counter, value, language, received_at)
       select s.id, g.item, 'device', 1, g.value, g.lang, $5 from given g join numbered s on s.n = g.n`,
    [count, training.id, versionId, assessmentId, '2026-12-01T08:00:00Z', JSON.stringify(rows)],
  )
}
