import { expect } from 'chai'
import { standAt } from './support/app.ts'
import { aCourse } from './support/courses.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { aPerson, cast } from './support/people.ts'
import { guest, signedIn } from './support/reader.ts'
import { queriesOf } from './support/queries.ts'

const codesOf = (page: Awaited<ReturnType<ReturnType<typeof guest>['get']>>) =>
  page
    .$('.entries .code')
    .toArray()
    .map(element => page.$(element).text())

describe('trainings', () => {
  it('the list sorts trainings into open, coming and past, and leaves out drafts and unlisted ones', async () => {
    standAt('2026-12-01T08:00:00Z')
    const course = await aCourse()
    await aTraining(course, { code: 'SELF' })
    await aTraining(course, { code: 'SOON', format: 'on_site', startsOn: '2026-12-20', endsOn: '2026-12-21' })
    await aTraining(course, {
      code: 'LATE',
      format: 'blended',
      startsOn: '2026-12-20',
      enrollUntil: '2026-11-20T08:00:00Z',
    })
    await aTraining(course, {
      code: 'RUNS',
      format: 'blended',
      startsOn: '2026-11-20',
      endsOn: '2026-12-20',
      status: 'running',
    })
    await aTraining(course, { code: 'OVER', format: 'on_site', startsOn: '2026-11-01', endsOn: '2026-11-02' })
    await aTraining(course, { code: 'GONE', format: 'on_site', startsOn: '2027-01-01', status: 'canceled' })
    await aTraining(course, { code: 'DRAFT', status: 'draft' })
    await aTraining(course, { code: 'QUIET', visibility: 'unlisted' })
    const reader = guest()
    expect(codesOf(await reader.get('/en/trainings'))).to.deep.equal(['SELF', 'SOON'])
    expect(codesOf(await reader.get('/en/trainings?when=coming'))).to.deep.equal(['RUNS', 'SOON', 'LATE'])
    expect(codesOf(await reader.get('/en/trainings?when=past'))).to.deep.equal(['GONE', 'OVER'])
    expect(codesOf(await reader.get('/ru/trainings?when=coming&format=blended'))).to.deep.equal(['RUNS', 'LATE'])
    expect((await reader.get('/en/trainings?course=RMC-99')).text).to.contain('No training fits')
    expect((await reader.get('/en/trainings/QUIET')).status).to.equal(200)
    expect((await reader.get('/en/trainings/DRAFT')).status).to.equal(404)
    expect((await (await signedIn(await cast.coordinator())).get('/en/trainings/DRAFT')).status).to.equal(200)
    expect((await reader.get('/en/trainings/self')).location).to.equal('/en/trainings/SELF')
  })

  it('long lists are read page by page, none twice, none left out', async () => {
    const course = await aCourse()
    for (let n = 0; n < 23; n++)
      await aTraining(course, n % 2 ? { format: 'live_online', startsOn: `2031-01-${10 + Math.floor(n / 4)}` } : {})
    const reader = guest()
    const first = await reader.get('/en/trainings')
    const second = await reader.get(first.$('.pagination a[rel=next]').attr('href')!)
    const all = [...codesOf(first), ...codesOf(second)]
    expect([codesOf(first).length, new Set(all).size]).to.deep.equal([20, 23])
    expect((await reader.get('/en/trainings?after=2026-99-99.1')).status).to.equal(200)
  })

  it('the card says dates, places left and the deadline in both zones', async () => {
    standAt('2026-12-01T08:00:00Z')
    const training = await aTraining(await aCourse(), {
      format: 'on_site',
      startsOn: '2026-12-20',
      endsOn: '2026-12-22',
      enrollUntil: '2026-12-15T14:00:00Z',
      seats: 12,
      hostState: 'AZ',
      place: { en: 'Baku, Center', ru: 'Баку, Центр' },
    })
    await anEnrollment(training, await aPerson())
    const page = await (await signedIn(await cast.learner())).get(`/en/trainings/${training.code}`)
    for (const words of [
      'Sunday 20 December 2026',
      '11 places left of 12',
      '15 December 2026 at 19:00 (Almaty)',
      '15 December 2026 at 18:00 (Baku)',
      'Baku, Center, Republic of Azerbaijan',
    ])
      expect(page.text.replaceAll(',', '').replaceAll('  ', ' '), words).to.contain(words.replaceAll(',', ''))
  })

  it('pages of a signed-in learner take at most eight statements, however many people there are', async () => {
    const course = await aCourse({ lessons: 3 })
    const training = await aTraining(course, { seats: 100 })
    const learner = await cast.learner()
    await anEnrollment(training, learner)
    const reader = await signedIn(learner)
    const paths = [
      '/en/',
      '/en/courses',
      '/en/courses/RMC-01',
      '/en/trainings',
      `/en/trainings/${training.code}`,
      `/en/trainings/${training.code}/lessons/RMC-01-L1`,
      '/en/home',
    ]
    const count = async () => {
      const counts: Record<string, number> = {}
      for (const path of paths) counts[path] = await queriesOf(() => reader.get(path))
      return counts
    }
    await count()
    const few = await count()
    for (const [path, n] of Object.entries(few)) expect(n, path).to.be.at.most(8)
    for (let n = 0; n < 30; n++) await anEnrollment(training, await aPerson())
    for (let n = 0; n < 8; n++) await anEnrollment(await aTraining(course), learner)
    expect(await count()).to.deep.equal(few)
  })
})
