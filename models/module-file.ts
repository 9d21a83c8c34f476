import { FILE_KINDS, type FileKind } from '../lib/file-kinds.ts'
import { one, sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import type { Words } from './course.ts'
import type { EnrollmentStatus } from './enrollment.ts'
import { seesDrafts } from './policies/draft.ts'
import { mayRead, readsByWork, seesTraining } from './policies/training.ts'
import { IN_FORCE } from './reading.ts'
import type { TrainingStatus } from './training.ts'

/** Largest file of a lesson, in bytes, and in MB as people read it. */
export const LARGEST_FILE = { bytes: 20 * 1024 * 1024, megabytes: 20 }

/** Kinds of files that lessons lead to; pictures are shown instead (models/module-picture.ts). */
export const LESSON_KINDS = [
  'pdf',
  'docx',
  'pptx',
  'xlsx',
  'odt',
  'odp',
  'ods',
  'txt',
  'csv',
] as const satisfies FileKind[]

/** How a file is called: small Latin letters, digits, hyphens, and an ending of its kind. */
export const FILE_NAME = new RegExp(
  `^[a-z0-9][a-z0-9._-]*\\.(${LESSON_KINDS.flatMap(kind => [...FILE_KINDS[kind].endings]).join('|')})$`,
)

/** A file of a module's lessons: `title` says what it is, `size` is in bytes. */
export type ModuleFile = {
  module: string
  name: string
  title: Words
  type: string
  size: number
  sha256: string
  origin: 'file' | 'platform'
}

const FILE = `select m.code as module, f.name, f.title, k.type, k.size::int as size, k.sha256, f.origin
  from module_files f join modules m on m.id = f.module_id join files k on k.id = f.file_id`

/** The files of a module, or of all, by their names. */
export const filesOf = (module: string | null = null): Promise<ModuleFile[]> =>
  sql<ModuleFile>(
    'module-file.list',
    `${FILE} where $1::text is null or m.code = $1 order by m.position, m.code, f.name`,
    [module],
  )

/** One file by its name, or undefined. */
export const fileOf = (module: string, name: string): Promise<ModuleFile | undefined> =>
  one<ModuleFile>('module-file.one', `${FILE} where m.code = $1 and f.name = $2`, [module, name])

/** Where a file of a module is fetched from. */
export const fileAddress = (module: string, name: string): string =>
  `/curriculum/${module}/files/${encodeURIComponent(name)}`

/**
 * A file as this actor may have it: whoever reads lessons by their work has every one, anybody else those that a lesson
 * leads to which they may open.
 */
export async function fileFor(actor: Actor, module: string, name: string): Promise<ModuleFile | undefined> {
  const file = await fileOf(module, name)
  if (!file || seesDrafts(actor) || readsByWork(actor, { id: '' })) return file
  const trainings = await trainingsWith(actor, fileAddress(module, name))
  return trainings.some(each => seesTraining(actor, each) && mayRead(actor, each).ok) ? file : undefined
}

type Place = { id: string; status: TrainingStatus; own: EnrollmentStatus | null }

/** Trainings in which the actor has a place or a role, and a lesson of which leads to this address. */
const trainingsWith = (actor: Actor, address: string): Promise<Place[]> =>
  sql<Place>(
    'module-file.trainings',
    `select t.id, t.status, own.status as own from trainings t
     left join enrollments own on own.training_id = t.id and own.person_id = $1
       and own.status in ('requested', 'waiting', 'enrolled')
     where (own.id is not null or t.id = any ($2)) and exists (select from course_parts p ${IN_FORCE}
       join texts x on x.owner_kind = 'lesson_version' and x.owner_id = v.id and x.field = 'body'
       where p.course_version_id = coalesce(own.course_version_id, t.course_version_id)
         and position('href="' || $3 || '"' in x.html) > 0)`,
    [actor.id, actor.grants.filter(({ scopeKind }) => scopeKind === 'training').map(({ scopeId }) => scopeId), address],
  )

const LED_TO = /href="\/curriculum\/([^/"]+)\/files\/([^/"]+)"/g

/** The files that texts lead to, each once; `html` is that of texts as readers get them. */
export async function filesLedTo(html: string[]): Promise<ModuleFile[]> {
  const led = html.flatMap(text => [...text.matchAll(LED_TO)].map(([, module, name]) => ({ module, name })))
  if (!led.length) return []
  return sql<ModuleFile>(
    'module-file.led-to',
    `${FILE} where (m.code, f.name) in (select * from unnest($1::text[], $2::text[])) order by m.position, m.code, f.name`,
    [led.map(({ module }) => module), led.map(({ name }) => name)],
  )
}
