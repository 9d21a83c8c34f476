import path from 'node:path'
import { expect } from 'chai'
import { checkCurriculum } from '../../models/curriculum/checking.ts'
import { loadCurriculum } from '../../models/curriculum/loading.ts'
import { glossaryTerms } from '../../models/glossary.ts'
import '../support/app.ts'
import { guest } from '../support/reader.ts'
import { edited, example, lesson, removeExamples, writeExample } from './example.ts'

type Changed = { [file: string]: string | null }

const GLOSSARY = 'glossary.yaml'
const SHIPPED = path.join(import.meta.dirname, '../../curriculum')
const second = example[GLOSSARY]!.replace('id: law', 'id: rule').replace(
  '{en: Law, ru: Закон}',
  '{en: Rule, ru: Норма}',
)
const linked = {
  'RMC-01/L1.en.md': lesson('en', 'The [law](term:law) holds.'),
  'RMC-01/L1.ru.md': lesson('ru', 'Действует [закон](term:law).'),
}

// Each mistake with the places and kinds that must be told, and nothing else.
const cases: [promise: string, changed: Changed, ...found: string[]][] = [
  ['a term without Russian', edited(GLOSSARY, ', ru: Закон', ''), `${GLOSSARY}:2 missing-language`],
  ['a meaning without English', edited(GLOSSARY, 'en: A rule., ', ''), `${GLOSSARY}:3 missing-language`],
  ['a term without a source', edited(GLOSSARY, '[law-1951]', '[]'), `${GLOSSARY}:4 shape`],
  ['a term with an unknown source', edited(GLOSSARY, 'law-1951', 'law-1999'), `${GLOSSARY}:4 unknown-source`],
  [
    'a term id used twice',
    { [GLOSSARY]: example[GLOSSARY] + second.replace('id: rule', 'id: law') },
    `${GLOSSARY}:5 duplicate`,
  ],
  [
    'an English term used twice',
    { [GLOSSARY]: example[GLOSSARY] + second.replace('Rule', 'law') },
    `${GLOSSARY}:6 duplicate`,
  ],
  [
    'a Russian term used twice',
    { [GLOSSARY]: example[GLOSSARY] + second.replace('Норма', 'закон') },
    `${GLOSSARY}:6 duplicate`,
  ],
  [
    'a lesson that links an unknown term',
    {
      'RMC-01/L1.en.md': lesson('en', 'The [law](term:lore) holds.'),
      'RMC-01/L1.ru.md': lesson('ru', 'Действует [закон](term:lore).'),
    },
    'RMC-01/L1.en.md:13 unknown-term',
    'RMC-01/L1.ru.md:13 unknown-term',
  ],
  [
    'a term that only the English lesson links',
    { ...linked, 'RMC-01/L1.ru.md': lesson('ru') },
    'RMC-01/L1.ru.md:8 translation',
  ],
  [
    'a term that only the Russian lesson links',
    { ...linked, 'RMC-01/L1.en.md': lesson('en') },
    'RMC-01/L1.ru.md:13 translation',
  ],
]

const load = (changed: Changed) => loadCurriculum(writeExample(changed), { publish: true, actor: null })

describe('The glossary of the curriculum', function () {
  this.timeout(20_000)
  after(removeExamples)

  for (const [promise, changed, ...found] of cases)
    it(`tells file and line of ${promise}`, () => {
      const told = checkCurriculum(writeExample(changed)).problems.map(
        ({ file, line, kind }) => `${file}:${line} ${kind}`,
      )
      expect([...new Set(told)].toSorted()).to.deep.equal(found.toSorted())
    })

  it('is brought up to date at once and keeps terms that left the files', async () => {
    expect((await load({ [GLOSSARY]: example[GLOSSARY] + second })).terms).to.equal(2)
    expect((await load({ [GLOSSARY]: example[GLOSSARY] + second })).terms).to.equal(0)
    expect((await load(edited(GLOSSARY, 'A rule.', 'A rule of all.'))).terms).to.equal(1)
    const terms = await glossaryTerms()
    expect(terms.map(({ id, meaning }) => `${id}: ${meaning.en}`).toSorted()).to.deep.equal([
      'law: A rule of all.',
      'rule: A rule.',
    ])
  })

  for (const [language, name, other, said] of [
    ['en', 'Law', 'Закон', 'A rule.'],
    ['ru', 'Закон', 'Law', 'Правило.'],
  ] as const)
    it(`has a page where each term has its place, its other name and its sources (${language})`, async () => {
      await load(linked)
      const page = await guest().get(`/${language}/glossary`)
      const term = page.$('dt#term-law')
      expect(term.text()).to.equal(name)
      expect(term.next().text()).to.equal(other)
      expect(term.next().attr('lang')).to.equal(language === 'en' ? 'ru' : 'en')
      expect(term.next().next().text()).to.equal(said)
      expect(page.$('dd a[href="https://example.org/law"]')).to.have.length(1)
      expect(page.text.includes('Перевод ещё не проверен') || page.text.includes('not yet reviewed')).to.equal(
        language === 'ru',
      )
    })

  it('orders terms by the alphabet of the page', async () => {
    await load({ [GLOSSARY]: example[GLOSSARY] + second.replace('Норма', 'Акт') })
    const order = async (language: string) => {
      const page = await guest().get(`/${language}/glossary`)
      return page
        .$('dt[id^="term-"]')
        .toArray()
        .map(element => page.$(element).text())
    }
    expect(await order('en')).to.deep.equal(['Law', 'Rule'])
    expect(await order('ru')).to.deep.equal(['Акт', 'Закон'])
  })

  it('ships forty terms, and every lesson of RMC-01 leads to some of them', async () => {
    const { curriculum } = checkCurriculum(SHIPPED)
    expect(curriculum.glossary.entries.length).to.be.at.least(40)
    for (const { file, body } of curriculum.modules[0]!.lessons) expect(body, file).to.include('](term:')
  })
})
