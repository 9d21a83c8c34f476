import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { sql } from '../../lib/db.ts'
import { kept } from '../../lib/storage.ts'
import { checkCurriculum } from '../../models/curriculum/checking.ts'
import { exportCurriculum, exportFiles } from '../../models/curriculum/exporting.ts'
import { heldFiles } from '../../models/curriculum/files.ts'
import { loadCurriculum } from '../../models/curriculum/loading.ts'
import { filesOf, type WrittenCurriculum, writtenOf } from '../../models/curriculum/writing.ts'
import { theHouse } from '../support/app.ts'
import { reset } from '../support/database.ts'
import { example } from './example.ts'

/**
 * Files and database say the same. Of files in the layout of the export (`bin/curriculum tidy`) every byte comes back;
 * of others, everything but comments, line breaks and quotes of YAML. Ids and moments are not compared.
 */

const SHIPPED = path.join(import.meta.dirname, '../../curriculum')

async function loaded(files: Map<string, string | Buffer>) {
  await reset()
  const uploads = theHouse().config.uploadsDir
  const { problems } = await loadCurriculum(heldFiles(files), { publish: true, actor: null, uploads })
  expect(problems).to.deep.equal([])
}

/** All files of the curriculum in force, with the bytes of those beside lessons. */
async function exported() {
  const files = new Map<string, string | Buffer>(await exportCurriculum())
  for (const { name, sha256 } of await exportFiles()) files.set(name, await kept(theHouse().config.uploadsDir, sha256))
  return files
}

/** Every row of the curriculum without its ids and moments. */
async function rows() {
  const tables: [string, string][] = [
    ['themes', 't.code'],
    ['sources', 't.id'],
    ['glossary_terms', 't.id'],
    ['modules', 't.code'],
    ['module_versions', 't.title'],
    ['outcomes', 't.code'],
    ['lesson_versions', 't.title, t.position'],
    ['texts', 't.body'],
    ['items', 't.code'],
    ['item_versions', 't.content_hash'],
    ['course_versions', 't.title'],
    ['course_parts', 't.position, t.kind'],
    ['assessments', 't.title, t.kind'],
    ['rubric_versions', 't.content_hash'],
    ['form_versions', 't.title'],
    ['module_files', 't.name'],
    ['files', 't.name'],
  ]
  const all: Record<string, unknown> = {}
  for (const [table, order] of tables) {
    const found = await sql<{ row: Record<string, unknown> }>(
      null,
      `select to_jsonb(t) as row from ${table} t order by ${order}`,
    )
    const own = table === 'sources' || table === 'glossary_terms'
    all[table] = found.map(({ row }) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => own || !/(^|_)(id|at)$/.test(name))),
    )
  }
  return all
}

describe('The curriculum as files', function () {
  this.timeout(120_000)

  it('comes out of the database byte for byte as it is shipped', async () => {
    await loadCurriculum(SHIPPED, { publish: true, actor: null })
    const files = await exportCurriculum()
    expect(
      [...files]
        .filter(([file, text]) => readFileSync(path.join(SHIPPED, file), 'utf8') !== text)
        .map(([file]) => file),
    ).to.deep.equal([])
    const { curriculum } = checkCurriculum(SHIPPED)
    expect([...files.keys()].toSorted()).to.deep.equal([...filesOf(writtenOf(curriculum)).keys()].toSorted())
  })

  it('says nothing new to the database it came from', async () => {
    await loadCurriculum(SHIPPED, { publish: true, actor: null })
    const { deeds, ...lists } = await loadCurriculum(heldFiles(await exportCurriculum()), {
      publish: false,
      actor: null,
    })
    expect(deeds.filter(({ deed }) => deed !== 'unchanged')).to.deep.equal([])
    expect(lists).to.deep.equal({ problems: [], themes: 0, sources: 0, terms: 0 })
  })

  it('goes from files to the database and back, and from there to files and back, without a change', async () => {
    await fc.assert(
      fc.asyncProperty(curricula, tables, async (written, table) => {
        const beside = written.modules[0]!.files.map(({ name }): [string, Buffer] => [`RMC-01/${name}`, table])
        const files = new Map<string, string | Buffer>([...filesOf(written), ...beside])
        await loaded(files)
        const before = await rows()
        const first = await exported()
        expect(Object.fromEntries(first)).to.deep.equal(Object.fromEntries(files))
        await loaded(first)
        expect(await rows()).to.deep.equal(before)
        expect(await exported()).to.deep.equal(first)
      }),
      { numRuns: 12, seed: 20261124 },
    )
  })
})

// Curricula like the example, with every word, number, order and optional part drawn anew.
const SIGNS = [
  ' ',
  ': ',
  ' #',
  '"',
  "'",
  '- ',
  '[',
  '{',
  '& ',
  '*',
  '!',
  '%',
  '@',
  '`',
  '\\',
  ' — ',
  '…',
  '?',
  '\u00A0',
]
const said = (letters: string) =>
  fc
    .tuple(
      fc.constantFrom(...letters),
      fc.array(fc.oneof(fc.constantFrom(...letters), fc.constantFrom(...SIGNS)), { maxLength: 30 }),
    )
    .map(([first, rest]) => `${rest.join('')}${first}`.trim())
const words = fc.record({ en: said('abcXYZé'), ru: said('абвЭЮЯё') })
const base = writtenOf(checkCurriculum(heldFiles(new Map(Object.entries(example)))).curriculum)
const [first, second] = base.modules as [WrittenCurriculum['modules'][0], WrittenCurriculum['modules'][0]]
const review = fc.constantFrom('reviewed', 'not_reviewed') as fc.Arbitrary<'reviewed' | 'not_reviewed'>

const item = (index: number) =>
  fc
    .record({
      prompt: words,
      difficulty: fc.constantFrom('easy', 'medium', 'hard'),
      points: fc.constantFrom(undefined, 1, 2, 10),
      tags: fc.constantFrom(undefined, [], ['figures'], ['a', 'b']),
      texts: fc.uniqueArray(words, {
        minLength: 3,
        maxLength: 3,
        selector: each => each.en.toLowerCase() + each.ru.toLowerCase(),
      }),
    })
    .map(({ texts, points, tags, ...drawn }) => {
      const base = first.items[index]!
      const options = base.options as { text: unknown }[]
      return {
        ...base,
        ...drawn,
        ...(points ? { points } : {}),
        ...(tags ? { tags } : {}),
        options: base.type === 'true_false' ? options : options.map((option, at) => ({ ...option, text: texts[at] })),
      } as (typeof first.items)[0]
    })

const arrivals = {
  ...{ code: 'arrivals', kind: 'bars' as const, unit: { en: 'People', ru: 'Человек' } },
  rows: [{ value: 7.5, as_of: { en: '2024', ru: '2024 год' }, sources: ['law-1951'] }],
}

/** Contents of files beside lessons: tables of any words. */
const tables = said('abc;,XYZабв').map(text => Buffer.from(`a;b\n${text}\n`))

const lessonBody = fc.record({ added: words, block: fc.constantFrom('case', 'activity', 'check'), title: words })

const curricula: fc.Arbitrary<WrittenCurriculum> = fc
  .record({
    titles: fc.array(words, { minLength: 12, maxLength: 12 }),
    items: fc.tuple(item(0), item(1)),
    body: lessonBody,
    reviews: fc.array(review, { minLength: 4, maxLength: 4 }),
    terms: fc.uniqueArray(fc.record({ term: words, meaning: words, review }), {
      maxLength: 4,
      selector: each => each.term.en.toLowerCase(),
    }),
    parts: fc.boolean(),
    files: fc.uniqueArray(fc.record({ name: fc.constantFrom('list.csv', 'a-2.csv', '0.csv'), title: words }), {
      maxLength: 3,
      selector: each => each.name,
    }),
    test: fc.record({ pass_percent: fc.integer({ min: 1, max: 100 }), minutes: fc.integer({ min: 1, max: 90 }) }),
    levels: fc.constantFrom('foundation', 'intermediate', 'advanced'),
  })
  .map(({ titles, items, body, reviews, terms, parts, test, levels, files }) => {
    const [title, aim, audience, summary, outcome, lessonTitle, theme, source, intro, label, one, other] =
      titles as (typeof titles)[0][] & { [n: number]: (typeof titles)[0] }
    const lessons = first.lessons.map(lesson => {
      const language = lesson.front.language
      const added = `![](diagram:arrivals)\n\n::: ${body.block} ${plainly(body.title[language])}\n${plainly(body.added[language])}\n:::`
      const front = {
        ...lesson.front,
        title: lessonTitle![language],
        ...(language === 'ru' ? { review: reviews[1]! } : {}),
      }
      return { ...lesson, front, body: `${lesson.body}\n\n${added}` }
    })
    const [entry, unwritten] = first.card.lessons
    const card = {
      ...first.card,
      ...{ title: title!, aim: aim!, audience: audience!, level: levels },
      outcomes: first.card.outcomes.map((each, index) => (index ? each : { ...each, text: outcome! })),
      lessons: [
        { ...entry!, title: lessonTitle! },
        {
          ...unwritten!,
          ...(parts
            ? {
                parts: [
                  { title: one!, hours: 0.5 },
                  { title: other!, hours: 1.5 },
                ],
              }
            : {}),
        },
      ],
      assessment: { summary: summary!, test: { ...first.card.assessment.test!, ...test } },
      translation: { ru: reviews[0]! },
    } as typeof first.card
    const diagrams = [
      { ...arrivals, title: one!, alternative: other!, rows: [{ ...arrivals.rows[0]!, label: label! }] },
    ]
    return {
      themes: [{ ...base.themes[0]!, name: theme! }],
      sources: [{ ...base.sources[0]!, title: source! }],
      terms: [...base.terms, ...terms.map((each, index) => ({ id: `term-${index}`, ...each, sources: ['law-1951'] }))],
      modules: [{ ...first, card, lessons, items, diagrams, files: inOrder(files) }, second],
      forms: base.forms.map(form => ({
        ...form,
        intro: intro!,
        questions: form.questions.map((each, at) => (at ? each : { ...each, label: label! })),
      })),
    } as WrittenCurriculum
  })

const inOrder = (files: { name: string; title: { en: string; ru: string } }[]) =>
  files.toSorted((one, other) => (one.name < other.name ? -1 : 1)).map(file => ({ ...file, size: 1 }))

const plainly = (text: string) => text.replace(/[^\p{L} ]/gu, '').trim()
