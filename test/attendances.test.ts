import { expect } from 'chai'
import { readSheet } from 'read-excel-file/node'
import { extractText, getDocumentProxy } from 'unpdf'
import { one, sql } from '../lib/db.ts'
import type { Actor } from '../models/actor.ts'
import { attend } from '../models/attending.ts'
import { standAt } from './support/app.ts'
import { aRoom, marksByName } from './support/attendance.ts'
import { anEnrollment, type SomeEnrollment, type SomeTraining } from './support/trainings.ts'
import { aPerson, cast, type Someone } from './support/people.ts'
import { queriesOf } from './support/queries.ts'
import { type Reader, signedIn } from './support/reader.ts'

/** Attendance over HTTP, with no JavaScript: the second of March 2027, 11:00 to 12:30 in Baku. */
describe('attendance', () => {
  let coordinator: Actor
  let trainer: Someone
  let training: SomeTraining
  let session: string
  let aigerim: SomeEnrollment
  let bolot: SomeEnrollment
  let base: string
  let overview: string

  beforeEach(async () => {
    const bolots = () => aPerson({ name: 'Bolot Asanov', own: 'زهرا حسینی', ownScript: 'fa' })
    const room = await aRoom({ days: [2, 3], seats: 2, people: [cast.learner, bolots] })
    ;({ coordinator, trainer, training, session, overview, base } = room)
    ;[aigerim, bolot] = room.places as [SomeEnrollment, SomeEnrollment]
  })

  const fields = (place: SomeEnrollment, status: string, more: { time?: string; reason?: string } = {}) => ({
    [`s-${place.id}`]: status,
    ...(more.time ? { [`t-${place.id}`]: more.time } : {}),
    ...(more.reason ? { [`r-${place.id}`]: more.reason } : {}),
  })
  const opened = async (reader: Reader, path: string) => {
    const page = await reader.get(`/en${path}`)
    expect(page.status, path).to.equal(200)
    return page
  }

  describe('marked by a trainer', () => {
    it('all in one post, by the wall clock of the host; the others present by one button', async () => {
      const reader = await signedIn(trainer)
      const page = await opened(reader, base)
      expect(page.text).to.include('2 people, 2 without a mark yet')
      expect(page.$('fieldset.attendance-person')).to.have.length(2)
      const sent = await reader.submit('/attendance', {
        ...fields(aigerim, 'late', { time: '11:20' }),
        rest: 'present',
      })
      const after = await reader.follow(sent)
      expect(after.text).to.include('Attendance is saved.').and.include('Marked by Rustam Karimov, 11:05')
      expect(await marksByName()).to.deep.equal([
        { name: 'Aigerim Sadykova', status: 'late', minutes: 70, source: 'trainer' },
        { name: 'Bolot Asanov', status: 'present', minutes: 90, source: 'trainer' },
      ])
      // The same post again changes nothing.
      await reader.submit('/attendance', {})
      expect(await one(null, 'select count(*)::int as n from attendance_corrections')).to.deep.equal({ n: 0 })
    })

    it('what is wrong comes back beside its person with everything kept', async () => {
      const reader = await signedIn(trainer)
      await opened(reader, base)
      const answer = await reader.submit('/attendance', {
        ...fields(aigerim, 'late', { time: '10:20' }),
        ...fields(bolot, 'excused'),
      })
      expect(answer.status).to.equal(422)
      expect(answer.text)
        .to.include('The session is from 11:00 to 12:30')
        .and.include('Write why the person is excused')
      expect(answer.$(`#t-${aigerim.id}`).val()).to.equal('10:20')
      expect(answer.$(`input[name=s-${bolot.id}]:checked`).val()).to.equal('excused')
      expect(await marksByName()).to.deep.equal([])
    })

    it('what a colleague has changed meanwhile is kept and said', async () => {
      const reader = await signedIn(trainer)
      await opened(reader, base)
      await reader.follow(await reader.submit('/attendance', { rest: 'present' }))
      const stale = fields(aigerim, 'excused', { reason: 'at court' })
      await attend(coordinator, session, [{ enrollmentId: aigerim.id, status: 'absent', seen: 1 }], {
        source: 'trainer',
      })
      const page = await reader.follow(await reader.submit('/attendance', stale))
      expect(page.text)
        .to.include('Somebody else has marked 1 person')
        .and.include('Aigerim Sadykova: Absent (by Leyla Mammadova, 11:05)')
      expect((await marksByName()).map(each => each.status)).to.deep.equal(['absent', 'present'])
      // Who touched nothing undoes nothing.
      await reader.get(`/en${base}`)
      await attend(coordinator, session, [{ enrollmentId: bolot.id, status: 'absent', seen: 1 }], { source: 'trainer' })
      const quiet = await reader.follow(await reader.submit('/attendance', {}))
      expect(quiet.text).to.not.include('Somebody else has marked')
      expect((await marksByName()).map(each => each.status)).to.deep.equal(['absent', 'absent'])
    })

    it('a correction after the day asks why, and its trail is on the page of the person', async () => {
      const reader = await signedIn(trainer)
      await opened(reader, base)
      await reader.submit('/attendance', { rest: 'present' })
      standAt('2027-03-04T08:00:00Z')
      await reader.get(`/en${base}`)
      const asked = await reader.submit('/attendance', fields(aigerim, 'absent'))
      expect(asked.status).to.equal(422)
      expect(asked.text).to.include('Say why you change what was noted')
      await reader.follow(await reader.submit('/attendance', { why: 'signed for a colleague' }))
      const person = await opened(reader, `${overview}/${aigerim.id}`)
      expect(person.text).to.include('Absent').and.include('Reason: signed for a colleague')
      expect(person.text).to.include('Changed by Rustam Karimov')
      expect((await reader.get(`/ru${overview}/${aigerim.id}`)).text).to.include('Причина: signed for a colleague')
    })

    it('is not possible before the day or of a session called off, and breaks have none', async () => {
      standAt('2027-03-01T08:00:00Z')
      const reader = await signedIn(trainer)
      expect((await opened(reader, base)).text).to.include('from the day of the session on')
      expect((await reader.post(`/en${base}`, fields(aigerim, 'present'))).status).to.equal(422)
      await sql(null, `update sessions set kind = 'break' where id = $1`, [session])
      expect((await reader.get(`/en${base}`)).status).to.equal(404)
      expect(await marksByName()).to.deep.equal([])
    })

    it('costs the same number of statements for two people and for forty', async () => {
      const reader = await signedIn(trainer)
      // The first visits fill what is kept in memory.
      for (const path of [base, overview]) await reader.get(`/en${path}`)
      const few = await queriesOf(() => reader.get(`/en${base}`))
      const overviewFew = await queriesOf(() => reader.get(`/en${overview}`))
      for (let i = 0; i < 38; i++) await anEnrollment(training, await aPerson())
      expect(await queriesOf(() => reader.get(`/en${base}`))).to.equal(few)
      expect(await queriesOf(() => reader.get(`/en${overview}`))).to.equal(overviewFew)
    })

    it('nobody else sees it: a trainer of another training, a learner', async () => {
      const foreign = await aPerson({ grants: [{ role: 'trainer' }] })
      for (const reader of [await signedIn(foreign), await signedIn(aigerim.person)])
        for (const path of [
          base,
          overview,
          `${overview}/${aigerim.id}`,
          `${base}/code`,
          `${base}/walk-in`,
          `${base}.pdf`,
        ])
          expect((await reader.get(`/en${path}`)).status, path).to.equal(404)
    })
  })

  describe('as a whole', () => {
    it('says per session what was taken and per person how much of the time they were there', async () => {
      const reader = await signedIn(trainer)
      expect((await opened(reader, overview)).text)
        .to.include('not taken yet')
        .and.include('to come')
      await opened(reader, base)
      await reader.submit('/attendance', { ...fields(bolot, 'absent'), rest: 'present' })
      const page = await opened(reader, overview)
      expect(page.text).to.include('1 present, 1 absent').and.include('by Rustam Karimov')
      const links = page.$(`a[href$="/attendance/${aigerim.id}"]`)
      expect(links.last().text()).to.include('50 %')
      const russian = await reader.get(`/ru${overview}`)
      expect(russian.text).to.include('присутствовали: 1, отсутствовали: 1')
    })

    it('is linked from the plan, the session and the page of the training', async () => {
      const staff = await signedIn({ ...trainer, email: 'coordinator@rtcm.example' })
      for (const path of [`/manage/trainings/${training.code}`, `/manage/trainings/${training.code}/agenda`])
        expect((await opened(staff, path)).$(`a[href="/en${overview}"]`).length, path).to.equal(1)
      for (const path of [
        `/manage/trainings/${training.code}/sessions/${session}`,
        `/manage/trainings/${training.code}/agenda`,
      ])
        expect((await opened(staff, path)).$(`a[href="/en${base}"]`).length, path).to.equal(1)
    })

    it('stands in the list of participants and in its spreadsheet', async () => {
      const staff = await signedIn({ ...trainer, email: 'coordinator@rtcm.example' })
      await attend(coordinator, session, [{ enrollmentId: aigerim.id, status: 'present', seen: 0 }], {
        source: 'trainer',
      })
      const page = await opened(staff, `/manage/trainings/${training.code}/participants`)
      expect(page.$(`a[href$="/attendance/${aigerim.id}"]`).text()).to.include('50 %')
      const file = await staff.get(`/en/manage/trainings/${training.code}/participants.xlsx`)
      const rows = (await readSheet(file.bytes)) as unknown[][]
      const column = rows[0]!.indexOf('Attendance')
      expect(rows.slice(1).map(row => [row[0], row[column]])).to.deep.include(['Aigerim Sadykova', 50])
    })

    it('the learner reads it in plain words, and what can no longer be reached', async () => {
      await attend(coordinator, session, [{ enrollmentId: aigerim.id, status: 'absent', seen: 0 }], {
        source: 'trainer',
      })
      const reader = await signedIn(aigerim.person)
      const page = await opened(reader, `/trainings/${training.code}`)
      expect(page.text).to.include('So far you have 0 % of the time of all sessions; the certificate needs 80 %.')
      expect(page.text).to.include('this can no longer be reached')
      const own = await opened(reader, `/trainings/${training.code}/attendance`)
      expect(own.text).to.include('Absent').and.not.include('Leyla')
      expect((await reader.get(`/ru/trainings/${training.code}`)).text).to.include(
        'Пока у вас 0 % времени всех занятий',
      )
      expect((await opened(reader, '/home')).text).to.include('no longer be reached')
    })

    it('a certificate that was issued stays, and staff see that the rule is not met any more', async () => {
      const staff = await signedIn({ ...trainer, email: 'coordinator@rtcm.example' })
      await attend(coordinator, session, [{ enrollmentId: aigerim.id, status: 'absent', seen: 0 }], {
        source: 'trainer',
      })
      await sql(
        null,
        `insert into certificates (code, kind, person_id, training_id, enrollment_id, snapshot, issued_at, issued_by)
         values ('RTCM-TEST', 'attendance', $1, $2, $3, '{}', now(), $4)`,
        [aigerim.person.id, training.id, aigerim.id, coordinator.id],
      )
      expect((await opened(staff, overview)).text).to.include(
        'The certificate is issued, but the attendance is below 80 % now.',
      )
    })
  })

  describe('by the code of the room', () => {
    const show = async (minutes = '10') => {
      const reader = await signedIn(trainer)
      await opened(reader, `${base}/code`)
      const page = await reader.follow(await reader.submit('/code', { minutes }))
      return { reader, page, code: page.$('.attendance-digits').text().trim() }
    }
    const enter = async (reader: Reader, code: string) => {
      await reader.get(`/en/trainings/${training.code}/attendance`)
      return reader.submit('/attendance', { code })
    }

    it('is shown large with a short address, entered with spaces or Persian figures, and marks as present', async () => {
      const { page, code } = await show()
      expect(code).to.match(/^\d{3} \d{3}$/)
      expect(page.text).to.include(`/en/trainings/${training.code}/attendance`).and.include('Until 11:15')
      const learner = await signedIn(aigerim.person)
      expect((await opened(learner, '/home')).text).to.include('A code is shown: Terms of day 2')
      expect((await opened(learner, `/trainings/${training.code}`)).text).to.include(
        'A code is shown now: Terms of day 2',
      )
      const persian = [...code]
        .map(each => (/\d/.test(each) ? String.fromCharCode(0x6f0 + Number(each)) : each))
        .join('')
      const done = await learner.follow(await enter(learner, ` ${persian} `))
      expect(done.text).to.include('You are marked as present.')
      expect(await marksByName()).to.deep.equal([
        { name: 'Aigerim Sadykova', status: 'present', minutes: 90, source: 'code' },
      ])
      expect((await learner.follow(await enter(learner, code))).text).to.include('You were marked already')
      expect((await opened(learner, '/home')).text).to.not.include('A code is shown')
    })

    it('later than ten minutes after the start it marks as late', async () => {
      standAt('2027-03-02T07:30:00Z')
      const { page, code } = await show()
      expect(page.text).to.include('whoever enters the code now counts as late')
      const learner = await signedIn(aigerim.person)
      expect((await learner.follow(await enter(learner, code))).text).to.include('You are marked as late')
      expect(await marksByName()).to.deep.equal([
        { name: 'Aigerim Sadykova', status: 'late', minutes: 60, source: 'code' },
      ])
    })

    it('says whether there is none, it is wrong, or its time is over; closing early works', async () => {
      const learner = await signedIn(aigerim.person)
      expect((await enter(learner, '123456')).text).to.include('No code can be entered now')
      const { reader, code } = await show('5')
      const wrong = code.replace(/\d/, digit => String((Number(digit) + 1) % 10))
      expect((await enter(learner, wrong)).text).to.include('This is not the code that is shown now')
      await reader.submit('/code/closing')
      const closed = await enter(learner, code)
      expect(closed.status).to.equal(422)
      expect(closed.text).to.include('This code was right, but its time is over')
      expect(await marksByName()).to.deep.equal([])
    })

    it('closes by itself when its minutes are over', async () => {
      const { code } = await show('5')
      standAt('2027-03-02T07:10:00Z')
      const learner = await signedIn(aigerim.person)
      expect((await enter(learner, code)).text).to.include('its time is over')
    })

    it('does not change what a trainer has said, and tells the learner', async () => {
      await attend(coordinator, session, [{ enrollmentId: aigerim.id, status: 'absent', seen: 0 }], {
        source: 'trainer',
      })
      const { code } = await show()
      const learner = await signedIn(aigerim.person)
      const answer = await enter(learner, code)
      expect(answer.status).to.equal(422)
      expect(answer.text).to.include('You are marked as “Absent”').and.include('speak to your trainer')
      expect((await marksByName())[0]).to.include({ status: 'absent', source: 'trainer' })
    })

    it('is not guessed: after ten tries it is time to wait', async () => {
      await show()
      const learner = await signedIn(aigerim.person)
      for (let i = 0; i < 10; i++) await enter(learner, String(i))
      const answer = await enter(learner, 'again')
      expect(answer.status).to.equal(422)
      expect(answer.headers['retry-after']).to.be.a('string')
    })

    it('is for those with a place: to others the page is not there', async () => {
      await show()
      const stranger = await signedIn(await cast.stranger())
      expect((await stranger.get(`/en/trainings/${training.code}/attendance`)).status).to.equal(404)
      expect((await stranger.post(`/en/trainings/${training.code}/attendance`, { code: '1' })).status).to.equal(404)
    })
  })

  describe('walk-ins', () => {
    const add = async (reader: Reader, more: Record<string, string>) => {
      await reader.get(`/en${base}/walk-in`)
      return reader.submit('/walk-in', more)
    }

    it('somebody new becomes a person without an account, with a place and a mark, though all places are taken', async () => {
      const reader = await signedIn(trainer)
      const page = await reader.follow(await add(reader, { nameLatin: 'Nurlan Osmonov', country: 'KG' }))
      expect(page.text)
        .to.include('The person is on the list and marked as present.')
        .and.include('came without a place')
      expect(await marksByName()).to.deep.equal([
        { name: 'Nurlan Osmonov', status: 'present', minutes: 90, source: 'walk_in' },
      ])
      expect(await one(null, `select source, status, country from enrollments where source = 'walk_in'`)).to.deep.equal(
        {
          ...{ source: 'walk_in', status: 'enrolled', country: 'KG' },
        },
      )
      expect((await opened(reader, overview)).text).to.include('3 people take part in 2 places')
    })

    it('an address the Center knows is that person, with the same answer and nothing of theirs changed', async () => {
      const known = await aPerson({ email: 'known@ministry.example', name: 'Gulnoza Qodirova', country: 'UZ' })
      const reader = await signedIn(trainer)
      const some = await add(reader, { nameLatin: 'G Kodirova', country: 'TJ', email: 'known@ministry.example' })
      const other = await add(reader, { nameLatin: 'Nurlan Osmonov', country: 'KG', email: 'unknown@ministry.example' })
      expect([some.status, some.location]).to.deep.equal([other.status, other.location])
      expect(await one(null, 'select name_latin, country from people where id = $1', [known.id])).to.deep.equal({
        ...{ name_latin: 'Gulnoza Qodirova', country: 'UZ' },
      })
      expect((await marksByName()).map(each => each.name)).to.deep.equal(['Gulnoza Qodirova', 'Nurlan Osmonov'])
      expect(await one(null, `select count(*)::int as n from mails where kind = 'enrollment-confirmed'`)).to.deep.equal(
        { n: 1 },
      )
    })

    it('nobody is in a training twice; the same name is asked about', async () => {
      const reader = await signedIn(trainer)
      const asked = await add(reader, { nameLatin: 'SADYKOVA Aigerim', country: 'KZ' })
      expect(asked.status).to.equal(422)
      expect(asked.text).to.include('Aigerim Sadykova is on the list already')
      expect(await marksByName()).to.deep.equal([])
      await reader.follow(await reader.submit('/walk-in', { another: 'yes' }))
      expect((await marksByName()).map(each => each.name)).to.deep.equal(['SADYKOVA Aigerim'])
      await add(reader, { nameLatin: 'Anybody', country: 'KZ', email: aigerim.person.email })
      expect(
        await one(null, 'select count(*)::int as n from enrollments where person_id = $1', [aigerim.person.id]),
      ).to.deep.equal({ n: 1 })
    })

    it('a wrong form keeps what was typed', async () => {
      const reader = await signedIn(trainer)
      const answer = await add(reader, { nameLatin: 'Айгерим', email: 'no address' })
      expect(answer.status).to.equal(422)
      expect(answer.text)
        .to.include('in Latin letters only')
        .and.include('Choose a country')
        .and.include('Write an address')
      expect(answer.$('#nameLatin').val()).to.equal('Айгерим')
    })
  })

  describe('the sheet to sign', () => {
    it('has every name in its letters, both languages and its pages counted', async () => {
      for (let i = 0; i < 40; i++) await anEnrollment(training, await aPerson())
      // Letters no font here has: the others keep their sheet.
      await anEnrollment(training, await aPerson({ name: 'Li Wei 李伟' }))
      const reader = await signedIn(trainer)
      const file = await reader.get(`/en${base}.pdf`)
      expect(file.headers['content-type']).to.include('application/pdf')
      const pdf = await getDocumentProxy(new Uint8Array(file.bytes))
      const { text, totalPages } = await extractText(pdf, { mergePages: true })
      expect(totalPages).to.be.greaterThan(1)
      const words = text.normalize('NFKC')
      for (const part of [
        'Attendance sheet',
        'Li Wei ??',
        'Лист регистрации',
        'Aigerim Sadykova',
        'Айгерим Садыкова',
        'Terms of day 2',
      ])
        expect(words).to.include(part)
      for (const part of [
        'Термины, день 2',
        '11:00–12:30',
        'Казахстан',
        'حسینی',
        'Подпись',
        `${totalPages} / ${totalPages}`,
      ])
        expect(words).to.include(part)
    })

    it('of a day has its sessions; of a day without any there is none', async () => {
      const reader = await signedIn(trainer)
      const file = await reader.get(`/en${overview}/sheets/2027-03-03.pdf`)
      const { text } = await extractText(await getDocumentProxy(new Uint8Array(file.bytes)), { mergePages: true })
      expect(text).to.include('Terms of day 3').and.not.include('Terms of day 2')
      expect((await reader.get(`/en${overview}/sheets/2027-03-04.pdf`)).status).to.equal(404)
    })
  })
})
