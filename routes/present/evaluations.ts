import type { Request } from 'express'
import type { EvaluationPlace, Question } from '../../models/evaluating.ts'
import { SMALLEST_GROUP } from '../../models/evaluating.ts'
import type { EvaluationResults, Summary } from '../../models/evaluation-results.ts'
import { fieldOf, LONGEST } from '../forms/evaluations.ts'
import { numberIn, wordsIn } from './words.ts'

/** The form as a page: its questions in the reader's language. */
export function presentForm(req: Request, place: EvaluationPlace) {
  return {
    title: wordsIn(place.formTitle, req.lang),
    course: wordsIn(place.title, req.lang),
    intro: wordsIn(place.intro, req.lang),
    anonymous: place.anonymous,
    training: `/trainings/${place.code}`,
    action: `/trainings/${place.code}/evaluation`,
    sentOn: place.sentOn,
    longest: LONGEST,
    questions: place.questions.map(question => ({
      name: fieldOf(question),
      type: question.type,
      label: wordsIn(question.label, req.lang),
      hint: question.hint ? wordsIn(question.hint, req.lang) : undefined,
      optional: !question.required,
      options: optionsOf(req, question),
    })),
  }
}

/** Results for staff: only what whole groups said. */
export function presentResults(req: Request, { code, title, forms }: EvaluationResults) {
  return {
    code,
    title: wordsIn(title, req.lang),
    training: `/manage/trainings/${code}`,
    smallest: SMALLEST_GROUP,
    forms: forms.map(({ formTitle, version, sent, shown, summaries }) => ({
      title: wordsIn(formTitle, req.lang),
      version,
      sent,
      shown,
      held: sent - shown,
      scales: (summaries ?? []).flatMap(summary => (summary.type === 'scale' ? [presentScale(req, summary)] : [])),
      choices: (summaries ?? []).flatMap(summary => (summary.type === 'choice' ? [presentChoice(req, summary)] : [])),
      texts: (summaries ?? []).flatMap(summary =>
        summary.type === 'text' ? [{ label: wordsIn(summary.question.label, req.lang), texts: summary.texts }] : [],
      ),
    })),
  }
}

function presentScale(req: Request, { question, count, mean, counts }: Summary & { type: 'scale' }) {
  const { low, high, label } = question
  return {
    label: wordsIn(label, req.lang),
    ends: low && high ? `1: ${wordsIn(low, req.lang)}, 5: ${wordsIn(high, req.lang)}` : null,
    count,
    few: mean === null,
    mean: mean === null ? null : numberIn(req.lang, mean, 1),
    counts: mean === null ? ['', '', '', '', ''] : counts,
  }
}

function presentChoice(req: Request, { question, count, counts }: Summary & { type: 'choice' }) {
  return {
    label: wordsIn(question.label, req.lang),
    count,
    few: count < SMALLEST_GROUP,
    rows: optionsOf(req, question).map(({ label }, index) => ({ label, count: counts[index] ?? 0 })),
  }
}

function optionsOf(req: Request, { type, low, high, options }: Question) {
  if (type === 'choice') return (options ?? []).map(({ id, label }) => ({ value: id, label: wordsIn(label, req.lang) }))
  if (type === 'text') return []
  return [1, 2, 3, 4, 5].map(step => {
    const end = step === 1 ? low : step === 5 ? high : undefined
    return { value: String(step), label: end ? `${step}: ${wordsIn(end, req.lang)}` : String(step) }
  })
}
