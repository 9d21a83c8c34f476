import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { erase } from '../models/erasing.ts'
import { nameHash } from '../models/names.ts'
import { withdraw } from '../models/withdrawing.ts'
import { runJobs, theHouse } from './support/app.ts'
import { aCourse } from './support/courses.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { mailsTo } from './support/mails.ts'
import { asActor, cast, type Someone } from './support/people.ts'
import { guest, signedIn } from './support/reader.ts'

const CODE = 'RTCM-TEST'
const MARKS = ['Aigerim', 'Sadykova', 'Айгерим', 'learner@ministry']

async function aWholeLife() {
  const [learner, coordinator] = [await cast.learner(), await cast.coordinator()]
  const training = await aTraining(await aCourse({}))
  await anEnrollment(training, learner)
  const second = await aTraining(await aCourse({ code: 'RMC-02' }))
  await anEnrollment(second, learner)
  const enrollment = await one<{ id: string }>(
    null,
    `update enrollments set names_confirmed = '{"latin":"Aigerim Sadykova"}', names_confirmed_at = now()
     where training_id = $1 returning id`,
    [training.id],
  )
  const certificate = await one<{ id: string }>(
    null,
    `insert into certificates (code, kind, person_id, training_id, enrollment_id, snapshot, issued_at, issued_by)
     values ($1, 'achievement', $2, $3, $4, '{}', now(), $5) returning id`,
    [CODE, learner.id, training.id, enrollment!.id, coordinator.id],
  )
  await sql(
    null,
    `insert into certificate_holders (certificate_id, name_latin, name_cyrillic, name_hash) values ($1, $2, 'Айгерим Садыкова', $3)`,
    [certificate!.id, learner.name, nameHash(theHouse().config.dataKey, CODE, learner.name)],
  )
  await sql(
    null,
    `insert into consents (person_id, purpose, wording_version, given_at) values ($1, 'data_notice', 1, now())`,
    [learner.id],
  )
  const reader = await signedIn(learner)
  await reader.get('/en/reset-password')
  await reader.submit('/reset-password', { email: learner.email })
  await runJobs()
  return { learner, coordinator, training, second, reader, admin: await asActor(await cast.administrator()) }
}

/** Every row of the database as text, table by table, in which one of the marks occurs. */
async function traces(): Promise<string[]> {
  const tables = await sql<{ name: string }>(
    null,
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const found = []
  for (const { name } of tables) {
    const rows = await sql<{ row: string }>(null, `select t::text as row from "${name}" t`)
    if (rows.some(({ row }) => MARKS.some(mark => row.toLowerCase().includes(mark.toLowerCase())))) found.push(name)
  }
  return found
}

const statusIn = (training: { id: string }, person: Someone) =>
  one<{ status: string }>(null, 'select status from enrollments where training_id = $1 and person_id = $2', [
    training.id,
    person.id,
  ])

describe('erasing', () => {
  it('leaves no trace of the name or the address in any table, and the totals as they were', async () => {
    const { learner, admin, training, second } = await aWholeLife()
    expect(await traces()).to.include.members(['people', 'accounts', 'certificate_holders', 'enrollments', 'mails'])
    await erase(admin, learner.id, null)
    await runJobs()
    await sql(null, `delete from mails where kind = 'person-erased'`)
    await sql(null, `delete from rate_limits`)
    expect(await traces()).to.deep.equal([])
    expect(await statusIn(training, learner)).to.deep.equal({ status: 'enrolled' })
    expect(await statusIn(second, learner)).to.deep.equal({ status: 'withdrawn' })
    expect(await one(null, 'select country, sex from enrollments limit 1')).to.deep.equal({
      country: 'KZ',
      sex: 'woman',
    })
  })

  it('keeps the keyed hash of the name on a certificate', async () => {
    const { learner, admin } = await aWholeLife()
    await erase(admin, learner.id, null)
    const holder = await one<{ name_latin: null; name_hash: string }>(
      null,
      'select name_latin, name_hash from certificate_holders',
    )
    expect(holder!.name_latin).to.equal(null)
    expect(holder!.name_hash).to.equal(nameHash(theHouse().config.dataKey, CODE, 'aigerim sadykova'))
  })

  it('ends the sign-in at once, tells the person by a last mail, and frees the address', async () => {
    const { learner, admin, reader } = await aWholeLife()
    await erase(admin, learner.id, null)
    expect((await reader.get('/en/me')).location).to.contain('/sign-in')
    const mails = await mailsTo(learner.email)
    expect(mails.map(mail => mail.kind)).to.deep.equal(['person-erased'])
    const again = guest()
    await again.get('/en/sign-in')
    expect((await again.submit('/sign-in', { email: learner.email, password: 'border-post-at-dawn' })).status).to.equal(
      422,
    )
  })

  it('passes a place that was offered to the person on to the next in line', async () => {
    const [keeps, learner, next] = [await cast.trainer(), await cast.learner(), await cast.stranger()]
    const training = await aTraining(await aCourse({}), { seats: 1 })
    await anEnrollment(training, keeps)
    await anEnrollment(training, learner, { status: 'waiting' })
    await anEnrollment(training, next, { status: 'waiting' })
    await withdraw(await asActor(keeps), training.id)
    expect(await mailsTo(next.email)).to.deep.equal([])
    await erase(await asActor(await cast.administrator()), learner.id, 'letter of 3 March')
    expect((await mailsTo(next.email)).map(mail => mail.kind)).to.deep.equal(['place-offered'])
  })

  it('offers a freed place to the first who waits', async () => {
    const [learner, next] = [await cast.learner(), await cast.stranger()]
    const training = await aTraining(await aCourse({}), { seats: 1 })
    await anEnrollment(training, learner)
    await anEnrollment(training, next, { status: 'waiting' })
    await erase(await asActor(await cast.administrator()), learner.id, 'letter of 3 March')
    expect(await statusIn(training, next)).to.deep.equal({ status: 'waiting' })
    expect(await mailsTo(next.email)).to.have.length(1)
  })

  it('writes who did it and on what grounds, and happens once', async () => {
    const learner = await cast.learner()
    const admin = await asActor(await cast.administrator())
    await erase(admin, learner.id, 'letter of 3 March')
    let refused = ''
    await erase(admin, learner.id, null).catch(error => (refused = error.key))
    expect(refused).to.equal('person.erasedAlready')
    const lines = await sql(
      null,
      `select actor_id, record_id, details from audit_entries where action = 'person.erased'`,
    )
    expect(lines).to.deep.equal([
      { actor_id: admin.id, record_id: learner.id, details: { asked: false, grounds: 'letter of 3 March' } },
    ])
  })
})
