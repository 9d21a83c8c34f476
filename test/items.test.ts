import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { itemsOf } from '../models/attempt.ts'
import { rightAnswer } from '../models/items/kinds.ts'
import './support/app.ts'
import { aCourse } from './support/courses.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { EXAMPLES, fieldsOf } from './support/items.ts'
import { cast } from './support/people.ts'
import { signedIn } from './support/reader.ts'

/** A learner in the middle of a test that asks one question of each type, and one choice more. */
async function begun(lang: 'en' | 'ru') {
  const course = await aCourse({ items: 6, drawn: 6, perPage: 12 })
  const training = await aTraining(course)
  const person = await cast.learner()
  await anEnrollment(training, person)
  const reader = await signedIn(person)
  await reader.get(`/${lang}/trainings/${training.code}/test`)
  const { path } = await reader.follow(await reader.submit('/attempts'))
  const versions = await sql<{ id: string }>(null, 'select id from item_versions order by id')
  for (const [index, { type, content }] of EXAMPLES.entries())
    await sql(null, 'update item_versions set type = $2, content = $3 where id = $1', [
      ...[versions[index]!.id, type, JSON.stringify(content)],
    ])
  const { id } = (await one<{ id: string }>(null, 'select id from attempts'))!
  return { training, reader, path, page: await reader.get(path), items: await itemsOf(id) }
}

const typed = (item: Awaited<ReturnType<typeof itemsOf>>[number]) => item as never as (typeof EXAMPLES)[number]

describe('types of questions', () => {
  for (const lang of ['en', 'ru'] as const)
    it(`each is asked, answered, kept, graded and explained without JavaScript: ${lang}`, async () => {
      const { reader, page, items, training } = await begun(lang)
      expect(page.$('section.question')).to.have.length(12)
      expect(page.$('section.question fieldset legend').length).to.be.at.least(12)
      const answers = items.map(item => (item.type === 'rating' ? ['4'] : rightAnswer(item)))
      const fields = items.map((item, index) => fieldsOf(item.position, typed(item), answers[index]!))
      const check = await reader.follow(await reader.submit('/1/1', { ...Object.assign({}, ...fields), go: 'check' }))
      expect(check.$('.check-list .tag-due').length, 'every question is answered').to.equal(0)
      const again = await reader.get(page.path)
      for (const item of items.filter(({ type }) => type === 'numeric' || type === 'short'))
        expect(again.$(`#q${item.position}`).attr('value')).to.equal(rightAnswer(item)[0])
      const ordering = items.find(({ type }) => type === 'ordering')!
      const places = again.$(`#question-${ordering.position} option[selected]`).toArray()
      expect(places.map(option => again.$(option).attr('value')).toSorted()).to.deep.equal(['1', '2', '3', '4'])

      await reader.get(`/${lang}/trainings/${training.code}/attempts/1/check`)
      const result = await reader.follow(await reader.submit('/handing-in'))
      expect(result.text).to.match(/100 %/)
      const told = result.$('.feedback').text()
      for (const words of lang === 'en'
        ? ['Because why', 'Gap 2', 'Meaning 2']
        : ['Потому why', 'Пропуск 2', 'Значение 2'])
        expect(told).to.contain(words)
      const graded = await one(null, 'select points, max_points from attempts')
      expect(graded, 'the rating counts for nothing').to.deep.equal({ points: '11.000', max_points: '11.000' })
    })

  it('a wrong answer is told beside the right one, part by part', async () => {
    const { reader, items, training } = await begun('en')
    const at = (type: string) => items.find(item => item.type === type)!
    const fill = (type: string, value: string[]) => fieldsOf(at(type).position, typed(at(type)), value)
    const matching = rightAnswer(at('matching'))
    const swapped = [matching[0]!.slice(0, 9) + matching[1]!.slice(9), ...matching.slice(1)]
    const fields = { ...fill('numeric', ['13,1']), ...fill('short', ['женева']), ...fill('matching', swapped) }
    await reader.submit('/1/1', { ...fields, go: 'check' })
    await reader.get(`/en/trainings/${training.code}/attempts/1/check`)
    const result = await reader.follow(await reader.submit('/handing-in'))
    const told = (type: string) =>
      result
        .$(`.feedback:has(#feedback-${at(type).position})`)
        .text()
        .replace(/\s+/g, ' ')
    expect(told('numeric')).to.match(/13,1 wrong Right answer: 12\.5 ± 0\.5 km/)
    expect(told('short')).to.match(/женева right/)
    expect(told('matching')).to.match(/Term 1 Your answer: Meaning 2 wrong Right answer: Meaning 1/)
    expect(told('ordering')).to.contain('You gave no answer.')
    expect(await one(null, 'select points from attempts')).to.deep.equal({ points: '1.667' })
  })

  it('not a byte tells the key before handing in: no order, no pair, no accepted word, no reason', async () => {
    const { page, items } = await begun('en')
    const html = page.html.replace(/<svg.*?<\/svg>/gs, '')
    expect(html).to.not.match(/Because why|Geneva|Женева|1951|12\.5|"right|tolerance|accepted/)
    const ordering = items.find(({ type }) => type === 'ordering')!
    const ids = rightAnswer(ordering).map(entry => entry.split('=')[0])
    expect(ids, 'names of rows are in no order that means something').to.not.deep.equal(ids.toSorted())
  })

  it('what is too long for a field, or for no field at all, is refused alone', async () => {
    const { reader, path, items } = await begun('en')
    const at = (type: string) => items.find(item => item.type === type)!
    const answers = [
      { question: at('short').position, value: ['x'.repeat(201)] },
      { question: at('matching').position, value: ['nothere=1'] },
      { question: at('numeric').position, value: ['12'] },
      { question: at('ordering').position, value: rightAnswer(at('ordering')) },
    ].map((each, index) => ({ ...each, counter: index + 1, ms: 5 }))
    const answer = await reader.agent
      .post(path.replace(/\/1$/, '/answers'))
      .set('X-CSRF-Token', await reader.token())
      .send({ device: 'device-1', answers })
    expect(answer.body).to.deep.include({ saved: [3, 4], refused: [1, 2] })
  })
})
