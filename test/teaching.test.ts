import { expect } from 'chai'
import readXlsx from 'read-excel-file/node'
import { one, sql } from '../lib/db.ts'
import { announce } from '../models/announcing.ts'
import { erase } from '../models/erasing.ts'
import { enroll } from '../models/enrolling.ts'
import { schedule } from '../models/scheduling.ts'
import { aDatedTraining, aPlan } from './support/agendas.ts'
import { standAt } from './support/app.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'
import { type Page, signedIn } from './support/reader.ts'
import { somethingTaught } from './support/teaching.ts'

const OPEN = { format: 'live_online', startsOn: '2027-03-01', endsOn: '2027-03-05' } as const
const trainer = (person: Someone) => [{ role: 'trainer' as const, personId: person.id }]

describe('the trainer’s pages', () => {
  beforeEach(() => standAt('2027-03-02T05:00:00Z'))

  it('who teaches nothing reads what will be here, and the navigation does not lead there', async () => {
    const learner = await signedIn(await cast.learner())
    const page = await learner.open('/en/teaching')
    expect(page.text).to.include('You teach nothing yet').and.include('where, who will be in the room')
    expect(page.$('.menu a[href="/en/teaching"]')).to.have.length(0)
    expect((await learner.open('/ru/teaching')).text).to.include('У вас пока нет занятий')
    const byGrant = await signedIn(await cast.trainer())
    expect((await byGrant.open('/en/home')).$('.menu a[href="/en/teaching"]')).to.have.length(1)
  })

  it('begins with the next session on both clocks, the place and how many come; then today with what waits', async () => {
    const { coordinator, teacher, training } = await somebodyTeaches()
    const room = await one<{ id: string }>(
      null,
      `insert into resources (kind, name, address) values ('room', '{"en":"Hall","ru":"Зал"}', 'Baku, 1 Sea Street') returning id`,
    )
    const [today] = await plan(coordinator, training.id, [
      ['2027-03-02T11:00', '2027-03-02T12:30', [...trainer(teacher), { role: 'room' as const, resourceId: room!.id }]],
      ['2027-03-03T23:30', '2027-03-03T23:50', trainer(teacher)],
    ])
    for (let i = 0; i < 3; i++) await anEnrollment(training, await aPerson())
    const reader = await signedIn(teacher)
    let page = await reader.open('/en/teaching')
    expect(page.$('.next h2').text()).to.equal('Your next session: Terms')
    expect(page.$('.next-when').text()).to.equal('Tuesday, 2 March 2027, 11:00–12:30 Baku, 12:00–13:30 for you')
    expect(page.$('.next').text()).to.include('Hall, Baku, 1 Sea Street').and.include('Who will be there: 3 people.')
    const base = `/en/manage/trainings/${training.code}`
    const acts = page.$('#today ~ ul .targets a')
    expect(acts.toArray().map(each => page.$(each).attr('href'))).to.deep.equal([
      `${base}/sessions/${today}/attendance`,
      `${base}/sessions/${today}/attendance/code`,
      `${base}/materials?session=${today}`,
      `/en/teaching/${training.code}/room`,
    ])
    expect(page.text).to.include('23:30–23:50 Baku; for you Thursday, 4 March 2027, 00:30–00:50')
    for (const link of acts.toArray()) expect((await reader.open(page.$(link).attr('href')!)).status).to.equal(200)
    page = await reader.open('/ru/home')
    expect(page.$('h1 + .next h2').text()).to.equal('Ваше следующее занятие: Термины')
    expect(page.$('main .button-primary')).to.have.length(1)
    standAt('2027-03-02T07:30:00Z')
    page = await reader.open('/en/teaching')
    expect(page.$('.next h2').text()).to.equal('Your session is on: Terms')
    expect(page.$('.next .button-primary').attr('href')).to.equal(`${base}/sessions/${today}/attendance`)
    standAt('2027-03-03T05:00:00Z')
    page = await (await signedIn(teacher)).open('/en/teaching')
    expect(page.$(`a[href="${base}/evaluation"]`).text()).to.equal('What people said yesterday: Terms in five days')
  })

  it('past trainings stand with hours taught and the certificate, in few statements whatever their number', async () => {
    const { teacher } = await somethingTaught()
    const page = await (await signedIn(teacher)).open('/en/teaching')
    expect(page.text).to.include('No session of yours is planned')
    expect(page.$('#past ~ ul').text().replace(/\s+/g, ' ')).to.include('2 sessions taught: 4 academic hours.')
    expect(page.text).to.include('Taught in all: 4 academic hours of 45 minutes')
  })

  it('a training: own sessions marked, host time and own time, and what differs from what people know', async () => {
    const { coordinator, teacher, training } = await somebodyTeaches()
    const other = await aPerson()
    const [own] = await plan(coordinator, training.id, [
      ['2027-03-02T11:00', '2027-03-02T12:30', trainer(teacher)],
      ['2027-03-02T14:00', '2027-03-02T15:00', trainer(other)],
    ])
    const reader = await signedIn(teacher)
    const path = `/en/teaching/${training.code}`
    let page = await reader.open(path)
    expect(page.$('.agenda-mine')).to.have.length(1)
    expect(page.$('.agenda-mine').text())
      .to.include('You: trainer')
      .and.include('11:00–12:30')
      .and.include('12:00–13:30')
    expect(page.text).to.include('Your time (Dushanbe) is 1 hour later than in Baku')
    for (const act of [`sessions/${own}/attendance`, `sessions/${own}`, `sessions/${own}/cancellation`])
      expect((await reader.open(`/en/manage/trainings/${training.code}/${act}`)).status, act).to.equal(200)
    expect(page.text).to.not.include('The plan differs')
    await schedule(await asActor(coordinator), training.id, aPlan({ from: '2027-03-03T11:00', to: '2027-03-03T12:00' }))
    page = await reader.open(path)
    expect(page.text).to.include('The plan differs from what people have been told').and.include('Not announced yet')
    for (const link of page.$('main a[href^="/"]').toArray())
      expect((await reader.open(page.$(link).attr('href')!)).status, page.$(link).attr('href')).to.equal(200)
    expect((await reader.get(path.toLowerCase())).location).to.equal(path)
  })

  it('a trainer of another training gets the 404 of a missing one; the booking’s end ends it all', async () => {
    const { coordinator, teacher, training } = await somebodyTeaches()
    const [session] = await plan(coordinator, training.id, [['2027-03-03T11:00', '2027-03-03T12:30', trainer(teacher)]])
    const elsewhere = await aTraining(training.course, { ...OPEN, code: 'RMC-01-ELSEWHERE' })
    const other = await aPerson({
      grants: [{ role: 'trainer' }, { role: 'trainer', kind: 'training', id: elsewhere.id }],
    })
    const paths = [
      `/en/teaching/${training.code}`,
      `/en/teaching/${training.code}/room`,
      `/en/manage/trainings/${training.code}/agenda`,
      `/en/manage/trainings/${training.code}/sessions/new`,
      `/en/manage/trainings/${training.code}/sessions/${session}`,
      `/en/manage/trainings/${training.code}/sessions/${session}/cancellation`,
    ]
    const stranger = await signedIn(other)
    const missing = (await stranger.get('/en/teaching/RMC-99')).text
    const reader = await signedIn(teacher)
    for (const path of paths) {
      expect((await reader.get(path)).status, path).to.equal(200)
      const answer = await stranger.get(path)
      expect([answer.status, answer.text.replace(/number:.*/, '')], path).to.deep.equal([
        404,
        missing.replace(/number:.*/, ''),
      ])
    }
    expect((await stranger.get(`/en/teaching/${elsewhere.code}/room`)).status).to.equal(200)
    const agenda = `/en/trainings/${training.code}/agenda`
    expect((await reader.get(agenda)).text).to.include('To the plan of this agenda')

    await sql(null, 'delete from bookings where person_id = $1', [teacher.id])
    for (const path of paths) expect((await reader.get(path)).status, path).to.equal(404)
    expect((await reader.get(agenda)).text).to.not.include('To the plan of this agenda')
    expect((await reader.get('/en/teaching')).text).to.include('You teach nothing yet')
    expect((await reader.get('/en/home')).$('.menu a[href="/en/teaching"]')).to.have.length(0)
  })

  it('a trainer plans, changes and calls off; whoever gives up their last part comes to their own page', async () => {
    const { coordinator, teacher, training } = await somebodyTeaches()
    const [session] = await plan(coordinator, training.id, [['2027-03-03T11:00', '2027-03-03T12:30', trainer(teacher)]])
    const reader = await signedIn(teacher)
    const base = `/en/manage/trainings/${training.code}`
    let page = await reader.open(`${base}/sessions/new`)
    expect(page.$('[name=trainers][checked]').val(), 'they teach what they plan').to.equal(teacher.id)
    expect(page.$(`nav a[href="/en/teaching/${training.code}"]`)).to.have.length(1)
    page = await reader.submit('/sessions/new', {
      ...{ titleEn: 'Questions', titleRu: 'Вопросы', date: '2027-03-04', starts: '11:00', ends: '12:00' },
    })
    page = await reader.follow(page)
    expect(page.text).to.include('Questions').and.include('Not announced')
    const { id } = (await one<{ id: string }>(null, 'select max(id) as id from sessions'))!
    await reader.open(`${base}/sessions/${id}/cancellation`)
    page = await reader.submit('/cancellation', {})
    expect(page.location).to.match(/\/agenda\?done=session-removed/)
    await reader.open(`${base}/sessions/${session}/cancellation`)
    page = await reader.submit('/cancellation', { reasonEn: 'Ill', reasonRu: 'Болезнь' })
    expect(page.location).to.equal('/en/teaching?done=session-called-off')
    expect((await reader.follow(page)).status).to.equal(200)
  })

  it('a moderator sees the room, an interpreter only how many; neither plans, and both see what was announced', async () => {
    const { coordinator, teacher, training } = await somebodyTeaches()
    const [moderator, interpreter] = [await aPerson(), await aPerson()]
    await plan(coordinator, training.id, [
      [
        ...(['2027-03-03T11:00', '2027-03-03T12:30'] as const),
        [
          ...trainer(teacher),
          { role: 'moderator' as const, personId: moderator.id },
          { role: 'interpreter' as const, personId: interpreter.id },
        ],
      ],
    ])
    await schedule(
      await asActor(coordinator),
      training.id,
      aPlan({
        ...{ from: '2027-03-04T11:00', to: '2027-03-04T12:00', title: { en: 'Secret', ru: 'Тайное' } },
        wanted: [{ role: 'interpreter', personId: interpreter.id }],
      }),
    )
    await anEnrollment(training, await aPerson({ name: 'Aibek Toktogulov' }))
    const room = `/en/teaching/${training.code}/room`
    expect((await (await signedIn(moderator)).open(room)).text).to.include('Aibek Toktogulov')
    const reader = await signedIn(interpreter)
    const page = await reader.open(room)
    expect(page.text).to.include('Who will be there: 1 person').and.include('By working language')
    expect(page.html).to.not.include('Aibek').and.not.include('One by one')
    expect((await reader.open('/en/teaching')).text)
      .to.include('interpreter')
      .and.not.include('Secret')
    expect((await reader.open(`/en/teaching/${training.code}`)).html)
      .to.not.include('Secret')
      .and.not.include('/manage/')
    expect((await reader.get(`/en/manage/trainings/${training.code}/agenda`)).status).to.equal(404)
  })
})

describe('who will be in the room', () => {
  beforeEach(() => standAt('2027-02-20T05:00:00Z'))

  it('in numbers with words, and of each only what trainers may know; each person can see who looked', async () => {
    const { coordinator, teacher, training } = await somebodyTeaches()
    await plan(coordinator, training.id, [['2027-03-03T11:00', '2027-03-03T12:30', trainer(teacher)]])
    const learner = await aPerson({
      name: 'Aibek Toktogulov',
      cyrillic: 'Айбек Токтогулов',
      agency: 'border',
      locale: 'ru',
    })
    const enrollment = await anEnrollment(training, learner)
    await anEnrollment(training, await aPerson({ country: null, agency: 'international' }))
    await anEnrollment(training, await aPerson({ name: 'Not In The Room' }), { status: 'waiting' })
    await sql(null, `update enrollments set level = 'daily', expectations = $2 where id = $1`, [
      enrollment.id,
      '<b>Terms</b>\nfor my unit',
    ])
    const reader = await signedIn(teacher)
    const page = await reader.open(`/en/teaching/${training.code}/room`)
    expect(page.text).to.include('Who will be there: 2 people.')
    for (const words of [
      'Kyrgyz Republic: 1',
      'A ministry: 1',
      'Border service: 1',
      'Russian: 1',
      'Daily work: 1',
      'Not said: 1',
    ])
      expect(page.text).to.include(words)
    const row = page.$('tr:contains("Aibek")')
    for (const words of ['Kyrgyz Republic', 'Border service', 'Russian', 'Daily work', '<b>Terms</b>'])
      expect(row.text()).to.include(words)
    expect(page.html).to.not.include(learner.email).and.not.include('Not In The Room')
    expect((await reader.open(`/ru/teaching/${training.code}/room`)).text)
      .to.include('Айбек Токтогулов')
      .and.include('Ежедневная работа: 1')
    await new Promise(resolve => setTimeout(resolve, 50))
    expect((await (await signedIn(learner)).open('/en/me/access')).text).to.include('The list of a training you are in')
  })

  it('is asked at enrolling, changed until the end, in the file of one’s data, in the spreadsheet, and gone after erasure', async () => {
    const training = await aDatedTraining({ ...OPEN, code: 'RMC-01-ROOM' })
    const learner = await cast.learner()
    const reader = await signedIn(learner)
    let page = await reader.open(`/en/trainings/${training.code}`)
    expect(page.text).to.include('Who sees this: the trainers and moderators of this training and the Center')
    page = await reader.submit('/enrollment', { level: 'some', expectations: 'x'.repeat(301) })
    expect(page.status).to.equal(422)
    expect(page.$('#expectations').val()).to.equal('x'.repeat(301))
    expect(page.$('[name=level][checked]').val()).to.equal('some')
    expect(page.$('#expectations-error').text()).to.include('300')
    expect(await told()).to.equal(undefined)
    page = await reader.submit('/enrollment', { level: 'some', expectations: 'A list of terms\r\nfor my unit' })
    page = await reader.follow(page)
    expect(await told()).to.deep.equal({ level: 'some', expectations: 'A list of terms\nfor my unit' })
    // A second press of the same button changes nothing that was told.
    await reader.post(`/en/trainings/${training.code}/enrollment`, {})
    expect(await told()).to.deep.equal({ level: 'some', expectations: 'A list of terms\nfor my unit' })
    page = await reader.submit('/expectations', { level: 'new', expectations: 'Nothing but the truth' })
    page = await reader.follow(page)
    expect(page.text).to.include('Your answers are saved')
    expect(page.$('#expectations').val()).to.equal('Nothing but the truth')

    const data = (await reader.get('/en/me/data.json')).body as { enrollments: object[] }
    expect(data.enrollments[0]).to.include({ level: 'new', expectations: 'Nothing but the truth' })
    const desk = await cast.coordinator()
    const sheet = await (await signedIn(desk)).get(`/en/manage/trainings/${training.code}/participants.xlsx`)
    const rows = await cells(sheet)
    expect(rows[0]).to.include('How well do you know this subject?').and.include('What do you hope to take home?')
    expect(rows[1]).to.include('It is new to me').and.include('Nothing but the truth')

    expect(
      (await (await signedIn(await cast.stranger())).post(`/en/trainings/${training.code}/enrollment/expectations`, {}))
        .status,
    ).to.equal(404)
    standAt('2027-03-06T08:00:00Z')
    const later = await signedIn(learner)
    page = await later.post(`/en/trainings/${training.code}/enrollment/expectations`, { level: 'daily' })
    expect(page.status).to.equal(422)
    expect(page.text).to.include('This training is over')
    expect((await told())!.level).to.equal('new')
    await erase(await asActor(desk), learner.id, 'letter')
    expect(await told()).to.deep.equal({ level: null, expectations: null })
  })

  it('nobody is asked where there are no sessions', async () => {
    const training = await aTraining((await aDatedTraining()).course)
    const learner = await cast.learner()
    const reader = await signedIn(learner)
    expect((await reader.open(`/en/trainings/${training.code}`)).$('#expectations')).to.have.length(0)
    await enroll(await asActor(learner), training.id, { level: 'daily', expectations: 'More' })
    expect(await told()).to.deep.equal({ level: null, expectations: null })
    const page = await reader.post(`/en/trainings/${training.code}/enrollment/expectations`, { level: 'new' })
    expect(page.status).to.equal(422)
  })
})

async function somebodyTeaches() {
  const coordinator = await cast.coordinator()
  const teacher = await aPerson({ name: 'Rustam Karimov', country: 'TJ', zone: 'Asia/Dushanbe' })
  return { coordinator, teacher, training: await aDatedTraining(OPEN) }
}

type Wanted = ReturnType<typeof aPlan>['wanted']

/** Plans sessions and announces them; returns their ids. */
async function plan(coordinator: Someone, trainingId: string, parts: (readonly [string, string, Wanted])[]) {
  const actor = await asActor(coordinator)
  const ids: string[] = []
  for (const [from, to, wanted] of parts) ids.push(...(await schedule(actor, trainingId, aPlan({ from, to, wanted }))))
  await announce(actor, trainingId)
  return ids
}

const told = () =>
  one<{ level: string | null; expectations: string | null }>(null, 'select level, expectations from enrollments')

async function cells(page: Page): Promise<string[][]> {
  const [sheet] = (await readXlsx(page.bytes as never)) as unknown as { data: unknown[][] }[]
  return sheet!.data.map(row => row.map(cell => String(cell ?? '')))
}
