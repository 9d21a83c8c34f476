import { expect } from 'chai'
import { one, sql } from '../../lib/db.ts'
import { checkCurriculum } from '../../models/curriculum/checking.ts'
import { loadCurriculum } from '../../models/curriculum/loading.ts'
import '../support/app.ts'
import { type Files, removeExamples, writeExample } from './example.ts'

const FILE = 'RMC-01/assignment.yaml'
const card = `title: {en: A text, ru: Текст}
formats: [blended]
certificate: true
pass_percent: 70
rounds: 2
due_days: 7
round_days: 7
markers: 1
anonymous: true
rubric:
  - id: terms
    weight: 60
    title: {en: Terms, ru: Термины}
    levels:
      - {points: 0, text: {en: None, ru: Нет}}
      - {points: 1, text: {en: Some, ru: Есть}}
  - id: words
    weight: 40
    title: {en: Words, ru: Слова}
    levels:
      - {points: 0, text: {en: None, ru: Нет}}
      - {points: 1, text: {en: Some, ru: Есть}}
`
const brief = (language: string, words = 160) =>
  `---\nlanguage: ${language}\n---\n\n${Array.from({ length: words }, () => (language === 'en' ? 'word' : 'слово')).join(' ')}\n`
const whole: Files = { [FILE]: card, 'RMC-01/assignment.en.md': brief('en'), 'RMC-01/assignment.ru.md': brief('ru') }

const found = (changed: { [file: string]: string | null }) => {
  const { problems } = checkCurriculum(writeExample({ ...whole, ...changed }))
  return problems.map(({ file, line, kind }) => `${file}:${line} ${kind}`)
}
const edited = (from: string, to: string) => {
  expect(card).to.contain(from)
  return { [FILE]: card.replace(from, to) }
}

describe('The assignment of a module', () => {
  after(removeExamples)

  it('passes the check when it is whole', () => expect(found({})).to.deep.equal([]))

  const cases: [string, { [file: string]: string | null }, ...string[]][] = [
    ['weights that do not add up', edited('weight: 40', 'weight: 30'), `${FILE}:10 weights`],
    ['levels that do not rise', edited('points: 1,', 'points: 0,'), `${FILE}:16 levels`],
    ['a criterion twice', edited('id: words', 'id: terms'), `${FILE}:17 duplicate`],
    ['a format nobody knows', edited('[blended]', '[self_paced]'), `${FILE}:2 shape`],
    ['three markers', edited('markers: 1', 'markers: 3'), `${FILE}:8 shape`],
    ['a level without Russian', edited('en: Some, ru: Есть', 'en: Some'), `${FILE}:16 missing-language`],
    ['no Russian brief', { 'RMC-01/assignment.ru.md': null }, `${FILE}:1 missing-file`],
    ['a brief without rules', { [FILE]: null }, `${FILE}:1 missing-file`],
    ['a brief that is too short', { 'RMC-01/assignment.en.md': brief('en', 20) }, 'RMC-01/assignment.en.md:4 length'],
  ]
  for (const [promise, changed, ...places] of cases)
    it(`${promise} is told with its place`, () => expect(found(changed)).to.deep.equal(places))

  it('is loaded with its rubric and brief; the certificate asks for it; a published rubric never changes', async () => {
    await loadCurriculum(writeExample(whole), { publish: true, actor: null })
    const row = await one<{ rules: { assignment?: true }; formats: string[]; id: string; texts: number }>(
      null,
      `select v.rules, a.formats, a.rubric_version_id as id, (select count(*)::int from texts t where t.owner_kind = 'assessment'
         and t.owner_id = a.id) as texts from assessments a join course_versions v on v.id = a.course_version_id
       where a.kind = 'assignment'`,
    )
    expect(row).to.deep.include({ formats: ['blended'], texts: 2 })
    expect(row!.rules.assignment).to.equal(true)
    const change = await sql(null, `update rubric_versions set criteria = '[]' where id = ${row!.id}`).then(
      () => 'changed',
      () => 'kept',
    )
    expect(change).to.equal('kept')
    const again = await loadCurriculum(writeExample(whole), { publish: true, actor: null })
    expect(again.deeds.every(({ deed }) => deed === 'unchanged')).to.equal(true)
    const other = await loadCurriculum(writeExample({ ...whole, ...edited('rounds: 2', 'rounds: 3') }), {
      ...{ publish: true, actor: null },
    })
    expect(other.deeds.find(({ code }) => code === 'RMC-01')).to.include({ deed: 'published', version: '2.0' })
  })
})
