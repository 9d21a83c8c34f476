import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { segmentsOf, type Text } from '../models/bilingual/segments.ts'
import { type DraftPart, liveDraft, partsOfDraft } from '../models/draft.ts'
import { standingIn } from '../models/importing-translations.ts'
import { contentIn } from '../models/whole-text.ts'
import { termsUsed } from '../models/glossary-use.ts'
import { seenParts, stepDraft } from '../models/reviewing-drafts.ts'
import { giveTranslation } from '../models/translating.ts'
import { ownTranslations, sourceChange, translations } from '../models/translation.ts'
import { pieceOf } from '../models/curriculum/pieces.ts'
import { lesson, removeExamples } from './curriculum/example.ts'
import './support/app.ts'
import { runJobs, standAt } from './support/app.ts'
import { aDraft, anExample, aWorkshop, partOf, review, rewrite, type Workshop } from './support/drafts.ts'
import { cast } from './support/people.ts'
import { queriesOf } from './support/queries.ts'
import { signedIn } from './support/reader.ts'

const QUEUE = '/manage/translations'
const LESSON = { ...pieceOf('RMC-01-L1')!, language: 'ru' }

const needs = async () => (await translations()).map(({ kind, code, need }) => `${kind} ${code} ${need}`)

/** The lesson with changed English that its reviewer approved: the Russian waits. */
async function changedEnglish(
  { editor, reviewer }: Workshop,
  change = (body: string) => body.replace('1951 ', '1952 '),
) {
  const draft = await aDraft(editor.actor, 'RMC-01-L1')
  await rewrite(editor.actor, draft, 'en', ({ body }) => ({ body: change(body) }))
  for (const [person, step] of [
    [editor, 'send'],
    [reviewer, 'approve'],
  ] as const)
    await stepDraft(person.actor, draft.id, step, seenParts(await partsOfDraft(draft.id)))
  return draft
}

describe('the queue of translation', function () {
  this.timeout(60_000)
  after(removeExamples)
  beforeEach(() => anExample())

  it('says what is new, what lacks parts, what is stale and what nobody reviewed', async () => {
    const workshop = await aWorkshop()
    expect(await needs()).to.deep.equal(['card RMC-01 review', 'lesson RMC-01-L1 review', 'card RMC-02 review'])
    const draft = await changedEnglish(workshop)
    expect(await needs()).to.include('lesson RMC-01-L1 stale')
    const card = await aDraft(workshop.editor.actor, 'RMC-02')
    await rewrite(workshop.editor.actor, card, 'ru', () => ({ aim: '' }))
    await rewrite(workshop.translator.actor, draft, 'ru', () => ({ body: '' }))
    expect(await needs()).to.deep.equal(['card RMC-01 review', 'lesson RMC-01-L1 new', 'card RMC-02 missing'])
  })

  it('a text leaves it when its Russian is reviewed', async () => {
    const workshop = await aWorkshop()
    await review(await aDraft(workshop.editor.actor, 'RMC-01-L1'), workshop)
    expect(await needs()).to.deep.equal(['card RMC-01 review', 'card RMC-02 review'])
  })

  it('what is published is stale once its English has another fingerprint', async () => {
    await sql(null, `update texts set body = body || ' "Quoted" \\ new' where language = 'en'`)
    expect(await needs()).to.include('lesson RMC-01-L1 stale')
    await sql(null, `update texts set body = replace(body, ' "Quoted" \\ new', '') where language = 'en'`)
    expect(await needs()).to.include('lesson RMC-01-L1 review')
  })

  it('what the files publish is stale where they changed its English alone', async () => {
    const english = { 'RMC-01/L1.en.md': lesson('en', 'One more word.') }
    await anExample(english)
    expect(await needs()).to.include('lesson RMC-01-L1 stale')
    await anExample({ ...english, 'RMC-01/L1.ru.md': lesson('ru', 'Ещё одно слово.') })
    expect(await needs()).to.include('lesson RMC-01-L1 review')
  })

  it('a draft of Russian that is behind its English begins behind it', async () => {
    const { editor } = await aWorkshop()
    await sql(null, `update texts set body = body || ' New.' where language = 'en'`)
    const draft = await aDraft(editor.actor, 'RMC-01-L1')
    expect(await needs()).to.include('lesson RMC-01-L1 stale')
    expect(await sourceChange(draft.id, await partsOfDraft(draft.id))).to.include({ before: null })
  })

  it('costs the same number of statements whatever is in it', async () => {
    const { editor } = await aWorkshop()
    const reader = await signedIn(editor)
    const few = await queriesOf(() => reader.get(`/en${QUEUE}`))
    await aDraft(editor.actor, 'RMC-01-L1')
    await aDraft(editor.actor, 'RMC-02')
    await giveTranslation(editor.actor, LESSON, { personId: (await aTranslator()).id, dueOn: '2099-01-01' })
    expect(await queriesOf(() => reader.get(`/en${QUEUE}`))).to.equal(few)
  })

  it('a translator is asked once by mail, sees it at home, and no more when it is reviewed', async () => {
    standAt('2026-11-24T06:42:00Z')
    const workshop = await aWorkshop()
    const { editor, translator, second } = workshop
    const draft = await changedEnglish(workshop)
    const reader = await signedIn(editor)
    await reader.get(`/en${QUEUE}/RMC-01-L1`)
    expect((await reader.submit('/task', { person: '', dueOn: '' })).text).to.contain('Choose a person')
    expect((await reader.submit('/task', { person: translator.id, dueOn: '2026-11-23' })).text).to.contain('is over')
    await reader.follow(await reader.submit('/task', { person: translator.id, dueOn: '2026-11-24' }))
    await reader.follow(await reader.submit('/task', { person: translator.id, dueOn: '2026-11-25' }))
    expect((await reader.get(`/en${QUEUE}?need=stale`)).text)
      .to.contain('Olga Pak')
      .and.contain('by 25 November 2026')
    await runJobs()
    const mails = await sql<{ subject: string }>(null, `select subject from mails where kind = 'translation-given'`)
    expect(mails.map(({ subject }) => subject)).to.deep.equal(['Please translate RMC-01-L1 by 25 November 2026'])
    const home = await (await signedIn(translator)).get('/ru/home')
    expect(home.text).to.contain('Перевести: Термины (RMC-01-L1)').and.contain('25 ноября 2026')
    const coordinator = await signedIn(await cast.coordinator())
    expect((await coordinator.get('/en/home')).text).to.contain('1 text of the curriculum waits for its Russian')
    standAt('2026-11-26T06:42:00Z')
    expect((await coordinator.get('/en/home')).text).to.contain('1 translation is past its day')
    const late = await coordinator.get(`/en${QUEUE}?due=late`)
    expect(late.$('tbody tr').length).to.equal(1)
    for (const [person, step] of [
      [translator, 'translated'],
      [second, 'reviewed'],
    ] as const)
      await stepDraft(person.actor, draft.id, step, seenParts(await partsOfDraft(draft.id)))
    expect(await ownTranslations(translator.id)).to.deep.equal([])
    expect(await one(null, 'select count(*)::int as n from translation_tasks where ended_at is null')).to.deep.equal({
      n: 0,
    })
  })

  it('another person takes the place of who was asked, and what is taken back is nobody’s', async () => {
    const { editor, translator, second } = await aWorkshop()
    const ask = (personId: string) => giveTranslation(editor.actor, LESSON, { personId, dueOn: '2099-01-01' })
    await ask(translator.id)
    await ask(second.id)
    expect([await ownTranslations(translator.id), (await ownTranslations(second.id)).length]).to.deep.equal([[], 1])
    const reader = await signedIn(editor)
    await reader.get(`/en${QUEUE}/RMC-01-L1`)
    await reader.follow(await reader.submit('/task/ending'))
    expect(await ownTranslations(second.id)).to.deep.equal([])
  })

  it('nobody who does not translate is asked, and a translator asks nobody', async () => {
    const { editor, reviewer, translator } = await aWorkshop()
    const reader = await signedIn(editor)
    await reader.get(`/en${QUEUE}/RMC-01-L1`)
    const page = await reader.submit('/task', { person: reviewer.id, dueOn: '2099-01-01' })
    expect([page.status, page.text.includes('does not translate')]).to.deep.equal([422, true])
    expect(
      (await (await signedIn(translator)).get(`/en${QUEUE}/RMC-01-L1`)).$('form[action$="/task"]').length,
    ).to.equal(0)
  })

  it('the editor shows the English sentences that changed since, then and now', async () => {
    const workshop = await aWorkshop()
    const draft = await changedEnglish(workshop, body => `${body.replace('1951 [', '1952 [')}\n\nA new sentence.`)
    const reader = await signedIn(workshop.translator)
    const page = await reader.get('/en/manage/curriculum/RMC-01-L1/edit')
    expect(page.text).to.contain('2 sentences')
    expect(page.$('.changed-sentences del').text()).to.equal('1951')
    expect(page.$('.changed-sentences ins').text()).to.equal('1952A new sentence.')
    await stepDraft(workshop.translator.actor, draft.id, 'translated', seenParts(await partsOfDraft(draft.id)))
    expect(await sourceChange(draft.id, await partsOfDraft(draft.id))).to.equal(null)
    expect((await reader.get('/en/manage/curriculum/RMC-01-L1/edit')).$('.changed-sentences').length).to.equal(0)
  })

  it('a term whose Russian is not the glossary’s is flagged in the editor and in the queue', async () => {
    const { editor, translator } = await aWorkshop()
    const draft = await aDraft(editor.actor, 'RMC-01-L1')
    const reader = await signedIn(translator)
    expect((await reader.get(`/en${QUEUE}?module=RMC-01`)).text).to.not.contain('to look at')
    await rewrite(translator.actor, draft, 'ru', ({ body }) => ({ body: body.replaceAll('Закон', 'Акт') }))
    expect((await reader.get(`/en${QUEUE}?module=RMC-01`)).text).to.contain('1 term to look at')
    const page = await reader.get('/en/manage/curriculum/RMC-01-L1/edit')
    expect(page.$('.terms').text()).to.contain('Закон').and.contain('Not found in the translation')
  })

  it('a translator writes the Russian of outcomes, and nothing else of what is common to both languages', async () => {
    const { editor, reviewer, translator, second } = await aWorkshop()
    const draft = await aDraft(editor.actor, 'RMC-01')
    await stepDraft(editor.actor, draft.id, 'send', seenParts(await partsOfDraft(draft.id)))
    await stepDraft(reviewer.actor, draft.id, 'approve', seenParts(await partsOfDraft(draft.id)))
    const reader = await signedIn(translator)
    const page = await reader.get('/en/manage/curriculum/RMC-01/edit')
    expect(page.$('[name="ru-word-outcomes-1-text"]').val()).to.equal('Определить')
    expect(page.$('[name="en-ru-word-outcomes-1-text"]').attr()).to.include({ lang: 'en', readonly: '' })
    const fields = { 'ru-word-outcomes-1-text': 'Давать определение', go: 'save' }
    await reader.follow(await reader.submit('/edit', fields))
    const outcomes = async () => (await partOf(draft, 'all')).content.outcomes as { text: object; level: string }[]
    expect((await outcomes())[0]).to.deep.include({
      text: { en: 'Define', ru: 'Давать определение' },
      level: 'remember',
    })
    expect((await liveDraft('card', 'RMC-01'))!.status, 'the English stays approved').to.equal('en_approved')
    const written = (await partOf(draft, 'all')).content
    for (const change of [
      { level: 'advanced' },
      { outcomes: [{ ...(await outcomes())[0], text: { en: 'Name', ru: 'Назвать' } }] },
    ])
      await rewrite(translator.actor, draft, 'all', () => change).then(
        () => expect.fail('a translator wrote what is not Russian'),
        error => expect(error.key).to.equal('drafts.notYours'),
      )
    expect((await partOf(draft, 'all')).content).to.deep.equal(written)
    await stepDraft(translator.actor, draft.id, 'translated', seenParts(await partsOfDraft(draft.id)))
    const review = (who: typeof translator) =>
      partsOfDraft(draft.id).then(parts => stepDraft(who.actor, draft.id, 'reviewed', seenParts(parts)))
    await review(translator).then(
      () => expect.fail('a translator reviewed own words'),
      error => expect(error.key).to.equal('drafts.ownWork'),
    )
    await review(second)
  })

  it('English words of an outcome that change make its Russian stale, and a table has them', async () => {
    const workshop = await aWorkshop()
    const draft = await aDraft(workshop.editor.actor, 'RMC-01')
    await rewrite(workshop.editor.actor, draft, 'all', ({ outcomes }) => ({
      outcomes: outcomes.map((each: { text: { en: string; ru: string } }, at: number) =>
        at ? each : { ...each, text: { ...each.text, en: 'Define and tell apart' } },
      ),
    }))
    expect(await needs()).to.include('card RMC-01 stale')
    const page = await (await signedIn(workshop.translator)).get('/en/manage/curriculum/RMC-01/edit')
    expect(page.$('.changed-sentences ins').text()).to.contain('tell apart')
    const segments = segmentsOf(...both(await partsOfDraft(draft.id)))
    expect(segments.find(({ id }) => id === 'outcomes-1-text')).to.include({
      en: 'Define and tell apart',
      target: 'Определить',
    })
  })
})

const both = (parts: DraftPart[]): [Text, Text] => {
  const { en, target } = standingIn(contentIn(parts))
  return [en, target]
}

const aTranslator = async () =>
  (await one<{ id: string }>(null, `select person_id as id from role_grants where role = 'translator' limit 1`))!

describe('terms used', () => {
  const term = (id: string, en: string, ru: string) => ({
    id,
    term: { en, ru },
    meaning: { en: '', ru: '' },
    sourceIds: [] as string[],
    ruReviewed: true,
  })
  const terms = [
    term('refugee', 'Refugee', 'Беженец'),
    term('stateless', 'Stateless person', 'Лицо без гражданства (апатрид)'),
    term('smuggling', 'Smuggling of migrants', 'Незаконный ввоз мигрантов'),
    term('asylum', 'Asylum-seeker', 'Лицо, ищущее убежища'),
  ]
  const found = (en: string, ru: string) =>
    termsUsed({ body: en }, { body: ru }, terms).map(({ id, kept }) => `${id} ${kept}`)

  it('are known in every case and number, and by their other name', () => {
    expect(found('Refugees met stateless persons.', 'Беженцы встретили лиц без гражданства.')).to.deep.equal([
      'refugee true',
      'stateless true',
    ])
    expect(found('A stateless person.', 'Об апатридах.')).to.deep.equal(['stateless true'])
    expect(found('Asylum-seekers.', 'Лицам, ищущим убежища.')).to.deep.equal(['asylum true'])
    expect(found('The smuggling of migrants.', 'Борьба с незаконным ввозом мигрантов.')).to.deep.equal([
      'smuggling true',
    ])
  })

  it('are doubted where the Russian has another word, and not where there is no Russian', () => {
    expect(found('The smuggling of migrants.', 'Контрабанда мигрантов.')).to.deep.equal(['smuggling false'])
    expect(found('A refugee.', '')).to.deep.equal(['refugee true'])
  })
})
