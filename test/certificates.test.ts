import { expect } from 'chai'
import { extractText, getDocumentProxy } from 'unpdf'
import { inTransaction, one, sql } from '../lib/db.ts'
import { runJobs, standAt, theHouse } from './support/app.ts'
import { aCourse } from './support/courses.ts'
import { confirmedNames, finished } from './support/finishing.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'
import { type Page, type Reader, guest, signedIn } from './support/reader.ts'
import { set } from '../models/settings.ts'

const SIGNATORIES = [
  { name: { en: 'Leyla Mammadova', ru: 'Лейла Мамедова' }, post: { en: 'Director', ru: 'Директор' } },
]
const TITLE = { en: 'Foundations of Human Mobility', ru: 'Основы мобильности населения' }

describe('certificates', function () {
  // The first sheet waits for the typesetter to start.
  this.timeout(60_000)

  it('a learner confirms the name, the Center issues, and anyone can check what the paper says', async () => {
    standAt('2026-11-24T08:00:00Z')
    const { learner, reader, enrollment } = await someoneReady()
    let page = await reader.open('/en/certificates')
    expect(page.text).to.include('Confirm the name to be printed; then the Center issues it')
    page = await reader.open(`/en/enrollments/${enrollment.id}/names`)
    expect(page.$('#latin').val()).to.equal('Aigerim Sadykova')
    expect(page.text).to.include('This is to certify that')
    page = await reader.submit('/names', { latin: 'Aigerim Sadykova', print: ['cyrillic'], act: 'confirm' })
    page = await reader.follow(page)
    expect(page.text)
      .to.include('The name is confirmed')
      .and.include('The Center issues the certificate by 1 December 2026')

    const desk = await coordinator()
    page = await desk.open('/en/manage/certificates')
    expect(page.text).to.include('Aigerim Sadykova').and.include('Kazakhstan').and.include('Test 86.5 %')
    expect(page.text).to.include('Evaluation sent').and.include('1 Dec 2026')
    page = await desk.submit('/manage/certificates', { enrollment: enrollment.id })
    page = await desk.follow(page)
    expect(page.text).to.include('1 certificate was issued').and.include('Nobody waits for a certificate')

    await runJobs()
    const mail = await mailOf(learner, 'certificate-issued')
    const { code } = (await one<{ code: string }>(null, 'select code from certificates'))!
    expect(mail.subject).to.equal(`Your certificate is issued: ${TITLE.en}`)
    expect(mail.text).to.include(`/en/certificates/${code}.pdf`).and.include(code).and.include(`/verify/${code}`)

    page = await reader.open('/ru/certificates')
    expect(page.text).to.include('Всего: 8 академических часов').and.include(TITLE.ru).and.include(code)
    const paper = await reader.get(`/en/certificates/${code}.pdf`)
    expect(paper.headers['content-type']).to.equal('application/pdf')
    expect(paper.headers['content-disposition']).to.include(`filename="RTCM certificate ${code.slice(5)}.pdf"`)
    expect(paper.headers['content-disposition']).to.include("filename*=UTF-8''%D0%A1%D0%B5%D1%80%D1%82")
    const text = await textOf(paper)
    expect(text).to.include('Aigerim Sadykova').and.include('Айгерим Садыкова').and.include(code)
    expect(text).to.include('Issued on 24 November 2026').and.include('Дата выдачи: 24 ноября 2026 года')

    page = await guest().open(`/verify/${code}`)
    expect(page.text).to.include('Aigerim Sadykova').and.include('Valid').and.include('Действителен')
  })

  it('prints Latin, Cyrillic and Persian names that the person chose', async () => {
    const person = await aPerson({
      name: 'Zahra Mohammadi',
      cyrillic: 'Захра Мохаммади',
      own: 'زهرا محمدی نژاد',
      ownScript: 'fa',
      country: 'IR',
    })
    const { reader, enrollment } = await someoneReady(person)
    await reader.open(`/en/enrollments/${enrollment.id}/names`)
    const page = await reader.submit('/names', { latin: 'Zahra Mohammadi', print: ['cyrillic', 'own'], act: 'confirm' })
    expect(page.status).to.equal(303)
    const code = await issued(enrollment.id)
    const text = await textOf(await reader.get(`/en/certificates/${code}.pdf`))
    expect(text).to.include('Zahra Mohammadi').and.include('Захра Мохаммади')
    // The npm reader gives the words of a right-to-left line from left to right; each word is whole.
    expect(text).to.include('نژاد محمدی زهرا')
    const check = await guest().open(`/verify/${code}`)
    expect(check.$('[dir=rtl][lang=fa]').text()).to.equal('زهرا محمدی نژاد')
  })

  it('a name left unticked is not printed', async () => {
    const { reader, enrollment } = await someoneReady()
    await reader.open(`/en/enrollments/${enrollment.id}/names`)
    await reader.submit('/names', { latin: 'Aigerim Sadykova', print: [], act: 'confirm' })
    const code = await issued(enrollment.id)
    const text = await textOf(await reader.get(`/en/certificates/${code}.pdf`))
    expect(text).to.not.include('Айгерим')
  })

  it('a letter of another script or one that no font has is told beside its name, and what was typed is kept', async () => {
    const { reader, enrollment } = await someoneReady()
    const path = `/en/enrollments/${enrollment.id}/names`
    await reader.open(path)
    // The «с» is Cyrillic.
    let page = await reader.submit('/names', { latin: 'Lucy Aсhmedova', act: 'confirm' })
    expect(page.status).to.equal(422)
    expect(page.$('#latin-error').text()).to.include('“с”, which is not a Latin letter')
    expect(page.$('#latin').val()).to.equal('Lucy Aсhmedova')
    await reader.open(path)
    page = await reader.submit('/names', { latin: 'Li An', own: '李安', print: ['own'], act: 'confirm' })
    expect(page.$('#own-error').text()).to.include('cannot print this script')
    await reader.open(path)
    page = await reader.submit('/names', { latin: 'Ａnna', act: 'confirm' })
    expect(page.status, page.text).to.equal(422)
    expect(page.$('#latin-error').text()).to.include('cannot print: Ａ')
    await reader.open(path)
    page = await reader.submit('/names', { latin: 'A', own: '', print: ['own'], act: 'confirm' })
    expect(page.$('#own-error').text()).to.include('Enter the name, or do not choose')
    expect(await confirmedAt(enrollment.id)).to.equal(null)
  })

  it('the page of the name can be looked at again before it is confirmed', async () => {
    const { reader, enrollment } = await someoneReady()
    await reader.open(`/ru/enrollments/${enrollment.id}/names`)
    const page = await reader.submit('/names', { latin: 'Aigerim S. Sadykova', print: [], act: 'look' })
    expect(page.status).to.equal(200)
    expect(page.$('.certificate').text()).to.include('Aigerim S. Sadykova').and.include(TITLE.ru)
    expect(page.text).to.include('отличается от указанного в ваших данных')
    expect(await confirmedAt(enrollment.id)).to.equal(null)
  })

  it('nobody confirms before every condition is met, nor for another, nor after it is issued', async () => {
    await sign()
    const training = await aTraining(await aCourse())
    const learner = await cast.learner()
    const enrollment = await anEnrollment(training, learner)
    const reader = await signedIn(learner)
    const path = `/en/enrollments/${enrollment.id}/names`
    expect((await reader.get(path)).status).to.equal(403)
    await finished(enrollment)
    expect((await (await signedIn(await cast.stranger())).get(path)).status).to.equal(404)
    const desk = await coordinator()
    expect((await desk.get(path)).status).to.equal(404)
    expect((await desk.post(path, { latin: 'Someone Else', act: 'confirm' })).status).to.equal(404)
    await confirmedNames(enrollment)
    await issued(enrollment.id)
    expect((await reader.get(path)).location).to.equal('/en/certificates')
    expect((await reader.post(path, { latin: 'Someone Else', act: 'confirm' })).status).to.equal(303)
    expect(await printedName()).to.equal('Aigerim Sadykova')
  })

  it('the certificate of another does not exist for a stranger, as PDF or page; staff may have it', async () => {
    const { enrollment } = await someoneReady()
    await confirmedNames(enrollment)
    const code = await issued(enrollment.id)
    const stranger = await signedIn(await cast.stranger())
    const missing = 'RTCM-2222-2222-2222-2222-2222'
    for (const path of [
      `/en/certificates/${code}.pdf`,
      `/en/manage/certificates/${code}`,
      `/en/manage/certificates/${code}/revocation`,
      `/en/manage/certificates/${code}/replacement`,
      '/en/manage/certificates',
      '/en/manage/certificates/issued',
      '/en/manage/certificates/unfinished',
      `/en/manage/enrollments/${enrollment.id}/certificate.pdf`,
      '/en/manage/settings',
    ]) {
      const foreign = await stranger.get(path)
      expect(foreign.status, path).to.equal(404)
      expect(foreign.text.replace(/[0-9a-f]{10}/, ''), path).to.equal(
        (await stranger.get(path.replace(code, missing))).text.replace(/[0-9a-f]{10}/, ''),
      )
    }
    expect((await stranger.open('/en/certificates')).text).to.not.include(code)
    expect((await guest().get(`/en/certificates/${code}.pdf`)).status).to.equal(303)
    expect((await (await coordinator()).get(`/en/certificates/${code}.pdf`)).status).to.equal(200)
  })

  it('pressing twice gives one certificate and one mail', async () => {
    const { learner, enrollment } = await someoneReady()
    await confirmedNames(enrollment)
    const desk = await coordinator()
    await desk.open('/en/manage/certificates')
    const first = await desk.submit('/manage/certificates', { enrollment: enrollment.id })
    const second = await desk.post('/en/manage/certificates', { enrollment: [enrollment.id, enrollment.id] })
    expect(first.location).to.equal('/en/manage/certificates?issued=1')
    expect(second.location).to.equal('/en/manage/certificates?issued=0')
    expect(await count('certificates')).to.equal(1)
    await runJobs()
    expect(await mailsOf(learner, 'certificate-issued')).to.have.length(1)
  })

  it('all with a confirmed name are issued at one press, of one training if one is chosen; the others wait', async () => {
    await sign()
    const course = await aCourse()
    const [one, two] = [await aTraining(course), await aTraining(course)]
    for (const [training, confirmed] of [
      [one, true],
      [one, true],
      [one, false],
      [two, true],
    ] as const) {
      const enrollment = await finished(await anEnrollment(training, await aPerson()))
      if (confirmed) await confirmedNames(enrollment)
    }
    const desk = await coordinator()
    let page = await desk.open(`/en/manage/certificates?training=${one.code}`)
    expect(page.text).to.include('3 people have met all conditions. 2 have confirmed the name.')
    expect(page.text).to.include('Waits for the person to confirm the name')
    page = await desk.follow(await desk.submit('/manage/certificates', { all: 'yes' }))
    expect(page.text).to.include('2 certificates were issued')
    expect(await count('certificates')).to.equal(2)
    page = await desk.open('/en/manage/certificates')
    expect(page.$('tbody tr').length).to.equal(2)
  })

  it('late ones stand first and say so', async () => {
    await sign()
    standAt('2026-11-02T08:00:00Z')
    const training = await aTraining(await aCourse())
    const late = await finished(await anEnrollment(training, await aPerson({ name: 'Late Person' })))
    await confirmedNames(late)
    standAt('2026-11-20T08:00:00Z')
    const soon = await finished(await anEnrollment(training, await aPerson({ name: 'Soon Person' })))
    await confirmedNames(soon)
    const page = await (await coordinator()).open('/en/manage/certificates')
    const rows = page.$('tbody tr').toArray()
    expect(page.$(rows[0]).text()).to.include('Late Person').and.include('Late').and.include('9 Nov 2026')
    expect(page.$(rows[1]).text()).to.include('Soon Person').and.include('27 Nov 2026').and.not.include('Late ')
  })

  it('nothing is issued without a signatory, without the name, or once a condition is gone', async () => {
    const training = await aTraining(await aCourse())
    const unnamed = await finished(await anEnrollment(training, await aPerson()))
    const undone = await finished(await anEnrollment(training, await aPerson()))
    await confirmedNames(undone)
    const desk = await coordinator()
    await desk.open('/en/manage/certificates')
    let page = await desk.submit('/manage/certificates', { enrollment: undone.id })
    expect(page.status).to.equal(422)
    expect(page.text).to.include('until the settings name who signs')
    expect(page.$('a[href="/en/manage/settings/signatories"]').length).to.equal(1)
    await sign()
    await sql(null, 'delete from progress where enrollment_id = $1', [undone.id])
    page = await desk.post('/en/manage/certificates', { enrollment: [unnamed.id, undone.id] })
    expect(page.location).to.equal('/en/manage/certificates?issued=0&refused=2')
    expect((await desk.open(page.location!)).text).to.include('2 were not issued')
    page = await desk.post('/en/manage/certificates', {})
    expect(page.status).to.equal(422)
    expect(page.text).to.include('Choose at least one person')
    expect(await count('certificates')).to.equal(0)
  })

  it('an administrator sees certificates and issues none', async () => {
    const { enrollment } = await someoneReady()
    await confirmedNames(enrollment)
    const reader = await signedIn(await cast.administrator())
    const page = await reader.open('/en/manage/certificates')
    expect(page.$('button:contains("Issue")').length).to.equal(0)
    expect((await reader.post('/en/manage/certificates', { enrollment: enrollment.id })).status).to.equal(403)
    const code = await issued(enrollment.id)
    expect((await reader.get(`/en/manage/certificates/${code}`)).status).to.equal(200)
    expect((await reader.get(`/en/manage/certificates/${code}/revocation`)).status).to.equal(403)
    expect((await reader.post(`/en/manage/certificates/${code}/revocation`, { reason: 'x' })).status).to.equal(403)
    expect((await reader.post(`/en/manage/certificates/${code}/replacement`, { latin: 'X' })).status).to.equal(403)
  })

  it('the paper can be seen before it is issued, and says that it is a specimen', async () => {
    const { enrollment } = await someoneReady()
    await confirmedNames(enrollment)
    const desk = await coordinator()
    const page = await desk.open('/en/manage/certificates')
    const link = page.$('a[href$="/certificate.pdf"]').attr('href')!
    const text = await textOf(await desk.get(link))
    expect(text).to.include('Aigerim Sadykova').and.include('SPECIMEN · ОБРАЗЕЦ').and.include('Leyla Mammadova')
    expect(await count('certificates')).to.equal(0)
  })

  it('who has not met every condition stands under the training with what is missing', async () => {
    const training = await aTraining(await aCourse())
    await anEnrollment(training, await aPerson({ name: 'Busy Person' }))
    const desk = await coordinator()
    await desk.open('/en/manage/certificates/unfinished')
    const page = await desk.open(`/en/manage/certificates/unfinished?training=${training.code}`)
    expect(page.text).to.include('Busy Person').and.include('2 lessons to finish')
    expect(page.text).to.include('Module test, at least 70 %').and.include('Evaluation form to send')
  })

  it('issued certificates are found by any of the names and by a number typed in any way', async () => {
    const { enrollment } = await someoneReady()
    await confirmedNames(enrollment, { cyrillic: 'Айгерим Садыкова', own: 'زهرا محمدی' })
    const code = await issued(enrollment.id)
    const desk = await coordinator()
    for (const search of ['sadyk', 'САДЫКОВА', 'محمدی', code.toLowerCase().replaceAll('-', ' '), '']) {
      const page = await desk.open(`/en/manage/certificates/issued?q=${encodeURIComponent(search)}`)
      expect(page.text, search).to.include(code)
    }
    for (const search of ['nobody', '100%', '_', 'RTCM-2222']) {
      const page = await desk.open(`/en/manage/certificates/issued?q=${encodeURIComponent(search)}`)
      expect(page.text, search).to.include('No certificate found')
    }
  })

  it('pages of issued certificates go on after the fiftieth', async () => {
    await sign()
    const training = await aTraining(await aCourse())
    for (let i = 0; i < 52; i++) {
      const enrollment = await finished(await anEnrollment(training, await aPerson()))
      await confirmedNames(enrollment)
    }
    const desk = await coordinator()
    await desk.open('/en/manage/certificates')
    await desk.submit('/manage/certificates', { all: 'yes' })
    let page = await desk.open('/en/manage/certificates/issued')
    expect(page.$('tbody tr').length).to.equal(50)
    page = await desk.open(page.$('a[rel=next]').attr('href')!)
    expect(page.$('tbody tr').length).to.equal(2)
  }).timeout(60_000)

  it('a misspelled name gets a new certificate; the old number says replaced and is not handed out', async () => {
    const { learner, reader, enrollment } = await someoneReady()
    await confirmedNames(enrollment, { latin: 'Aigerim Sadikova' })
    const code = await issued(enrollment.id)
    const desk = await coordinator()
    await desk.open(`/en/manage/certificates/${code}/replacement`)
    let page = await desk.submit('/replacement', { latin: 'Aigerim Sadykova' })
    expect(page.status).to.equal(422)
    expect(page.$('#reason-error').text()).to.include('Enter the reason')
    page = await desk.submit('/replacement', { latin: 'Aigerim Sadykova', reason: 'Misspelled by us' })
    const [again, successor] = [
      await desk.post(`/en/manage/certificates/${code}/replacement`, sameForm()),
      page.location!,
    ]
    expect(again.location, 'a second press leads to the same').to.equal(successor)
    page = await desk.open(successor)
    const fresh = /RTCM-[\w-]+/.exec(successor)![0]
    expect(page.text).to.include('Aigerim Sadykova').and.include(`Replaces ${code}`)
    page = await desk.open(`/en/manage/certificates/${code}`)
    expect(page.text).to.include(`Replaced by ${fresh}`).and.include('Misspelled by us').and.include('Leyla Mammadova')
    expect((await reader.get(`/en/certificates/${code}.pdf`)).status).to.equal(403)
    expect(await textOf(await reader.get(`/en/certificates/${fresh}.pdf`))).to.include('Aigerim Sadykova')
    page = await guest().open(`/verify/${code}`)
    expect(page.text).to.include('Replaced').and.include('Заменён').and.include(fresh).and.not.include('Misspelled')
    expect((await guest().open(`/verify/${fresh}`)).text).to.include('valid')
    await runJobs()
    const mails = await mailsOf(learner, 'certificate-issued')
    expect(mails).to.have.length(1)
    expect(mails[0]!.text).to.include(`It replaces the certificate ${code}`)

    function sameForm() {
      return { latin: 'Aigerim Sadykova', reason: 'Misspelled by us' }
    }
  })

  it('a revoked one needs a reason, is told to the person and shown to all as revoked, and can be issued anew', async () => {
    standAt('2026-11-24T08:00:00Z')
    const { learner, reader, enrollment } = await someoneReady()
    await confirmedNames(enrollment)
    const code = await issued(enrollment.id)
    const desk = await coordinator()
    await desk.open(`/en/manage/certificates/${code}/revocation`)
    let page = await desk.submit('/revocation', { reason: ' ' })
    expect(page.status).to.equal(422)
    expect(page.text).to.include('Enter the reason')
    page = await desk.follow(await desk.submit('/revocation', { reason: 'Another person took the test.' }))
    expect(page.text).to.include('Revoked').and.include('Another person took the test.')
    expect((await desk.get(`/en/manage/certificates/${code}/revocation`)).status).to.equal(403)
    await desk.post(`/en/manage/certificates/${code}/revocation`, { reason: 'Twice' })

    await runJobs()
    const mail = await mailOf(learner, 'certificate-revoked')
    expect(mail.text).to.include('Another person took the test.').and.include('info@rtcm.az')
    expect(await mailsOf(learner, 'certificate-issued'), 'the news of its issue was overtaken').to.have.length(0)
    expect((await reader.get(`/en/certificates/${code}.pdf`)).status).to.equal(403)
    page = await reader.open('/en/certificates')
    expect(page.text).to.include('Another person took the test.').and.include('In all: 0 academic hours')
    page = await guest().open(`/verify/${code}`)
    expect(page.text).to.include('Revoked on 24 November 2026').and.include('Отозван 24 ноября 2026 года')
    expect(page.text).to.not.include('Another person')

    page = await desk.open('/en/manage/certificates')
    expect(page.text, 'a revoked one is not issued again with the others').to.include('Nobody waits')
    page = await desk.post('/en/manage/certificates', { enrollment: enrollment.id })
    expect(page.location).to.include('refused=1')
    await desk.open(`/en/manage/certificates/${code}/replacement`)
    page = await desk.follow(await desk.submit('/replacement', { reason: 'It was somebody else' }))
    expect(page.text).to.include('The new certificate is issued')
    expect((await guest().open(`/verify/${code}`)).text).to.include('Revoked')
  })

  it('an issued certificate says the same whatever happens to course, training and settings later', async () => {
    const { reader, enrollment } = await someoneReady()
    await confirmedNames(enrollment)
    const code = await issued(enrollment.id)
    const before = await textOf(await reader.get(`/en/certificates/${code}.pdf`))
    const actor = await asActor(await cast.administrator())
    await inTransaction(() =>
      set(actor, 'signatories', [{ name: { en: 'New', ru: 'Новый' }, post: { en: 'New', ru: 'Новый' } }]),
    )
    await sql(null, 'update trainings set hours = 99')
    await sql(null, `update people set name_latin = 'Renamed' where name_latin = 'Aigerim Sadykova'`)
    expect(await textOf(await reader.get(`/en/certificates/${code}.pdf`))).to.equal(before)
  })

  it('a person can see who at the Center saw their certificate', async () => {
    const { learner, reader, enrollment } = await someoneReady()
    await confirmedNames(enrollment)
    const code = await issued(enrollment.id)
    await sql(null, 'delete from access_entries')
    const desk = await coordinator()
    await desk.get(`/en/manage/certificates/${code}`)
    await desk.get(`/en/certificates/${code}.pdf`)
    await reader.get(`/en/certificates/${code}.pdf`)
    await reader.get('/en/certificates')
    // They are noted after the answer has gone out.
    const seen = () =>
      sql<{ person: string; place: string }>(null, 'select person_id as person, place from access_entries order by id')
    let rows = await seen()
    for (let tries = 0; rows.length < 2 && tries < 50; tries++) {
      await new Promise(resolve => setTimeout(resolve, 20))
      rows = await seen()
    }
    const noted = { person: learner.id, place: 'certificates' }
    expect(rows).to.deep.equal([noted, noted])
  })

  it('a person can have so many papers in a minute, then has to wait', async () => {
    const { reader, enrollment } = await someoneReady()
    await confirmedNames(enrollment)
    const code = await issued(enrollment.id)
    for (let i = 0; i < 20; i++) expect((await reader.get(`/en/certificates/${code}.pdf`)).status).to.equal(200)
    const slowed = await reader.get(`/en/certificates/${code}.pdf`)
    expect(slowed.status).to.equal(429)
    expect(slowed.headers['retry-after']).to.match(/^\d+$/)
  })

  it('lists ask the same number of questions whatever their length', async () => {
    await sign()
    const training = await aTraining(await aCourse())
    const add = async (count: number) => {
      for (let i = 0; i < count; i++)
        await confirmedNames(await finished(await anEnrollment(training, await aPerson())))
    }
    await add(1)
    const desk = await coordinator()
    const few = await queriesOf(desk, '/en/manage/certificates')
    await add(5)
    expect(await queriesOf(desk, '/en/manage/certificates'))
      .to.equal(few)
      .and.to.be.at.most(8)
  })
})

async function someoneReady(person?: Someone) {
  await sign()
  const learner = person ?? (await cast.learner())
  const training = await aTraining(await aCourse({ title: TITLE }))
  const enrollment = await finished(await anEnrollment(training, learner), { percent: 86.5 })
  return { learner, training, enrollment, reader: await signedIn(learner) }
}

async function sign() {
  await inTransaction(() => set({ id: null }, 'signatories', SIGNATORIES))
}

let desk: Promise<Reader> | undefined
beforeEach(() => {
  desk = undefined
})
const coordinator = () => (desk ??= cast.coordinator().then(signedIn))

/** Issues as a coordinator would, and gives the number. */
async function issued(enrollmentId: string): Promise<string> {
  const reader = await coordinator()
  const page = await reader.post('/en/manage/certificates', { enrollment: enrollmentId })
  expect(page.location, page.text).to.equal('/en/manage/certificates?issued=1')
  return (await one<{ code: string }>(null, 'select code from certificates order by id desc limit 1'))!.code
}

async function textOf(page: Page): Promise<string> {
  expect(page.headers['content-type'], page.text).to.equal('application/pdf')
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(page.bytes)), { mergePages: true })
  return text.replace(/\s+/g, ' ')
}

const mailsOf = (person: Someone, kind: string) =>
  sql<{ subject: string; text: string }>(
    null,
    'select subject, body_text as text from mails where person_id = $1 and kind = $2 order by id',
    [person.id, kind],
  )
const mailOf = async (person: Someone, kind: string) => (await mailsOf(person, kind))[0]!
const count = async (table: 'certificates') =>
  (await one<{ n: number }>(null, `select count(*)::int as n from ${table}`))!.n
const confirmedAt = async (id: string) =>
  (await one<{ at: unknown }>(null, 'select names_confirmed_at as at from enrollments where id = $1', [id]))!.at
const printedName = async () =>
  (await one<{ name: string }>(null, 'select name_latin as name from certificate_holders'))!.name

async function queriesOf(reader: Reader, path: string): Promise<number> {
  const { queriesInScope } = await import('../lib/db.ts')
  let counted = 0
  const app = theHouse() && (await import('./support/app.ts')).app()
  const render = app.render.bind(app)
  app.render = ((name: string, ...rest: never[]) => {
    counted = queriesInScope()
    return (render as (...all: unknown[]) => void)(name, ...rest)
  }) as never
  try {
    await reader.get(path)
  } finally {
    app.render = render
  }
  return counted
}
