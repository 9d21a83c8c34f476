import { numberIn } from '../../lib/numbers.ts'
import { evaluationResults, type FormResults, type Summary } from '../../models/evaluation-results.ts'
import { hearers } from '../../models/telling-results.ts'
import { headingOf, sentenceOf } from '../../routes/present/evaluations.ts'
import { dayInWords } from '../../routes/present/moments.ts'
import { wordsIn } from '../../routes/present/words.ts'
import { fitting } from './fitting.ts'
import type { Item, Letters, Pen } from './index.ts'

/** What participants said of a day, for its trainers and the people in charge: never of fewer than five people. */
export const evaluationLetters: Letters = {
  'evaluation-results': async ({ trainingId, day }, pen) => {
    const { t, lang, url, personId } = pen
    const still = personId && (await hearers(trainingId, day)).some(each => each.personId === personId)
    const results = still ? await evaluationResults(trainingId) : undefined
    if (!results) return undefined
    const title = wordsIn(results.title, lang)
    const ofDay = results.forms.filter(form => form.trainingDay === day)
    const ofWhole = results.forms.filter(form => form.trainingDay === null)
    const forms = [...ofDay, ...ofWhole]
    const sent = ofDay.reduce((sum, form) => sum + form.sent, 0)
    const items = forms.flatMap(form => itemsOf(pen, form))
    const shown = fitting(items)
    const words = { day: dayInWords(pen, day), title, count: sent, of: Math.max(sent, results.enrolled) }
    return {
      subject: t('mail.results.subject', words),
      lines: [...(ofDay.length ? [t('mail.results.sent', words)] : []), ...forms.flatMap(form => linesOf(pen, form))],
      items: shown,
      button: {
        label: t('mail.results.button'),
        href: url(`/manage/trainings/${results.code}/evaluation${ofDay.length ? `#day-${day}` : ''}`),
      },
      after: [...(shown.length < items.length ? [t('mail.results.more')] : []), t('mail.results.later')],
      why: t('mail.results.why', { title }),
    }
  },
}

/** What is said of a group of answers before its questions: that it is too small, or its sentence. */
function linesOf(pen: Pen, form: FormResults): string[] {
  const heading = form.trainingDay
    ? []
    : [pen.t('mail.results.whole', { form: headingOf(pen, form), count: form.sent })]
  if (!form.summaries) return [...heading, pen.t('mail.results.few', { count: form.sent })]
  const sentence = sentenceOf(pen, form.summaries)
  return [...heading, ...(sentence ? [sentence] : [])]
}

function itemsOf(pen: Pen, { summaries }: FormResults): Item[] {
  return (summaries ?? []).map(summary => ({
    title: wordsIn(summary.question.label, pen.lang),
    lines: said(pen, summary),
  }))
}

function said({ t, lang }: Pen, summary: Summary): string[] {
  if (summary.type === 'text')
    return summary.texts.length
      ? summary.texts.map(text => `– ${text.replace(/\s+/g, ' ')}`)
      : [t('mail.results.nobody')]
  if (summary.type === 'choice') return [t('mail.results.answers', { count: summary.count })]
  if (summary.mean === null) return [t('mail.results.fewHere')]
  return [t('mail.results.mean', { mean: numberIn(lang, summary.mean, 1), count: summary.count })]
}
