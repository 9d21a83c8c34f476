import { expect } from 'chai'
import { sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { standAt } from './support/app.ts'
import { aCourse } from './support/courses.ts'
import { aCertificate, confirmedNames, finished, passedTest, readLessons, sentEvaluation } from './support/finishing.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { cast } from './support/people.ts'
import { guest, signedIn } from './support/reader.ts'

describe("learner's home", () => {
  it('an empty home says what will be here and offers the one act that starts it', async () => {
    const reader = await signedIn(await cast.learner())
    const page = await reader.get('/en/home')
    expect(page.text).to.contain('You are not enrolled in a training yet')
    expect(page.$('main .button-primary').attr('href')).to.equal('/en/courses')
    expect((await reader.get('/ru/home')).text).to.contain('Вы пока не записаны')
    expect((await guest().get('/en/home')).location).to.contain('/en/sign-in?next=%2Fen%2Fhome')
  })

  it('begins with the next step, lesson by lesson, test, evaluation, name, promise', async () => {
    standAt('2026-12-03T08:00:00Z')
    const training = await aTraining(await aCourse())
    const learner = await cast.learner()
    const enrollment = await anEnrollment(training, learner)
    const reader = await signedIn(learner)
    const base = `/en/trainings/${training.code}`
    const next = async () => {
      const page = await reader.get('/en/home')
      expect(page.$('main .button-primary')).to.have.length(1)
      return [page.$('.next h2').text(), page.$('.next .button-primary').attr('href'), page.text] as const
    }
    const begin = await next()
    expect(begin.slice(0, 2)).to.deep.equal(['Begin Course RMC-01', `${base}/lessons/RMC-01-L1`])
    expect(begin[2])
      .to.contain('Lesson 1 of 2')
      .and.to.contain('about 45 minutes')
      .and.to.contain('2 lessons to finish')
    await readLessons(enrollment, 1)
    expect((await next()).slice(0, 2)).to.deep.equal(['Continue Course RMC-01', `${base}/lessons/RMC-01-L2`])
    await readLessons(enrollment)
    expect((await next())[1]).to.equal(`${base}/test`)
    await passedTest(enrollment, 50)
    expect((await next())[2]).to.contain('your best so far: 50 %')
    await passedTest(enrollment, 90)
    expect((await next())[1]).to.equal(`${base}/evaluation`)
    await finished(enrollment, { percent: 90 })
    const names = await next()
    expect(names.slice(0, 2)).to.deep.equal([
      'Confirm your name for the certificate',
      `/en/enrollments/${enrollment.id}/names`,
    ])
    await confirmedNames(enrollment)
    const promise = await next()
    expect(promise[0]).to.contain('The Center prepares your certificate')
    expect(promise[2]).to.contain('The Center issues it by 10 December 2026')
    await aCertificate(enrollment)
    const page = await reader.get('/en/home')
    expect(page.text).to.contain('Certificate issued on 3 December 2026').and.to.contain('Nothing waits for you')
    expect(page.$('.next')).to.have.length(0)
  })

  it('an open test comes before everything, with its time in the zone of the reader', async () => {
    standAt('2026-12-03T08:00:00Z')
    const first = await aCourse()
    const learner = await cast.learner()
    const enrollment = await anEnrollment(await aTraining(first), learner)
    await finished(await anEnrollment(await aTraining(await aCourse({ code: 'RMC-02' })), learner))
    await sql(
      null,
      `insert into attempts (assessment_id, enrollment_id, number, seed, started_at, deadline_at, late_until)
       values ($1, $2, 1, 's', $3, $4, $5)`,
      [first.assessmentId, enrollment.id, now(), now().add({ minutes: 30 }), now().add({ minutes: 45 })],
    )
    const page = await (await signedIn(learner)).get('/en/home')
    expect(page.$('.next h2').text()).to.equal('Your test is open: Course RMC-01')
    expect(page.$('.next-when').text()).to.contain('13:30 (Almaty)')
    expect(page.text).to.contain('You have done everything for the certificate')
  })

  it('says so when all attempts are used and the mark is not reached', async () => {
    const learner = await cast.learner()
    const enrollment = await anEnrollment(await aTraining(await aCourse()), learner)
    await readLessons(enrollment)
    for (let n = 0; n < 3; n++) await passedTest(enrollment, 40 + n)
    await sentEvaluation(enrollment)
    const page = await (await signedIn(learner)).get('/ru/home')
    expect(page.text).to.contain('Все попытки использованы').and.to.contain('лучший результат пока — 42 %')
  })

  it('what one waits for is said, and resuming takes two clicks from any page', async () => {
    const learner = await cast.learner()
    const course = await aCourse()
    await anEnrollment(await aTraining(course, { seats: 1 }), learner, { status: 'waiting' })
    await anEnrollment(await aTraining(course), learner)
    const reader = await signedIn(learner)
    const page = await reader.get('/en/')
    const home = await reader.get(page.$('header a[href="/en/home"]').attr('href')!)
    expect(home.text).to.contain('You are on the waiting list')
    const lesson = await reader.get(home.$('.next .button-primary').attr('href')!)
    expect(lesson.$('h1').text()).to.equal('Lesson 1 of RMC-01')
  })
})
