import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Words } from './course.ts'

/** The form of the form engine with which a State asks for a training: long, in parts, some of them each State's own. */

export const NEEDS_FORM = 'needs-assessment'

export type NeedsQuestion = {
  id: string
  part: string
  type: 'choice' | 'text' | 'line' | 'number' | 'choices' | 'tasks' | 'lessons' | 'dates' | 'languages'
  label: Words
  hint?: Words
  required: boolean
  options?: { id: string; label: Words }[]
}

export type NeedsPart = { id: string; own: boolean; title: Words; intro?: Words }
export type NeedsForm = { id: string; title: Words; intro: Words; parts: NeedsPart[]; questions: NeedsQuestion[] }

/** A task with the level it needs and the level there is, 0 to 4. */
export type Task = { task: string; required: number; present: number }

/** By question id: words, a number, an option's id, or a list of them; tasks as rows; dates as 'YYYY-MM-DD'. */
export type NeedsAnswers = Record<string, string | number | string[] | Task[]>

const FORM = 'v.id, v.title, v.intro, v.parts, v.questions'

/** The form in its newest version; undefined while the curriculum is not loaded. */
export const newestNeedsForm = (): Promise<NeedsForm | undefined> =>
  one<NeedsForm>(
    'needs.newest',
    `select ${FORM} from form_versions v join forms f on f.id = v.form_id where f.code = $1 and v.parts is not null
     order by v.number desc limit 1`,
    [NEEDS_FORM],
  )

/** The form a request was begun with. */
export const needsForm = async (versionId: string): Promise<NeedsForm> =>
  (await one<NeedsForm>('needs.form', `select ${FORM} from form_versions v where v.id = $1`, [versionId]))!

/** A form that has an answer no longer changes: the first use publishes it. */
export const keepForm = (versionId: string) =>
  sql('needs.keep', 'update form_versions set published_at = $2 where id = $1 and published_at is null', [
    versionId,
    now(),
  ])

/** The questions of the parts that all States share, or of those each answers for itself. */
export function questionsOf({ parts, questions }: NeedsForm, own: boolean): NeedsQuestion[] {
  const ids = parts.filter(part => part.own === own).map(part => part.id)
  return questions.filter(question => ids.includes(question.part))
}

/** How far the present level is from the required one; nothing where it is reached. */
export const gapOf = ({ required, present }: Task): number => Math.max(0, required - present)

/** Required questions without an answer. An agreed condition is asked for where another language than the working ones is wished. */
export function unanswered(questions: NeedsQuestion[], answers: NeedsAnswers): NeedsQuestion[] {
  return questions.filter(({ id, required }) => {
    const answer = answers[id]
    const empty = answer === undefined || answer === '' || (Array.isArray(answer) && !answer.length)
    if (id === 'condition') return empty && needsCondition(answers)
    if (id === 'dates') return !Array.isArray(answer) || answer.length < 3
    return required && empty
  })
}

/** Whether a language other than English and Russian is among the wishes (Terms of Reference, "Language"). */
export const needsCondition = ({ languages }: NeedsAnswers): boolean =>
  Array.isArray(languages) && (languages as string[]).some(code => code !== 'en' && code !== 'ru')

const MONEY =
  /(?:[$€£₽₼₸₺]\s*\d)|(?:\d[\d\s.,]*(?:[$€£₽₼₸₺]|(?:usd|eur|azn|kzt|kgs|tjs|uzs|tmt|try|pkr|irr|rub|dollars?|euros?|manats?|tenge|soms?|sum|rubles?|долл|евро|руб|манат|тенге|сом|сум|лир|рупи)))/iu

/** Whether words name an amount of money: States owe nothing, and no amount stands in the platform (product.md). */
export const namesAmount = (words: string): boolean => MONEY.test(words)
