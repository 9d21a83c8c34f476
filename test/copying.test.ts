import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { writeBulkMail } from '../models/bulk-mailing.ts'
import { movedText } from '../models/copying-mails.ts'
import { mapDays } from '../models/copy-plan.ts'
import { addHoliday } from '../models/dating-days-off.ts'
import { addResource } from '../models/keeping-resources.ts'
import { schedule } from '../models/scheduling.ts'
import type { Actor } from '../models/actor.ts'
import { fillStates } from '../server/states.ts'
import { standAt } from './support/app.ts'
import { aDatedTraining, aPlan } from './support/agendas.ts'
import { anEnrollment, type SomeTraining } from './support/trainings.ts'
import { mailsTo } from './support/mails.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'
import { type Reader, signedIn } from './support/reader.ts'

const NEW = 'RMC-01-2027-09'

describe('copying a training', () => {
  let source: SomeTraining
  let actor: Actor
  let coordinator: Reader
  let trainer: Someone
  let room: string

  beforeEach(async () => {
    standAt('2027-01-11T08:00:00Z')
    source = await aDatedTraining({ code: 'RMC-01-2027-01' })
    await sql(null, `update trainings set host_state = 'AZ', logos = '[]', asks_daily = false where id = $1`, [
      source.id,
    ])
    const person = await cast.coordinator()
    actor = await asActor(person)
    coordinator = await signedIn(person)
    trainer = await aPerson({ name: 'Rustam Karimov', grants: [{ role: 'trainer' }] })
    room = await addResource(actor, {
      ...{ kind: 'room', name: { en: 'Hall', ru: 'Зал' }, address: 'Baku', capacity: null },
    })
    await sql(null, `insert into settings (key, value, changed_at) values ('signatories', $1, now())`, [
      JSON.stringify([{ name: { en: 'A', ru: 'А' }, post: { en: 'A', ru: 'А' } }]),
    ])
  })

  /** Four sessions on each of five days, all in one hall, with one trainer. */
  async function twentySessions() {
    const wanted = [
      { role: 'trainer' as const, personId: trainer.id },
      { role: 'room' as const, resourceId: room },
    ]
    for (const day of ['01', '02', '03', '04', '05'])
      for (const hour of ['09', '11', '14', '16'])
        await schedule(
          actor,
          source.id,
          aPlan({ from: `2027-03-${day}T${hour}:00`, to: `2027-03-${day}T${hour}:45`, wanted, interpretation: ['tr'] }),
        )
  }

  async function copied(fields: Record<string, string>, lang = 'en') {
    await coordinator.get(`/${lang}/manage/trainings/${source.code}/copy`)
    return coordinator.submit('/copy', { code: NEW, ...fields })
  }

  const sessions = () =>
    sql<{ wall: string; interpretation: string[]; firm: number; offered: number }>(
      null,
      `select to_char(s.wall_start, 'MM-DD HH24:MI') as wall, s.interpretation,
         (select count(*)::int from bookings b where b.session_id = s.id and b.firm) as firm,
         (select count(*)::int from bookings b where b.session_id = s.id and not b.firm) as offered
       from sessions s join trainings t on t.id = s.training_id where t.code = $1 order by s.starts_at`,
      [NEW],
    )

  it('five days and twenty sessions in one act, after a look at each day and where it is a day off', async () => {
    await fillStates()
    await twentySessions()
    await addHoliday(actor, {
      state: 'AZ',
      from: '2027-03-22',
      to: '2027-03-22',
      name: { en: 'Novruz', ru: 'Новруз' },
      source: 'x',
    })
    const preview = await copied({ startsOn: '2027-03-18' })
    expect(preview.status).to.equal(200)
    expect(preview.text).to.contain('Thursday').and.contain('Azerbaijan: weekend').and.contain('Azerbaijan: Novruz')
    expect(preview.text).to.contain('20 sessions with their interpretation').and.contain('free at the new times')
    expect(await sessions(), 'nothing is made by looking').to.deep.equal([])
    const page = await coordinator.follow(await coordinator.submit('/copy'))
    expect(page.text).to.contain('The copy is a draft')
    const all = await sessions()
    expect(all).to.have.length(20)
    expect(all.map(({ wall }) => wall.slice(0, 5)).filter((day, i, days) => days.indexOf(day) === i)).to.deep.equal([
      '03-18',
      '03-19',
      '03-20',
      '03-21',
      '03-22',
    ])
    expect(
      all.every(({ firm, offered, interpretation }) => firm === 2 && !offered && interpretation[0] === 'tr'),
    ).to.equal(true)
  })

  it('on working days of the host weekends and holidays are passed over', async () => {
    await fillStates()
    await twentySessions()
    await addHoliday(actor, {
      state: 'AZ',
      from: '2027-03-22',
      to: '2027-03-22',
      name: { en: 'Novruz', ru: 'Новруз' },
      source: 'x',
    })
    await copied({ startsOn: '2027-03-18', days: 'working' }, 'ru')
    await coordinator.follow(await coordinator.submit('/copy'))
    const days = [...new Set((await sessions()).map(({ wall }) => wall.slice(0, 5)))]
    expect(days).to.deep.equal(['03-18', '03-19', '03-23', '03-24', '03-25'])
    const dates = await one<{ from: string; to: string }>(
      null,
      `select starts_on as "from", ends_on as "to" from trainings where code = $1`,
      [NEW],
    )
    expect(dates).to.deep.equal({ from: '2027-03-18', to: '2027-03-25' })
  })

  it('who and what is booked elsewhere is said before, asked for and not held after, and keeps the copy from being published', async () => {
    await twentySessions()
    const other = await aDatedTraining({ code: 'RMC-01-2027-05' })
    await schedule(
      actor,
      other.id,
      aPlan({ from: '2027-04-06T11:00', to: '2027-04-06T12:00', wanted: [{ role: 'trainer', personId: trainer.id }] }),
    )
    const preview = await copied({ startsOn: '2027-04-05' })
    expect(preview.text).to.contain('Rustam Karimov (trainer)').and.contain('RMC-01-2027-05')
    const page = await coordinator.follow(await coordinator.submit('/copy'))
    expect(page.path).to.contain(`/en/manage/trainings/${NEW}/clashes?done=`)
    expect(page.$('main tbody tr')).to.have.length(1)
    expect(page.text).to.contain('Rustam Karimov (trainer)').and.contain('“Terms” (RMC-01-2027-05)')
    const all = await sessions()
    expect(all.filter(({ offered }) => offered)).to.deep.equal([
      { wall: '04-06 11:00', interpretation: ['tr'], firm: 1, offered: 1 },
    ])
    const publication = await coordinator.get(`/ru/manage/trainings/${NEW}/publication`)
    expect(publication.text).to.contain('занято в это время')
    await sql(null, `delete from bookings where not firm`)
    expect((await coordinator.get(`/ru/manage/trainings/${NEW}/clashes`)).text).to.contain(
      'Всё нужное по программе забронировано',
    )
    expect((await coordinator.get(`/ru/manage/trainings/${NEW}/publication`)).$('main form')).to.have.length(1)
  })

  it('forms, signatories, logos, people in charge and mails come along; participants stay', async () => {
    await twentySessions()
    const inCharge = await cast.inCharge(source.id)
    await anEnrollment(source, await cast.learner())
    await sql(null, `update trainings set signatories = $2 where id = $1`, [
      source.id,
      JSON.stringify([{ name: { en: 'Own', ru: 'Своя' }, post: { en: 'P', ru: 'П' } }]),
    ])
    await writeBulkMail(actor, source.id, {
      audience: 'enrolled',
      subject: { en: 'We begin on 1 March 2027', ru: 'Начинаем 1 марта 2027 г.' },
      body: { en: 'Friday, 5 March: the test. See RMC-01-2027-01.', ru: '05.03.2027: тест, 11 марта: ответы.' },
    })
    await copied({ startsOn: '2027-04-05' })
    await coordinator.follow(await coordinator.submit('/copy'))
    const copy = await one<Record<string, unknown>>(
      null,
      `select t.signatories -> 0 -> 'name' ->> 'en' as signs, t.logos, t.asks_daily as daily, b.subject, b.body, b.sent_at as sent,
         (select count(*)::int from enrollments e where e.training_id = t.id) as enrolled,
         (select count(*)::int from role_grants g where g.scope_kind = 'training' and g.scope_id = t.id::text and g.person_id = $2) as charged
       from trainings t join bulk_mails b on b.training_id = t.id where t.code = $1`,
      [NEW, inCharge.id],
    )
    expect(copy).to.deep.equal({
      ...{ signs: 'Own', logos: [], daily: false, sent: null, enrolled: 0, charged: 1 },
      subject: { en: 'We begin on 5 April 2027', ru: 'Начинаем 5 апреля 2027 г.' },
      body: { en: `Friday, 9 April: the test. See ${NEW}.`, ru: '09.04.2027: тест, 11 марта: ответы.' },
    })
    expect((await mailsTo(inCharge.email)).map(({ kind }) => kind)).to.deep.equal(['training-entrusted'])
  })

  it('a code that is taken is said before anything is shown, and what was typed is kept', async () => {
    const page = await copied({ code: source.code, startsOn: '2027-04-05' }, 'ru')
    expect(page.status).to.equal(422)
    expect(page.text).to.contain('Такой код уже есть у другого тренинга')
    expect(page.$('#startsOn').val()).to.equal('2027-04-05')
  })

  it('days of a course with a weekend in between keep their working distance', () => {
    const weekend = (date: string) => Temporal.PlainDate.from(date).dayOfWeek > 5
    const map = mapDays(['2027-03-04', '2027-03-05', '2027-03-08'], '2027-03-13', 'working', weekend)
    expect([...map.values()]).to.deep.equal(['2027-03-15', '2027-03-16', '2027-03-17'])
    const two = mapDays(['2027-03-06', '2027-03-07'], '2027-03-12', 'working', weekend)
    expect([...two.values()], 'two days stay two').to.deep.equal(['2027-03-12', '2027-03-15'])
  })

  it('a day in a text becomes the new one in each way people write it, and no other', () => {
    const days = new Map([
      ['2027-03-01', '2027-03-02'],
      ['2027-03-02', '2027-03-03'],
    ])
    const moved = (text: string, lang: 'en' | 'ru') => movedText(text, lang, days, 'A-1', 'A-2')
    expect(moved('Monday, 1 March 2027; 2 March; 2027-03-01; 21 March; A-1 and A-11', 'en')).to.equal(
      'Tuesday, 2 March 2027; 3 March; 2027-03-02; 21 March; A-2 and A-11',
    )
    expect(moved('1 марта, 02.03.2027 и понедельник, 1 марта 2027', 'ru')).to.equal(
      '2 марта, 03.03.2027 и вторник, 2 марта 2027',
    )
  })
})
