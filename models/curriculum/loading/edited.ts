import { sql } from '../../../lib/db.ts'
import type { ModuleContent } from '../content.ts'
import { translator } from '../own-words.ts'
import { rendered } from '../rendering.ts'
import type { Language, Words } from '../shapes.ts'
import type { Place } from './module.ts'
import type { Version } from './numbers.ts'

type EditedText = {
  lesson: string
  language: Language
  body: string
  html: string
  sourceIds: string[]
  status: string
  sourceHash: string | null
}
type EditedCard = { title: Words; aim: Words; audience: Words; summary: Words }

/** What was edited in the platform and stays as it is. */
export type Kept = {
  card: EditedCard | undefined
  texts: EditedText[]
  /** Codes of items whose newest version was made in the platform. */
  items: Set<string>
  /** The same for people, only where it differs from the files. */
  leftAlone: string[]
}

/** Collects the parts of a module's newest version, and its items, that carry the origin `platform`. */
export async function keepEdited(place: Place, newest: Version | undefined, content: ModuleContent): Promise<Kept> {
  const texts = (newest ? await editedTexts(newest.id) : []).map(text => drawnAnew(text, content))
  const card = newest?.origin === 'platform' ? await editedCard(newest.id) : undefined
  const items = await editedItems(place)
  const { title, aim, audience, assessment } = content.card
  const filed = { title, aim, audience, summary: assessment.summary }
  const leftAlone = [
    ...(card && !sameWords(card, filed) ? ['module.yaml'] : []),
    ...texts.filter(text => text.body !== filedBody(content, text)).map(text => `${text.lesson} (${text.language})`),
    ...items.filter(({ code, hash }) => hash !== filedItem(content, code)).map(({ code }) => code),
  ]
  return { card, texts, items: new Set(items.map(({ code }) => code)), leftAlone }
}

// The words stay as they were edited here; the diagrams between them are those of the files.
const drawnAnew = (text: EditedText, { card, diagrams, files }: ModuleContent): EditedText => ({
  ...text,
  ...rendered({ code: card.code, diagrams, files }, text.body, translator(text.language), text.language),
})

const editedTexts = (versionId: string) =>
  sql<EditedText>(
    'curriculum.edited-texts',
    `select l.code as lesson, t.language, t.body, t.html, t.source_ids as "sourceIds", t.status,
       t.source_hash as "sourceHash"
     from texts t join lesson_versions v on v.id = t.owner_id join lessons l on l.id = v.lesson_id
     where t.owner_kind = 'lesson_version' and t.origin = 'platform' and t.language in ('en', 'ru')
       and v.module_version_id = $1
     order by l.code, t.language`,
    [versionId],
  )

const editedCard = async (versionId: string) =>
  (
    await sql<EditedCard>(
      'curriculum.edited-card',
      'select title, aim, audience, assessment_summary as summary from module_versions where id = $1',
      [versionId],
    )
  )[0]

const editedItems = ({ moduleId }: Place) =>
  sql<{ code: string; hash: string }>(
    'curriculum.edited-items',
    `select i.code, v.content_hash as hash from items i
     join lateral (select * from item_versions where item_id = i.id order by number desc limit 1) v on true
     where i.module_id = $1 and v.origin = 'platform' order by i.code`,
    [moduleId],
  )

const sameWords = (one: EditedCard, other: EditedCard) =>
  (['title', 'aim', 'audience', 'summary'] as const).every(
    field => one[field].en === other[field].en && one[field].ru === other[field].ru,
  )

const filedBody = ({ lessons }: ModuleContent, { lesson, language }: EditedText) =>
  lessons.find(({ code }) => code === lesson)?.texts.find(text => text.language === language)?.body

const filedItem = ({ items }: ModuleContent, code: string) => items.find(({ item }) => item.code === code)?.hash
