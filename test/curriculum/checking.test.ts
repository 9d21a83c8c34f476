import path from 'node:path'
import { expect } from 'chai'
import { checkCurriculum } from '../../models/curriculum/checking.ts'
import { describeCurriculum } from '../../models/curriculum/describing.ts'
import { diagramOf, edited, lesson, removeExamples, writeExample } from './example.ts'

type Case = [promise: string, changed: { [file: string]: string | null }, ...found: string[]]

const card = 'RMC-01/module.yaml'
const bank = 'RMC-01/bank.yaml'
const english = 'RMC-01/L1.en.md'
const russian = 'RMC-01/L1.ru.md'
const firstOption = '    - {id: a, text: {en: This, ru: Этот}, right: true, feedback: {en: "Yes.", ru: Да.}}\n'
const listed = 'RMC-01/files.yaml'
const drawn = 'RMC-01/diagrams.yaml'
const both = (extra: string) => ({ [english]: lesson('en', extra), [russian]: lesson('ru', extra) })

const arrivals = diagramOf(7)
const moments = `- code: years
  title: {en: Years, ru: Годы}
  alternative: {en: A line., ru: Линия.}
  kind: timeline
  rows:
    - {date: "1967", label: {en: Then, ru: Потом}, sources: [law-1951]}
    - {date: "1951-07", label: {en: First, ru: Сначала}, sources: [law-1951]}
`

// Each mistake with the places and kinds that must be told, and nothing else.
const cases: Case[] = [
  ['YAML that cannot be read', edited(card, 'level: foundation', 'level: [foundation'), `${card}:5 syntax`],
  ['a key written twice', edited(card, 'hours: 4', 'hours: 4\nhours: 4'), `${card}:6 syntax`],
  [
    'a missing language',
    edited(card, 'aim: {en: To begin., ru: Начать.}', 'aim: {en: To begin.}'),
    `${card}:8 missing-language`,
  ],
  ['an empty language', edited(card, 'ru: Начать.', 'ru: ""'), `${card}:8 missing-language`],
  ['a missing field', edited(card, 'level: foundation\n', ''), `${card}:1 missing`],
  ['a field nobody knows', edited(card, 'hours: 4', 'hours: 4\nweeks: 2'), `${card}:6 unknown-field`],
  ['a word that is not allowed', edited(card, 'level: foundation', 'level: basic'), `${card}:4 shape`],
  ['a version without quotes', edited(card, '"1.0"', '1.0'), `${card}:2 shape`],
  ['a theme nobody knows', edited(card, 'theme: foundations', 'theme: other'), `${card}:3 unknown-theme`],
  [
    'a code that differs from the folder',
    edited('RMC-02/module.yaml', 'code: RMC-02\n', 'code: RMC-03\n'),
    'RMC-02/module.yaml:1 code',
  ],
  [
    'a Cyrillic letter in a code',
    edited(card, 'code: RMC-01-LO2', 'code: RMС-01-LO2'),
    `${card}:15 look-alike`,
    `${card}:15 untested`,
    `${card}:29 unknown-outcome`,
    `${bank}:12 unknown-outcome`,
  ],
  [
    'a Cyrillic letter in an address',
    edited('sources.yaml', 'example.org', 'exаmple.org'),
    'sources.yaml:5 look-alike',
    'sources.yaml:5 shape',
  ],
  ['a Latin letter in a Russian word', edited(card, 'ru: Начать.', 'ru: Нaчать.'), `${card}:8 look-alike`],
  ['hours that do not add up by kind', edited(card, 'self_paced: 2', 'self_paced: 1'), `${card}:6 hours`],
  [
    'hours of lessons that do not add up',
    edited(card, 'hours: 2\n    file: L1', 'hours: 3\n    file: L1'),
    `${card}:18 hours`,
  ],
  [
    'an outcome code used twice',
    edited(card, 'RMC-01-LO2\n', 'RMC-01-LO1\n'),
    `${card}:15 duplicate`,
    `${card}:29 unknown-outcome`,
    `${bank}:12 unknown-outcome`,
  ],
  [
    'a prerequisite that does not exist',
    edited('RMC-02/module.yaml', '[RMC-01]', '[RMC-07]'),
    'RMC-02/module.yaml:10 unknown-module',
  ],
  [
    'prerequisites in a circle',
    edited(card, 'prerequisites: []', 'prerequisites: [RMC-02]'),
    `${card}:10 circular`,
    'RMC-02/module.yaml:10 circular',
  ],
  [
    'an outcome nobody tests',
    edited(
      card,
      'lessons:\n',
      '  - code: RMC-01-LO3\n    level: apply\n    text: {en: Use, ru: Использовать}\nlessons:\n',
    ),
    `${card}:18 untested`,
  ],
  [
    'a test that asks for more than the bank has',
    edited(card, 'RMC-01-LO1: 1', 'RMC-01-LO1: 2'),
    `${card}:29 blueprint`,
  ],
  [
    'two forms that ask for more than the bank has for both',
    edited(
      card,
      '    feedback: after_attempt\n',
      '    feedback: after_attempt\n  pre_post:\n    blueprint: {RMC-01-LO1: {easy: 1}}\n    per_page: 5\n',
    ),
    `${card}:36 blueprint`,
  ],
  ['a file that is not on the list of its folder', { 'RMC-01/list.pdf': 'a' }, `${card}:1 unlisted`],
  [
    'a listed file that is not there, twice, and without Russian',
    { [listed]: '- name: a.pdf\n  title: {en: A, ru: А}\n- name: a.pdf\n  title: {en: A}\n' },
    `${listed}:1 missing-file`,
    `${listed}:3 duplicate`,
    `${listed}:3 missing-file`,
    `${listed}:4 missing-language`,
  ],
  ['a file of a kind that is not taken', { [listed]: '- name: a.exe\n  title: {en: A, ru: А}\n' }, `${listed}:1 shape`],
  [
    'a file that only the English lesson leads to',
    {
      [english]: lesson('en', '[A list](a.pdf)'),
      [listed]: '- name: a.pdf\n  title: {en: A, ru: А}\n',
      'RMC-01/a.pdf': '%PDF',
    },
    `${russian}:8 translation`,
  ],
  [
    'a lesson that leads to a file nobody listed, without words',
    both('[](b.csv)'),
    `${english}:13 missing-file`,
    `${english}:13 alternative`,
    `${russian}:13 missing-file`,
    `${russian}:13 alternative`,
  ],
  ['a test without a bank', { [bank]: null }, `${card}:28 missing-file`],
  ['a lesson without Russian', { [russian]: null }, `${card}:22 missing-file`],
  ['a lesson that is in no list', { 'RMC-01/L9.en.md': lesson('en') }, `${card}:18 unlisted`],
  ['a list where a mapping must be', { [card]: '- one\n' }, `${card}:1 shape`],

  [
    'an item without a right answer',
    edited(bank, 'ru: Этот}, right: true', 'ru: Этот}, right: false'),
    `${bank}:6 no-right-answer`,
  ],
  [
    'two right answers where one is asked',
    edited(bank, 'ru: Тот}, right: false', 'ru: Тот}, right: true'),
    `${bank}:6 right-answers`,
  ],
  [
    'one right answer where several are asked',
    edited(bank, 'type: single', 'type: multiple'),
    `${bank}:6 right-answers`,
  ],
  ['true or false with three options', edited(bank, 'type: single', 'type: true_false'), `${bank}:6 options`],
  ['too few options', edited(bank, firstOption, ''), `${bank}:6 no-right-answer`, `${bank}:6 options`],
  ['a missing feedback', edited(bank, ', feedback: {en: "No.", ru: Нет.}', ''), `${bank}:8 missing`],
  ['an option id used twice', edited(bank, 'id: b', 'id: a'), `${bank}:8 duplicate`],
  ['an item code used twice', edited(bank, 'RMC-01-Q02', 'RMC-01-Q01'), `${bank}:11 duplicate`],
  ['an item with an unknown source', edited(bank, '[law-1951]', '[law-1999]'), `${bank}:10 unknown-source`],
  [
    'an item on an unknown outcome',
    edited(bank, 'outcome: RMC-01-LO1', 'outcome: RMC-01-LO7'),
    `${bank}:2 unknown-outcome`,
    `${card}:12 untested`,
    `${card}:29 blueprint`,
  ],

  ['a source id used twice', { 'sources.yaml': sourceTwice() }, 'sources.yaml:7 duplicate'],
  ['a date that is none', edited('sources.yaml', '2026-11-20', '2026-13-20'), 'sources.yaml:6 shape'],
  [
    'a scale without its ends',
    edited('forms/evaluation.yaml', '    low: {en: Poor, ru: Плохо}\n', ''),
    'forms/evaluation.yaml:7 question',
  ],
  [
    'a choice without options',
    edited('forms/evaluation.yaml', 'type: text', 'type: choice'),
    'forms/evaluation.yaml:13 question',
  ],
  [
    'a form named otherwise than its file',
    edited('forms/evaluation.yaml', 'code: evaluation', 'code: opinion'),
    'forms/evaluation.yaml:1 code',
  ],

  ['a lesson without its data', { [english]: lesson('en').replace('---\n', '') }, `${english}:1 front-matter`],
  ['a lesson of another name', { 'RMC-01/L1.fr.md': 'text' }, 'RMC-01/L1.fr.md:1 file-name'],
  [
    'a title that differs from the card',
    { [english]: lesson('en').replace('title: Terms', 'title: Words') },
    `${english}:4 title`,
  ],
  [
    'a language that differs from the name',
    { [english]: lesson('en').replace('language: en', 'language: ru') },
    `${english}:3 language`,
  ],
  [
    'an unknown outcome in a lesson',
    { [english]: lesson('en').replace('[RMC-01-LO1]', '[RMC-01-LO9]') },
    `${english}:6 unknown-outcome`,
    `${russian}:6 translation`,
  ],
  [
    'an unknown source in a lesson',
    both('It is so [@law-2000].'),
    `${english}:13 unknown-source`,
    `${russian}:13 unknown-source`,
  ],
  ['HTML in a lesson', both('A <b>bold</b> word.'), `${english}:13 html`, `${russian}:13 html`],
  ['HTML between paragraphs', both('<script>\nalert()\n</script>'), `${english}:13 html`, `${russian}:13 html`],
  [
    'a figure without its source',
    both('Some line.\nThere are 17 States here.'),
    `${english}:14 uncited`,
    `${russian}:14 uncited`,
  ],
  [
    'a table of figures without a source',
    both('Text.\n\n| A | B |\n|---|---|\n| one | 1 |'),
    `${english}:17 uncited`,
    `${russian}:17 uncited`,
  ],
  [
    'a picture that says nothing',
    { ...both('![](map.png)'), 'RMC-01/map.png': '' },
    `${english}:13 alternative`,
    `${russian}:13 alternative`,
  ],
  [
    'a picture that is not there',
    both('![A map](map.png)'),
    `${english}:13 missing-file`,
    `${russian}:13 missing-file`,
  ],
  [
    'a diagram nobody knows',
    { ...both('![](diagram:arrival)'), [drawn]: arrivals },
    `${english}:13 unknown-diagram`,
    `${russian}:13 unknown-diagram`,
  ],
  [
    'a diagram in a module that has none',
    both('![](diagram:arrivals)'),
    `${english}:13 unknown-diagram`,
    `${russian}:13 unknown-diagram`,
  ],
  [
    'a diagram in the middle of a sentence',
    { ...both('Here: ![](diagram:arrivals)'), [drawn]: arrivals },
    `${english}:13 diagram`,
    `${russian}:13 diagram`,
  ],
  [
    'a diagram that one language lacks',
    { [english]: lesson('en', '![](diagram:arrivals)'), [drawn]: arrivals },
    `${russian}:1 translation`,
  ],
  [
    'a diagram without a text alternative',
    { [drawn]: arrivals.replace('  alternative: {en: A bar., ru: Полоса.}\n', '') },
    `${drawn}:1 missing`,
  ],
  [
    'a text alternative in one language',
    { [drawn]: arrivals.replace(', ru: Полоса.', '') },
    `${drawn}:3 missing-language`,
  ],
  ['a row without a source', { [drawn]: arrivals.replace('[law-1951]', '[]') }, `${drawn}:7 shape`],
  ['a row of an unknown source', { [drawn]: arrivals.replace('law-1951', 'law-1999') }, `${drawn}:7 unknown-source`],
  [
    'a row without its date',
    { [drawn]: arrivals.replace('as_of: {en: "1951", ru: 1951 год}, ', '') },
    `${drawn}:7 missing`,
  ],
  ['a number that is a word', { [drawn]: arrivals.replace('value: 7', 'value: seven') }, `${drawn}:7 shape`],
  ['a kind of diagram nobody draws', { [drawn]: arrivals.replace('kind: bars', 'kind: pie') }, `${drawn}:4 shape`],
  ['a diagram code used twice', { [drawn]: arrivals + arrivals }, `${drawn}:8 duplicate`],
  ['moments in the wrong order', { [drawn]: moments }, `${drawn}:7 order`],
  ['a heading of the first level', both('# Title'), `${english}:13 heading`, `${russian}:13 heading`],
  ['a block nobody knows', both('::: story Title\nText.\n:::'), `${english}:13 block`, `${russian}:13 block`],
  ['a block that is not closed', both('::: case Title\nText.'), `${english}:13 block`, `${russian}:13 block`],
  ['a block without a title', both('::: case\nText.\n:::'), `${english}:13 block`, `${russian}:13 block`],
  ['a text too short', { [english]: lesson('en').replace(/(Words follow[^.]*\. ){70}/, '') }, `${english}:8 length`],
  ['a text too long', { [english]: lesson('en', 'word '.repeat(500)) }, `${english}:8 length`],
  ['a heading that one language lacks', { [english]: lesson('en', '## Second\n\nText.') }, `${russian}:9 translation`],
  [
    'a block that one language lacks',
    { [russian]: lesson('ru', '::: case Случай\nТекст.\n:::') },
    `${russian}:13 translation`,
  ],
  ['a citation that one language lacks', { [english]: lesson('en', 'More [@law-1951].') }, `${russian}:9 translation`],
]

describe('Checking the curriculum', () => {
  after(removeExamples)

  it('finds nothing in files without mistakes', () => {
    expect(checkCurriculum(writeExample()).problems).to.deep.equal([])
  })

  for (const [promise, changed, ...found] of cases)
    it(`tells file and line of ${promise}`, () => {
      const { problems } = checkCurriculum(writeExample(changed))
      const told = problems.map(({ file, line, kind }) => `${file}:${line} ${kind}`)
      expect([...new Set(told)].toSorted()).to.deep.equal(found.toSorted())
      for (const { line, message } of problems) expect(line, message).to.be.greaterThan(0)
    })

  it('breaks the example in more than 25 ways, each told apart', () => {
    expect(new Set(cases.map(([promise]) => promise)).size).to.be.at.least(25)
  })

  it('says in words what a row needs', () => {
    const { problems } = checkCurriculum(writeExample({ [drawn]: arrivals.replace('[law-1951]', '[]') }))
    expect(problems.map(({ message }) => message)).to.deep.equal([
      'entry 1, rows, entry 1, sources needs at least one source',
    ])
  })

  it('lists mistakes of many files at once', () => {
    const changed = { ...edited(card, 'level: foundation', 'level: basic'), ...edited(bank, 'id: b', 'id: a') }
    expect(checkCurriculum(writeExample(changed)).problems.map(({ file }) => file)).to.deep.equal([bank, card])
  })

  it('lets exercises invent figures, and one citation cover a table, a quotation or a list', () => {
    const text = `::: case One\nA group of 40 people waits.\n:::

Look at the table [@law-1951].

| Year | People |
|---|--:|
| 1951 | 10 |

The law names these [@law-1951]:

- the first of 3;
- the second of 3.

> In 1951 the law was made.

From the law [@law-1951]. See RMC-02 and lesson 2. Art. 33 of it says so [@law-1951].`
    expect(checkCurriculum(writeExample(both(text))).problems).to.deep.equal([])
  })

  it('finds nothing in the curriculum that is shipped', () => {
    const { curriculum, problems } = checkCurriculum(path.join(import.meta.dirname, '../../curriculum'))
    expect(problems.map(({ file, line, message }) => `${file}:${line}  ${message}`)).to.deep.equal([])
    expect(curriculum.modules.map(({ folder }) => folder)).to.have.length(13)
    expect(describeCurriculum(curriculum).totals).to.match(/^13 modules, 65 lessons, /)
  })

  it('keeps the hours of the twelve modules at 132 academic hours', () => {
    const { curriculum } = checkCurriculum(path.join(import.meta.dirname, '../../curriculum'))
    const hours = curriculum.modules.filter(({ folder }) => folder !== 'RMC-TOT').map(({ card }) => card.hours!)
    expect(hours.reduce((sum, each) => sum + each, 0)).to.equal(132)
  })
})

function sourceTwice() {
  const one = (id: string) => `- id: ${id}
  title: {en: A law, ru: Закон}
  publisher: {en: United Nations, ru: ООН}
  date: 1951
  address: https://example.org/law
  checked: "2026-11-20"
`
  return one('law-1951') + one('law-1951')
}
