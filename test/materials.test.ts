import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { unzipSync } from 'fflate'
import { load } from 'cheerio'
import { one, sql } from '../lib/db.ts'
import { announce } from '../models/announcing.ts'
import { Training } from '../models/training.ts'
import { aDatedTraining, callOffAndAnnounce, move, sessionsOn } from './support/agendas.ts'
import { runJobs, standAt, theHouse } from './support/app.ts'
import { anEnrollment, type SomeTraining } from './support/trainings.ts'
import * as file from './support/files.ts'
import { checkPage } from './support/pages.ts'
import { aPerson, asActor, cast } from './support/people.ts'
import { guest, type Page, type Reader, signedIn } from './support/reader.ts'
import { later } from '../models/jobs.ts'

/** Before the first session of 2 March 2027, 11:00 to 12:30 in Baku (UTC+4). */
const EARLY = '2027-02-20T08:00:00Z'
const DURING = '2027-03-02T08:00:00Z'
const AFTER = '2027-03-02T08:30:00Z'

async function aWeek() {
  standAt(EARLY)
  const coordinator = await cast.coordinator()
  const actor = await asActor(coordinator)
  const training = await aDatedTraining({ status: 'published' })
  const trainer = await cast.trainer()
  const ids = await sessionsOn(actor, training.id, [2, 3], [{ role: 'trainer', personId: trainer.id }])
  await announce(actor, training.id)
  const person = await cast.learner()
  const enrollment = await anEnrollment(training, person)
  return { training, actor, trainer, first: ids[0]!, second: ids[1]!, person, enrollment, coordinator }
}

const shelf = ({ code }: SomeTraining, rest = '') => `/en/trainings/${code}/materials${rest}`
const desk = ({ code }: SomeTraining, rest = '') => `/en/manage/trainings/${code}/materials${rest}`

type Upload = { name: string; bytes: Buffer }
type Fields = Record<string, string>

/** Fills in the form for new files as it stands on its page, and sends it. */
async function add(
  reader: Reader,
  training: SomeTraining,
  uploads: Upload[],
  fields: Fields = {},
  path = desk(training),
) {
  const page = await reader.get(path)
  const token = page.$('input[name=_csrf]').first().attr('value')!
  const values = { session: '', language: 'en', visible: 'before', titleEn: '', titleRu: '', ...fields }
  let request = reader.agent.post(path).set('Accept', 'text/html').field('_csrf', token).field(values)
  for (const { name, bytes } of uploads) request = request.attach('files', bytes, { filename: name })
  const answer = await request
  const $ = answer.status === 422 ? checkPage(answer.text, path) : load('')
  const errors = $('.error-summary li')
    .toArray()
    .map(each => $(each).text().trim())
  return { status: answer.status, location: answer.headers.location as string | undefined, $, errors }
}

const links = ($: ReturnType<typeof load>) =>
  $('main .entries a')
    .toArray()
    .map(each => $(each).text().trim())

const titles = async (reader: Reader, training: SomeTraining) => links((await reader.get(shelf(training))).$)

const idsOf = async () => (await sql<{ id: string }>(null, 'select id from materials order by id')).map(row => row.id)

describe('materials', () => {
  it('stand by session in the order of the agenda, with size, kind and language', async () => {
    const { training, coordinator, first, second, person } = await aWeek()
    const reader = await signedIn(coordinator)
    const words = { titleEn: 'Slides on terms', titleRu: 'Слайды о терминах', language: 'ru' }
    const done = await add(reader, training, [{ name: 'x.pptx', bytes: file.pptx() }], { ...words, session: second })
    expect(done.status, done.errors.join()).to.equal(303)
    await add(reader, training, [{ name: 'handout_one.pdf', bytes: file.pdf() }], { session: first })
    await add(reader, training, [{ name: 'All of it.docx', bytes: file.docx() }])
    const page = await (await signedIn(person)).get(shelf(training))
    expect(
      page
        .$('h2')
        .toArray()
        .map(each => page.$(each).text()),
    ).to.include.members([
      'For the whole training',
      '2 March 2027, 11:00: Terms of day 2',
      '3 March 2027, 11:00: Terms of day 3',
    ])
    expect(links(page.$)).to.deep.equal(['All of it', 'handout one', 'Slides on terms'])
    expect(page.text).to.contain('(1 kB, PowerPoint (PPTX), in Russian)').and.contain('3 files, 1 kB')
    const russian = await (await signedIn(person)).get(shelf(training).replace('/en', '/ru'))
    expect(russian.text).to.contain('Слайды о терминах (1 КБ, PowerPoint (PPTX), язык: русский)')
  })

  it('of after a session open with its end by what people were told, and say when before', async () => {
    const { training, actor, coordinator, first, person } = await aWeek()
    const staff = await signedIn(coordinator)
    const upload = [{ name: 'answers.pdf', bytes: file.pdf() }]
    await add(staff, training, upload, { session: first, visible: 'after' })
    const [id] = await idsOf()
    // A change that nobody was told of opens nothing.
    await move(actor, first, '2027-02-01T11:00', '2027-02-01T12:00')
    const reader = await signedIn(person)
    for (const at of [EARLY, DURING]) {
      standAt(at)
      const page = await reader.get(shelf(training))
      expect(links(page.$), at).to.deep.equal([])
      expect(page.text).to.contain('answers').and.contain('From 2 March 2027 at 13:30 (Almaty)')
      expect((await reader.get(shelf(training, `/${id}`))).status).to.equal(404)
      expect((await reader.get(shelf(training, '.zip'))).status).to.equal(404)
      expect((await staff.get(shelf(training, `/${id}`))).status, 'staff see it').to.equal(200)
    }
    standAt(AFTER)
    expect(await titles(reader, training)).to.deep.equal(['answers'])
    expect((await reader.get(shelf(training, `/${id}`))).status).to.equal(200)
  })

  it('of a session that is not announced are not there for participants', async () => {
    const { training, actor, coordinator, person } = await aWeek()
    const [planned] = await sessionsOn(actor, training.id, [4])
    await add(await signedIn(coordinator), training, [{ name: 'new.pdf', bytes: file.pdf() }], { session: planned! })
    const [id] = await idsOf()
    const reader = await signedIn(person)
    expect((await reader.get(shelf(training))).text)
      .to.not.contain('Terms of day 4')
      .and.not.contain('new')
    expect((await reader.get(shelf(training, `/${id}`))).status).to.equal(404)
    expect((await reader.get(`/en/trainings/${training.code}`)).text).to.not.contain('Materials (')
    await announce(actor, training.id)
    expect(await titles(reader, training)).to.deep.equal(['new'])
  })

  it('are there for those with a place and those who work on it alone; withdrawn, foreign and missing are one 404', async () => {
    const { training, coordinator, trainer, person, enrollment } = await aWeek()
    await add(await signedIn(coordinator), training, [{ name: 'a.pdf', bytes: file.pdf() }])
    const [id] = await idsOf()
    const all = ['', '.zip', `/${id}`]
    for (const someone of [trainer, person]) {
      const reader = await signedIn(someone)
      for (const rest of all) expect((await reader.get(shelf(training, rest))).status, rest).to.equal(200)
    }
    const reader = await signedIn(person)
    const waiting = await aPerson()
    await anEnrollment(training, waiting, { status: 'waiting' })
    await sql(null, `update enrollments set status = 'withdrawn' where id = $1`, [enrollment.id])
    const missing = await reader.get(shelf(training, '/999999'))
    const blank = ({ html, headers }: Page) =>
      html.replaceAll(headers['x-request-id']!, '').replace(/materials(\.zip|\/\d+)?|value="[^"]*"/g, '')
    for (const someone of [reader, await signedIn(waiting), await signedIn(await cast.stranger())])
      for (const rest of all) {
        const page = await someone.get(shelf(training, rest))
        expect(page.status, rest).to.equal(404)
        if (someone === reader) expect(blank(page)).to.equal(blank(missing))
      }
    expect((await guest().get(shelf(training, `/${id}`))).location).to.contain('/sign-in')
    // Another training's number is not this one's.
    const other = await aDatedTraining({ code: 'RMC-01-2027-OTHER', status: 'published' })
    expect((await (await signedIn(coordinator)).get(shelf(other, `/${id}`))).status).to.equal(404)
  })

  it('are saved and never shown: type by content, attachment, nosniff, a mark that answers 304, parts of a file', async () => {
    const { training, coordinator } = await aWeek()
    const reader = await signedIn(coordinator)
    const bytes = file.pdf('terms '.repeat(300))
    await add(reader, training, [{ name: 'Термины "1".pdf', bytes }])
    const [id] = await idsOf()
    const first = await reader.get(shelf(training, `/${id}`))
    expect(first.bytes.equals(bytes)).to.equal(true)
    expect(first.headers).to.include({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache, no-transform',
      'content-disposition': `attachment; filename="_______ _1_.pdf"; filename*=UTF-8''%D0%A2%D0%B5%D1%80%D0%BC%D0%B8%D0%BD%D1%8B%20%221%22.pdf`,
    })
    expect(first.headers['content-security-policy']).to.contain('sandbox')
    const again = await reader.get(shelf(training, `/${id}`), { 'If-None-Match': first.headers.etag! })
    expect([again.status, again.bytes.length]).to.deep.equal([304, 0])
    const part = await reader.get(shelf(training, `/${id}`), { Range: 'bytes=0-3' })
    expect([part.status, part.bytes.toString()]).to.deep.equal([206, '%PDF'])
  })

  it('all come in one ZIP: folders in order of the sessions, names of any script, none twice, each byte as it was', async () => {
    const { training, coordinator, first, second, person } = await aWeek()
    const staff = await signedIn(coordinator)
    const big = Buffer.concat([file.pdf(), Buffer.alloc(3 * 1024 * 1024, 'x')])
    await add(staff, training, [{ name: 'راهنما.pdf', bytes: big }], { session: second })
    await add(staff, training, [{ name: 'b.pdf', bytes: file.pdf('1') }], {
      session: first,
      titleEn: 'Same: a/b',
      titleRu: 'Одно',
    })
    await add(staff, training, [{ name: 'c.pdf', bytes: file.pdf('2') }], {
      session: first,
      titleEn: 'Same: a/b',
      titleRu: 'Одно',
    })
    await add(staff, training, [{ name: 'late.pdf', bytes: file.pdf('3') }], { session: second, visible: 'after' })
    const reader = await signedIn(person)
    const page = await reader.get(shelf(training))
    expect(page.text).to.contain('3 files, 3 MB')
    const zip = await reader.get(shelf(training, '.zip'))
    expect(zip.headers['content-length']).to.equal(String(zip.bytes.length))
    const entries = unzipSync(zip.bytes)
    expect(Object.keys(entries)).to.deep.equal([
      '01 Terms of day 2/01 Same a b.pdf',
      '01 Terms of day 2/02 Same a b.pdf',
      '02 Terms of day 3/01 راهنما.pdf',
    ])
    expect(Buffer.from(Object.values(entries)[2]!).equals(big)).to.equal(true)
    const known = await reader.get(shelf(training, '.zip'), { 'If-None-Match': zip.headers.etag! })
    expect(known.status).to.equal(304)
    const russian = await reader.get(shelf(training, '.zip').replace('/en', '/ru'))
    expect(Object.keys(unzipSync(russian.bytes))[0]).to.equal('01 Термины, день 2/01 Одно.pdf')
    checkedByPython(zip.bytes)
  })

  it('of several kinds are taken, each told by its bytes', async () => {
    const { training, coordinator } = await aWeek()
    const reader = await signedIn(coordinator)
    const good: Record<string, Buffer> = {
      'a.pdf': file.pdf(),
      'b.docx': file.docx(),
      'c.pptx': file.pptx(),
      'd.xlsx': file.xlsx(),
      'e.odt': file.odt(),
      'f.odp': file.odp(),
      'g.ods': file.ods(),
      'h.png': file.png(),
      'i.JPEG': file.jpeg(),
      'j.webp': file.webp(),
    }
    const more: Record<string, Buffer> = {
      'k.txt': Buffer.from('Слова'),
      'l.csv': Buffer.from('имя;страна\r\n', 'utf16le'),
      'm.mp3': file.mp3(),
      'n.mp4': file.mp4(),
      'o.csv': Buffer.from([0xc8, 0xec, 0xff, 0x3b, 0x0a]),
    }
    more['l.csv'] = Buffer.concat([Buffer.from([0xff, 0xfe]), more['l.csv']!])
    for (const kinds of [good, more]) {
      const answer = await add(
        reader,
        training,
        Object.entries(kinds).map(([name, bytes]) => ({ name, bytes })),
      )
      expect(answer.errors).to.deep.equal([])
    }
    const rows = await sql<{ name: string; type: string }>(null, 'select name, type from files order by name')
    expect(rows).to.have.length(15)
    expect(rows.find(({ name }) => name === 'i.JPEG')!.type).to.equal('image/jpeg')
  })

  const hostile: [string, () => Buffer, RegExp][] = [
    ['slides.pdf', file.exe, /content is of no kind/],
    ['slides.pptx', file.exe, /content is of no kind/],
    ['run.txt', file.elf, /content is of no kind/],
    ['slides.pdf', file.png, /content is picture \(PNG\), not \.pdf/],
    ['photo.jpg', file.png, /content is picture \(PNG\), not \.jpg/],
    ['report.docx', file.pdf, /content is PDF, not \.docx/],
    ['report.docx', file.xlsx, /content is Excel \(XLSX\), not \.docx/],
    ['report.odt', file.docx, /content is Word \(DOCX\), not \.odt/],
    ['report.docx', file.archive, /is an archive and no document/],
    ['report.docx', file.oldWord, /content is of no kind/],
    ['report.docx', file.macros, /holds macros or a program/],
    ['report.docx', file.macroType, /holds macros or a program/],
    ['table.xlsx', file.nestedProgram, /holds macros or a program/],
    ['report.odt', file.openMacros, /holds macros or a program/],
    ['report.docx', file.bomb, /grow beyond all measure/],
    ['report.docx', file.crowd, /grow beyond all measure/],
    ['report.docx', file.locked, /locked with a password/],
    ['report.docx', file.cutOff, /damaged or did not arrive whole/],
    ['page.txt', () => Buffer.from('  <!doctype html><script>alert(1)</script>'), /holds a web page/],
    ['drawing.txt', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'), /holds a web page/],
    ['run.csv', () => Buffer.from('#!/bin/sh\nrm -r /\n'), /holds a web page, a drawing with code or a program/],
    ['page.html', () => Buffer.from('<html></html>'), /is not a kind of file that can be shared/],
    ['drawing.svg', () => Buffer.from('<svg/>'), /is not a kind of file that can be shared/],
    ['report.docm', file.macros, /is not a kind of file that can be shared/],
    ['slides.pdf.exe', file.exe, /is not a kind of file that can be shared/],
    ['slides', file.pdf, /is not a kind of file that can be shared/],
    ['empty.pdf', () => Buffer.alloc(0), /is empty/],
    ['words.txt', () => Buffer.from([0x41, 0, 0x42]), /content is of no kind/],
  ]

  it('whose content is not what the name says are refused by name and reason, and nothing else is lost', async () => {
    const { training, coordinator, first } = await aWeek()
    const reader = await signedIn(coordinator)
    for (const [name, bytes, reason] of hostile) {
      const answer = await add(reader, training, [{ name, bytes: bytes() }], {
        ...{ session: first, language: 'fa', visible: 'after', titleEn: 'Terms', titleRu: 'Термины' },
      })
      expect(answer.status, name).to.equal(422)
      expect(answer.errors.join(), name).to.match(reason).and.contain(`“${name}”`)
      expect(answer.$('#titleEn').val()).to.equal('Terms')
      expect(answer.$('#session option[selected]').attr('value')).to.equal(first)
      expect(answer.$('#language option[selected]').attr('value')).to.equal('fa')
      expect(answer.$('[name=visible][checked]').attr('value')).to.equal('after')
    }
    expect(await idsOf()).to.deep.equal([])
    expect(await sql(null, 'select id from files')).to.deep.equal([])
    expect(readdirSync(join(theHouse().config.uploadsDir, 'incoming'))).to.deep.equal([])
  })

  it('good ones among refused ones are added, and the page says so', async () => {
    const { training, coordinator } = await aWeek()
    const reader = await signedIn(coordinator)
    const answer = await add(reader, training, [
      { name: 'good.pdf', bytes: file.pdf() },
      { name: 'bad.pdf', bytes: file.exe() },
    ])
    expect(answer.status).to.equal(422)
    expect(answer.errors).to.have.length(2)
    expect(answer.errors[1]).to.equal('1 other file was added')
    expect(links(answer.$)).to.include('good')
  })

  it('larger than 20 MB, more than ten, or none at all: the reason, and what was typed', async () => {
    const { training, coordinator } = await aWeek()
    const reader = await signedIn(coordinator)
    const words = { titleEn: 'Terms', titleRu: 'Термины' }
    const large = await add(
      reader,
      training,
      [{ name: 'huge.pdf', bytes: Buffer.alloc(20 * 1024 * 1024 + 1, 'x') }],
      words,
    )
    expect(large.errors).to.deep.equal(['“huge.pdf” is larger than 20 MB. Make it smaller or split it'])
    expect(large.$('#titleRu').val()).to.equal('Термины')
    const many = await add(
      reader,
      training,
      Array.from({ length: 11 }, (_, n) => ({ name: `${n}.pdf`, bytes: file.pdf() })),
    )
    expect(many.errors.join()).to.contain('At most 10 files')
    expect((await add(reader, training, [], words)).errors).to.deep.equal(['Choose a file'])
    const one = await add(reader, training, [{ name: 'a.pdf', bytes: file.pdf() }], { titleEn: 'Only this' })
    expect(one.errors[0]).to.equal('Write the title in both languages, or in none')
    const wrong = await add(reader, training, [{ name: 'a.pdf', bytes: file.pdf() }], { session: '999999' })
    expect(wrong.errors).to.deep.equal(['Choose a session of this training'])
    expect(await idsOf()).to.deep.equal([])
  })

  const names: [string, string][] = [
    ['راهنمای شرکت‌کنندگان.pdf', 'راهنمای شرکت‌کنندگان.pdf'],
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['C:\\Users\\x\\Отчёт.pdf', 'Отчёт.pdf'],
    ['invoice\u202Efdp.pdf', 'invoicefdp.pdf'],
    ['ab\u009Fc.pdf', 'abc.pdf'],
    [`${'ж'.repeat(300)}.pdf`, `${'ж'.repeat(120)}.pdf`],
    ["it's (1) 100%.pdf", "it's (1) 100%.pdf"],
  ]

  it('have names of any script, without what moves text or leaves a folder', async () => {
    const { training, coordinator } = await aWeek()
    const reader = await signedIn(coordinator)
    for (const [index, [given, kept]] of names.entries()) {
      expect((await add(reader, training, [{ name: given, bytes: file.pdf(String(index)) }])).status, given).to.equal(
        303,
      )
      const row = await one<{ id: string; name: string }>(
        null,
        'select m.id, f.name from materials m join files f on f.id = m.file_id order by m.id desc limit 1',
      )
      expect(row!.name).to.equal(kept)
      const answer = await reader.get(shelf(training, `/${row!.id}`))
      const [, whole] = /filename\*=UTF-8''(.*)$/.exec(answer.headers['content-disposition']!)!
      expect(decodeURIComponent(whole!)).to.equal(kept)
    }
    const mangled = await add(reader, training, [{ name: 'a\u0007.pdf', bytes: file.pdf() }], { language: 'tg' })
    expect(mangled.errors.join()).to.contain('did not arrive whole')
    expect(mangled.$('#language option[selected]').attr('value')).to.equal('tg')
    const zip = Object.keys(unzipSync((await reader.get(shelf(training, '.zip'))).bytes))
    expect(zip).to.have.length(names.length)
    for (const path of zip) expect(path.split('/')).to.have.length(2)
  })

  it('are changed, moved, removed, put back; a second press of add adds nothing', async () => {
    const { training, coordinator, first, person } = await aWeek()
    const staff = await signedIn(coordinator)
    const reader = await signedIn(person)
    const two = [
      { name: 'a.pdf', bytes: file.pdf('a') },
      { name: 'b.pdf', bytes: file.pdf('b') },
    ]
    await add(staff, training, two, { session: first })
    await add(staff, training, two, { session: first })
    const [a, b] = await idsOf()
    expect(await idsOf()).to.have.length(2)
    const page = await staff.get(desk(training))
    expect(page.text).to.contain('Title to translate')
    await staff.submit(`/${b}/position`)
    expect(await titles(reader, training)).to.deep.equal(['b', 'a'])
    await staff.get(desk(training))
    const words = { titleEn: 'The new one', titleRu: 'Новый', session: first }
    const changed = await add(
      staff,
      training,
      [{ name: 'z.pdf', bytes: file.pdf('z') }],
      words,
      desk(training, `/${a}`),
    )
    expect(changed.location).to.contain('material-changed')
    expect((await reader.get(shelf(training, `/${a}`))).html).to.contain('% z')
    const wrong = await add(staff, training, [], { titleEn: '', titleRu: 'Без' }, desk(training, `/${a}`))
    expect(wrong.errors).to.deep.equal(['Write the title in English'])
    await staff.get(desk(training, `/${a}/removal`))
    const removed = await staff.follow(await staff.submit(`/${a}/removal`))
    expect(removed.text).to.contain('Removed lately')
    expect(await titles(reader, training)).to.deep.equal(['b'])
    expect((await reader.get(shelf(training, `/${a}`))).status).to.equal(404)
    await staff.get(desk(training))
    await staff.submit(`/${a}/restoration`)
    expect(await titles(reader, training)).to.deep.equal(['b', 'The new one'])
  })

  it('that were removed go with their file after thirty days, unless another training has the same', async () => {
    const { training, coordinator } = await aWeek()
    const staff = await signedIn(coordinator)
    const other = await aDatedTraining({ code: 'RMC-01-2027-OTHER', status: 'published' })
    await add(staff, training, [
      { name: 'a.pdf', bytes: file.pdf('a') },
      { name: 'b.pdf', bytes: file.pdf('b') },
    ])
    await add(staff, other, [{ name: 'b.pdf', bytes: file.pdf('b') }])
    const [a, b, same] = await idsOf()
    for (const id of [a, b]) {
      await staff.get(desk(training, `/${id}/removal`))
      await staff.submit(`/${id}/removal`)
    }
    for (const [at, left] of [
      ['2027-03-21T00:00:00Z', 3],
      ['2027-03-23T09:00:00Z', 1],
    ] as const) {
      standAt(at)
      await later('materials.sweep', {})
      await runJobs()
      expect(await idsOf(), at).to.have.length(left)
    }
    const back = await signedIn(coordinator)
    expect((await back.get(shelf(other, `/${same}`))).html).to.contain('% b')
    const kept = await sql<{ sha256: string }>(null, 'select distinct sha256 from files')
    expect(kept).to.have.length(1)
  })

  it('come along with a copied training, each to its session, without another byte on the disk', async () => {
    const { training, actor, coordinator, first, second } = await aWeek()
    const staff = await signedIn(coordinator)
    await add(staff, training, [{ name: 'a.pdf', bytes: file.pdf('a') }], { session: first })
    await add(staff, training, [{ name: 'b.pdf', bytes: file.pdf('b') }], { session: second, visible: 'after' })
    await add(staff, training, [{ name: 'c.pdf', bytes: file.pdf('c') }])
    await callOffAndAnnounce(actor, second)
    const source = (await Training.findOne({ where: { code: training.code } }))!
    await staff.get(`/en/manage/trainings/${training.code}/copy`)
    await staff.submit('/copy', { code: 'RMC-01-2028-01', startsOn: '2028-03-06' })
    expect(staff.last!.text).to.contain('2 materials')
    await staff.follow(await staff.submit('/copy'))
    await staff.get(`/en/manage/trainings/${training.code}/copy`)
    await staff.submit('/copy', { code: 'RMC-01-2028-02', startsOn: '2028-04-03', materials: '' })
    await staff.follow(await staff.submit('/copy'))
    const copied = await sql(
      null,
      `select t.code, f.name, s.wall_start is not null as of_session, m.visible from materials m
       join trainings t on t.id = m.training_id join files f on f.id = m.file_id left join sessions s on s.id = m.session_id
         and s.training_id = t.id
       where t.copied_from_id = $1 order by 1, 2`,
      [source.id],
    )
    expect(copied).to.deep.equal([
      { code: 'RMC-01-2028-01', name: 'a.pdf', of_session: true, visible: 'before' },
      { code: 'RMC-01-2028-01', name: 'c.pdf', of_session: false, visible: 'before' },
    ])
    expect((await one<{ n: number }>(null, 'select count(*)::int as n from files'))!.n).to.equal(3)
  })

  it('are told of where people look: the page of the training, its agenda, its overview', async () => {
    const { training, coordinator, first, person } = await aWeek()
    const staff = await signedIn(coordinator)
    await add(
      staff,
      training,
      [
        { name: 'a.pdf', bytes: file.pdf('a') },
        { name: 'b.pdf', bytes: file.pdf('b') },
      ],
      { session: first },
    )
    const reader = await signedIn(person)
    const page = await reader.get(`/en/trainings/${training.code}`)
    expect(page.$(`a[href="${shelf(training)}"]`).text()).to.equal('Materials (2 files)')
    const agenda = await reader.get(`/en/trainings/${training.code}/agenda`)
    expect(agenda.$(`a[href="${shelf(training)}#session-${first}"]`).text()).to.contain('2 materials')
    const anyone = await guest().get(`/en/trainings/${training.code}/agenda`)
    expect(anyone.html).to.not.contain('/materials')
    const overview = await staff.get(`/en/manage/trainings/${training.code}`)
    expect(
      overview
        .$(`a[href="${desk(training)}"]`)
        .parent()
        .text(),
    ).to.contain('2 files')
  })
})

/** The archive once more by a reader that has nothing in common with its writer, where there is one. */
function checkedByPython(bytes: Buffer) {
  const path = join(mkdtempSync(join(tmpdir(), 'rtcm-zip-')), 'check.zip')
  writeFileSync(path, bytes)
  const program =
    'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(len(z.namelist()))'
  let said: string
  try {
    said = execFileSync('python3', ['-c', program, path], { encoding: 'utf8' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  expect(said.trim()).to.equal('3')
}
