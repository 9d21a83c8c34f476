import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { allocateEvenly, evenly } from '../models/allocating.ts'
import { assignmentOf } from '../models/assignment.ts'
import { bankOf } from '../models/commenting.ts'
import { standingOf } from '../models/completing.ts'
import { saveMark } from '../models/marking.ts'
import { waitingFor, workOf } from '../models/marked-work.ts'
import { release } from '../models/releasing.ts'
import { addFile, handIn, saveDraft } from '../models/submitting.ts'
import { runJobs, standAt } from './support/app.ts'
import { aMarkedTraining, aTrainerOf, aWork, judged, lastWork, levels } from './support/assignments.ts'
import { anEnrollment } from './support/trainings.ts'
import { aPerson, asActor, cast } from './support/people.ts'
import { signedIn } from './support/reader.ts'

const mailsOf = (kind: string) =>
  sql<{ subject: string; text: string; address: string }>(
    null,
    `select subject, body_text as text, address from mails where kind = '${kind}' order by id`,
  )
const fields = (...places: number[]) =>
  Object.fromEntries(Object.entries(levels(...places)).map(([id, place]) => [`level-${id}`, String(place)]))
const refusal = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    error => error.key,
  )

async function ready(traits: Parameters<typeof aMarkedTraining>[0] = {}) {
  standAt('2027-03-08T08:00:00Z')
  const { training } = await aMarkedTraining(traits)
  return { training, trainer: await aTrainerOf(training, { name: 'Rustam Karimov', zone: 'Asia/Baku' }) }
}

describe('marking: the trainer', () => {
  it('takes the oldest work, marks it, makes it final and comes to the next, without a script', async () => {
    const { training, trainer } = await ready()
    const first = await aWork(training, { body: 'The older work' })
    standAt('2027-03-08T09:00:00Z')
    const second = await aWork(training, { body: 'The newer work' })
    const reader = await signedIn(trainer)
    const desk = await reader.get('/en/marking')
    expect(desk.text).to.contain('2 works wait for you')
    expect(desk.$('tbody a').attr('href')).to.equal(`/en/marking/${first.id}`)

    const page = await reader.get(`/en/marking/${first.id}`)
    expect(page.text).to.contain('The older work').and.to.contain('Terms (40 %)')
    const half = await reader.submit(`/marking/${first.id}`, {
      'level-terms': '3',
      comment: 'Clear terms.',
      go: 'final',
    })
    expect(half.status).to.equal(422)
    expect(half.text).to.contain('Choose a level for 3 more criteria first')
    expect(half.$('#level-terms-4').attr('checked')).to.equal('checked')
    expect(half.$('#comment').val()).to.equal('Clear terms.')

    const done = await reader.submit(`/marking/${first.id}`, { ...fields(3, 3, 2, 3), go: 'final' })
    expect(done.location).to.equal(`/en/marking/${second.id}?done=mark-ready`)
    expect((await waitingFor(trainer.id)).map(work => work.id)).to.deep.equal([second.id])
    const status = await one<{ status: string }>(null, 'select status from submissions where id = $1', [first.id])
    expect(status!.status).to.equal('accepted')
  })

  it('reads and marks in Russian too', async () => {
    const { training, trainer } = await ready()
    const work = await aWork(training, { body: 'Моя работа', language: 'ru' })
    const reader = await signedIn(trainer)
    expect((await reader.get('/ru/marking')).text).to.contain('Вас ждёт 1 работа.')
    const page = await reader.get(`/ru/marking/${work.id}`)
    expect(page.text).to.contain('Термины (40 %)').and.to.contain('2 балла: Термины: уровень 2.')
    expect(page.$('.handed-text').attr('lang')).to.equal('ru')
    const done = await reader.submit(`/marking/${work.id}`, { ...fields(1, 1, 1, 1), go: 'final' })
    expect((await reader.follow(done)).text).to.contain('Вас ничего не ждёт')
  })

  it('does not see whose work it is before release: no name, no file name, in no byte', async () => {
    const { training, trainer } = await ready()
    const person = await aPerson({ name: 'Zarina Hidden', email: 'zarina.hidden@ministry.example' })
    await anEnrollment(training, person)
    const actor = await asActor(person)
    const place = (await assignmentOf(actor, training.code))!
    const file = { sha256: 'ab'.repeat(32), type: 'application/pdf', size: 1000, name: 'Zarina Hidden.pdf' }
    await saveDraft(actor, place, { body: 'Text', language: 'en', revision: 0 })
    await addFile(actor, place, file, 'en')
    await handIn(actor, place)
    const id = await lastWork(place)
    const reader = await signedIn(trainer)
    for (const path of ['/en/marking', `/en/marking/${id}`]) {
      const { html } = await reader.get(path)
      expect(html, path).to.not.match(/zarina|hidden\.pdf/i)
    }
    expect((await reader.get(`/en/marking/${id}`)).text).to.contain(`work-${id}-1-1.pdf`)
    await judged(trainer, { id }, [3, 3, 3, 3])
    await release(await asActor(await cast.coordinator()), training.id)
    expect((await reader.get(`/en/marking/${id}`)).text).to.contain('Zarina Hidden')
  })

  it('sees names where the assignment is not anonymous, and that is noted', async () => {
    const { training, trainer } = await ready({ anonymous: false })
    const work = await aWork(training, { person: await aPerson({ name: 'Zarina Open' }) })
    const reader = await signedIn(trainer)
    expect((await reader.get(`/en/marking/${work.id}`)).text).to.contain('Zarina Open')
    await new Promise(resolve => setTimeout(resolve, 50))
    const seen = await sql(null, `select id from access_entries where person_id = ${work.person.id}`)
    expect(seen).to.have.length(1)
  })

  it('is only for markers of that training: another trainer, the learner, the Center find no such page', async () => {
    const { training, trainer } = await ready()
    const work = await aWork(training)
    const elsewhere = await aMarkedTraining({ course: { code: 'RMC-02' } })
    const others = [await cast.trainer(), await aTrainerOf(elsewhere.training), work.person, await cast.coordinator()]
    for (const person of others) expect(await workOf(await asActor(person), work.id), person.email).to.equal(undefined)
    expect((await workOf(await asActor(trainer), work.id))!.id).to.equal(work.id)
    // A trainer who learns in the own training does not mark the own work.
    const own = await aWork(training, { person: trainer })
    expect(await workOf(await asActor(trainer), own.id)).to.equal(undefined)
    const reader = await signedIn(work.person)
    expect((await reader.get('/en/marking')).status).to.equal(404)
  })

  it('keeps an own bank of comments: saved, inserted, removed, seen by nobody else', async () => {
    const { training, trainer } = await ready()
    const work = await aWork(training)
    const reader = await signedIn(trainer)
    await reader.get(`/en/marking/${work.id}`)
    await reader.follow(await reader.submit(`/marking/${work.id}`, { comment: 'Name the source.', go: 'bank-keep' }))
    const [kept] = await bankOf(trainer.id)
    expect(kept!.text).to.equal('Name the source.')
    const inserted = await reader.submit(`/marking/${work.id}`, { comment: 'Good.', bank: kept!.id, go: 'bank-insert' })
    expect((await reader.follow(inserted)).$('#comment').val()).to.equal('Good.\n\nName the source.')
    const other = await aTrainerOf(training)
    expect(await bankOf(other.id)).to.deep.equal([])
    await reader.submit(`/marking/${work.id}`, { bank: kept!.id, go: 'bank-drop' })
    expect(await bankOf(trainer.id)).to.deep.equal([])
  })

  it('saves as it goes by the script, and hears when somebody else has the work', async () => {
    const { training, trainer } = await ready()
    const work = await aWork(training)
    const reader = await signedIn(trainer)
    const token = await reader.token()
    const save = () =>
      reader.agent
        .post(`/en/marking/${work.id}/saved`)
        .set('X-CSRF-Token', token)
        .send({ ...fields(1, 2, 3, 0), comment: 'So far' })
    expect((await save()).body.at).to.match(/^\d\d:\d\d$/)
    expect((await reader.get(`/en/marking/${work.id}`)).$('#level-figures-3').attr('checked')).to.equal('checked')
    const other = await aTrainerOf(training)
    expect(await refusal(saveMark(await asActor(other), work.id, { levels: {}, comment: '' }))).to.equal('marking.gone')
  })
})

describe('marking: rounds', () => {
  it('a work is returned with a comment, comes back in a second round, and cannot be returned again', async () => {
    const { training, trainer } = await ready()
    const work = await aWork(training, { body: 'First try' })
    const reader = await signedIn(trainer)
    await reader.get(`/en/marking/${work.id}`)
    const bare = await reader.submit(`/marking/${work.id}`, { go: 'return' })
    expect(bare.status).to.equal(422)
    expect(bare.text).to.contain('Write a comment first.')
    const back = await reader.submit(`/marking/${work.id}`, {
      ...fields(1, 1, 1, 1),
      comment: 'Name your sources.',
      go: 'return',
    })
    expect(back.location).to.equal('/en/marking?done=work-returned')
    await runJobs()
    const [mail] = await mailsOf('assignment-returned')
    expect(mail!.text).to.contain('Name your sources.').and.to.contain('14 March 2027')
    expect(mail!.text, 'no level').to.not.contain('reach level')

    const learner = await signedIn(work.person)
    const path = `/en/trainings/${training.code}/assignment`
    const page = await learner.get(path)
    expect(page.text).to.contain('Returned to you').and.to.contain('Name your sources.').and.not.to.contain('Rustam')
    expect(page.$('#body').val()).to.equal('First try')
    const actor = await asActor(work.person)
    await saveDraft(actor, work.place, { body: 'Second try', language: 'en', revision: 0 })
    expect(await handIn(actor, work.place)).to.deep.equal({ round: 2 })
    const second = await lastWork(work.place)
    const final = await reader.get(`/en/marking/${second}`)
    expect(final.text).to.contain('Second try').and.to.contain('This is the last round')
    expect(final.$('button[value=return]').length).to.equal(0)
    const refused = await reader.post(`/en/marking/${second}`, { go: 'return', comment: 'Again' })
    expect(refused.status).to.equal(422)
    expect((await learner.get(`${path}/rounds/1`)).text)
      .to.contain('First try')
      .and.to.contain('Name your sources.')
  })
})

describe('marking: two markers', () => {
  it('judge apart; within one level the mean counts, and neither sees the other before', async () => {
    const { training, trainer } = await ready({ markers: 2 })
    const other = await aTrainerOf(training, { name: 'Madina Second' })
    const work = await aWork(training)
    expect(await judged(trainer, work, [3, 2, 2, 1], 'From the first')).to.equal('open')
    const reader = await signedIn(other)
    const blind = await reader.get(`/en/marking/${work.id}`)
    expect(blind.html).to.not.contain('From the first').and.not.to.contain('Rustam')
    expect(blind.$('input[checked]').length).to.equal(0)
    expect(await judged(other, work, [2, 3, 2, 1])).to.equal('ready')
    await release(await asActor(await cast.coordinator()), training.id)
    const learner = await signedIn(work.person)
    const page = await learner.get(`/en/trainings/${training.code}/assignment`)
    expect(page.text).to.contain('Your result: 75 %').and.to.contain('From the first')
    expect(page.text).to.contain('Between two levels: Terms reach level 2. / Terms reach level 3.')
  })

  it('further apart than a level, they agree on a mark that then counts; both see both then', async () => {
    const { training, trainer } = await ready({ markers: 2 })
    const other = await aTrainerOf(training, { name: 'Madina Second' })
    const work = await aWork(training)
    await judged(trainer, work, [3, 3, 3, 3], 'High')
    expect(await judged(other, work, [1, 3, 3, 3], 'Low')).to.equal('apart')
    expect(await release(await asActor(await cast.coordinator()), training.id), 'nothing to release yet').to.equal(0)
    const reader = await signedIn(trainer)
    expect((await reader.get('/en/marking')).text).to.contain('To be agreed')
    const page = await reader.get(`/en/marking/${work.id}`)
    expect(page.text).to.contain('Agree on a mark').and.to.contain('on: Terms.').and.to.contain('Low')
    const done = await reader.submit(`/marking/${work.id}`, { ...fields(2, 3, 3, 3), comment: 'Agreed', go: 'final' })
    expect(done.location).to.contain('done=mark-ready')
    expect(await refusal(judged(other, work, [1, 3, 3, 3]))).to.equal('marking.notWaiting')
    await release(await asActor(await cast.trainer().then(() => trainer)), training.id)
    const learner = await signedIn(work.person)
    const released = await learner.get(`/en/trainings/${training.code}/assignment`)
    expect(released.text).to.contain('Your result: 86.67 %').and.to.contain('Agreed').and.not.to.contain('Low')
  })

  it('a third marker finds nothing of it', async () => {
    const { training, trainer } = await ready({ markers: 2 })
    const [second, third] = [await aTrainerOf(training), await aTrainerOf(training)]
    const work = await aWork(training)
    await judged(trainer, work, [3, 2, 2, 1])
    await saveMark(await asActor(second), work.id, { levels: {}, comment: 'Begun' })
    expect(await workOf(await asActor(third), work.id)).to.equal(undefined)
    expect(await waitingFor(third.id)).to.deep.equal([])
  })
})

describe('marking: allocation', () => {
  it('is even, by language, never one’s own work, never both parts to one', () => {
    const marker = (id: string, language: string, given = 0) => ({ id, name: id, language, given })
    const open = (n: number, language: string, personId = 'x', part = 'first' as 'first' | 'second') => ({
      ...{ enrollmentId: String(n), assessmentId: '1', part, language, personId, others: [] as string[] },
    })
    const four = evenly(
      [1, 2, 3, 4].map(n => open(n, 'en')),
      [marker('a', 'en'), marker('b', 'en', 1), marker('c', 'ru')],
    )
    expect(four.map(each => each.markerId)).to.deep.equal(['a', 'a', 'b', 'a'])
    expect(
      evenly([open(1, 'ru'), open(2, 'az')], [marker('a', 'en', 5), marker('c', 'ru')]).map(each => each.markerId),
    ).to.deep.equal(['c', 'c'])
    const pair = evenly([open(1, 'en'), open(1, 'en', 'x', 'second')], [marker('a', 'en'), marker('b', 'ru')])
    expect(pair.map(each => each.markerId)).to.deep.equal(['a', 'b'])
    expect(evenly([open(1, 'en', 'a')], [marker('a', 'en')])).to.deep.equal([])
  })

  it('gives works out, and who was not given a work does not find it', async () => {
    const { training, trainer } = await ready()
    const russian = await aTrainerOf(training, { locale: 'ru' })
    const english = await aWork(training)
    const work = await aWork(training, { language: 'ru' })
    expect(await allocateEvenly(await asActor(await cast.coordinator()), training.id)).to.equal(2)
    expect((await waitingFor(trainer.id)).map(each => each.id)).to.deep.equal([english.id])
    expect((await waitingFor(russian.id)).map(each => each.id)).to.deep.equal([work.id])
    expect(await workOf(await asActor(trainer), work.id)).to.equal(undefined)
  })

  it('by hand by who runs the training: given, freed, refused to who does not mark here', async () => {
    const { training, trainer } = await ready()
    const work = await aWork(training)
    const other = await aTrainerOf(training)
    const coordinator = await cast.coordinator()
    const reader = await signedIn(coordinator)
    const path = `/en/manage/trainings/${training.code}/assignment/${work.enrollmentId}`
    await reader.get(path)
    await reader.follow(await reader.submit('/allocation', { first: other.id }))
    expect((await waitingFor(trainer.id)).length).to.equal(0)
    expect((await waitingFor(other.id)).length).to.equal(1)
    const wrong = await reader.post(`${path}/allocation`, { first: coordinator.id })
    expect(wrong.status).to.equal(422)
    await reader.get(path)
    await reader.follow(await reader.submit('/allocation', { first: '' }))
    expect((await waitingFor(trainer.id)).length).to.equal(1)
  })
})

describe('marking: release', () => {
  it('one or all by who runs the training; the learner then sees levels, points and comment, and is mailed once', async () => {
    const { training, trainer } = await ready()
    const works = [await aWork(training), await aWork(training)]
    for (const work of works) await judged(trainer, work, [3, 3, 2, 3], 'Well done indeed')
    const reader = await signedIn(await cast.coordinator())
    const path = `/en/manage/trainings/${training.code}/assignment`
    const one = await reader.get(`${path}/${works[0]!.enrollmentId}`)
    expect(one.text).to.contain('Release this grade: 93.33 %')
    await reader.follow(await reader.submit('/release'))
    await runJobs()
    expect((await mailsOf('grade-released')).map(mail => mail.address)).to.deep.equal([works[0]!.person.email])
    await reader.get(path)
    await reader.follow(await reader.submit('/assignment/release'))
    await reader.post(`${path}/release`)
    await runJobs()
    expect(await mailsOf('grade-released')).to.have.length(2)
    expect((await mailsOf('grade-released'))[0]!.text)
      .to.contain('93.33 %')
      .and.not.to.contain('Well done indeed')
    const learner = await signedIn(works[1]!.person)
    const page = await learner.get(`/en/trainings/${training.code}/assignment`)
    expect(page.text).to.contain('Your result: 93.33 %').and.to.contain('Well done indeed').and.to.contain('13.3 of 20')
  })

  it('the trainer in charge releases from the own page; one who only teaches a session does not', async () => {
    const { training, trainer } = await ready()
    const work = await aWork(training)
    await judged(trainer, work, [3, 3, 3, 3])
    const reader = await signedIn(trainer)
    expect((await reader.get('/en/marking')).text).to.contain('Release 1 grade')
    const stranger = await signedIn(await cast.trainer())
    expect((await stranger.post(`/en/marking/releases/${training.id}`)).status).to.equal(404)
    await reader.follow(await reader.submit(`/marking/releases/${training.id}`))
    expect((await sql(null, 'select id from grade_releases')).length).to.equal(1)
  })

  it('a change afterwards shows old, new and why, and the old line stays', async () => {
    const { training, trainer } = await ready()
    const work = await aWork(training)
    await judged(trainer, work, [2, 2, 2, 2], 'First word')
    const coordinator = await cast.coordinator()
    await release(await asActor(coordinator), training.id)
    const reader = await signedIn(coordinator)
    const path = `/en/manage/trainings/${training.code}/assignment/${work.enrollmentId}`
    await reader.get(path)
    const bare = await reader.submit('/grade', { ...fields(3, 3, 2, 2), comment: 'Second word' })
    expect(bare.status).to.equal(422)
    await reader.follow(
      await reader.submit('/grade', { ...fields(3, 3, 2, 2), comment: 'Second word', reason: 'A page was overlooked' }),
    )
    const learner = await signedIn(work.person)
    const page = await learner.get(`/en/trainings/${training.code}/assignment`)
    expect(page.text)
      .to.contain('66.67 % became 90 %')
      .and.to.contain('A page was overlooked')
      .and.to.contain('Second word')
    await runJobs()
    const [mail] = await mailsOf('grade-changed')
    expect(mail!.text).to.contain('was 66.67 % and is now 90 %').and.to.contain('A page was overlooked')
    expect((await sql(null, 'select id from grade_releases')).length).to.equal(2)
  })

  it('the certificate can ask for it: only a released grade that passes counts', async () => {
    const { training, trainer } = await ready({ certificate: true })
    const work = await aWork(training)
    const missing = async () => (await standingOf(work.enrollmentId)).missing.find(each => each.what === 'assignment')
    expect(await missing()).to.deep.equal({ what: 'assignment', need: 70, percent: null, handedIn: true })
    await judged(trainer, work, [3, 3, 3, 3])
    expect(await missing(), 'marked, not released').to.deep.equal({
      what: 'assignment',
      need: 70,
      percent: null,
      handedIn: true,
    })
    await release(await asActor(await cast.coordinator()), training.id)
    expect(await missing()).to.equal(undefined)
  })
})
