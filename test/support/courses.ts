import { one, sql } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import { addTest, addMeasures, theForm, addParts } from './course-parts.ts'
import { type Words, fillLists, addOutcomes, addLesson, addItem } from './module-contents.ts'
import { idOf } from './rows.ts'

/** A course of its own module, for tests: what a test does not name is filled in, in both languages. */

export type SomeLesson = { id: string; code: string; versionId: string; title: Words }
export type SomeItem = {
  code: string
  versionId: string
  type: 'single' | 'multiple'
  right: string[]
  wrong: string[]
}
export type SomeCourse = {
  id: string
  code: string
  versionId: string
  moduleId: string
  moduleVersionId: string
  title: Words
  lessons: SomeLesson[]
  items: SomeItem[]
  assessmentId: string | null
  formVersionId: string | null
}

export type CourseTraits = {
  code?: string
  /** How many lessons with texts, and how many that are still in preparation. */
  lessons?: number
  unwritten?: number
  /** Items in use for each of the two outcomes; the test draws `drawn` of each. 0: no test. */
  items?: number
  drawn?: number
  form?: boolean
  prerequisites?: { id: string }[]
  published?: boolean
  kind?: 'achievement' | 'attendance'
  theme?: string
  level?: 'foundation' | 'intermediate' | 'advanced'
  hours?: number
  title?: Words
  aim?: Words
  audience?: Words
  ruReviewed?: boolean
  /** Languages of the lesson texts. */
  languages?: ('en' | 'ru')[]
  position?: number
  passPercent?: number
  attempts?: number
  minutes?: number | null
  perPage?: number
  /** So many questions per outcome in each of the two forms asked before and after. */
  measured?: number
}

/** A course of its own module: two outcomes, lessons with texts, items in use, a test, the final evaluation. */
export async function aCourse(traits: CourseTraits = {}): Promise<SomeCourse> {
  const code = traits.code ?? 'RMC-01'
  const published = traits.published === false ? null : now()
  const title = traits.title ?? { en: `Course ${code}`, ru: `Курс ${code}` }
  await fillLists()
  const moduleId = await idOf(
    'test.module',
    `insert into modules (code, position) values ($1, $2)
     on conflict (code) do update set position = excluded.position returning id`,
    [code, traits.position ?? 1],
  )
  const id = await idOf(
    'test.course',
    `insert into courses (code, kind, module_id, position) values ($1, 'module', $2, $3)
     on conflict (code) do update set position = excluded.position returning id`,
    [code, moduleId, traits.position ?? 1],
  )
  const minor = (await one<{ n: number }>(
    'test.version-number',
    'select count(*)::int as n from module_versions where module_id = $1',
    [moduleId],
  ))!.n
  const words = [title, aimOf(traits), audienceOf(traits)].map(each => JSON.stringify(each))
  const moduleVersionId = await idOf(
    'test.module-version',
    `insert into module_versions (module_id, major, minor, theme, level, hours, hours_split, title, aim, audience,
       assessment_summary, ru_reviewed, content_hash, proposed_at, published_at)
     values ($1, 1, $2, $3, $4, $5, '{}', $6, $7, $8, $9, $10, 'hash', $11, $12) returning id`,
    [
      ...[moduleId, minor, traits.theme ?? 'foundations', traits.level ?? 'foundation', traits.hours ?? 8, ...words],
      ...[JSON.stringify({ en: 'A test of the module.', ru: 'Тест по модулю.' }), traits.ruReviewed ?? false],
      ...[now(), published],
    ],
  )
  const outcomes = await addOutcomes(code, moduleVersionId)
  const lessons: SomeLesson[] = []
  const written = traits.lessons ?? 2
  for (let n = 1; n <= written + (traits.unwritten ?? 0); n++)
    lessons.push(await addLesson(code, moduleId, moduleVersionId, n, n <= written, traits.languages ?? ['en', 'ru']))
  const perOutcome = traits.items ?? 2
  const items: SomeItem[] = []
  for (const outcome of outcomes)
    for (let n = 0; n < perOutcome; n++) items.push(await addItem(code, moduleId, outcome, items.length + 1))
  const rules = {
    kind: traits.kind ?? 'achievement',
    passPercent: traits.passPercent ?? 70,
    evaluation: traits.form !== false,
    prerequisites: [],
    items: items.map(item => item.code),
  }
  const versionId = await idOf(
    'test.course-version',
    `insert into course_versions (course_id, major, minor, module_version_id, theme, level, hours, title, aim, audience,
       rules, proposed_at, published_at)
     values ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`,
    [
      ...[id, minor, moduleVersionId, traits.theme ?? 'foundations', traits.level ?? 'foundation', traits.hours ?? 8],
      ...[...words, JSON.stringify(rules), now(), published],
    ],
  )
  const assessmentId = items.length ? await addTest(versionId, outcomes, traits) : null
  if (traits.measured) await addMeasures(versionId, outcomes, traits.measured)
  const formVersionId = traits.form === false ? null : await theForm()
  await addParts(versionId, lessons.slice(0, written), assessmentId, formVersionId)
  for (const { id: requires } of traits.prerequisites ?? [])
    await sql('test.prerequisite', 'insert into prerequisites (course_id, requires_id) values ($1, $2)', [id, requires])
  return { id, code, versionId, moduleId, moduleVersionId, title, lessons, items, assessmentId, formVersionId }
}

const aimOf = (traits: CourseTraits): Words =>
  traits.aim ?? { en: 'Learn to tell one word from another.', ru: 'Научиться отличать одно слово от другого.' }
const audienceOf = (traits: CourseTraits): Words =>
  traits.audience ?? { en: 'Officers of migration services', ru: 'Сотрудники миграционных служб' }
