import { expect } from 'chai'
import { load } from 'cheerio'
import { linesOf, WIDTH } from '../../lib/drawing-text.ts'
import type { Diagram } from '../../models/curriculum/diagram.ts'
import { translator } from '../../models/curriculum/own-words.ts'
import { rendered } from '../../models/curriculum/rendering.ts'

const words = (en: string, ru: string) => ({ en, ru })
const common = { title: words('A <title>', 'Заголовок'), alternative: words('What "it" shows', 'Что видно') }
const bars: Diagram = {
  ...{ ...common, code: 'bars', kind: 'bars', unit: words('Million people', 'Миллионов человек') },
  rows: [
    { label: words('All', 'Все'), value: 10, as_of: words('2024', '2024 год'), sources: ['b'] },
    { label: words('Some', 'Часть'), value: 2.5, as_of: words('2020', '2020 год'), sources: ['a', 'b'] },
    { label: words('None', 'Никто'), value: 0, as_of: words('2020', '2020 год'), sources: ['a'] },
  ],
}
const timeline: Diagram = {
  ...{ ...common, code: 'years', kind: 'timeline' },
  rows: ['2011', '2012-09', '2012-10-05', '2021-10'].map(date => ({
    ...{ date, label: words('A meeting '.repeat(6).trim(), 'Совещание '.repeat(6).trim()), sources: ['a'] },
  })),
}
const comparison: Diagram = {
  ...{ ...common, code: 'two', kind: 'comparison', columns: [words('One', 'Один'), words('Other', 'Другой')] },
  rows: [
    {
      ...{ label: words('Where?', 'Где?'), cells: [words('Here', 'Здесь'), words('There', 'Там')], sources: ['a'] },
    },
  ],
}
const home = { code: 'RMC-01', diagrams: [bars, timeline, comparison], files: [] }

const page = (code: string, language: 'en' | 'ru' = 'en') =>
  load(rendered(home, `Text [@first].\n\n![](diagram:${code})`, translator(language), language).html)

describe('A diagram of a lesson', () => {
  it('has bars from zero, as long as their values', () => {
    const $ = page('bars')
    const lengths = $('rect.bar')
      .toArray()
      .map(bar => Number($(bar).attr('width')))
    expect(lengths[0]).to.be.greaterThan(200)
    expect(lengths[1]).to.be.closeTo(lengths[0]! / 4, 0.02)
    expect(lengths[2]).to.equal(0)
  })

  it('says in words what it shows, and the same as a table, in the language of the text', () => {
    const $ = page('bars', 'ru')
    expect($('figure.diagram > svg[role=img]').attr('aria-label')).to.equal('Что видно')
    expect(
      $('thead th')
        .toArray()
        .map(cell => $(cell).text()),
    ).to.deep.equal(['Что посчитано', 'Миллионов человек', 'По состоянию на'])
    expect(
      $('tbody tr')
        .eq(1)
        .children()
        .toArray()
        .map(cell => $(cell).text()),
    ).to.deep.equal(['Часть [3] [2]', '2,5', '2020 год'])
    expect($('svg').text()).to.include('Часть, 2020 год').and.to.include('2,5')
  })

  it('cites the sources of its rows among those of the text', () => {
    expect(rendered(home, 'Text [@first].\n\n![](diagram:bars)', translator('en'), 'en').sourceIds).to.deep.equal([
      'first',
      'b',
      'a',
    ])
    expect(
      page('bars')('.diagram-sources a')
        .toArray()
        .map(link => link.attribs.href),
    ).to.deep.equal(['#source-2', '#source-3'])
  })

  it('carries no style, no script and no color of its own, and prints signs as they stand', () => {
    for (const { code } of home.diagrams) {
      const $ = page(code)
      expect($('[style], [fill], [stroke], script, style').length, code).to.equal(0)
      expect($('figcaption strong').text()).to.equal('A <title>')
    }
  })

  it('sets moments at their true distances and lets no words of one run into those of the next', () => {
    const $ = page('years')
    const dots = $('circle')
      .toArray()
      .map(dot => Number($(dot).attr('cy')))
    expect((dots[3]! - dots[1]!) / (dots[2]! - dots[1]!)).to.be.greaterThan(50)
    const feet = $('text:not(.soft) tspan')
      .toArray()
      .map(line => Number($(line).attr('y')))
    for (const [index, foot] of feet.slice(1).entries()) expect(foot - feet[index]!).to.be.at.least(16)
    expect($('tbody th').eq(2).text()).to.equal('5 October 2012 [2]')
    expect(Number($('svg').attr('viewBox')!.split(' ')[3])).to.be.greaterThan(feet.at(-1)!)
  })

  it('compares step by step', () => {
    const $ = page('two')
    expect($('rect.cell').length).to.equal(2)
    expect($('tbody').text().trim()).to.equal('Where? [2]HereThere')
  })

  it('breaks words into lines that fit', () => {
    const lines = linesOf('Технические эксперты завершают региональное руководство', WIDTH / 2)
    expect(lines.join(' ')).to.equal('Технические эксперты завершают региональное руководство')
    for (const line of lines) expect(line.length).to.be.at.most(19)
  })

  it('that nobody knows leaves nothing behind', () => {
    expect(page('other')('figure, img').length).to.equal(0)
  })
})
