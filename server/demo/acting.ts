import { inTransaction, one, sql } from '../../lib/db.ts'
import { now, setClock } from '../../lib/time.ts'
import { type Actor, actorOf } from '../../models/actor.ts'
import { savePage } from '../../models/answering.ts'
import { itemsOf, placeOf, sittingOf } from '../../models/attempt.ts'
import { rightAnswer } from '../../models/items/kinds.ts'
import { handIn, start } from '../../models/attempting.ts'
import { certify } from '../../models/certifying.ts'
import { confirmNames } from '../../models/confirming-names.ts'
import { enroll } from '../../models/enrolling.ts'
import type { Names } from '../../models/enrollment.ts'
import { type EvaluationAnswers, evaluationOf, sendEvaluation } from '../../models/evaluating.ts'
import { finishLesson } from '../../models/progressing.ts'

/** What people of the demo did, done by the verbs of the platform at an hour in the past: nothing is made up beside it. */

/** Runs `fn` as if it were `days` days ago at ten in Baku (plus `minutes`). For commands and the start of a demo only. */
export async function daysAgo<T>(days: number, fn: () => Promise<T>, minutes = 0): Promise<T> {
  const today = Temporal.Now.zonedDateTimeISO('Asia/Baku')
  const then = today.with({ hour: 10, minute: 0, second: 0 }).subtract({ days }).add({ minutes }).toInstant()
  setClock(() => then)
  try {
    return await fn()
  } finally {
    setClock()
  }
}

export async function personOf(email: string): Promise<Actor> {
  const row = await one<{ id: string }>('demo.who', 'select person_id as id from accounts where email = $1', [email])
  return (await actorOf(row!.id, now()))!
}

/** Enrolls a person in a training of this code. */
export async function enters(person: Actor, code: string) {
  const training = await one<{ id: string }>('demo.training', 'select id from trainings where code = $1', [code])
  return enroll(person, training!.id)
}

/** Finishes the first lessons of a training: `percent` of them, rounded up. */
export async function reads(person: Actor, code: string, percent: number) {
  const lessons = await sql<{ enrollment: string; lesson: string }>(
    'demo.lessons',
    `select e.id as enrollment, l.lesson_id as lesson from trainings t
     join enrollments e on e.training_id = t.id and e.person_id = $1 and e.status = 'enrolled'
     join course_parts p on p.course_version_id = e.course_version_id
     join lesson_versions l on l.id = p.lesson_version_id
     where t.code = $2 and p.mandatory order by p.position`,
    [person.id, code],
  )
  const read = lessons.slice(0, Math.ceil((lessons.length * percent) / 100))
  for (const { enrollment, lesson } of read) await finishLesson(person, enrollment, lesson)
}

/** Sits the test and answers `percent` of its questions right. */
export async function sitsTest(person: Actor, code: string, percent: number) {
  const place = (await placeOf(person, code))!
  const { id, number } = await start(person, place)
  const sitting = (await sittingOf(person, code, number))!
  const page: Record<number, string[]> = {}
  const questions = await itemsOf(id)
  const right = Math.round((questions.length * percent) / 100)
  for (const item of questions)
    page[item.position] = item.position <= right ? rightAnswer(item) : wrongChoice(item.content)
  await savePage(sitting, person.locale, page)
  await handIn(person, sitting)
}

// Where there are options a wrong one is chosen; other questions stay open.
function wrongChoice(content: unknown): string[] {
  const { options = [] } = content as { options?: { id: string; right: boolean }[] }
  return options
    .filter(({ right }) => !right)
    .slice(0, 1)
    .map(({ id }) => id)
}

/** Sends the evaluation form: scales from a list, words where they are given. */
export async function judges(person: Actor, code: string, scales: number[], words: Record<string, string> = {}) {
  const place = (await evaluationOf(person, code))!
  const answers: EvaluationAnswers = { ...words }
  place.questions
    .filter(question => question.type === 'scale')
    .forEach(({ id }, index) => {
      answers[id] = scales[index % scales.length]!
    })
  for (const { id, type, options } of place.questions)
    if (type === 'choice' && options?.[0]) answers[id] = options[0].id
  await sendEvaluation(place, answers, person.locale)
}

/** Confirms the names as the person gave them. */
export async function confirms(person: Actor, code: string) {
  const row = await one<{
    id: string
    latin: string
    cyrillic: string | null
    own: string | null
    script: string | null
  }>(
    'demo.names',
    `select e.id, p.name_latin as latin, p.name_cyrillic as cyrillic, p.name_own as own, p.name_own_script as script
     from enrollments e join trainings t on t.id = e.training_id join people p on p.id = e.person_id
     where e.person_id = $1 and t.code = $2 and e.status = 'enrolled'`,
    [person.id, code],
  )
  const { id, latin, cyrillic, own, script } = row!
  const names: Names = {
    latin,
    ...(cyrillic ? { cyrillic } : {}),
    ...(own && script ? { own, ownScript: script } : {}),
  }
  await confirmNames(person, id, names)
  return id
}

/** Issues the certificate of an enrollment; returns its code. */
export async function issues(coordinator: Actor, enrollmentId: string, dataKey: Buffer): Promise<string> {
  const outcome = await certify(coordinator, enrollmentId, dataKey)
  if (!outcome.ok) throw new Error(`The demo cannot issue a certificate: ${outcome.reason}`)
  return outcome.code
}

/** Work queued by the past is due now, not late. */
export const nothingIsLate = () =>
  inTransaction(async () => {
    await sql('demo.jobs', 'update jobs set run_at = $1, created_at = $1 where run_at < $1', [now()])
  })
