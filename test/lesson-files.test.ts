import { expect } from 'chai'
import { load } from 'cheerio'
import { sql } from '../lib/db.ts'
import { kept } from '../lib/storage.ts'
import { filesOf } from '../models/module-file.ts'
import { removeFile } from '../models/removing-files.ts'
import { exportCurriculum, exportFiles } from '../models/curriculum/exporting.ts'
import { heldFiles } from '../models/curriculum/files.ts'
import { loadCurriculum } from '../models/curriculum/loading.ts'
import { lesson, removeExamples } from './curriculum/example.ts'
import { theHouse } from './support/app.ts'
import { reset } from './support/database.ts'
import { aDraft, anExample, aPlace, aWorkshop, rewrite } from './support/drafts.ts'
import { docx, macros, pdf } from './support/files.ts'
import { cast } from './support/people.ts'
import { refusalOf } from './support/questions.ts'
import { guest, type Reader, signedIn } from './support/reader.ts'

const FILES = '/en/manage/curriculum/RMC-01/files'
const ADDRESS = '/curriculum/RMC-01/files/checklist.pdf'
const TITLES = { titleEn: 'A checklist', titleRu: 'Контрольный список' }

const upload = async (reader: Reader, name: string, bytes: Buffer, fields: Record<string, string> = TITLES) => {
  const request = reader.agent.post(FILES).field('_csrf', await reader.token())
  for (const [field, value] of Object.entries(fields)) request.field(field, value)
  return request.attach('files', bytes, name)
}

const list = (title = 'A checklist') => `- name: checklist.pdf\n  title: {en: ${title}, ru: Список}\n`

/** The example with a file beside its lesson; `led`: whether the lesson leads to it. */
const withFile = (bytes = pdf(), led = true, title?: string) => {
  const texts: [string, string][] = ['en', 'ru'].map(language => [
    `RMC-01/L1.${language}.md`,
    lesson(language as 'en' | 'ru', led ? '[A list](checklist.pdf) to print.' : ''),
  ])
  return { ...Object.fromEntries(texts), 'RMC-01/files.yaml': list(title), 'RMC-01/checklist.pdf': bytes }
}

/** All files of the curriculum, with the bytes of those beside lessons. */
async function exported() {
  const files = new Map<string, string | Buffer>(await exportCurriculum())
  for (const { name, sha256 } of await exportFiles()) files.set(name, await kept(theHouse().config.uploadsDir, sha256))
  return files
}

const loadAgain = (files: Map<string, string | Buffer>) =>
  loadCurriculum(heldFiles(files), { publish: true, actor: null, uploads: theHouse().config.uploadsDir })

describe('files beside lessons', function () {
  this.timeout(60_000)
  after(removeExamples)

  it('a file is added with what it is in both languages; what is not what it says is refused with a reason', async () => {
    await anExample()
    const { editor } = await aWorkshop()
    const reader = await signedIn(editor)
    const refused = async (name: string, bytes: Buffer, fields = TITLES) => {
      const answer = await upload(reader, name, bytes, fields)
      expect(answer.status, name).to.equal(422)
      return load(answer.text)('.error-summary li').text()
    }
    expect(await refused('list.pdf', docx())).to.contain('list.pdf')
    expect(await refused('list.docx', macros())).to.contain('list.docx')
    expect(await refused('list.exe', Buffer.from('MZ'))).to.contain('list.exe')
    expect(await refused('Список.pdf', pdf())).to.contain('small Latin letters')
    expect(await refused('list.pdf', pdf(), { ...TITLES, titleRu: '' })).to.contain('Say in Russian')
    const large = await refused('list.pdf', Buffer.concat([pdf(), Buffer.alloc(20 * 1024 * 1024)]))
    expect(large).to.contain('20 MB')
    expect((await upload(reader, 'Checklist.pdf', pdf())).status).to.equal(303)
    expect(await refused('checklist.pdf', pdf('Other'))).to.contain('checklist.pdf already')
    const page = await reader.get(FILES)
    expect(page.text).to.contain('[Контрольный список](checklist.pdf)').and.contain('PDF, 1 kB')
  })

  it('a title is changed, is in both languages always, and files do not write over it', async () => {
    await anExample(withFile())
    const { editor, translator } = await aWorkshop()
    const reader = await signedIn(editor)
    await reader.get(`${FILES}/checklist.pdf`)
    expect((await reader.submit('/checklist.pdf', { titleEn: '' })).text).to.contain('Say in English')
    await reader.follow(await reader.submit('/checklist.pdf', { titleEn: 'A list to print' }))
    expect((await (await signedIn(translator)).get(`${FILES}/checklist.pdf`)).status).to.equal(403)
    const files = await exported()
    files.set('RMC-01/files.yaml', list('Another title'))
    const { deeds } = await loadAgain(files)
    expect(deeds.find(({ code }) => code === 'RMC-01')!.leftAlone).to.deep.equal(['checklist.pdf'])
    expect((await exportCurriculum()).get('RMC-01/files.yaml')).to.contain('A list to print')
  })

  it('a lesson leads to it with its kind and size; a file that is not there is refused in the line that names it', async () => {
    await anExample(withFile())
    const { editor } = await aWorkshop()
    const reader = await signedIn(editor)
    await reader.get('/en/manage/curriculum/RMC-01-L1')
    const page = await reader.follow(await reader.submit('/draft'))
    const text = String(page.$('#en-body').val())
    const shown = await reader.get('/en/manage/curriculum/RMC-01-L1')
    const link = shown.$('.draft-side a.file').first()
    expect([link.attr('href'), link.parent().text()]).to.deep.equal([ADDRESS, 'A list (PDF, 1 kB) to print.'])
    await reader.get('/en/manage/curriculum/RMC-01-L1/edit')
    await reader.follow(await reader.submit('/edit', { 'en-body': `${text}\n\n[Gone](gone.csv) [](checklist.pdf)` }))
    const sent = await reader.submit('/sending')
    const line = text.split('\n').length + 2
    expect(sent.text).to.contain(`English, line ${line}: the file "gone.csv" is not in RMC-01/files.yaml`)
    expect(sent.text).to.contain('the link to "checklist.pdf" has no words')
  })

  it('whoever may open a lesson that leads to it has it, and nobody else', async () => {
    await anExample(withFile())
    const [owner, stranger] = [await cast.learner(), await cast.stranger()]
    const training = await aPlace(owner.id)
    const reader = await signedIn(owner)
    const page = await reader.get(`/ru/trainings/${training}/lessons/RMC-01-L1`)
    expect(page.$('a.file').attr('href')).to.equal(ADDRESS)
    expect(page.$('#files').parent().text().replace(/\s+/g, ' ')).to.contain('Список PDF, 1 КБ')
    const answer = await reader.get(ADDRESS)
    expect([answer.status, answer.bytes.equals(pdf())]).to.deep.equal([200, true])
    expect(answer.headers['content-disposition']).to.contain('attachment')
    const other = await signedIn(stranger)
    const [foreign, missing] = [await other.get(ADDRESS), await other.get('/curriculum/RMC-01/files/none.pdf')]
    expect([foreign.status, missing.status]).to.deep.equal([404, 404])
    expect((await guest().get(ADDRESS)).location).to.contain('/sign-in')
    expect((await (await signedIn(await cast.trainer())).get(ADDRESS)).status).to.equal(200)
    await sql(null, `update enrollments set status = 'waiting'`)
    expect((await reader.get(ADDRESS)).status, 'while they wait').to.equal(404)
    await sql(null, `update enrollments set status = 'withdrawn'`)
    expect((await reader.get(ADDRESS)).status, 'after they left').to.equal(404)
  })

  it('a file that no lesson leads to is there for those who write alone', async () => {
    await anExample(withFile(pdf(), false))
    const owner = await cast.learner()
    await aPlace(owner.id)
    expect((await (await signedIn(owner)).get(ADDRESS)).status).to.equal(404)
    const { translator } = await aWorkshop()
    expect((await (await signedIn(translator)).get(ADDRESS)).status).to.equal(200)
  })

  it('a file that no text leads to is removed, by those who write; what a text leads to stays, and says why', async () => {
    await anExample(withFile())
    const { editor, translator } = await aWorkshop()
    const reader = await signedIn(editor)
    for (const name of ['mistake.pdf', 'planned.pdf']) await upload(reader, name, pdf(name))
    const removal = (name: string) => reader.submit(`/${name}/removal`)
    const draft = await aDraft(editor.actor, 'RMC-01-L1')
    await rewrite(editor.actor, draft, 'en', ({ body }) => ({ body: `${body}\n\n[Planned](planned.pdf)` }))
    const page = await reader.get(FILES)
    expect(
      page
        .$('form[action$="/removal"]')
        .map((_, form) => page.$(form).attr('action'))
        .get(),
    ).to.deep.equal([`${FILES}/mistake.pdf/removal`])
    expect(page.text).to.contain('A published text leads to checklist.pdf').and.contain('in work leads to planned.pdf')
    const other = await signedIn(translator)
    expect((await other.get(FILES)).$('form[action$="/removal"]').length, 'a translator').to.equal(0)
    await reader.follow(await removal('mistake.pdf'))
    expect((await filesOf('RMC-01')).map(({ name }) => name)).to.deep.equal(['checklist.pdf', 'planned.pdf'])
    expect(await sql(null, `select name from files where owner_kind = 'module' order by name`)).to.have.length(2)
    for (const name of ['checklist.pdf', 'planned.pdf'])
      await refusalOf(removeFile(editor.actor, { kind: 'file', module: 'RMC-01', name })).then(refusal =>
        expect(refusal, name).to.match(/^drafts.stays/),
      )
    expect((await upload(reader, 'mistake.pdf', pdf('Another'))).status, 'its name is free').to.equal(303)
  })

  it('it comes out with the files and goes back byte for byte', async () => {
    await anExample(withFile())
    const files = await exported()
    expect((files.get('RMC-01/checklist.pdf') as Buffer).equals(pdf())).to.equal(true)
    await reset()
    expect((await loadAgain(files)).problems).to.deep.equal([])
    expect([...(await exported())]).to.deep.equal([...files])
    const { deeds } = await loadAgain(files)
    expect(deeds.filter(({ deed }) => deed !== 'unchanged')).to.deep.equal([])
    const changed = new Map(files).set('RMC-01/checklist.pdf', pdf('Other'))
    expect((await loadAgain(changed)).problems.map(({ file }) => file)).to.deep.equal(['RMC-01/checklist.pdf'])
    await reset()
    const fake = new Map(files).set('RMC-01/checklist.pdf', docx())
    expect((await loadAgain(fake)).problems.map(({ file, kind }) => `${file} ${kind}`)).to.deep.equal([
      'RMC-01/checklist.pdf file',
    ])
    await loadAgain(files)
    const { editor } = await aWorkshop()
    const zip = await (await signedIn(editor)).get('/en/manage/curriculum/files.zip')
    expect(zip.bytes.includes(pdf())).to.equal(true)
  })
})
