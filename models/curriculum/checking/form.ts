import type { Report } from '../problem.ts'
import type { FormFile } from '../reading.ts'
import { checkRepeats } from './repeats.ts'

/** Checks that a form's questions have what their type needs. */
export function checkForm({ file, yaml, form }: FormFile, report: Report) {
  if (form.code && file !== `forms/${form.code}.yaml`) report(yaml.lineOf(['code']), 'code.form', { code: form.code })
  checkRepeats(yaml, ['questions'], 'id', report)
  form.questions?.forEach((question, index) => {
    if (!question) return
    const say = (what: string) => report(yaml.lineOf(['questions', index]), `question.${what}`, { id: question.id })
    if (question.type === 'scale' && !(question.low && question.high)) say('scale')
    const chosen = question.type === 'choice' || question.type === 'choices'
    if (chosen && (question.options ?? []).length < 2) say('options')
    if (form.parts && !form.parts.some(part => part?.id === question.part)) say('part')
    if (!chosen && question.options) say('choice')
    checkRepeats(yaml, ['questions', index, 'options'], 'id', report)
  })
}
