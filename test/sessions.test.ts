import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import type { Actor } from '../models/actor.ts'
import { announce } from '../models/announcing.ts'
import { Session } from '../models/index.ts'
import { addResource } from '../models/keeping-resources.ts'
import { schedule } from '../models/scheduling.ts'
import { aDatedTraining, aPlan, move, sessionsOn } from './support/agendas.ts'
import { runJobs, standAt } from './support/app.ts'
import { anEnrollment, type SomeTraining } from './support/trainings.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'
import { guest, type Reader, signedIn } from './support/reader.ts'

const FIELDS = {
  kind: 'session',
  titleEn: 'Terms',
  titleRu: 'Термины',
  date: '2027-03-02',
  starts: '11:00',
  ends: '12:30',
  zone: 'Asia/Baku',
  counts: 'yes',
}

describe('planning sessions', () => {
  let staff: Someone
  let coordinator: Actor
  let trainer: Someone
  let training: SomeTraining
  let reader: Reader
  let base: string

  beforeEach(async () => {
    standAt('2027-02-01T08:00:00Z')
    staff = await cast.coordinator()
    coordinator = await asActor(staff)
    trainer = await cast.trainer()
    training = await aDatedTraining()
    reader = await signedIn(staff)
    base = `/en/manage/trainings/${training.code}`
  })

  const all = () => Session.findAll({ order: ['startsAt'] })

  async function plan(fields: Record<string, string | string[]> = {}) {
    await reader.get(`${base}/sessions/new`)
    return reader.submit('/sessions/new', { ...FIELDS, ...fields })
  }

  it('a session is added with everything it needs, and waits to be announced', async () => {
    const room = await addResource(coordinator, {
      kind: 'room',
      name: { en: 'Hall 1', ru: 'Зал 1' },
      address: 'Baku, 1 Main Street',
      capacity: 30,
    })
    const interpreter = await aPerson({ email: 'interpreter@words.example', name: 'Irina Petrova' })
    const answer = await plan({
      ...{ outcomesEn: 'Tell a from b', outcomesRu: 'Отличать а от б', method: 'lecture', room },
      ...{ trainers: [trainer.id], moderator: trainer.id, interpretation: ['tg', 'fa'] },
      addresses: interpreter.email,
    })
    const page = await reader.follow(answer)
    expect(page.text).to.include('The session is in the plan').and.include('Not announced yet')
    expect(page.text).to.include('Tuesday, 2 March 2027').and.include('11:00–12:30').and.include('Tell a from b')
    for (const words of ['Rustam Karimov', 'Irina Petrova', 'Tajik, Persian', 'Hall 1, Baku, 1 Main Street'])
      expect(page.text).to.include(words)
    const bookings = await sql<{ role: string; firm: boolean }>(null, 'select role, firm from bookings order by id')
    expect(bookings.map(({ role, firm }) => `${role} ${firm}`)).to.deep.equal([
      'trainer true',
      'moderator false',
      'interpreter true',
      'room true',
    ])
  })

  it('every Tuesday, three times, in one act', async () => {
    const page = await reader.follow(await plan({ times: '3', everyDays: '7' }))
    expect(page.text).to.include('The sessions are in the plan')
    for (const day of ['2 March', '9 March', '16 March']) expect(page.text).to.include(`Tuesday, ${day} 2027`)
  })

  it('a break needs no title, is named in both languages, and does not count', async () => {
    await reader.follow(await plan({ kind: 'break', titleEn: '', titleRu: '', trainers: [trainer.id] }))
    const [session] = await all()
    expect(session!.title).to.deep.equal({ en: 'Break', ru: 'Перерыв' })
    expect(session!.counts).to.equal(false)
    expect(await sql(null, 'select 1 from bookings')).to.deep.equal([])
  })

  it('dates and times are read as people of the region type them', async () => {
    await reader.follow(await plan({ date: '2.3.2027', starts: '9.00', ends: '10:15' }))
    const [session] = await all()
    expect(String(session!.wallStart)).to.equal('2027-03-02T09:00:00')
    expect(String(session!.wallEnd)).to.equal('2027-03-02T10:15:00')
  })

  it('wrong fields are named, and what was typed stays', async () => {
    const page = await plan({ titleRu: '', ends: '10:00', zone: 'Asia/Nowhere', date: '31.2.2027', times: '400' })
    expect(page.status).to.equal(422)
    for (const words of [
      'Write the title in Russian',
      'The end must be after the start',
      'Choose a zone of the list',
      'Write the date',
      'Plan 60 sessions at most',
    ])
      expect(page.text).to.include(words)
    expect(page.$('input[name=titleEn]').val()).to.equal('Terms')
    expect(page.$('input[name=date]').val()).to.equal('31.2.2027')
    expect(page.$('title').text()).to.match(/^Error: /)
    expect(await all()).to.deep.equal([])
  })

  it('only whom and what the form offered can be booked', async () => {
    const outsider = await aPerson()
    const page = await plan({ trainers: [outsider.id], room: '999', addresses: 'nobody@nowhere.example' })
    expect(page.status).to.equal(422)
    for (const words of [
      'Choose people of the list',
      'Choose one of the list',
      'No account has the address nobody@nowhere',
    ])
      expect(page.text).to.include(words)
  })

  it('a double booking is explained before saving: who, by which session, when', async () => {
    const other = await aDatedTraining({ title: { en: 'Another one', ru: 'Другой' } })
    await sessionsOn(coordinator, other.id, [2], [{ role: 'trainer', personId: trainer.id }])
    const page = await plan({ trainers: [trainer.id], starts: '12:00', ends: '13:00' })
    expect(page.status).to.equal(422)
    expect(page.text).to.include(
      `Rustam Karimov is needed at that time: “Terms of day 2” of ${other.code}, Tuesday, 2 March 2027, 11:00–12:30 (Baku)`,
    )
    expect(page.$('input[name=trainers]:checked').val()).to.equal(trainer.id)
    await reader.get(`${base.replace('/en', '/ru')}/sessions/new`)
    const russian = await reader.submit('/sessions/new', { ...FIELDS, trainers: [trainer.id] })
    expect(russian.text).to.include('В это время уже занято: Rustam Karimov, «Термины, день 2»')
  })

  it('a time that the clocks skip, or that comes twice, is a question', async () => {
    const skipped = await plan({ date: '2027-03-28', starts: '02:30', ends: '04:00', zone: 'Europe/Rome' })
    expect(skipped.status).to.equal(422)
    expect(skipped.text).to.include('On 28 March 2027 the clocks in Rome go forward, and 02:30 does not exist')
    await reader.follow(await reader.submit('/sessions/new', { prefer: 'later' }))
    expect(String((await all())[0]!.wallStart)).to.equal('2027-03-28T03:30:00')
    const twice = await plan({ date: '2027-10-31', starts: '02:30', ends: '04:00', zone: 'Europe/Rome' })
    expect(twice.text).to.include('02:30 comes twice')
    await reader.follow(await reader.submit('/sessions/new', { prefer: 'earlier' }))
    const session = (await all())[1]!
    expect(String(session.startsAt)).to.equal('2027-10-31T00:30:00Z')
    const form = await reader.get(`${base}/sessions/${session.id}`)
    expect(form.$('input[name=prefer]:checked').val(), 'the answer is kept').to.equal('earlier')
  })

  it('after saving it warns of night, weekend and holiday where participants are, and lets it stand', async () => {
    await sql(
      null,
      `insert into holidays (state, day, name, source) values ('KZ', '2027-03-02', '{"en": "Day of Words", "ru": "День слов"}', 'x')`,
    )
    const everyone = await reader.follow(await plan({ date: '2027-03-06', starts: '05:00', ends: '06:00' }))
    expect(everyone.text).to.include('Please look at the time once more').and.include('Italian Republic: weekend')
    await anEnrollment(training, await aPerson({ country: 'KZ' }))
    await anEnrollment(training, await aPerson({ country: 'IT' }))
    const page = await reader.follow(await plan({ starts: '07:00', ends: '08:00' }))
    expect(page.text).to.include('Kazakhstan: holiday, Day of Words (08:00–09:00)')
    expect(page.text).to.include('Italian Republic: night (04:00–05:00)').and.not.include('Türkiye')
    const quiet = await reader.follow(await plan({ date: '2027-03-03', starts: '13:00', ends: '14:00' }))
    expect(quiet.text).to.not.include('Please look at the time once more')
  })

  it('a change is kept from people until it is announced, with what they were told beside it', async () => {
    const [id] = await sessionsOn(coordinator, training.id, [2])
    await announce(coordinator, training.id)
    await reader.get(`${base}/sessions/${id}`)
    const page = await reader.follow(await reader.submit(`/sessions/${id}`, { starts: '14:00', ends: '15:30' }))
    expect(page.text).to.include('Moved, not announced yet').and.include('People still see version 1')
    expect(page.text).to.include('People were told: Tuesday, 2 March 2027, 11:00–12:30 (Baku)')
  })

  it('what will be told is read in both languages first, with how many people, and announced by a button', async () => {
    await anEnrollment(training, await cast.learner())
    const [id] = await sessionsOn(coordinator, training.id, [2], [{ role: 'trainer', personId: trainer.id }])
    await announce(coordinator, training.id)
    await move(coordinator, id!, '2027-03-03T15:00', '2027-03-03T16:00', {
      wanted: [{ role: 'trainer', personId: trainer.id }],
    })
    const preview = await reader.get(`${base}/agenda/announcement`)
    expect(preview.text).to.include('2 people get one mail each')
    expect(preview.text)
      .to.include('Moved: Terms of day 2')
      .and.include('Now: Wednesday, 3 March 2027, 15:00–16:00 (Baku)')
    expect(preview.text).to.include('Перенесено: Термины, день 2').and.include('Было: вторник, 2 марта 2027')
    const page = await reader.follow(await reader.submit('/agenda/announcement'))
    expect(page.text).to.include('The agenda is announced').and.include('Everything is announced: version 2')
    const again = await reader.post(`${base}/agenda/announcement`, { seen: '' })
    expect(again.status).to.equal(422)
  })

  it('what has changed since it was read is not announced unread', async () => {
    const [id] = await sessionsOn(coordinator, training.id, [2])
    await reader.get(`${base}/agenda/announcement`)
    await move(coordinator, id!, '2027-03-03T15:00', '2027-03-03T16:00')
    const page = await reader.submit('/agenda/announcement')
    expect(page.status).to.equal(422)
    expect(page.text).to.include('The plan has changed since you looked').and.include('15:00–16:00')
    await reader.follow(await reader.submit('/agenda/announcement'))
    expect((await Session.findByPk(id!))!.published!.wallStart).to.equal('2027-03-03T15:00')
  })

  it('of a draft nothing is announced', async () => {
    const draft = await aDatedTraining({ status: 'draft' })
    await sessionsOn(coordinator, draft.id, [2])
    const path = `/en/manage/trainings/${draft.code}/agenda`
    const preview = await reader.get(`${path}/announcement`)
    expect(preview.text).to.include('The training is a draft')
    expect(
      preview.$('form[method=post]').filter((_, form) => /announcement/.test(preview.$(form).attr('action')!)).length,
    ).to.equal(0)
    expect((await reader.post(`${path}/announcement`, { seen: '' })).status).to.equal(403)
  })

  it('a session is called off with a reason in both languages, and people are told at once, of nothing else', async () => {
    await anEnrollment(training, await cast.learner())
    const [off, other] = await sessionsOn(coordinator, training.id, [2, 3])
    await announce(coordinator, training.id)
    await runJobs()
    await move(coordinator, other!, '2027-03-04T15:00', '2027-03-04T16:00')
    await move(coordinator, off!, '2027-03-05T15:00', '2027-03-05T16:00')
    const form = await reader.get(`${base}/sessions/${off}/cancellation`)
    expect(form.text).to.include('1 person is told at once').and.include('Tuesday, 2 March 2027, 11:00–12:30')
    const wrong = await reader.submit('/cancellation', { reasonEn: 'The trainer cannot come', reasonRu: '' })
    expect(wrong.status).to.equal(422)
    expect(wrong.$('textarea[name=reasonEn]').text().trim()).to.equal('The trainer cannot come')
    const page = await reader.follow(await reader.submit('/cancellation', { reasonRu: 'Тренер не сможет приехать' }))
    expect(page.text).to.include('The session is called off').and.include('Reason: The trainer cannot come')
    const told = (await Session.findByPk(off!))!.published!
    expect(told.canceled).to.deep.equal({ en: 'The trainer cannot come', ru: 'Тренер не сможет приехать' })
    expect(told.wallStart, 'as people know it').to.equal('2027-03-02T11:00')
    expect((await Session.findByPk(other!))!.published!.wallStart).to.equal('2027-03-03T11:00')
    expect((await reader.get(`${base}/sessions/${off}`)).status).to.equal(403)
    await runJobs()
    const mails = await one<{ n: number }>(null, `select count(*)::int as n from mails where kind = 'agenda-changed'`)
    expect(mails!.n).to.equal(2)
  })

  it('a session nobody was told of is removed by one press', async () => {
    const [id] = await sessionsOn(coordinator, training.id, [2])
    const form = await reader.get(`${base}/sessions/${id}/cancellation`)
    expect(form.text).to.include('Nobody was told of it')
    const page = await reader.follow(await reader.submit('/cancellation'))
    expect(page.text).to.include('The session is removed').and.include('No session is planned yet')
  })

  it('of a training that is over or canceled nothing changes', async () => {
    for (const status of ['closed', 'canceled'] as const) {
      const over = await aDatedTraining({ status })
      const path = `/en/manage/trainings/${over.code}`
      expect((await reader.get(`${path}/agenda`)).status).to.equal(200)
      expect((await reader.get(`${path}/sessions/new`)).status).to.equal(403)
      expect((await reader.post(`${path}/sessions/new`, FIELDS)).status).to.equal(403)
    }
  })

  it('who works on an agenda: staff, people in charge and trainers of this training; to others it is not there', async () => {
    const [id] = await sessionsOn(coordinator, training.id, [2])
    const paths = ['agenda', 'agenda/announcement', 'sessions/new', `sessions/${id}`, `sessions/${id}/cancellation`]
    const scoped = (role: 'trainer' | 'coordinator', to: SomeTraining) =>
      aPerson({ grants: [{ role, kind: 'training', id: to.id }] })
    const elsewhere = await aDatedTraining()
    const learner = await cast.learner()
    await anEnrollment(training, learner)
    const outside = [
      await cast.stranger(),
      learner,
      trainer,
      await scoped('trainer', elsewhere),
      await cast.focalPoint(),
    ]
    for (const person of outside) {
      const stranger = await signedIn(person)
      for (const path of paths) {
        expect((await stranger.get(`${base}/${path}`)).status, `${person.email} ${path}`).to.equal(404)
        if (path !== 'agenda') expect((await stranger.post(`${base}/${path}`, FIELDS)).status).to.equal(404)
      }
    }
    for (const path of paths) expect((await guest().get(`${base}/${path}`)).location).to.match(/^\/en\/sign-in/)
    for (const person of [await scoped('trainer', training), await scoped('coordinator', training)]) {
      const inside = await signedIn(person)
      for (const path of paths) expect((await inside.get(`${base}/${path}`)).status, path).to.equal(200)
    }
    await schedule(coordinator, training.id, aPlan({ wanted: [{ role: 'trainer', personId: trainer.id }] }))
    const booked = await signedIn(trainer)
    expect((await booked.get(`${base}/agenda`)).status, 'who is booked as trainer').to.equal(200)
    expect((await booked.get(`${base}/sessions/new`)).$('textarea[name=addresses]').length, 'looks nobody up').to.equal(
      0,
    )
    expect((await booked.get(`/en/manage/trainings/${elsewhere.code}/agenda`)).status).to.equal(404)
    expect((await reader.get(`/en/manage/trainings/${elsewhere.code}/sessions/${id}`)).status).to.equal(404)
    for (const path of ['sessions/0', 'sessions/x', 'sessions/999999'])
      expect((await reader.get(`${base}/${path}`)).status).to.equal(404)
  })

  it('a form whose token went stale comes back with what was typed', async () => {
    await reader.get(`${base}/sessions/new`)
    const page = await reader.post(`${base}/sessions/new`, { ...FIELDS, _csrf: 'old', titleEn: 'Kept' }, false)
    expect(page.status).to.equal(422)
    expect(page.$('input[name=titleEn]').val()).to.equal('Kept')
    expect(await all()).to.deep.equal([])
  })
})

describe('the planning strip', () => {
  let reader: Reader
  let training: SomeTraining

  beforeEach(async () => {
    standAt('2027-02-01T08:00:00Z')
    reader = await signedIn(await cast.coordinator())
    training = await aDatedTraining()
  })

  it('says the best start in words, draws the States side by side, and has the table beside', async () => {
    const page = await reader.get(
      `/en/manage/planning?date=2027-03-02&minutes=90&zone=Asia/Baku&training=${training.code}`,
    )
    expect(page.text).to.include('The best start is 12:00 in Baku')
    expect(page.text).to.include('It is working time in all 10 States')
    expect(page.$('svg[role=img] title').text()).to.include('Tuesday, 2 March 2027')
    expect(page.$('table tbody tr')).to.have.length(10)
    expect(page.text).to.include('3 hours earlier than in Baku').and.include('12:00–21:00')
    const link = page.$('a[href*="/sessions/new?"]').first().attr('href')!
    const form = await reader.get(link)
    expect(form.$('input[name=starts]').val()).to.equal('12:00')
    expect(form.$('input[name=ends]').val()).to.equal('13:30')
    const russian = await reader.get('/ru/manage/planning?date=2027-03-02')
    expect(russian.text).to.include('Рабочее время во всех 10 государствах')
  })

  it('says days off in words, and whose States are looked at', async () => {
    await sql(
      null,
      `insert into state_facts (state, kind, value, during, source) values ('IR', 'weekend', '[4, 5]', '[2027-01-01,)', 'test')`,
    )
    const page = await reader.get('/en/manage/planning?date=2027-03-04&states=IR&states=AZ')
    expect(page.$('table tbody tr')).to.have.length(2)
    expect(page.text).to.include('Weekend').and.include('working time in 1 State of 2')
    await anEnrollment(training, await aPerson({ country: 'IT' }))
    const own = await reader.get(`/en/manage/planning?training=${training.code}`)
    expect(own.$('table tbody tr')).to.have.length(1)
    expect(own.$('input[name=date]').val()).to.equal('2027-03-01')
  })

  it('answers odd wishes with sensible ones', async () => {
    const page = await reader.get('/en/manage/planning?date=never&minutes=-5&zone=Mars&states=XX&training=NONE')
    expect(page.status).to.equal(200)
    expect(page.$('input[name=date]').val()).to.equal('2027-02-02')
    expect(page.$('table tbody tr')).to.have.length(10)
    for (const date of ['2027-03-28', '2027-10-31'])
      expect((await reader.get(`/en/manage/planning?date=${date}&zone=Europe/Rome`)).status).to.equal(200)
  })

  it('is there for whoever plans sessions', async () => {
    expect((await (await signedIn(await cast.trainer())).get('/en/manage/planning')).status).to.equal(200)
    for (const person of [await cast.stranger(), await cast.learner()])
      expect((await (await signedIn(person)).get('/en/manage/planning')).status).to.equal(404)
  })
})

describe('rooms and links', () => {
  let staff: Someone
  let reader: Reader

  beforeEach(async () => {
    standAt('2027-02-01T08:00:00Z')
    staff = await cast.coordinator()
    reader = await signedIn(staff)
  })

  const HALL = { kind: 'room', nameEn: 'Hall 1', nameRu: 'Зал 1', address: 'Baku, 1 Main Street', capacity: '30' }

  async function add(fields: Record<string, string>) {
    await reader.get('/en/manage/resources/new')
    return reader.submit('/resources/new', { ...HALL, ...fields })
  }

  it('are added, changed, taken out of use and put back', async () => {
    await reader.follow(await add({}))
    const { id } = (await one<{ id: string }>(null, 'select id from resources'))!
    await reader.get(`/en/manage/resources/${id}`)
    await reader.follow(await reader.submit(`/resources/${id}`, { nameEn: 'Great Hall' }))
    expect((await reader.get('/en/manage/resources')).text)
      .to.include('Great Hall')
      .and.include('30')
    await reader.get(`/en/manage/resources/${id}`)
    const retired = await reader.follow(await reader.submit('/retirement'))
    expect(retired.text).to.include('Not in use since 1 February 2027')
    const training = await aDatedTraining()
    const path = `/en/manage/trainings/${training.code}/sessions/new`
    expect((await reader.get(path)).html).to.not.include('Great Hall')
    await reader.get(`/en/manage/resources/${id}`)
    await reader.follow(await reader.submit('/return'))
    expect((await reader.get(path)).html).to.include('Great Hall (30 seats)')
  })

  it('a link is a web address in Latin letters; a name mixes no scripts', async () => {
    const wrong = async (fields: Record<string, string>, words: string) =>
      expect((await add(fields)).text).to.include(words)
    await wrong({ kind: 'link', address: 'call.example.org' }, 'begins with https://')
    await wrong({ kind: 'link', address: 'javascript:alert(1)' }, 'begins with https://')
    await wrong({ kind: 'link', address: 'https://саll.example.org/x' }, 'letters that are not Latin')
    await wrong({ nameEn: 'Hаll 1' }, 'mixes Latin and Cyrillic letters')
    await wrong({ nameRu: '' }, 'Write the name in Russian')
    await wrong({ capacity: '0' }, 'Write the number of seats')
    expect(await sql(null, 'select 1 from resources')).to.deep.equal([])
  })

  it('tell which coming sessions hold them; a change of address makes their agendas differ', async () => {
    await add({})
    const { id } = (await one<{ id: string }>(null, 'select id from resources'))!
    const training = await aDatedTraining()
    const actor = await asActor(staff)
    await sessionsOn(actor, training.id, [2], [{ role: 'room', resourceId: id }])
    await announce(actor, training.id)
    const page = await reader.get(`/en/manage/resources/${id}`)
    expect(page.text).to.include('1 coming session holds it').and.include(`Terms of day 2 (${training.code})`)
    await reader.follow(await reader.submit(`/resources/${id}`, { address: 'Baku, 2 Main Street' }))
    const plan = await reader.get(`/en/manage/trainings/${training.code}/agenda`)
    expect(plan.text).to.include('Room: Hall 1, Baku, 2 Main Street (before: Hall 1, Baku, 1 Main Street)')
  })

  it('are the business of staff alone', async () => {
    await add({})
    const { id } = (await one<{ id: string }>(null, 'select id from resources'))!
    const paths = [
      'resources',
      'resources/new',
      `resources/${id}`,
      'calendar-days',
      'calendar-days/holidays',
      'calendar-days/weekends',
    ]
    for (const person of [await cast.trainer(), await cast.stranger()]) {
      const other = await signedIn(person)
      for (const path of paths) expect((await other.get(`/en/manage/${path}`)).status, path).to.equal(404)
      for (const path of [`resources/${id}/retirement`, 'calendar-days/holidays'])
        expect((await other.post(`/en/manage/${path}`)).status).to.equal(404)
    }
    expect((await reader.get('/en/manage/resources/999')).status).to.equal(404)
  })
})

describe('days off by State', () => {
  let reader: Reader

  beforeEach(async () => {
    standAt('2027-02-01T08:00:00Z')
    reader = await signedIn(await cast.coordinator())
  })

  it('holidays are entered day by day with their source, and removed', async () => {
    await reader.get('/en/manage/calendar-days/holidays?state=AZ')
    const fields = {
      from: '20.3.2027',
      to: '24.3.2027',
      nameEn: 'Novruz',
      nameRu: 'Новруз',
      source: 'Labor Code, article 105',
    }
    const page = await reader.follow(await reader.submit('/holidays', fields))
    expect(page.text).to.include('Wednesday, 24 March 2027').and.include('Labor Code, article 105')
    expect((await sql(null, 'select 1 from holidays')).length).to.equal(5)
    await reader.get('/en/manage/calendar-days/holidays?state=AZ')
    expect((await reader.submit('/holidays', fields)).text).to.include('These days are entered already')
    expect((await reader.submit('/holidays', { ...fields, to: '1.3.2027' })).text).to.include(
      'must not be before the first',
    )
    expect((await reader.submit('/holidays', { ...fields, source: '', state: 'FR' })).text)
      .to.include('Write where this is said')
      .and.include('Choose a State')
    await reader.get('/en/manage/calendar-days?year=2027')
    await reader.follow(await reader.submit('/removal'))
    expect((await sql(null, 'select 1 from holidays')).length).to.equal(4)
  })

  it('weekends are dated: a new one ends the one before, and one can be ended', async () => {
    const enter = async (from: string, days: string[]) => {
      await reader.get('/en/manage/calendar-days/weekends?state=IR')
      return reader.submit('/weekends', { from, days, source: 'Act of 2026' })
    }
    await reader.follow(await enter('2026-01-01', ['4', '5']))
    const page = await reader.follow(await enter('2027-03-25', ['5', '6']))
    expect(page.text).to.include('Thursday and Friday, from 1 January 2026 to 24 March 2027')
    expect(page.text).to.include('Friday and Saturday, since 25 March 2027')
    expect((await enter('2027-01-01', ['7'])).text).to.include('is entered already')
    expect((await enter('2028-01-01', [])).text).to.include('Choose at least one day')
    const plan = async (date: string) => (await reader.get(`/en/manage/planning?date=${date}&states=IR`)).text
    expect(await plan('2027-03-18')).to.include('not on this day')
    expect(await plan('2027-03-25')).to.not.include('not on this day')
    const { id } = (await one<{ id: string }>(null, `select id from state_facts where upper_inf(during)`))!
    await reader.get(`/en/manage/calendar-days/weekends/${id}/end`)
    expect((await reader.submit('/end', { to: '2027-03-01' })).text).to.include('It must end after it begins')
    const ended = await reader.follow(await reader.submit('/end', { to: '1.6.2027' }))
    expect(ended.text).to.include('to 31 May 2027')
  })
})
