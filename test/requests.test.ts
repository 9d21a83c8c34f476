import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { agreeToOffer } from '../models/agreeing.ts'
import { addHoliday } from '../models/dating-days-off.ts'
import { makeTraining } from '../models/fulfilling.ts'
import { runJobs, standAt } from './support/app.ts'
import { aCourse } from './support/courses.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'
import { signedIn } from './support/reader.ts'
import { aDraft, aFocalPoint, anOffer, aRequest, seen, theNeedsForm } from './support/requests.ts'

const mailsOf = (news: string) =>
  sql<{ address: string; subject: string; body: string }>(
    null,
    `select address, subject, body_text as body from mails where kind = 'request-news' and data ->> 'news' = $1 order by id`,
    [news],
  )

describe('a State asks for a training', () => {
  it('from the first draft to a training that is filled in, both sides, without script', async () => {
    standAt('2026-11-24T08:00:00Z')
    await theNeedsForm()
    const course = await aCourse()
    const focal = await signedIn(await cast.focalPoint())
    const coordinator = await signedIn(await cast.coordinator())
    const trainer = await cast.trainer()

    await focal.get('/en/state/requests/new')
    await focal.follow(await focal.submit('/requests/new', { language: 'en' }))
    const code = /REQ-\d+-\d+/.exec(focal.last!.path)![0]
    expect(code).to.equal('REQ-2026-001')
    await focal.follow(
      await focal.submit('/edit/problem', {
        'about-title': 'Interviewing at the border',
        'about-problem': 'Interviews differ.',
        'about-change': 'The same questions.',
        act: 'next',
      }),
    )
    await focal.follow(
      await focal.submit('/edit/audience', {
        'about-people': '20',
        'about-agencies': 'Border service',
        'about-level': 'some',
        act: 'next',
      }),
    )
    await focal.follow(
      await focal.submit('/edit/tasks', {
        'about-tasks-1-task': 'Lead a first interview',
        'about-tasks-1-required': '3',
        'about-tasks-1-present': '1',
        act: 'next',
      }),
    )
    await focal.follow(await focal.submit('/edit/causes', { 'about-causes': ['law', 'staffing'], act: 'next' }))
    await focal.follow(
      await focal.submit('/edit/topics', {
        'about-lessons': course.lessons[0]!.code,
        'about-topics': 'Interviewing',
        act: 'next',
      }),
    )
    await focal.follow(
      await focal.submit('/edit/dates', {
        'about-dates-1': '2027-06-07',
        'about-dates-2': '14.06.2027',
        'about-dates-3': '2027-06-21',
        'about-days': '2',
        'about-format': 'on_site',
        act: 'next',
      }),
    )
    await focal.follow(await focal.submit('/edit/languages', { 'about-languages': ['en', 'ru'], act: 'next' }))
    await focal.follow(await focal.submit('/edit/costs', { 'about-costs-own': 'The hall', act: 'next' }))
    expect(focal.last!.path, 'all parts are done').to.match(/\/check$/)
    expect(focal.last!.text).to.contain('Lead a first interview').and.contain(course.lessons[0]!.title.en)
    const gap = focal.last!.$('td[data-label="Gap"]').text()
    expect(gap, 'the gap is computed').to.equal('2')
    const sent = await focal.follow(await focal.submit('/submission'))
    expect(sent.text).to.contain('1 December 2026: 5 working days left')

    const list = await coordinator.open('/en/manage/requests')
    expect(list.text).to.contain(code).and.contain('1 December 2026: 5 working days left.')
    await coordinator.open(`/en/manage/requests/${code}`)
    await coordinator.follow(await coordinator.submit('/acknowledgement'))
    await coordinator.follow(await coordinator.submit('/messages/KZ', { body: 'How many posts?' }))
    const asked = await focal.open('/en/state')
    expect(asked.text).to.contain('waits for your answer')
    await focal.open(`/en/state/requests/${code}`)
    expect(focal.last!.text).to.contain('How many posts?')
    await focal.follow(await focal.submit('/messages', { body: 'Fourteen.' }))

    await coordinator.open(`/en/manage/requests/${code}`)
    expect(coordinator.last!.text).to.contain('Fourteen.')
    await coordinator.follow(await coordinator.submit('/clarification'))
    await coordinator.open(`/en/manage/requests/${code}/offers/new`)
    const wished = coordinator.last!.$(`input[name=lessons][value="${course.lessons[0]!.code}"]`)
    expect(wished.attr('checked'), 'wished lessons are picked already').to.not.equal(undefined)
    const again = await coordinator.submit('/offers/new', {})
    expect(again.status, 'nothing of the Center goes out in one language').to.equal(422)
    await coordinator.follow(
      await coordinator.submit('/offers/new', {
        ...{ titleEn: 'Interviewing at the border', titleRu: 'Опрос на границе', hours: '8' },
        ...{ aimEn: 'Aim', aimRu: 'Цель', audienceEn: 'Officers', audienceRu: 'Сотрудники' },
        ...{ centerEn: 'Trainers', centerRu: 'Тренеры', stateEn: 'The hall', stateRu: 'Зал', trainers: trainer.id },
        ...{ 'line-1-day': '1', 'line-1-from': '09:30', 'line-1-to': '11:00' },
        ...{ 'line-1-en': 'Opening', 'line-1-ru': 'Открытие' },
        ...{ 'line-2-day': '2', 'line-2-from': '9:30', 'line-2-to': '11:00' },
        ...{ 'line-2-en': 'Practice', 'line-2-ru': 'Практика' },
      }),
    )
    expect((await focal.get(`/en/state/requests/${code}/offers/1`)).status, 'a draft is the Center’s alone').to.equal(
      404,
    )
    await coordinator.follow(await coordinator.submit('/offers/1/sending'))
    await focal.open(`/en/state/requests/${code}/offers/1`)
    expect(focal.last!.text).to.contain('Opening').and.contain('Rustam Karimov')
    await focal.follow(await focal.submit('/offers/1/agreement'))
    expect(focal.last!.text).to.contain('Daniyar Omarov, 24 November 2026')
    await coordinator.open(`/en/manage/requests/${code}/offers/1`)
    await coordinator.follow(await coordinator.submit('/offers/1/agreement'))
    expect(coordinator.last!.text).to.contain('Both sides agreed')
    await coordinator.open(`/en/manage/requests/${code}/training`)
    await coordinator.follow(await coordinator.submit('/training'))
    expect(coordinator.last!.path).to.contain('/manage/trainings/TM-2026-001-2027-01')

    const training = await one<{
      visibility: string
      startsOn: string
      sessions: number
      held: number
      lessons: number
    }>(
      null,
      `select visibility, starts_on as "startsOn", (select count(*)::int from sessions where training_id = t.id) as sessions,
         (select count(*)::int from bookings b join sessions s on s.id = b.session_id where s.training_id = t.id) as held,
         (select count(*)::int from course_parts p where p.course_version_id = t.course_version_id and kind = 'lesson') as lessons
       from trainings t where code = 'TM-2026-001-2027-01'`,
    )
    expect(training).to.deep.equal({ visibility: 'unlisted', startsOn: '2027-06-07', sessions: 2, held: 2, lessons: 1 })
    expect((await focal.open(`/en/state/requests/${code}`)).text).to.contain('TM-2026-001-2027-01')
    expect((await focal.open('/en/courses')).text, 'a course made for one State stands in no catalog').to.not.contain(
      'Interviewing',
    )
  })

  it('a training leads to its request, on the side of the reader; who does not see the request sees no trace of it', async () => {
    const focal = await cast.focalPoint()
    const coordinator = await cast.coordinator()
    const { code } = await anOffer(focal, 'KZ', coordinator)
    const [state, desk] = [await asActor(focal), await asActor(coordinator)]
    await agreeToOffer(state, await seen(focal, code), 1, 'state')
    await agreeToOffer(desk, await seen(focal, code), 1, 'center')
    const made = await makeTraining(desk, await seen(focal, code), 'TM-2026-LEADS')
    const { id } = (await one<{ id: string }>(null, 'select id from trainings where code = $1', [made.code]))!
    await sql(null, `update trainings set status = 'published' where id = $1`, [id])
    const linked = async (person: Someone, path: string) =>
      (await (await signedIn(person)).open(path)).$('main a[href*="/requests/"]').attr('href')
    expect(await linked(coordinator, `/en/manage/trainings/${made.code}`)).to.equal(`/en/manage/requests/${code}`)
    expect(await linked(coordinator, `/en/trainings/${made.code}`)).to.equal(`/en/manage/requests/${code}`)
    expect(await linked(focal, `/en/trainings/${made.code}`)).to.equal(`/en/state/requests/${code}`)
    const others: [Someone, string][] = [
      [await cast.inCharge(id), `/en/manage/trainings/${made.code}`],
      [await aFocalPoint('UZ'), `/en/trainings/${made.code}`],
      [await cast.learner(), `/en/trainings/${made.code}`],
    ]
    for (const [person, path] of others) {
      const page = await (await signedIn(person)).open(path)
      expect(page.status, path).to.equal(200)
      expect(page.text).to.not.contain(code)
    }
  })

  it('the home of a focal point begins with the State: what waits, by when, and the way there', async () => {
    const focal = await cast.focalPoint()
    const reader = await signedIn(focal)
    const quiet = await reader.open('/en/home')
    expect(quiet.$('.next').first().text()).to.contain('The page of your State').and.contain('Nothing waits')
    expect(quiet.text, 'no course is urged on who does other work').to.not.contain('You are not enrolled')
    await anOffer(focal, 'KZ', await cast.coordinator())
    await aDraft(await aFocalPoint('UZ'), 'UZ', { common: { title: 'Return and reintegration' } })
    const page = await reader.open('/en/home')
    const block = page.$('.next').first()
    expect(block.find('h2').text()).to.equal('1 request of your State waits for you')
    expect(block.text()).to.contain('Interviewing at the border: Offer 1 waits').and.contain('15 January 2027')
    expect(block.find('a').attr('href')).to.equal('/en/state')
    expect(page.text).to.not.contain('Return and reintegration')
    expect((await reader.open('/ru/home')).text).to.contain('Вас ждёт 1 запрос вашего государства')
    expect((await (await signedIn(await cast.learner())).open('/en/home')).text).to.not.contain('your State')
  })

  it('each step is mailed to the other side, in its language, and to nobody twice', async () => {
    const focal = await cast.focalPoint()
    const coordinator = await cast.coordinator()
    await anOffer(focal, 'KZ', coordinator)
    await runJobs()
    const [submitted] = await mailsOf('submitted')
    expect(submitted).to.include({ address: coordinator.email })
    expect(submitted!.subject).to.equal('New request from Republic of Kazakhstan: Interviewing at the border')
    expect(await mailsOf('acknowledged')).to.have.length(1)
    const [offered] = await mailsOf('offered')
    expect(offered!.address).to.equal(focal.email)
    expect(offered!.body).to.contain('Please answer by 15 January 2027').and.contain('/en/state/requests/REQ-')
  })

  it('the clock counts working days of the Center: weekends and holidays of Azerbaijan do not count', async () => {
    standAt('2027-03-17T08:00:00Z')
    const focal = await cast.focalPoint()
    const coordinator = await asActor(await cast.coordinator())
    const name = { en: 'Novruz', ru: 'Новруз' }
    await addHoliday(coordinator, { state: 'AZ', from: '2027-03-22', to: '2027-03-24', name, source: 'a test' })
    const request = await aRequest(focal, 'KZ')
    expect(request.dueOn).to.equal('2027-03-29')
    standAt('2027-04-01T08:00:00Z')
    const page = await (await signedIn(focal)).open(`/en/state/requests/${request.code}`)
    expect(page.text).to.contain('It is 3 working days late')
  })

  it('a part that cannot be right comes back with what was typed; what is missing may come later', async () => {
    const focal = await signedIn(await cast.focalPoint())
    const draft = await aDraft(await aPerson({ grants: [{ role: 'focal_point', kind: 'state', id: 'UZ' }] }), 'UZ')
    await theNeedsForm()
    await focal.get('/en/state/requests/new')
    await focal.follow(await focal.submit('/requests/new', { language: 'ru' }))
    const path = focal.last!.path.replace('/problem', '/dates')
    await focal.get(path)
    const wrong = await focal.submit('/edit/dates', {
      'about-dates-1': '2020-01-01',
      'about-dates-2': 'soon',
      'about-days': '3',
    })
    expect(wrong.status).to.equal(422)
    expect(wrong.$('#about-dates-2').attr('value')).to.equal('soon')
    expect(wrong.$('#about-days').attr('value')).to.equal('3')
    const kept = await focal.follow(
      await focal.submit('/edit/dates', { 'about-dates-1': '', 'about-dates-2': '', act: 'later' }),
    )
    expect(kept.text).to.contain('Saved')
    const check = await focal.open(path.replace('/edit/dates', '/check'))
    expect(check.$('form[action$="/submission"]').length, 'nothing is sent half done').to.equal(0)
    expect((await focal.get(`/en/state/requests/${draft.code}`)).status, 'another State’s draft').to.equal(404)
  })

  it('money in words about costs is pointed out and stops nothing', async () => {
    const person = await cast.focalPoint()
    const draft = await aDraft(person, 'KZ', { own: { 'costs-own': 'Travel for 500 USD' } })
    const page = await (await signedIn(person)).open(`/en/state/requests/${draft.code}/check`)
    expect(page.text).to.contain('without amounts')
    expect(page.$('form[action$="/submission"]').length).to.equal(1)
  })

  it('an agency’s deputy prepares and does not send', async () => {
    const deputy = await aPerson({ grants: [{ role: 'focal_point', kind: 'state', id: 'KZ', part: 'agency' }] })
    const draft = await aDraft(deputy, 'KZ')
    const reader = await signedIn(deputy)
    const page = await reader.open(`/en/state/requests/${draft.code}/check`)
    expect(page.text).to.contain('The main focal point or the deputy sends it')
    expect((await reader.post(`/en/state/requests/${draft.code}/submission`)).status).to.equal(403)
    expect((await reader.get('/en/state/people')).status, 'nor sees the people of the State').to.equal(404)
  })

  it('is withdrawn with a reason the Center reads, and nothing is written in it afterwards', async () => {
    const person = await cast.focalPoint()
    const coordinator = await cast.coordinator()
    const request = await anOffer(person, 'KZ', coordinator)
    const focal = await signedIn(person)
    await focal.open(`/en/state/requests/${request.code}/withdrawal`)
    expect((await focal.submit('/withdrawal', { reason: '' })).status).to.equal(422)
    await focal.follow(await focal.submit('/withdrawal', { reason: 'Our law has changed.' }))
    await runJobs()
    expect((await mailsOf('withdrawn'))[0]!.body).to.contain('Our law has changed.')
    expect((await focal.post(`/en/state/requests/${request.code}/messages`, { body: 'Wait' })).status).to.equal(422)
    expect((await focal.post(`/en/state/requests/${request.code}/offers/1/agreement`)).status).to.equal(422)
  })

  it('an older version of an offer can no longer be agreed to', async () => {
    const person = await cast.focalPoint()
    const coordinator = await cast.coordinator()
    const request = await anOffer(person, 'KZ', coordinator)
    const { sendOffer, writeOffer } = await import('../models/proposing.ts')
    const { TERMS } = await import('./support/requests.ts')
    const staff = await asActor(coordinator)
    await writeOffer(staff, request, { ...TERMS, seats: 12 }, [])
    await sendOffer(staff, request, 2)
    const focal = await signedIn(person)
    const old = await focal.open(`/en/state/requests/${request.code}/offers/1`)
    expect(old.text).to.contain('no longer stands')
    expect((await focal.post(`/en/state/requests/${request.code}/offers/1/agreement`)).status).to.equal(422)
    expect((await focal.post(`/en/state/requests/${request.code}/offers/2/agreement`)).status).to.equal(303)
  })
})
