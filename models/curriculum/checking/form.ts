import type { Report } from '../problem.ts'
import type { FormFile } from '../reading.ts'
import { checkRepeats } from './repeats.ts'

/** Checks that a form's questions have what their type needs. */
export function checkForm({ file, yaml, form }: FormFile, report: Report) {
  if (form.code && file !== `forms/${form.code}.yaml`)
    report(yaml.lineOf(['code']), 'code', `code "${form.code}" differs from the file's name`)
  checkRepeats(yaml, ['questions'], 'id', report)
  form.questions?.forEach((question, index) => {
    if (!question) return
    const say = (message: string) => report(yaml.lineOf(['questions', index]), 'question', message)
    if (question.type === 'scale' && !(question.low && question.high))
      say(`"${question.id}" is a scale: say what its low and high ends mean`)
    const chosen = question.type === 'choice' || question.type === 'choices'
    if (chosen && (question.options ?? []).length < 2)
      say(`"${question.id}" is a choice: it needs at least two options`)
    if (form.parts && !form.parts.some(part => part?.id === question.part))
      say(`"${question.id}" stands in no part of the form`)
    if (!chosen && question.options) say(`"${question.id}" has options but is not a choice`)
    checkRepeats(yaml, ['questions', index, 'options'], 'id', report)
  })
}
