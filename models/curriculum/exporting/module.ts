import { one, sql } from '../../../lib/db.ts'
import type { Words } from '../../course.ts'
import { filesOf } from '../../module-file.ts'
import type { Item } from '../bank.ts'
import type { Diagram } from '../diagram.ts'
import type { Rules } from '../content.ts'
import type { LessonEntry, ModuleCard } from '../module.ts'
import type { Language } from '../shapes.ts'
import type { WrittenLesson, WrittenModule } from '../writing.ts'
import { writtenAssignment } from './assignment.ts'

/** A version of a module with that of its course; `version` is "1.2". */
export type Place = { code: string; id: string; courseVersionId: string; rules: Rules; version: string }

type Lesson = {
  id: string
  code: string
  title: Words
  hours: number
  minutes: number | null
  further: string[]
  outcomes: string[]
  file: string | null
  parts: LessonEntry['parts'] | null
}

/** A version of a module, as its files would say it. */
export async function writtenModule(place: Place): Promise<WrittenModule> {
  const lessons = await lessonsOf(place)
  const assignment = await writtenAssignment(place)
  return {
    card: await cardOf(place, lessons),
    lessons: await textsOf(lessons),
    items: await itemsOf(place),
    reviewed: await reviewedOf(place),
    diagrams: await diagramsOf(place),
    files: (await filesOf(place.code)).map(({ name, title, size }) => ({ name, title, size })),
    ...(assignment ? { assignment } : {}),
  }
}

type Said = Pick<ModuleCard, 'theme' | 'level' | 'hours' | 'hours_split' | 'title' | 'aim' | 'audience'>

async function cardOf({ id, code, version, rules, courseVersionId }: Place, lessons: Lesson[]): Promise<ModuleCard> {
  const row = await one<Said & { summary: Words; reviewed: boolean }>(
    'exporting.card',
    `select theme, level, hours, hours_split, title, aim, audience, assessment_summary as summary,
       ru_reviewed as reviewed from module_versions where id = $1`,
    [id],
  )
  const { summary, reviewed, ...card } = row!
  const test = await testOf(courseVersionId)
  const measure = await measureOf(courseVersionId)
  return {
    code,
    version,
    ...card,
    prerequisites: rules.prerequisites,
    outcomes: await outcomesOf(id),
    lessons: lessons.map(({ code, title, hours, file, parts }) => ({
      ...{ code, title, hours },
      ...(file ? { file } : {}),
      ...(parts ? { parts } : {}),
    })),
    assessment: { summary, ...(test ? { test } : {}), ...(measure ? { pre_post: measure } : {}) },
    certificate: { kind: rules.kind },
    translation: { ru: reviewed ? 'reviewed' : 'not_reviewed' },
  }
}

async function diagramsOf({ id }: Place): Promise<Diagram[]> {
  const row = await one<{ diagrams: Diagram[] }>(
    'exporting.diagrams',
    'select diagrams from module_versions where id = $1',
    [id],
  )
  return row!.diagrams
}

const outcomesOf = (id: string) =>
  sql<ModuleCard['outcomes'][number]>(
    'exporting.outcomes',
    'select code, level, text from outcomes where module_version_id = $1 order by position',
    [id],
  )

async function testOf(courseVersionId: string) {
  const test = await one<NonNullable<ModuleCard['assessment']['test']>>(
    'exporting.test',
    `select blueprint, pass_percent, attempts, minutes, per_page, feedback from assessments
     where course_version_id = $1 and kind = 'test'`,
    [courseVersionId],
  )
  return test && { ...test, blueprint: Object.fromEntries(Object.entries(test.blueprint).toSorted()) }
}

async function measureOf(courseVersionId: string) {
  const measure = await one<NonNullable<ModuleCard['assessment']['pre_post']>>(
    'exporting.measure',
    `select blueprint, per_page from assessments where course_version_id = $1 and kind = 'pre'`,
    [courseVersionId],
  )
  return measure && { ...measure, blueprint: Object.fromEntries(Object.entries(measure.blueprint).toSorted()) }
}

const lessonsOf = ({ id }: Place) =>
  sql<Lesson>(
    'exporting.lessons',
    `select v.id, l.code, v.title, v.hours, v.minutes, v.further, v.outcomes, v.file, v.parts
     from lesson_versions v join lessons l on l.id = v.lesson_id where v.module_version_id = $1 order by v.position`,
    [id],
  )

async function textsOf(lessons: Lesson[]): Promise<WrittenLesson[]> {
  const rows = await sql<{ lessonId: string; language: Language; body: string; status: 'reviewed' | 'not_reviewed' }>(
    'exporting.texts',
    `select owner_id as "lessonId", language, body, status from texts
     where owner_kind = 'lesson_version' and field = 'body' and owner_id = any ($1) and language in ('en', 'ru')
     order by language`,
    [lessons.map(({ id }) => id)],
  )
  return lessons.flatMap(lesson =>
    rows.filter(({ lessonId }) => lessonId === lesson.id).map(row => writtenLesson(lesson, row)),
  )
}

function writtenLesson(
  lesson: Lesson,
  text: { language: Language; body: string; status: 'reviewed' | 'not_reviewed' },
) {
  const { code, title, minutes, outcomes, further, file } = lesson
  const { language, body, status } = text
  const review = language === 'ru' ? { review: status } : {}
  const front = { code, language, title: title[language], minutes: minutes!, outcomes, further, ...review }
  return { name: file!, front, body }
}

const ITEM = `select i.code, v.outcome_code as outcome, v.difficulty, v.type, v.points, v.tags, v.prompt, v.content,
       v.source_ids as sources`

type ItemRow = Item & { content: Record<string, unknown> }

// The questions of the course, each as it is in use; one that is not yet, as it waits.
async function itemsOf({ rules }: Place): Promise<Item[]> {
  const rows = await sql<ItemRow>(
    'exporting.items',
    `${ITEM}
     from items i join lateral (select * from item_versions where item_id = i.id
       order by status <> 'in_use', number desc limit 1) v on true
     where i.code = any ($1)`,
    [rules.items],
  )
  return inOrder(rows)
}

/** Questions that were reviewed and belong to no version of the course so far. */
async function reviewedOf({ code, rules }: Place): Promise<Item[]> {
  const rows = await sql<ItemRow>(
    'exporting.reviewed',
    `${ITEM} from items i join item_versions v on v.item_id = i.id and v.status = 'reviewed'
     join modules m on m.id = i.module_id where m.code = $1 and i.code <> all ($2)`,
    [code, rules.items],
  )
  return inOrder(rows)
}

const byCode = new Intl.Collator('en', { numeric: true })

const inOrder = (rows: ItemRow[]): Item[] =>
  rows
    .toSorted((one, other) => byCode.compare(one.code, other.code))
    .map(({ content, ...item }) => ({ ...item, ...content }))
