import { expect } from 'chai'
import { sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { agreeToOffer } from '../models/agreeing.ts'
import { acknowledgeRequest, writeMessage } from '../models/answering-requests.ts'
import { certifyContribution } from '../models/contributing.ts'
import { dutiesOf } from '../models/duties.ts'
import type { RequestRow } from '../models/request.ts'
import { announce } from '../models/announcing.ts'
import { standAt } from './support/app.ts'
import { aDatedTraining, aPlan, move, sessionsOn } from './support/agendas.ts'
import { aCourse } from './support/courses.ts'
import { aCertificate, confirmedNames, finished } from './support/finishing.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'
import { queriesOf } from './support/queries.ts'
import { type Reader, signedIn } from './support/reader.ts'
import { aFocalPoint, anOffer, aRequest, seen } from './support/requests.ts'
import { somethingTaught } from './support/teaching.ts'
import { schedule } from '../models/scheduling.ts'

describe("coordinator's home", () => {
  let person: Someone
  let reader: Reader

  beforeEach(async () => {
    standAt('2027-02-26T06:00:00Z')
    person = await cast.coordinator()
    reader = await signedIn(person)
  })

  /** Lines of the home under each heading, with where they lead. */
  async function lines(lang = 'en', by = reader) {
    const page = await by.get(`/${lang}/home`)
    const groups: Record<string, string[]> = {}
    for (const heading of page.$('.duties h3').toArray()) {
      const list = page.$(heading).next('ul').find('a').toArray()
      for (const link of list)
        expect((await by.get(page.$(link).attr('href')!)).status, page.$(link).text()).to.equal(200)
      groups[page.$(heading).text()] = list.map(link => page.$(link).text())
    }
    return groups
  }

  it('says so when nothing waits, in both languages', async () => {
    expect((await reader.get('/en/home')).text).to.contain('Nothing waits')
    expect((await reader.get('/ru/home')).text).to.contain('Ничего не ждёт')
  })

  it('certificates past the promised day are late; those due today and within a week stand apart', async () => {
    const training = await aTraining(await aCourse())
    for (const [at, times] of [
      ['2027-02-01', 2],
      ['2027-02-19', 1],
      ['2027-02-24', 3],
    ] as const)
      for (let n = 0; n < times; n++) {
        standAt(`${at}T08:00:00Z`)
        const enrollment = await finished(await anEnrollment(training, await aPerson()))
        await confirmedNames(enrollment)
      }
    // Done, but the name is not confirmed: nothing the Center could do. Issued: done.
    await finished(await anEnrollment(training, await aPerson()))
    const issued = await finished(await anEnrollment(training, await aPerson()))
    await confirmedNames(issued)
    await aCertificate(issued)
    await sql(null, 'delete from mails')
    standAt('2027-02-26T06:00:00Z')
    expect(await lines()).to.deep.equal({
      Late: ['2 certificates are past the day on which the Center promised them'],
      Today: ['1 certificate is due today'],
      'This week and next': ['3 certificates are due within seven days'],
    })
  })

  it('requests, offers that run out, and a line with free places are counted by training, each with its link', async () => {
    const training = await aTraining(await aCourse(), {
      mode: 'approval',
      seats: 5,
      title: { en: 'Borders', ru: 'Границы' },
    })
    const other = await aTraining(training.course, { code: 'RMC-01-OTHER', mode: 'approval' })
    standAt('2027-02-20T08:00:00Z')
    for (let n = 0; n < 2; n++) await anEnrollment(training, await aPerson(), { status: 'requested' })
    standAt('2027-02-26T06:00:00Z')
    await anEnrollment(other, await aPerson(), { status: 'requested' })
    for (let n = 0; n < 2; n++) await anEnrollment(training, await aPerson(), { status: 'waiting' })
    const held = await anEnrollment(training, await aPerson(), { status: 'waiting' })
    await sql(null, 'update enrollments set offered_until = $2 where id = $1', [held.id, now().add({ hours: 3 })])
    const code = training.code
    expect(await lines()).to.deep.equal({
      Late: [`2 people wait for your decision, the first since 20 February 2027: Borders (${code})`],
      Today: [
        '1 person waits for your decision since 26 February 2027: Course RMC-01 (RMC-01-OTHER)',
        `1 offered place is held until 26 February 2027, 13:00: Borders (${code})`,
        `3 people wait though places are free (4): Borders (${code})`,
      ],
    })
    expect((await lines('ru')).Просрочено).to.deep.equal([
      `2 заявки ждут решения, первая с 20 февраля 2027 г.: Границы (${code})`,
    ])
  })

  it("today's sessions lead to their attendance; past ones without it are late, with it they are not", async () => {
    const training = await aDatedTraining()
    await anEnrollment(training, await cast.learner())
    const actor = await asActor(person)
    const [first, second] = await sessionsOn(actor, training.id, [1, 2, 3])
    await announce(actor, training.id)
    standAt('2027-03-03T05:00:00Z')
    const [late, today] = Object.values(await lines())
    expect(late).to.deep.equal([
      'Attendance was not taken in 2 sessions since 1 March 2027: Terms in five days (' + training.code + ')',
    ])
    expect(today).to.deep.equal([`11:00 (Baku): Terms of day 3, ${training.code}`])
    for (const id of [first, second])
      await sql(
        null,
        `insert into attendances (session_id, enrollment_id, status, minutes, source, at) select $1, id, 'present', 90, 'trainer', $2 from enrollments`,
        [id, now()],
      )
    expect(Object.keys(await lines())).to.deep.equal(['Today'])
  })

  it('an agenda that differs from what people know is named; one moved and moved back is not', async () => {
    const training = await aDatedTraining({ startsOn: '2027-03-29', endsOn: '2027-03-31' })
    const actor = await asActor(person)
    const [id] = await sessionsOn(actor, training.id, [30])
    await announce(actor, training.id)
    standAt('2027-02-26T07:00:00Z')
    await move(actor, id!, '2027-03-30T15:00', '2027-03-30T16:30')
    expect((await lines()).Today).to.deep.equal([
      `1 change of the agenda is not announced: Terms in five days (${training.code})`,
    ])
    await move(actor, id!, '2027-03-30T11:00', '2027-03-30T12:30')
    expect(await lines()).to.deep.equal({})
  })

  it('a training that begins within two weeks says what it lacks; within two days that is late', async () => {
    const soon = await aDatedTraining({ code: 'RMC-01-SOON', startsOn: '2027-02-28', title: null })
    await aDatedTraining({
      code: 'RMC-01-NEXT',
      status: 'draft',
      startsOn: '2027-03-10',
      endsOn: '2027-03-11',
      title: null,
    })
    await aDatedTraining({ code: 'RMC-01-FAR', startsOn: '2027-03-20', endsOn: '2027-03-21' })
    const trainer = await aPerson({ grants: [{ role: 'trainer', kind: 'training', id: soon.id }] })
    expect(trainer.id).to.not.equal('')
    expect(await lines()).to.deep.equal({
      Late: [
        'It begins on 28 February 2027 without an announced agenda: Course RMC-01 (RMC-01-SOON)',
        'It begins on 28 February 2027 without a room or a link: Course RMC-01 (RMC-01-SOON)',
      ],
      'This week and next': [
        'It begins on 10 March 2027 and is not published: Course RMC-01 (RMC-01-NEXT)',
        'It begins on 10 March 2027 without a trainer: Course RMC-01 (RMC-01-NEXT)',
        'It begins on 10 March 2027 without a room or a link: Course RMC-01 (RMC-01-NEXT)',
      ],
    })
  })

  it('a failed mail, a mail server that does not take mails, a wish for erasure and a missing Russian text are said', async () => {
    const learner = await cast.learner()
    await sql(null, 'update people set erasure_asked_at = $1 where id = $2', [now(), learner.id])
    await sql(
      null,
      `insert into mails (event_key, address, kind, data, locale, zone, message_id, created_at, failed_at)
       values ('a', 'a@b.example', 'password-changed', '{}', 'en', 'Asia/Baku', '<a>', $1, $1),
              ('b', 'a@b.example', 'password-changed', '{}', 'en', 'Asia/Baku', '<b>', $2, null)`,
      [now(), now().subtract({ minutes: 45 })],
    )
    await aTraining(await aCourse({ languages: ['en'] }), { title: { en: 'Only English', ru: '' } })
    const groups = await lines()
    expect(groups.Late).to.deep.equal([
      '1 mail could not be delivered',
      'Mails wait for the mail server, the oldest since 26 February 2027 at 09:15 (Baku)',
    ])
    expect(groups.Today).to.deep.equal(['1 person asks for erasure of their data'])
    expect(groups['This week and next']!.map(line => line.split(':')[0])).to.deep.equal([
      'A text is missing in one language',
      '2 lessons have no Russian text',
    ])
  })

  it('trainers whose certificate of contribution waits are counted until it is issued', async () => {
    standAt('2026-11-24T08:00:00Z')
    const { dataKey, coordinators, ...given } = await somethingTaught()
    standAt('2027-02-26T06:00:00Z')
    expect((await lines())['This week and next']).to.deep.equal([
      '1 trainer waits for the certificate of contribution since 3 November 2026',
    ])
    expect((await lines('ru'))['На этой и следующей неделе']).to.deep.equal([
      '1 тренер ждёт сертификата о вкладе с 3 ноября 2026 г.',
    ])
    const own = await signedIn(await cast.inCharge(given.trainingId))
    expect(await lines('en', own), 'they are the Center’s').to.deep.equal({})
    await certifyContribution(await asActor(coordinators[0]!), given, dataKey)
    expect(await lines()).to.deep.equal({})
  })

  it('requests of States stand where the Center is to act: by the day of acknowledging, else since when the State waits', async () => {
    standAt('2027-02-01T08:00:00Z')
    const [focal, colleague] = [await aFocalPoint('KZ'), await aPerson({ grants: [{ role: 'coordinator' }] })]
    const [state, desk] = [await asActor(focal), await asActor(colleague)]
    const codes: string[] = []
    const at = async (instant: string, act: () => Promise<RequestRow>) => {
      standAt(instant)
      codes.push((await act()).code)
    }
    await at('2027-02-10T08:00:00Z', () => aRequest(focal, 'KZ', { common: { title: 'Overdue' } }))
    await at('2027-02-24T08:00:00Z', () => aRequest(focal, 'KZ', { common: { title: 'New' } }))
    await at('2027-02-22T08:00:00Z', async () => {
      const request = await aRequest(focal, 'KZ', { common: { title: 'Asked' } })
      await acknowledgeRequest(desk, request)
      await writeMessage(desk, await seen(focal, request.code), 'KZ', 'center', 'How many posts?')
      return request
    })
    await at('2027-02-25T08:00:00Z', () => anOffer(focal, 'KZ', colleague))
    await at('2027-02-25T08:00:00Z', () => anOffer(focal, 'KZ', colleague))
    standAt('2027-02-25T09:00:00Z')
    const [overdue, fresh, asked, agreed, both] = codes as [string, string, string, string, string]
    await writeMessage(state, await seen(focal, asked), 'KZ', 'state', 'Fourteen.')
    await agreeToOffer(state, await seen(focal, agreed), 1, 'state')
    await agreeToOffer(state, await seen(focal, both), 1, 'state')
    await agreeToOffer(desk, await seen(focal, both), 1, 'center')
    await sql(null, 'delete from mails')
    standAt('2027-02-26T06:00:00Z')
    const kz = 'Republic of Kazakhstan'
    expect(await lines()).to.deep.equal({
      Late: [`${kz} asks for a training; acknowledge it by 17 February 2027: Overdue (${overdue})`],
      Today: [
        `${kz} has written to you on 25 February 2027 and waits for an answer: Asked (${asked})`,
        `${kz} agreed to your offer on 25 February 2027; confirm it: Interviewing at the border (${agreed})`,
        `Both sides agreed on 25 February 2027; make the training: Interviewing at the border, ${kz} (${both})`,
      ],
      'This week and next': [`${kz} asks for a training; acknowledge it by 3 March 2027: New (${fresh})`],
    })
    await writeMessage(desk, await seen(focal, asked), 'KZ', 'center', 'Thank you.')
    expect((await lines()).Today, 'answered').to.have.length(2)
  })

  it('a list shows its first thirty lines, says how many more there are, and leads to all of them', async () => {
    const course = await aCourse()
    for (let n = 10; n < 45; n++) {
      const training = await aTraining(course, { code: `RMC-01-${n}`, mode: 'approval' })
      await anEnrollment(training, await aPerson(), { status: 'requested' })
    }
    const today = (await lines()).Today!
    expect(today).to.have.length(31)
    expect(today.at(-1)).to.equal('Requests for a place: 5 more, see all')
    const whole = await reader.get((await reader.get('/en/home')).$('.duties a').last().attr('href')!)
    expect(whole.$('.duties li')).to.have.length(35)
    expect(whole.text).to.contain('Requests for a place').and.not.contain('more, see all')
    expect((await reader.get('/ru/home')).text).to.contain('Заявки на участие: ещё 5, посмотреть все')
    expect((await reader.get('/en/waiting/nothing')).status).to.equal(404)
    for (const nobody of [await cast.trainer(), await cast.focalPoint()])
      expect((await (await signedIn(nobody)).get('/en/waiting/requests')).status).to.equal(404)
  })

  it('who is in charge of one training sees what waits in that one alone; others see nothing of it', async () => {
    const training = await aTraining(await aCourse(), { mode: 'approval' })
    const other = await aTraining(training.course, { code: 'RMC-01-OTHER', mode: 'approval' })
    for (const each of [training, other]) await anEnrollment(each, await aPerson(), { status: 'requested' })
    const ready = await finished(await anEnrollment(training, await aPerson()))
    await confirmedNames(ready)
    const own = await signedIn(await cast.inCharge(training.id))
    expect(await lines('en', own)).to.deep.equal({
      Today: [`1 person waits for your decision since 26 February 2027: Course RMC-01 (${training.code})`],
    })
    for (const nobody of [await cast.trainer(), await cast.focalPoint(), await cast.stranger()])
      expect((await (await signedIn(nobody)).get('/en/home')).$('.duties')).to.have.length(0)
  })

  it('is asked for by one statement, whatever waits', async () => {
    const actor = await asActor(person)
    expect(await queriesOf(() => dutiesOf(actor))).to.equal(1)
    const training = await aDatedTraining()
    for (let day = 1; day <= 9; day++)
      await schedule(actor, training.id, aPlan({ from: `2027-03-0${day}T09:00`, to: `2027-03-0${day}T10:00` }))
    for (let n = 0; n < 10; n++) await anEnrollment(training, await aPerson(), { status: 'requested' })
    expect(await queriesOf(() => dutiesOf(actor))).to.equal(1)
  })
})
