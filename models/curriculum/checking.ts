import { checkAssignment, checkBrief } from './checking/assignment.ts'
import { checkBank, checkItemCodes } from './checking/bank.ts'
import { checkDiagrams } from './checking/diagrams.ts'
import { checkFiles, checkUnlisted } from './checking/files.ts'
import { checkForm } from './checking/form.ts'
import { checkGlossary } from './checking/glossary.ts'
import { checkLesson } from './checking/lesson.ts'
import { checkLetters } from './checking/letters.ts'
import { checkSources, checkThemes } from './checking/lists.ts'
import { checkModule, checkPrerequisites } from './checking/module.ts'
import { checkPair } from './checking/pair.ts'
import type { Files } from './files.ts'
import { inOrder, type Problem } from './problem.ts'
import { type Curriculum, type CurriculumFile, outcomesOf, readCurriculum, reporter, written } from './reading.ts'

/** What the files may refer to. */
export type Known = { isTheme(code: string): boolean; isSource(id: string): boolean; isTerm(id: string): boolean }

/**
 * Reads a curriculum, or the one under a folder of the disk, and checks that its files fit the format and each other.
 * When `problems` is empty every part of `curriculum` is whole.
 */
export function checkCurriculum(from: string | Files): { curriculum: Curriculum; problems: Problem[] } {
  const curriculum = readCurriculum(from)
  const found = { problems: [...curriculum.problems] }
  const to = (file: CurriculumFile) => reporter(found, file.file)
  const known = {
    isTheme: among(curriculum.themes, 'code'),
    isSource: among(curriculum.sources, 'id'),
    isTerm: among(curriculum.glossary, 'id'),
  }
  checkThemes(curriculum.themes, to(curriculum.themes))
  checkSources(curriculum.sources, to(curriculum.sources))
  checkGlossary(curriculum.glossary, known, to(curriculum.glossary))
  for (const module of curriculum.modules) {
    checkModule(module, known, to(module))
    if (module.bank)
      checkBank({ folder: module.folder, outcomes: outcomesOf(module) }, module.bank, known, to(module.bank))
    if (module.diagrams) checkDiagrams(module.diagrams, known, to(module.diagrams))
    if (module.files) checkFiles(module, to(module.files))
    checkUnlisted(module, to(module))
    const { assignment } = module
    if (assignment) checkAssignment(module, assignment, to(assignment))
    const briefs = assignment?.briefs.filter(brief => !brief.broken) ?? []
    for (const brief of briefs) checkBrief(brief, known, to(brief))
    const lessons = module.lessons.filter(lesson => !lesson.broken)
    for (const lesson of lessons) checkLesson(module, lesson, known, to(lesson))
    for (const russian of [...lessons, ...briefs].filter(lesson => lesson.language === 'ru')) {
      const english = [...lessons, ...briefs].find(lesson => lesson.language === 'en' && lesson.name === russian.name)
      if (english) checkPair(english, russian, to(russian))
    }
  }
  checkPrerequisites(curriculum.modules, to)
  checkItemCodes(curriculum.modules, to)
  for (const form of curriculum.forms) checkForm(form, to(form))
  for (const file of allFiles(curriculum)) checkLetters(file.text, to(file))
  return { curriculum, problems: inOrder(found.problems) }
}

/** Whether a list holds a value; when the list cannot be read nothing is held against those who refer to it. */
function among({ yaml }: CurriculumFile, field: string) {
  const values = new Set(written(yaml, [], field))
  return (value: string) => !Array.isArray(yaml.raw) || values.has(value)
}

function allFiles({ themes, sources, glossary, modules, forms }: Curriculum): CurriculumFile[] {
  return [
    themes,
    sources,
    glossary,
    ...modules.flatMap(module => [
      ...[module, ...module.lessons],
      ...[module.bank, module.diagrams, module.files].filter(file => file !== undefined),
    ]),
    ...modules.flatMap(({ assignment }) => (assignment ? [assignment, ...assignment.briefs] : [])),
    ...forms,
  ]
}
