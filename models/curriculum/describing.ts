import { citedSources } from '../../lib/markdown.ts'
import { sourcesOf } from './diagram.ts'
import { outlineOf } from './outline.ts'
import { type Curriculum, type CurriculumModule, written } from './reading.ts'

/** The curriculum in figures: lines for an author (words and sources per lesson, items per outcome) and totals. */
export function describeCurriculum(curriculum: Curriculum): { lines: string[]; totals: string } {
  const { modules, sources, glossary, forms } = curriculum
  const lessons = modules.flatMap(module => module.lessons)
  const planned = modules.flatMap(module => module.card.lessons ?? [])
  const items = modules.flatMap(module => module.bank?.entries ?? [])
  const totals = [
    [modules.length, 'modules'],
    [planned.length, 'lessons'],
    [new Set(lessons.map(lesson => lesson.file.replace(/\.\w\w\.md$/, ''))).size, 'lessons with text'],
    [items.length, 'items'],
    [sources.entries.length, 'sources'],
    [glossary.entries.length, 'terms'],
    [forms.length, 'forms'],
  ]
  const described = totals.map(([count, noun]) => `${count} ${noun}`).join(', ')
  return { lines: modules.flatMap(describeModule), totals: described }
}

function describeModule(module: CurriculumModule): string[] {
  const behind = (code: string) => {
    const diagram = module.diagrams?.entries.find(entry => entry?.code === code)
    return diagram ? sourcesOf(diagram) : []
  }
  const lines = module.lessons.map(lesson => {
    const { words } = outlineOf(lesson.body)
    return `  ${lesson.file}: ${words} words, ${citedSources(lesson.body, behind).length} sources`
  })
  const tested = module.bank ? written(module.bank.yaml, [], 'outcome') : []
  const items = (module.bank ? written(module.yaml, ['outcomes'], 'code') : []).map(
    code => `  ${code}: ${tested.filter(outcome => outcome === code).length} items`,
  )
  const heading = `${module.folder}  ${module.card.title?.en ?? ''}`
  return lines.length || items.length ? [heading, ...lines, ...items] : []
}
