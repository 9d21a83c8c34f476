import { expect } from 'chai'
import { readSheet } from 'read-excel-file/node'
import { sheetOf } from '../lib/sheets.ts'
import { compareRows, segmentsOf, translatedBy } from '../models/bilingual/segments.ts'
import type { Draft } from '../models/draft.ts'
import { removeExamples } from './curriculum/example.ts'
import './support/app.ts'
import { aDraft, anExample, aWorkshop, partOf, rewrite, type Workshop } from './support/drafts.ts'
import { type Page, type Reader, signedIn } from './support/reader.ts'

const PAGE = '/en/manage/translations/RMC-01-L1'

describe('a bilingual table', function () {
  this.timeout(60_000)
  let workshop: Workshop
  let draft: Draft
  let reader: Reader
  after(removeExamples)
  beforeEach(async () => {
    await anExample()
    workshop = await aWorkshop()
    draft = await aDraft(workshop.editor.actor, 'RMC-01-L1')
    reader = await signedIn(workshop.translator)
  })

  /** The table as it goes out: its rows without the head. */
  async function takenOut(): Promise<string[][]> {
    const page = await reader.get(PAGE)
    const sent = await reader.agent
      .post(`${PAGE}/table`)
      .type('form')
      .send({ _csrf: tokenIn(page) })
      .buffer(true)
      .parse((answer, done) => {
        const chunks: Buffer[] = []
        answer.on('data', chunk => chunks.push(chunk))
        answer.on('end', () => done(null, Buffer.concat(chunks)))
      })
    expect(sent.status).to.equal(200)
    expect(sent.headers['content-disposition']).to.contain('RMC-01-L1-en-ru.xlsx')
    return (await readSheet(sent.body as Buffer)).slice(1) as string[][]
  }
  const bring = async (bytes: Buffer | string, name = 'back.xlsx') =>
    reader.agent
      .post(`${PAGE}/tables`)
      .set('Accept', 'text/html')
      .field('_csrf', tokenIn(await reader.get(PAGE)))
      .attach('file', Buffer.from(bytes as string), name)
  const bringRows = async (rows: (string | null)[][]) =>
    bring(await sheetOf('RMC-01-L1', ['piece', 'segment', 'source', 'english', 'russian'], rows))
  async function preview(rows: string[][]): Promise<Page> {
    const sent = await bringRows(rows)
    expect(sent.status, sent.text.replace(/<[^>]*>/g, ' ').slice(0, 2000)).to.equal(303)
    return reader.get(String(sent.headers.location))
  }
  const put = (rows: string[][], segment: string, text: string) =>
    rows.map(row => (row[1] === segment ? [...row.slice(0, 4), text] : row))
  const russian = async () => String((await partOf(draft, 'ru')).content.body)

  it('goes out, comes back, is looked at, and goes into the draft alone', async () => {
    const rows = await takenOut()
    expect(rows.map(([piece, segment]) => `${piece} ${segment}`)).to.deep.equal([
      'RMC-01-L1 title',
      'RMC-01-L1 body-1',
      'RMC-01-L1 body-2',
    ])
    const before = await russian()
    const page = await preview(put(rows, 'body-1', '## Сначала'))
    expect(page.text).to.contain('New: 1. English changed: 0. Missing: 0. Unchanged: 2.')
    expect(await russian()).to.equal(before)
    await reader.follow(await reader.submit(page.path.slice(3)))
    expect(await russian()).to.equal(before.replace('## First', '## Сначала'))
    expect((await reader.get(page.path)).status, 'used once').to.equal(404)
  })

  it('what it has of English that changed since is told and not taken over', async () => {
    const rows = await takenOut()
    const before = await russian()
    await rewrite(workshop.editor.actor, draft, 'en', ({ body }) => ({ body: body.replace('1951 ', '1952 ') }))
    const page = await preview(put(put(rows, 'body-1', '## Сначала'), 'body-2', 'Старый текст.'))
    expect(page.text).to.contain('New: 1. English changed: 1.').and.contain('is not taken over')
    await reader.follow(await reader.submit(page.path.slice(3)))
    expect(await russian()).to.equal(before.replace('## First', '## Сначала'))
  })

  it('a draft that changed since the preview takes nothing over', async () => {
    const page = await preview(put(await takenOut(), 'body-1', '## Сначала'))
    await rewrite(workshop.editor.actor, draft, 'en', ({ body }) => ({ body: body.replace('1951 ', '1952 ') }))
    const before = await russian()
    const sent = await reader.submit(page.path.slice(3))
    expect([sent.status, sent.text.includes('has changed since you looked')]).to.deep.equal([422, true])
    expect(await russian()).to.equal(before)
    expect(page.status).to.equal(200)
  })

  it('a table that is none, or not the one that went out, gets its answer', async () => {
    const rows = await takenOut()
    const wrong: [Buffer | string | (string | null)[][], string][] = [
      ['not a table', 'not a table in the XLSX format'],
      [await sheetOf('x', ['a', 'b'], [['1', '2']]), 'lacks these columns'],
      [rows.map(row => ['RMC-02-L1', ...row.slice(1)]), 'Row 2 belongs to another text'],
      [rows.map(row => [row[0]!, '=HYPERLINK()', ...row.slice(2)]), 'Row 2: what stands in the columns'],
      [[rows[0]!, rows[0]!], 'Row 3: this segment stands in the table twice'],
      [put(rows, 'body-1', 'Те\u202eкст'), 'Row 3: the Russian has signs that no text has'],
      [[], 'has no rows'],
    ]
    for (const [file, said] of wrong) {
      const sent = Array.isArray(file) ? await bringRows(file) : await bring(file)
      expect(sent.status, said).to.equal(422)
      expect(sent.text.replace(/<[^>]*>/g, ' ')).to.contain(said)
    }
  })

  it('a text that looks like a formula goes out as a text and comes back as it was', async () => {
    await rewrite(workshop.translator.actor, draft, 'ru', () => ({ title: '=1+1' }))
    const rows = await takenOut()
    expect(rows[0]![4]).to.equal("'=1+1")
    expect((await preview(rows)).text).to.contain('Unchanged: 3.')
  })

  it('is its bringer’s alone', async () => {
    const { path } = await preview(put(await takenOut(), 'body-1', '## Сначала'))
    expect((await (await signedIn(workshop.second)).get(path)).status).to.equal(404)
  })
})

const tokenIn = (page: Page) => String(page.$('input[name=_csrf]').first().val())

describe('segments', () => {
  const en = { title: 'T', body: 'One.\n\nTwo.' }
  const ru = { title: 'Т', body: 'Раз.\n\nДва.' }
  const rowsOf = (segments: ReturnType<typeof segmentsOf>) =>
    segments.map(({ id, hash, target }, line) => ({ id, hash, target, line }))
  const deeds = (now: typeof en, nowRu: typeof ru, rows: ReturnType<typeof rowsOf>) =>
    compareRows(segmentsOf(now, nowRu), rows).map(({ id, deed }) => `${id} ${deed}`)

  it('are paragraphs where both languages have as many, and the whole text otherwise', () => {
    expect(segmentsOf(en, ru).map(({ id }) => id)).to.deep.equal(['title', 'body-1', 'body-2'])
    expect(segmentsOf(en, { ...ru, body: 'Раз.' }).map(({ id }) => id)).to.deep.equal(['title', 'body'])
    expect(segmentsOf(en, { ...ru, body: '' }).map(({ target }) => target)).to.deep.equal(['Т', '', ''])
  })

  it('are found by their English when one is put in above', () => {
    const rows = rowsOf(segmentsOf(en, ru)).map(row => (row.id === 'body-2' ? { ...row, target: 'Два!' } : row))
    const now = { ...en, body: 'New.\n\nOne.\n\nTwo.' }
    const compared = compareRows(segmentsOf(now, { ...ru, body: 'Нов.\n\nРаз.\n\nДва.' }), rows)
    expect(compared.map(({ id, deed }) => `${id} ${deed}`)).to.deep.equal([
      'title unchanged',
      'body-1 missing',
      'body-2 unchanged',
      'body-3 new',
    ])
    expect(translatedBy(compared, ru).body).to.equal('Нов.\n\nРаз.\n\nДва!')
  })

  it('take nothing over where paragraphs no longer match, and say that the English changed', () => {
    const rows = rowsOf(segmentsOf(en, ru))
    expect(deeds({ ...en, body: 'One.\n\nOne and a half.\n\nTwo.' }, ru, rows)).to.deep.equal([
      'title unchanged',
      'body stale',
    ])
  })
})
