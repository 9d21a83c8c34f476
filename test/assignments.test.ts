import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { assignmentOf, dueOf } from '../models/assignment.ts'
import { extend } from '../models/extending.ts'
import { handIn, saveDraft } from '../models/submitting.ts'
import { runJobs, standAt } from './support/app.ts'
import { aMarkedTraining, PDF, sendWithFiles } from './support/assignments.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { aPerson, asActor, cast } from './support/people.ts'
import { type Reader, signedIn } from './support/reader.ts'

const wall = (text: string) => Temporal.PlainDateTime.from(text)
const mailsOf = (kind: string) =>
  sql<{ subject: string; text: string; address: string }>(
    null,
    `select subject, body_text as text, address from mails where kind = '${kind}' order by id`,
  )

async function ready(traits: Parameters<typeof aMarkedTraining>[0] = {}) {
  standAt('2027-03-08T08:00:00Z')
  const { training } = await aMarkedTraining(traits)
  const learner = await cast.learner()
  const enrollment = await anEnrollment(training, learner)
  const actor = await asActor(learner)
  const path = `/en/trainings/${training.code}/assignment`
  return { training, learner, enrollment, actor, path, place: (await assignmentOf(actor, training.code))! }
}

describe('assignments: the learner', () => {
  it('is written, saved, given files, checked and handed in without a script, in English', async () => {
    const { path, learner } = await ready()
    const reader = await signedIn(learner)
    const page = await reader.get(path)
    expect(page.text).to.contain('Take a text and write it better.')
    expect(page.text).to.contain('12 March 2027 at 23:59 (Baku)').and.to.contain('13 March 2027 at 00:59 (Almaty)')
    expect(page.text).to.contain('Terms (40 % of the mark)').and.to.contain('3 points: Terms reach level 3.')

    const saved = await sendWithFiles(reader, path, {
      body: 'My first words',
      language: 'en',
      revision: '0',
      go: 'save',
    })
    expect(saved.location).to.equal(`${path}?done=work-saved`)
    const again = await reader.get(path)
    expect(again.$('#body').val()).to.equal('My first words')

    const revision = String(again.$('[name=revision]').val())
    const uploads = [
      { name: 'Термины.pdf', bytes: PDF },
      { name: 'notes.exe', bytes: 'MZ not allowed' },
    ]
    const mixed = await sendWithFiles(
      reader,
      path,
      { body: 'More words', language: 'en', revision, go: 'check' },
      uploads,
    )
    expect(mixed.status).to.equal(422)
    expect(mixed.text).to.contain('notes.exe').and.to.contain('Термины.pdf')
    expect(mixed.$('#body').val(), 'a failed upload keeps the text').to.equal('More words')

    const check = await reader.get(`${path}/check`)
    expect(check.text).to.contain('Is everything here?').and.to.contain('More words').and.to.contain('Термины.pdf')
    const receipt = await reader.follow(await reader.submit('/handing-in'))
    expect(receipt.text)
      .to.contain('Handed in')
      .and.to.match(/[0-9A-F]{4}(-[0-9A-F]{4}){5}/)
    const file = await reader.get(receipt.$('.handed-files a').attr('href')!)
    expect(file.bytes.equals(PDF)).to.equal(true)
    expect(file.headers['content-disposition']).to.match(/^attachment;/)

    const after = await reader.get(path)
    expect(after.text).to.contain('Your work is handed in').and.to.not.contain('Check and hand in')
    await runJobs()
    const [mail] = await mailsOf('assignment-receipt')
    expect(mail!.subject).to.equal('Your work was received: Course RMC-01')
    expect(mail!.text)
      .to.contain('Термины.pdf, 1 kB, SHA-256 ')
      .and.to.match(/Receipt of your work: [0-9A-F-]{29}/)
    expect(mail!.text).to.contain('8 March 2027 at 13:00 (Almaty)').and.to.contain('8 March 2027 at 12:00 (Baku)')
  })

  it('reads the same in Russian, and its mail is Russian', async () => {
    const { training } = await ready()
    const learner = await aPerson({ locale: 'ru', zone: 'Asia/Tashkent' })
    await anEnrollment(training, learner)
    const reader = await signedIn(learner)
    const path = `/ru/trainings/${training.code}/assignment`
    const page = await reader.get(path)
    expect(page.text).to.contain('Возьмите текст и напишите его лучше.').and.to.contain('Сдать до')
    expect(page.text).to.contain('12 марта 2027')
    await sendWithFiles(reader, path, { body: 'Моя работа', language: 'ru', revision: '0', go: 'check' })
    await reader.get(`${path}/check`)
    const receipt = await reader.follow(await reader.submit('/handing-in'))
    expect(receipt.text).to.contain('Работа сдана').and.to.contain('2 слова')
    await runJobs()
    expect((await mailsOf('assignment-receipt'))[0]!.subject).to.equal('Ваша работа получена: Курс RMC-01')
  })

  it('is not there without a place, in a format without it, or for somebody else', async () => {
    const { training, path, actor, place } = await ready()
    const other = await signedIn(await cast.stranger())
    expect((await other.get(path)).status).to.equal(404)
    await saveDraft(actor, place, { body: 'Mine', language: 'en', revision: 0 })
    await handIn(actor, place)
    const classmate = await aPerson()
    await anEnrollment(training, classmate)
    const reader = await signedIn(classmate)
    expect((await reader.get(path)).text).to.not.contain('Mine')
    expect((await reader.get(`${path}/rounds/1`)).status).to.equal(404)
    const selfPaced = await aTraining(training.course, { code: 'RMC-01-SELF' })
    await anEnrollment(selfPaced, classmate)
    expect((await reader.get('/en/trainings/RMC-01-SELF/assignment')).status).to.equal(404)
  })

  it('is handed in once, however often the button is pressed', async () => {
    const { actor, place } = await ready()
    await saveDraft(actor, place, { body: 'Once', language: 'en', revision: 0 })
    expect(await handIn(actor, place)).to.deep.equal({ round: 1 })
    expect(await handIn(actor, place)).to.deep.equal({ round: 1 })
    await runJobs()
    expect(await mailsOf('assignment-receipt')).to.have.length(1)
    expect((await sql(null, `select id from transitions where to_status = 'handed_in'`)).length).to.equal(1)
  })

  it('with nothing in it is not handed in, and says so', async () => {
    const { learner, path } = await ready()
    const reader = await signedIn(learner)
    await sendWithFiles(reader, path, { body: '   ', language: 'en', revision: '0', go: 'save' })
    const check = await reader.get(`${path}/check`)
    expect(check.status === 303 || check.text.includes('Write a text or add a file first.')).to.equal(true)
    const answer = await reader.post(`${path}/handing-in`)
    expect(answer.status).to.be.oneOf([422, 303])
    expect(
      (await one<{ n: number }>(null, `select count(*)::int as n from submissions where status <> 'draft'`))!.n,
    ).to.equal(0)
  })

  it('an older page writes over nothing: both texts are shown', async () => {
    const { learner, path } = await ready()
    const [phone, desk] = [await signedIn(learner), await signedIn(learner)]
    const send = (reader: Reader, body: string, revision: string) =>
      sendWithFiles(reader, path, { body, language: 'en', revision, go: 'save' })
    await send(phone, 'Written on the phone', '0')
    const late = await send(desk, 'Written at the desk', '0')
    expect(late.status).to.equal(422)
    expect(late.text).to.contain('Written on the phone')
    expect(late.$('#body').val()).to.equal('Written at the desk')
    const forced = await send(desk, 'Written at the desk', String(late.$('[name=revision]').val()))
    expect(forced.status).to.equal(303)
    expect((await desk.get(path)).$('#body').val()).to.equal('Written at the desk')
  })

  it('is saved by the script while it is written, and the script hears what happened', async () => {
    const { learner, path } = await ready()
    const reader = await signedIn(learner)
    const token = await reader.token()
    const save = (body: object) => reader.agent.post(`${path}/text`).set('X-CSRF-Token', token).send(body)
    const first = await save({ body: 'One', language: 'en', revision: '0' })
    expect(first.body).to.include({ revision: 1 })
    expect((await save({ body: 'Two', language: 'en', revision: '0' })).status).to.equal(422)
    expect((await save({ body: 'Two', language: 'en', revision: '1' })).body).to.include({ revision: 2 })
  })
})

describe('assignments: until when', () => {
  const facts = { zone: 'Asia/Baku', endsOn: '2027-03-05', dueDays: 7, ownDue: null, roundDue: null, extendedTo: null }

  it('is a wall time of the training: its own date, else days after its end; only ever later for one person', () => {
    expect(dueOf(facts)!.at.toString()).to.equal('2027-03-12T19:59:00Z')
    expect(dueOf({ ...facts, ownDue: wall('2027-03-10T18:00') })!.at.toString()).to.equal('2027-03-10T14:00:00Z')
    const later = { ...facts, ownDue: wall('2027-03-10T18:00'), extendedTo: wall('2027-03-11T09:00') }
    expect(dueOf(later)!.wall.toString()).to.equal('2027-03-11T09:00:00')
    expect(dueOf({ ...facts, extendedTo: wall('2027-03-01T09:00') })!.wall.toString()).to.equal('2027-03-12T23:59:00')
    expect(dueOf({ ...facts, endsOn: null })).to.equal(null)
    expect(
      dueOf({ ...facts, zone: 'Europe/Rome', endsOn: '2027-03-21', ownDue: wall('2027-03-28T02:30') })!.at.toString(),
      'a time the clocks skip',
    ).to.equal('2027-03-28T01:30:00Z')
  })

  it('a second after the date in the zone of the training is late, whatever the day is where the learner sits', async () => {
    const { actor, place, learner, path } = await ready()
    await saveDraft(actor, place, { body: 'In time', language: 'en', revision: 0 })
    // 23:59:01 in Baku; in Almaty, where the learner sits, the thirteenth began an hour ago.
    standAt('2027-03-12T19:59:01Z')
    const reader = await signedIn(learner)
    expect((await reader.get(path)).text)
      .to.contain('The time to hand in is over')
      .and.to.contain('Your draft is kept')
    await handIn(actor, place).then(
      () => expect.fail('it was taken'),
      error => expect(error.key).to.equal('assignment.late'),
    )
    standAt('2027-03-12T19:59:00Z')
    expect(await handIn(actor, place)).to.deep.equal({ round: 1 })
  })

  it('the same second is in time in a training of another zone', async () => {
    const { actor, place } = await ready({ training: { zone: 'Europe/Rome' } })
    await saveDraft(actor, place, { body: 'In time', language: 'en', revision: 0 })
    standAt('2027-03-12T19:59:01Z')
    expect(await handIn(actor, place)).to.deep.equal({ round: 1 })
  })

  it('more time is given to one person with a reason, told by mail, and a draft is saved after the date', async () => {
    const { actor, place, training } = await ready()
    standAt('2027-03-13T08:00:00Z')
    expect(await saveDraft(actor, place, { body: 'Late', language: 'en', revision: 0 })).to.include({ saved: true })
    const coordinator = await cast.coordinator()
    await extend(await asActor(coordinator), place, wall('2027-03-15T12:00'), 'Ill for a week')
    await runJobs()
    const [mail] = await mailsOf('assignment-extended')
    expect(mail!.text).to.contain('15 March 2027 at 13:00 (Almaty)').and.to.contain('Ill for a week')
    expect(await handIn(actor, place)).to.deep.equal({ round: 1 })
    const other = await aPerson()
    await anEnrollment(training, other)
    const classmate = await asActor(other)
    const theirs = (await assignmentOf(classmate, training.code))!
    await saveDraft(classmate, theirs, { body: 'Late too', language: 'en', revision: 0 })
    await handIn(classmate, theirs).then(
      () => expect.fail('it was taken'),
      error => expect(error.key).to.equal('assignment.late'),
    )
  })
})
