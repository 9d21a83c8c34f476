import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { type Compared, compareRows, type Row, russianOf, segmentsOf, type Text } from './bilingual/segments.ts'
import { hashOf } from './curriculum/content.ts'
import { partHash } from './curriculum/pieces.ts'
import { type DraftPart, partsOfDraft } from './draft.ts'
import { lockDraft, saveDraft } from './drafting.ts'
import { mayWrite } from './policies/draft.ts'
import { insist, Refused } from './refused.ts'

/** A table between its upload and its use. */
export type TranslationImport = { id: string; draftId: string; name: string; rows: Row[] }

/** Keeps what was read of a table for its preview. Those older than a day go. @returns its id */
export const keepTranslation = (
  actor: Actor,
  { draftId, name, rows }: Omit<TranslationImport, 'id'>,
): Promise<string> =>
  inTransaction(async () => {
    insist(mayWrite(actor, 'ru'))
    await sql('translation-imports.forget', 'delete from translation_imports where at < $1', [
      now().subtract({ hours: 24 }),
    ])
    const row = await one<{ id: string }>(
      'translation-imports.add',
      'insert into translation_imports (draft_id, file_name, rows, by_id, at) values ($1, $2, $3, $4, $5) returning id',
      [draftId, name, JSON.stringify(rows), actor.id, now()],
    )
    return row!.id
  })

const GET = `select id, draft_id as "draftId", file_name as name, rows from translation_imports
  where id = $1 and draft_id = $2 and by_id = $3`

/** A table that waits to be used, for whoever brought it to this draft; or undefined. */
export const keptTranslation = (actor: Actor, draftId: string, id: string): Promise<TranslationImport | undefined> =>
  one<TranslationImport>('translation-imports.get', GET, [id, draftId, actor.id])

/** Each segment of the draft beside the table's; `mark` changes with whatever the draft says in either language. */
export function compareTranslation(
  { rows }: TranslationImport,
  parts: DraftPart[],
): { compared: Compared[]; mark: string } {
  const [en, ru] = [contentOf(parts, 'en'), contentOf(parts, 'ru')]
  return { compared: compareRows(segmentsOf(en, ru), rows), mark: hashOf([partHash(en), partHash(ru)]) }
}

const contentOf = (parts: DraftPart[], name: 'en' | 'ru') => parts.find(({ part }) => part === name)!.content as Text

/**
 * Takes a table over into the draft, whole or not at all: what is new in it; what is stale or missing stays as it stands.
 * @param mark what `compareTranslation` gave when the preview was seen
 * @throws Refused 'bilingual.used', 'bilingual.changed', 'bilingual.nothing', 'drafts.ended', 'drafts.notYours'
 */
export const useTranslation = (actor: Actor, draftId: string, id: string, mark: string): Promise<void> =>
  inTransaction(async () => {
    const { kind, code } = await lockDraft(draftId)
    const kept = await one<TranslationImport>('translation-imports.take', `${GET} for update`, [id, draftId, actor.id])
    if (!kept) throw new Refused('bilingual.used')
    const parts = await partsOfDraft(draftId)
    const { compared, mark: current } = compareTranslation(kept, parts)
    if (mark !== current) throw new Refused('bilingual.changed')
    const count = (deed: Compared['deed']) => compared.filter(each => each.deed === deed).length
    if (!count('new')) throw new Refused('bilingual.nothing')
    const { revision, content } = parts.find(({ part }) => part === 'ru')!
    const seen = { revision, hash: partHash(content) }
    await saveDraft(actor, draftId, [{ part: 'ru', content: russianOf(compared, content as Text), seen }])
    await sql('translation-imports.used', 'delete from translation_imports where id = $1', [id])
    const details = {
      kind,
      code,
      file: kept.name,
      taken: count('new'),
      stale: count('stale'),
      missing: count('missing'),
    }
    await record(actor, 'translation.imported', 'draft', draftId, details)
  })
