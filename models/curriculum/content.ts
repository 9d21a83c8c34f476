import { createHash } from 'node:crypto'
import type { T } from '../../lib/i18n.ts'
import type { AssignmentCard } from './assignment.ts'
import type { Item } from './bank.ts'
import type { Diagram } from './diagram.ts'
import type { Form } from './form.ts'
import type { LessonEntry, ModuleCard } from './module.ts'
import type { Curriculum, CurriculumModule, LessonFile } from './reading.ts'
import { type Home, rendered } from './rendering.ts'
import { type Language, languages } from './shapes.ts'

/** The form every course ends with, as a file of `forms/`. */
export const EVALUATION = 'final-evaluation'

export type LessonText = {
  language: Language
  body: string
  html: string
  sourceIds: string[]
  status: 'source' | 'reviewed' | 'not_reviewed'
  /** Hash of the text this one translates; null for the source itself. */
  sourceHash: string | null
}

export type LessonContent = {
  code: string
  title: { en: string; ru: string }
  hours: number
  minutes: number | null
  further: string[]
  outcomes: string[]
  /** Name of its files (`L1`); null while the lesson is in preparation. */
  file: string | null
  parts: LessonEntry['parts'] | null
  /** Empty while the lesson is in preparation. */
  texts: LessonText[]
}

/** What the certificate asks for, and what publishing the version puts in force. */
export type Rules = {
  kind: 'achievement' | 'attendance'
  passPercent: number | null
  evaluation: boolean
  /** Only where the certificate asks for the assignment, in trainings that have it. */
  assignment?: true
  prerequisites: string[]
  items: string[]
}

/** All that the files say about one module, ready to be stored. */
export type ModuleContent = {
  card: ModuleCard
  lessons: LessonContent[]
  items: { item: Item; hash: string }[]
  diagrams: Diagram[]
  /** Pictures and files in the folder of the module, with their sizes in bytes. */
  files: Home['files']
  assignment?: AssignmentContent
  rules: Rules
  /** Changes with any part of the files. */
  hash: string
  /** Changes only with what makes a major version: outcomes, items, rules. */
  rulesHash: string
}

/** An assignment with its brief; `hash` is that of the rubric. */
export type AssignmentContent = { card: AssignmentCard; briefs: LessonText[]; hash: string }

export type FormContent = { form: Form; hash: string }

/** Achievement is certified from this percent on where a module says nothing else ("Certificates" in the Center's rules). */
const PASS_PERCENT = 70

/**
 * Contents of a curriculum in which the check found no problem, or of one of its modules. `translator` gives the words
 * around blocks.
 */
export function contentsOf(curriculum: Curriculum, translator: (language: string) => T, only?: string) {
  const forms = curriculum.forms.map(({ form }) => ({ form: form as Form, hash: hashOf(form) }))
  const evaluation = forms.find(({ form }) => form.code === EVALUATION)
  const modules = curriculum.modules.filter(({ folder }) => !only || folder === only)
  return { forms, modules: modules.map(module => moduleContent(module, evaluation, translator)) }
}

function moduleContent(module: CurriculumModule, evaluation: FormContent | undefined, translator: (l: string) => T) {
  const card = module.card as ModuleCard
  const diagrams = (module.diagrams?.entries ?? []) as Diagram[]
  const files = [...module.others].map(([name, size]) => ({ name, size }))
  const home = { code: card.code, diagrams, files }
  const lessons = card.lessons.map(entry => {
    const files = module.lessons.filter(lesson => lesson.name === entry.file)
    const texts = languages.flatMap(language => {
      const file = files.find(lesson => lesson.language === language)
      return file ? [lessonText(file, files, card, home, translator(language))] : []
    })
    const { code, title, hours, file = null, parts = null } = entry
    const { minutes = null, further = [], outcomes = [] } = files[0]?.front ?? {}
    const lists = { further: further.map(String), outcomes: outcomes.map(String) }
    return { code, title, hours, file, parts, minutes, ...lists, texts }
  })
  const items = (module.bank?.entries ?? []).map(item => ({ item: item!, hash: hashOf(usual(item!)) }))
  const assignment = assignmentContent(module, card, home, translator)
  const { test } = card.assessment
  const { kind } = card.certificate
  const rules: Rules = {
    kind,
    passPercent: test?.pass_percent ?? (kind === 'achievement' ? PASS_PERCENT : null),
    evaluation: evaluation !== undefined,
    ...(assignment?.card.certificate ? { assignment: true as const } : {}),
    prerequisites: card.prerequisites,
    items: items.map(({ item }) => item.code).toSorted(),
  }
  const written = lessons.filter(lesson => lesson.texts.length).map(lesson => lesson.code)
  const hashes = items.map(({ hash }) => hash).toSorted()
  const marked = assignment ? [assignment.card] : []
  const rulesHash = hashOf([
    rules,
    card.outcomes,
    card.hours,
    sortedTest(card),
    hashes,
    written,
    ...marked,
    ...sortedMeasure(card),
  ])
  const words = lessons.map(({ texts, ...lesson }) => ({ ...lesson, texts: texts.map(withoutHtml) }))
  const briefs = assignment ? [assignment.briefs.map(withoutHtml)] : []
  const said = { ...card, version: '', assessment: { ...card.assessment, test: sortedTest(card) } }
  const hash = hashOf([rulesHash, said, words, evaluation?.hash, ...briefs, ...(diagrams.length ? [diagrams] : [])])
  return {
    card,
    lessons,
    items,
    diagrams,
    files,
    rules,
    hash,
    rulesHash,
    ...(assignment ? { assignment } : {}),
  } satisfies ModuleContent
}

const withoutHtml = ({ html, ...text }: LessonText) => text

function assignmentContent(module: CurriculumModule, card: ModuleCard, home: Home, translator: (l: string) => T) {
  if (!module.assignment) return undefined
  const { briefs } = module.assignment
  const rules = module.assignment.card as AssignmentCard
  const texts = languages.flatMap(language => {
    const file = briefs.find(brief => brief.language === language)
    return file ? [lessonText(file, briefs, card, home, translator(language))] : []
  })
  return { card: rules, briefs: texts, hash: hashOf(rules.rubric) } satisfies AssignmentContent
}

function lessonText(file: LessonFile, files: LessonFile[], card: ModuleCard, home: Home, t: T): LessonText {
  const body = file.body.trim()
  const english = files.find(lesson => lesson.language === 'en')?.body.trim() ?? ''
  const translated = file.front.review ?? card.translation.ru
  return {
    language: file.language,
    body,
    ...rendered(home, body, t, file.language),
    status: file.language === 'en' ? 'source' : translated,
    sourceHash: file.language === 'en' ? null : hashOf(english),
  }
}

// What is left out and what is written as it would be anyway are the same question.
function usual({ points = 1, tags = [], ...item }: Item) {
  return { ...item, ...(points === 1 ? {} : { points }), ...(tags.length ? { tags } : {}) }
}

/** The measure before and after, where the module has one. */
const sortedMeasure = ({ assessment: { pre_post: measure } }: ModuleCard) =>
  measure ? [{ ...measure, blueprint: Object.entries(measure.blueprint).toSorted() }] : []

const sortedTest = ({ assessment: { test } }: ModuleCard) =>
  test && { ...test, blueprint: Object.entries(test.blueprint).toSorted() }

/** Short fingerprint of plain values. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)
}
