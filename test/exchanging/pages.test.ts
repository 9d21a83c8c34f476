import { expect } from 'chai'
import { zipSync } from 'fflate'
import { one, sql } from '../../lib/db.ts'
import { workbookOf } from '../../lib/sheets.ts'
import { ownOf, readOwn } from '../../models/exchanging/own.ts'
import { cellsOfXlsx } from '../../models/exchanging/sheet/reading.ts'
import { csvOf, sheetOfItems } from '../../models/exchanging/sheet/writing.ts'
import { forgetImports } from '../../models/importing-items.ts'
import { versionsOf } from '../../models/item.ts'
import { keepItem } from '../../models/keeping-items.ts'
import { standAt } from '../support/app.ts'
import { FILED, filed } from '../support/exchanging.ts'
import { aCourse } from '../support/courses.ts'
import { aPerson, asActor, cast, type Someone } from '../support/people.ts'
import { aQuestion } from '../support/questions.ts'
import { queriesOf } from '../support/queries.ts'
import { type Page, type Reader, signedIn } from '../support/reader.ts'

const ENGLISH =
  '::RMC-01-Q71::What is a flow?{=Movements in a period#Yes. ~Heads on a date#No. ~A river#No.}\n\nJust a text.\n'
const RUSSIAN =
  '::RMC-01-Q71::Что такое поток?{=Перемещения за период#Да. ~Численность на дату#Нет. ~Река#Нет.}\n\nПросто текст.\n'

/** A spreadsheet of a few kilobytes that unpacks to sixty megabytes. */
const bomb = () =>
  Buffer.from(
    zipSync({
      '[Content_Types].xml': Buffer.from('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'),
      'xl/worksheets/sheet1.xml': Buffer.alloc(60 * 1024 * 1024),
    }),
  )

type Sent = { name: string; bytes: Buffer | string }

const anArchive = () => Buffer.from(zipSync({ 'a.txt': Buffer.from('x') }))
const named = (name: string, bytes: Buffer | string): Sent => ({ name, bytes })

/** What is no file of questions, and the words it gets. */
const NO_FILES: [string, () => Sent | null, string][] = [
  ['nothing', () => null, 'Choose a file'],
  ['another ending', () => named('bank.doc', 'x'), 'must end in'],
  ['an empty file', () => named('bank.yaml', ''), 'The file is empty'],
  ['only spaces', () => named('bank.yaml', ' \n'), 'The file is empty'],
  ['an archive called a table', () => named('bank.csv', anArchive()), 'a file of the kind ZIP'],
  ['a document called a text', () => named('bank.gift', Buffer.from('%PDF-1.7\n%âãÏÓ\n')), 'a file of the kind PDF'],
  ['UTF-16', () => named('bank.csv', Buffer.from('\ufeffcode,type', 'utf16le')), 'looks like UTF-16'],
  ['Windows-1251', () => named('bank.csv', Buffer.from([0xe2, 0xee, 0xef, 0xf0])), 'looks like Windows-1251'],
  ['a sign no text has', () => named('bank.gift', 'Q{T}\n\nP\u0001{T}'), 'Line 3 has signs that no text has'],
  ['a text called a spreadsheet', () => named('bank.xlsx', 'code,type'), 'not a table in the XLSX format'],
  ['an archive called a spreadsheet', () => named('bank.xlsx', anArchive()), 'not a table in the XLSX format'],
  ['a spreadsheet of sixty megabytes', () => named('bank.xlsx', bomb()), 'far larger than any table'],
  ['over five megabytes', () => named('bank.yaml', 'a'.repeat(5 * 1024 * 1024 + 1)), 'larger than 5 MB'],
  ['over twenty megabytes', () => named('bank.yaml', 'a'.repeat(21 * 1024 * 1024)), 'larger than 5 MB'],
]

describe('questions in files', () => {
  let coordinator: Someone
  let reader: Reader

  beforeEach(async () => {
    standAt('2027-02-01T08:00:00Z')
    await aCourse()
    coordinator = await cast.coordinator()
    reader = await signedIn(coordinator)
  })

  /** Sends files as a browser does. */
  async function bring(
    file: Sent | null,
    second: Sent | null = null,
    lang = 'en',
    fields: Record<string, string> = {},
  ) {
    const page = await reader.get(`/${lang}/manage/bank/import`)
    let request = reader.agent
      .post(`/${lang}/manage/bank/import`)
      .set('Accept', 'text/html')
      .field('_csrf', String(page.$('input[name=_csrf]').first().val()))
    for (const [name, value] of Object.entries({
      language: 'en',
      outcome: 'RMC-01-LO1',
      difficulty: 'easy',
      ...fields,
    }))
      request = request.field(name, value)
    if (file) request = request.attach('file', Buffer.from(file.bytes as string), file.name)
    if (second) request = request.attach('second', Buffer.from(second.bytes as string), second.name)
    return request
  }
  async function preview(file: Sent, second: Sent | null = null, lang = 'en'): Promise<Page> {
    const sent = await bring(file, second, lang)
    expect(sent.status, sent.text.replace(/<[^>]*>/g, ' ').slice(0, 3000)).to.equal(303)
    return reader.get(String(sent.headers.location))
  }
  const take = (page: Page, fields: Record<string, string> = {}) => reader.submit(page.path.replace(/\?.*/, ''), fields)
  const versions = async (code: string) => versionsOf(await asActor(coordinator), code)
  const drafts = async () =>
    (await one<{ n: number }>(null, `select count(*)::int as n from item_versions where status = 'draft'`))!.n
  const imports = async () => (await one<{ n: number }>(null, 'select count(*)::int as n from item_imports'))!.n
  const own = (items: typeof FILED): Sent => ({ name: 'bank.yaml', bytes: ownOf(items) })

  it('are looked at first, then taken over as drafts, and are never in use', async () => {
    const page = await preview(own(FILED))
    expect(page.text).to.include(`New: ${FILED.length}. Changed: 0. Unchanged: 0.`)
    expect(await drafts()).to.equal(0)
    const done = await reader.follow(await take(page))
    expect(done.text).to.include('The questions are in the bank as drafts')
    expect(await drafts()).to.equal(FILED.length)
    for (const item of FILED) expect((await versions(item.code))[0]).to.include({ status: 'draft', type: item.type })
    expect(await imports(), 'the file is gone').to.equal(0)
    expect((await reader.get(page.path)).status).to.equal(404)
    const again = await preview(own(FILED))
    expect(again.text)
      .to.include(`New: 0. Changed: 0. Unchanged: ${FILED.length}.`)
      .and.include('nothing that the bank does not have')
  })

  it('what changes is named, in both languages', async () => {
    const item = filed({ ...FILED[0], code: 'RMC-01-Q80' })
    await reader.follow(await take(await preview(own([item]))))
    const changed = { ...item, difficulty: 'hard', points: 2 } as typeof item
    expect((await preview(own([changed]))).text).to.match(/Changed difficulty, points|Changed points, difficulty/)
    expect((await preview(own([changed]), null, 'ru')).text)
      .to.include('Изменится')
      .and.include('сложность')
  })

  it('one wrong line and nothing is stored; every fault has its line and its words', async () => {
    const text = ownOf(FILED).replace('difficulty: easy', 'difficulty: simple')
    const line = text.split('\n').findIndex(each => each.includes('simple')) + 1
    const page = await preview({ name: 'bank.yml', bytes: text })
    expect(page.text).to.include(`Line ${line}: this cannot be used as it is (difficulty)`)
    expect(page.$('form[action*="bank/import/"]').length, 'nothing to press').to.equal(0)
    const posted = await reader.post(page.path.replace(/\?.*/, ''), { mark: 'x' })
    expect(posted.status).to.equal(422)
    expect(posted.text).to.include('nothing was taken over')
    expect(await drafts()).to.equal(0)
  })

  it('GIFT comes in two files, says what it cannot carry and asks whether that was read', async () => {
    const page = await preview({ name: 'en.gift', bytes: ENGLISH }, { name: 'ru.gift', bytes: RUSSIAN })
    expect(page.text).to.include('Line 3: A text without a question')
    const unread = await take(page)
    expect(unread.status).to.equal(422)
    expect(unread.text).to.include('Tick that you have read')
    await reader.follow(await take(page, { read: 'yes' }))
    const [version] = await versions('RMC-01-Q71')
    expect(version).to.deep.include({ prompt: { en: 'What is a flow?', ru: 'Что такое поток?' }, status: 'draft' })
    expect(version).to.include({ outcome: 'RMC-01-LO1', difficulty: 'easy', module: 'RMC-01' })
  })

  it('a GIFT file alone is read, and the missing language is named', async () => {
    const page = await preview({ name: 'en.txt', bytes: ENGLISH }, null, 'ru')
    expect(page.text).to.include('Нет русского текста вопросов').and.include('Пока ничего нельзя перенести')
    expect(await drafts()).to.equal(0)
  })

  it('a table comes as CSV and as XLSX, new questions get the next codes', async () => {
    const ofOptions = FILED.filter(({ type }) => ['single', 'multiple', 'true_false'].includes(type))
    const items = ofOptions.map((item, n) => ({ ...item, code: `RMC-01-Q0${n + 5}` }))
    const { columns, rows } = sheetOfItems(items)
    const uncoded = rows.map(row => row.map((cell, at) => (columns[at] === 'code' ? '' : cell)))
    const page = await preview({ name: 'new.csv', bytes: csvOf({ columns, rows: uncoded }) })
    expect(page.text).to.include('gets a new code')
    await reader.follow(await take(page))
    expect((await versions('RMC-01-Q05'))[0]).to.include({ status: 'draft', type: 'single' })
    const book = await workbookOf([{ name: 'Questions', headers: columns, rows }])
    expect((await preview({ name: 'known.xlsx', bytes: book })).text).to.include('Unchanged: 3')
  })

  it('somebody changed the bank since: nothing is taken over, and the page says what would happen now', async () => {
    const page = await preview(own([filed({ ...FILED[0], code: 'RMC-01-Q01' })]))
    const actor = await asActor(await aPerson({ grants: [{ role: 'content_editor' }] }))
    await keepItem(actor, aQuestion({ code: 'RMC-01-Q01' }))
    const late = await take(page)
    expect(late.status).to.equal(422)
    expect(late.text).to.include('The bank has changed since you looked')
    expect((await versions('RMC-01-Q01'))[0]!.author).to.equal(actor.name)
    expect((await reader.follow(await take(late))).text).to.include('as drafts')
  })

  it('a file is its bringer’s alone, and goes after a day', async () => {
    const page = await preview(own(FILED))
    const other = await signedIn(await aPerson({ grants: [{ role: 'content_editor' }] }))
    expect((await other.get(page.path)).status).to.equal(404)
    expect((await other.post(page.path, { mark: 'x' })).status).to.equal(404)
    standAt('2027-02-02T08:00:01Z')
    await forgetImports()
    expect(await imports()).to.equal(0)
  })

  for (const [what, file, words] of NO_FILES)
    it(`what is no file of questions gets a clear answer, and nothing is kept: ${what}`, async () => {
      const answer = await bring(file())
      expect(answer.status).to.equal(422)
      expect(answer.text).to.include(words)
      expect(await imports()).to.equal(0)
    })

  it('a second file goes only with GIFT', async () => {
    const two = await bring(own(FILED), { name: 'ru.gift', bytes: RUSSIAN })
    expect(two.status).to.equal(422)
    expect(two.text).to.include('A second file goes only with GIFT')
  })

  it('too many questions are a fault with its line', async () => {
    const text = Array.from({ length: 5001 }, (_, n) => `- code: RMC-01-Q${n}`).join('\n')
    expect((await preview({ name: 'bank.yaml', bytes: text })).text)
      .to.include('more than 5000 questions')
      .and.include('Line 5001')
  })

  it('a file of four hundred is written in a number of statements that does not grow with its questions', async () => {
    const many = (count: number) =>
      own(Array.from({ length: count }, (_, n) => filed({ ...FILED[0], code: `RMC-01-Q${n + 100}` })))
    const statements = async (count: number) => {
      const page = await preview(many(count))
      return queriesOf(async () => reader.follow(await take(page)))
    }
    const few = await statements(5)
    expect(await statements(400)).to.be.at.most(few + 3 * 12)
    expect(await drafts()).to.equal(400)
  })

  it('go out in the own format and come back the same; what is taken out is written down', async () => {
    await reader.follow(await take(await preview(own(FILED))))
    const page = await reader.get('/en/manage/bank/export?module=RMC-01')
    expect(page.text).to.include(`The file will hold ${FILED.length + 4} questions`)
    const file = await reader.submit('/bank/export')
    expect(file.headers['content-disposition']).to.include('RMC-01-questions.yaml')
    const items = readOwn(file.html).drafts.map(({ item }) => item)
    expect(items.slice(4)).to.deep.equal(FILED)
    expect((await preview({ name: 'back.yaml', bytes: file.html })).text).to.include(`Unchanged: ${items.length}`)
    const [noted] = await sql<{ details: object }>(
      null,
      `select details from audit_entries where action = 'item.exported'`,
    )
    expect(noted!.details).to.deep.equal({ format: 'yaml', questions: FILED.length + 4 })
  })

  it('what a format has no place for is named before the file is made', async () => {
    await reader.follow(await take(await preview(own(FILED.map(item => ({ ...item, points: 3 }))))))
    const gift = await reader.get('/en/manage/bank/export?module=RMC-01&format=gift&language=ru')
    expect(gift.text)
      .to.include('5 questions are not in the file')
      .and.include('case with several questions: RMC-01-Q10')
    expect(gift.text).to.include('points: RMC-01-Q1, RMC-01-Q2')
    const file = await reader.submit('/bank/export')
    expect(file.headers['content-disposition']).to.include('RMC-01-questions-ru.gift.txt')
    expect(file.html).to.include('$CATEGORY: RMC-01/RMC-01-LO1/easy').and.include('Какой ?')
    const table = await reader.get('/ru/manage/bank/export?format=xlsx&code=RMC-01-Q1&code=RMC-01-Q10')
    expect(table.text).to.include('1 вопрос не войдёт в файл').and.include('Выбрано 2 вопроса')
    const cells = await cellsOfXlsx((await reader.submit('/bank/export')).bytes)
    expect(cells[0]).to.include.members(['code', 'option_1_right'])
    expect(cells).to.have.length(2)
  })
})
