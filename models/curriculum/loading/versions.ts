import { one, sql } from '../../../lib/db.ts'
import { now } from '../../../lib/time.ts'
import { layParts, putTest } from '../../assembling.ts'
import { EVALUATION, type LessonContent, type ModuleContent } from '../content.ts'
import type { Words } from '../shapes.ts'
import { insertAssignment } from './assignment.ts'
import type { Kept } from './edited.ts'
import { newestForm } from './form.ts'
import type { Place } from './module.ts'
import { type VersionNumber, storedHash } from './numbers.ts'

/** A module version just made: its id, its words and the ids of its written lessons, in order. */
export type Made = { id: string; words: Kept['card'] & object; lessons: string[] }

/** Stores a proposed module version with outcomes, lessons and texts; what was edited in the platform is taken over. */
export async function insertModuleVersion(
  place: Place,
  { major, minor }: VersionNumber,
  content: ModuleContent,
  kept: Kept,
): Promise<Made> {
  const { card } = content
  const words = kept.card ?? {
    title: card.title,
    aim: card.aim,
    audience: card.audience,
    summary: card.assessment.summary,
  }
  const version = await one<{ id: string }>(
    'curriculum.module-version',
    `insert into module_versions (module_id, major, minor, theme, level, hours, hours_split, title, aim, audience,
       assessment_summary, diagrams, ru_reviewed, content_hash, origin, proposed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) returning id`,
    [
      ...[place.moduleId, major, minor, card.theme, card.level, card.hours],
      ...[card.hours_split, words.title, words.aim, words.audience, words.summary, content.diagrams].map(part =>
        JSON.stringify(part),
      ),
      ...[card.translation.ru === 'reviewed', storedHash(content), kept.card ? 'platform' : 'file', now()],
    ],
  )
  const { id } = version!
  for (const [index, { code, level, text }] of card.outcomes.entries())
    await sql(
      'curriculum.outcome',
      'insert into outcomes (module_version_id, code, position, level, text) values ($1, $2, $3, $4, $5)',
      [id, code, index + 1, level, JSON.stringify(text)],
    )
  const lessons: string[] = []
  for (const [index, lesson] of content.lessons.entries()) {
    const lessonVersion = await insertLesson(place, id, index + 1, lesson, kept)
    if (textsOf(lesson, kept).length) lessons.push(lessonVersion)
  }
  return { id, words, lessons }
}

async function insertLesson(
  { moduleId }: Place,
  versionId: string,
  position: number,
  lesson: LessonContent,
  kept: Kept,
) {
  const { code, title, hours, minutes, further, outcomes, file, parts } = lesson
  const texts = textsOf(lesson, kept)
  const known = await one<{ id: string }>(
    'curriculum.lesson',
    `insert into lessons (module_id, code) values ($1, $2)
     on conflict (code) do update set code = excluded.code returning id`,
    [moduleId, code],
  )
  const version = await one<{ id: string }>(
    'curriculum.lesson-version',
    `insert into lesson_versions (module_version_id, lesson_id, position, title, hours, minutes, written, further,
       outcomes, file, parts)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
    [
      ...[versionId, known!.id, position, JSON.stringify(title), hours, minutes, texts.length > 0, further],
      ...[outcomes, file, parts && JSON.stringify(parts)],
    ],
  )
  for (const text of texts)
    await sql(
      'curriculum.text',
      // A translation in the files that stays word for word translates the English it did before: where that changed
      // alone, it is stale. One made in the platform was read beside its English.
      `insert into texts (owner_kind, owner_id, field, language, body, html, source_ids, status, source_hash, origin)
       values ('lesson_version', $1, 'body', $2, $3, $4, $5, $6, coalesce((select o.source_hash
         from texts o join lesson_versions w on w.id = o.owner_id
         where $8 = 'file' and o.owner_kind = 'lesson_version' and w.lesson_id = $9 and o.language = $2 and o.body = $3
         order by o.id desc limit 1), $7), $8)`,
      [
        ...[version!.id, text.language, text.body, text.html, text.sourceIds, text.status, text.sourceHash],
        ...['lesson' in text ? 'platform' : 'file', known!.id],
      ],
    )
  return version!.id
}

/** A lesson's texts from the files, those edited in the platform in the place of theirs. */
function textsOf({ code, texts }: LessonContent, kept: Kept) {
  const edited = kept.texts.filter(text => text.lesson === code)
  return [...edited, ...texts.filter(({ language }) => !edited.some(text => text.language === language))]
}

/** Stores the proposed version of the module's course: written lessons, then the test, then the evaluation. */
export async function insertCourseVersion(
  { courseId }: Place,
  { major, minor }: VersionNumber,
  { card, rules, assignment }: ModuleContent,
  { id, words, lessons }: Made,
  testTitle: Words,
) {
  const course = await one<{ id: string }>(
    'curriculum.course-version',
    `insert into course_versions (course_id, major, minor, module_version_id, theme, level, hours, title, aim, audience,
       rules, proposed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`,
    [
      ...[courseId, major, minor, id, card.theme, card.level, card.hours],
      ...[words.title, words.aim, words.audience, rules].map(part => JSON.stringify(part)),
      now(),
    ],
  )
  const { test } = card.assessment
  const tested = test ? await putTest(course!.id, test, testTitle) : undefined
  await insertMeasures(course!.id, card.assessment.pre_post)
  const handedIn = assignment ? await insertAssignment(course!.id, card.code, assignment) : undefined
  const form = rules.evaluation ? await newestForm(EVALUATION) : undefined
  await layParts(course!.id, {
    lessons: lessons.map(versionId => ({ versionId, mandatory: true })),
    assessments: [tested, handedIn?.id].filter(each => each !== undefined),
    form: form?.id,
  })
}

const MEASURES = {
  pre: { en: 'Before the training', ru: 'До тренинга' },
  post: { en: 'After the training', ru: 'После тренинга' },
}

// No part of the course: nothing is passed by them. Feedback would give away the questions of those who get the form later.
async function insertMeasures(courseVersionId: string, measure: ModuleContent['card']['assessment']['pre_post']) {
  if (!measure) return
  for (const [kind, title] of Object.entries(MEASURES))
    await sql(
      'curriculum.measure',
      `insert into assessments (course_version_id, kind, title, blueprint, attempts, per_page, feedback)
       values ($1, $2, $3, $4, 1, $5, 'never')`,
      [courseVersionId, kind, JSON.stringify(title), JSON.stringify(measure.blueprint), measure.per_page],
    )
}
