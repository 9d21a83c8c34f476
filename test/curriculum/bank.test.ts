import { expect } from 'chai'
import { checkCurriculum } from '../../models/curriculum/checking.ts'
import { example, removeExamples, writeExample } from './example.ts'

const BANK = 'RMC-01/bank.yaml'
const CARD = 'RMC-01/module.yaml'
const AFTER = example[BANK]!.split('\n').length - 1

/** A question whose type and fields begin on its fifth line. */
const item = (fields: string) => `- code: RMC-01-Q09
  outcome: RMC-01-LO1
  difficulty: easy
  prompt: {en: Ask., ru: Спросите.}
${fields}`
const why = 'feedback: {en: Because., ru: Потому.}'
const pair = (n: number | string) => `    - {left: {en: L${n}, ru: Л}, right: {en: R${n}, ru: П}, ${why}}\n`
const gap = (id: string) => `    - {id: ${id}, type: numeric, answer: 1, tolerance: 0, ${why}}\n`
const inside = (fields: string, id = 'a') =>
  `    - {id: ${id}, type: numeric, prompt: {en: A., ru: А.}, ${fields} ${why}}\n`

// Each mistake with its line in the question and its kind, and nothing else.
const CASES: [promise: string, fields: string, ...found: string[]][] = [
  ['a type nobody knows', `  type: riddle\n`, '5 shape'],
  ['a number without its tolerance', `  type: numeric\n  answer: 3\n  ${why}\n`, '1 missing'],
  ['a tolerance below nothing', `  type: numeric\n  answer: 3\n  tolerance: -1\n  ${why}\n`, '7 shape'],
  ['a number written as a text', `  type: numeric\n  answer: "3"\n  tolerance: 0\n  ${why}\n`, '6 shape'],
  [
    'a reason missing in one language',
    '  type: numeric\n  answer: 3\n  tolerance: 0\n  feedback: {en: Because.}\n',
    '8 missing-language',
  ],
  [
    'a unit missing in one language',
    `  type: numeric\n  answer: 3\n  tolerance: 0\n  unit: {en: km}\n  ${why}\n`,
    '8 missing-language',
  ],
  ['one pair alone', `  type: matching\n  pairs:\n${pair(1)}`, '6 pairs', '6 pairs'],
  ['the same row twice', `  type: matching\n  pairs:\n${pair(1)}${pair(2)}${pair(1)}`, '9 duplicate'],
  [
    'an extra text that fits a row',
    `  type: matching\n  pairs:\n${pair(1)}${pair(2)}  extra:\n    - {en: R2, ru: П}\n`,
    '10 duplicate',
  ],
  ['two steps', `  type: ordering\n  steps: [{en: A, ru: А}, {en: B, ru: Б}]\n  ${why}\n`, '6 steps'],
  [
    'the same step twice',
    `  type: ordering\n  steps:\n    - {en: A, ru: А}\n    - {en: B, ru: Б}\n    - {en: A, ru: В}\n  ${why}\n`,
    '9 duplicate',
  ],
  ['words accepted in one language only', `  type: short\n  accepted: {en: [x]}\n  ${why}\n`, '6 missing-language'],
  ['accepted words of signs alone', `  type: short\n  accepted: {en: ["…!"], ru: ["?"]}\n  ${why}\n`, '6 accepted'],
  [
    'a gap that the text does not have',
    `  type: cloze\n  text: {en: "A [[a]].", ru: "А [[a]]."}\n  gaps:\n${gap('a')}${gap('b')}`,
    '6 gaps',
  ],
  [
    'a gap of the text that nobody fills',
    `  type: cloze\n  text: {en: "A [[a]] [[c]].", ru: "А [[a]]."}\n  gaps:\n${gap('a')}`,
    '6 gaps',
  ],
  ['a gap twice in a text', `  type: cloze\n  text: {en: "[[a]] [[a]]", ru: "[[a]]"}\n  gaps:\n${gap('a')}`, '6 gaps'],
  [
    'a gap without a right choice',
    `  type: cloze\n  text: {en: "[[a]]", ru: "[[a]]"}\n  gaps:\n    - id: a\n      type: choice\n      ${why}\n` +
      '      choices: [{text: {en: A, ru: А}, right: false}, {text: {en: B, ru: Б}, right: false}]\n',
    '11 no-right-answer',
  ],
  [
    'a case with one question',
    `  type: scenario\n  text: {en: A., ru: А.}\n  questions:\n${inside('answer: 1, tolerance: 0,')}`,
    '7 questions',
  ],
  [
    'a mistake inside a case, and an id twice',
    `  type: scenario\n  text: {en: A., ru: А.}\n  questions:\n${inside('answer: 1,')}${inside('answer: 1, tolerance: 0,')}`,
    '8 missing',
    '9 duplicate',
  ],
  ['a scale of two', '  type: rating\n  scale: 2\n  low: {en: No, ru: Нет}\n  high: {en: Yes, ru: Да}\n', '6 shape'],
  ['an essay without guidance', '  type: essay\n', '1 missing'],
  ['a picture that is none', `  type: picture\n  options:\n${options('picture: camp.svg,')}`, '7 shape', '8 shape'],
  ['points beyond ten', `  type: numeric\n  answer: 3\n  tolerance: 0\n  points: 11\n  ${why}\n`, '8 shape'],
  [
    'a field of another type',
    `  type: numeric\n  answer: 3\n  tolerance: 0\n  steps: []\n  ${why}\n`,
    '8 unknown-field',
  ],
]

describe('The check of a bank', () => {
  after(removeExamples)

  for (const [promise, fields, ...found] of CASES)
    it(`tells file and line of ${promise}`, () => {
      const { problems } = checkCurriculum(writeExample({ [BANK]: example[BANK]! + item(fields) }))
      const told = problems.map(({ file, line, kind }) =>
        file === BANK ? `${line - AFTER} ${kind}` : `${file} ${kind}`,
      )
      expect(told, problems.map(({ message }) => message).join('\n')).to.deep.equal(found)
    })

  it('counts only what the platform grades as a test of an outcome', () => {
    const essay = item('  type: essay\n  guidance: {en: G., ru: Г.}\n')
    const second = example[BANK]!.slice(example[BANK]!.indexOf('- code: RMC-01-Q02'))
    const { problems } = checkCurriculum(writeExample({ [BANK]: essay + second }))
    expect(problems.map(({ kind }) => kind).toSorted()).to.deep.equal(['blueprint', 'untested'])
  })

  it('asks for enough essays where a test asks for them, and for their points, the same for each', () => {
    const essay = (points: string, code = 'RMC-01-E1') =>
      `\n${item(`  type: essay\n${points}  guidance: {en: G., ru: Г.}\n`)
        .trim()
        .replace(/code: \S+/, `code: ${code}`)}\n`
    const told = (essays: string) => {
      const card = example[CARD]!.replace('RMC-01-LO1: 1', 'RMC-01-LO1: {easy: 1, essay: 1}')
      const { problems } = checkCurriculum(writeExample({ [CARD]: card, [BANK]: example[BANK]! + essays }))
      return problems.map(({ file, line, kind }) => `${file}:${line} ${kind}`)
    }
    const at = `${CARD}:${example[CARD]!.split('\n').findIndex(line => line.includes('blueprint:')) + 1}`
    expect(told('')).to.deep.equal([`${at} blueprint`])
    expect(told(essay(''))).to.deep.equal([`${at} points`])
    expect(told(essay('  points: 5\n'))).to.deep.equal([])
    expect(told(essay('  points: 5\n') + essay('  points: 4\n', 'RMC-01-E2'))).to.deep.equal([`${at} points`])
  })
})

function options(more: string) {
  return ['a', 'b']
    .map(id => `    - {id: ${id}, ${more} text: {en: A, ru: А}, right: ${id === 'a'}, ${why}}\n`)
    .join('')
}
