import type { z } from 'zod'
import { LARGEST_PICTURE, PICTURE_NAME, pictureType } from '../module-picture.ts'
import { type AssignmentCard, assignmentCard, briefFront } from './assignment.ts'
import { type Item, itemShape } from './bank.ts'
import { type Diagram, diagramShape } from './diagram.ts'
import { type Files, filesUnder } from './files.ts'
import { type Fitting, fitList, fitMapping, valueAt } from './fitting.ts'
import { type Form, form } from './form.ts'
import { type FrontMatter, frontMatter } from './lesson.ts'
import { type FileEntry, fileEntry } from './file-entry.ts'
import { type ModuleCard, moduleCard } from './module.ts'
import { type Problem, problem, type Report } from './problem.ts'
import type { Language } from './shapes.ts'
import { type Source, source } from './source.ts'
import { type Term, term } from './term.ts'
import { type Theme, theme } from './theme.ts'
import { readYamlText, type YamlText } from './yaml-text.ts'

/** A file of the curriculum, named from the curriculum's folder (`RMC-01/bank.yaml`). */
export type CurriculumFile = { file: string; text: string; yaml: YamlText }

/** A list in a file; entries that do not fit the format are undefined, so positions stay true. */
export type ListFile<T> = CurriculumFile & { entries: (T | undefined)[] }

export type LessonFile = CurriculumFile & {
  /** Name without language and ending: `L1`. */
  name: string
  language: Language
  front: Fitting<FrontMatter>
  /** Whether the data above the text could not be told from it; then nothing else is checked. */
  broken: boolean
  /** The Markdown under the front matter, and the line of the file it begins on. */
  body: string
  bodyLine: number
}

/** An assignment's rules and rubric, and its brief in each language. */
export type AssignmentFile = CurriculumFile & { card: Fitting<AssignmentCard>; briefs: LessonFile[] }

export type CurriculumModule = CurriculumFile & {
  folder: string
  card: Fitting<ModuleCard>
  lessons: LessonFile[]
  bank?: ListFile<Item>
  diagrams?: ListFile<Diagram>
  assignment?: AssignmentFile
  files?: ListFile<FileEntry>
  /** Pictures and other files by name: how many bytes each has. */
  others: Map<string, number>
}

export type FormFile = CurriculumFile & { form: Fitting<Form> }

export type Curriculum = {
  themes: ListFile<Theme>
  sources: ListFile<Source>
  glossary: ListFile<Term>
  modules: CurriculumModule[]
  forms: FormFile[]
  /** What does not fit the format; what does not fit together is found by `checkCurriculum`. */
  problems: Problem[]
}

/** Reads all files of a curriculum, or all under a folder of the disk. Never throws for what an author wrote. */
export function readCurriculum(from: string | Files): Curriculum {
  const files = typeof from === 'string' ? filesUnder(from) : from
  const problems: Problem[] = []
  const reading = { files, problems }
  const moduleFolders = files.folders().filter(name => name !== 'forms' && !name.startsWith('.'))
  return {
    themes: readList<Theme>(reading, 'themes.yaml', theme),
    sources: readList<Source>(reading, 'sources.yaml', source),
    glossary: readList<Term>(reading, 'glossary.yaml', term),
    modules: moduleFolders.map(folder => readModule(reading, folder)),
    forms: files.names('forms').map(name => readForm(reading, `forms/${name}`)),
    problems,
  }
}

type Reading = { files: Files; problems: Problem[] }

function readModule(reading: Reading, folder: string): CurriculumModule {
  const names = reading.files.names(folder)
  const lessons = names.filter(name => !BRIEF.test(name)).flatMap(name => readLesson(reading, folder, name) ?? [])
  const yaml = readYaml(reading, `${folder}/module.yaml`)
  const report = reporter(reading, yaml.file)
  const card = yaml.yaml.raw === undefined ? {} : (fitMapping<ModuleCard>(moduleCard, yaml.yaml, [], report) ?? {})
  const bank = names.includes('bank.yaml') ? readList<Item>(reading, `${folder}/bank.yaml`, itemShape) : undefined
  const diagrams = names.includes('diagrams.yaml')
    ? readList<Diagram>(reading, `${folder}/diagrams.yaml`, diagramShape)
    : undefined
  const assignment = readAssignment(reading, folder, names)
  const files = names.includes('files.yaml')
    ? readList<FileEntry>(reading, `${folder}/files.yaml`, fileEntry)
    : undefined
  const others = names.filter(name => !/^(module|bank|diagrams|files|assignment)\.yaml$|\.md$/.test(name))
  checkPictures(reading, folder, others)
  const sizes = new Map(others.map(name => [name, reading.files.size(`${folder}/${name}`)!]))
  const lists = { ...(bank ? { bank } : {}), ...(diagrams ? { diagrams } : {}), ...(files ? { files } : {}) }
  return { ...yaml, folder, card, lessons, others: sizes, ...lists, ...(assignment ? { assignment } : {}) }
}

// Bytes that are kept apart are empty here.
function checkPictures(reading: Reading, folder: string, names: string[]) {
  for (const name of names.filter(each => PICTURE_NAME.test(each))) {
    const bytes = reading.files.bytes(`${folder}/${name}`)
    const report = reporter(reading, `${folder}/${name}`)
    if (bytes?.length && bytes.length > LARGEST_PICTURE)
      report(1, 'picture.large', { size: bytes.length, most: LARGEST_PICTURE })
    else if (bytes?.length && !pictureType(bytes)) report(1, 'picture.kind')
  }
}

const BRIEF = /^assignment\.(en|ru)\.md$/

function readAssignment(reading: Reading, folder: string, names: string[]): AssignmentFile | undefined {
  const texts = names.filter(name => BRIEF.test(name))
  if (!texts.length && !names.includes('assignment.yaml')) return undefined
  const yaml = readYaml(reading, `${folder}/assignment.yaml`)
  const report = reporter(reading, yaml.file)
  const fits =
    yaml.yaml.raw === undefined ? undefined : fitMapping<AssignmentCard>(assignmentCard, yaml.yaml, [], report)
  const briefs = texts.flatMap(name => readLesson(reading, folder, name, briefFront) ?? [])
  return { ...yaml, card: fits ?? {}, briefs }
}

function readForm(reading: Reading, file: string): FormFile {
  const yaml = readYaml(reading, file)
  const report = reporter(reading, file)
  return { ...yaml, form: yaml.yaml.raw === undefined ? {} : (fitMapping<Form>(form, yaml.yaml, [], report) ?? {}) }
}

function readList<T>(
  reading: Reading,
  file: string,
  shape: z.ZodObject | ((raw: unknown) => z.ZodObject),
): ListFile<T> {
  const yaml = readYaml(reading, file)
  const entries = yaml.yaml.raw === undefined ? [] : fitList<T>(shape, yaml.yaml, [], reporter(reading, file))
  return { ...yaml, entries }
}

function readLesson(
  reading: Reading,
  folder: string,
  name: string,
  shape = frontMatter as z.ZodObject,
): LessonFile | undefined {
  if (!name.endsWith('.md') || name === 'README.md') return undefined
  const file = `${folder}/${name}`
  const report = reporter(reading, file)
  const named = /^([A-Za-z0-9-]+)\.(en|ru)\.md$/.exec(name)
  if (!named) {
    report(1, 'file-name')
    return undefined
  }
  const text = readText(reading, file) ?? ''
  const parted = /^---\r?\n([\s\S]*?)^---[ \t]*\r?\n?/m.exec(text)
  if (!parted || parted.index > 0) {
    report(1, 'front-matter')
    const yaml = readYamlText('', report)
    return {
      file,
      text,
      yaml,
      name: named[1]!,
      language: named[2] as Language,
      front: {},
      broken: true,
      body: text,
      bodyLine: 1,
    }
  }
  const yaml = readYamlText(parted[1]!, report, 1)
  const front = yaml.raw === undefined ? {} : (fitMapping<FrontMatter>(shape, yaml, [], report) ?? {})
  const bodyLine = parted[0].split('\n').length
  const body = text.slice(parted[0].length)
  return { file, text, yaml, name: named[1]!, language: named[2] as Language, front, broken: false, body, bodyLine }
}

function readYaml(reading: Reading, file: string): CurriculumFile {
  const report = reporter(reading, file)
  const text = readText(reading, file)
  const yaml = readYamlText(text ?? '', report)
  if (text !== undefined && yaml.raw === null) report(1, 'missing.content')
  return { file, text: text ?? '', yaml: yaml.raw === null ? { ...yaml, raw: undefined } : yaml }
}

function readText(reading: Reading, file: string): string | undefined {
  const text = reading.files.text(file)
  if (text === undefined) reporter(reading, file)(1, 'missing-file.any')
  return text
}

/** A reporter that writes into `problems` under one file's name. */
export function reporter({ problems }: { problems: Problem[] }, file: string): Report {
  return (line, code, params = {}) => problems.push(problem({ file, line, code, params }))
}

/** Codes of a module's outcomes; undefined when its card cannot be read, so that nothing is held against it. */
export function outcomesOf({ yaml }: CurriculumModule): string[] | undefined {
  return Array.isArray(valueAt(yaml.raw, ['outcomes'])) ? written(yaml, ['outcomes'], 'code') : undefined
}

/** Values of one field in every entry of a list as written, also of entries that do not fit the format. */
export function written(yaml: YamlText, list: readonly PropertyKey[], field: string): string[] {
  const entries = valueAt(yaml.raw, list)
  return Array.isArray(entries) ? entries.map(entry => String(valueAt(entry, [field]) ?? '')) : []
}
