import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { extractText, getDocumentProxy } from 'unpdf'
import { inTransaction, one, sql } from '../lib/db.ts'
import { rolesInWords } from '../models/certificate-words.ts'
import { certify } from '../models/certifying.ts'
import { contributionOf, contributionsToIssue, hoursTaught } from '../models/contribution.ts'
import { certifyContribution } from '../models/contributing.ts'
import { prerequisitesOf } from '../models/offering.ts'
import { set } from '../models/settings.ts'
import { count } from './support/counts.ts'
import { runJobs, standAt } from './support/app.ts'
import { aCourse } from './support/courses.ts'
import { confirmedNames, finished } from './support/finishing.ts'
import { anEnrollment } from './support/trainings.ts'
import { aPerson, asActor, cast } from './support/people.ts'
import { guest, type Page, signedIn } from './support/reader.ts'
import { somethingTaught, taught } from './support/teaching.ts'

const PATH = '/en/manage/certificates/contributions'

describe('contributions of trainers', function () {
  // The first sheet waits for the typesetter to start.
  this.timeout(60_000)
  beforeEach(() => standAt('2026-11-24T08:00:00Z'))

  it('hours taught are all minutes together, rounded down to a half academic hour', () => {
    const hours = [0, 22, 23, 45, 60, 67, 68, 90, 120, 900].map(hoursTaught)
    expect(hours).to.deep.equal([0, 0, 0.5, 1, 1, 1, 1.5, 2, 2.5, 20])
    expect(rolesInWords(['moderator', 'trainer'])).to.deep.equal({ en: 'Trainer, moderator', ru: 'Тренер, ведущий' })
  })

  it('a coordinator issues it, the trainer finds it with the hours, and anyone can check it', async () => {
    const { teacher, training } = await somethingTaught()
    const desk = await signedIn(await cast.coordinator())
    let page = await desk.open(PATH)
    expect(page.text).to.include('Rustam Karimov').and.include('4 academic hours').and.include('2 sessions taught')
    expect(page.text).to.include('The passport name on file').and.include('2 to 3 November 2026')
    expect((await textOf(await desk.get(page.$('td a[href$=".pdf"]').attr('href')!))).plain).to.include('SPECIMEN')
    page = await desk.submit('/contributions', {
      contribution: page.$('input[name=contribution]').attr('value')!,
    })
    expect(page.location).to.equal(`${PATH}?issued=1`)
    page = await desk.follow(page)
    expect(page.text).to.include('1 certificate was issued').and.include('No contribution waits')

    await runJobs()
    const { subject } = (await one<{ subject: string }>(
      null,
      `select subject from mails where kind = 'certificate-issued' and person_id = $1`,
      [teacher.id],
    ))!
    expect(subject).to.include('Your certificate is issued')
    const { code } = (await one<{ code: string }>(null, 'select code from certificates'))!
    const reader = await signedIn(teacher)
    page = await reader.open('/en/certificates')
    expect(page.text)
      .to.include('Taught: 4 academic hours')
      .and.include('Certificate of contribution')
      .and.include(code)
    expect(page.text).to.not.include('In all:')
    expect((await reader.open('/ru/certificates')).text).to.include('Проведено занятий: 4 академических часа')

    const { plain, poppler, pages } = await textOf(await reader.get(`/en/certificates/${code}.pdf`))
    expect(pages).to.equal(1)
    for (const text of [plain, poppler].filter(each => each !== null)) {
      expect(text).to.include('Certificate of Contribution').and.include('Сертификат о вкладе в обучение')
      expect(text).to.include('Rustam Karimov').and.include('taught 4 academic hours of the course')
      expect(text).to.include('Настоящим подтверждается проведение занятий:')
      expect(text).to.include('в объёме 4 академических часов по курсу')
      expect(text).to.include('Trainer').and.include('Тренер').and.include('2 to 3 November 2026').and.include(code)
    }

    page = await guest().open(`/verify/${code}`)
    expect(page.text).to.include('Valid').and.include('Certificate of contribution').and.include('Hours taught')
    expect(page.text).to.include('Сертификат о вкладе в обучение').and.include('4 академических часа')
    page = await desk.open(`/en/manage/certificates/${code}`)
    expect(page.text).to.include('2 sessions taught, 180 minutes').and.include(training.code)
  })

  it('all are issued by one press, again pressing issues nothing more', async () => {
    const { training, coordinators } = await somethingTaught()
    const second = await aPerson({ name: 'Nino Beridze' })
    await taught(
      training,
      coordinators[0]!,
      [{ role: 'trainer', personId: second.id }],
      [{ from: '2026-11-02T14:00', to: '2026-11-02T15:00' }],
    )
    const desk = await signedIn(await cast.coordinator())
    await desk.open(PATH)
    const page = await desk.submit('/contributions', { all: 'yes' })
    expect(page.location).to.equal(`${PATH}?issued=2`)
    expect((await desk.post(PATH, { all: 'yes' })).status).to.equal(422)
    const [row] = await sql<{ key: string }>(null, `select training_id || '.' || person_id as key from certificates`)
    expect((await desk.post(PATH, { contribution: row!.key })).location).to.equal(`${PATH}?issued=0`)
    expect(await count('certificates')).to.equal(2)
    expect(await count(`mails where kind = 'certificate-issued'`)).to.equal(2)
  })

  it('only sessions count that took place, were told, count, and held the trainer’s time', async () => {
    const { training, teacher, coordinators, ...of } = await somethingTaught()
    const trainer = { role: 'trainer' as const, personId: teacher.id }
    const minutes = async () => (await contributionOf(of.personId, of.trainingId))?.minutes
    expect(await minutes()).to.equal(180)
    const [session] = await taught(
      training,
      coordinators[0]!,
      [trainer],
      [
        { from: '2026-11-02T15:00', to: '2026-11-02T16:00' },
        { from: '2026-11-03T15:00', to: '2026-11-03T16:00', counts: false },
        { from: '2026-11-03T16:00', to: '2026-11-03T16:15', kind: 'break', counts: false },
        { from: '2026-11-04T15:00', to: '2026-11-04T16:00', wanted: [{ role: 'moderator', personId: teacher.id }] },
        // The moderator's part is named first and holds the time; the trainer's part of the same session counts.
        {
          from: '2026-11-05T15:00',
          to: '2026-11-05T16:00',
          wanted: [{ role: 'moderator', personId: teacher.id }, trainer],
        },
      ],
    )
    expect(await minutes()).to.equal(300)
    await sql(null, `update sessions set canceled_at = now(), canceled_reason = '{"en":"x","ru":"x"}' where id = $1`, [
      session,
    ])
    expect(await minutes()).to.equal(240)
    await sql(null, 'update bookings set firm = false where person_id = $1', [teacher.id])
    expect(await minutes()).to.equal(undefined)
    await sql(null, 'update bookings set firm = true where person_id = $1 and role = $2', [teacher.id, 'trainer'])
    await sql(null, `update trainings set status = 'canceled' where id = $1`, [training.id])
    expect(await minutes()).to.equal(undefined)
    await sql(null, `update trainings set status = 'published' where id = $1`, [training.id])
    await sql(null, 'update sessions set published = null')
    expect(await minutes()).to.equal(undefined)
  })

  it('waits until nothing is left to teach', async () => {
    const { training, teacher, coordinators, dataKey, ...of } = await somethingTaught({ endsOn: '2026-12-04' })
    await taught(
      training,
      coordinators[0]!,
      [{ role: 'trainer', personId: teacher.id }],
      [{ from: '2026-12-02T11:00', to: '2026-12-02T12:30' }],
    )
    expect(await contributionsToIssue(null)).to.have.length(0)
    const coordinator = await asActor(coordinators[0]!)
    expect(await certifyContribution(coordinator, of, dataKey)).to.deep.equal({
      ok: false,
      reason: 'certificate.notTaught',
    })
    standAt('2026-12-02T09:00:00Z')
    expect(await contributionsToIssue(null)).to.have.length(1)
    expect((await contributionsToIssue(training.code))[0]).to.include({ minutes: 270, last: '2026-12-02' })
    expect(await contributionsToIssue('RMC-99')).to.have.length(0)
  })

  it('nothing that would be taught after a training was closed counts', async () => {
    const { training, ...of } = await somethingTaught()
    await sql(null, `update trainings set status = 'closed' where id = $1`, [training.id])
    await sql(
      null,
      `insert into transitions (record_kind, record_id, from_status, to_status, at)
       values ('training', $1, 'published', 'closed', '2026-11-02T20:00:00Z')`,
      [training.id],
    )
    expect((await contributionOf(of.personId, of.trainingId))?.minutes).to.equal(90)
  })

  it('prints the name confirmed for another certificate, and says where it differs from the file', async () => {
    const { teacher, dataKey, coordinators, ...of } = await somethingTaught()
    await sql(
      null,
      `insert into enrollments (training_id, person_id, course_version_id, source, status, sex, created_at, names_confirmed, names_confirmed_at)
       select id, $1, course_version_id, 'self', 'enrolled', 'man', now(), '{"latin":"Rustam R. Karimov"}', now() from trainings`,
      [teacher.id],
    )
    const page = await (await signedIn(await cast.coordinator())).open(PATH)
    expect(page.text).to.include('Rustam R. Karimov').and.include('Differs from the person’s data: Rustam Karimov')
    expect(page.text).to.include('The name the person confirmed')
    await certifyContribution(await asActor(coordinators[0]!), of, dataKey)
    const holder = await one<{ latin: string }>(null, 'select name_latin as latin from certificate_holders')
    expect(holder!.latin).to.equal('Rustam R. Karimov')
  })

  it('stands beside what the same person learned: neither hides the other, and teaching is no prerequisite met', async () => {
    const { training, teacher, dataKey, coordinators, ...of } = await somethingTaught()
    const coordinator = await asActor(coordinators[0]!)
    const contribution = await certifyContribution(coordinator, of, dataKey)
    const place = await anEnrollment(training, teacher)
    await sql(
      null,
      `insert into attendances (session_id, enrollment_id, status, minutes, source, at)
       select id, $1, 'present', 90, 'trainer', now() from sessions`,
      [place.id],
    )
    const enrollment = await finished(place)
    const reader = await signedIn(teacher)
    expect((await reader.open('/en/certificates')).text).to.include('Confirm the name to be printed')
    await confirmedNames(enrollment)
    const desk = await signedIn(await cast.coordinator())
    expect((await desk.open('/en/manage/certificates')).text).to.include('1 person has met all conditions')
    const next = await aCourse({ code: 'RMC-02', prerequisites: [training.course] })
    expect((await prerequisitesOf(next.id, teacher.id))[0]!.met).to.equal(false)
    const learned = await certify(coordinator, enrollment.id, dataKey)
    expect(learned).to.include({ ok: true, fresh: true })
    expect(learned.ok && contribution.ok && learned.code !== contribution.code).to.equal(true)
    const page = await reader.open('/en/certificates')
    expect(page.text).to.include('In all: 8 academic hours').and.include('Taught: 4 academic hours')
  })

  it('is replaced and revoked as every certificate, and a revoked one is not issued again by itself', async () => {
    const { teacher, training, dataKey, coordinators, ...of } = await somethingTaught()
    const coordinator = await asActor(coordinators[0]!)
    const outcome = await certifyContribution(coordinator, of, dataKey)
    const code = outcome.ok ? outcome.code : ''
    const desk = await signedIn(await cast.coordinator())
    await desk.open(`/en/manage/certificates/${code}/replacement`)
    let page = await desk.submit('/replacement', { latin: 'Rustam Karimzoda', reason: 'The passport says so.' })
    const successor = /certificates\/(RTCM-[^?]+)/.exec(page.location!)![1]!
    const { plain } = await textOf(await (await signedIn(teacher)).get(`/en/certificates/${successor}.pdf`))
    expect(plain).to.include('Rustam Karimzoda').and.include('taught 4 academic hours')
    await desk.open(`/en/manage/certificates/${successor}/revocation`)
    page = await desk.submit('/revocation', { reason: 'Taught by somebody else.' })
    expect(page.location).to.include('done=certificate-revoked')
    expect((await guest().open(`/verify/${successor}`)).text).to.include('Revoked')
    expect(await contributionsToIssue(training.code)).to.have.length(0)
    expect(await certifyContribution(coordinator, of, dataKey)).to.deep.equal({
      ok: false,
      reason: 'certificate.revokedBefore',
    })
  })

  it('is issued by coordinators only, and by none without who signs', async () => {
    const { training, teacher, coordinators, dataKey, ...of } = await somethingTaught()
    expect((await (await signedIn(teacher)).get(PATH)).status).to.equal(404)
    const administrator = await signedIn(await cast.administrator())
    expect((await administrator.open(PATH)).$('input[name=contribution]')).to.have.length(0)
    expect((await administrator.post(PATH, { all: 'yes' })).status).to.equal(403)
    await inTransaction(() => set({ id: null }, 'signatories', []))
    const desk = await signedIn(await cast.coordinator())
    const page = await desk.open(PATH)
    expect(page.text).to.include('No certificate can be issued until the settings name who signs them')
    expect((await desk.post(PATH, { contribution: `${of.trainingId}.${of.personId}` })).location).to.include(
      'refused=1',
    )
    await sql(null, 'update trainings set signatories = $2 where id = $1', [
      training.id,
      JSON.stringify([{ name: { en: 'Own', ru: 'Свой' }, post: { en: 'Host', ru: 'Хозяин' } }]),
    ])
    await certifyContribution(await asActor(coordinators[0]!), of, dataKey)
    const row = await one<{ signed: string }>(
      null,
      `select snapshot -> 'signatories' -> 0 -> 'name' ->> 'en' as signed from certificates`,
    )
    expect(row!.signed).to.equal('Own')
  })
})

/** The text of a paper, by the npm reader and by pdftotext where it is there. */
async function textOf(page: Page) {
  expect(page.status, page.text).to.equal(200)
  const document = await getDocumentProxy(new Uint8Array(page.bytes))
  const { text, totalPages } = await extractText(document, { mergePages: true })
  const folded = (words: string) => words.replace(/\s+/g, ' ')
  return { plain: folded(text), pages: totalPages, poppler: poppler(page.bytes) }
}

function poppler(pdf: Buffer): string | null {
  if (spawnSync('pdftotext', ['-v']).error) return null
  const folder = mkdtempSync(join(tmpdir(), 'rtcm-paper-'))
  try {
    const file = join(folder, 'paper.pdf')
    writeFileSync(file, pdf)
    return execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
