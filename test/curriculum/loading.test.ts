import { join } from 'node:path'
import { expect } from 'chai'
import { one, type Row, sql } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import { checkCurriculum } from '../../models/curriculum/checking.ts'
import { type Deed, loadCurriculum } from '../../models/curriculum/loading.ts'
import { publishProposals } from '../../models/curriculum/publishing.ts'
import '../support/app.ts'
import { diagramOf, edited, lesson, removeExamples, writeExample } from './example.ts'

type Changed = { [file: string]: string | null }

const card = 'RMC-01/module.yaml'
const bank = 'RMC-01/bank.yaml'
const corrected = edited(card, 'en: To begin.', 'en: To begin well.')
const newWord = {
  'RMC-01/L1.en.md': lesson('en', 'One more word.'),
  'RMC-01/L1.ru.md': lesson('ru', 'Ещё одно слово.'),
}

const load = (changed: Changed = {}, publish = false) => loadCurriculum(writeExample(changed), { publish, actor: null })

async function deedsOf(changed: Changed = {}, publish = false) {
  const { deeds, problems } = await load(changed, publish)
  expect(problems).to.deep.equal([])
  return deeds
}

const told = (deeds: Deed[]) => deeds.map(({ code, version, deed }) => `${code} ${version} ${deed}`)
const rmc01 = (deeds: Deed[]) => deeds.find(({ code }) => code === 'RMC-01')!

/** Every row that loading may write, as text. */
const TABLES = (
  'themes sources modules module_versions outcomes lessons lesson_versions texts items item_versions courses ' +
  'course_versions prerequisites assessments forms form_versions course_parts audit_entries'
).split(' ')

async function rows(tables = TABLES) {
  const found: { [table: string]: string[] } = {}
  for (const table of tables) {
    const lines = await sql<{ line: string }>(null, `select t::text as line from ${table} t order by 1`)
    found[table] = lines.map(({ line }) => line)
  }
  return found
}

const published = () =>
  sql<Row>(
    null,
    `select v.id, v.content_hash, v.aim, c.id as course, c.rules, t.body from module_versions v
     join course_versions c on c.module_version_id = v.id left join lesson_versions l on l.module_version_id = v.id
     left join texts t on t.owner_id = l.id where v.published_at is not null order by v.id, l.id, t.language`,
  )

const items = () =>
  sql<{ code: string; number: number; status: string }>(
    null,
    `select i.code, v.number, v.status from item_versions v join items i on i.id = v.item_id order by i.code, v.number`,
  )

const itemLines = async () => (await items()).map(({ code, number, status }) => `${code} ${number} ${status}`)

/** As if somebody had edited a lesson's text in the platform, in the newest version. */
async function editText(language: string, body: string) {
  await sql(
    null,
    `update texts set body = $2, html = '<p>edited</p>', origin = 'platform' where language = $1 and owner_id = (
       select l.id from lesson_versions l join module_versions v on v.id = l.module_version_id
       join modules m on m.id = v.module_id where m.code = 'RMC-01' and l.written order by v.id desc limit 1)`,
    [language, body],
  )
}

/** The example with a diagram in both languages of its lesson. */
const withDiagram = (value: number): Changed => ({
  'RMC-01/L1.en.md': lesson('en', '![](diagram:arrivals)'),
  'RMC-01/L1.ru.md': lesson('ru', '![](diagram:arrivals)'),
  'RMC-01/diagrams.yaml': diagramOf(value),
})

/** What the bar of the diagram says in each stored text, from the oldest version on. */
async function shownValues() {
  const texts = await sql<{ html: string }>(null, 'select html from texts order by owner_id, language')
  return texts.map(({ html }) => /class="strong"><tspan[^>]*>(\d+)</.exec(html)?.[1])
}

const newestTexts = async () =>
  (
    await sql<{ language: string; body: string; html: string; origin: string }>(
      null,
      `select t.language, t.body, t.html, t.origin from texts t join lesson_versions l on l.id = t.owner_id
       where l.module_version_id = (select v.id from module_versions v join modules m on m.id = v.module_id
         where m.code = 'RMC-01' order by v.major desc, v.minor desc limit 1) order by t.language`,
    )
  ).map(text => ({ ...text, body: text.body.trim() }))

describe('Loading the curriculum', function () {
  this.timeout(20_000)
  after(removeExamples)

  it('proposes versions and publishes nothing', async () => {
    expect(told(await deedsOf())).to.deep.equal(['evaluation 1 proposed', 'RMC-01 1.0 proposed', 'RMC-02 1.0 proposed'])
    expect(await published()).to.deep.equal([])
    expect(await itemLines()).to.deep.equal(['RMC-01-Q01 1 draft', 'RMC-01-Q02 1 draft'])
    expect(
      await sql(
        null,
        'select code from form_versions v join forms f on f.id = v.form_id where published_at is not null',
      ),
    ).to.deep.equal([])
    expect(await sql(null, 'select * from prerequisites')).to.deep.equal([])
  })

  it('stores lessons in both languages with rendered text, sources and the state of the translation', async () => {
    await deedsOf()
    const texts = await sql<Row>(
      null,
      'select language, status, source_ids, source_hash, html from texts order by language',
    )
    expect(texts.map(({ language, status }) => [language, status])).to.deep.equal([
      ['en', 'source'],
      ['ru', 'not_reviewed'],
    ])
    expect(texts[0]!.source_ids).to.deep.equal(['law-1951'])
    expect(texts[0]!.html).to.include('<a class="citation" href="#source-1">[1]</a>')
    expect(texts[0]!.source_hash).to.equal(null)
    expect(texts[1]!.source_hash).to.be.a('string')
    const lessons = await sql<Row>(null, 'select position, written, minutes from lesson_versions order by id')
    expect(lessons.map(row => Object.values(row))).to.deep.equal([
      [1, true, 45],
      [2, false, null],
      [1, false, null],
    ])
  })

  it('makes the course of written lessons, test and evaluation', async () => {
    const evaluation = { 'forms/evaluation.yaml': null, 'forms/final-evaluation.yaml': form() }
    await deedsOf(evaluation)
    const parts = await sql<Row>(
      null,
      `select c.code, p.position, p.kind from course_parts p join course_versions v on v.id = p.course_version_id
       join courses c on c.id = v.course_id order by c.code, p.position`,
    )
    expect(parts.map(row => Object.values(row).join(' '))).to.deep.equal([
      'RMC-01 1 lesson',
      'RMC-01 2 assessment',
      'RMC-01 3 form',
      'RMC-02 1 form',
    ])
    const version = await one<Row>(null, `select rules from course_versions order by id limit 1`)
    expect(version!.rules).to.deep.include({ kind: 'achievement', passPercent: 70, evaluation: true })
    expect(
      await one(null, 'select blueprint, pass_percent, attempts, minutes, per_page, feedback from assessments'),
    ).to.deep.equal({
      blueprint: { 'RMC-01-LO1': 1, 'RMC-01-LO2': 1 },
      ...{ pass_percent: 70, attempts: 3, minutes: 30, per_page: 5, feedback: 'after_attempt' },
    })
  })

  it('loads nothing of a curriculum with a mistake, and lists every mistake', async () => {
    const { problems, deeds } = await load({
      ...edited(card, 'level: foundation', 'level: basic'),
      ...edited('RMC-02/module.yaml', '[RMC-01]', '[RMC-07]'),
    })
    expect(problems.map(({ file, line }) => `${file}:${line}`)).to.deep.equal([`${card}:4`, 'RMC-02/module.yaml:10'])
    expect(deeds).to.deep.equal([])
    for (const [table, lines] of Object.entries(await rows())) expect(lines, table).to.deep.equal([])
  })

  it('leaves nothing behind when it breaks off in the middle', async () => {
    await sql(null, `alter table courses add constraint broken check (code <> 'RMC-02')`)
    try {
      await load({}, true).then(
        () => expect.fail('loading should have failed'),
        error => expect(String(error)).to.include('broken'),
      )
    } finally {
      await sql(null, 'alter table courses drop constraint broken')
    }
    for (const [table, lines] of Object.entries(await rows())) expect(lines, table).to.deep.equal([])
  })

  it('changes nothing when it runs again, before and after publication', async () => {
    for (const publish of [false, true]) {
      await deedsOf({}, publish)
      const before = await rows()
      const deeds = await deedsOf({}, publish)
      expect(deeds.map(({ deed }) => deed)).to.deep.equal(['unchanged', 'unchanged', 'unchanged'])
      expect(await rows()).to.deep.equal(before)
    }
  })

  it('publishes at once where it is told so, as the demo does', async () => {
    expect(told(await deedsOf({}, true))).to.deep.equal([
      'evaluation 1 published',
      'RMC-01 1.0 published',
      'RMC-02 1.0 published',
    ])
    expect(await itemLines()).to.deep.equal(['RMC-01-Q01 1 in_use', 'RMC-01-Q02 1 in_use'])
    const required = await sql<Row>(
      null,
      `select c.code, r.code as requires from prerequisites p join courses c on c.id = p.course_id
       join courses r on r.id = p.requires_id`,
    )
    expect(required).to.deep.equal([{ code: 'RMC-02', requires: 'RMC-01' }])
  })

  it('proposes a minor version of a corrected text and leaves the published one as it was', async () => {
    await deedsOf({}, true)
    const before = await published()
    expect(told(await deedsOf(newWord))).to.deep.equal([
      'evaluation 1 unchanged',
      'RMC-01 1.1 proposed',
      'RMC-02 1.0 unchanged',
    ])
    expect(await published()).to.deep.equal(before)
    expect(await itemLines()).to.deep.equal(['RMC-01-Q01 1 in_use', 'RMC-01-Q02 1 in_use'])
  })

  const majors: [string, Changed][] = [
    ['outcomes', edited(card, 'text: {en: Define, ru: Определить}', 'text: {en: Name, ru: Назвать}')],
    ['items', edited(bank, 'prompt: {en: True?, ru: Верно?}', 'prompt: {en: Right?, ru: Так ли это?}')],
    ['rules', edited(card, 'pass_percent: 70', 'pass_percent: 80')],
  ]
  for (const [part, changed] of majors)
    it(`proposes a major version when ${part} change`, async () => {
      await deedsOf({}, true)
      const before = await published()
      expect(rmc01(await deedsOf(changed)).version).to.equal('2.0')
      expect(await published()).to.deep.equal(before)
    })

  it('takes the number in the file when it is higher', async () => {
    await deedsOf({}, true)
    const changed = edited(card, 'version: "1.0"', 'version: "3.2"')[card]!.replace('en: To begin.', 'en: To start.')
    expect(rmc01(await deedsOf({ [card]: changed })).version).to.equal('3.2')
  })

  it('keeps an item in use until its new version is published, then retires the old one and the dropped one', async () => {
    await deedsOf({}, true)
    const other = edited(bank, 'prompt: {en: True?, ru: Верно?}', 'prompt: {en: Right?, ru: Так ли это?}')
    const renamed = { [bank]: other[bank]!.replace('RMC-01-Q01', 'RMC-01-Q03') }
    await deedsOf(renamed)
    const waiting = ['RMC-01-Q01 1 in_use', 'RMC-01-Q02 1 in_use', 'RMC-01-Q02 2 draft', 'RMC-01-Q03 1 draft']
    expect(await itemLines()).to.deep.equal(waiting)
    expect(await publishProposals(null)).to.deep.equal(['RMC-01 2.0'])
    const inUse = ['RMC-01-Q01 1 retired', 'RMC-01-Q02 1 retired', 'RMC-01-Q02 2 in_use', 'RMC-01-Q03 1 in_use']
    expect(await itemLines()).to.deep.equal(inUse)
  })

  it('puts a new proposal in the place of the one that waits', async () => {
    await deedsOf({}, true)
    await deedsOf(corrected)
    expect(rmc01(await deedsOf(newWord)).version).to.equal('1.1')
    const versions = await sql<Row>(
      null,
      `select major, minor, aim from module_versions v join modules m on m.id = v.module_id where m.code = 'RMC-01' order by v.id`,
    )
    expect(versions).to.have.length(2)
    expect(versions[1]!.aim).to.deep.equal({ en: 'To begin.', ru: 'Начать.' })
  })

  it('withdraws the proposal when the files are again as published', async () => {
    await deedsOf({}, true)
    const other = edited(bank, 'prompt: {en: True?, ru: Верно?}', 'prompt: {en: Right?, ru: Так ли это?}')
    await deedsOf(other)
    expect(rmc01(await deedsOf())).to.deep.include({ deed: 'withdrawn', version: '1.0' })
    expect(await itemLines()).to.deep.equal(['RMC-01-Q01 1 in_use', 'RMC-01-Q02 1 in_use'])
    expect(rmc01(await deedsOf()).deed).to.equal('unchanged')
  })

  it('leaves a proposal that a training uses where it is', async () => {
    await deedsOf()
    await sql(
      null,
      `insert into trainings (code, course_id, course_version_id, format, enrollment_mode, hours, status, created_at)
       select 'T-1', course_id, v.id, 'self_paced', 'open', 4, 'draft', $1 from course_versions v
       join courses c on c.id = v.course_id where c.code = 'RMC-01'`,
      [now()],
    )
    expect(rmc01(await deedsOf(corrected)).version).to.equal('1.1')
    const count = await one<Row>(
      null,
      `select count(*)::int as n from module_versions v join modules m on m.id = v.module_id where m.code = 'RMC-01'`,
    )
    expect(count!.n).to.equal(2)
  })

  it('never writes over a text edited in a proposal, and says so', async () => {
    await deedsOf()
    await editText('ru', 'Правка переводчика.')
    const again = rmc01(await deedsOf())
    expect(again).to.deep.include({ deed: 'unchanged', leftAlone: ['RMC-01-L1 (ru)'] })
    const changed = rmc01(await deedsOf(newWord))
    expect(changed).to.deep.include({ deed: 'proposed', version: '1.1', leftAlone: ['RMC-01-L1 (ru)'] })
    const [english, russian] = await newestTexts()
    expect(english!.body).to.include('One more word.')
    expect(russian).to.deep.include({
      body: 'Правка переводчика.',
      html: '<p>Правка переводчика.</p>\n',
      origin: 'platform',
    })
    expect(rmc01(await deedsOf(newWord)).deed).to.equal('unchanged')
  })

  it('takes a text edited in a published version over into the next proposal', async () => {
    await deedsOf({}, true)
    await editText('ru', 'Правка переводчика.')
    expect(rmc01(await deedsOf(newWord)).leftAlone).to.deep.equal(['RMC-01-L1 (ru)'])
    expect((await newestTexts())[1]!.body).to.equal('Правка переводчика.')
    expect(rmc01(await deedsOf(corrected)).version).to.equal('1.2')
    expect((await newestTexts())[1]!.body).to.equal('Правка переводчика.')
  })

  it('proposes a minor version of a corrected row of a diagram, and the same rows say nothing new', async () => {
    await deedsOf(withDiagram(7), true)
    expect(told(await deedsOf(withDiagram(7)))).to.include('RMC-01 1.0 unchanged')
    expect(told(await deedsOf(withDiagram(8)))).to.include('RMC-01 1.1 proposed')
    expect(await shownValues()).to.deep.equal(['7', '7', '8', '8'])
  })

  it('keeps the words of a text edited in the platform and draws its diagrams anew', async () => {
    await deedsOf(withDiagram(7), true)
    await editText('en', 'Edited.\n\n![](diagram:arrivals)')
    await deedsOf(withDiagram(8))
    const [english] = await newestTexts()
    expect(english!.html)
      .to.match(/^<p>Edited\.<\/p>/)
      .and.to.contain('>8</tspan>')
      .and.not.to.contain('>7</tspan>')
  })

  it('never writes over a card edited in the platform', async () => {
    await deedsOf()
    await sql(
      null,
      `update module_versions set origin = 'platform', aim = '{"en": "Ours.", "ru": "Наше."}' where aim ->> 'en' = 'To begin.'`,
    )
    const deed = rmc01(await deedsOf(newWord))
    expect(deed).to.deep.include({ deed: 'proposed', leftAlone: ['module.yaml'] })
    const aims = await sql<Row>(
      null,
      `select aim ->> 'en' as aim from module_versions v join modules m on m.id = v.module_id where m.code = 'RMC-01'`,
    )
    expect(aims.map(({ aim }) => aim)).to.deep.equal(['Ours.', 'Ours.'])
    expect(rmc01(await deedsOf(newWord)).deed).to.equal('unchanged')
  })

  it('never writes over an item edited in the platform', async () => {
    await deedsOf({}, true)
    await sql(
      null,
      `update item_versions set origin = 'platform', content_hash = 'theirs', prompt = '{"en": "Ours?", "ru": "Наш?"}'
       where item_id = (select id from items where code = 'RMC-01-Q01')`,
    )
    const other = edited(bank, 'prompt: {en: Which one?, ru: Который?}', 'prompt: {en: Which?, ru: Какой?}')
    expect(rmc01(await deedsOf(other, true)).leftAlone).to.deep.equal(['RMC-01-Q01'])
    const prompts = await sql<Row>(
      null,
      `select prompt ->> 'en' as prompt, status from item_versions order by item_id, number`,
    )
    expect(prompts[0]).to.deep.equal({ prompt: 'Ours?', status: 'in_use' })
    expect(prompts).to.have.length(2)
  })

  it('keeps a lesson edited in the platform, and an item made there, when the files drop them', async () => {
    await deedsOf({}, true)
    await editText('en', 'Edited here.')
    await sql(
      null,
      `with made as (insert into items (module_id, code) select id, 'RMC-01-P01' from modules where code = 'RMC-01' returning id)
       insert into item_versions (item_id, number, outcome_code, difficulty, type, prompt, content, status, content_hash,
         origin, created_at)
       select id, 1, 'RMC-01-LO1', 'easy', 'single', '{"en": "?", "ru": "?"}', '{"options": []}', 'in_use', 'theirs', 'platform', $1 from made`,
      [now()],
    )
    const without = edited(card, '    file: L1\n', '')
    const deed = rmc01(await deedsOf({ ...without, 'RMC-01/L1.en.md': null, 'RMC-01/L1.ru.md': null }, true))
    expect(deed).to.deep.include({ deed: 'published', version: '2.0', leftAlone: ['RMC-01-L1 (en)', 'RMC-01-P01'] })
    expect((await newestTexts()).map(({ body }) => body)).to.deep.equal(['Edited here.'])
    expect(await itemLines()).to.include('RMC-01-P01 1 in_use')
  })

  it('proposes a new version of a changed form and a minor version of the courses that end with it', async () => {
    const with1 = { 'forms/evaluation.yaml': null, 'forms/final-evaluation.yaml': form() }
    const with2 = { ...with1, 'forms/final-evaluation.yaml': form().replace('en: Say.', 'en: Tell us.') }
    await deedsOf(with1, true)
    const before = await sql(null, 'select id, intro, content_hash from form_versions')
    expect(told(await deedsOf(with2))).to.deep.equal([
      'final-evaluation 2 proposed',
      'RMC-01 1.1 proposed',
      'RMC-02 1.1 proposed',
    ])
    expect(
      await sql(null, 'select id, intro, content_hash from form_versions where published_at is not null'),
    ).to.deep.equal(before)
    expect(told(await deedsOf(with2))[0]).to.equal('final-evaluation 2 unchanged')
  })

  it('writes down who proposed and who published', async () => {
    const person = await one<{ id: string }>(
      null,
      `insert into people (name_latin, sex, locale, zone, created_at) values ('An Editor', 'woman', 'en', 'Asia/Baku', $1)
       returning id`,
      [now()],
    )
    await loadCurriculum(writeExample(), { publish: false, actor: person! })
    await publishProposals(person!, ['RMC-02'])
    const lines = await sql<Row>(
      null,
      `select action, details ->> 'code' as code, actor_id from audit_entries order by id`,
    )
    expect(lines.map(({ action, code }) => `${action} ${code}`)).to.deep.equal([
      'form.proposed evaluation',
      'module.proposed RMC-01',
      'module.proposed RMC-02',
      'module.published RMC-02',
    ])
    expect(new Set(lines.map(({ actor_id }) => actor_id))).to.deep.equal(new Set([person!.id]))
  })

  it('loads and publishes the curriculum that is shipped', async () => {
    const shipped = join(import.meta.dirname, '../../curriculum')
    const { problems, deeds, themes } = await loadCurriculum(shipped, { publish: true, actor: null })
    expect(problems).to.deep.equal([])
    expect(new Set(deeds.map(({ deed }) => deed))).to.deep.equal(new Set(['published']))
    expect(themes).to.equal(7)
    const tot = await one<Row>(null, `select kind, position from courses where code = 'RMC-TOT'`)
    expect(tot).to.deep.equal({ kind: 'tot', position: 13 })
    const drawn = await one<Row>(null, `select count(*)::int as n from item_versions where status = 'in_use'`)
    const written = checkCurriculum(shipped).curriculum.modules.flatMap(({ bank }) => bank?.entries ?? [])
    expect(drawn!.n).to.equal(written.length)
  })
})

function form() {
  return edited('forms/evaluation.yaml', 'code: evaluation', 'code: final-evaluation')['forms/evaluation.yaml']!
}
