import { inTransaction, one, sql } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import { recheck } from '../../models/completing.ts'
import type { EnrollmentStatus } from '../../models/enrollment.ts'
import type { Format, TrainingStatus } from '../../models/training.ts'
import type { Someone } from './people.ts'

/** Records for tests: what a test does not name is filled in, in both languages. */

type Words = { en: string; ru: string }

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

const THEMES: [string, string, string][] = [
  ['foundations', 'Foundations and law', 'Основы и право'],
  ['protection', 'Protection and counter-trafficking', 'Защита и противодействие торговле людьми'],
]

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

export type SomeTraining = { id: string; code: string; course: SomeCourse }

export type TrainingTraits = {
  code?: string
  title?: Words | null
  format?: Format
  seats?: number | null
  mode?: 'open' | 'approval'
  visibility?: 'public' | 'unlisted'
  status?: TrainingStatus
  zone?: string
  hostState?: string | null
  place?: Words | null
  languages?: string[]
  startsOn?: string | null
  endsOn?: string | null
  enrollUntil?: Temporal.Instant | string | null
  issueWithinDays?: number
}

let trainings = 0

/** A training of a course: self-paced, open to all, without a limit of seats. */
export async function aTraining(course: SomeCourse, traits: TrainingTraits = {}): Promise<SomeTraining> {
  const code = traits.code ?? `${course.code}-T${++trainings}`
  const format = traits.format ?? 'self_paced'
  const startsOn = traits.startsOn ?? (format === 'self_paced' ? null : '2027-03-01')
  const id = await idOf(
    'test.training',
    `insert into trainings (code, course_id, course_version_id, title, format, zone, host_state, place, languages, seats,
       enrollment_mode, visibility, hours, starts_on, ends_on, enroll_until, issue_within_days, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) returning id`,
    [
      ...[code, course.id, course.versionId, traits.title ? JSON.stringify(traits.title) : null, format],
      ...[traits.zone ?? 'Asia/Baku', traits.hostState ?? null, traits.place ? JSON.stringify(traits.place) : null],
      ...[traits.languages ?? ['en', 'ru'], traits.seats ?? null, traits.mode ?? 'open'],
      ...[traits.visibility ?? 'public', 8, startsOn, traits.endsOn ?? null, traits.enrollUntil ?? null],
      ...[traits.issueWithinDays ?? 5, traits.status ?? (format === 'self_paced' ? 'running' : 'published'), now()],
    ],
  )
  return { id, code, course }
}

export type SomeEnrollment = { id: string; training: SomeTraining; person: Someone }

export type EnrollmentTraits = {
  status?: EnrollmentStatus
  country?: string | null
  agency?: string
  sex?: string
}

/** A person's place in a training, with country, agency type and sex copied from the person. */
export async function anEnrollment(training: SomeTraining, person: Someone, traits: EnrollmentTraits = {}) {
  const id = await idOf(
    'test.enrollment',
    `insert into enrollments (training_id, person_id, course_version_id, source, status, country, agency_type, sex, created_at)
     select $1, p.id, $3, 'self', $4, coalesce($5, p.country), coalesce($6, p.agency_type), coalesce($7, p.sex), $8
     from people p where p.id = $2 returning id`,
    [
      ...[training.id, person.id, training.course.versionId, traits.status ?? 'enrolled'],
      ...[traits.country ?? null, traits.agency ?? null, traits.sex ?? null, now()],
    ],
  )
  return { id, training, person } satisfies SomeEnrollment
}

/** Finishes lessons of an enrollment: all of them, or the first few. */
export async function readLessons(enrollment: SomeEnrollment, count = Infinity) {
  for (const lesson of enrollment.training.course.lessons.slice(0, count))
    await sql(
      'test.progress',
      'insert into progress (enrollment_id, lesson_id, finished_at) values ($1, $2, $3) on conflict do nothing',
      [enrollment.id, lesson.id, now()],
    )
}

/** A handed-in attempt with its grade. */
export async function passedTest(enrollment: SomeEnrollment, percent = 80) {
  const { assessmentId } = enrollment.training.course
  if (!assessmentId) return
  const attempt = await idOf(
    'test.attempt',
    `insert into attempts (assessment_id, enrollment_id, number, seed, started_at, handed_in_at, closed_by, points,
       max_points, percent, receipt)
     values ($1, $2, (select count(*) + 1 from attempts where assessment_id = $1 and enrollment_id = $2), 'seed', $3, $3,
       'learner', $4, 100, $4, 'receipt') returning id`,
    [assessmentId, enrollment.id, now(), percent],
  )
  await sql(
    'test.grade',
    `insert into grades (enrollment_id, assessment_id, points, max_points, percent, computed_from, released_at)
     values ($1, $2, $3, 100, $3, $4, $5)
     on conflict (enrollment_id, assessment_id) do update set points = excluded.points, percent = excluded.percent,
       computed_from = excluded.computed_from, released_at = excluded.released_at`,
    [enrollment.id, assessmentId, percent, attempt, now()],
  )
}

/** The evaluation form sent: its receipt. */
export async function sentEvaluation(enrollment: SomeEnrollment) {
  const { formVersionId } = enrollment.training.course
  if (!formVersionId) return
  await sql(
    'test.receipt',
    `insert into form_receipts (form_version_id, training_id, person_id, day) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [formVersionId, enrollment.training.id, enrollment.person.id, now().toZonedDateTimeISO('Asia/Baku').toPlainDate()],
  )
}

/** Everything the certificate asks for is done, and the enrollment is eligible. */
export async function finished(enrollment: SomeEnrollment, { percent = 80 } = {}) {
  await readLessons(enrollment)
  await passedTest(enrollment, percent)
  await sentEvaluation(enrollment)
  await inTransaction(() => recheck(enrollment.id))
  return enrollment
}

/** A learner's confirmed names, as the certificate will print them. */
export async function confirmedNames(enrollment: SomeEnrollment, names: Record<string, string> = {}) {
  await sql('test.names', 'update enrollments set names_confirmed = $2, names_confirmed_at = $3 where id = $1', [
    enrollment.id,
    JSON.stringify({ latin: enrollment.person.name, ...names }),
    now(),
  ])
}

const aimOf = (traits: CourseTraits): Words =>
  traits.aim ?? { en: 'Learn to tell one word from another.', ru: 'Научиться отличать одно слово от другого.' }
const audienceOf = (traits: CourseTraits): Words =>
  traits.audience ?? { en: 'Officers of migration services', ru: 'Сотрудники миграционных служб' }

async function idOf(name: string, text: string, values: unknown[]): Promise<string> {
  return (await one<{ id: string }>(name, text, values))!.id
}

async function fillLists() {
  for (const [position, [code, en, ru]] of THEMES.entries())
    await sql(
      'test.theme',
      'insert into themes (code, position, name) values ($1, $2, $3) on conflict (code) do nothing',
      [code, position, JSON.stringify({ en, ru })],
    )
  await sql(
    'test.source',
    `insert into sources (id, title, publisher, dated, address, checked_on) values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do nothing`,
    [
      'refugee-convention-1951',
      JSON.stringify({ en: 'Convention relating to the Status of Refugees', ru: 'Конвенция о статусе беженцев' }),
      JSON.stringify({ en: 'United Nations', ru: 'Организация Объединённых Наций' }),
      ...['1951-07-28', 'https://www.example.org/refugee-convention', '2026-11-20'],
    ],
  )
}

async function addOutcomes(code: string, moduleVersionId: string): Promise<string[]> {
  const outcomes = [`${code}-LO1`, `${code}-LO2`]
  for (const [index, outcome] of outcomes.entries())
    await sql(
      'test.outcome',
      'insert into outcomes (module_version_id, code, position, level, text) values ($1, $2, $3, $4, $5)',
      [
        ...[moduleVersionId, outcome, index + 1, 'understand'],
        JSON.stringify({ en: `Explain part ${index + 1}`, ru: `Объяснить часть ${index + 1}` }),
      ],
    )
  return outcomes
}

async function addLesson(
  ...[code, moduleId, moduleVersionId, n, written, languages]: [string, string, string, number, boolean, string[]]
): Promise<SomeLesson> {
  const lessonCode = `${code}-L${n}`
  const title = { en: `Lesson ${n} of ${code}`, ru: `Урок ${n} курса ${code}` }
  const id = await idOf(
    'test.lesson',
    `insert into lessons (module_id, code) values ($1, $2)
     on conflict (code) do update set code = excluded.code returning id`,
    [moduleId, lessonCode],
  )
  const versionId = await idOf(
    'test.lesson-version',
    `insert into lesson_versions (module_version_id, lesson_id, position, title, hours, minutes, written, further)
     values ($1, $2, $3, $4, 2, $5, $6, $7) returning id`,
    [moduleVersionId, id, n, JSON.stringify(title), written ? 45 : null, written, ['refugee-convention-1951']],
  )
  if (written)
    for (const language of languages)
      await sql(
        'test.text',
        `insert into texts (owner_kind, owner_id, field, language, body, html, source_ids, status)
         values ('lesson_version', $1, 'body', $2, $3, $4, $5, $6)`,
        [versionId, language, ...bodyOf(lessonCode, language), ['refugee-convention-1951'], statusOf(language)],
      )
  return { id, code: lessonCode, versionId, title }
}

const statusOf = (language: string) => (language === 'en' ? 'source' : 'not_reviewed')

function bodyOf(code: string, language: string): [string, string] {
  const text = language === 'en' ? `What ${code} teaches.` : `Чему учит ${code}.`
  const heading = language === 'en' ? 'One word' : 'Одно слово'
  const citation = '<a class="citation" href="#source-1">[1]</a>'
  return [`## ${heading}\n\n${text}`, `<h2 id="part-1">${heading}</h2>\n<p>${text} ${citation}</p>\n`]
}

async function addItem(code: string, moduleId: string, outcome: string, n: number): Promise<SomeItem> {
  const itemCode = `${code}-Q${String(n).padStart(2, '0')}`
  const type = n % 3 === 0 ? 'multiple' : 'single'
  const right = type === 'multiple' ? ['a', 'b'] : ['a']
  const options = ['a', 'b', 'c', 'd'].map(id => ({
    id,
    text: { en: `Option ${id} of ${itemCode}`, ru: `Вариант ${id} вопроса ${itemCode}` },
    right: right.includes(id),
    feedback: { en: `About ${id}.`, ru: `О варианте ${id}.` },
  }))
  const itemId = await idOf(
    'test.item',
    `insert into items (module_id, code) values ($1, $2)
     on conflict (code) do update set code = excluded.code returning id`,
    [moduleId, itemCode],
  )
  const number = (await one<{ n: number }>(
    'test.item-number',
    'select count(*)::int + 1 as n from item_versions where item_id = $1',
    [itemId],
  ))!.n
  await sql('test.item-retire', `update item_versions set status = 'retired' where item_id = $1`, [itemId])
  const versionId = await idOf(
    'test.item-version',
    `insert into item_versions (item_id, number, outcome_code, difficulty, type, prompt, content, status, content_hash, created_at)
     values ($1, $2, $3, 'medium', $4, $5, $6, 'in_use', 'hash', $7) returning id`,
    [
      ...[itemId, number, outcome, type],
      JSON.stringify({ en: `Question ${itemCode}?`, ru: `Вопрос ${itemCode}?` }),
      ...[JSON.stringify({ options }), now()],
    ],
  )
  return { code: itemCode, versionId, type, right, wrong: ['c', 'd'] }
}

function addTest(versionId: string, outcomes: string[], traits: CourseTraits): Promise<string> {
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

async function addMeasures(versionId: string, outcomes: string[], measured: number) {
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
async function theForm(): Promise<string> {
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

async function addParts(versionId: string, lessons: SomeLesson[], assessmentId: string | null, form: string | null) {
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

let codes = 0

/** A certificate as a bare row, for what depends on having one; the real way is models/certifying.ts. */
export async function aCertificate(
  enrollment: SomeEnrollment,
  traits: { revoked?: boolean; replaced?: boolean; validUntil?: string } = {},
) {
  const code = `TEST-${String(++codes).padStart(4, '0')}`
  const at = now()
  const id = await idOf(
    'test.certificate',
    `insert into certificates (code, kind, person_id, training_id, enrollment_id, snapshot, valid_until, issued_at,
       issued_by, revoked_at, revoked_reason, replaced_at)
     values ($1, 'achievement', $2, $3, $4, '{}', $5, $6, $2, $7, $8, $9) returning id`,
    [
      ...[code, enrollment.person.id, enrollment.training.id, enrollment.id, traits.validUntil ?? null, at],
      ...[traits.revoked ? at : null, traits.revoked ? 'Issued by mistake' : null, traits.replaced ? at : null],
    ],
  )
  return { id, code }
}
