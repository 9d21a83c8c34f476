import { load } from 'cheerio'
import { one, sql } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import { type Place, assignmentOf } from '../../models/assignment.ts'
import { finalizeMark } from '../../models/marking.ts'
import { handIn, saveDraft } from '../../models/submitting.ts'
import type { Criterion } from '../../models/rubric.ts'
import { aCourse, type CourseTraits } from './courses.ts'
import { anEnrollment, aTraining, type SomeTraining, type TrainingTraits } from './trainings.ts'
import { aPerson, asActor, type Someone } from './people.ts'
import type { Page, Reader } from './reader.ts'

/** Trainings with an assignment, and works as learners and trainers make them. */

const TITLES: [string, string, string, number][] = [
  ['terms', 'Terms', 'Термины', 40],
  ['figures', 'Figures', 'Цифры', 30],
  ['advice', 'Advice', 'Совет', 20],
  ['language', 'Language', 'Язык', 10],
]

/** Four criteria of four levels, each level with words of its own. */
export const RUBRIC: Criterion[] = TITLES.map(([id, en, ru, weight]) => ({
  ...{ id, weight, title: { en, ru } },
  levels: [0, 1, 2, 3].map(points => ({
    points,
    text: { en: `${en} reach level ${points}.`, ru: `${ru}: уровень ${points}.` },
  })),
}))

/** Levels of all four criteria, from 0. */
export const levels = (...places: number[]) => Object.fromEntries(RUBRIC.map(({ id }, n) => [id, places[n]!]))

export type AssignmentTraits = {
  rounds?: number
  markers?: 1 | 2
  anonymous?: boolean
  passPercent?: number
  formats?: string[]
  certificate?: boolean
}

/** Adds an assignment to a course version. */
export async function anAssignment(versionId: string, traits: AssignmentTraits = {}): Promise<string> {
  const rubric = await one<{ id: string }>(
    'test.rubric',
    `insert into rubrics (code) values ($1) on conflict (code) do update set code = excluded.code returning id`,
    [`rubric-${versionId}`],
  )
  const version = await one<{ id: string }>(
    'test.rubric-version',
    `insert into rubric_versions (rubric_id, number, criteria, content_hash, published_at) values ($1, 1, $2, 'hash', $3)
     returning id`,
    [rubric!.id, JSON.stringify(RUBRIC), now()],
  )
  const assessment = await one<{ id: string }>(
    'test.assignment',
    `insert into assessments (course_version_id, kind, title, pass_percent, attempts, rubric_version_id, markers, anonymous,
       due_days, round_days, formats)
     values ($1, 'assignment', $2, $3, $4, $5, $6, $7, 7, 5, $8) returning id`,
    [
      ...[versionId, JSON.stringify({ en: 'A text rewritten', ru: 'Переписать текст' }), traits.passPercent ?? 70],
      ...[traits.rounds ?? 2, version!.id, traits.markers ?? 1, traits.anonymous ?? true],
      traits.formats ?? ['blended', 'on_site', 'live_online'],
    ],
  )
  for (const [language, body] of [
    ['en', 'Take a text and write it better.'],
    ['ru', 'Возьмите текст и напишите его лучше.'],
  ])
    await sql(
      'test.brief',
      `insert into texts (owner_kind, owner_id, field, language, body, html, status)
       values ('assessment', $1, 'brief', $2, $3, $4, 'reviewed')`,
      [assessment!.id, language, body, `<p>${body}</p>`],
    )
  return assessment!.id
}

/** A blended training of the first days of March 2027 in Baku; its works are due on the twelfth, 23:59. */
export async function aMarkedTraining(
  traits: AssignmentTraits & { training?: TrainingTraits; course?: CourseTraits } = {},
) {
  const course = await aCourse({ code: 'RMC-01', ...traits.course })
  if (traits.certificate)
    await sql('test.unpublish', `set session_replication_role = replica`).then(async () => {
      await sql('test.rule', `update course_versions set rules = rules || '{"assignment": true}' where id = $1`, [
        course.versionId,
      ])
      await sql('test.republish', `set session_replication_role = origin`)
    })
  const assessmentId = await anAssignment(course.versionId, traits)
  const training = await aTraining(course, {
    ...{ format: 'blended', status: 'running', startsOn: '2027-03-01', endsOn: '2027-03-05' },
    ...traits.training,
  })
  return { training, course, assessmentId }
}

/** A trainer of this training: by a grant of their own. */
export const aTrainerOf = (training: SomeTraining, traits: Parameters<typeof aPerson>[0] = {}) =>
  aPerson({ ...traits, grants: [{ role: 'trainer', kind: 'training', id: training.id }] })

export type Handed = { person: Someone; place: Place; id: string; enrollmentId: string }

/** A learner with a place who has handed in a text. */
export async function aWork(
  training: SomeTraining,
  {
    person,
    body = 'My work on the terms.',
    language = 'en',
  }: { person?: Someone; body?: string; language?: string } = {},
): Promise<Handed> {
  const learner = person ?? (await aPerson())
  await anEnrollment(training, learner)
  const actor = await asActor(learner)
  const place = (await assignmentOf(actor, training.code))!
  await saveDraft(actor, place, { body, language, revision: 0 })
  await handIn(actor, place)
  return { person: learner, place, id: await lastWork(place), enrollmentId: place.enrollmentId }
}

export const lastWork = async ({ enrollmentId }: Pick<Place, 'enrollmentId'>): Promise<string> =>
  (await one<{ id: string }>(
    'test.last-work',
    'select id from submissions where enrollment_id = $1 order by round desc limit 1',
    [enrollmentId],
  ))!.id

/** Marks a work whole. */
export const judged = async (trainer: Someone, work: Pick<Handed, 'id'>, places: number[], comment = '') =>
  finalizeMark(await asActor(trainer), work.id, { levels: levels(...places), comment })

export type Upload = { name: string; bytes: Buffer | string }

/** Sends the form of the last page as a browser does that has files with it. */
export async function sendWithFiles(
  reader: Reader,
  path: string,
  fields: Record<string, string>,
  uploads: Upload[] = [],
): Promise<Page> {
  let request = reader.agent
    .post(path)
    .set('Accept', 'text/html')
    .field('_csrf', await reader.token())
  for (const [name, value] of Object.entries(fields)) request = request.field(name, value)
  for (const { name, bytes } of uploads)
    request = request.attach('files', Buffer.from(bytes as Buffer), { filename: name })
  const response = await request
  const html = String(response.text)
  const $ = load(response.status >= 300 && response.status < 400 ? '' : html)
  return {
    ...{ status: response.status, path, html, $, location: response.headers.location, headers: response.headers },
    text: $('main').text().replace(/\s+/g, ' ').trim(),
    body: undefined,
    bytes: Buffer.from(html),
  }
}

export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n')
