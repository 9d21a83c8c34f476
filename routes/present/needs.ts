import type { T } from '../../lib/i18n.ts'
import { gapOf, type NeedsAnswers, type NeedsForm, type NeedsQuestion, type Task } from '../../models/needs-form.ts'
import { OFFICIAL_LANGUAGES } from '../../models/official-languages.ts'
import type { LessonChoice } from '../../models/request-offer.ts'
import { DATES, fieldOf, LEVELS, LONGEST, MOST_TASKS } from '../forms/needs.ts'
import type { Kept } from '../request.ts'
import { languageName } from './languages.ts'
import { dayInWords, type Speaker } from './moments.ts'
import { wordsIn } from './words.ts'

/** The questions of one part as fields of a page. */
export function partFields({ t, lang }: Speaker, questions: NeedsQuestion[], form: Kept, lessons: LessonChoice[]) {
  return questions.map(question => {
    const name = fieldOf(question)
    return {
      name,
      type: question.type,
      label: wordsIn(question.label, lang),
      hint: question.hint && wordsIn(question.hint, lang),
      optional: !question.required && question.id !== 'condition',
      longest: question.type === 'line' ? LONGEST.line : LONGEST.text,
      value: form.values[name],
      options: optionsOf(lang, question),
      groups: question.type === 'lessons' ? lessonGroups(lang, lessons, form.values[name], name) : [],
      rows: question.type === 'tasks' ? taskRows(t, name, form) : [],
      days: Array.from({ length: DATES }, (_, index) => ({
        name: `${name}-${index + 1}`,
        label: t('requests.part.date', { number: index + 1 }),
        value: form.values[`${name}-${index + 1}`],
      })),
    }
  })
}

function optionsOf(lang: string, { type, options }: NeedsQuestion) {
  if (type === 'languages') return OFFICIAL_LANGUAGES.map(value => ({ value, label: languageName(value, lang) }))
  return (options ?? []).map(({ id, label }) => ({ value: id, label: wordsIn(label, lang) }))
}

/** As many rows as are filled in and two more, four at least. */
function taskRows(t: T, name: string, { values }: Kept) {
  const filled = Object.keys(values).flatMap(key =>
    key.startsWith(`${name}-`) && values[key] ? [Number(key.slice(name.length + 1).split('-')[0])] : [],
  )
  const count = Math.min(MOST_TASKS, Math.max(4, Math.max(0, ...filled) + 2))
  const levels = [
    { value: '', label: t('requests.part.level') },
    ...LEVELS.map(value => ({ value, label: t(`requests.levels.${value}`) })),
  ]
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    task: { name: `${name}-${index + 1}-task`, value: values[`${name}-${index + 1}-task`] },
    required: { name: `${name}-${index + 1}-required`, value: values[`${name}-${index + 1}-required`] ?? '' },
    present: { name: `${name}-${index + 1}-present`, value: values[`${name}-${index + 1}-present`] ?? '' },
    levels,
  }))
}

/** Lessons by module: what the checkboxes of a wish and of an offer show. */
export function lessonGroups(lang: string, lessons: LessonChoice[], picked: unknown, name: string) {
  const chosen = [picked ?? []].flat().map(String)
  return [...Map.groupBy(lessons, lesson => lesson.module)].map(([module, all], index) => ({
    module,
    id: index ? `${name}-${module}` : name,
    title: `${module} ${wordsIn(all[0]!.moduleTitle, lang)}`,
    count: all.filter(lesson => chosen.includes(lesson.code)).length,
    options: all.map(({ code, title }) => ({
      value: code,
      label: wordsIn(title, lang),
      checked: chosen.includes(code),
    })),
  }))
}

export type TaskRow = { task: string; required: number; present: number; gap: number }
export type AnswerRow = { id: string; label: string; lines: string[]; tasks: TaskRow[] | null; given: boolean }
export type AnswerSection = { id: string; own: boolean; title: string; rows: AnswerRow[] }

/** Answers part by part in one language. `lessons` gives codes their titles; one that is gone keeps its code. */
export function answerSections(
  voice: Speaker,
  form: NeedsForm,
  own: boolean,
  answers: NeedsAnswers,
  lessons: LessonChoice[],
): AnswerSection[] {
  return form.parts
    .filter(part => part.own === own)
    .map(part => ({
      id: part.id,
      own: part.own,
      title: wordsIn(part.title, voice.lang),
      rows: form.questions
        .filter(question => question.part === part.id)
        .map(question => answerRow(voice, question, answers[question.id], lessons)),
    }))
}

function answerRow(voice: Speaker, question: NeedsQuestion, answer: unknown, lessons: LessonChoice[]): AnswerRow {
  const tasks = question.type === 'tasks' ? ((answer ?? []) as Task[]) : null
  const lines = tasks ? [] : linesOf(voice, question, answer, lessons)
  return {
    id: question.id,
    label: wordsIn(question.label, voice.lang),
    lines,
    tasks: tasks?.map(row => ({ ...row, gap: gapOf(row) })) ?? null,
    given: lines.length > 0 || Boolean(tasks?.length),
  }
}

function linesOf(voice: Speaker, question: NeedsQuestion, answer: unknown, lessons: LessonChoice[]): string[] {
  const { t, lang } = voice
  if (answer === undefined || answer === '') return []
  const all = [answer].flat().map(String)
  if (question.type === 'dates') return all.map(day => dayInWords(voice, day))
  if (question.type === 'languages') return [all.map(code => languageName(code, lang)).join(', ')].filter(Boolean)
  if (question.type === 'lessons')
    return all.map(code => {
      const lesson = lessons.find(each => each.code === code)
      return lesson ? `${code} ${wordsIn(lesson.title, lang)}` : code
    })
  if (question.type === 'choice' || question.type === 'choices')
    return all.map(id => {
      const option = question.options?.find(each => each.id === id)
      return option ? wordsIn(option.label, lang) : id
    })
  if (question.id === 'people') return [t('requests.people', { count: Number(answer) })]
  return String(answer).split(/\r?\n/).filter(Boolean)
}
