import { sql } from '../lib/db.ts'
import {
  clearParts,
  evaluationInForce,
  type Facts,
  layParts,
  type LessonPart,
  putTest,
  putVersion,
  type Slot,
} from './assembling.ts'
import type { HeldLesson } from './composed-course.ts'
import type { Words } from './course.ts'
import { testTitle } from './curriculum/own-words.ts'
import { Refused } from './refused.ts'
import { lessonChoices } from './request-offer.ts'

/** What somebody settles about a composed course. `hours`: null for as many as its lessons have together. */
export type Plan = {
  title: Words
  aim: Words
  audience: Words
  theme: string
  level: string
  hours: number | null
  lessons: { code: string; mandatory: boolean }[]
  kind: 'attendance' | 'achievement'
  evaluation: boolean
  test: { perOutcome: number; passPercent: number } | null
}

/**
 * Stores what was settled. A lesson that is held already stays as it is held; another one comes from the latest version
 * of its module.
 * @throws Refused 'offer.noLesson'
 */
export async function arrange(slot: Slot, plan: Plan, held: HeldLesson[]) {
  const known = new Map([...(await lessonChoices()), ...held].map(lesson => [lesson.code, lesson]))
  const lessons = plan.lessons.map(({ code, mandatory }) => {
    const lesson = known.get(code)
    if (!lesson) throw new Refused('offer.noLesson', { field: 'lessons' })
    return { versionId: lesson.versionId, mandatory, hours: lesson.hours }
  })
  const { kind, evaluation, test, ...words } = plan
  const hours = plan.hours ?? lessons.reduce((sum, lesson) => sum + lesson.hours, 0)
  const rules = { kind, evaluation, passPercent: test?.passPercent ?? PASS_PERCENT }
  await store(slot, { ...words, hours, rules }, lessons, test)
}

/** Stores a version with these lessons, its test and its form, in the place of what the slot held. */
export async function store(
  slot: Slot,
  { theme, level, hours, title, aim, audience, rules: { kind, evaluation, passPercent } }: Facts,
  lessons: LessonPart[],
  test: Plan['test'],
) {
  const rules = { kind, evaluation, passPercent }
  const id = await putVersion(slot, { theme, level, hours, title, aim, audience, rules })
  await clearParts(id)
  const blueprint = test ? await blueprintOf(lessons, test.perOutcome) : {}
  const tested = test && Object.keys(blueprint).length > 0
  const assessments = tested
    ? [await putTest(id, { ...TEST, blueprint, pass_percent: test.passPercent }, testTitle())]
    : []
  await layParts(id, { lessons, assessments, form: evaluation ? await evaluationInForce() : undefined })
}

/** What a module's test has where its card says nothing else. */
const PASS_PERCENT = 70
const TEST = { attempts: 3, minutes: null, per_page: 5, feedback: 'after_attempt' }

/** So many questions about each outcome that the lessons teach; a lesson that names none teaches those of its module. */
async function blueprintOf(lessons: LessonPart[], perOutcome: number) {
  const outcomes = await sql<{ code: string }>(
    'composing.outcomes',
    `select distinct o.code from lesson_versions l join outcomes o on o.module_version_id = l.module_version_id
     where l.id = any ($1) and (l.outcomes = '{}' or o.code = any (l.outcomes)) order by o.code`,
    [lessons.map(({ versionId }) => versionId)],
  )
  return Object.fromEntries(outcomes.map(({ code }) => [code, perOutcome]))
}
