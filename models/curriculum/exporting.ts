import { sql } from '../../lib/db.ts'
import type { Form } from './form.ts'
import { type Place, writtenModule } from './exporting/module.ts'
import { filesOf } from '../module-file.ts'
import { pictureBytes, picturesOf } from '../module-picture.ts'
import type { Source } from './source.ts'
import type { Term } from './term.ts'
import type { Theme } from './theme.ts'
import { filesOf as writtenFiles, type WrittenCurriculum, type WrittenModule } from './writing.ts'

/**
 * The curriculum as it is in force, as files in the format it is loaded from: of each module the newest published
 * version, or the newest proposed one while none is published. Loading them into an empty database and exporting again
 * gives the same bytes.
 */
export const exportCurriculum = async (): Promise<Map<string, string>> => writtenFiles(await writtenCurriculum())

/** The pictures of all modules, as they lie in their folders. */
export async function exportPictures(): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  for (const { module, name } of await picturesOf())
    files.set(`${module}/${name}`, (await pictureBytes(module, name))!.bytes)
  return files
}

/** The files beside the lessons of all modules, by the names they have there; their bytes are kept under `sha256`. */
export const exportFiles = async (): Promise<{ name: string; sha256: string; size: number }[]> =>
  (await filesOf()).map(({ module, name, sha256, size }) => ({ name: `${module}/${name}`, sha256, size }))

/** The same before it is written: what files say, as plain values. */
export async function writtenCurriculum(): Promise<WrittenCurriculum> {
  const modules = []
  for (const place of await places()) modules.push(await writtenModule(place))
  const pictures = (await picturesOf()).map(({ module, name }) => `${module}/${name}`)
  const lists = { themes: await themes(), sources: await sources(), terms: await terms() }
  return { ...lists, modules, forms: await forms(), pictures }
}

/** One module as it is in force; undefined when there is none of that code. */
export async function writtenModuleOf(code: string): Promise<WrittenModule | undefined> {
  const [place] = await places(code)
  return place && writtenModule(place)
}

// The course's newest version says the number: a course that gained questions went on from its module's.
const places = (code: string | null = null) =>
  sql<Place>(
    'exporting.places',
    `select m.code, v.id, c.id as "courseVersionId", c.rules, c.major || '.' || c.minor as version
     from modules m
     join lateral (select * from module_versions where module_id = m.id
       order by published_at is null, major desc, minor desc limit 1) v on true
     join lateral (select * from course_versions where module_version_id = v.id
       order by published_at is null, major desc, minor desc limit 1) c on true
     where $1::text is null or m.code = $1 order by m.position, m.code`,
    [code],
  )

const themes = () => sql<Theme>('exporting.themes', 'select code, name from themes order by position, code')

const sources = () =>
  sql<Source>(
    'exporting.sources',
    `select id, title, publisher, dated as date, address, checked_on::text as checked from sources order by position, id`,
  )

const terms = () =>
  sql<Term>(
    'exporting.terms',
    `select id, term, meaning, source_ids as sources, case when ru_reviewed then 'reviewed' else 'not_reviewed' end as review
     from glossary_terms order by position, id`,
  )

async function forms(): Promise<Form[]> {
  const rows = await sql<Form & { parts: Form['parts'] | null }>(
    'exporting.forms',
    `select f.code, coalesce(v.version, v.number || '.0') as version, v.anonymous, v.title, v.intro, v.parts, v.questions
     from forms f join lateral (select * from form_versions where form_id = f.id
       order by published_at is null, number desc limit 1) v on true
     order by f.code`,
  )
  return rows.map(({ parts, ...form }) => ({ ...form, ...(parts ? { parts } : {}) }))
}
