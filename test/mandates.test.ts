import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { agreeToOffer } from '../models/agreeing.ts'
import { erase } from '../models/erasing.ts'
import { endMandate } from '../models/mandating.ts'
import { runJobs } from './support/app.ts'
import { aCourse } from './support/courses.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { passedTest, readLessons } from './support/finishing.ts'
import { aPerson, asActor, cast } from './support/people.ts'
import { signedIn } from './support/reader.ts'
import { aDraft, anOffer, aRequest, seen } from './support/requests.ts'

const grantOf = async (id: string) =>
  (await one<{ id: string }>(null, `select id from role_grants where person_id = $1 and role = 'focal_point'`, [id]))!
    .id

describe('who stands for a State', () => {
  it('a handover in one act: open work moves, old links are gone, both are told in their language', async () => {
    const old = await cast.focalPoint()
    const next = await aPerson({
      email: 'next@ministry.example',
      name: 'Aliya Nurpeisova',
      country: 'KZ',
      locale: 'ru',
    })
    const draft = await aDraft(old, 'KZ')
    const sent = await aRequest(old, 'KZ')
    const leaving = await signedIn(old)
    expect((await leaving.open(`/en/state/requests/${draft.code}`)).status).to.equal(200)
    await leaving.open('/en/state/focal-points')
    await leaving.follow(await leaving.submit('/focal-points/handover', { email: next.email, note: 'From Monday' }))
    expect(leaving.last!.text).to.contain(next.email)

    const staff = await signedIn(await cast.coordinator())
    expect((await staff.open('/en/manage/focal-points')).text).to.contain(`handover to ${next.email} is proposed`)
    const path = `/en/manage/focal-points/KZ/${await grantOf(old.id)}/handover`
    const form = await staff.open(path)
    expect(form.$('#email').attr('value'), 'what was proposed is typed already').to.equal(next.email)
    const { email, mandate } = { email: next.email, mandate: 'Letter 12' }
    await staff.follow(await staff.post(path, { email, mandate }))

    for (const gone of [
      '/en/state',
      `/en/state/requests/${draft.code}`,
      `/en/state/requests/${sent.code}`,
      '/en/state/people',
    ])
      expect((await leaving.get(gone)).status, gone).to.equal(404)
    expect((await leaving.post(`/en/state/requests/${draft.code}/submission`)).status).to.equal(404)
    const taking = await signedIn(next)
    const home = await taking.open('/ru/state')
    expect(home.text).to.contain(draft.code).and.contain(sent.code)
    expect((await seen(next, draft.code)).holderId).to.equal(next.id)
    await taking.follow(await taking.post(`/en/state/requests/${draft.code}/submission`))
    await runJobs()
    const mails = await sql<{ address: string; subject: string; body: string }>(
      null,
      `select address, subject, body_text as body from mails where kind = 'mandate-news' order by id`,
    )
    expect(mails.map(({ address }) => address)).to.deep.equal([old.email, next.email])
    expect(mails[0]!.body).to.contain('Aliya Nurpeisova takes over')
    expect(mails[1]!.subject).to.contain('Вы представляете государство')
  })

  it('mails that were on their way to who has handed over are not sent', async () => {
    const old = await cast.focalPoint()
    const staff = await signedIn(await cast.coordinator())
    const request = await aRequest(old, 'KZ')
    await staff.open(`/en/manage/requests/${request.code}`)
    await staff.follow(await staff.submit('/messages/KZ', { body: 'A question for the State' }))
    await staff.follow(await staff.post(`/en/manage/focal-points/KZ/${await grantOf(old.id)}/ending`))
    await runJobs()
    const told = await one(null, `select 1 from mails where address = $1 and body_text like '%A question%'`, [
      old.email,
    ])
    expect(told).to.equal(undefined)
  })

  it('one main focal point and one deputy at a time, and agencies as many as needed', async () => {
    await cast.focalPoint()
    const staff = await signedIn(await cast.coordinator())
    const give = async (part: string) => {
      const person = await aPerson({ country: 'KZ' })
      return (await staff.post('/en/manage/focal-points/KZ/new', { email: person.email, part })).status
    }
    expect(await give('main')).to.equal(422)
    expect(await give('deputy')).to.equal(303)
    expect(await give('deputy')).to.equal(422)
    expect(await give('agency')).to.equal(303)
    expect(await give('agency')).to.equal(303)
    const nobody = await staff.post('/en/manage/focal-points/KZ/new', {
      email: 'nobody@ministry.example',
      part: 'agency',
    })
    expect(nobody.status).to.equal(422)
    expect(nobody.$('#email').attr('value'), 'what was typed is kept').to.equal('nobody@ministry.example')
  })
})

describe('a State sees its own people', () => {
  it('those who switched it on, with enrollment and certificate, and nobody else; each look is written down for both', async () => {
    const training = await aTraining(await aCourse())
    const focal = await cast.focalPoint()
    const willing = await aPerson({ name: 'Willing Person', country: 'KZ' })
    const silent = await aPerson({ name: 'Silent Person', country: 'KZ' })
    const foreign = await aPerson({ name: 'Foreign Person', country: 'UZ' })
    const moved = await aPerson({ name: 'Moved Person', country: 'KZ' })
    for (const person of [willing, silent, foreign]) await anEnrollment(training, person)
    await anEnrollment(training, moved, { country: 'UZ' })
    const choice = await signedIn(willing)
    await choice.open('/en/me/ministry')
    await choice.follow(await choice.submit('/me/ministry', { may: 'yes' }))
    await sql(null, 'update people set ministry_may_see = true where id = any ($1)', [[foreign.id, moved.id]])

    const state = await signedIn(focal)
    for (const path of ['/en/state', '/en/state/people']) {
      const page = await state.open(path)
      expect(page.text, path).to.contain('Willing Person')
      for (const name of ['Silent', 'Foreign', 'Moved']) expect(page.text, `${path} ${name}`).to.not.contain(name)
    }
    await new Promise(resolve => setTimeout(resolve, 50))
    expect((await state.open('/en/state/access')).text).to.contain('Daniyar Omarov Willing Person')
    expect((await choice.open('/en/me/access')).text).to.contain('Daniyar Omarov')
    await choice.open('/en/me/ministry')
    await choice.follow(await choice.submit('/me/ministry', { may: 'no' }))
    expect((await state.open('/en/state/people')).text, 'taken back, it holds at once').to.not.contain('Willing')
    const consents = await sql(
      null,
      `select withdrawn_at is not null as over from consents where person_id = $1 and purpose = 'ministry'`,
      [willing.id],
    )
    expect(consents).to.deep.equal([{ over: true }])
  })

  it('of a person it shows no answer, mark, attempt or evaluation', async () => {
    const training = await aTraining(await aCourse())
    const learner = await aPerson({ name: 'Willing Person', country: 'KZ' })
    const place = await anEnrollment(training, learner)
    await readLessons(place)
    await passedTest(place, 43)
    await sql(null, 'update people set ministry_may_see = true where id = $1', [learner.id])
    const state = await signedIn(await cast.focalPoint())
    expect((await state.open('/en/state/people')).html).to.not.match(/\b43\b/)
  })
})

describe('erasure of who stood for a State', () => {
  it('takes the letter and the name at what was agreed; the request stays the State’s', async () => {
    const focal = await cast.focalPoint()
    const coordinator = await cast.coordinator()
    const request = await anOffer(focal, 'KZ', coordinator)
    await agreeToOffer(await asActor(focal), request, 1, 'state')
    const grant = await grantOf(focal.id)
    await sql(
      null,
      `with file as (insert into files (sha256, type, size, name, owner_kind, owner_id, uploaded_at)
         values ('x', 'text/plain', 1, 'letter.txt', 'mandate', $1::bigint::text, now()) returning id)
       update role_grants set letter_id = file.id, mandate = 'Letter' from file where role_grants.id = $1`,
      [grant],
    )
    const staff = await asActor(coordinator)
    await endMandate(staff, 'KZ', grant)
    await erase(staff, focal.id, 'a letter')
    const left = await one(
      null,
      `select (select count(*)::int from files) as files, o.state_agreed_name as name, r.submitted_name as sent, g.mandate
       from offers o join requests r on r.id = o.request_id, role_grants g where g.id = $1`,
      [grant],
    )
    expect(left).to.deep.equal({ files: 0, name: null, sent: null, mandate: null })
  })
})
