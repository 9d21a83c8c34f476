import { expect } from 'chai'
import readXlsx from 'read-excel-file/node'
import { one, sql } from '../lib/db.ts'
import { passOnExpired } from '../models/placing.ts'
import { turnByDate } from '../models/turning.ts'
import { runJobs, standAt } from './support/app.ts'
import { aCourse } from './support/courses.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { aPerson, cast } from './support/people.ts'
import { guest, type Reader, signedIn } from './support/reader.ts'

const statusOf = async (code: string) =>
  (await one<{ status: string }>(null, 'select status from trainings where code = $1', [code]))!.status
const place = async (personId: string) =>
  (await one<{ status: string }>(null, 'select status from enrollments where person_id = $1', [personId]))!.status
const kinds = async () =>
  (await sql<{ kind: string; address: string }>(null, 'select kind, address from mails order by id')).map(
    mail => `${mail.kind} ${mail.address}`,
  )

const FIELDS = {
  course: 'RMC-01',
  code: 'RMC-01-2027-07',
  format: 'on_site',
  zone: 'Asia/Baku',
  hours: '20',
  startsOn: '2027-03-01',
  endsOn: '2027-03-05',
  placeEn: 'Baku',
  placeRu: 'Баку',
  languages: ['en', 'ru'],
  enrollmentMode: 'approval',
  seats: '2',
}

describe('running a training', () => {
  let coordinator: Reader

  beforeEach(async () => {
    standAt('2027-01-11T08:00:00Z')
    await sql(null, `insert into settings (key, value, changed_at) values ('signatories', $1, now())`, [
      JSON.stringify([{ name: { en: 'A', ru: 'А' }, post: { en: 'Director', ru: 'Директор' } }]),
    ])
    coordinator = await signedIn(await cast.coordinator())
  })

  it('a coordinator opens a draft nobody sees, and publishes it', async () => {
    await aCourse({ code: 'RMC-01' })
    await coordinator.get('/en/manage/trainings/new')
    const page = await coordinator.follow(await coordinator.submit('/trainings/new', FIELDS))
    expect(page.text).to.contain('The draft is open').and.to.contain('Ready to publish')
    expect((await guest().get('/en/trainings/RMC-01-2027-07')).status).to.equal(404)
    await coordinator.get('/en/manage/trainings/RMC-01-2027-07/publication')
    await coordinator.follow(await coordinator.submit('/publication'))
    expect(await statusOf('RMC-01-2027-07')).to.equal('published')
    expect((await guest().get('/ru/trainings/RMC-01-2027-07')).text).to.contain('Баку')
  })

  it('what is wrong is said beside each field and kept, in Russian too', async () => {
    await aCourse({ code: 'RMC-01' })
    await coordinator.get('/ru/manage/trainings/new')
    const page = await coordinator.submit('/trainings/new', {
      ...FIELDS,
      placeRu: '',
      endsOn: '2027-02-01',
      seats: 'many',
      languages: ['en', 'az'],
    })
    expect(page.status).to.equal(422)
    expect(page.text)
      .to.contain('Заполните на обоих языках')
      .and.to.contain('Последний день раньше первого')
      .and.to.contain('целое число мест')
    expect(page.$('#placeEn').val()).to.equal('Baku')
    const next = await coordinator.submit('/trainings/new', { placeRu: 'Баку', endsOn: '2027-03-05', seats: '2' })
    expect(next.text).to.contain('Для другого официального языка нужна договорённость')
  })

  it('publishing is refused while something is missing, and the page says what', async () => {
    await sql(null, 'delete from settings')
    const training = await aTraining(await aCourse({ code: 'RMC-01' }), {
      status: 'draft',
      format: 'on_site',
      startsOn: '2027-03-01',
      endsOn: '2027-03-05',
    })
    const page = await coordinator.get(`/en/manage/trainings/${training.code}/publication`)
    expect(page.text).to.contain('An on-site training needs its place').and.to.contain('Nobody is named who signs')
    expect(page.$('main form')).to.have.length(0)
    expect((await coordinator.post(`/en/manage/trainings/${training.code}/publication`)).status).to.equal(422)
    expect(await statusOf(training.code)).to.equal('draft')
  })

  it('a past training is copied onto new dates with its agenda; participants stay behind', async () => {
    const source = await aTraining(await aCourse({ code: 'RMC-01' }), {
      status: 'closed',
      format: 'on_site',
      startsOn: '2026-10-05',
      endsOn: '2026-10-09',
    })
    await anEnrollment(source, await cast.learner())
    await sql(
      null,
      `insert into sessions (training_id, kind, title, wall_start, wall_end, zone, starts_at, ends_at, uid, created_at, changed_at)
       values ($1, 'session', '{"en":"Terms","ru":"Термины"}', '2026-10-06T11:00', '2026-10-06T12:30', 'Europe/Rome',
         '2026-10-06T09:00Z', '2026-10-06T10:30Z', 'one', now(), now())`,
      [source.id],
    )
    await coordinator.get(`/en/manage/trainings/${source.code}/copy`)
    await coordinator.submit('/copy', { code: 'RMC-01-2027-COPY', startsOn: '2027-03-01' })
    const page = await coordinator.follow(await coordinator.submit('/copy'))
    expect(page.text).to.contain('The copy is a draft').and.to.contain('1 session nobody was told of')
    const copied = await one<{ wall: string; at: Temporal.Instant; enrolled: number; endsOn: string }>(
      null,
      `select to_char(s.wall_start, 'YYYY-MM-DD HH24:MI') as wall, s.starts_at as at, t.ends_on as "endsOn",
         (select count(*)::int from enrollments e where e.training_id = t.id) as enrolled
       from trainings t join sessions s on s.training_id = t.id where t.code = 'RMC-01-2027-COPY'`,
    )
    // Winter time in Rome by then: the wall time stays, the instant follows.
    expect({ ...copied, at: String(copied!.at) }).to.deep.equal({
      wall: '2027-03-02 11:00',
      at: '2027-03-02T10:00:00Z',
      enrolled: 0,
      endsOn: '2027-03-05',
    })
    expect(
      (
        await coordinator.post(`/en/manage/trainings/${source.code}/copy`, {
          code: 'RMC-01-2027-COPY',
          startsOn: '2027-03-01',
          format: 'on_site',
        })
      ).text,
    ).to.contain('Another training has this code')
  })

  it('requests are approved, put on the waiting list or declined with a reason, and each person is told', async () => {
    const training = await aTraining(await aCourse({ code: 'RMC-01' }), {
      seats: 1,
      mode: 'approval',
      format: 'live_online',
      startsOn: '2027-03-01',
      endsOn: '2027-03-05',
    })
    const people = [await aPerson(), await aPerson(), await aPerson({ locale: 'ru' })]
    const ids = []
    for (const person of people) ids.push((await anEnrollment(training, person, { status: 'requested' })).id)
    const decide = async (id: string, fields: Record<string, string>) => {
      await coordinator.get(`/en/manage/enrollments/${id}/decision`)
      return coordinator.submit('/decision', fields)
    }
    await coordinator.follow(await decide(ids[0]!, { decision: 'approve' }))
    const full = await decide(ids[1]!, { decision: 'approve' })
    expect(full.text).to.contain('All 1 places are taken')
    await coordinator.follow(await decide(ids[1]!, { decision: 'wait' }))
    expect((await decide(ids[2]!, { decision: 'decline' })).text).to.contain('Write the reason')
    await coordinator.follow(
      await decide(ids[2]!, { decision: 'decline', reason: 'Группа набрана из Центральной Азии' }),
    )
    expect(await Promise.all(people.map(person => place(person.id)))).to.deep.equal(['enrolled', 'waiting', 'declined'])
    await runJobs()
    expect(await kinds()).to.deep.equal([
      `enrollment-confirmed ${people[0]!.email}`,
      `enrollment-waiting ${people[1]!.email}`,
      `enrollment-declined ${people[2]!.email}`,
    ])
    const declined = await one<{ subject: string; text: string }>(
      null,
      `select subject, body_text as text from mails where kind = 'enrollment-declined'`,
    )
    expect(declined!.subject).to.contain('без места')
    expect(declined!.text).to.contain('Группа набрана из Центральной Азии')
  })

  it('an offered place is held, taken by a button without signing in, or declined to the next', async () => {
    const training = await aTraining(await aCourse({ code: 'RMC-01' }), { seats: 1 })
    const [leaving, first, second] = [await cast.learner(), await aPerson(), await aPerson()]
    await anEnrollment(training, leaving)
    for (const person of [first, second]) await anEnrollment(training, person, { status: 'waiting' })
    await (await signedIn(leaving)).post(`/en/trainings/${training.code}/enrollment/withdrawal`)
    const late = await signedIn(await aPerson())
    await late.post(`/en/trainings/${training.code}/enrollment`)
    expect((await late.get(`/en/trainings/${training.code}`)).text).to.contain('number 3 in line')
    const link = async () =>
      (await one<{ data: { link: string } }>(
        null,
        `select data from mails where kind = 'place-offered' order by id desc limit 1`,
      ))!.data.link
    const reader = guest()
    await reader.get(`/en${await link()}`)
    expect(await place(first.id)).to.equal('waiting')
    expect((await reader.follow(await reader.submit('/refusal'))).text).to.contain('goes to the next')
    expect(await place(first.id)).to.equal('withdrawn')
    await reader.get(`/ru${await link()}`)
    expect((await reader.follow(await reader.submit('/acceptance'))).text).to.contain('Вы записаны')
    expect(await place(second.id)).to.equal('enrolled')
    expect((await guest().get('/en/offers/never-was')).status).to.equal(404)
  })

  it('an offer nobody takes passes to the next after three days', async () => {
    const training = await aTraining(await aCourse({ code: 'RMC-01' }), { seats: 1 })
    const [leaving, first, second] = [await cast.learner(), await aPerson(), await aPerson()]
    await anEnrollment(training, leaving)
    for (const person of [first, second]) await anEnrollment(training, person, { status: 'waiting' })
    await (await signedIn(leaving)).post(`/en/trainings/${training.code}/enrollment/withdrawal`)
    expect(await passOnExpired()).to.equal(0)
    standAt('2027-01-14T09:00:00Z')
    expect(await passOnExpired()).to.equal(1)
    const held = await one<{ id: string }>(
      null,
      'select person_id as id from enrollments where offered_until is not null',
    )
    expect(held!.id).to.equal(second.id)
    expect(await place(first.id)).to.equal('waiting')
  })

  it('a training that is put off or called off tells everyone concerned once, with the reason in their language', async () => {
    const training = await aTraining(await aCourse({ code: 'RMC-01' }), {
      format: 'live_online',
      startsOn: '2027-03-01',
      endsOn: '2027-03-05',
    })
    const [learner, waiting] = [await aPerson({ locale: 'ru' }), await aPerson()]
    await anEnrollment(training, learner)
    await anEnrollment(training, waiting, { status: 'waiting' })
    await coordinator.get(`/en/manage/trainings/${training.code}/postponement`)
    expect((await coordinator.submit('/postponement', { reasonEn: 'The hall is closed' })).text).to.contain(
      'Write the reason in Russian',
    )
    await coordinator.follow(
      await coordinator.submit('/postponement', { reasonEn: 'The hall is closed', reasonRu: 'Зал закрыт' }),
    )
    expect(await statusOf(training.code)).to.equal('postponed')
    await runJobs()
    const mails = await sql<{ address: string; text: string }>(
      null,
      `select address, body_text as text from mails where kind = 'training-postponed' order by id`,
    )
    expect(mails.map(mail => mail.address)).to.have.members([learner.email, waiting.email])
    expect(mails.find(mail => mail.address === learner.email)!.text).to.contain('Зал закрыт')
    expect(mails.find(mail => mail.address === waiting.email)!.text).to.contain('The hall is closed')
    await coordinator.get(`/en/manage/trainings/${training.code}/cancellation`)
    await coordinator.follow(await coordinator.submit('/cancellation', { reasonEn: 'Ended', reasonRu: 'Завершено' }))
    await runJobs()
    expect(await statusOf(training.code)).to.equal('canceled')
    expect((await kinds()).filter(kind => kind.startsWith('training-canceled'))).to.have.length(2)
  })

  it('the participants leave as a spreadsheet in which no name is a formula', async () => {
    const training = await aTraining(await aCourse({ code: 'RMC-01' }))
    await anEnrollment(training, await aPerson({ name: '=HYPERLINK("x")' }))
    const file = await coordinator.get(`/en/manage/trainings/${training.code}/participants.xlsx`)
    expect(file.headers['content-disposition']).to.contain(`${training.code}-participants.xlsx`)
    const rows = (await readXlsx(file.bytes as never)) as unknown as { data: unknown[][] }[] | unknown[][]
    const cells = JSON.stringify(rows)
    expect(cells).to.contain("'=HYPERLINK").and.to.not.contain('"=HYPERLINK')
  })

  it('trainings begin and close by date', async () => {
    const training = await aTraining(await aCourse({ code: 'RMC-01' }), {
      status: 'published',
      format: 'live_online',
      startsOn: '2027-03-01',
      endsOn: '2027-03-05',
    })
    await turnByDate()
    expect(await statusOf(training.code)).to.equal('published')
    standAt('2027-03-01T05:00:00Z')
    await turnByDate()
    expect(await statusOf(training.code)).to.equal('running')
    standAt('2027-03-06T05:00:00Z')
    await turnByDate()
    expect(await statusOf(training.code)).to.equal('closed')
  })

  it('the first day is that of the host: it comes to Bishkek before it comes to Rome', async () => {
    const course = await aCourse({ code: 'RMC-01' })
    const traits = { status: 'published', format: 'live_online', startsOn: '2027-03-01', endsOn: '2027-03-05' } as const
    const [bishkek, rome] = [
      await aTraining(course, { ...traits, zone: 'Asia/Bishkek' }),
      await aTraining(course, { ...traits, zone: 'Europe/Rome' }),
    ]
    standAt('2027-02-28T18:30:00Z')
    await turnByDate()
    expect([await statusOf(bishkek.code), await statusOf(rome.code)]).to.deep.equal(['running', 'published'])
  })

  it('others do not find these pages', async () => {
    const training = await aTraining(await aCourse({ code: 'RMC-01' }))
    const stranger = await signedIn(await cast.stranger())
    for (const path of [
      'new',
      training.code,
      `${training.code}/edit`,
      `${training.code}/copy`,
      `${training.code}/publication`,
      `${training.code}/cancellation`,
      `${training.code}/participants.xlsx`,
    ])
      expect((await stranger.get(`/en/manage/trainings/${path}`)).status, path).to.equal(404)
    const admin = await signedIn(await cast.administrator())
    expect((await admin.get(`/en/manage/trainings/${training.code}/edit`)).status).to.equal(403)
  })
})
