import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { runJobs, standAt } from './support/app.ts'
import { aCourse } from './support/courses.ts'
import { aCertificate, readLessons } from './support/finishing.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { aPerson, cast } from './support/people.ts'
import { guest, signedIn } from './support/reader.ts'

const count = async (text: string, values: unknown[] = []) =>
  (await one<{ n: number }>(null, `select count(*)::int as n from ${text}`, values))!.n
const statusOf = async (personId: string) =>
  (await one<{ status: string }>(null, 'select status from enrollments where person_id = $1', [personId]))?.status
const mailKinds = async () =>
  (await sql<{ kind: string }>(null, 'select kind from mails order by id')).map(row => row.kind)

describe('enrolling', () => {
  it('a learner enrolls by one button; country, agency type and sex are kept as they are on that day', async () => {
    const training = await aTraining(await aCourse())
    const learner = await cast.learner()
    const reader = await signedIn(learner)
    await reader.get(`/en/trainings/${training.code}`)
    const page = await reader.follow(await reader.submit('/enrollment'))
    expect(page.text).to.contain('You are enrolled')
    expect(page.$('main .button-primary').text()).to.equal('Begin')
    await sql(null, `update people set country = 'TR', sex = 'not_stated', agency_type = 'media'`)
    expect(
      await one(null, 'select country, agency_type as agency, sex, status, source from enrollments'),
    ).to.deep.equal({
      country: 'KZ',
      agency: 'migration',
      sex: 'woman',
      status: 'enrolled',
      source: 'self',
    })
    expect(await count(`audit_entries where action = 'enrollment.enrolled'`)).to.equal(1)
  })

  it('fifty identical posts have one effect', async () => {
    const training = await aTraining(await aCourse())
    const reader = await signedIn(await cast.learner())
    const token = await reader.token()
    const answers = []
    for (let n = 0; n < 50; n++)
      answers.push(await reader.post(`/en/trainings/${training.code}/enrollment`, { _csrf: token }, false))
    expect(new Set(answers.map(answer => answer.status))).to.deep.equal(new Set([303]))
    expect(await count('enrollments')).to.equal(1)
    expect(await count(`transitions where record_kind = 'enrollment'`)).to.equal(1)
    expect(await mailKinds()).to.deep.equal(['enrollment-confirmed'])
  })

  it('a full training says before that it leads to the waiting list, and puts the learner there in order', async () => {
    const training = await aTraining(await aCourse(), { seats: 1 })
    await anEnrollment(training, await aPerson())
    await anEnrollment(training, await aPerson(), { status: 'waiting' })
    const learner = await cast.learner()
    const reader = await signedIn(learner)
    const before = await reader.get(`/en/trainings/${training.code}`)
    expect(before.text).to.contain('All places are taken').and.to.contain('Join the waiting list')
    const page = await reader.follow(await reader.submit('/enrollment'))
    expect(page.text).to.contain('You are on the waiting list').and.to.contain('number 2 in line')
    expect(await statusOf(learner.id)).to.equal('waiting')
    expect(await mailKinds()).to.deep.equal(['enrollment-waiting'])
  })

  it('giving up a place offers it to the first on the waiting list, by mail and for three days', async () => {
    const training = await aTraining(await aCourse(), { seats: 1 })
    const learner = await cast.learner()
    await anEnrollment(training, learner)
    const [first, second] = [await aPerson({ locale: 'ru' }), await aPerson()]
    await anEnrollment(training, first, { status: 'waiting' })
    await anEnrollment(training, second, { status: 'waiting' })
    const reader = await signedIn(learner)
    await reader.get(`/en/trainings/${training.code}/enrollment/withdrawal`)
    expect(reader.last!.text).to.contain('is offered at once to the first person on the waiting list')
    const page = await reader.follow(await reader.submit('/enrollment/withdrawal'))
    expect(page.text).to.contain('You have given up your place')
    expect([await statusOf(learner.id), await statusOf(first.id), await statusOf(second.id)]).to.deep.equal([
      'withdrawn',
      'waiting',
      'waiting',
    ])
    await runJobs()
    const mail = await one<{ subject: string; personId: string }>(
      null,
      `select subject, person_id as "personId" from mails where kind = 'place-offered'`,
    )
    expect(mail).to.deep.equal({ subject: `За вами держат место: Курс RMC-01`, personId: first.id })
    await reader.post(`/en/trainings/${training.code}/enrollment/withdrawal`)
    expect(await count('enrollments where offered_until is not null')).to.equal(1)
  })

  it('whoever comes back finds what they finished, at the end of the line', async () => {
    const training = await aTraining(await aCourse(), { seats: 1 })
    const learner = await cast.learner()
    const enrollment = await anEnrollment(training, learner)
    await readLessons(enrollment, 1)
    const reader = await signedIn(learner)
    await reader.post(`/en/trainings/${training.code}/enrollment/withdrawal`)
    await anEnrollment(training, await aPerson())
    await anEnrollment(training, await aPerson(), { status: 'waiting' })
    await reader.post(`/en/trainings/${training.code}/enrollment`)
    expect((await reader.get(`/en/trainings/${training.code}`)).text).to.contain('number 2 in line')
    expect(await count('enrollments where person_id = $1', [learner.id])).to.equal(1)
    expect(await count('progress')).to.equal(1)
  })

  it('prerequisites are refused with the reason in words, by the page and by the post', async () => {
    const first = await aCourse()
    const training = await aTraining(await aCourse({ code: 'RMC-02', prerequisites: [first] }))
    const learner = await cast.learner()
    const reader = await signedIn(learner)
    const page = await reader.get(`/ru/trainings/${training.code}`)
    expect(page.text).to.contain('Сначала нужен действующий сертификат по курсу RMC-01')
    const answer = await reader.post(`/ru/trainings/${training.code}/enrollment`)
    expect(answer.status).to.equal(422)
    expect(answer.text).to.contain('Сначала нужен действующий сертификат по курсу RMC-01')
    const enrollment = await anEnrollment(await aTraining(first), learner)
    await aCertificate(enrollment, { revoked: true })
    await aCertificate(enrollment, { validUntil: '2020-01-01', replaced: true })
    expect((await reader.post(`/ru/trainings/${training.code}/enrollment`)).status).to.equal(422)
    await aCertificate(enrollment)
    expect((await reader.post(`/ru/trainings/${training.code}/enrollment`)).status).to.equal(303)
  })

  it('where the Center approves, the button asks for a place', async () => {
    const training = await aTraining(await aCourse(), { mode: 'approval' })
    const learner = await cast.learner()
    const reader = await signedIn(learner)
    expect((await reader.get(`/en/trainings/${training.code}`)).text).to.contain('Ask for a place')
    const page = await reader.follow(await reader.submit('/enrollment'))
    expect(page.text).to.contain('Your request is with the Center')
    expect(await statusOf(learner.id)).to.equal('requested')
  })

  it('a guest is led to the sign-in page and back; a stranger has nothing to withdraw', async () => {
    const training = await aTraining(await aCourse())
    await anEnrollment(training, await cast.learner())
    const page = await guest().get(`/en/trainings/${training.code}`)
    expect(page.$('main .button-primary').attr('href')).to.equal(
      `/en/sign-in?next=%2Fen%2Ftrainings%2F${training.code}`,
    )
    expect((await guest().post(`/en/trainings/${training.code}/enrollment`)).location).to.contain('/en/sign-in')
    const stranger = await signedIn(await cast.stranger())
    expect((await stranger.get(`/en/trainings/${training.code}/enrollment/withdrawal`)).status).to.equal(404)
    await stranger.post(`/en/trainings/${training.code}/enrollment/withdrawal`)
    expect(await count(`enrollments where status = 'enrolled'`)).to.equal(1)
    expect((await stranger.get('/en/trainings/NO-SUCH/enrollment/withdrawal')).status).to.equal(404)
  })

  it('a certificate keeps its place', async () => {
    const training = await aTraining(await aCourse())
    const learner = await cast.learner()
    await aCertificate(await anEnrollment(training, learner))
    const reader = await signedIn(learner)
    const page = await reader.get(`/en/trainings/${training.code}/enrollment/withdrawal`)
    expect(page.text).to.contain('your place stays yours')
    expect((await reader.post(`/en/trainings/${training.code}/enrollment/withdrawal`)).status).to.equal(422)
    expect(await statusOf(learner.id)).to.equal('enrolled')
  })

  it('the letter says the news in its subject, in the language of the reader', async () => {
    const training = await aTraining(await aCourse(), {
      format: 'live_online',
      startsOn: '2030-05-07',
      endsOn: '2030-05-08',
    })
    const reader = await signedIn(await aPerson({ locale: 'ru' }))
    await reader.post(`/ru/trainings/${training.code}/enrollment`)
    await runJobs()
    const mail = await one<{ subject: string; text: string }>(null, 'select subject, body_text as text from mails')
    expect(mail!.subject).to.equal('Вы записаны: Курс RMC-01')
    expect(mail!.text).to.contain('Начало: вторник, 7 мая 2030').and.to.contain(`/ru/trainings/${training.code}`)
  })

  it('a stale token brings the page of the training back with its button', async () => {
    const training = await aTraining(await aCourse())
    const reader = await signedIn(await cast.learner())
    const page = await reader.post(`/en/trainings/${training.code}/enrollment`, { _csrf: 'long-gone' })
    expect(page.status).to.equal(422)
    expect((await reader.submit('/enrollment')).status).to.equal(303)
  })

  it('refuses the post a second after the deadline', async () => {
    standAt('2026-12-01T08:00:00Z')
    const training = await aTraining(await aCourse(), { enrollUntil: '2026-12-01T09:00:00Z' })
    const reader = await signedIn(await cast.learner())
    const page = await reader.get(`/en/trainings/${training.code}`)
    expect(page.text).to.contain('1 December 2026 at 14:00 (Almaty)').and.to.contain('13:00 (Baku)')
    standAt('2026-12-01T09:00:00Z')
    const answer = await reader.submit('/enrollment')
    expect(answer.status).to.equal(422)
    expect(answer.text).to.contain('The time to enroll is over')
    expect(await count('enrollments')).to.equal(0)
  })
})
