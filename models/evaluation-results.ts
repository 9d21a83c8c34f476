import { one, sql } from '../lib/db.ts'
import type { Words } from './course.ts'
import { type EvaluationAnswers, type Question, SMALLEST_GROUP } from './evaluating.ts'

/** What participants said of a training, put together; never one person's answers. */
export type Summary =
  | { type: 'scale'; question: Question; count: number; mean: number | null; counts: number[] }
  | { type: 'choice'; question: Question; count: number; counts: number[] }
  | { type: 'text'; question: Question; count: number; texts: string[] }

export type FormResults = {
  formTitle: Words
  version: number
  /** The day of the training it is about, 'YYYY-MM-DD' at the host; null: about the whole. */
  trainingDay: string | null
  /** People who sent this version of the form, and of whom the results speak. */
  sent: number
  shown: number
  /** Null while fewer than five can be shown. */
  summaries: Summary[] | null
}

/** `enrolled`: people who have a place now. */
export type EvaluationResults = { code: string; title: Words; enrolled: number; forms: FormResults[] }

/**
 * Results of a training's evaluation for those who may see them: the whole first, then the days from the last back. Each
 * day is a group of its own, released by fives, and no result is made over several days: nothing can be subtracted.
 */
export async function evaluationResults(trainingId: string): Promise<EvaluationResults | undefined> {
  const training = await one<{ code: string; title: Words; enrolled: number }>(
    'evaluation.training',
    `select t.code, coalesce(t.title, v.title) as title,
       (select count(*)::int from enrollments e where e.training_id = t.id and e.status = 'enrolled') as enrolled
     from trainings t join course_versions v on v.id = t.course_version_id where t.id = $1`,
    [trainingId],
  )
  if (!training) return undefined
  const rows = await sql<{
    formTitle: Words
    version: number
    trainingDay: string | null
    questions: Question[]
    sent: number
    answers: EvaluationAnswers[]
  }>(
    'evaluation.results',
    // Ids are random, so their order is none.
    `select f.title as "formTitle", f.number as version, s.day as "trainingDay", f.questions, s.sent,
       coalesce((select jsonb_agg(r.answers order by r.id) from form_responses r
         where r.training_id = $1 and r.form_version_id = f.id and r.training_day is not distinct from s.day
           and r.released), '[]'::jsonb) as answers
     from (select form_version_id, training_day as day, count(*)::int as sent from form_receipts
       where training_id = $1 group by 1, 2) s
     join form_versions f on f.id = s.form_version_id order by s.day desc nulls first, f.number desc`,
    [trainingId],
  )
  const forms = rows.map(({ questions, answers, ...form }) => ({
    ...form,
    shown: answers.length < SMALLEST_GROUP ? 0 : answers.length,
    summaries: summarize(questions, answers),
  }))
  return { ...training, forms }
}

/** Answers put together question by question; null for fewer than five people. */
export function summarize(questions: Question[], answers: EvaluationAnswers[]): Summary[] | null {
  if (answers.length < SMALLEST_GROUP) return null
  return questions.map(question =>
    summaryOf(
      question,
      answers.map(each => each[question.id]),
    ),
  )
}

function summaryOf(question: Question, all: (number | string | undefined)[]): Summary {
  const given = all.filter(value => value !== undefined && value !== '')
  const count = given.length
  if (question.type === 'text') return { type: 'text', question, count, texts: given.map(String) }
  const choices = question.type === 'scale' ? [1, 2, 3, 4, 5] : (question.options ?? []).map(option => option.id)
  // A question few of them answered is a small group of its own.
  const few = count < SMALLEST_GROUP
  const counts = few ? [] : choices.map(choice => given.filter(value => value === choice).length)
  if (question.type === 'choice') return { type: 'choice', question, count, counts }
  const mean = few ? null : given.reduce<number>((sum, value) => sum + Number(value), 0) / count
  return { type: 'scale', question, count, mean, counts }
}
