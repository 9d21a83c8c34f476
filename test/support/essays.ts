import { one, sql } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import { itemsOf, type Place, placeOf, sittingOf } from '../../models/attempt.ts'
import { handIn, start } from '../../models/attempting.ts'
import { saveSent } from '../../models/answering.ts'
import { type EssayJudgment, finalizeEssayMark } from '../../models/marking-essays.ts'
import { aCourse, type CourseTraits, type SomeCourse } from './courses.ts'
import { anEnrollment, aTraining, type SomeTraining, type TrainingTraits } from './trainings.ts'
import { aPerson, asActor, type Someone } from './people.ts'

/** Tests that ask for essays beside two questions that the platform grades. */

/** How many points an essay of these tests is worth. */
export const WORTH = 8

/** A training whose test asks two graded questions, a point each, and `essays` essays of eight points. */
export async function anEssayTraining(
  traits: CourseTraits & { essays?: number; training?: TrainingTraits; feedback?: string } = {},
) {
  const { essays = 1, training: about, feedback = 'after_attempt', ...rest } = traits
  const course = await aCourse({ items: 1, drawn: 1, perPage: 5, form: false, lessons: 1, ...rest })
  await askEssays(course, essays, 1)
  await sql('test.feedback', 'update assessments set feedback = $2 where id = $1', [course.assessmentId, feedback])
  return { course, training: await aTraining(course, about) }
}

/** Makes the test of a course ask for essays too, beside so many graded questions about its first outcome. */
export async function askEssays({ moduleId, code, assessmentId }: SomeCourse, essays: number, graded: number) {
  for (let n = 1; n <= essays; n++) await addEssay(moduleId, code, n)
  await sql(
    'test.essay-blueprint',
    `update assessments set blueprint = blueprint || jsonb_build_object($2::text,
       jsonb_build_object('medium', $3::int, 'essay', $4::int)) where id = $1`,
    [assessmentId, `${code}-LO1`, graded, essays],
  )
}

async function addEssay(moduleId: string, code: string, n: number) {
  const item = await one<{ id: string }>(
    'test.essay',
    'insert into items (module_id, code) values ($1, $2) returning id',
    [moduleId, `${code}-E${n}`],
  )
  const content = { guidance: { en: `hidden-guidance ${n}`, ru: `hidden-guidance ${n}` } }
  await sql(
    'test.essay-version',
    `insert into item_versions (item_id, number, outcome_code, difficulty, type, prompt, content, status, points,
       content_hash, created_at)
     values ($1, 1, $2, 'hard', 'essay', $3, $4, 'in_use', $5, 'hash', $6)`,
    [
      ...[item!.id, `${code}-LO1`, JSON.stringify({ en: `Essay ${code}-E${n}`, ru: `Эссе ${code}-E${n}` })],
      ...[JSON.stringify(content), WORTH, now()],
    ],
  )
}

export type Written = { person: Someone; place: Place; attemptId: string; enrollmentId: string; essays: string[] }

/**
 * A learner who took the test: `right` of the graded questions answered rightly, each essay with `text` (null: left open),
 * and handed in. `essays` are the ids of the answers that wait.
 */
export async function written(
  training: SomeTraining,
  { text = 'My own thoughts.', right = 2, person }: { text?: string | null; right?: number; person?: Someone } = {},
): Promise<Written> {
  const learner = person ?? (await aPerson())
  const known = await one<{ id: string }>(
    'test.place',
    'select id from enrollments where training_id = $1 and person_id = $2',
    [training.id, learner.id],
  )
  const enrollmentId = known?.id ?? (await anEnrollment(training, learner)).id
  const actor = await asActor(learner)
  const place = (await placeOf(actor, training.code))!
  const { number } = await start(actor, place)
  const sitting = (await sittingOf(actor, training.code, number))!
  let left = right
  const sent = (await itemsOf(sitting.id)).flatMap(({ position, type, code }) => {
    const known = training.course.items.find(each => each.code === code)
    const value =
      type === 'essay' ? (text === null ? [] : [text]) : left-- > 0 ? known!.right : known!.wrong.slice(0, 1)
    return value.length ? [{ position, value, counter: position, givenMs: 1000 }] : []
  })
  await saveSent(sitting, 'en', 'device-0', sent)
  await handIn(actor, sitting)
  const essays = await sql<{ id: string }>(
    'test.essays',
    `select n.id from answers n join item_versions v on v.id = n.item_version_id and v.type = 'essay'
     where n.attempt_id = $1 order by n.id`,
    [sitting.id],
  )
  return { person: learner, place, attemptId: sitting.id, enrollmentId, essays: essays.map(({ id }) => id) }
}

/** A judgment of so many points. */
export const points = (count: number, comment = '', seen = ''): EssayJudgment => ({
  ...{ levels: { points: count }, comment, seen },
})

/** All essays of an attempt marked by one marker. */
export async function marked(marker: Someone, { essays }: Pick<Written, 'essays'>, count: number, comment = '') {
  for (const id of essays) await finalizeEssayMark(await asActor(marker), id, points(count, comment))
}

/** An attempt's result as it stands, and the grade of its place. */
export async function resultOf({ attemptId, enrollmentId }: Written) {
  const attempt = await one<{ percent: string | null; points: string | null }>(
    'test.result',
    'select percent, points from attempts where id = $1',
    [attemptId],
  )
  const grade = await one<{ percent: string }>(
    'test.grade-now',
    'select percent from grades where enrollment_id = $1',
    [enrollmentId],
  )
  return { ...attempt!, grade: grade?.percent ?? null }
}
