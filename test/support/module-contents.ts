import { one, sql } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import type { SomeLesson, SomeItem } from './courses.ts'
import { idOf } from './rows.ts'

/** What a module of a test is made of: outcomes, lessons with texts, questions in use. */

export type Words = { en: string; ru: string }

const THEMES: [string, string, string][] = [
  ['foundations', 'Foundations and law', 'Основы и право'],
  ['protection', 'Protection and counter-trafficking', 'Защита и противодействие торговле людьми'],
]

/** Lists every course leans on: themes, and one source. */
export async function fillLists() {
  for (const [position, [code, en, ru]] of THEMES.entries())
    await sql(
      'test.theme',
      'insert into themes (code, position, name) values ($1, $2, $3) on conflict (code) do nothing',
      [code, position, JSON.stringify({ en, ru })],
    )
  await sql(
    'test.source',
    `insert into sources (id, title, publisher, dated, address, checked_on) values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do nothing`,
    [
      'refugee-convention-1951',
      JSON.stringify({ en: 'Convention relating to the Status of Refugees', ru: 'Конвенция о статусе беженцев' }),
      JSON.stringify({ en: 'United Nations', ru: 'Организация Объединённых Наций' }),
      ...['1951-07-28', 'https://www.example.org/refugee-convention', '2026-11-20'],
    ],
  )
}

/** The two outcomes of a module, by their codes. */
export async function addOutcomes(code: string, moduleVersionId: string): Promise<string[]> {
  const outcomes = [`${code}-LO1`, `${code}-LO2`]
  for (const [index, outcome] of outcomes.entries())
    await sql(
      'test.outcome',
      'insert into outcomes (module_version_id, code, position, level, text) values ($1, $2, $3, $4, $5)',
      [
        ...[moduleVersionId, outcome, index + 1, 'understand'],
        JSON.stringify({ en: `Explain part ${index + 1}`, ru: `Объяснить часть ${index + 1}` }),
      ],
    )
  return outcomes
}

/** Lesson number `n` of a module, with texts where it is written. */
export async function addLesson(
  ...[code, moduleId, moduleVersionId, n, written, languages]: [string, string, string, number, boolean, string[]]
): Promise<SomeLesson> {
  const lessonCode = `${code}-L${n}`
  const title = { en: `Lesson ${n} of ${code}`, ru: `Урок ${n} курса ${code}` }
  const id = await idOf(
    'test.lesson',
    `insert into lessons (module_id, code) values ($1, $2)
     on conflict (code) do update set code = excluded.code returning id`,
    [moduleId, lessonCode],
  )
  const versionId = await idOf(
    'test.lesson-version',
    `insert into lesson_versions (module_version_id, lesson_id, position, title, hours, minutes, written, further)
     values ($1, $2, $3, $4, 2, $5, $6, $7) returning id`,
    [moduleVersionId, id, n, JSON.stringify(title), written ? 45 : null, written, ['refugee-convention-1951']],
  )
  if (written)
    for (const language of languages)
      await sql(
        'test.text',
        `insert into texts (owner_kind, owner_id, field, language, body, html, source_ids, status)
         values ('lesson_version', $1, 'body', $2, $3, $4, $5, $6)`,
        [versionId, language, ...bodyOf(lessonCode, language), ['refugee-convention-1951'], statusOf(language)],
      )
  return { id, code: lessonCode, versionId, title }
}

const statusOf = (language: string) => (language === 'en' ? 'source' : 'not_reviewed')

function bodyOf(code: string, language: string): [string, string] {
  const text = language === 'en' ? `What ${code} teaches.` : `Чему учит ${code}.`
  const heading = language === 'en' ? 'One word' : 'Одно слово'
  const citation = '<a class="citation" href="#source-1">[1]</a>'
  return [`## ${heading}\n\n${text}`, `<h2 id="part-1">${heading}</h2>\n<p>${text} ${citation}</p>\n`]
}

/** Question number `n` of a module in use, about an outcome; every third has several right options. */
export async function addItem(code: string, moduleId: string, outcome: string, n: number): Promise<SomeItem> {
  const itemCode = `${code}-Q${String(n).padStart(2, '0')}`
  const type = n % 3 === 0 ? 'multiple' : 'single'
  const right = type === 'multiple' ? ['a', 'b'] : ['a']
  const options = ['a', 'b', 'c', 'd'].map(id => ({
    id,
    text: { en: `Option ${id} of ${itemCode}`, ru: `Вариант ${id} вопроса ${itemCode}` },
    right: right.includes(id),
    feedback: { en: `About ${id}.`, ru: `О варианте ${id}.` },
  }))
  const itemId = await idOf(
    'test.item',
    `insert into items (module_id, code) values ($1, $2)
     on conflict (code) do update set code = excluded.code returning id`,
    [moduleId, itemCode],
  )
  const number = (await one<{ n: number }>(
    'test.item-number',
    'select count(*)::int + 1 as n from item_versions where item_id = $1',
    [itemId],
  ))!.n
  await sql('test.item-retire', `update item_versions set status = 'retired' where item_id = $1`, [itemId])
  const versionId = await idOf(
    'test.item-version',
    `insert into item_versions (item_id, number, outcome_code, difficulty, type, prompt, content, status, content_hash, created_at)
     values ($1, $2, $3, 'medium', $4, $5, $6, 'in_use', 'hash', $7) returning id`,
    [
      ...[itemId, number, outcome, type],
      JSON.stringify({ en: `Question ${itemCode}?`, ru: `Вопрос ${itemCode}?` }),
      ...[JSON.stringify({ options }), now()],
    ],
  )
  return { code: itemCode, versionId, type, right, wrong: ['c', 'd'] }
}
