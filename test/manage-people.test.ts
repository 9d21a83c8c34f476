import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { standAt } from './support/app.ts'
import { aCourse } from './support/courses.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { countOf } from './support/mails.ts'
import { aPerson, cast } from './support/people.ts'
import { queriesOf } from './support/queries.ts'
import { guest, signedIn } from './support/reader.ts'

const settled = () => new Promise(resolve => setTimeout(resolve, 50))

describe('people: for staff', () => {
  it('staff find people by a piece of a name in any alphabet, or of the address', async () => {
    await cast.learner()
    await aPerson({ name: 'Leyla Məmmədova', own: 'لیلا', ownScript: 'fa', email: 'leyla_m@ministry.example' })
    await aPerson({ name: '100% Sure', email: 'sure@ministry.example' })
    const reader = await signedIn(await cast.coordinator())
    for (const [q, found] of [
      ['aigerim', 1],
      ['САДЫК', 1],
      ['mammad', 1],
      ['məmməd', 1],
      ['لیل', 1],
      ['leyla_', 1],
      ['learner@', 1],
      ['100%', 1],
      ['%', 1],
      ['nobody at all', 0],
    ] as const) {
      const page = await reader.get(`/en/manage/people?q=${encodeURIComponent(q)}`)
      expect(page.$('tbody tr').length, q).to.equal(found)
    }
    expect((await reader.get('/ru/manage/people')).$('tbody tr').length).to.equal(4)
  })

  it('the list goes on page by page, with the same number of queries', async () => {
    const reader = await signedIn(await cast.coordinator())
    const few = await queriesOf(() => reader.get('/en/manage/people'))
    await sql(
      null,
      `insert into people (name_latin, created_at) select 'Person Many' || n, now() from generate_series(1, 120) n`,
    )
    let page = await reader.get('/en/manage/people?q=many')
    const seen = [page.$('tbody tr').length]
    for (let next = page.$('a[rel=next]').attr('href'); next; next = page.$('a[rel=next]').attr('href')) {
      page = await reader.get(next)
      seen.push(page.$('tbody tr').length)
    }
    expect(seen).to.deep.equal([50, 50, 20])
    expect(few).to.be.at.most(8)
    expect(await queriesOf(() => reader.get('/en/manage/people'))).to.be.at.most(few + 1)
  })

  it('a person is shown whole, and can see afterwards who looked', async () => {
    const learner = await cast.learner()
    const training = await aTraining(await aCourse({}))
    await anEnrollment(training, learner)
    const coordinator = await cast.coordinator()
    const reader = await signedIn(coordinator)
    for (const lang of ['en', 'ru']) {
      const page = await reader.get(`/${lang}/manage/people/${learner.id}`)
      expect(page.status).to.equal(200)
      expect(page.text).to.contain('Aigerim Sadykova').and.contain(learner.email).and.contain(training.code)
    }
    await settled()
    const seen = await sql(null, 'select viewer_id, person_id, place from access_entries')
    expect(seen).to.deep.equal(
      [1, 2].map(() => ({ viewer_id: coordinator.id, person_id: learner.id, place: 'person' })),
    )
    expect((await (await signedIn(learner)).get('/en/me/access')).text).to.contain('Leyla Mammadova')
  })

  it('for everybody else these pages do not exist', async () => {
    const learner = await cast.learner()
    const paths = ['', `/${learner.id}`, '/erasures', `/${learner.id}/erasure`, `/${learner.id}/role-grants`, '/999999']
    for (const person of [await cast.stranger(), await cast.focalPoint(), await cast.trainer(), learner]) {
      const reader = await signedIn(person)
      for (const path of paths)
        expect((await reader.get(`/en/manage/people${path}`)).status, `${person.name} ${path}`).to.equal(404)
      expect(
        (await reader.post(`/en/manage/people/${learner.id}/erasure`, { sure: 'yes', grounds: 'x' })).status,
      ).to.equal(404)
    }
    expect((await guest().get('/en/manage/people')).location).to.contain('/sign-in')
    await settled()
    expect(await countOf('access_entries')).to.equal(0)
  })

  it('a missing or malformed number is a missing page', async () => {
    const reader = await signedIn(await cast.coordinator())
    for (const id of ['0', '999999', 'x', '1e9', '99999999999999999999'])
      expect((await reader.get(`/en/manage/people/${id}`)).status, id).to.equal(404)
  })

  it('an administrator gives a role and ends it; a coordinator sees it and may not', async () => {
    const learner = await cast.learner()
    const admin = await signedIn(await cast.administrator())
    const coordinator = await signedIn(await cast.coordinator())
    const path = `/manage/people/${learner.id}/role-grants`
    expect((await coordinator.get(`/en${path}`)).status).to.equal(403)
    expect((await coordinator.post(`/en${path}`, { role: 'coordinator' })).status).to.equal(403)
    await admin.get(`/en${path}`)
    expect((await admin.submit(path, { role: 'focal_point' })).$('#state-error').length).to.equal(1)
    expect((await admin.submit(path, { role: 'learner' })).$('#role-error').length).to.equal(1)
    expect((await admin.submit(path, { role: 'trainer', until: '2020-02-30' })).$('#until-error').length).to.equal(1)
    expect((await admin.submit(path, { role: 'trainer', until: '2020-02-20' })).$('#until-error').length).to.equal(1)
    const page = await admin.follow(
      await admin.submit(path, { role: 'focal_point', state: 'KZ', until: '2099-12-31', mandate: 'Letter 12' }),
    )
    expect(page.text)
      .to.contain('Focal point: Republic of Kazakhstan')
      .and.contain('31 December 2099')
      .and.contain('Letter 12')
    await admin.get(`/en${path}`)
    expect(
      (await admin.submit(path, { role: 'focal_point', state: 'KZ' })).$('#role-error').length,
      'held already',
    ).to.equal(1)
    const seen = await coordinator.get(`/en/manage/people/${learner.id}`)
    expect(seen.text).to.contain('Focal point: Republic of Kazakhstan')
    expect(seen.$('form[action*="role-grants"], a[href*="role-grants"]').length).to.equal(0)
    await admin.get(`/en/manage/people/${learner.id}`)
    const action = admin.last!.$('form[action$="/ending"]').attr('action')!
    expect((await coordinator.post(action)).status).to.equal(403)
    await admin.follow(await admin.submit(action.slice(3)))
    expect(
      (await one<{ n: number }>(
        null,
        'select count(*)::int as n from role_grants where valid_to < now() and person_id = $1',
        [learner.id],
      ))!.n,
    ).to.equal(1)
  })

  it('a role ends for the very next page', async () => {
    const coordinator = await cast.coordinator()
    const reader = await signedIn(coordinator)
    expect((await reader.get('/en/manage/people')).status).to.equal(200)
    const admin = await signedIn(await cast.administrator())
    await admin.get(`/en/manage/people/${coordinator.id}`)
    await admin.submit(admin.last!.$('form[action$="/ending"]').attr('action')!.slice(3))
    expect((await reader.get('/en/manage/people')).status).to.equal(404)
  })

  it('a grant of somebody else is not ended by way of another person', async () => {
    const [learner, coordinator] = [await cast.learner(), await cast.coordinator()]
    const admin = await signedIn(await cast.administrator())
    const grant = await one<{ id: string }>(null, 'select id from role_grants where person_id = $1', [coordinator.id])
    expect((await admin.post(`/en/manage/people/${learner.id}/role-grants/${grant!.id}/ending`)).status).to.equal(404)
  })

  it('the last administrator cannot be ended', async () => {
    const admin = await cast.administrator()
    const reader = await signedIn(admin)
    await reader.get(`/en/manage/people/${admin.id}`)
    const page = await reader.submit(reader.last!.$('form[action$="/ending"]').attr('action')!.slice(3))
    expect(page.status).to.equal(422)
    expect(page.text).to.contain('last administrator')
  })

  it('requests for erasure wait in a list; an administrator carries one out, a coordinator only sees it', async () => {
    standAt('2026-12-01T08:00:00Z')
    const learner = await cast.learner()
    await sql(null, 'update people set erasure_asked_at = $1 where id = $2', ['2026-11-30T08:00:00Z', learner.id])
    const coordinator = await signedIn(await cast.coordinator())
    const list = await coordinator.get('/ru/manage/people/erasures')
    expect(list.text).to.contain('Aigerim Sadykova').and.contain('30 ноября 2026')
    const path = `/manage/people/${learner.id}/erasure`
    expect((await coordinator.get(`/en${path}`)).status).to.equal(403)
    expect((await coordinator.post(`/en${path}`, { sure: 'yes' })).status).to.equal(403)
    const admin = await signedIn(await cast.administrator())
    await admin.get(`/en${path}`)
    expect((await admin.submit(path)).$('#sure-error').length).to.equal(1)
    const done = await admin.follow(await admin.submit(path, { sure: 'yes' }))
    expect(done.text).to.contain('The person is erased').and.contain('No requests')
    const page = await admin.get(`/en/manage/people/${learner.id}`)
    expect(page.text).to.contain('Erased person').and.not.contain('Aigerim')
    expect((await admin.get('/en/manage/people?q=aigerim')).$('tbody tr').length).to.equal(0)
  })

  it('who did not ask is erased only on grounds, and nobody erases themselves or who holds a role', async () => {
    const [learner, coordinator, administrator] = [
      await cast.learner(),
      await cast.coordinator(),
      await cast.administrator(),
    ]
    const admin = await signedIn(administrator)
    await admin.get(`/en/manage/people/${learner.id}/erasure`)
    const page = await admin.submit(`/manage/people/${learner.id}/erasure`, { sure: 'yes' })
    expect(page.$('#grounds-error').length).to.equal(1)
    expect((await admin.get(`/en/manage/people/${coordinator.id}/erasure`)).text).to.contain('has a role')
    expect((await admin.get(`/en/manage/people/${administrator.id}/erasure`)).text).to.contain('cannot erase yourself')
    for (const id of [coordinator.id, administrator.id]) {
      const refused = await admin.post(`/en/manage/people/${id}/erasure`, { sure: 'yes', grounds: 'letter' })
      expect(refused.status).to.equal(422)
    }
    expect(
      (await one<{ n: number }>(null, 'select count(*)::int as n from people where erased_at is not null'))!.n,
    ).to.equal(0)
  })
})
