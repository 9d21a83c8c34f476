import { sql } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import type { SomeLesson, CourseTraits } from './courses.ts'
import { idOf } from './rows.ts'

/** What a course of a test is made of beside its lessons: its test, its measures, the final evaluation. */

/** The test of a course, which draws as many of each outcome as the traits say; its id. */
export function addTest(versionId: string, outcomes: string[], traits: CourseTraits): Promise<string> {
  const drawn = Math.min(traits.drawn ?? traits.items ?? 2, traits.items ?? 2)
  return idOf(
    'test.assessment',
    `insert into assessments (course_version_id, kind, title, blueprint, pass_percent, attempts, minutes, per_page, feedback)
     values ($1, 'test', $2, $3, $4, $5, $6, $7, 'after_attempt') returning id`,
    [
      ...[versionId, JSON.stringify({ en: 'Module test', ru: 'Тест по модулю' })],
      JSON.stringify(Object.fromEntries(outcomes.map(code => [code, drawn]))),
      ...[traits.passPercent ?? 70, traits.attempts ?? 3, traits.minutes === undefined ? 30 : traits.minutes],
      traits.perPage ?? 5,
    ],
  )
}

/** The two measures of a course, before and after: so many questions of each outcome. */
export async function addMeasures(versionId: string, outcomes: string[], measured: number) {
  for (const [kind, en, ru] of [
    ['pre', 'Before the training', 'До тренинга'],
    ['post', 'After the training', 'После тренинга'],
  ])
    await sql(
      'test.measure',
      `insert into assessments (course_version_id, kind, title, blueprint, attempts, per_page, feedback)
       values ($1, $2, $3, $4, 1, 5, 'never')`,
      [
        ...[versionId, kind, JSON.stringify({ en, ru })],
        JSON.stringify(Object.fromEntries(outcomes.map(code => [code, { medium: measured }]))),
      ],
    )
}

/** The final evaluation: one version shared by all courses of a test. */
export async function theForm(): Promise<string> {
  const form = await idOf(
    'test.form',
    `insert into forms (code) values ('final-evaluation')
     on conflict (code) do update set code = excluded.code returning id`,
    [],
  )
  const scale = (id: string, en: string, ru: string, required = true) => ({
    ...{ id, type: 'scale', label: { en, ru }, required },
    ...{ low: { en: 'Not at all', ru: 'Совсем нет' }, high: { en: 'Very much', ru: 'Очень' } },
  })
  const questions = [
    scale('relevance', 'How relevant was the course?', 'Насколько полезен курс?'),
    scale('clarity', 'How clear was it?', 'Насколько он понятен?'),
    {
      ...{ id: 'apply', type: 'text', required: false },
      label: { en: 'What will you apply?', ru: 'Что вы примените?' },
      hint: { en: 'Please name no persons.', ru: 'Пожалуйста, не называйте имён.' },
    },
  ]
  return idOf(
    'test.form-version',
    `insert into form_versions (form_id, number, anonymous, title, intro, questions, content_hash, published_at)
     values ($1, 1, true, $2, $3, $4, 'hash', $5)
     on conflict (form_id, number) do update set number = excluded.number returning id`,
    [
      form,
      JSON.stringify({ en: 'Final evaluation', ru: 'Итоговая оценка' }),
      JSON.stringify({ en: 'This form is anonymous.', ru: 'Анкета анонимна.' }),
      JSON.stringify(questions),
      now(),
    ],
  )
}

/** Puts lessons, test and form into a course version, in this order. */
export async function addParts(
  versionId: string,
  lessons: SomeLesson[],
  assessmentId: string | null,
  form: string | null,
) {
  const parts = [
    ...lessons.map(lesson => ['lesson', lesson.versionId, null, null]),
    ...(assessmentId ? [['assessment', null, assessmentId, null]] : []),
    ...(form ? [['form', null, null, form]] : []),
  ]
  for (const [index, part] of parts.entries())
    await sql(
      'test.part',
      `insert into course_parts (course_version_id, position, kind, lesson_version_id, assessment_id, form_version_id)
       values ($1, $2, $3, $4, $5, $6)`,
      [versionId, index + 1, ...part],
    )
}
