import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { briefOf } from '../models/assignment.ts'
import { exportCurriculum } from '../models/curriculum/exporting.ts'
import { heldFiles } from '../models/curriculum/files.ts'
import { loadCurriculum } from '../models/curriculum/loading.ts'
import { editionOf, publishDrafts } from '../models/publishing-drafts.ts'
import { liveDraft } from '../models/draft.ts'
import './support/app.ts'
import { reset } from './support/database.ts'
import { aDraft, anExample, aWorkshop, review, rewrite, type Workshop } from './support/drafts.ts'
import { example, removeExamples, writeExample } from './curriculum/example.ts'

const SHIPPED = new URL('../curriculum', import.meta.url).pathname
const NOTE = { en: 'The year of the law.', ru: 'Год принятия закона.' }
const corrected = ({ body }: { body: string }) => ({ body: body.replace('1951 ', '1952 ') })

async function publish({ editor }: Workshop, note: typeof NOTE | null = NOTE) {
  const { seen } = await editionOf('RMC-01')
  return publishDrafts(editor.actor, 'RMC-01', { note, seen })
}

async function aCorrection() {
  await anExample()
  const workshop = await aWorkshop()
  const draft = await aDraft(workshop.editor.actor, 'RMC-01-L1')
  await rewrite(workshop.editor.actor, draft, 'en', corrected)
  await rewrite(workshop.translator.actor, draft, 'ru', corrected)
  await review(draft, workshop)
  return { workshop, draft }
}

describe('Publishing drafts', function () {
  this.timeout(30_000)
  after(removeExamples)

  it('puts a correction in force as a minor version, in both languages, rendered and with its note', async () => {
    const { workshop } = await aCorrection()
    expect(await publish(workshop)).to.deep.include({ version: '1.1', major: false })
    const texts = await sql<{ language: string; html: string; status: string; origin: string }>(
      null,
      `select x.language, x.html, x.status, x.origin from texts x join lesson_versions l on l.id = x.owner_id
       join module_versions m on m.id = l.module_version_id where m.minor = 1 and m.note = $1 order by x.language`,
      [JSON.stringify(NOTE)],
    )
    expect(texts.map(({ language, status, origin }) => `${language} ${status} ${origin}`)).to.deep.equal([
      'en source platform',
      'ru reviewed platform',
    ])
    for (const { html } of texts) expect(html).to.include('1952').and.include('<p>')
    expect(await liveDraft('lesson', 'RMC-01-L1')).to.equal(undefined)
  })

  it('comes out as files, which say the same elsewhere', async () => {
    const { workshop } = await aCorrection()
    await publish(workshop)
    const files = await exportCurriculum()
    expect(files.get('RMC-01/L1.en.md')).to.include('The law is of 1952')
    expect(files.get('RMC-01/L1.ru.md')).to.include('review: reviewed')
    await reset()
    await loadCurriculum(heldFiles(files), { publish: true, actor: null })
    expect(Object.fromEntries(await exportCurriculum())).to.deep.equal(Object.fromEntries(files))
  })

  it('is not undone by the files it began from', async () => {
    const { workshop } = await aCorrection()
    await publish(workshop)
    const { deeds } = await loadCurriculum(writeExample(), { publish: true, actor: null })
    expect(deeds.find(({ code }) => code === 'RMC-01')).to.deep.include({ deed: 'unchanged' })
    expect((await exportCurriculum()).get('RMC-01/L1.en.md')).to.include('1952')
  })

  it('brings a corrected brief to those who work on the assignment already', async () => {
    await loadCurriculum(SHIPPED, { publish: true, actor: null })
    const { id } = (await one<{ id: string }>(null, `select id from assessments where kind = 'assignment'`))!
    const workshop = await aWorkshop()
    const draft = await aDraft(workshop.editor.actor, 'RMC-01-assignment')
    await rewrite(workshop.editor.actor, draft, 'en', ({ body }) => ({ body: `${body}\n\nNew words.` }))
    await rewrite(workshop.translator.actor, draft, 'ru', ({ body }) => ({ body: `${body}\n\nНовые слова.` }))
    await review(draft, workshop)
    expect(await publish(workshop)).to.deep.include({ major: false })
    expect((await briefOf(id, 'ru'))!.html).to.include('Новые слова.')
    expect(await briefOf(id, 'ru')).to.include({ status: 'reviewed' })
  })

  it('makes a major version where outcomes change, and asks for no note then', async () => {
    await anExample()
    const workshop = await aWorkshop()
    const draft = await aDraft(workshop.editor.actor, 'RMC-01')
    await rewrite(workshop.editor.actor, draft, 'all', ({ outcomes }) => ({
      outcomes: outcomes.map((each: object, index: number) => (index ? each : { ...each, level: 'evaluate' })),
    }))
    await review(draft, workshop)
    expect(await publish(workshop, null)).to.deep.include({ version: '2.0', major: true })
  })

  it('refuses a correction without a note, and one whose text is no longer the one that was seen', async () => {
    const { workshop, draft } = await aCorrection()
    expect(await refusal(publish(workshop, null))).to.equal('drafts.noteNeeded')
    const { seen } = await editionOf('RMC-01')
    await sql(null, 'update draft_parts set revision = revision + 1 where draft_id = $1', [draft.id])
    expect(await refusal(publishDrafts(workshop.editor.actor, 'RMC-01', { note: NOTE, seen }))).to.equal(
      'drafts.changed',
    )
  })

  it('refuses one language only, and Russian that lacks a source', async () => {
    await anExample()
    const workshop = await aWorkshop()
    const draft = await aDraft(workshop.editor.actor, 'RMC-01-L1')
    await sql(null, `update drafts set status = 'ru_reviewed' where id = $1`, [draft.id])
    for (const change of [
      () => ({ body: '' }),
      ({ body }: { body: string }) => ({ body: `${body}\n\nЕщё 300 человек.` }),
    ]) {
      await sql(null, `update drafts set status = 'draft' where id = $1`, [draft.id])
      await rewrite(workshop.editor.actor, draft, 'ru', change)
      await sql(null, `update drafts set status = 'ru_reviewed' where id = $1`, [draft.id])
      expect(await refusal(publish(workshop))).to.equal('drafts.problems')
    }
  })

  it('refuses a text that came from files meanwhile', async () => {
    const { workshop } = await aCorrection()
    const other = example['RMC-01/L1.en.md']!.replace('The law is of 1951', 'The law was of 1951')
    await loadCurriculum(writeExample({ 'RMC-01/L1.en.md': other }), { publish: true, actor: null })
    expect(await refusal(publish(workshop))).to.equal('drafts.moved')
  })
})

const refusal = (act: Promise<unknown>) =>
  act.then(
    () => undefined,
    error => error.key ?? String(error),
  )
