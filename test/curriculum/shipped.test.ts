import path from 'node:path'
import { expect } from 'chai'
import type { Item } from '../../models/curriculum/bank.ts'
import { checkCurriculum } from '../../models/curriculum/checking.ts'
import { describeCurriculum } from '../../models/curriculum/describing.ts'
import { outcomesOf } from '../../models/curriculum/reading.ts'

type Option = { id: string; right: boolean; feedback: { en: string; ru: string } }
const optionsOf = (item: Item) => (item.options ?? []) as Option[]

const { curriculum } = checkCurriculum(path.join(import.meta.dirname, '../../curriculum'))
const [module] = curriculum.modules

describe('RMC-01 as it is shipped', () => {
  it('is written whole: every lesson has a text in both languages and five further resources', () => {
    const { lessons } = module!.card
    expect(lessons!.map(lesson => lesson?.file)).to.deep.equal(['L1', 'L2', 'L3', 'L4'])
    expect(module!.lessons).to.have.length(8)
    for (const { file, front } of module!.lessons) expect(front.further, file).to.have.length(5)
  })

  it('has in each lesson a case, a figure, an activity and a self-check', () => {
    for (const { file, body } of module!.lessons)
      for (const kind of ['case', 'figure', 'activity', 'check'])
        expect(body, file).to.match(new RegExp(`^::: ${kind} `, 'm'))
  })

  it('tests each outcome by at least four items, in three kinds of difficulty over all', () => {
    const items = module!.bank!.entries
    expect(items).to.have.length(46)
    for (const outcome of outcomesOf(module!)!)
      expect(items.filter(item => item?.outcome === outcome).length, outcome).to.be.at.least(4)
    expect(new Set(items.map(item => item?.difficulty))).to.deep.equal(new Set(['easy', 'medium', 'hard']))
  })

  it('asks in many ways: choices, pairs, an order, a number, a word, gaps, a case', () => {
    const types = new Set(module!.bank!.entries.map(item => item?.type))
    for (const type of [
      'single',
      'multiple',
      'true_false',
      'matching',
      'ordering',
      'numeric',
      'short',
      'cloze',
      'scenario',
    ])
      expect([...types]).to.include(type)
  })

  it('says why at every option, in both languages', () => {
    for (const item of module!.bank!.entries)
      for (const { id, feedback } of optionsOf(item!))
        for (const words of [feedback.en, feedback.ru])
          expect(words.length, `${item!.code} ${id}`).to.be.greaterThan(10)
  })

  it('does not give the right answer away by its place', () => {
    const singles = module!.bank!.entries.filter(item => item!.type === 'single')
    const places = singles.map(item => optionsOf(item!).findIndex(option => option.right))
    for (const place of [0, 1, 2, 3])
      expect(places.filter(each => each === place).length, `right answers at place ${place + 1}`).to.be.at.least(3)
  })

  it('says why in every question of any type, in both languages', () => {
    for (const item of module!.bank!.entries) {
      const reasons = JSON.stringify(item).match(/"feedback":\{"en":"[^"]+.*?","ru":"[^"]+.*?"\}/g) ?? []
      const asked = JSON.stringify(item).match(/"feedback":/g) ?? []
      expect(reasons.length, item!.code).to.be.at.least(1).and.to.equal(asked.length)
    }
  })

  it('draws its figures from rows with sources: each diagram is shown by a lesson, in both languages', () => {
    const shown = (language: string) =>
      module!.lessons
        .filter(lesson => lesson.language === language)
        .flatMap(({ body }) => [...body.matchAll(/^!\[\]\(diagram:(.+)\)$/gm)].map(([, code]) => code))
        .toSorted()
    const codes = module!.diagrams!.entries.map(diagram => diagram!.code).toSorted()
    expect(codes).to.have.length(5)
    expect(shown('en')).to.deep.equal(codes)
    expect(shown('ru')).to.deep.equal(codes)
  })

  it('is reported with words and sources of each lesson and language, and items of each outcome', () => {
    const { lines } = describeCurriculum(curriculum)
    const own = lines.filter(line => line.startsWith('  RMC-01'))
    expect(own.filter(line => /L[1-4]\.(en|ru)\.md: \d+ words, \d+ sources$/.test(line))).to.have.length(8)
    for (const line of own.filter(line => line.includes('.md'))) {
      const [words, sources] = [...line.matchAll(/ (\d+) /g)].map(([, count]) => Number(count)) as [number, number]
      expect(words, line).to.be.within(700, 1200)
      expect(sources, line).to.be.at.least(10)
    }
    for (const line of own.filter(line => line.includes('-LO'))) expect(line).to.match(/: (8|9|10) items$/)
  })
})
