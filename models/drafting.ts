import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record, transition } from './audit.ts'
import { partHash, type Piece, type PieceContent } from './curriculum/pieces.ts'
import { type Draft, type DraftPart, type DraftStatus, type PartName, partsOfDraft } from './draft.ts'
import { mayWrite } from './policies/draft.ts'
import { insist, Refused } from './refused.ts'
import { endTranslations } from './translating.ts'
import { staleSource } from './translation.ts'
import { changedAs, englishHash } from './whole-text.ts'

/** What somebody typed into one part, and which of its revisions they began from. */
export type Change = { part: PartName; content: Record<string, unknown>; seen: Seen }
export type Seen = { revision: number; hash: string }

export type Saved = { saved: true; at: Temporal.Instant; parts: DraftPart[] } | { saved: false; newer: DraftPart[] }

/** One sitting of one person is one step of the history: an older text is kept when a pause or another person follows. */
const SITTING = { minutes: 10 }

/**
 * Begins to edit a piece as it is published; a draft that is there already goes on.
 * @throws Refused 'drafts.notYours'
 */
export const beginDraft = (actor: Actor, { kind, code, module }: Piece, content: PieceContent): Promise<void> =>
  inTransaction(async () => {
    insist(mayWrite(actor, 'ru'))
    const draft = await one<{ id: string }>(
      'drafting.begin',
      `insert into drafts (module_id, kind, code, created_by, created_at) select id, $2, $3, $4, $5 from modules
       where code = $1 on conflict (kind, code) where ended_at is null do nothing returning id`,
      [module, kind, code, actor.id, now()],
    )
    if (!draft) return
    // Russian that is behind its English stays behind it: beginning a draft translates nothing.
    const source = (await staleSource({ kind, code })) ?? englishHash(content)
    for (const [part, each] of Object.entries(content))
      await sql(
        'drafting.part',
        `insert into draft_parts (draft_id, part, revision, content, base_hash, source_hash, saved_by, saved_at)
         values ($1, $2, 1, $3, $4, $5, $6, $7)`,
        [draft.id, part, JSON.stringify(each), partHash(each), part === 'ru' ? source : null, actor.id, now()],
      )
    await transition('draft', draft.id, null, 'draft', actor)
    await record(actor, 'draft.begun', 'draft', draft.id, { kind, code })
  })

/**
 * Saves what was typed. A part that the typist left as they saw it is left alone; where somebody else has saved another
 * text since, nothing at all is saved and `newer` says what stands there now. Changed English goes back to its editor,
 * changed Russian, also that of outcomes and rubrics, to its translator.
 * @throws Refused 'drafts.ended', 'drafts.notYours', 'drafts.long'
 */
export const saveDraft = (actor: Actor, draftId: string, changes: Change[]): Promise<Saved> =>
  inTransaction(async () => {
    const draft = await lockDraft(draftId)
    const standing = new Map((await partsOfDraft(draftId)).map(part => [part.part, part]))
    const changed = changes.filter(({ content, seen, part }) => {
      const hash = partHash(content)
      return hash !== seen.hash && hash !== partHash(standing.get(part)!.content)
    })
    const works = changed.map(({ part, content }) => changedAs(part, standing.get(part)!.content, content))
    for (const work of works) insist(mayWrite(actor, work))
    changed.forEach(refuseLong)
    const newer = changed.map(({ part, seen }) => ({ now: standing.get(part)!, seen })).filter(isNewer)
    if (newer.length) return { saved: false, newer: newer.map(each => each.now) }
    for (const { part, content } of changed) await replace(actor, draftId, standing.get(part)!, content)
    const to = stateAfter(draft.status, works)
    if (to !== draft.status) await moveDraft(actor, draft, to, null)
    return { saved: true, at: now(), parts: await partsOfDraft(draftId) }
  })

/** Longest text of a field, in characters: more than any lesson has. */
export const LONGEST = 60_000

function refuseLong({ part, content }: Change) {
  const long = Object.entries(content).find(([, text]) => String(text).length > LONGEST)
  if (long) throw new Refused('drafts.long', { field: `${part}-${long[0]}`, most: LONGEST })
}

const isNewer = ({ now, seen }: { now: DraftPart; seen: Seen }) => now.revision !== seen.revision

/** Ends a draft without publishing it; its history stays. @throws Refused 'drafts.ended', 'drafts.notYours' */
export const discardDraft = (actor: Actor, draftId: string): Promise<void> =>
  inTransaction(async () => {
    const draft = await lockDraft(draftId)
    insist(mayWrite(actor, 'all'))
    await sql('drafting.discard', `update drafts set status = 'discarded', ended_at = $2 where id = $1`, [
      draftId,
      now(),
    ])
    await transition('draft', draftId, draft.status, 'discarded', actor)
    await endTranslations(draft, 'ru')
    await record(actor, 'draft.discarded', 'draft', draftId, { kind: draft.kind, code: draft.code })
  })

type Locked = Pick<Draft, 'id' | 'kind' | 'code' | 'status'>

/** Locks a live draft. @throws Refused 'drafts.ended' when it was published or discarded meanwhile */
export async function lockDraft(draftId: string): Promise<Locked> {
  const draft = await one<Locked>(
    'drafting.lock',
    'select id, kind, code, status from drafts where id = $1 and ended_at is null for update',
    [draftId],
  )
  if (!draft) throw new Refused('drafts.ended')
  return draft
}

/** Moves a locked draft to another state. */
export async function moveDraft(actor: Actor, draft: Locked, to: DraftStatus, reason: string | null) {
  await sql('drafting.move', 'update drafts set status = $2 where id = $1', [draft.id, to])
  await transition('draft', draft.id, draft.status, to, actor, reason)
}

/** Keeps the parts as they stand in the history. */
export async function keepRevisions(draftId: string, part: PartName | null = null) {
  await sql(
    'drafting.keep',
    `insert into draft_revisions (draft_id, part, revision, content, source_hash, saved_by, saved_at)
     select draft_id, part, revision, content, source_hash, saved_by, saved_at from draft_parts
     where draft_id = $1 and ($2::text is null or part = $2) on conflict do nothing`,
    [draftId, part],
  )
}

async function replace(actor: Actor, draftId: string, before: DraftPart, content: Record<string, unknown>) {
  const sitting = Temporal.Instant.compare(before.savedAt.add(SITTING), now()) > 0
  if (!sitting || before.savedBy !== actor.id || before.revision === 1) await keepRevisions(draftId, before.part)
  await sql(
    'drafting.replace',
    `update draft_parts set content = $3, revision = revision + 1, saved_by = $4, saved_at = $5
     where draft_id = $1 and part = $2`,
    [draftId, before.part, JSON.stringify(content), actor.id, now()],
  )
}

function stateAfter(status: DraftStatus, changed: PartName[]): DraftStatus {
  if (status === 'draft' || status === 'peer_review' || !changed.length) return status
  if (changed.some(part => part !== 'ru')) return 'draft'
  return 'en_approved'
}
