import { expect } from 'chai'
import { sql } from '../lib/db.ts'
import './support/app.ts'
import { aCourse } from './support/courses.ts'
import { finished } from './support/finishing.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { aPerson, cast } from './support/people.ts'
import { guest, signedIn } from './support/reader.ts'

describe('trainings of the staff', () => {
  it('the list says how many take part, wait, have asked and are ready', async () => {
    const training = await aTraining(await aCourse(), { seats: 5 })
    await finished(await anEnrollment(training, await aPerson()))
    await anEnrollment(training, await aPerson())
    await anEnrollment(training, await aPerson(), { status: 'waiting' })
    const reader = await signedIn(await cast.coordinator())
    const page = await reader.get('/en/manage/trainings')
    const cells = page
      .$('tbody td.number')
      .toArray()
      .map(element => page.$(element).text().match(/^\d+/)?.[0])
    expect(cells).to.deep.equal(['5', '2', '1', '0', '1'])
    expect((await reader.get('/ru/manage/trainings')).text).to.contain('К выдаче сертификата')
  })

  it('the people of a training are shown with how far they are, and each can see who saw them', async () => {
    const training = await aTraining(await aCourse())
    const learner = await cast.learner()
    await finished(await anEnrollment(training, learner))
    const coordinator = await cast.coordinator()
    const reader = await signedIn(coordinator)
    const page = await reader.get(`/en/manage/trainings/${training.code}/participants`)
    for (const words of ['Aigerim Sadykova', 'Republic of Kazakhstan', '2 of 2', '80 %', 'Ready to be issued'])
      expect(page.text).to.contain(words)
    const seen = await sql(null, 'select viewer_id as viewer, person_id as person, place from access_entries')
    expect(seen).to.deep.equal([{ viewer: coordinator.id, person: learner.id, place: 'enrollments' }])
    expect((await reader.get(`/en/manage/trainings/${training.code}/participants?status=waiting`)).text).to.contain(
      'Nobody',
    )
  })

  it('a long roster is read page by page', async () => {
    const training = await aTraining(await aCourse())
    for (let n = 0; n < 53; n++) await anEnrollment(training, await aPerson())
    const reader = await signedIn(await cast.coordinator())
    const first = await reader.get(`/en/manage/trainings/${training.code}/participants`)
    const second = await reader.get(first.$('.pagination a[rel=next]').attr('href')!)
    expect([first.$('tbody tr').length, second.$('tbody tr').length]).to.deep.equal([50, 3])
  })

  it('is there for the staff alone', async () => {
    const training = await aTraining(await aCourse())
    const others = [await cast.learner(), await cast.trainer(), await cast.focalPoint(), await cast.stranger()]
    const readers = await Promise.all(others.map(signedIn))
    for (const path of ['/en/manage/trainings', `/en/manage/trainings/${training.code}/participants`]) {
      expect((await guest().get(path)).location).to.contain('/en/sign-in')
      for (const reader of readers) expect((await reader.get(path)).status).to.equal(404)
    }
  })
})
