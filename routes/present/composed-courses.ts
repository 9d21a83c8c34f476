import type { Request } from 'express'
import {
  type ComposedCourse,
  type ComposedLine,
  type ComposedState,
  type ComposedVersion,
  isMajor,
  seenOf,
} from '../../models/composed-course.ts'
import type { Words } from '../../models/course.ts'
import { countOf } from '../../models/drawing.ts'
import type { Missing } from '../../models/policies/course.ts'
import type { LessonChoice } from '../../models/request-offer.ts'
import { errorsOf } from '../forms/again.ts'
import { LEVELS } from '../forms/courses.ts'
import type { Kept } from '../request.ts'
import { lessonGroups } from './needs.ts'
import { wordsIn } from './words.ts'

export const COURSES = '/manage/courses'

const KINDS = { draft: 'current', published: 'success', retired: 'neutral' } as const

const stateTag = (req: Request, state: ComposedState) => ({
  kind: KINDS[state],
  word: req.t(`composing.states.${state}`),
})

// A draft may still lack one of its languages.
const said = (words: Words, lang: string) => wordsIn(words, lang) || words.en || words.ru

/** A composed course in the list. */
export const courseRow = (req: Request, line: ComposedLine) => ({
  ...line,
  href: `${COURSES}/${line.code}`,
  title: said(line.title, req.lang),
  state: stateTag(req, line.state),
})

type Shown = { course: ComposedCourse; versions: ComposedVersion[]; missing: Missing[] }

/** The page of a composed course: what is in force, what is being written, and what leads on. */
export function composedPage(req: Request, { course, versions, missing }: Shown) {
  const { code, state, draft, published } = course
  const shown = draft ?? published!
  return {
    code,
    title: said(shown.title, req.lang),
    state: stateTag(req, state),
    retired: state === 'retired',
    href: `${COURSES}/${code}`,
    drafting: Boolean(draft),
    published: published && numberOf(published),
    facts: {
      aim: said(shown.aim, req.lang),
      hours: shown.hours,
      level: req.t(`courses.levels.${shown.level}`),
      certificate: req.t(`composing.kinds.${shown.rules.kind}`),
      evaluation: shown.rules.evaluation,
      test: shown.test && {
        questions: countOf(shown.test.blueprint),
        percent: shown.test.passPercent,
      },
    },
    lessons: shown.lessons.map(lesson => ({ ...lesson, title: said(lesson.title, req.lang) })),
    older: shown.lessons.filter(({ newer }) => newer).length,
    missing: missing.map(each => missingWords(req, each)),
    major: draft && isMajor(published, draft),
    seen: draft && seenOf(draft),
    versions: versions
      .filter(({ publishedAt }) => publishedAt)
      .map(each => ({
        number: numberOf(each),
        at: each.publishedAt,
        note: each.note && wordsIn(each.note, req.lang),
      })),
  }
}

const numberOf = ({ major, minor }: ComposedVersion) => `${major}.${minor}`

function missingWords({ t }: Request, missing: Missing): string {
  if (missing.what === 'unwritten') return t('composing.missing.unwritten', { lessons: missing.lessons.join(', ') })
  if (missing.what === 'bank') return t('composing.missing.bank', { outcome: missing.outcome })
  return t(`composing.missing.${missing.what}`)
}

type Choices = { lessons: LessonChoice[]; themes: { code: string; name: Words }[]; draft: ComposedVersion | undefined }

/** What the form of a course lets choose, and the lessons it has in their order. */
export function courseFields(req: Request, form: Kept, { lessons, themes, draft }: Choices) {
  const { t, lang } = req
  const list = (name: string) => [form.values[name] ?? []].flat().map(String)
  const [picked, mandatory] = [list('lessons'), list('mandatory')]
  const known = new Map([...lessons, ...(draft?.lessons ?? [])].map(lesson => [lesson.code, lesson]))
  const rows = picked.flatMap((code, index) => {
    const lesson = known.get(code)
    if (!lesson) return []
    const place = { first: index === 0, last: index === picked.length - 1 }
    const readable = 'readable' in lesson ? lesson.readable : lesson.written
    const { hours } = lesson
    return [
      { code, title: wordsIn(lesson.title, lang), hours, readable, mandatory: mandatory.includes(code), ...place },
    ]
  })
  return {
    form,
    errorOf: errorsOf(form),
    themes: [
      { value: '', label: t('composing.choose') },
      ...themes.map(({ code, name }) => ({ value: code, label: wordsIn(name, lang) })),
    ],
    levels: LEVELS.map(value => ({ value, label: t(`courses.levels.${value}`) })),
    kinds: ['attendance', 'achievement'].map(value => ({ value, label: t(`composing.kinds.${value}`) })),
    rows,
    counted: rows.reduce((sum, { hours }) => sum + hours, 0),
    groups: lessonGroups(
      lang,
      lessons.filter(({ code }) => !picked.includes(code)),
      form.values.more,
      'more',
    ).map(group => ({
      ...group,
      options: group.options.map(option => ({ ...option, hint: hintOf(t, lessons, option.value) })),
    })),
  }
}

function hintOf(t: Request['t'], lessons: LessonChoice[], code: string) {
  const { hours, written } = lessons.find(each => each.code === code)!
  const time = t('courses.hours', { count: hours })
  return written ? time : `${time}, ${t('courses.inPreparation')}`
}
