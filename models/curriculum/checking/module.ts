import { type Blueprint, type Cell, cellsOf, type Difficulty, fits } from '../../drawing.ts'
import { ITEM_TYPES } from '../../items/kind.ts'
import type { Known } from '../checking.ts'
import { valueAt } from '../fitting.ts'
import type { Report } from '../problem.ts'
import { type CurriculumFile, type CurriculumModule, written } from '../reading.ts'
import { languages } from '../shapes.ts'
import { checkRepeats } from './repeats.ts'

/** Checks what a module's card says about itself, its lessons' files and its bank. */
export function checkModule(module: CurriculumModule, known: Known, report: Report) {
  const { card, yaml, folder } = module
  if (card.code && card.code !== folder) report(yaml.lineOf(['code']), 'code.module', { code: card.code, folder })
  if (card.theme && !known.isTheme(card.theme)) report(yaml.lineOf(['theme']), 'unknown-theme', { theme: card.theme })
  checkRepeats(yaml, ['outcomes'], 'code', report)
  checkRepeats(yaml, ['lessons'], 'code', report)
  for (const list of ['outcomes', 'lessons']) checkOwnCodes(module, list, report)
  checkHours(module, report)
  checkLessonFiles(module, report)
  checkTest(module, report)
}

/** Checks that prerequisites exist and that none leads back to its own module. */
export function checkPrerequisites(modules: CurriculumModule[], to: (file: CurriculumFile) => Report) {
  const needs = new Map(modules.map(module => [module.folder, (module.card.prerequisites ?? []).map(String)]))
  for (const module of modules) {
    needs.get(module.folder)!.forEach((code, index) => {
      const line = module.yaml.lineOf(['prerequisites', index])
      const way = wayBack(code, module.folder, needs)
      if (!needs.has(code)) to(module)(line, 'unknown-module', { code })
      else if (way) to(module)(line, 'circular', { way: [module.folder, ...way].join(' → ') })
    })
  }
}

function wayBack(
  from: string,
  goal: string,
  needs: Map<string, string[]>,
  passed: string[] = [],
): string[] | undefined {
  if (from === goal) return [...passed, from]
  if (passed.includes(from)) return undefined
  for (const next of needs.get(from) ?? []) {
    const way = wayBack(next, goal, needs, [...passed, from])
    if (way) return way
  }
  return undefined
}

function checkOwnCodes({ yaml, folder }: CurriculumModule, list: string, report: Report) {
  written(yaml, [list], 'code').forEach((code, index) => {
    if (/^RMC-(\d\d|TOT)-L/.test(code) && !code.startsWith(`${folder}-`))
      report(yaml.lineOf([list, index, 'code']), 'code.other', { code, folder })
  })
}

function checkHours({ card, yaml }: CurriculumModule, report: Report) {
  const { hours, hours_split: split, lessons } = card
  const whole = lessons?.every(lesson => lesson !== undefined)
  if (hours && split && !same(sum(Object.values(split)), hours))
    report(yaml.lineOf(['hours_split']), 'hours.split', { sum: sum(Object.values(split)), hours })
  if (hours && lessons && whole && !same(sum(lessons.map(lesson => lesson!.hours)), hours))
    report(yaml.lineOf(['lessons']), 'hours.lessons', { sum: sum(lessons.map(lesson => lesson!.hours)), hours })
  lessons?.forEach((lesson, index) => {
    const parts = lesson?.parts?.map(part => part.hours)
    if (parts && !same(sum(parts), lesson!.hours))
      report(yaml.lineOf(['lessons', index, 'parts']), 'hours.parts', { sum: sum(parts), hours: lesson!.hours })
  })
}

const sum = (numbers: number[]) => Math.round(numbers.reduce((total, number) => total + number, 0) * 100) / 100
const same = (one: number, other: number) => Math.abs(one - other) < 0.005

function checkLessonFiles({ card, yaml, folder, lessons }: CurriculumModule, report: Report) {
  if (!card.lessons) return
  const named = card.lessons.map(lesson => lesson?.file)
  checkRepeats(yaml, ['lessons'], 'file', report)
  named.forEach((name, index) => {
    if (!name) return
    for (const language of languages)
      if (!lessons.some(lesson => lesson.name === name && lesson.language === language))
        report(yaml.lineOf(['lessons', index, 'file']), 'missing-file.lesson', {
          file: `${folder}/${name}.${language}.md`,
          language: { word: `languages.${language}` },
        })
  })
  const listed = new Set(written(yaml, ['lessons'], 'file'))
  for (const lesson of lessons)
    if (!listed.has(lesson.name)) report(yaml.lineOf(['lessons']), 'unlisted.lesson', { file: lesson.file })
}

function checkTest({ card, yaml, bank }: CurriculumModule, report: Report) {
  const outcomes = written(yaml, ['outcomes'], 'code')
  const tested = bank ? written(bank.yaml, [], 'outcome') : []
  for (const [field, forms] of [
    ['test', 1],
    ['pre_post', 2],
  ] as const) {
    const asked = card.assessment?.[field]
    if (asked && !bank)
      report(yaml.lineOf(['assessment', field]), 'missing-file.bank', { test: { word: `asked.${field}` } })
    for (const cell of cellsOf((asked?.blueprint ?? {}) as Blueprint)) {
      const { outcome, of } = cell
      const line = yaml.lineOf(['assessment', field, 'blueprint', outcome])
      const count = forms * cell.count
      const held = tested.filter((_, index) => bank && fits(cell, drawableAt(bank.yaml, index))).length
      if (!outcomes.includes(outcome)) report(line, 'unknown-outcome.here', { outcome })
      else if (bank && count > held)
        report(line, 'blueprint', {
          test: { word: `asked.${field}` },
          wanted: count,
          of: { word: `items.${of}` },
          outcome,
          held,
        })
      else if (bank && of === 'essay' && !samePoints(bank.yaml, cell)) report(line, 'points', { outcome })
    }
  }
  if (!bank) return
  outcomes.forEach((code, index) => {
    const cell = { outcome: code, of: 'any', count: 1 } as const
    if (code && !tested.some((_, at) => fits(cell, drawableAt(bank.yaml, at))))
      report(yaml.lineOf(['outcomes', index]), 'untested', { outcome: code })
  })
}

// Whoever is drawn another essay must be able to reach as many points, and be told how many.
function samePoints(yaml: CurriculumModule['yaml'], cell: Cell): boolean {
  const items = Array.isArray(yaml.raw) ? yaml.raw : []
  const points = items.filter((_, index) => fits(cell, drawableAt(yaml, index))).map(item => item?.points)
  return points.every(each => each !== undefined && each === points[0])
}

// As written: an item with another mistake still counts.
function drawableAt(yaml: CurriculumModule['yaml'], index: number) {
  const raw = valueAt(yaml.raw, [index]) as { outcome?: string; difficulty?: string; type?: string } | null
  const type = ITEM_TYPES.find(each => each === raw?.type) ?? 'single'
  return { outcome: raw?.outcome ?? '', difficulty: raw?.difficulty as Difficulty, type }
}
