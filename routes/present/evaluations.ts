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
    forms: forms.map(form => ({
      title: wordsIn(form.formTitle, req.lang),
      version: form.version,
      sent: form.sent,
      shown: form.shown,
      held: form.sent - form.shown,
      summaries: form.summaries?.map(summary => presentSummary(req, summary)) ?? null,
    })),
  }
}

function presentSummary(req: Request, summary: Summary) {
  const { question, type, count } = summary
  const few = type !== 'text' && count < SMALLEST_GROUP
  return {
    id: question.id,
    label: wordsIn(question.label, req.lang),
    type,
    count,
    few,
    mean: type === 'scale' && summary.mean !== null ? numberIn(req.lang, summary.mean, 1) : null,
    texts: type === 'text' ? summary.texts : [],
    rows:
      type === 'text' || few
        ? []
        : optionsOf(req, question).map((option, index) => ({ label: option.label, count: summary.counts[index] ?? 0 })),
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
