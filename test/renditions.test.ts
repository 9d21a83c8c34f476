import { expect } from 'chai'
import { readSheet } from 'read-excel-file/node'
import { one, sql } from '../lib/db.ts'
import { sheetOf } from '../lib/sheets.ts'
import { renditionQueue } from '../models/rendition.ts'
import { stepRendition } from '../models/releasing-renditions.ts'
import { Refused } from '../models/refused.ts'
import { aPersianTraining, PERSIAN, persian, release, write } from './support/renditions.ts'
import { aPlace, anExample, aWorkshop } from './support/drafts.ts'
import { cast } from './support/people.ts'
import { type Reader, signedIn } from './support/reader.ts'
import './support/app.ts'
import { lesson, removeExamples } from './curriculum/example.ts'

const QUEUE = '/manage/translations'
const LESSON = `${QUEUE}/RMC-01-L1/fa`

const needs = async () =>
  (await renditionQueue()).map(({ kind, code, language, need }) => `${kind} ${code} ${language} ${need}`)

const refusal = (act: Promise<unknown>) =>
  act.then(
    () => 'done',
    error => {
      if (!(error instanceof Refused)) throw error
      return error.key
    },
  )

async function takenOut(desk: Reader): Promise<string[][]> {
  await desk.get(`/en${LESSON}`)
  const sent = await desk.submit('/fa/table')
  expect(sent.headers['content-disposition']).to.contain('RMC-01-L1-fa.xlsx')
  return (await readSheet(sent.bytes)).slice(1) as string[][]
}

describe('a language agreed for a training', function () {
  this.timeout(60_000)
  after(removeExamples)

  it('the whole way: agreed, asked for, written, reviewed, read right to left, and English where nothing is yet', async () => {
    const house = await aPersianTraining()
    const { training, learner, translator, second } = house
    const coordinator = await signedIn(await cast.coordinator())
    expect((await coordinator.get('/en/home')).text).to.contain('3 texts wait for a language agreed for a training')
    const queue = await coordinator.get(`/en${QUEUE}?language=fa`)
    expect(queue.text).to.contain('Persian').and.contain('Lesson 1 of RMC-01')
    await coordinator.get(`/en${LESSON}`)
    await coordinator.follow(await coordinator.submit('/task', { person: translator.id, dueOn: '2099-01-01' }))

    const desk = await signedIn(translator)
    expect((await desk.get('/en/home')).text).to.contain('Translate: Lesson 1 of RMC-01 (RMC-01-L1), Persian')
    const editor = await desk.get(`/en${LESSON}/edit`)
    expect(editor.$('#body').attr()).to.include({ lang: 'fa', dir: 'rtl' })
    expect(editor.$('#en-body').attr()).to.include({ lang: 'en', dir: 'ltr' })
    await desk.follow(await desk.submit('/fa/edit', { ...PERSIAN, go: 'save' }))
    await desk.follow(await desk.submit('/fa/translation'))
    const reviewer = await signedIn(second)
    await reviewer.get(`/en${LESSON}`)
    await reviewer.follow(await reviewer.submit('/fa/review'))

    const reader = await signedIn(learner)
    const base = `/en/trainings/${training.code}/lessons`
    const before = await reader.get(`${base}/RMC-01-L1`)
    expect(before.$('article.lesson').attr('lang')).to.equal('en')
    const page = await reader.follow(await reader.submit('/language', { language: 'fa' }))
    expect(page.$('html').attr('dir'), 'the pages stay English').to.equal('ltr')
    expect(page.$('article.lesson').attr()).to.include({ lang: 'fa', dir: 'rtl' })
    expect(page.$('h1').attr()).to.include({ lang: 'fa', dir: 'rtl' })
    expect(page.text).to.contain('درس نخست').and.contain('می‌آموزد').and.not.contain('not yet')
    const other = await reader.get(`${base}/RMC-01-L2`)
    expect(other.text).to.contain('Not yet in Persian; shown in English.')
    expect(other.$('article.lesson').attr()).to.include({ lang: 'en', dir: 'ltr' })
    const paper = await reader.get(`/en/trainings/${training.code}/reading`)
    expect(paper.$('article.lesson[lang=fa][dir=rtl]')).to.have.length(1)
    expect((await coordinator.get(`/en${QUEUE}?language=fa`)).text).to.not.contain('RMC-01-L1 ')
  })

  it('the fallback is the one that was stated for the training', async () => {
    const { training, learner } = await aPersianTraining({ fallbackLanguage: 'ru' })
    const reader = await signedIn(learner)
    await reader.get(`/en/trainings/${training.code}/lessons/RMC-01-L1`)
    const page = await reader.follow(await reader.submit('/language', { language: 'fa' }))
    expect(page.text).to.contain('Not yet in Persian; shown in Russian.')
    expect(page.$('article.lesson').attr('lang')).to.equal('ru')
  })

  it('what is not reviewed is read by nobody, and nobody reviews their own words', async () => {
    const house = await aPersianTraining()
    await write(house.translator, PERSIAN)
    const step = async (who: typeof house.translator, what: 'translated' | 'reviewed') => {
      const place = await persian()
      return refusal(stepRendition(who.actor, place, what, { seen: place.revision }))
    }
    expect(await step(house.translator, 'translated')).to.equal('done')
    expect(await step(house.translator, 'reviewed')).to.equal('drafts.ownWork')
    expect(await one(null, `select count(*)::int as n from texts where language = 'fa'`)).to.deep.equal({ n: 0 })
    expect(await step(house.second, 'reviewed')).to.equal('done')
    expect(await one(null, `select count(*)::int as n from texts where language = 'fa'`)).to.deep.equal({ n: 2 })
  })

  it('English that changes makes it stale, in the queue and before its readers', async () => {
    const house = await aPersianTraining()
    await release(house)
    expect(await needs()).to.not.include('lesson RMC-01-L1 fa stale')
    await sql(null, `update texts set body = body || ' More.' where language = 'en'`)
    expect(await needs()).to.include('lesson RMC-01-L1 fa stale')
    const reader = await signedIn(house.learner)
    await reader.get(`/en/trainings/${house.training.code}/lessons/RMC-01-L1`)
    const page = await reader.follow(await reader.submit('/language', { language: 'fa' }))
    expect(page.text).to.contain('The English of this lesson changed after this translation (Persian).')
    const desk = await signedIn(house.translator)
    expect((await desk.get(`/en${LESSON}/edit`)).$('.changed-sentences ins').text()).to.contain('More.')
  })

  it('two who write at once: the second sees the other text, and nothing is overwritten', async () => {
    const { translator, second } = await aPersianTraining()
    const desk = await signedIn(second)
    await desk.get(`/en${LESSON}/edit`)
    await write(translator, PERSIAN)
    const page = await desk.submit('/fa/edit', { title: 'دیگر', body: 'متن', go: 'save' })
    expect([page.status, page.text.includes('Shirin Rahimi')]).to.deep.equal([422, true])
    expect((await persian()).text).to.deep.equal(PERSIAN)
    await desk.follow(await desk.submit('/fa/edit', { go: 'save' }))
    expect((await persian()).text.title).to.equal('دیگر')
  })

  it('what is built otherwise than the English is refused with what differs', async () => {
    const { translator } = await aPersianTraining()
    const desk = await signedIn(translator)
    for (const [body, said] of [
      ['متن بدون عنوان', 'The headings differ'],
      ['## یک <b>واژه</b>', 'The text has HTML'],
      ['## یک واژه\n\nمتن [@law-1951]', 'The sources cited differ'],
    ] as const) {
      await write(translator, { title: 'درس', body })
      await desk.get(`/en${LESSON}`)
      const page = await desk.submit('/fa/translation')
      expect([page.status, page.text.includes(said)], `${said}: ${page.text.slice(0, 400)}`).to.deep.equal([422, true])
    }
    await write(translator, { title: '', body: PERSIAN.body })
    await desk.get(`/en${LESSON}`)
    expect(await needs()).to.include('lesson RMC-01-L1 fa missing')
    expect((await desk.submit('/fa/translation')).text).to.contain('Some fields have no text yet')
  })

  it('a language that nobody agreed on is nowhere', async () => {
    const { training, learner, translator } = await aPersianTraining()
    const desk = await signedIn(translator)
    expect((await desk.get(`/en${QUEUE}/RMC-01-L1/ur`)).status).to.equal(404)
    const reader = await signedIn(learner)
    const page = await reader.post(`/en/trainings/${training.code}/lessons/RMC-01-L1/language`, { language: 'ur' })
    expect([page.status, page.text.includes('no lessons in that language')]).to.deep.equal([422, true])
    await sql(null, `update trainings set languages = '{en,ru}'`)
    expect(await needs()).to.deep.equal([])
    expect((await desk.get(`/en${LESSON}`)).status).to.equal(404)
  })

  it('a card that is reviewed says on the page of the training what the course is for', async () => {
    const house = await aPersianTraining()
    const card = { title: 'بنیادها', aim: 'آغاز کردن', audience: 'همه', summary: 'یک آزمون' }
    await release(house, card, 'RMC-01')
    const page = await (await signedIn(house.learner)).get(`/ru/trainings/${house.training.code}`)
    expect(page.$('details[lang=fa][dir=rtl]').text()).to.contain('فارسی: بنیادها').and.contain('آغاز کردن')
  })

  it('goes out as a table and comes back by a preview; the table of another language is refused', async () => {
    const { translator } = await aPersianTraining()
    const desk = await signedIn(translator)
    const bring = async (rows: (string | null)[][]) => {
      const headers = ['piece', 'segment', 'source', 'english', 'translation']
      await desk.get(`/en${LESSON}`)
      return desk.agent
        .post(`/en${LESSON}/tables`)
        .set('Accept', 'text/html')
        .field('_csrf', await desk.token())
        .attach('file', await sheetOf('RMC-01-L1-fa', headers, rows), 'back.xlsx')
    }
    const rows = await takenOut(desk)
    expect(rows.map(([piece, segment]) => `${piece} ${segment}`)).to.deep.equal([
      ...['title', 'body-1', 'body-2'].map(segment => `RMC-01-L1-fa ${segment}`),
    ])
    const turned = rows.map((row, at) => [...row.slice(0, 4), ['درس', '## یک واژه', 'متن'][at]!])
    const sent = await bring(turned)
    const preview = await desk.get(String(sent.headers.location))
    expect(preview.text).to.contain('New: 3.')
    expect(preview.$('td div[lang=fa][dir=rtl]').length).to.be.greaterThan(0)
    expect((await persian()).revision).to.equal(0)
    await desk.follow(await desk.submit(preview.path.slice(3)))
    expect((await persian()).text).to.deep.equal({ title: 'درس', body: '## یک واژه\n\nمتن' })
    const wrong = await bring(turned.map(row => ['RMC-01-L1-ur', ...row.slice(1)]))
    expect([wrong.status, wrong.text.includes('belongs to another text')]).to.deep.equal([422, true])
  })

  it('the glossary comes into the language too, and words used against it are flagged', async () => {
    await anExample()
    const { translator } = await aWorkshop()
    const code = await aPlace((await cast.learner()).id)
    await sql(
      null,
      `update trainings set languages = '{en,ru,fa,kk}', agreed_condition = 'Letter 12' where code = $1`,
      [code],
    )
    expect(await needs())
      .to.include('glossary glossary fa new')
      .and.include('glossary glossary kk new')
    const desk = await signedIn(translator)
    await desk.get(`/en${QUEUE}/glossary/fa/edit`)
    await desk.follow(await desk.submit('/fa/edit', { law: 'قانون', go: 'save' }))
    const { en } = await persian()
    await write(translator, { title: 'واژه‌ها', body: `${en.body} قانون‌ها` })
    const doubted = async () =>
      (await renditionQueue())
        .find(each => each.kind === 'lesson' && each.language === 'fa')!
        .terms.map(({ id, word, kept }) => `${id} ${word} ${kept}`)
    expect(await doubted()).to.include('law قانون true')
    await write(translator, { title: 'واژه‌ها', body: en.body!.replaceAll('](term:law)', '](https://rtcm.az)') })
    expect(await doubted()).to.include('law قانون false')
    const queue = await desk.get(`/en${QUEUE}?language=fa`)
    expect(queue.text).to.contain('1 term to look at')
    expect((await desk.get(`/en${LESSON}/edit`)).text).to.contain('Not found in the translation')
  })

  it('goes with its lesson into the next version, and does not stand in its way', async () => {
    await anExample()
    const { translator, second } = await aWorkshop()
    const learner = await cast.learner()
    const code = await aPlace(learner.id)
    await sql(null, `update trainings set languages = '{en,ru,fa}', agreed_condition = 'Letter 12' where code = $1`, [
      code,
    ])
    const { en } = await persian()
    await release({ translator, second }, { title: 'واژه‌ها', body: en.body! })
    await anExample({ 'RMC-01/L1.en.md': lesson('en', 'One more word.') })
    expect(await one(null, 'select count(*)::int as n from module_versions where published_at is not null')).to.include(
      { n: 3 },
    )
    const reader = await signedIn(learner)
    await reader.get(`/en/trainings/${code}/lessons/RMC-01-L1`)
    const page = await reader.follow(await reader.submit('/language', { language: 'fa' }))
    expect(page.$('h1').text()).to.equal('واژه‌ها')
    expect(page.text).to.contain('The English of this lesson changed after this translation')
    expect(await needs()).to.include('lesson RMC-01-L1 fa stale')
  })
})
