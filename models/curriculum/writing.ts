import type { z } from 'zod'
import { PICTURE_NAME } from '../module-picture.ts'
import { type AssignmentCard, assignmentCard } from './assignment.ts'
import { contentOf, type Item, itemShape } from './bank.ts'
import { type Diagram, diagramShape } from './diagram.ts'
import { type Form, form } from './form.ts'
import type { FrontMatter } from './lesson.ts'
import type { FileEntry } from './file-entry.ts'
import { type ModuleCard, moduleCard } from './module.ts'
import type { Curriculum, CurriculumModule, LessonFile } from './reading.ts'
import type { Language } from './shapes.ts'
import type { Source } from './source.ts'
import type { Term } from './term.ts'
import type { Theme } from './theme.ts'
import { yamlOf } from './yaml-writing.ts'

/** One language of a lesson; `name` is that of its files, `L1`. */
export type WrittenLesson = { name: string; front: FrontMatter; body: string }

export type WrittenBrief = { language: Language; review?: FrontMatter['review']; body: string }

/** A module as its files say it. */
export type WrittenModule = {
  card: ModuleCard
  lessons: WrittenLesson[]
  items: Item[]
  /** Reviewed questions that no version has yet: a card that adds their outcome brings them. They stand in no file. */
  reviewed: Item[]
  diagrams: Diagram[]
  /** Beside the lessons; their bytes are kept apart, `size` says how many they are. */
  files: (FileEntry & { size: number })[]
  assignment?: { card: AssignmentCard; briefs: WrittenBrief[] }
}

export type WrittenCurriculum = {
  themes: Theme[]
  sources: Source[]
  terms: Term[]
  modules: WrittenModule[]
  forms: Form[]
  /** Names of pictures in the folders of modules (`RMC-01/flows.png`); their bytes are kept apart. */
  pictures: string[]
}

/** The files of a curriculum by their names: the same bytes for the same curriculum (curriculum/README.md). */
export function filesOf({ themes, sources, terms, modules, forms }: WrittenCurriculum): Map<string, string> {
  return new Map([
    ['themes.yaml', yamlOf(themes, 'Headings of the catalog’s filter. Each module names one of them.')],
    [
      'sources.yaml',
      yamlOf(sources, 'What lessons and questions cite. `checked`: when somebody last opened the address.'),
    ],
    [
      'glossary.yaml',
      yamlOf(terms.map(withoutUsual), 'Terms of the curriculum in our own words. Lessons link them: [words](term:id).'),
    ],
    ...modules.flatMap(moduleFiles),
    ...forms.map((each): File => [`forms/${each.code}.yaml`, yamlOf(inShape(form, each))]),
  ])
}

type File = [name: string, text: string]

function moduleFiles({ card, lessons, items, diagrams, files, assignment }: WrittenModule): File[] {
  const { code } = card
  const questions = items.map(item => inOrder(inShape(itemShape(item), item)))
  return [
    [`${code}/module.yaml`, yamlOf(inShape(moduleCard, card))],
    ...lessons.map(({ name, front, body }): File => [`${code}/${name}.${front.language}.md`, markdown(front, body)]),
    ...(items.length
      ? [
          [
            `${code}/bank.yaml`,
            yamlOf(questions, `Questions of ${code}. States and people in them are invented.`),
          ] as File,
        ]
      : []),
    ...(diagrams.length
      ? [
          [
            `${code}/diagrams.yaml`,
            yamlOf(
              diagrams.map(each => inShape(diagramShape(each), each)),
              'Diagrams are drawn from these rows. Lessons show them: ![](diagram:code).',
            ),
          ] as File,
        ]
      : []),
    ...(files.length ? [fileList(code, files)] : []),
    ...(assignment ? assignmentFiles(code, assignment) : []),
  ]
}

const fileList = (code: string, files: WrittenModule['files']): File => [
  `${code}/files.yaml`,
  yamlOf(
    files.map(({ name, title }) => ({ name, title })),
    'Files beside the lessons, each with what it is. Lessons lead to them: [words](name.pdf).',
  ),
]

const assignmentFiles = (code: string, { card, briefs }: NonNullable<WrittenModule['assignment']>): File[] => [
  [`${code}/assignment.yaml`, yamlOf(inShape(assignmentCard, card))],
  ...briefs.map(({ body, ...front }): File => [`${code}/assignment.${front.language}.md`, markdown(front, body)]),
]

/** A value with its fields in the order of its shape. One that does not fit is written as it is: the check says why. */
function inShape<T>(shape: z.ZodType, value: T): T {
  const fit = shape.safeParse(value)
  return fit.success ? (fit.data as T) : value
}

const markdown = (front: object, body: string) => `---\n${yamlOf(front)}---\n\n${body}\n`

const withoutUsual = ({ review, ...term }: Term) => (review === 'reviewed' ? { ...term, review } : term)

/** What every question has first, then what its type adds, then its sources. */
function inOrder(item: Item): Item {
  const { code, outcome, difficulty, type, points = 1, tags = [], prompt, sources } = item
  const usual = { ...(points === 1 ? {} : { points }), ...(tags.length ? { tags } : {}) }
  return { code, outcome, difficulty, type, ...usual, prompt, ...contentOf(item), sources }
}

/** A curriculum in which the check found no problem, as it would be written. */
export function writtenOf({ themes, sources, glossary, modules, forms }: Curriculum): WrittenCurriculum {
  return {
    themes: themes.entries as Theme[],
    sources: sources.entries as Source[],
    terms: glossary.entries as Term[],
    modules: modules.map(moduleOf),
    forms: forms.map(({ form }) => form as Form),
    pictures: modules.flatMap(({ folder, others }) =>
      [...others.keys()].filter(name => PICTURE_NAME.test(name)).map(name => `${folder}/${name}`),
    ),
  }
}

function moduleOf({ card, lessons, bank, diagrams, files, others, assignment }: CurriculumModule): WrittenModule {
  const { ru } = (card as ModuleCard).translation
  const text = ({ language, front, body }: LessonFile) => ({
    front: { ...front, language, ...(language === 'ru' ? { review: front.review ?? ru } : {}) },
    body: body.trim(),
  })
  const brief = (file: LessonFile) => ({ ...text(file).front, body: text(file).body }) as WrittenBrief
  return {
    card: card as ModuleCard,
    lessons: lessons.map(file => ({ name: file.name, ...text(file) }) as WrittenLesson),
    items: (bank?.entries ?? []) as Item[],
    reviewed: [],
    diagrams: (diagrams?.entries ?? []) as Diagram[],
    files: ((files?.entries ?? []) as FileEntry[]).map(file => ({ ...file, size: others.get(file.name)! })),
    ...(assignment
      ? { assignment: { card: assignment.card as AssignmentCard, briefs: assignment.briefs.map(brief) } }
      : {}),
  }
}
