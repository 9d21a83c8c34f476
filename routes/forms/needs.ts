import type { Request } from 'express'
import { now } from '../../lib/time.ts'
import type { NeedsAnswers, NeedsQuestion, Task } from '../../models/needs-form.ts'
import { OFFICIAL_LANGUAGES } from '../../models/official-languages.ts'
import { centerDay } from '../../models/working-days.ts'
import { wordsIn } from '../present/words.ts'
import type { FieldError } from '../request.ts'
import { dateOf } from './days.ts'
import type { Parsed } from './again.ts'

/** Longest answers in characters, most tasks, and the three dates a State offers. */
export const LONGEST = { line: 200, text: 3000 }
export const MOST_TASKS = 8
export const DATES = 3
export const LEVELS = ['0', '1', '2', '3', '4']

/** Name of a question's field. */
export const fieldOf = ({ id }: Pick<NeedsQuestion, 'id'>) => `about-${id}`

/**
 * A part of the form as far as it is filled in: what is missing may come later, what cannot be right is an error.
 * @param lessons codes that may be wished for
 */
export function needsPart(req: Request, questions: NeedsQuestion[], lessons: string[]): Parsed<NeedsAnswers> {
  const values: NeedsAnswers = {}
  const errors: FieldError[] = []
  const say = (field: string, fault: string, question: NeedsQuestion) =>
    errors.push({
      field,
      text: req.t(`requests.errors.${fault}`, {
        question: wordsIn(question.label, req.lang),
        count: question.type === 'line' ? LONGEST.line : LONGEST.text,
      }),
    })
  for (const question of questions) {
    const field = fieldOf(question)
    const answer = readers[question.type](req, question, lessons, (fault, at = field) => say(at, fault, question))
    if (answer !== undefined) values[question.id] = answer
  }
  return errors.length ? { errors } : { values }
}

type Answer = NeedsAnswers[string] | undefined
type Reader = (
  req: Request,
  question: NeedsQuestion,
  lessons: string[],
  fault: (key: string, at?: string) => void,
) => Answer

const readers: Record<NeedsQuestion['type'], Reader> = {
  line: (req, question, _, fault) => words(req, question, LONGEST.line, fault),
  text: (req, question, _, fault) => words(req, question, LONGEST.text, fault),
  number: (req, question, _, fault) => {
    const text = posted(req, fieldOf(question))
    if (!text) return undefined
    if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
    fault('number')
    return undefined
  },
  choice: (req, question) => chosen(req, question, optionsOf(question))[0],
  choices: (req, question) => chosen(req, question, optionsOf(question)),
  languages: (req, question) => chosen(req, question, [...OFFICIAL_LANGUAGES]),
  lessons: (req, question, lessons) => chosen(req, question, lessons),
  tasks,
  dates,
}

const optionsOf = ({ options }: NeedsQuestion) => (options ?? []).map(({ id }) => id)

function words(req: Request, question: NeedsQuestion, most: number, fault: (key: string) => void): Answer {
  const text = posted(req, fieldOf(question))
  if (text.length > most) fault('tooLong')
  return text || undefined
}

function chosen(req: Request, question: NeedsQuestion, allowed: string[]): string[] {
  const all = [req.body?.[fieldOf(question)] ?? []].flat().map(String)
  return allowed.filter(each => all.includes(each))
}

function tasks(req: Request, question: NeedsQuestion, _: string[], fault: (key: string, at?: string) => void): Answer {
  const rows: Task[] = []
  for (let n = 1; n <= MOST_TASKS; n++) {
    const field = `${fieldOf(question)}-${n}`
    const [task, required, present] = ['task', 'required', 'present'].map(name => posted(req, `${field}-${name}`))
    if (!task && !required && !present) continue
    if (!task) fault('task', `${field}-task`)
    else if (task.length > LONGEST.line) fault('taskLong', `${field}-task`)
    else if (!LEVELS.includes(required!)) fault('required', `${field}-required`)
    else if (!LEVELS.includes(present!)) fault('present', `${field}-present`)
    else rows.push({ task, required: Number(required), present: Number(present) })
  }
  return rows
}

function dates(req: Request, question: NeedsQuestion, _: string[], fault: (key: string, at?: string) => void): Answer {
  const days: string[] = []
  const today = centerDay(now())
  for (let n = 1; n <= DATES; n++) {
    const field = `${fieldOf(question)}-${n}`
    const text = posted(req, field)
    if (!text) continue
    const day = dateOf(text)
    if (!day) fault('date', field)
    else if (Temporal.PlainDate.compare(day, today) <= 0) fault('dateOver', field)
    else if (days.includes(day.toString())) fault('dateTwice', field)
    else days.push(day.toString())
  }
  return days
}

const posted = (req: Request, field: string): string => {
  const value = req.body?.[field]
  return typeof value === 'string' ? value.normalize('NFC').trim() : ''
}

/** The fields of a part as its answers have them. */
export function valuesOfPart(questions: NeedsQuestion[], answers: NeedsAnswers): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const question of questions) {
    const [field, answer] = [fieldOf(question), answers[question.id]]
    if (question.type === 'dates')
      ((answer ?? []) as string[]).forEach((day, index) => {
        values[`${field}-${index + 1}`] = day
      })
    else if (question.type === 'tasks')
      ((answer ?? []) as Task[]).forEach(({ task, required, present }, index) => {
        Object.assign(values, {
          [`${field}-${index + 1}-task`]: task,
          [`${field}-${index + 1}-required`]: String(required),
          [`${field}-${index + 1}-present`]: String(present),
        })
      })
    else values[field] = answer
  }
  return values
}
