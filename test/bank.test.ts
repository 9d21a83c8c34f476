import { expect } from 'chai'
import { load } from 'cheerio'
import { one, sql } from '../lib/db.ts'
import { versionsOf } from '../models/item.ts'
import { keepItem } from '../models/keeping-items.ts'
import './support/app.ts'
import { aCourse } from './support/courses.ts'
import { PICTURE } from './support/items.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'
import { aQuestion, aReviewed } from './support/questions.ts'
import { queriesOf } from './support/queries.ts'
import { type Reader, signedIn } from './support/reader.ts'

const anEditor = () => aPerson({ grants: [{ role: 'content_editor' }] })

/** The form of a new picture question, sent with a file as a browser sends it: the page that comes back. */
async function uploaded(
  reader: Reader,
  fields: Record<string, string>,
  file: { field: string; bytes: Buffer; name: string },
) {
  let request = reader.agent.post('/en/manage/bank/items/new').set('Accept', 'text/html')
  const all = {
    _csrf: await reader.token(),
    module: 'RMC-01',
    type: 'picture',
    outcome: 'RMC-01-LO1',
    difficulty: 'easy',
  }
  for (const [name, value] of Object.entries({ ...all, ...fields })) request = request.field(name, value)
  const answer = await request.attach(`${file.field}.file`, file.bytes, { filename: file.name })
  expect(answer.status).to.equal(422)
  return load(answer.text)
}

describe('the question bank', () => {
  let editor: Someone
  let reader: Reader

  beforeEach(async () => {
    await aCourse()
    editor = await anEditor()
    reader = await signedIn(editor)
  })

  const FIELDS = {
    'prompt.en': 'Who counts people on the move?',
    'prompt.ru': 'Кто считает людей в пути?',
    ...Object.fromEntries(
      ['A border service', 'A bank', 'Nobody'].flatMap((text, n) => [
        [`options.${n}.text.en`, text],
        [`options.${n}.text.ru`, `Вариант ${n}`],
        [`options.${n}.feedback.en`, `Because of ${text}.`],
        [`options.${n}.feedback.ru`, `Потому что ${n}.`],
      ]),
    ),
    'options.0.right': 'yes',
  }
  const begin = (type = 'single') => reader.get(`/en/manage/bank/items/new?module=RMC-01&type=${type}`)

  it('an editor writes a question, tries it in both languages, and sees the points and why', async () => {
    await begin()
    const page = await reader.follow(await reader.submit('/items/new', FIELDS))
    expect(page.path).to.contain('/items/RMC-01-Q05')
    expect(page.text).to.contain('draft')
    const sides = page.$('.item-side')
    expect(sides.eq(0).text()).to.contain('Who counts').and.contain('A border service')
    expect(sides.eq(1).text()).to.contain('Кто считает').and.contain('Вариант 0').and.contain('Проверить ответ')
    const wrong = await reader.get(`${page.path.split('?')[0]}?q2=b`)
    expect(wrong.text).to.contain('Points: 0 of 1').and.contain('Because of A bank.').and.contain('Потому что 1.')
    expect((await reader.get(`${page.path.split('?')[0]}?q1=a`)).text).to.contain('Points: 1 of 1')
  })

  it('buttons add and take away rows without a script and keep what was typed', async () => {
    await begin()
    const more = await reader.submit('/items/new', { ...FIELDS, act: 'add options' })
    expect(more.status).to.equal(200)
    expect(more.$('.item-row')).to.have.length(4)
    expect(more.$('[name="options.1.text.en"]').val()).to.equal('A bank')
    expect(more.$('[name="options.3.id"]').val()).to.equal('d')
    const less = await reader.submit('/items/new', { act: 'remove options.1' })
    expect(less.$('.item-row')).to.have.length(3)
    expect(less.$('[name="options.1.text.en"]').val()).to.equal('Nobody')
    expect(less.$('[name="options.0.right"]').prop('checked')).to.equal(true)
  })

  it('a case holds questions of other types, with gaps and choices inside', async () => {
    await begin('scenario')
    await reader.submit('/items/new', { act: 'add questions cloze' })
    const page = await reader.submit('/items/new', { act: 'add questions.0.gaps choice' })
    expect(page.$('[name="questions.0.gaps.0.choices.2.text.ru"]')).to.have.length(1)
    const more = await reader.submit('/items/new', { act: 'add questions.0.gaps.0.choices' })
    expect(more.$('[name="questions.0.gaps.0.choices.3.text.ru"]')).to.have.length(1)
  })

  it('steps are moved, rows stop at a limit, and a button for what is not there changes nothing', async () => {
    await begin('ordering')
    const steps = { 'steps.0.en': 'Count', 'steps.1.en': 'Check', 'steps.2.en': 'Publish' }
    const page = await reader.submit('/items/new', { ...steps, act: 'up steps.2' })
    expect(page.$('[name="steps.1.en"]').val()).to.equal('Publish')
    for (const act of ['remove steps.9', 'add nothing', 'up __proto__.1', 'add steps.0.en'])
      expect((await reader.submit('/items/new', { act })).$('.item-row'), act).to.have.length(3)
  })

  it('says beside each field what is wrong and keeps the rest, in Russian too', async () => {
    await reader.get('/ru/manage/bank/items/new?module=RMC-01&type=single')
    const page = await reader.submit('/items/new', {
      ...FIELDS,
      'prompt.ru': '',
      'options.0.right': '',
      'options.1.feedback.en': '',
    })
    expect(page.status).to.equal(422)
    expect(page.$('.error-summary').text())
      .to.contain('Вопрос (русский): напишите и этот текст')
      .and.contain('Вариант 2, почему (английский): напишите и этот текст')
      .and.contain('Варианты: ничего не отмечено как верное')
    for (const link of page.$('.error-summary a').toArray())
      expect(page.$(page.$(link).attr('href')!), page.$(link).text()).to.have.length(1)
    expect(page.$('[name="options.2.text.en"]').val()).to.equal('Nobody')
    expect(await one(null, `select count(*)::int as n from items`)).to.deep.equal({ n: 4 })
  })

  it('a preview shows what is not saved yet', async () => {
    await begin()
    const page = await reader.submit('/items/new', { ...FIELDS, act: 'preview' })
    expect(page.status).to.equal(200)
    expect(page.$('.item-side').eq(1).text()).to.contain('Кто считает').and.contain('Баллы: 1 из 1')
    expect(await one(null, `select count(*)::int as n from items`)).to.deep.equal({ n: 4 })
  })

  it('a picture is put in, kept while the form comes back, and needs its words', async () => {
    await begin('picture')
    const bytes = Buffer.from(PICTURE.split(',')[1]!, 'base64')
    const page = await uploaded(reader, FIELDS, { field: 'options.0.picture', bytes, name: 'a.png' })
    expect(page('[name="options.0.picture"][type=hidden]').val()).to.equal(PICTURE)
    expect(page('.error-summary').text()).to.contain('Option 2, picture: fill this in')
    const svg = { field: 'options.1.picture', bytes: Buffer.from('<svg/>'), name: 'b.svg' }
    const wrong = await uploaded(reader, { ...FIELDS, 'options.0.picture': PICTURE }, svg)
    expect(wrong('.error-summary').text()).to.contain('b.svg is not a PNG, JPEG or WebP picture')
    expect(wrong('[name="options.0.picture"][type=hidden]').val()).to.equal(PICTURE)
  })

  it('the second of two editors is told, sees the difference, and overwrites nothing', async () => {
    const { code } = await keepItem(await asActor(editor), aQuestion())
    const other = await signedIn(await anEditor())
    await other.get(`/en/manage/bank/items/${code}/edit`)
    await reader.get(`/en/manage/bank/items/${code}/edit`)
    await reader.follow(await reader.submit('/edit', { 'prompt.en': 'Who counts arrivals?' }))
    const page = await other.submit('/edit', { 'prompt.en': 'Who counts departures?', difficulty: 'hard' })
    expect(page.status).to.equal(422)
    expect(page.text).to.contain('Somebody else has saved').and.contain('Who counts arrivals?')
    expect(page.$('[name="prompt.en"]').val()).to.equal('Who counts departures?')
    expect((await versionsOf(await asActor(editor), code))[0]!.prompt.en).to.equal('Who counts arrivals?')
    await other.follow(await other.submit('/edit'))
    expect((await versionsOf(await asActor(editor), code))[0]).to.include({ difficulty: 'hard' })
  })

  it('another than the author reviews, puts in use, and retires with a reason', async () => {
    const { code } = await keepItem(await asActor(editor), aQuestion())
    expect((await reader.get(`/en/manage/bank/items/${code}`)).text).to.contain('Somebody else reviews this version')
    await reader.post(`/en/manage/bank/items/${code}/review`, { seen: 'x' })
    const other = await signedIn(await cast.coordinator())
    await other.get(`/ru/manage/bank/items/${code}`)
    await other.follow(await other.submit('/review'))
    const used = await other.follow(await other.submit('/items-in-use'))
    expect(used.text).to.contain('у курса появилась новая версия').and.contain('RMC-01 2.0')
    await other.get(`/en/manage/bank/items/${code}`)
    expect((await other.submit('/retirement', { reason: '' })).text).to.contain('Say why')
    const gone = await other.follow(await other.submit('/retirement', { reason: 'Out of date' }))
    expect(gone.text).to.contain('Version 1 is retired').and.contain('Out of date')
  })

  it('a refused retirement says why and keeps the reason', async () => {
    await reader.get('/en/manage/bank/items/RMC-01-Q01')
    const page = await reader.submit('/retirement', { reason: 'Wrong key' })
    expect(page.status).to.equal(422)
    expect(page.text).to.contain('asks 2 questions on RMC-01-LO1, and only 1 would be left')
    expect(page.$('#reason-retirement').val()).to.equal('Wrong key')
  })

  it('the page of a test says in words where questions are missing', async () => {
    await sql(null, `update assessments set blueprint = '{"RMC-01-LO1": {"medium": 1, "hard": 2}, "RMC-01-LO2": 2}'`)
    const page = await reader.get('/en/manage/bank/modules/RMC-01')
    const rows = page
      .$('tbody tr')
      .toArray()
      .map(row => page.$(row).text().replaceAll(/\s+/g, ' ').trim())
    expect(rows[0]).to.contain('medium 1 2 1 to spare')
    expect(rows[1]).to.contain('hard 2 0 2 questions are missing: the test cannot start')
    expect(rows[2]).to.contain('any difficulty 2 2 Just enough')
  })

  it('a copy begins with the words of the first and becomes a question of its own', async () => {
    await reader.get('/en/manage/bank/items/new?from=RMC-01-Q01')
    expect(reader.last!.$('[name="prompt.ru"]').val()).to.equal('Вопрос RMC-01-Q01?')
    const page = await reader.follow(await reader.submit('/items/new', { tags: 'law, copies' }))
    expect(page.path).to.contain('RMC-01-Q05')
    expect(page.text).to.contain('law, copies')
  })

  it('a version says what it changed, and how often it was asked', async () => {
    await keepItem(await asActor(editor), aQuestion({ code: 'RMC-01-Q01', tags: ['new-tag'] }))
    const page = await reader.get('/en/manage/bank/items/RMC-01-Q01')
    expect(page.text).to.contain('Question RMC-01-Q01?').and.contain('new-tag').and.contain('Asked in 0 attempts')
    expect((await reader.get('/en/manage/bank/items/RMC-01-Q01?version=1')).text).to.contain(
      'This is an earlier version',
    )
  })

  it('finds by module, outcome, type, difficulty, state, tag, author, and by text in either language', async () => {
    const other = await asActor(await anEditor())
    const found = async (query: Record<string, string>) =>
      (await reader.get(`/en/manage/bank?${new URLSearchParams(query)}`))
        .$('tbody .code')
        .toArray()
        .map(each => reader.last!.$(each).text())
        .filter(text => /-Q/.test(text))
    const code = await aReviewed(other, await asActor(editor), { difficulty: 'hard', tags: ['law'] })
    expect(await found({ module: 'RMC-01' })).to.have.length(5)
    expect(await found({ module: 'RMC-02' })).to.deep.equal([])
    const queries: Record<string, string>[] = [
      { difficulty: 'hard' },
      { state: 'reviewed' },
      { tag: 'law' },
      { author: String(other.id) },
      { text: 'людей В ПУТИ' },
      { text: 'people on the move', outcome: 'RMC-01-LO1', type: 'single' },
    ]
    for (const query of queries) expect(await found(query), JSON.stringify(query)).to.deep.equal([code])
    expect(await found({ text: '100%' })).to.deep.equal([])
    expect(await found({ state: 'in_use' })).to.have.length(4)
  })

  it('a bank of 5,000 questions is listed and searched in as many statements as one of 50', async () => {
    const fill = (from: number, to: number) =>
      sql(
        null,
        `with new as (insert into items (module_id, code) select m.id, 'RMC-01-Z' || lpad(n::text, 5, '0')
           from modules m, generate_series($1::int, $2::int) n where m.code = 'RMC-01' returning id, code)
         insert into item_versions (item_id, number, outcome_code, difficulty, type, prompt, content, status, content_hash,
           created_at) select new.id, 1, 'RMC-01-LO1', 'easy', v.type,
           jsonb_build_object('en', 'Question ' || new.code, 'ru', 'Вопрос ' || new.code), v.content, 'in_use', 'hash', now()
         from new, (select type, content from item_versions where type = 'single' limit 1) v`,
        [from, to],
      )
    const addresses = ['', '?text=question', '?state=in_use&module=RMC-01', '?after=RMC-01-Z00010']
    const cost = async () => {
      const all = []
      for (const address of addresses) all.push(await queriesOf(() => reader.get(`/en/manage/bank${address}`)))
      return all
    }
    await fill(1, 60)
    await cost()
    const small = await cost()
    await fill(61, 5000)
    expect(await cost()).to.deep.equal(small)
  })

  it('shows fifty at a time, each once', async () => {
    for (let n = 0; n < 52; n++) await keepItem(await asActor(editor), aQuestion())
    const codes: string[] = []
    let page = await reader.get('/en/manage/bank')
    for (;;) {
      codes.push(
        ...page
          .$('tbody th .code')
          .toArray()
          .map(each => page.$(each).text()),
      )
      const next = page.$('button[form=bank][name=after]').last().attr('value')
      if (!next) break
      page = await reader.get(`/en/manage/bank?after=${next}`)
    }
    expect(codes).to.have.length(56)
    expect(new Set(codes).size).to.equal(56)
  })
})
