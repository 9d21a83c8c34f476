import { expect } from 'chai'
import { deflateRawSync } from 'node:zlib'
import { one } from '../lib/db.ts'
import type { Actor } from '../models/actor.ts'
import { attendedSession } from '../models/attendance-lists.ts'
import { attend } from '../models/attending.ts'
import { erase } from '../models/erasing.ts'
import { attendeesOf, forgetLists, matched } from '../models/importing-attendance.ts'
import { minutesIn, peopleIn, readList } from '../models/meeting-lists.ts'
import { momentIn } from '../models/meeting-times.ts'
import { standAt } from './support/app.ts'
import { aRoom, marksByName } from './support/attendance.ts'
import type { SomeEnrollment, SomeTraining } from './support/trainings.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'
import { type Reader, signedIn } from './support/reader.ts'
import { refusalOf } from './support/refusals.ts'

const ZOOM = `Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Aigerim Sadykova,learner@ministry.example,03/02/2027 10:58:00 AM,03/02/2027 11:40:00 AM,42,No
Aigerim Sadykova,learner@ministry.example,03/02/2027 11:45:00 AM,03/02/2027 12:31:00 PM,46,No
"Асанов, Болот (KG)",,03/02/2027 11:25:10 AM,03/02/2027 12:31:00 PM,66,Yes
Somebody Else,,03/02/2027 11:00:00 AM,03/02/2027 12:30:00 PM,90,Yes
`

const TEAMS = `1. Summary
Meeting title\tTerms
Attended participants\t2

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole
Aigerim Sadykova\t3/2/27, 10:58:00 AM\t3/2/27, 12:31:00 PM\t1h 33m\tlearner@ministry.example\tPresenter
Bolot Asanov\t3/2/27, 11:25:00 AM\t3/2/27, 12:31:00 PM\t1h 6m\t\tAttendee

3. In-Meeting Activities
Name\tJoin Time\tLeave Time
Nobody At All\t3/2/27, 11:25:00 AM\t3/2/27, 12:31:00 PM
`

const RUSSIAN = `Фамилия;Имя;Эл. почта;Время входа;Время выхода;Длительность (мин)
Садыкова;Айгерим;;02.03.2027 10:58;02.03.2027 12:31;93
Асанов;Болот;;02.03.2027 11:25;02.03.2027 12:31;66
`

/** Cyrillic in the encoding of old spreadsheets. */
const windows1251 = (text: string) =>
  Buffer.from(
    [...text].map(letter => {
      const code = letter.codePointAt(0)!
      return code >= 0x410 && code <= 0x44f ? code - 0x350 : code
    }),
  )
const utf16 = (text: string, mark = true) => Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le')

describe('lists of meetings', () => {
  it('are read in every encoding they come in', async () => {
    const files = [
      Buffer.from(RUSSIAN),
      Buffer.from(`\ufeff${RUSSIAN}`),
      utf16(RUSSIAN),
      windows1251(RUSSIAN),
      Buffer.from(RUSSIAN.replaceAll('\n', '\r\n')),
    ]
    for (const [index, file] of files.entries())
      expect(
        (await readList(file)).map(each => each.name),
        `file ${index}`,
      ).to.deep.equal(['Айгерим Садыкова', 'Болот Асанов'])
    expect((await readList(utf16(TEAMS, false))).map(each => each.name)).to.deep.equal([
      'Aigerim Sadykova',
      'Bolot Asanov',
    ])
  })

  it('are read with their heading and what comes after them left aside', () => {
    expect(peopleIn(TEAMS).map(each => [each.name, each.email, each.minutes])).to.deep.equal([
      ['Aigerim Sadykova', 'learner@ministry.example', 93],
      ['Bolot Asanov', '', 66],
    ])
    expect(peopleIn(ZOOM)).to.have.length(4)
    expect(peopleIn('Email,Minutes\na@b.example,63\n')[0]).to.include({ email: 'a@b.example', minutes: 63 })
  })

  it('what is not one is refused with its reason', async () => {
    const table: [Buffer, string][] = [
      [Buffer.from(''), 'list.empty'],
      [Buffer.from('   \n\n'), 'list.empty'],
      [anXlsx(), 'list.notText'],
      [
        Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0xd, 0x49, 0x48, 0x44, 0x52]),
        'list.notText',
      ],
      [Buffer.from('%PDF-1.7\nName,Email,Duration\n'), 'list.notText'],
      [Buffer.from([1, 2, 3, 0, 5, 6, 7, 8, 9, 0]), 'list.encoding'],
      [Buffer.from('Name,Country\nA,KZ\n'), 'list.columns'],
      [Buffer.from('Country,Duration\nKZ,90\n'), 'list.columns'],
      [Buffer.from('just some words\nand others\n'), 'list.columns'],
      [Buffer.from('Name,Duration\n'), 'list.nobody'],
      [Buffer.from(`Name,Duration\n${'A,90\n'.repeat(3001)}`), 'list.long'],
    ]
    for (const [file, key] of table)
      expect(await refusalOf(() => readList(file)), file.subarray(0, 20).toString('latin1')).to.equal(key)
  })

  it('durations and times are read as people and programs write them', () => {
    const durations: [string, number | null][] = [
      ...([
        ['63', 63],
        ['63,9', 63],
        ['1:03:20', 63],
        ['1h 3m 20s', 63],
        ['45m 10s', 45],
        ['1 ч 3 мин', 63],
        ['', null],
      ] as [string, number | null][]),
      ['soon', null],
    ]
    for (const [text, minutes] of durations) expect(minutesIn(text), text).to.equal(minutes)
    const moments = [
      '2027-03-02 11:25:00',
      '2027-03-02T11:25:00',
      '2027-03-02T07:25:00Z',
      '02.03.2027 11:25',
      '2.3.2027, 11:25:00',
      // The second of March wherever the reader of the report lives.
      '03/02/2027 11:25:00 AM',
      '02/03/2027 11:25',
      '3/2/27, 11:25:00 AM',
      '11:25',
    ]
    for (const text of moments)
      expect(String(momentIn(text, { day: '2027-03-02', zone: 'Asia/Baku' })), text).to.equal('2027-03-02T07:25:00Z')
    expect(String(momentIn('3/2/27, 1:25:00 PM', { day: '2027-03-02', zone: 'Asia/Baku' }))).to.equal(
      '2027-03-02T09:25:00Z',
    )
    expect(momentIn('soon', { day: '2027-03-02', zone: 'Asia/Baku' })).to.equal(undefined)
  })
})

describe('the list of a meeting', () => {
  let coordinator: Actor
  let trainer: Someone
  let training: SomeTraining
  let session: string
  let aigerim: SomeEnrollment
  let bolot: SomeEnrollment
  let gulnara: SomeEnrollment
  let base: string

  beforeEach(async () => {
    const named = (name: string) => () => aPerson({ name })
    const room = await aRoom({
      people: [cast.learner, named('Bolot Asanov'), named('Gulnara Bekova')],
      at: '2027-03-02T09:00:00Z',
    })
    ;({ coordinator, trainer, training, session, base } = room)
    ;[aigerim, bolot, gulnara] = room.places as [SomeEnrollment, SomeEnrollment, SomeEnrollment]
  })

  const paste = async (reader: Reader, text: string, lang = 'en') => {
    await reader.get(`/${lang}${base}/import`)
    return reader.submit('/import', { text })
  }
  const upload = async (reader: Reader, file: Buffer, name: string) => {
    const page = await reader.get(`/en${base}/import`)
    return reader.agent
      .post(`/en${base}/import`)
      .set('Accept', 'text/html')
      .field('_csrf', String(page.$('input[name=_csrf]').first().val()))
      .field('zone', 'Asia/Baku')
      .field('text', '')
      .attach('file', file, name)
  }

  it('adds up the lines of each person within the session, and says what follows in words', async () => {
    const row = (await attendedSession(training.id, session))!
    const people = attendeesOf(peopleIn(ZOOM), row, 'Asia/Baku')
    expect(people.map(each => [each.name, each.lines, each.status, each.minutes])).to.deep.equal([
      // 40 and 45 minutes of 90, and five between.
      ['Aigerim Sadykova', 2, 'present', 90],
      ['Асанов, Болот (KG)', 1, 'late', 64],
      ['Somebody Else', 1, 'present', 90],
    ])
    const rule = (minutes: number) =>
      attendeesOf([{ name: 'A', email: '', joined: '', left: '', minutes }], row, 'Asia/Baku')[0]!
    expect([81, 80, 9, 8].map(each => [rule(each).status, rule(each).minutes])).to.deep.equal([
      ['present', 90],
      ['left_early', 80],
      ['left_early', 9],
      ['absent', 0],
    ])
    const overlapping = ['11:00', '11:00'].map(joined => ({ name: 'A', email: '', joined, left: '11:45', minutes: 45 }))
    // Two devices of one person count once.
    expect(attendeesOf(overlapping, row, 'Asia/Baku')[0]).to.include({ minutes: 45, status: 'left_early' })
  })

  it('finds people by address, then by name in either alphabet, and guesses nothing', () => {
    const attendee = (name: string, email = '') => ({
      ...{ name, email, lines: 1, minutes: 90, status: 'present' as const, at: null, unread: false },
    })
    const people = [
      { id: '1', names: ['Aigerim Sadykova'], email: 'a@x.example' },
      { id: '2', names: ['Bolot Asanov'], email: null },
      { id: '3', names: ['Bolot Asanov'], email: 'b@x.example' },
      { id: '4', names: ['Gulnara Bekova'], email: null },
    ]
    const list = [
      attendee('Someone', 'a@x.example'),
      attendee('Bolot Asanov'),
      attendee('БЕКОВА Гульнара'),
      attendee('Aigerim Sadykova'),
    ]
    expect(matched(list, people).map(each => [each.enrollmentId, each.by])).to.deep.equal([
      ['1', 'email'],
      // Two of that name, and one whose place is taken by an address.
      [null, null],
      ['4', 'name'],
      [null, null],
    ])
  })

  it('is looked at first and then used as a whole, whoever was not found chosen by hand', async () => {
    const reader = await signedIn(trainer)
    const preview = await reader.follow(await paste(reader, ZOOM))
    expect(preview.text).to.include('3 people on the list. Nothing is saved yet.')
    expect(preview.text)
      .to.include('1 person was not found')
      .and.include('found by address')
      .and.include('found by name')
    expect(await marksByName()).to.deep.equal([])
    expect(preview.$('select[name=p-2] option[selected]').attr('value') ?? '').to.equal('')
    const twice = await reader.submit(preview.path.split('/').at(-1)!, { 'p-2': bolot.id })
    expect(twice.status).to.equal(422)
    expect(twice.text).to.include('Two lines of the list are the same person')
    expect(await marksByName()).to.deep.equal([])
    const done = await reader.follow(await reader.submit(preview.path.split('/').at(-1)!, { 'p-2': gulnara.id }))
    expect(done.text).to.include('The list is used.')
    expect(await marksByName()).to.deep.equal([
      { name: 'Aigerim Sadykova', status: 'present', minutes: 90, source: 'import' },
      { name: 'Bolot Asanov', status: 'late', minutes: 64, source: 'import' },
      { name: 'Gulnara Bekova', status: 'present', minutes: 90, source: 'import' },
    ])
    // Once: the list is gone.
    expect((await reader.get(preview.path)).status).to.equal(404)
    expect(await one(null, 'select count(*)::int as n from attendance_imports')).to.deep.equal({ n: 0 })
  })

  it('whose times cannot be read gets no mark, neither from the line nor as one who is not on the list', async () => {
    const reader = await signedIn(trainer)
    const unread = ZOOM.replace(/^Aigerim.*\n/gm, '').concat(
      'Aigerim Sadykova,learner@ministry.example,early,late,,No\n',
    )
    const preview = await reader.follow(await paste(reader, unread))
    expect(preview.text).to.include('No mark: the time could not be read.')
    const done = await reader.follow(await reader.submit(preview.path.split('/').at(-1)!, { rest: 'absent' }))
    expect(done.text).to.include('The list is used.')
    expect(await marksByName()).to.deep.equal([
      { name: 'Bolot Asanov', status: 'late', minutes: 64, source: 'import' },
      { name: 'Gulnara Bekova', status: 'absent', minutes: 0, source: 'import' },
    ])
  })

  it('comes as a file of another encoding, read in Russian', async () => {
    const reader = await signedIn(trainer)
    const sent = await upload(reader, windows1251(RUSSIAN), 'участники.csv')
    expect(sent.status).to.equal(303)
    const preview = await reader.get(String(sent.headers.location).replace('/en/', '/ru/'))
    expect(preview.text).to.include('В списке 2 человека').and.include('Айгерим Садыкова').and.include('найдено имя')
    expect(preview.text).to.include('Опоздание')
  })

  it('a spreadsheet, a picture or a list without columns is refused, and nothing typed is lost', async () => {
    const reader = await signedIn(trainer)
    const wrong = await upload(reader, anXlsx(), 'list.csv')
    expect(wrong.status).to.equal(422)
    expect(wrong.text).to.include('This is not a CSV file')
    const columns = await paste(reader, 'Name,Country\nAigerim,KZ\n')
    expect(columns.status).to.equal(422)
    expect(columns.text).to.include('The list needs a first line that names its columns')
    expect(String(columns.$('textarea').val())).to.include('Aigerim,KZ')
    expect((await paste(reader, '')).text).to.include('Choose a file or paste the list')
    expect((await paste(reader, 'Имя,Страна\n', 'ru')).text).to.include('названия столбцов')
    expect(await one(null, 'select count(*)::int as n from attendance_imports')).to.deep.equal({ n: 0 })
  })

  it('marks those not on it as absent only where that is ticked, and never over a mark', async () => {
    await attend(coordinator, session, [{ enrollmentId: bolot.id, status: 'present', seen: 0 }], { source: 'trainer' })
    const reader = await signedIn(trainer)
    const list = 'Email,Duration\nlearner@ministry.example,90\n'
    const preview = await reader.follow(await paste(reader, list))
    await reader.follow(await reader.submit(preview.path.split('/').at(-1)!, { rest: 'absent' }))
    expect((await marksByName()).map(each => each.status)).to.deep.equal(['present', 'present', 'absent'])
  })

  it('what it changes is a correction: it says what was before, and asks why after the day', async () => {
    await attend(coordinator, session, [{ enrollmentId: aigerim.id, status: 'absent', seen: 0 }], { source: 'trainer' })
    standAt('2027-03-04T09:00:00Z')
    const reader = await signedIn(trainer)
    const preview = await reader.follow(await paste(reader, 'Email,Duration\nlearner@ministry.example,90\n'))
    expect(preview.text).to.include('was: Absent')
    const asked = await reader.submit(preview.path.split('/').at(-1)!)
    expect(asked.status).to.equal(422)
    await reader.follow(await reader.submit(preview.path.split('/').at(-1)!, { why: 'the list came late' }))
    expect((await marksByName())[0]).to.include({ status: 'present', source: 'import' })
    expect(await one(null, 'select reason from attendance_corrections')).to.deep.equal({ reason: 'the list came late' })
  })

  it('is seen by its bringer alone, and gone after a day or with somebody who is erased', async () => {
    const reader = await signedIn(trainer)
    const preview = await reader.follow(await paste(reader, ZOOM))
    const other = await signedIn({ ...trainer, email: 'coordinator@rtcm.example' })
    expect((await other.get(preview.path)).status).to.equal(404)
    await erase(await asActor(await aPerson({ grants: [{ role: 'director' }] })), gulnara.person.id, 'a letter')
    expect(await one(null, 'select count(*)::int as n from attendance_imports')).to.deep.equal({ n: 0 })
    await paste(reader, ZOOM)
    standAt('2027-03-03T09:00:01Z')
    await forgetLists()
    expect(await one(null, 'select count(*)::int as n from attendance_imports')).to.deep.equal({ n: 0 })
  })
})

/** The smallest archive with the name of a spreadsheet's part in it. */
function anXlsx(): Buffer {
  const name = Buffer.from('xl/workbook.xml')
  const body = deflateRawSync(Buffer.from('<workbook/>'))
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(8, 8)
  head.writeUInt32LE(body.length, 18)
  head.writeUInt32LE(11, 22)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name, body])
}
