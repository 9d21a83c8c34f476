import { expect } from 'chai'
import { loadTexts } from '../../lib/i18n.ts'
import { checkCurriculum } from '../../models/curriculum/checking.ts'
import { inWords } from '../../models/curriculum/problem.ts'
import { edited, lesson, removeExamples, writeExample } from './example.ts'

const texts = loadTexts(new URL('../../locales', import.meta.url).pathname)
const found = (changed: { [file: string]: string | null }) => checkCurriculum(writeExample(changed)).problems

describe('What the check finds, in words', () => {
  after(removeExamples)

  it('is a code with its values: English words for the command, those of the page for people', () => {
    const [problem] = found(edited('RMC-01/module.yaml', 'aim: {en: To begin., ru: Начать.}', 'aim: {en: To begin.}'))
    expect([problem!.code, problem!.message]).to.deep.equal(['missing-language', 'aim has no Russian text'])
    expect(inWords(texts.translator('ru'), problem!)).to.equal('aim: нет текста (русский)')
  })

  it('counts entries as a reader of the file does, in each language', () => {
    const [problem] = found(edited('RMC-01/module.yaml', 'level: apply', 'level: know'))
    expect(problem!.message).to.match(/^outcomes, entry 2, level "know" is not one of: remember/)
    expect(inWords(texts.translator('ru'), problem!)).to.match(/^outcomes, запись 2, level "know": нужно одно из/)
  })

  it('says what is wrong in a question by its kind', () => {
    const bank = edited(
      'RMC-01/bank.yaml',
      'right: true, feedback: {en: "Yes.", ru: Да.}}\n    - {id: b',
      'right: false, feedback: {en: "Yes.", ru: Да.}}\n    - {id: b',
    )
    const [problem] = found(bank)
    expect(problem!.kind).to.equal('no-right-answer')
    expect(inWords(texts.translator('ru'), problem!)).to.match(/[а-я]/)
  })

  it('has words in both languages for all that can be found in a lesson', () => {
    const problems = found({
      'RMC-01/L1.en.md': lesson('en', '# One\n\n::: box\n\n<b>x</b> ![](a.gif) [](b.pdf) [@no]'),
    })
    for (const language of ['en', 'ru'])
      for (const problem of problems)
        expect(inWords(texts.translator(language), problem), problem.code).to.not.match(/findings|\{\{/)
  })
})
