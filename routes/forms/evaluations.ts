import type { Request } from 'express'
import type { EvaluationAnswers, Question } from '../../models/evaluating.ts'
import { wordsIn } from '../present/words.ts'
import type { FieldError } from '../request.ts'
import type { Parsed } from './again.ts'

/** Longest answer in words, in characters. */
export const LONGEST = 2000

/** Name of a question's field. */
export const fieldOf = ({ id }: Question) => `about-${id}`

/** The posted evaluation against the questions of its form. */
export function evaluationForm(req: Request, questions: Question[]): Parsed<EvaluationAnswers> {
  const values: EvaluationAnswers = {}
  const errors: FieldError[] = []
  for (const question of questions) {
    const field = fieldOf(question)
    const text = String(req.body?.[field] ?? '')
      .normalize('NFC')
      .trim()
    const fault = faultOf(question, text)
    const about = { count: LONGEST, question: wordsIn(question.label, req.lang) }
    if (fault) errors.push({ field, text: req.t(`evaluations.errors.${fault}`, about) })
    else if (text) values[question.id] = question.type === 'scale' ? Number(text) : text
  }
  return errors.length ? { errors } : { values }
}

function faultOf({ type, required, options }: Question, text: string): string | undefined {
  if (!text) return required ? (type === 'text' ? 'write' : 'choose') : undefined
  if (type === 'text') return text.length > LONGEST ? 'tooLong' : undefined
  const allowed = type === 'scale' ? ['1', '2', '3', '4', '5'] : (options ?? []).map(option => option.id)
  return allowed.includes(text) ? undefined : 'choose'
}
