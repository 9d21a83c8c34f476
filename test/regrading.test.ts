import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { checkGrades } from '../models/checking-grades.ts'
import { versionsOf } from '../models/item.ts'
import { lostPassesOpen } from '../models/lost-passes.ts'
import { revokeCertificate } from '../models/revoking.ts'
import { upholdCertificate } from '../models/upholding.ts'
import { regrade } from '../models/regrading.ts'
import { changesBy, keysFor, signOf } from '../models/regrade.ts'
import { aSitting } from './support/answers.ts'
import { runJobs } from './support/app.ts'
import { aCourse } from './support/courses.ts'
import { aCertificate } from './support/finishing.ts'
import { aTraining, type SomeTraining } from './support/trainings.ts'
import { aLostPass, issuedAnyway } from './support/lost-passes.ts'
import { asActor, cast, type Someone } from './support/people.ts'
import { refusalOf } from './support/questions.ts'
import { type Reader, signedIn } from './support/reader.ts'

const CODE = 'RMC-01-Q01'
const PAGE = `/en/manage/bank/items/${CODE}/versions/1/results`

/** Right answers to so many of the four questions: Q01, Q02, Q03 (two options), Q04. */
const RIGHT: Record<string, string[]> = {
  'RMC-01-Q01': ['a'],
  'RMC-01-Q02': ['a'],
  'RMC-01-Q03': ['a', 'b'],
  'RMC-01-Q04': ['a'],
}
const only = (...codes: string[]) => Object.fromEntries(codes.map(code => [code, RIGHT[code]!]))

describe('regrading', () => {
  let training: SomeTraining
  let coordinator: Someone
  let reader: Reader

  beforeEach(async () => {
    training = await aTraining(await aCourse({ items: 2, lessons: 0, form: false }))
    coordinator = await cast.coordinator()
    reader = await signedIn(coordinator)
  })

  // 75 % with the question, 66.67 % without it.
  const loser = () => aSitting(training, { answers: only(CODE, 'RMC-01-Q02', 'RMC-01-Q04') })
  // 50 % with it, 66.67 % without it.
  const winner = () => aSitting(training, { answers: only('RMC-01-Q02', 'RMC-01-Q04') })

  const versions = async () => versionsOf(await asActor(coordinator), CODE)
  async function drop(fields: Partial<{ seen: string; losses: boolean }> = {}) {
    const [version] = await versions()
    const seen = signOf(await changesBy(version!.id, { act: 'drop' }))
    return regrade(
      await asActor(coordinator),
      version!,
      { act: 'drop' },
      { reason: 'No answer is right.', seen, losses: true, ...fields },
    )
  }
  const percentOf = async (enrollmentId: string) =>
    Number(
      (await one<{ percent: string }>(null, 'select percent from grades where enrollment_id = $1', [enrollmentId]))!
        .percent,
    )

  it('shows person by person what would change, and changes nothing by showing it', async () => {
    const [one_, other] = [await loser(), await winner()]
    const page = await reader.get(`${PAGE}?ruling=drop`)
    const rows = page
      .$('tbody tr')
      .map((_, row) => page.$(row).text().replace(/\s+/g, ' ').trim())
      .get()
    expect(rows[0]).to.include(one_.person.name).and.include('3 of 4 (75 %), then 2 of 3 (66.67 %)')
    expect(rows[0]).to.include('passed, then not')
    expect(rows[1]).to.include(other.person.name).and.include('2 of 4 (50 %), then 2 of 3 (66.67 %)')
    expect(await percentOf(one_.enrollment.id)).to.equal(75)
  })

  it('a pass is not lost without being seen: it must be said, and everybody affected gets one mail', async () => {
    const [one_, other] = [await loser(), await winner()]
    await runJobs()
    await reader.get(`${PAGE}?ruling=drop`)
    const refused = await reader.submit('/results', { reason: 'No answer is right.' })
    expect([refused.status, refused.$('.error-summary, [role=alert]').text()]).to.satisfy(
      ([status, text]: [number, string]) => status === 422 && text.includes('1 person would lose the pass'),
    )
    const done = await reader.follow(await reader.submit('/results', { reason: 'No answer is right.', losses: 'yes' }))
    expect(done.$('main').text()).to.include('Version 1 does not count').and.include('No answer is right.')
    expect([await percentOf(one_.enrollment.id), await percentOf(other.enrollment.id)]).to.deep.equal([66.67, 66.67])
    expect(await checkGrades()).to.deep.include({ differences: [], receipts: [], grades: [] })
    await runJobs()
    await runJobs()
    const mails = await sql<{ subject: string; n: number }>(
      null,
      `select count(*)::int as n from mails where kind = 'result-corrected'`,
    )
    expect(mails[0]!.n).to.equal(2)
    const learner = await signedIn(one_.person)
    const result = await learner.get(`/en/trainings/${training.code}/attempts/1/result`)
    expect(result.$('main').text().replace(/\s+/g, ' ')).to.include(
      '75 % before, 66.67 % after. Reason: No answer is right.',
    )
    expect(result.$('main').text()).to.include('This question does not count any more.')
  })

  it('an eligibility without a certificate is taken back; a certificate stays', async () => {
    const [bare, certified] = [await loser(), await loser()]
    await sql(null, 'update enrollments set eligible_at = now()')
    await aCertificate({ ...certified.enrollment })
    await drop()
    await runJobs()
    const eligible = await sql<{ id: string }>(null, 'select id from enrollments where eligible_at is not null')
    expect(eligible.map(({ id }) => id)).to.deep.equal([certified.enrollment.id])
    expect(await sql(null, 'select id from certificates where revoked_at is null')).to.have.length(1)
    const steps = await sql(
      null,
      `select reason from transitions where record_kind = 'enrollment' and record_id = $1 and to_status = 'enrolled' and reason = 'test'`,
      [bare.enrollment.id],
    )
    expect(steps).to.have.length(1)
  })

  it('a certificate in force whose pass was lost is listed until a person decides, and is named in the preview', async () => {
    const { enrollment, person } = await loser()
    const code = await issuedAnyway(await asActor(coordinator), enrollment)
    const lost = '/en/manage/certificates/lost-passes'
    const preview = await reader.get(`${PAGE}?ruling=drop`)
    expect(preview.$('tbody tr a').attr('href')).to.equal(`/en/manage/certificates/${code}`)
    expect((await reader.get(lost)).text).to.include('Nothing to decide')
    await drop()
    expect((await reader.get('/en/home')).text).to.include(
      '1 certificate is in force though its holder no longer passes',
    )
    const row = (await reader.get(lost)).$('tbody tr').text().replace(/\s+/g, ' ')
    expect(row).to.include(person.name).and.include('66.67 % now, 70 % for a pass.').and.include('No answer is right.')
    const page = await reader.get(`/en/manage/certificates/${code}`)
    expect(page.text).to.include('The holder no longer passes').and.include('Revoke')
    await reader.get(`/en/manage/certificates/${code}/upholding`)
    expect((await reader.submit('/upholding', { reason: '' })).status).to.equal(422)
    const done = await reader.follow(await reader.submit('/upholding', { reason: 'Taken in good faith.' }))
    expect(done.text).to.include('Stays in force though the pass was lost').and.include('Taken in good faith.')
    expect((await reader.get(lost)).text).to.include('Nothing to decide')
    expect((await reader.get('/en/home')).text).not.to.include('no longer passes')
    expect(await refusalOf(upholdCertificate(await asActor(coordinator), code, 'Again'))).to.equal(
      'certificate.nothingLost',
    )
  })

  it('a revoked certificate, and one whose holder passes by another attempt, wait for nobody', async () => {
    const actor = await asActor(coordinator)
    const [revoked, other] = [await aLostPass(actor, training), await aLostPass(actor, training)]
    expect((await lostPassesOpen(10)).map(({ code }) => code)).to.deep.equal([revoked.code, other.code])
    await revokeCertificate(actor, revoked.code, 'By the rules.')
    await sql(null, 'update grades set percent = 80 where enrollment_id = $1', [other.enrollment.id])
    expect(await lostPassesOpen(10)).to.deep.equal([])
  })

  it('who saw other changes than those that would be made is told, and nothing is changed', async () => {
    const { enrollment } = await loser()
    const seen = signOf(await changesBy((await versions())[0]!.id, { act: 'drop' }))
    await winner()
    expect(await refusalOf(drop({ seen }))).to.equal('regrade.changed')
    expect(await percentOf(enrollment.id)).to.equal(75)
    expect(await sql(null, 'select id from regrades')).to.have.length(0)
  })

  it('by the key of a later version, and back; what closes afterwards is graded so too', async () => {
    const { enrollment } = await aSitting(training, { answers: { ...only('RMC-01-Q02'), [CODE]: ['b'] } })
    await sql(
      null,
      `insert into item_versions (item_id, number, outcome_code, difficulty, type, prompt, content, status, content_hash, created_at)
       select item_id, 2, outcome_code, difficulty, type, prompt, replace(replace(content::text, '"right": true', '"right": 0'), '"id": "b"', '"id": "b"')::jsonb, 'reviewed', 'other', created_at
       from item_versions where id = $1`,
      [training.course.items[0]!.versionId],
    )
    await sql(
      null,
      `update item_versions set content = jsonb_build_object('options', (select jsonb_agg(o || jsonb_build_object('right', o ->> 'id' = 'b'))
       from jsonb_array_elements(content -> 'options') o)) where number = 2`,
    )
    const all = await versions()
    const [key] = keysFor(all[1]!, all)
    const rulings = [{ act: 'correct', key: key! }, { act: 'restore' }] as const
    const percents = []
    for (const ruling of rulings) {
      const seen = signOf(await changesBy(all[1]!.id, ruling))
      await regrade(await asActor(coordinator), all[1]!, ruling, { reason: 'The key was wrong.', seen, losses: true })
      percents.push(await percentOf(enrollment.id))
      if (ruling.act === 'correct')
        expect(await percentOf((await aSitting(training, { answers: { [CODE]: ['b'] } })).enrollment.id)).to.equal(25)
      expect(await checkGrades()).to.deep.include({ differences: [], grades: [] })
    }
    expect(percents).to.deep.equal([50, 25])
  })

  it('a key of other options is not offered', async () => {
    await sql(
      null,
      `insert into item_versions (item_id, number, outcome_code, difficulty, type, prompt, content, status, content_hash, created_at)
       select item_id, 2, outcome_code, difficulty, type, prompt, replace(content::text, '"id": "d"', '"id": "e"')::jsonb, 'reviewed', 'other', created_at
       from item_versions where id = $1`,
      [training.course.items[0]!.versionId],
    )
    const all = await versions()
    expect(keysFor(all[1]!, all).map(({ number }) => number)).to.deep.equal([])
  })
})
