import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { aCourse } from './support/courses.ts'
import { passedTest, readLessons, sentEvaluation } from './support/finishing.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { aPerson, cast } from './support/people.ts'
import { guest, signedIn } from './support/reader.ts'
import './support/app.ts'

const finishedCount = async () => (await one<{ n: number }>(null, 'select count(*)::int as n from progress'))!.n

describe('lessons', () => {
  it('a lesson is a page with its place, the text of the language, its sources and their dates', async () => {
    const training = await aTraining(await aCourse())
    const learner = await cast.learner()
    await anEnrollment(training, learner)
    const reader = await signedIn(learner)
    const page = await reader.get(`/en/trainings/${training.code}/lessons/RMC-01-L1`)
    expect(page.$('h1').text()).to.equal('Lesson 1 of RMC-01')
    for (const words of [
      'Lesson 1 of 2',
      'about 45 minutes',
      'What RMC-01-L1 teaches',
      '28 July 1951',
      'Checked on 20 November 2026',
    ])
      expect(page.text).to.contain(words)
    expect(page.$('article.lesson').attr('lang')).to.equal('en')
    expect(page.$(page.$('.citation').attr('href')!).text()).to.contain('Convention relating to the Status of Refugees')
    expect(page.text).to.not.contain('not yet reviewed')
    const russian = await reader.get(`/ru/trainings/${training.code}/lessons/RMC-01-L1`)
    for (const words of ['Чему учит RMC-01-L1', 'Конвенция о статусе беженцев', 'Перевод', '28 июля 1951'])
      expect(russian.text).to.contain(words)
    expect(russian.$('article.lesson').attr('lang')).to.equal('ru')
  })

  it('shows what was rendered for its version and renders nothing itself', async () => {
    const training = await aTraining(await aCourse())
    const learner = await cast.learner()
    await anEnrollment(training, learner)
    const reader = await signedIn(learner)
    const pages = [`/en/trainings/${training.code}/lessons/RMC-01-L1`, `/en/trainings/${training.code}/reading`]
    await sql(
      null,
      `update texts set body = 'Another text', html = replace(html, 'teaches', 'has once been rendered to')`,
    )
    for (const path of pages) {
      const { text } = await reader.get(path)
      expect(text, path).to.contain('What RMC-01-L1 has once been rendered to').and.not.to.contain('Another text')
    }
  })

  it('a lesson without a text in the language is read in English, and says so', async () => {
    const training = await aTraining(await aCourse({ languages: ['en'] }))
    const learner = await cast.learner()
    await anEnrollment(training, learner)
    const page = await (await signedIn(learner)).get(`/ru/trainings/${training.code}/lessons/RMC-01-L1`)
    expect(page.$('article.lesson').attr('lang')).to.equal('en')
    expect(page.text).to.contain('Этот урок ещё не переведён')
  })

  it('finishing leads to the next lesson, then the test, the evaluation, and home; twice changes nothing', async () => {
    const training = await aTraining(await aCourse())
    const learner = await cast.learner()
    const enrollment = await anEnrollment(training, learner)
    const reader = await signedIn(learner)
    const base = `/en/trainings/${training.code}`
    await reader.get(`${base}/lessons/RMC-01-L1`)
    const first = await reader.submit('/lessons/RMC-01-L1/progress')
    expect([first.status, first.location]).to.deep.equal([303, `${base}/lessons/RMC-01-L2?done=lesson-finished`])
    const again = await reader.post(`${base}/lessons/RMC-01-L1/progress`)
    expect(again.location).to.equal(first.location)
    expect(await finishedCount()).to.equal(1)
    const next = await reader.follow(first)
    expect(next.text).to.contain('Lesson finished. It is saved.')
    expect((await reader.submit('/progress')).location).to.equal(`${base}/test?done=lessons-finished`)
    await passedTest(enrollment)
    expect((await reader.post(`${base}/lessons/RMC-01-L2/progress`)).location).to.contain(`${base}/evaluation`)
    await sentEvaluation(enrollment)
    expect((await reader.post(`${base}/lessons/RMC-01-L2/progress`)).location).to.contain('/en/home')
  })

  it('the last thing finished starts the promise of the certificate, once', async () => {
    const training = await aTraining(await aCourse({ lessons: 1 }))
    const learner = await cast.learner()
    const enrollment = await anEnrollment(training, learner)
    await passedTest(enrollment)
    await sentEvaluation(enrollment)
    const reader = await signedIn(learner)
    for (let n = 0; n < 3; n++) await reader.post(`/en/trainings/${training.code}/lessons/RMC-01-L1/progress`)
    expect((await sql(null, 'select kind from mails')).map(row => row.kind)).to.deep.equal(['certificate-ready'])
    expect((await one(null, 'select eligible_at is not null as there from enrollments'))!.there).to.equal(true)
  })

  it('a lesson skipped is offered again after the last one', async () => {
    const training = await aTraining(await aCourse({ lessons: 3 }))
    const learner = await cast.learner()
    await anEnrollment(training, learner)
    const reader = await signedIn(learner)
    const base = `/en/trainings/${training.code}/lessons`
    await reader.post(`${base}/RMC-01-L2/progress`)
    expect((await reader.post(`${base}/RMC-01-L3/progress`)).location).to.contain('RMC-01-L1')
  })

  it('those who are not enrolled are shown the training and the reason; lessons of others are not there', async () => {
    const course = await aCourse()
    const training = await aTraining(course)
    const base = `/en/trainings/${training.code}`
    expect((await guest().get(`${base}/lessons/RMC-01-L1`)).location).to.contain('/en/sign-in?next=')
    const stranger = await signedIn(await cast.stranger())
    for (const path of [`${base}/lessons/RMC-01-L1`, `${base}/lessons/NO-SUCH`, `${base}/reading`]) {
      const page = await stranger.get(path)
      expect(page.status, path).to.equal(403)
      expect(page.text)
        .to.contain('Enroll in this training to read its lessons')
        .and.to.not.contain('What RMC-01-L1 teaches')
    }
    expect((await stranger.post(`${base}/lessons/RMC-01-L1/progress`)).status).to.equal(403)
    const waiting = await aPerson()
    await anEnrollment(training, waiting, { status: 'waiting' })
    expect((await (await signedIn(waiting)).get(`${base}/lessons/RMC-01-L1`)).text).to.contain(
      'You are on the waiting list now',
    )
    const learner = await cast.learner()
    await anEnrollment(training, learner)
    expect((await (await signedIn(learner)).get(`${base}/lessons/NO-SUCH`)).status).to.equal(404)
    expect(await finishedCount()).to.equal(0)
  })

  it('staff and trainers read without a button, and their reading is not counted', async () => {
    const training = await aTraining(await aCourse())
    for (const someone of [await cast.coordinator(), await cast.trainer()]) {
      const reader = await signedIn(someone)
      const page = await reader.get(`/en/trainings/${training.code}/lessons/RMC-01-L1`)
      expect(page.text).to.contain('What RMC-01-L1 teaches')
      expect(page.$('form[action$="/progress"]')).to.have.length(0)
      expect((await reader.post(`/en/trainings/${training.code}/lessons/RMC-01-L1/progress`)).status).to.equal(422)
    }
    expect(await finishedCount()).to.equal(0)
  })

  it('a closed training can be read, and finishing is refused in words', async () => {
    const training = await aTraining(await aCourse(), { status: 'closed' })
    const learner = await cast.learner()
    await anEnrollment(training, learner)
    const reader = await signedIn(learner)
    const path = `/en/trainings/${training.code}/lessons/RMC-01-L1`
    expect((await reader.get(path)).$('form[action$="/progress"]')).to.have.length(0)
    const answer = await reader.post(`${path}/progress`)
    expect(answer.status).to.equal(422)
    expect(answer.text).to.contain('finishing them no longer counts')
  })

  it('all lessons stand on one page for printing, with ids of their own and the size said before', async () => {
    const training = await aTraining(await aCourse())
    const learner = await cast.learner()
    await anEnrollment(training, learner)
    const reader = await signedIn(learner)
    const link = (await reader.get(`/en/trainings/${training.code}`)).$('a[href$="/reading"]')
    expect(link.parent().text()).to.match(/\d+ kB/)
    const page = await reader.get(link.attr('href')!)
    expect(page.text).to.contain('What RMC-01-L1 teaches').and.to.contain('What RMC-01-L2 teaches')
    for (const element of page.$('.citation').toArray())
      expect(page.$(page.$(element).attr('href')!), page.$(element).attr('href')).to.have.length(1)
    expect(await finishedCount()).to.equal(0)
  })

  it('an enrolled learner stays on the version they began', async () => {
    const training = await aTraining(await aCourse())
    const learner = await cast.learner()
    await anEnrollment(training, learner)
    const newer = await aCourse({ lessons: 3 })
    await sql(null, 'update trainings set course_version_id = $1', [newer.versionId])
    const reader = await signedIn(learner)
    expect((await reader.get(`/en/trainings/${training.code}/lessons/RMC-01-L1`)).text).to.contain('Lesson 1 of 2')
    expect((await reader.get(`/en/trainings/${training.code}/lessons/RMC-01-L3`)).status).to.equal(404)
  })

  it('after a long pause the lesson comes back with its button', async () => {
    const training = await aTraining(await aCourse())
    const learner = await cast.learner()
    await readLessons(await anEnrollment(training, learner), 0)
    const reader = await signedIn(learner)
    const page = await reader.post(`/en/trainings/${training.code}/lessons/RMC-01-L1/progress`, { _csrf: 'long-gone' })
    expect(page.status).to.equal(422)
    expect((await reader.submit('/progress')).status).to.equal(303)
  })
})
