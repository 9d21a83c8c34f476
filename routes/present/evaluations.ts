import type { Request } from 'express'
import { numberIn } from '../../lib/numbers.ts'
import type { EvaluationPlace, Question } from '../../models/evaluating.ts'
import type { OpenDay } from '../../models/evaluating-days.ts'
import { SMALLEST_GROUP } from '../../models/evaluating.ts'
import type { EvaluationResults, FormResults, Summary } from '../../models/evaluation-results.ts'
import { fieldOf, LONGEST } from '../forms/evaluations.ts'
import { dayInWords, type Speaker, speakerOf } from './moments.ts'
import { wordsIn } from './words.ts'

/** The form as a page: its questions in the reader's language. */
export function presentForm(req: Request, place: EvaluationPlace) {
  return {
    title: wordsIn(place.formTitle, req.lang),
    course: wordsIn(place.title, req.lang),
    intro: wordsIn(place.intro, req.lang),
    anonymous: place.anonymous,
    training: `/trainings/${place.code}`,
    action: addressOf(place),
    day: place.trainingDay,
    opensAt: place.opensAt,
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

/** Where a form is filled in. */
export const addressOf = ({ code, trainingDay }: Pick<EvaluationPlace, 'code' | 'trainingDay'>): string =>
  `/trainings/${code}/evaluation${trainingDay ? `/${trainingDay}` : ''}`

/** The days a learner can tell of now, each with its link. */
export function dayLines(req: Request, days: OpenDay[]) {
  return days.map(({ code, title, day, closesAt, today }) => ({
    href: `/${req.lang}${addressOf({ code, trainingDay: day })}`,
    label: today
      ? req.t('evaluations.days.today')
      : req.t('evaluations.days.of', { day: dayInWords(speakerOf(req), day) }),
    title: wordsIn(title, req.lang),
    closesAt,
  }))
}

/** Results: only what whole groups said. The training as a whole, then its days from the last back. */
export function presentResults(req: Request, { code, title, enrolled, forms }: EvaluationResults) {
  const say = speakerOf(req)
  return {
    code,
    title: wordsIn(title, req.lang),
    // Trainers come from the public page of the training.
    training: req.actor.staff ? `/manage/trainings/${code}` : `/trainings/${code}`,
    staff: req.actor.staff,
    smallest: SMALLEST_GROUP,
    forms: forms.map((form, index) => ({
      id: idOf(form, index, forms),
      heading: headingOf(say, form),
      ...partOf(say, form, enrolled),
    })),
  }
}

/** The place of a group of answers on the page of results; a form that changed in the middle of a day makes two. */
function idOf({ trainingDay, version }: FormResults, index: number, forms: FormResults[]): string {
  if (!trainingDay) return `form-${version}`
  const first = forms.findIndex(each => each.trainingDay === trainingDay) === index
  return first ? `day-${trainingDay}` : `day-${trainingDay}-${version}`
}

/** What a group of answers is about. */
export function headingOf(say: Speaker, { trainingDay, formTitle, version }: FormResults): string {
  if (trainingDay) return dayInWords(say, trainingDay)
  return say.t('evaluations.results.form', { form: wordsIn(formTitle, say.lang), version })
}

function partOf(say: Speaker, { trainingDay, sent, shown, summaries }: FormResults, enrolled: number) {
  const all = summaries ?? []
  const scales = all.flatMap(summary => (summary.type === 'scale' ? [presentScale(say, summary)] : []))
  return {
    sent: trainingDay
      ? say.t('evaluations.results.sentOf', { count: sent, of: Math.max(sent, enrolled) })
      : say.t('evaluations.results.sent', { count: sent }),
    shown,
    held: sent - shown,
    said: sentenceOf(say, all),
    scales,
    choices: all.flatMap(summary => (summary.type === 'choice' ? [presentChoice(say, summary)] : [])),
    texts: all.flatMap(summary =>
      summary.type === 'text' ? [{ label: wordsIn(summary.question.label, say.lang), texts: summary.texts }] : [],
    ),
  }
}

/** One sentence that says what the means show: the highest and the lowest of them. */
export function sentenceOf(say: Speaker, summaries: Summary[]): string | null {
  const means = summaries.flatMap(each =>
    each.type === 'scale' && each.mean !== null ? [{ ...each, mean: each.mean }] : [],
  )
  if (means.length < 2) return null
  const [low, high] = [means.toSorted((a, b) => a.mean - b.mean)[0]!, means.toSorted((a, b) => b.mean - a.mean)[0]!]
  const label = ({ question }: Summary) => wordsIn(question.label, say.lang)
  if (low.mean === high.mean) return say.t('evaluations.results.allSame', { mean: numberIn(say.lang, low.mean, 1) })
  return say.t('evaluations.results.highAndLow', {
    high: label(high),
    highMean: numberIn(say.lang, high.mean, 1),
    low: label(low),
    lowMean: numberIn(say.lang, low.mean, 1),
  })
}

function presentScale(say: Speaker, { question, count, mean, counts }: Summary & { type: 'scale' }) {
  const { low, high, label } = question
  return {
    label: wordsIn(label, say.lang),
    ends: low && high ? `1: ${wordsIn(low, say.lang)}, 5: ${wordsIn(high, say.lang)}` : null,
    count,
    few: mean === null,
    // Width of the bar in hundredths: 1 is the least, 5 the most.
    bar: mean === null ? null : Math.round((mean / 5) * 100),
    mean: mean === null ? null : numberIn(say.lang, mean, 1),
    counts: mean === null ? ['', '', '', '', ''] : counts,
  }
}

function presentChoice(say: Speaker, { question, count, counts }: Summary & { type: 'choice' }) {
  return {
    label: wordsIn(question.label, say.lang),
    count,
    few: count < SMALLEST_GROUP,
    rows: optionsOf(say, question).map(({ label }, index) => ({ label, count: counts[index] ?? 0 })),
  }
}

function optionsOf({ lang }: Pick<Speaker, 'lang'>, { type, low, high, options }: Question) {
  if (type === 'choice') return (options ?? []).map(({ id, label }) => ({ value: id, label: wordsIn(label, lang) }))
  if (type === 'text') return []
  return [1, 2, 3, 4, 5].map(step => {
    const end = step === 1 ? low : step === 5 ? high : undefined
    return { value: String(step), label: end ? `${step}: ${wordsIn(end, lang)}` : String(step) }
  })
}
