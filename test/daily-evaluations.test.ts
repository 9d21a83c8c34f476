import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { announce } from '../models/announcing.ts'
import { gateOf, mayEvaluate } from '../models/evaluating.ts'
import { dayEvaluationOf } from '../models/evaluating-days.ts'
import { later } from '../models/jobs.ts'
import { Training } from '../models/training.ts'
import { aPlan, aDatedTraining, callOffAndAnnounce, sessionsOn } from './support/agendas.ts'
import { runJobs, standAt } from './support/app.ts'
import { theDailyForm } from './support/daily-form.ts'
import { aCourse } from './support/courses.ts'
import { anEnrollment, aTraining, type SomeTraining } from './support/trainings.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'
import { guest, signedIn } from './support/reader.ts'
import { schedule } from '../models/scheduling.ts'
import { mailsOf } from './support/daily-mails.ts'

/** Sessions on 2 and 3 March 2027, 11:00 to 12:30 in Baku (UTC+4): 07:00 to 08:30 UTC. */
const BEFORE = '2027-02-20T08:00:00Z'
const DURING = '2027-03-02T08:00:00Z'
const AFTER = '2027-03-02T08:30:00Z'
const EVENING = '2027-03-02T16:00:00Z'
const NEXT_NIGHT = '2027-03-03T19:59:59Z'
const TOO_LATE = '2027-03-03T20:00:00Z'

async function aWeek() {
  standAt(BEFORE)
  await theDailyForm()
  const coordinator = await cast.coordinator()
  const actor = await asActor(coordinator)
  const training = await aDatedTraining({ status: 'published' })
  const trainer = await aPerson({ email: 'teaches@academy.example', locale: 'ru', name: 'Teaches Here' })
  const [first] = await sessionsOn(actor, training.id, [2], [{ role: 'trainer', personId: trainer.id }])
  const other = await aPerson({ email: 'other@academy.example' })
  const [second] = await sessionsOn(actor, training.id, [3], [{ role: 'trainer', personId: other.id }])
  await announce(actor, training.id)
  const person = await cast.learner()
  await anEnrollment(training, person)
  await runJobs()
  return { training, actor, trainer, other, first: first!, second: second!, person, coordinator }
}

const formOf = ({ code }: SomeTraining, day = '2027-03-02', lang = 'en') =>
  `/${lang}/trainings/${code}/evaluation/${day}`
const resultsOf = ({ code }: SomeTraining, lang = 'en') => `/${lang}/manage/trainings/${code}/evaluation`
const GOOD = { 'about-usefulness': '5', 'about-clarity': '4', 'about-part': '3' }

/** One more participant who tells about a day. */
async function tell(training: SomeTraining, answers: Record<string, string> = GOOD, day = '2027-03-02') {
  const person = await aPerson()
  await anEnrollment(training, person)
  const reader = await signedIn(person)
  await reader.get(formOf(training, day))
  const answer = await reader.submit(`/evaluation/${day}`, answers)
  expect(answer.status, answer.text).to.equal(303)
}

const count = async (table: string) => (await one<{ n: number }>(null, `select count(*)::int as n from ${table}`))!.n

async function evening() {
  await later('evaluations.tell', {})
  await runJobs()
}

describe('evaluations of a day', () => {
  for (const [lang, words] of [
    ['en', ['Two minutes about the day', 'Tuesday, 2 March 2027', 'Tell us about today (two minutes)', 'Thank you']],
    ['ru', ['Две минуты о прошедшем дне', '2 марта 2027', 'Расскажите о сегодняшнем дне (две минуты)', 'Спасибо']],
  ] as const)
    it(`a participant finds the form of today on the page of the training and at home, and sends it once: ${lang}`, async () => {
      const { training, person } = await aWeek()
      standAt(AFTER)
      const reader = await signedIn(person)
      for (const path of [`/${lang}/home`, `/${lang}/trainings/${training.code}`]) {
        const page = await reader.get(path)
        expect(page.$(`a[href="${formOf(training, undefined, lang)}"]`).text(), path).to.contain(words[2])
      }
      const form = await reader.get(formOf(training, undefined, lang))
      expect(form.text).to.contain(words[0]).and.contain(words[1])
      expect(form.$('.scale')).to.have.length(3)
      expect(form.$('textarea')).to.have.length(1)
      const sent = await reader.follow(
        await reader.submit('/evaluation/2027-03-02', { ...GOOD, 'about-change': ' Ещё ' }),
      )
      expect(sent.text).to.contain(words[3])
      expect(
        await one(null, 'select language, answers, person_id, training_day::text as day from form_responses'),
      ).to.deep.equal({
        language: lang,
        answers: { usefulness: 5, clarity: 4, part: 3, change: 'Ещё' },
        person_id: null,
        day: '2027-03-02',
      })
      const again = await reader.post(formOf(training), GOOD)
      expect(again.status).to.equal(303)
      expect([await count('form_receipts'), await count('form_responses')]).to.deep.equal([1, 1])
      expect((await reader.get(`/${lang}/home`)).html).to.not.contain('/evaluation/')
    })

  it('is open from the end of the first session to the end of the day after, by the clock of the host', async () => {
    const { training, person } = await aWeek()
    for (const [at, open, words] of [
      [DURING, false, 'opens when the first session of the day has ended'],
      [AFTER, true, ''],
      [NEXT_NIGHT, true, ''],
      [TOO_LATE, false, 'was open until the end of the day after'],
    ] as const) {
      standAt(at)
      const reader = await signedIn(person)
      const page = await reader.get(formOf(training))
      expect(page.$('main form').length, at).to.equal(open ? 1 : 0)
      expect(page.text).to.contain(words)
      if (!open) expect((await reader.post(formOf(training), GOOD)).status, at).to.equal(422)
      const home = await reader.get('/en/home')
      expect(home.html.includes(formOf(training)), `home at ${at}`).to.equal(open)
    }
    standAt(NEXT_NIGHT)
    expect((await (await signedIn(person)).get('/en/home')).text).to.contain('Tell us about Tuesday, 2 March 2027')
    expect(await count('form_receipts')).to.equal(0)
  })

  it('is not there for other days, other people, and trainings that do not ask', async () => {
    const { training, actor, person, trainer, second } = await aWeek()
    standAt('2027-03-03T09:00:00Z')
    const reader = await signedIn(person)
    for (const day of ['2027-03-01', '2027-03-04', '2027-02-30', 'today'])
      expect((await reader.get(formOf(training, day))).status, day).to.equal(404)
    const waiting = await aPerson()
    await anEnrollment(training, waiting, { status: 'waiting' })
    for (const someone of [waiting, trainer, await cast.stranger()]) {
      const other = await signedIn(someone)
      expect((await other.get(formOf(training))).status, someone.email).to.equal(404)
      expect((await other.post(formOf(training), GOOD)).status, someone.email).to.equal(404)
    }
    expect((await guest().get(formOf(training))).location).to.contain('/sign-in')
    await callOffAndAnnounce(actor, second)
    expect((await reader.get(formOf(training, '2027-03-03'))).status, 'called off').to.equal(404)
    await Training.update({ asksDaily: false }, { where: { id: training.id } })
    expect((await reader.get(formOf(training))).status, 'not asked').to.equal(404)
    expect((await reader.get('/en/home')).html).to.not.contain('/evaluation/')
  })

  it('of each day is a group of its own: fewer than five are never shown, nor one person by subtraction', async () => {
    const { training, trainer } = await aWeek()
    standAt(AFTER)
    for (let n = 1; n <= 4; n++) await tell(training, { ...GOOD, 'about-change': `Word ${n}` })
    standAt('2027-03-03T08:30:00Z')
    for (let n = 1; n <= 4; n++) await tell(training, { ...GOOD, 'about-change': `Later ${n}` }, '2027-03-03')
    const reader = await signedIn(trainer)
    const few = await reader.get(resultsOf(training))
    expect(
      few
        .$('section h2')
        .toArray()
        .map(each => few.$(each).text()),
    ).to.deep.equal(['Wednesday, 3 March 2027', 'Tuesday, 2 March 2027'])
    expect(few.text).to.contain('4 of 9 people have sent the form').and.contain('Too few to show')
    expect(few.html).to.not.contain('Word 1').and.not.contain('Later 1').and.not.contain('<td')

    // Eight answers, but no day with five; the fifth of the first day shows that day alone.
    standAt(NEXT_NIGHT)
    await tell(training, { ...GOOD, 'about-usefulness': '1' })
    const five = await reader.get(resultsOf(training))
    expect(five.html).to.contain('Word 4').and.not.contain('Later 1')
    expect(five.text).to.contain('Highest: “How useful was this day for your work?”, 4.2 of 5.')
    expect(five.$('svg.mean-bar').first().attr('aria-label')).to.equal('4.2 of 5')
    await tell(training, { ...GOOD, 'about-usefulness': '1', 'about-change': 'The sixth' })
    const six = await reader.get(resultsOf(training))
    expect(six.text).to.contain('6 of 11 people').and.contain('4.2 of 5').and.contain('1 more answer waits')
    expect(six.html).to.not.contain('The sixth')
  })

  it('the results are there for the trainers of this training and those in charge of it, and for no other trainer', async () => {
    const { training, trainer, other, person } = await aWeek()
    const inCharge = await cast.inCharge(training.id)
    for (const someone of [trainer, other, inCharge, await cast.administrator()])
      expect((await (await signedIn(someone)).get(resultsOf(training))).status, someone.email).to.equal(200)
    for (const someone of [person, await cast.trainer(), await cast.stranger()])
      expect((await (await signedIn(someone)).get(resultsOf(training))).status, someone.email).to.equal(404)
    const elsewhere = await aTraining(await aCourse(), { code: 'RMC-01-ELSE' })
    expect((await (await signedIn(trainer)).get(resultsOf(elsewhere))).status).to.equal(404)
  })

  it('go the same evening to the trainers of that day and the people in charge, once, in their language', async () => {
    const { training, trainer, other } = await aWeek()
    const inCharge = await cast.inCharge(training.id)
    standAt(AFTER)
    for (let n = 1; n <= 5; n++) await tell(training, { ...GOOD, 'about-change': `Слово <b>${n}</b>` })
    standAt('2027-03-02T15:59:59Z')
    await evening()
    expect(await mailsOf('evaluation-results')).to.deep.equal([])
    for (const at of [EVENING, '2027-03-02T17:00:00Z', '2027-03-03T05:00:00Z', '2027-03-03T16:30:00Z']) {
      standAt(at)
      await evening()
    }
    const mails = await mailsOf('evaluation-results')
    expect(mails.map(mail => mail.address)).to.have.members([trainer.email, inCharge.email])
    const russian = mails.find(mail => mail.address === trainer.email)!
    expect(russian.subject).to.equal('Что сказали участники, вторник, 2 марта 2027 г.: Термины за пять дней')
    expect(russian.text).to.contain('На анкету «Две минуты» ответили 5 человек из 6.')
    expect(russian.text).to.contain('5 из 5, 5 ответов').and.contain('– Слово <b>3</b>')
    expect(russian.text).to.contain(`/ru/manage/trainings/${training.code}/evaluation#day-2027-03-02`)
    expect(russian.html).to.contain('&lt;b&gt;3')
    expect(Buffer.byteLength(russian.text + russian.html)).to.be.lessThan(30_000)
    const english = mails.find(mail => mail.address === inCharge.email)!
    expect(english.text).to.contain('5 of 6 people answered').and.contain('4 of 5, from 5 answers')
    expect(
      mails.some(mail => mail.address === other.email),
      'who trains the next day',
    ).to.equal(false)
  })

  it('a mail about few answers says how many and nothing else; a day nobody told of makes no mail', async () => {
    const { training, trainer } = await aWeek()
    standAt(EVENING)
    await evening()
    expect(await mailsOf('evaluation-results')).to.deep.equal([])
    for (let n = 1; n <= 3; n++) await tell(training, { ...GOOD, 'about-change': `Word ${n}` })
    await evening()
    const [mail] = await mailsOf('evaluation-results')
    expect(mail!.address).to.equal(trainer.email)
    expect(mail!.text).to.contain('3 ответа — слишком мало').and.not.contain('Word').and.not.contain(' из 5,')
  })

  it('who trains no more when the mail goes out does not get it', async () => {
    const { training, trainer, actor, first } = await aWeek()
    standAt(AFTER)
    await tell(training)
    standAt(EVENING)
    await later('evaluations.tell', {})
    const { tellResults } = await import('../models/telling-results.ts')
    expect(await tellResults()).to.equal(1)
    await sql(null, 'delete from bookings where session_id = $1', [first])
    await announce(actor, training.id)
    await runJobs()
    expect((await mailsOf('evaluation-results')).filter(mail => mail.address === trainer.email)).to.deep.equal([])
  })

  it('the form about the whole opens with the last session that counts, and its results come that evening', async () => {
    const { training, person, actor, other } = await aWeek()
    const opening = aPlan({ from: '2027-03-04T10:00', to: '2027-03-04T11:00', counts: false })
    await schedule(actor, training.id, opening)
    await announce(actor, training.id)
    const path = `/en/trainings/${training.code}/evaluation`
    standAt('2027-03-03T06:59:59Z')
    let reader = await signedIn(person)
    const closed = await reader.get(path)
    expect(closed.text).to.contain('opens when the last session begins').and.contain('3 March 2027 at 12:00 (Almaty)')
    expect((await reader.post(path, { 'about-relevance': '5', 'about-clarity': '5' })).status).to.equal(422)
    expect((await reader.get('/en/home')).html).to.not.contain('/evaluation"')
    standAt('2027-03-03T07:00:00Z')
    reader = await signedIn(person)
    await reader.get(path)
    expect((await reader.submit('/evaluation', { 'about-relevance': '5', 'about-clarity': '5' })).status).to.equal(303)
    await callOffAndAnnounce(actor, (await one<{ id: string }>(null, 'select max(id) as id from sessions'))!.id)
    standAt('2027-03-03T16:00:00Z')
    await evening()
    const mails = await mailsOf('evaluation-results')
    expect(mails.map(mail => mail.address)).to.deep.equal([other.email])
    expect(mails[0]!.text).to.contain('Final evaluation, version 1: 1 answer.').and.contain('too few to show')
  })

  it('one pure rule says when a form is open, and why not', () => {
    const facts = {
      format: 'live_online',
      zone: 'Asia/Baku',
      endsOn: '2027-03-05',
      lessons: 2,
      lessonsDone: 1,
      lastBegins: null,
    } as const
    const last = '2027-03-05T07:00:00Z'
    const at = Temporal.Instant.from('2027-03-04T07:00:00Z')
    const reason = (gate: ReturnType<typeof gateOf>, more = {}) => {
      const verdict = mayEvaluate(
        { enrollmentStatus: 'enrolled', sentOn: null, trainingDay: null, ...gate, ...more },
        at,
      )
      return verdict.ok ? 'open' : verdict.reason
    }
    expect(reason(gateOf({ ...facts, lastBegins: last }))).to.equal('evaluation.sessionsAhead')
    expect(reason(gateOf({ ...facts, format: 'on_site', lastBegins: '2027-03-04T07:00:00Z' }))).to.equal('open')
    expect(reason(gateOf({ ...facts, format: 'blended', lastBegins: last }))).to.equal('evaluation.lessonsLeft')
    expect(reason(gateOf({ ...facts, format: 'blended', lessonsDone: 2, lastBegins: last }))).to.equal('open')
    expect(reason(gateOf({ ...facts, format: 'blended', lessons: 0, lessonsDone: 0, lastBegins: last }))).to.equal(
      'evaluation.sessionsAhead',
    )
    expect(reason(gateOf({ ...facts, format: 'self_paced' }))).to.equal('evaluation.lessonsLeft')
    expect(reason(gateOf({ ...facts, lessons: 0, lessonsDone: 0 }))).to.equal('evaluation.sessionsAhead')
    expect(reason(gateOf({ ...facts, lessons: 0, lessonsDone: 0, endsOn: '2027-03-04' }))).to.equal('open')
    expect(reason(gateOf(facts), { lessonsLeft: 0, sentOn: '2027-03-04' })).to.equal('evaluation.sent')
    expect(reason(gateOf(facts), { enrollmentStatus: 'waiting' })).to.equal('evaluation.notEnrolled')
    expect(reason(gateOf(facts), { lessonsLeft: 0, trainingDay: '2027-03-02', closesAt: at })).to.equal(
      'evaluation.dayOver',
    )
  })

  it('a coordinator decides whether a training asks; it does unless they say otherwise', async () => {
    const { training, coordinator, person } = await aWeek()
    standAt(AFTER)
    const staff = await signedIn(coordinator)
    const edit = `/en/manage/trainings/${training.code}/edit`
    expect((await staff.get('/en/manage/trainings/new')).$('#asksDaily').attr('checked')).to.not.equal(undefined)
    const place = async (someone: Someone) => dayEvaluationOf(await asActor(someone), training.code, '2027-03-02')
    expect(await place(person)).to.not.equal(undefined)
    const page = await staff.get(edit)
    expect(page.$('#asksDaily').attr('checked')).to.not.equal(undefined)
    await staff.follow(await staff.submit('/edit', { asksDaily: '' }))
    expect(await place(person)).to.equal(undefined)
    expect((await staff.get(edit)).$('#asksDaily').attr('checked')).to.equal(undefined)
  })
})
