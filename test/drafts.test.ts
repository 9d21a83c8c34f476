import { expect } from 'chai'
import { load } from 'cheerio'
import { sql } from '../lib/db.ts'
import { exportCurriculum, exportPictures } from '../models/curriculum/exporting.ts'
import { heldFiles } from '../models/curriculum/files.ts'
import { loadCurriculum } from '../models/curriculum/loading.ts'
import { picturesOf } from '../models/module-picture.ts'
import './support/app.ts'
import { reset } from './support/database.ts'
import { png } from './support/files.ts'
import { standAt } from './support/app.ts'
import { anExample, aPlace, aWorkshop, type Workshop } from './support/drafts.ts'
import { cast } from './support/people.ts'
import { guest, type Page, type Reader, signedIn } from './support/reader.ts'
import { removeExamples } from './curriculum/example.ts'

const LESSON = '/manage/curriculum/RMC-01-L1'
const bodyOf = (page: Page, language: string) => String(page.$(`#${language}-body`).val())

/** An editor who has begun to edit the lesson, with the editor's page open. */
async function begun(person: Parameters<typeof signedIn>[0], lang = 'en') {
  const reader = await signedIn(person)
  await reader.get(`/${lang}${LESSON}`)
  await reader.follow(await reader.submit('/draft'))
  return reader
}

const open = async (person: Parameters<typeof signedIn>[0]) => {
  const reader = await signedIn(person)
  await reader.get(`/en${LESSON}/edit`)
  return reader
}

async function write(reader: Reader, change: (text: string) => string, languages = ['en']) {
  const page = reader.last!
  const fields = Object.fromEntries(languages.map(each => [`${each}-body`, change(bodyOf(page, each))]))
  return reader.submit('/edit', { ...fields, go: 'save' })
}

/** Takes the lesson through its reviews over the pages. */
async function reviewed({ editor, reviewer, translator, second }: Workshop) {
  const steps: [Workshop['editor'], string][] = [
    [editor, 'sending'],
    [reviewer, 'approval'],
    [translator, 'translation'],
    [second, 'review'],
  ]
  for (const [person, step] of steps) {
    const reader = await signedIn(person)
    await reader.get(`/en${LESSON}`)
    await reader.follow(await reader.submit(`/${step}`))
  }
}

describe('drafts of the curriculum', function () {
  this.timeout(60_000)
  after(removeExamples)
  beforeEach(() => anExample())

  it('an editor corrects a figure, three others read it, and learners see the text with a dated note', async () => {
    standAt('2026-11-24T06:42:00Z')
    const learner = await cast.learner()
    const training = await aPlace(learner.id)
    const workshop = await aWorkshop()
    const editor = await begun(workshop.editor)
    await editor.follow(
      await write(editor, text => text.replace('1951 [', '1952 [').replace('1951 г.', '1952 г.'), ['en', 'ru']),
    )
    await reviewed(workshop)
    const index = await editor.get('/en/manage/curriculum')
    expect(index.text).to.contain('1 draft is ready to publish')
    const next = await editor.get('/en/manage/curriculum/RMC-01/publication')
    expect(next.text).to.contain('A correction').and.contain('1 learner reads the corrected text, in 1 training.')
    const note = { noteEn: 'The law is of 1952.', noteRu: 'Закон принят в 1952 году.' }
    expect((await editor.submit('/publication', { ...note, noteRu: '' })).status).to.equal(422)
    await editor.get('/en/manage/curriculum/RMC-01/publication')
    await editor.follow(await editor.submit('/publication', note))
    const reader = await signedIn(learner)
    for (const [lang, words] of [
      ['en', ['The law is of 1952', 'Corrected on 24 November 2026: The law is of 1952.']],
      ['ru', ['Закон принят в 1952 г.', 'Исправлено 24 ноября 2026', 'Закон принят в 1952 году.']],
    ] as const) {
      const page = await reader.get(`/${lang}/trainings/${training}/lessons/RMC-01-L1`)
      for (const each of words) expect(page.text).to.contain(each)
    }
  })

  it('a learner is told of a correction on the page of the training, with its day, in their language', async () => {
    standAt('2026-11-24T06:42:00Z')
    const workshop = await aWorkshop()
    const learner = await cast.learner()
    const training = await aPlace(learner.id)
    await write(await begun(workshop.editor), text => text.replace(' 1951 ', ' 1952 '), ['en', 'ru'])
    await reviewed(workshop)
    const editor = await signedIn(workshop.editor)
    await editor.get('/en/manage/curriculum/RMC-01/publication')
    await editor.follow(await editor.submit('/publication', { noteEn: 'The year.', noteRu: 'Исправлен год.' }))
    const page = await (await signedIn(learner)).get(`/ru/trainings/${training}`)
    expect(page.text).to.contain('24 ноября 2026').and.contain('Исправлен год.')
    const stranger = await (await signedIn(await cast.stranger())).get(`/en/trainings/${training}`)
    expect([stranger.status, stranger.text.includes('The year.')]).to.deep.equal([200, false])
  })

  it('the second of two editors is told, nothing is overwritten, and both texts are shown', async () => {
    const { editor, reviewer } = await aWorkshop()
    const first = await begun(editor)
    const second = await open(reviewer)
    await first.follow(await write(first, text => `${text}\n\nFirst words.`))
    const page = await write(second, text => `${text}\n\nSecond words.`)
    expect(page.status).to.equal(422)
    expect(page.text).to.contain('Nigar Huseynova saved another text in the meantime')
    expect(bodyOf(page, 'en')).to.contain('Second words.').and.not.contain('First words.')
    expect(page.$('.revisions del').text()).to.contain('First')
    expect(bodyOf(await first.get(`/en${LESSON}/edit`), 'en')).to.contain('First words.')
    await second.follow(await second.submit('/edit', { go: 'save' }))
    expect((await second.get(`/en${LESSON}/history`)).text).to.contain('Nigar Huseynova')
  })

  it('two people who change different languages do not meet', async () => {
    const { editor, translator } = await aWorkshop()
    const first = await begun(editor)
    const second = await open(translator)
    await first.follow(await write(first, text => `${text}\n\nMore.`))
    await second.follow(await write(second, text => `${text}\n\nЕщё.`, ['ru']))
    const page = await first.get(`/en${LESSON}/edit`)
    expect(bodyOf(page, 'en')).to.contain('More.')
    expect(bodyOf(page, 'ru')).to.contain('Ещё.')
  })

  it('what is typed is saved by itself, and a text of somebody else is not written over', async () => {
    standAt('2026-11-24T06:42:00Z')
    const { editor, reviewer } = await aWorkshop()
    const first = await begun(editor)
    const [one, other] = [first.last!, (await open(reviewer)).last!]
    const saved = await save(first, one, 'Typed.')
    expect(saved.status).to.equal(200)
    expect(saved.body.at).to.match(/^\d\d:42$/)
    const again = await save(first, one, 'Typed on.', saved.body.revision)
    expect(again.status).to.equal(200)
    const late = await save(await signedIn(reviewer), other, 'Mine.')
    expect([late.status, late.body.newer]).to.deep.equal([422, true])
    expect(bodyOf(await first.get(`/en${LESSON}/edit`), 'en')).to.equal('Typed on.')
  })

  it('a preview shows what was typed by the renderer of lessons, keeps it in its fields and saves nothing', async () => {
    const { editor } = await aWorkshop()
    const reader = await begun(editor)
    const typed = '## New\n\n::: case A day\nOn the *border*.\n:::'
    const page = await reader.submit('/edit', { 'en-body': typed, go: 'preview' })
    expect(page.$('.draft-side em').text()).to.equal('border')
    expect(page.$('.draft-side .block-case h3').text()).to.equal('Case: A day')
    expect(bodyOf(page, 'en')).to.equal(typed)
    const piece = await reader.agent
      .post(`/en${LESSON}/preview`)
      .type('form')
      .send({ _csrf: await reader.token(), 'en-body': typed })
    expect(load(piece.text)('.block-case em').text()).to.equal('border')
    expect(bodyOf(await reader.get(`/en${LESSON}/edit`), 'en')).to.contain('The law is of 1951')
  })

  it('a text that the check refuses is not sent: each mistake with its language and line', async () => {
    const { editor } = await aWorkshop()
    const reader = await begun(editor)
    await reader.follow(await write(reader, text => `${text}\n\n<b>Bold</b> [here](nowhere).`))
    await reader.get(`/en${LESSON}`)
    const page = await reader.submit('/sending')
    expect(page.status).to.equal(422)
    expect(page.text).to.match(/English, line 5: HTML is not used in lessons/)
    expect(page.text).to.match(/English, line 5: "nowhere" is not a web address/)
  })

  it('what the check finds is said in the language of the page, each with its line', async () => {
    const { editor } = await aWorkshop()
    await write(await begun(editor, 'ru'), text => `${text}\n\nIn 1999 it grew. ![](none.png) [@unknown-1]`)
    const reader = await signedIn(editor)
    await reader.get(`/ru${LESSON}`)
    const sent = await reader.submit('/sending')
    const said = sent
      .$('.error-summary li')
      .toArray()
      .map(each => sent.$(each).text().replace(/\s+/g, ' ').trim())
    expect(said.join('\n')).to.match(/Английский, строка \d+: источника «unknown-1» нет в sources\.yaml/)
    expect(said.join('\n')).to.match(/у изображения «none\.png» нет текстового описания/)
    for (const line of said) expect(line).to.not.match(/ is | has | the /)
  })

  it('nobody approves their own words, and a translator leaves the English alone', async () => {
    const { editor, translator } = await aWorkshop()
    const reader = await begun(editor)
    await reader.follow(await write(reader, text => `${text} More.`))
    await reader.get(`/en${LESSON}`)
    const page = await reader.follow(await reader.submit('/sending'))
    expect(page.text).to.contain('Somebody else has to read what you wrote')
    expect((await reader.post(`/en${LESSON}/approval`)).status).to.equal(422)
    const other = await open(translator)
    const readOnly = (field: string) => other.last!.$(`#${field}`).is('[readonly]')
    expect(['en-title', 'en-body', 'ru-title', 'ru-body'].map(readOnly)).to.deep.equal([true, true, false, false])
    expect((await write(other, text => `${text} Not mine.`)).status).to.equal(422)
  })

  it('any two saved texts of a part are compared word by word', async () => {
    const { editor, reviewer } = await aWorkshop()
    const first = await begun(editor)
    await first.follow(await write(first, text => text.replace('The law is', 'The treaty is')))
    const second = await open(reviewer)
    await second.follow(await write(second, text => text.replace('treaty', 'pact')))
    const page = await second.get(`/en${LESSON}/history?part=en&from=2&to=3`)
    expect([page.$('.revisions del').text(), page.$('.revisions ins').text()]).to.deep.equal(['treaty', 'pact'])
    const whole = await second.get(`/en${LESSON}/history?part=en&from=1&to=3`)
    expect(whole.$('.revisions del').text()).to.equal('law')
  })

  it('a text that a step kept stands once in the history', async () => {
    const { editor } = await aWorkshop()
    const reader = await begun(editor)
    await reader.follow(await write(reader, text => text.replace('The law is', 'The treaty is')))
    await reader.get(`/en${LESSON}`)
    await reader.follow(await reader.submit('/sending'))
    const page = await reader.get(`/en${LESSON}/history`)
    expect(page.$('#from option').length).to.equal(2)
    expect(page.$('.revisions ins').text()).to.equal('treaty')
  })

  it('a text that is too long is refused with its field, and nothing of it is cut off', async () => {
    const { editor } = await aWorkshop()
    const reader = await begun(editor)
    const page = await write(reader, () => 'word '.repeat(12_001).trimEnd() + '.')
    expect(page.status).to.equal(422)
    expect(page.text).to.contain('longer than 60000 characters')
    expect(bodyOf(reader.last!, 'en').length).to.equal(60_005)
  })

  it('a passage is remarked on, answered and resolved; a passage that is not there is refused', async () => {
    const { editor, reviewer } = await aWorkshop()
    await begun(editor)
    const reader = await signedIn(reviewer)
    await reader.get(`/en${LESSON}`)
    const wrong = await reader.submit('/remarks', { quote: 'The law is of 1950', body: 'Which?' })
    expect([wrong.status, wrong.text.includes('These words do not stand in the text')]).to.deep.equal([422, true])
    const said = await reader.submit('/remarks', {
      part: 'en',
      quote: 'The law is of 1951 [1]. Words\nfollow',
      body: 'Say which law.',
    })
    const page = await reader.follow(said)
    expect(page.$('.draft-remark blockquote').text()).to.equal('The law is of 1951 [1]. Words\nfollow')
    expect((await reader.get('/en/manage/curriculum')).text).to.contain('1 open remark')
    const other = await signedIn(editor)
    await other.get(`/en${LESSON}`)
    await other.follow(await other.submit('/answers', { answer: 'The Convention.' }))
    const { id } = (await sql<{ id: string }>(null, 'select id from draft_comments where thread_id is null'))[0]!
    const resolved = await other.follow(await other.post(`/en${LESSON}/remarks/${id}/resolution`))
    expect(resolved.text).to.contain('The Convention.').and.contain('Resolved by Nigar Huseynova')
    expect((await reader.get('/en/manage/curriculum')).text).to.not.contain('open remark')
    expect((await other.post(`/en${LESSON}/remarks/${id}/answers`, { answer: 'Late.' })).status).to.equal(422)
  })

  it('a card with other rules makes a major version; whoever learns stays on theirs', async () => {
    const workshop = await aWorkshop()
    const learner = await cast.learner()
    await aPlace(learner.id)
    const reader = await signedIn(workshop.editor)
    await reader.get('/en/manage/curriculum/RMC-01')
    await reader.follow(await reader.submit('/draft'))
    await reader.follow(await reader.submit('/edit', { passPercent: '80', go: 'save' }))
    await sql(null, `update drafts set status = 'ru_reviewed'`)
    const next = await reader.get('/en/manage/curriculum/RMC-01/publication')
    expect(next.text).to.contain('A major version').and.contain('1 learner stays on the present version')
    await reader.follow(await reader.submit('/publication'))
    const versions = await sql<{ version: string; percent: number; pinned: number }>(
      null,
      `select c.major || '.' || c.minor as version, a.pass_percent as percent,
         (select count(*)::int from enrollments e where e.course_version_id = c.id) as pinned
       from course_versions c join assessments a on a.course_version_id = c.id order by c.major`,
    )
    expect(versions).to.deep.equal([
      { version: '1.0', percent: 70, pinned: 1 },
      { version: '2.0', percent: 80, pinned: 0 },
    ])
  })

  it('a picture is added with what it shows in both languages, stands in a lesson, and comes out with the files', async () => {
    const { editor } = await aWorkshop()
    const reader = await signedIn(editor)
    const refused = async (name: string, bytes: Buffer, fields = ALT) => {
      const answer = await upload(reader, name, bytes, fields)
      expect(answer.status, name).to.equal(422)
      return load(answer.text)('.error-summary li').text()
    }
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')
    expect(await refused('a.svg', svg)).to.contain('not a PNG, JPEG or WebP')
    expect(await refused('a.png', svg)).to.contain('not a PNG, JPEG or WebP')
    expect(await refused('a.png', Buffer.concat([png(), Buffer.alloc(512_000)]))).to.contain('larger than 500 kB')
    expect(await refused('a.png', png(), { ...ALT, altRu: '' })).to.contain('Say in Russian')
    expect((await upload(reader, 'Flows 1.png', png())).status).to.equal(303)
    expect(await refused('flows-1.png', Buffer.concat([png(), Buffer.from('x')]))).to.contain('flows-1.png already')
    const page = await reader.get('/en/manage/curriculum/RMC-01/pictures')
    expect(page.text).to.contain('![Потоки через границу](flows-1.png)')
    const src = page.$('.draft-picture img').attr('src')!
    expect((await reader.agent.get(src)).headers['content-type']).to.equal('image/png')

    await begun(editor).then(each =>
      write(each, text => `${text}\n\n![Flows](flows-1.png)\n\n![Gone](gone.png) ![](flows-1.png)`),
    )
    const lesson = await reader.get(`/en${LESSON}`)
    expect(lesson.$('.draft-side img').first().attr('src')).to.equal(src)
    const sent = (await reader.submit('/sending')).text
    expect(sent).to.contain('"gone.png" is not in the folder').and.contain('has no text alternative')
    expect(sent).to.not.contain('"flows-1.png" is not in the folder')

    const files = new Map<string, string | Buffer>([...(await exportCurriculum()), ...(await exportPictures())])
    await reset()
    await loadCurriculum(heldFiles(files), { publish: true, actor: null })
    expect((await exportPictures()).get('RMC-01/flows-1.png')!.equals(png())).to.equal(true)
    files.set('RMC-01/flows-1.png', Buffer.concat([png(), Buffer.from('x')]))
    const { problems } = await loadCurriculum(heldFiles(files), { publish: true, actor: null })
    expect(problems.map(({ file }) => file)).to.deep.equal(['RMC-01/flows-1.png'])
  })

  it('a picture that no text shows is removed; one that stands in a text stays, and says why', async () => {
    const { editor } = await aWorkshop()
    const reader = await signedIn(editor)
    const pictures = '/en/manage/curriculum/RMC-01/pictures'
    for (const name of ['mistake.png', 'planned.png', 'shown.png']) await upload(reader, name, png())
    await begun(editor).then(each => write(each, text => `${text}\n\n![Planned](planned.png)`))
    await sql(null, `update texts set html = html || '<img src="/curriculum/RMC-01/pictures/shown.png" alt="">'`)
    const page = await reader.get(pictures)
    expect(page.$('form[action$="/removal"]').length).to.equal(1)
    await reader.follow(await reader.submit('/mistake.png/removal'))
    for (const name of ['planned.png', 'shown.png']) {
      const refused = await reader.post(`${pictures}/${name}/removal`)
      expect(refused.status, name).to.equal(422)
      expect(refused.$('.error-summary li').text()).to.contain(`leads to ${name}`)
    }
    expect((await picturesOf('RMC-01')).map(({ name }) => name)).to.deep.equal(['planned.png', 'shown.png'])
  })

  it('editors take the curriculum in force away as files', async () => {
    const { editor, translator } = await aWorkshop()
    const reader = await signedIn(editor)
    const zip = await reader.get('/en/manage/curriculum/files.zip')
    expect(zip.headers['content-disposition']).to.contain('curriculum.zip')
    expect(zip.bytes.toString('latin1')).to.contain('curriculum/RMC-01/L1.ru.md')
    expect((await (await signedIn(translator)).get('/en/manage/curriculum/files.zip')).status).to.equal(403)
  })

  it('is there for those who write, translate or run the Center alone', async () => {
    for (const person of [await cast.learner(), await cast.trainer(), await cast.stranger()]) {
      const reader = await signedIn(person)
      for (const path of ['', '/RMC-01-L1', '/RMC-01/publication'])
        expect((await reader.get(`/en/manage/curriculum${path}`)).status).to.equal(404)
    }
    expect((await guest().get('/en/manage/curriculum')).location).to.contain('/en/sign-in')
    const admin = await signedIn(await cast.administrator())
    expect((await admin.get(`/ru${LESSON}`)).text).to.contain('Это видят читатели')
    expect((await admin.post(`/en${LESSON}/draft`)).status).to.equal(403)
  })
})

const ALT = { altEn: 'Flows across a border', altRu: 'Потоки через границу' }

const upload = async (reader: Reader, name: string, bytes: Buffer, fields: Record<string, string> = ALT) => {
  const request = reader.agent.post('/en/manage/curriculum/RMC-01/pictures').field('_csrf', await reader.token())
  for (const [field, value] of Object.entries(fields)) request.field(field, value)
  return request.attach('files', bytes, name)
}

const save = async (reader: Reader, page: Page, text: string, revision = String(page.$('[name=revision]').val())) =>
  reader.agent
    .post(`/en${LESSON}/saving`)
    .set('X-CSRF-Token', await reader.token())
    .send({ revision, 'en-body': text })
