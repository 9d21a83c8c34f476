import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Files of a curriculum, by name from its folder. */
export type Files = { [file: string]: string }

const module01 = `code: RMC-01
version: "1.0"
theme: foundations
level: foundation
hours: 4
hours_split: {self_paced: 2, live: 1, applied: 1}
title: {en: Foundations, ru: Основы}
aim: {en: To begin., ru: Начать.}
audience: {en: Everyone, ru: Все}
prerequisites: []
outcomes:
  - code: RMC-01-LO1
    level: remember
    text: {en: Define, ru: Определить}
  - code: RMC-01-LO2
    level: apply
    text: {en: Apply, ru: Применить}
lessons:
  - code: RMC-01-L1
    title: {en: Terms, ru: Термины}
    hours: 2
    file: L1
  - code: RMC-01-L2
    title: {en: Trends, ru: Тенденции}
    hours: 2
assessment:
  summary: {en: A test., ru: Тест.}
  test:
    blueprint: {RMC-01-LO1: 1, RMC-01-LO2: 1}
    pass_percent: 70
    attempts: 3
    minutes: 30
    per_page: 5
    feedback: after_attempt
certificate: {kind: achievement}
translation: {ru: not_reviewed}
`

const module02 = `code: RMC-02
version: "1.0"
theme: foundations
level: intermediate
hours: 2
hours_split: {self_paced: 1, live: 1, applied: 0}
title: {en: Law, ru: Право}
aim: {en: To read., ru: Читать.}
audience: {en: Lawyers, ru: Юристы}
prerequisites: [RMC-01]
outcomes:
  - code: RMC-02-LO1
    level: understand
    text: {en: Explain, ru: Объяснить}
lessons:
  - code: RMC-02-L1
    title: {en: Sources, ru: Источники}
    hours: 2
assessment:
  summary: {en: An essay., ru: Эссе.}
certificate: {kind: attendance}
translation: {ru: not_reviewed}
`

const bank = `- code: RMC-01-Q01
  outcome: RMC-01-LO1
  difficulty: easy
  type: single
  prompt: {en: Which one?, ru: Который?}
  options:
    - {id: a, text: {en: This, ru: Этот}, right: true, feedback: {en: "Yes.", ru: Да.}}
    - {id: b, text: {en: That, ru: Тот}, right: false, feedback: {en: "No.", ru: Нет.}}
    - {id: c, text: {en: None, ru: Никакой}, right: false, feedback: {en: "No.", ru: Нет.}}
  sources: [law-1951]
- code: RMC-01-Q02
  outcome: RMC-01-LO2
  difficulty: hard
  type: true_false
  prompt: {en: True?, ru: Верно?}
  options:
    - {id: yes, text: {en: "True", ru: Верно}, right: true, feedback: {en: "Yes.", ru: Да.}}
    - {id: no, text: {en: "False", ru: Неверно}, right: false, feedback: {en: "No.", ru: Нет.}}
  sources: []
`

const form = `code: evaluation
version: "1.0"
anonymous: true
title: {en: Evaluation, ru: Оценка}
intro: {en: Say., ru: Скажите.}
questions:
  - id: overall
    type: scale
    label: {en: Overall, ru: В целом}
    required: true
    low: {en: Poor, ru: Плохо}
    high: {en: Good, ru: Хорошо}
  - id: more
    type: text
    label: {en: More, ru: Ещё}
    required: false
`

const sources = `- id: law-1951
  title: {en: A law, ru: Закон}
  publisher: {en: United Nations, ru: ООН}
  date: "1951-07-28"
  address: https://example.org/law
  checked: "2026-11-20"
`

const glossary = `- id: law
  term: {en: Law, ru: Закон}
  meaning: {en: A rule., ru: Правило.}
  sources: [law-1951]
`

const filler = {
  en: 'Words follow words until the lesson is long enough to be read. ',
  ru: 'Слова идут за словами, пока занятие не станет достаточно длинным. ',
}
const title = { en: 'Terms', ru: 'Термины' }

/** A lesson without mistakes, 11 lines long; `extra` follows as line 13. */
export function lesson(language: 'en' | 'ru', extra = ''): string {
  const said = { en: 'The law is of 1951 [@law-1951].', ru: 'Закон принят в 1951 г. [@law-1951].' }[language]
  return `---
code: RMC-01-L1
language: ${language}
title: ${title[language]}
minutes: 45
outcomes: [RMC-01-LO1]
---

## First

${said} ${filler[language].repeat(75)}

${extra}
`
}

/** The file of a diagram without mistakes, of one bar, 7 lines long. */
export const diagramOf = (value: number): string => `- code: arrivals
  title: {en: Arrivals, ru: Прибытия}
  alternative: {en: A bar., ru: Полоса.}
  kind: bars
  unit: {en: People, ru: Человек}
  rows:
    - {label: {en: By road, ru: По дороге}, value: ${value}, as_of: {en: "1951", ru: 1951 год}, sources: [law-1951]}
`

export const example: Files = {
  'themes.yaml': '- code: foundations\n  name: {en: Foundations, ru: Основы}\n',
  'sources.yaml': sources,
  'glossary.yaml': glossary,
  'forms/evaluation.yaml': form,
  'RMC-01/module.yaml': module01,
  'RMC-01/bank.yaml': bank,
  'RMC-01/L1.en.md': lesson('en'),
  'RMC-01/L1.ru.md': lesson('ru'),
  'RMC-02/module.yaml': module02,
}

const folders: string[] = []

/** Writes the example with some files changed (null: left out) into a folder of its own and returns its path. */
export function writeExample(changed: { [file: string]: string | Buffer | null } = {}): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'rtcm-curriculum-'))
  folders.push(dir)
  for (const [file, text] of Object.entries({ ...example, ...changed })) {
    if (text === null) continue
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true })
    writeFileSync(path.join(dir, file), text)
  }
  return dir
}

/** Deletes the folders that `writeExample` made. */
export function removeExamples() {
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true })
}

/** The example's file with `from` replaced by `to`; throws when `from` is not there. */
export function edited(file: string, from: string, to: string): { [file: string]: string } {
  if (!example[file]?.includes(from)) throw new Error(`${file} of the example does not hold: ${from}`)
  return { [file]: example[file].replace(from, to) }
}
