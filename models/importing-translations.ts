import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import {
  type Compared,
  compareRows,
  type Deed,
  type Row,
  segmentsOf,
  type Text,
  translatedBy,
} from './bilingual/segments.ts'
import { hashOf } from './curriculum/content.ts'
import { partHash, type PieceContent, pieceName } from './curriculum/pieces.ts'
import { partsOfDraft } from './draft.ts'
import { type Change, lockDraft, saveDraft } from './drafting.ts'
import { mayWrite } from './policies/draft.ts'
import { insist, Refused } from './refused.ts'
import type { Place } from './translating.ts'
import { contentIn, wholeText, withRussian } from './whole-text.ts'
import { lockRendition, saveRendition } from './writing-renditions.ts'

/** Where a table goes: into the Russian of a draft, or into a text of another language. */
export type Goal = { draftId: string } | { rendition: Place }

/** A table between its upload and its use. */
export type TranslationImport = { id: string; name: string; rows: Row[] }

/** English and its translation, as they stand. */
export type Standing = { en: Text; target: Text }

/** Keeps what was read of a table for its preview. Those older than a day go. @returns its id */
export const keepTranslation = (
  actor: Actor,
  goal: Goal,
  { name, rows }: Omit<TranslationImport, 'id'>,
): Promise<string> =>
  inTransaction(async () => {
    insist(mayWrite(actor, 'ru'))
    await sql('translation-imports.forget', 'delete from translation_imports where at < $1', [
      now().subtract({ hours: 24 }),
    ])
    const row = await one<{ id: string }>(
      'translation-imports.add',
      `insert into translation_imports (draft_id, rendition, file_name, rows, by_id, at)
       values ($1, $2, $3, $4, $5, $6) returning id`,
      [...columnsOf(goal), name, JSON.stringify(rows), actor.id, now()],
    )
    return row!.id
  })

const columnsOf = (goal: Goal): [draftId: string | null, rendition: string | null] =>
  'draftId' in goal ? [goal.draftId, null] : [null, `${pieceName(goal.rendition)} ${goal.rendition.language}`]

const GET = `select id, file_name as name, rows from translation_imports
  where id = $1 and (draft_id = $2 or rendition = $3) and by_id = $4`

/** A table that waits to be used, for whoever brought it to this text; or undefined. */
export const keptTranslation = (actor: Actor, goal: Goal, id: string): Promise<TranslationImport | undefined> =>
  one<TranslationImport>('translation-imports.get', GET, [id, ...columnsOf(goal), actor.id])

/** Each segment of the text beside the table's; `mark` changes with whatever stands in either language. */
export const compareTranslation = (
  { rows }: Pick<TranslationImport, 'rows'>,
  { en, target }: Standing,
): { compared: Compared[]; mark: string } => ({
  compared: compareRows(segmentsOf(en, target), rows),
  mark: hashOf([partHash(en), partHash(target)]),
})

/** Both languages of a draft. */
export const standingIn = (content: PieceContent): Standing => ({
  en: wholeText(content, 'en'),
  target: wholeText(content, 'ru'),
})

/**
 * Takes a table over, whole or not at all: what is new in it; what is stale or missing stays as it stands.
 * @param mark what `compareTranslation` gave when the preview was seen
 * @throws Refused 'bilingual.used', 'bilingual.changed', 'bilingual.nothing', 'drafts.ended', 'drafts.notYours'
 */
export const useTranslation = (actor: Actor, goal: Goal, id: string, mark: string): Promise<void> =>
  inTransaction(() =>
    'draftId' in goal ? intoDraft(actor, goal.draftId, id, mark) : intoRendition(actor, goal.rendition, id, mark),
  )

async function intoDraft(actor: Actor, draftId: string, id: string, mark: string) {
  const { kind, code } = await lockDraft(draftId)
  const parts = await partsOfDraft(draftId)
  const standing = contentIn(parts)
  const { content, details } = await taken(actor, { draftId }, { id, mark, ...standingIn(standing) })
  const russian = withRussian(standing, content)
  const changes = parts.flatMap(({ part, revision, content: was }): Change[] =>
    part === 'en' ? [] : [{ part, content: russian[part], seen: { revision, hash: partHash(was) } }],
  )
  await saveDraft(actor, draftId, changes)
  await record(actor, 'translation.imported', 'draft', draftId, { kind, code, ...details })
}

async function intoRendition(actor: Actor, place: Place, id: string, mark: string) {
  const { en, text: target, revision, kind, code, language } = await lockRendition(place)
  const { content, details } = await taken(actor, { rendition: place }, { id, mark, en, target })
  await saveRendition(actor, place, { text: content, seen: revision })
  const name = `${pieceName(place)} ${language}`
  await record(actor, 'translation.imported', 'translation', name, { kind, code, language, ...details })
}

/** Takes a kept table away and says what the text becomes by it. */
async function taken(actor: Actor, goal: Goal, { id, mark, ...standing }: Standing & { id: string; mark: string }) {
  const kept = await one<TranslationImport>('translation-imports.take', `${GET} for update`, [
    ...[id, ...columnsOf(goal)],
    actor.id,
  ])
  if (!kept) throw new Refused('bilingual.used')
  const { compared, mark: current } = compareTranslation(kept, standing)
  if (mark !== current) throw new Refused('bilingual.changed')
  const count = (deed: Deed) => compared.filter(each => each.deed === deed).length
  if (!count('new')) throw new Refused('bilingual.nothing')
  await sql('translation-imports.used', 'delete from translation_imports where id = $1', [id])
  const details = { file: kept.name, taken: count('new'), stale: count('stale'), missing: count('missing') }
  return { content: translatedBy(compared, standing.target), details }
}
