import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { checkCurriculum } from '../../models/curriculum/checking.ts'
import { example, removeExamples, writeExample } from './example.ts'

const README = readFileSync(join(import.meta.dirname, '../../curriculum/README.md'), 'utf8')
const examples = (kind: string) =>
  [...README.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text]) => text!)
const assignment = examples('yaml').find(text => text.includes('rubric:'))!
const [card, bank, types, diagrams, files, sources, form, term] = examples('yaml').filter(text => text !== assignment)
const [lesson, brief] = examples('markdown') as [string, string]

describe('The README of the curriculum', () => {
  after(removeExamples)

  it('shows examples that pass the check when they are copied', () => {
    const cited = ['refugee-convention-1951', 'iom-glossary-2019'].map(id =>
      example['sources.yaml']!.replace('law-1951', id),
    )
    const russian = lesson
      .replace('language: en', 'language: ru')
      .replace('A figure and its source', 'Цифра и её источник')
    const dir = writeExample({
      'RMC-13/module.yaml': card!,
      'RMC-13/bank.yaml': bank! + types!,
      'RMC-13/diagrams.yaml': diagrams!,
      'RMC-13/files.yaml': files!,
      'RMC-13/checklist.pdf': '%PDF-1.7',
      'RMC-13/L1.en.md': lesson,
      'RMC-13/L1.ru.md': russian,
      'RMC-13/assignment.yaml': assignment,
      'RMC-13/assignment.en.md': brief,
      'RMC-13/assignment.ru.md': brief.replace('language: en', 'language: ru'),
      'sources.yaml': example['sources.yaml']! + cited.join('') + sources!,
      'glossary.yaml': example['glossary.yaml']! + term!,
      'forms/example-form.yaml': form!,
    })
    // The examples of a lesson and of a brief are shorter than a lesson and a brief.
    const found = checkCurriculum(dir).problems.filter(({ kind }) => kind !== 'length')
    expect(found.map(({ file, line, message }) => `${file}:${line}  ${message}`)).to.deep.equal([])
  })

  it('says that the curriculum is a draft for endorsement', () => {
    expect(README).to.include('draft for endorsement by the Center')
  })
})
