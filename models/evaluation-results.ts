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
  /** People who sent this version of the form, and of whom the results speak. */
  sent: number
  shown: number
  /** Null while fewer than five can be shown. */
  summaries: Summary[] | null
}

export type EvaluationResults = { code: string; title: Words; forms: FormResults[] }

/** Results of a training's evaluation for the Center's staff, one part per version of the form; undefined: no training. */
export async function evaluationResults(code: string): Promise<EvaluationResults | undefined> {
  const training = await one<{ id: string; code: string; title: Words }>(
    'evaluation.training',
    `select t.id, t.code, coalesce(t.title, v.title) as title from trainings t
     join course_versions v on v.id = t.course_version_id where t.code = $1`,
    [code],
  )
  if (!training) return undefined
  const rows = await sql<{
    formTitle: Words
    version: number
    questions: Question[]
    sent: number
    answers: EvaluationAnswers[]
  }>(
    'evaluation.results',
    // Ids are random, so their order is none.
    `select f.title as "formTitle", f.number as version, f.questions, s.sent,
       coalesce((select jsonb_agg(r.answers order by r.id) from form_responses r
         where r.training_id = $1 and r.form_version_id = f.id and r.released), '[]'::jsonb) as answers
     from (select form_version_id, count(*)::int as sent from form_receipts where training_id = $1 group by 1) s
     join form_versions f on f.id = s.form_version_id order by f.number desc`,
    [training.id],
  )
  const forms = rows.map(({ questions, answers, ...form }) => ({
    ...form,
    shown: answers.length < SMALLEST_GROUP ? 0 : answers.length,
    summaries: summarize(questions, answers),
  }))
  return { code: training.code, title: training.title, forms }
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
