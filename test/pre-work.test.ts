import { expect } from 'chai'
import { sql } from '../lib/db.ts'
import { returnWork } from '../models/marking.ts'
import { preWorkOf } from '../models/pre-work.ts'
import { release } from '../models/releasing.ts'
import { standAt } from './support/app.ts'
import { aMarkedTraining, aTrainerOf, aWork, type AssignmentTraits, judged } from './support/assignments.ts'
import { passedTest, readLessons } from './support/finishing.ts'
import { anEnrollment, type SomeTraining } from './support/trainings.ts'
import { lastMail } from './support/mails.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'
import { queriesOf } from './support/queries.ts'
import { type Page, signedIn } from './support/reader.ts'
import { taught } from './support/teaching.ts'

async function ready(traits: AssignmentTraits = {}) {
  standAt('2027-03-02T08:00:00Z')
  const { training } = await aMarkedTraining({ ...traits, course: { lessons: 3 } })
  return { training, trainer: await aTrainerOf(training), coordinator: await cast.coordinator() }
}

const pathOf = ({ code }: SomeTraining, rest = '') => `/en/teaching/${code}/room${rest}`

/** The cells of a person's line by the labels they have on a phone. */
const cells = ({ $ }: Page, name: string) =>
  Object.fromEntries(
    $(`tr:contains("${name}") td`)
      .toArray()
      .map(cell => [$(cell).attr('data-label'), $(cell).text().replace(/\s+/g, ' ').trim()]),
  )

/** Somebody who has a part in a session of the training. */
async function booked(training: SomeTraining, by: Someone, role: 'trainer' | 'moderator') {
  const person = await aPerson()
  const [from, to] =
    role === 'trainer' ? ['2027-03-03T11:00', '2027-03-03T12:30'] : ['2027-03-04T11:00', '2027-03-04T12:30']
  await taught(training, by, [{ role, personId: person.id }], [{ from: from!, to: to! }])
  return person
}

describe('who will be in the room: what they have done before', () => {
  it('lessons, the best test and the work of each stand there for trainers and the Center, and not for a moderator', async () => {
    const { training, trainer, coordinator } = await ready({ anonymous: false })
    const person = await aPerson({ name: 'Aibek Toktogulov' })
    const work = await aWork(training, { person })
    const place = { id: work.enrollmentId, training, person }
    await readLessons(place, 2)
    await passedTest(place, 43)
    await passedTest(place, 71.5)
    await anEnrollment(training, await aPerson({ name: 'Begaim Late' }))
    const booking = await booked(training, coordinator, 'trainer')
    for (const reader of [trainer, coordinator, booking]) {
      const page = await (await signedIn(reader)).open(pathOf(training))
      expect(cells(page, 'Aibek'), reader.name).to.include({ 'Lessons finished': '2 of 3', 'Best test': '71.5 %' })
      expect(cells(page, 'Aibek').Assignment).to.match(/^Handed in/)
      expect(cells(page, 'Begaim')).to.include({ 'Lessons finished': '0 of 3', 'Best test': '–' })
      expect(cells(page, 'Begaim').Assignment).to.match(/^Nothing yet/)
    }
    await judged(trainer, work, [3, 3, 3, 3])
    const marked = await (await signedIn(trainer)).open(pathOf(training))
    expect(cells(marked, 'Aibek').Assignment).to.match(/^Marked/)
    await release(await asActor(coordinator), training.id)
    expect(cells(await (await signedIn(trainer)).open(pathOf(training)), 'Aibek').Assignment).to.match(/^100 %/)

    const moderator = await booked(training, coordinator, 'moderator')
    expect([...(await preWorkOf(await asActor(moderator), [work.enrollmentId]))]).to.deep.equal([])
    const seen = await (await signedIn(moderator)).open(pathOf(training))
    expect(seen.text)
      .to.contain('Aibek Toktogulov')
      .and.not.contain('Lessons finished')
      .and.not.match(/71\.5|100 %/)
  })

  it('where whose work it is stays hidden, a mark or a return changes no byte before release', async () => {
    const { training, trainer, coordinator } = await ready({ anonymous: true })
    const works = [await aWork(training), await aWork(training)]
    const reader = await signedIn(trainer)
    const before = await roomWithoutTokens(reader, training)
    await judged(trainer, works[0]!, [3, 3, 2, 3])
    await returnWork(await asActor(trainer), works[1]!.id, { levels: {}, comment: 'Name your sources.' })
    expect(await roomWithoutTokens(reader, training)).to.equal(before)
    await release(await asActor(coordinator), training.id)
    expect(await roomWithoutTokens(reader, training)).to.contain('93.33 %')
  })

  it('takes no more statements for 200 people than for 5', async () => {
    const { training, trainer } = await ready()
    const reader = await signedIn(trainer)
    await learners(training, 5)
    await reader.open(pathOf(training))
    const few = await queriesOf(() => reader.open(pathOf(training)))
    await learners(training, 195)
    expect(await queriesOf(() => reader.open(pathOf(training)))).to.be.at.most(few)
    expect(few).to.be.at.most(10)
  })
})

const roomWithoutTokens = async (reader: Awaited<ReturnType<typeof signedIn>>, training: SomeTraining) => {
  const { $ } = await reader.open(pathOf(training))
  return $('main').html()!
}

const learners = (training: SomeTraining, count: number) =>
  sql(
    null,
    `with p as (insert into people (name_latin, sex, locale, zone, created_at)
       select 'Learner ' || n, 'woman', 'en', 'Asia/Baku', now() from generate_series(1, $2::int) n returning id)
     insert into enrollments (training_id, person_id, course_version_id, source, status, sex, created_at)
     select t.id, p.id, t.course_version_id, 'self', 'enrolled', 'woman', now() from p, trainings t where t.id = $1`,
    [training.id, count],
  )

describe('more time for one person', () => {
  it('the trainer in charge gives it from the room, with a reason; the learner is told by mail', async () => {
    const { training, trainer } = await ready()
    const person = await aPerson({ name: 'Aibek Toktogulov' })
    const { id } = await anEnrollment(training, person)
    const reader = await signedIn(trainer)
    await reader.open(pathOf(training))
    const link = reader.last!.$('tr:contains("Aibek") a[href$="/extension"]').attr('href')!
    expect(link).to.equal(pathOf(training, `/${id}/extension`))
    expect((await reader.open(link)).text)
      .to.contain('More time for Aibek Toktogulov')
      .and.contain('12 March 2027')
    const empty = await reader.submit('/extension', { day: '2027-03-20', time: '18:00', reason: '' })
    expect(empty.status).to.equal(422)
    expect([empty.$('#day').val(), empty.$('#time').val()]).to.deep.equal(['2027-03-20', '18:00'])
    const earlier = await reader.submit('/extension', { day: '2027-03-12', time: '23:59', reason: 'Ill for a week' })
    expect(earlier.status, 'no mail with a date they have already').to.equal(422)
    expect(earlier.text).to.contain('The person has that long already')
    expect(earlier.$('#reason').val()).to.equal('Ill for a week')
    expect(empty.$('.error-summary a').attr('href'), 'the summary leads to the field').to.equal('#reason')
    const done = await reader.follow(
      await reader.submit('/extension', { day: '20.03.2027', time: '18:00', reason: 'Ill for a week' }),
    )
    expect(done.text).to.contain('The person has more time and is mailed.')
    const mail = await lastMail(person.email, 'assignment-extended')
    expect(mail.text).to.contain('20 March 2027').and.contain('Ill for a week')
    const again = await reader.open(link)
    expect(again.text).to.contain('Until 20 March 2027, 18:00').and.contain('Ill for a week')
  })

  it('is not given by a trainer who is only booked, nor to somebody of another training', async () => {
    const { training, trainer, coordinator } = await ready()
    const { id } = await anEnrollment(training, await aPerson())
    const other = await aMarkedTraining({ training: { code: 'RMC-01-ELSEWHERE' } })
    const elsewhere = await anEnrollment(other.training, await aPerson())
    const booking = await signedIn(await booked(training, coordinator, 'trainer'))
    expect((await booking.get(pathOf(training, `/${id}/extension`))).status).to.equal(403)
    expect((await booking.open(pathOf(training))).$('a[href$="/extension"]').length).to.equal(0)
    const reader = await signedIn(trainer)
    for (const path of [`/${elsewhere.id}/extension`, '/999999/extension'])
      expect((await reader.get(pathOf(training, path))).status, path).to.equal(404)
    expect((await reader.post(pathOf(other.training, `/${elsewhere.id}/extension`), {})).status).to.equal(404)
  })
})
