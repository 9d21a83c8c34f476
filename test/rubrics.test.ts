import { expect } from 'chai'
import {
  apart,
  type Chosen,
  type Criterion,
  fittingLevels,
  judge,
  type Mark,
  type Part,
  scoreOf,
  withoutLevel,
} from '../models/rubric.ts'

const words = (text: string) => ({ en: text, ru: text })
const criterion = (id: string, weight: number, points = [0, 1, 2, 3]): Criterion => ({
  ...{ id, weight, title: words(id) },
  levels: points.map(each => ({ points: each, text: words(`${each}`) })),
})
const RUBRIC = [criterion('terms', 40), criterion('figures', 30), criterion('advice', 20), criterion('language', 10)]
const chosen = (...places: number[]): Chosen => Object.fromEntries(RUBRIC.map(({ id }, n) => [id, places[n]!]))
const mark = (part: Part, levels: Chosen, final = true): Mark => ({ part, levels, comment: '', final })

describe('rubrics', () => {
  it('weighs criteria by the share their level has of the highest', () => {
    expect(scoreOf(RUBRIC, chosen(3, 3, 3, 3)).percent).to.equal(100)
    expect(scoreOf(RUBRIC, chosen(0, 0, 0, 0)).percent).to.equal(0)
    expect(scoreOf(RUBRIC, chosen(3, 2, 1, 0))).to.deep.include({ points: 66.667, maxPoints: 100, percent: 66.67 })
    expect(scoreOf([criterion('one', 100, [0, 2, 10])], { one: 1 }).percent).to.equal(20)
  })

  it('one assessor: the first mark counts, when it is final', () => {
    expect(judge(RUBRIC, 1, [])).to.deep.equal({ state: 'open', missing: ['first'] })
    expect(judge(RUBRIC, 1, [mark('first', chosen(3, 3, 3, 3), false)]).state).to.equal('open')
    expect(judge(RUBRIC, 1, [mark('first', chosen(3, 3, 3, 3))])).to.deep.include({ state: 'ready', by: ['first'] })
  })

  it('two assessors within one level on every criterion: their mean', () => {
    const judged = judge(RUBRIC, 2, [mark('first', chosen(3, 2, 2, 1)), mark('second', chosen(2, 3, 2, 1))])
    if (judged.state !== 'ready') throw new Error(judged.state)
    // 40 % at 2.5 of 3, 30 % at 2.5, 20 % at 2, 10 % at 1
    expect(judged.score.percent).to.equal(75)
    expect(judged.score.levels[0]).to.deep.equal({ criterion: 'terms', level: 2.5, points: 33.333 })
    expect(judge(RUBRIC, 2, [mark('first', chosen(3, 2, 2, 1))])).to.deep.equal({ state: 'open', missing: ['second'] })
  })

  it('further apart on any criterion: an agreed score, which then counts alone', () => {
    const two = [mark('first', chosen(3, 3, 3, 3)), mark('second', chosen(1, 3, 3, 2))]
    expect(judge(RUBRIC, 2, two)).to.deep.equal({ state: 'apart', criteria: ['terms'] })
    expect(judge(RUBRIC, 2, [...two, mark('agreed', chosen(2, 3, 3, 3), false)]).state).to.equal('apart')
    const judged = judge(RUBRIC, 2, [...two, mark('agreed', chosen(2, 3, 3, 3))])
    if (judged.state !== 'ready') throw new Error(judged.state)
    expect(judged).to.deep.include({ by: ['agreed'] })
    expect(judged.score.percent).to.equal(86.67)
    expect(apart(RUBRIC, chosen(3, 0, 0, 0), chosen(2, 0, 0, 2))).to.deep.equal(['language'])
  })

  it('levels that no rubric has are dropped, and what is open is named', () => {
    const fitting = fittingLevels(RUBRIC, { terms: 3, figures: 4, advice: '1', language: -1, other: 1 })
    expect(fitting).to.deep.equal({ terms: 3 })
    expect(withoutLevel(RUBRIC, fitting)).to.deep.equal(['figures', 'advice', 'language'])
    expect(() => scoreOf(RUBRIC, fitting)).to.throw('figures')
  })
})
