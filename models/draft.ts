import { one, sql } from '../lib/db.ts'

/** What is edited on its own: a lesson, the card of a module, its assignment. */
export const PIECES = ['lesson', 'card', 'assignment'] as const
export type PieceKind = (typeof PIECES)[number]

/** A live draft goes this way, step by step; it ends published, or discarded. */
export const STEPS = ['draft', 'peer_review', 'en_approved', 'ru_translated', 'ru_reviewed'] as const
export type DraftStatus = (typeof STEPS)[number] | 'published' | 'discarded'

/** Languages every piece is published in. */
export const LANGUAGES = ['en', 'ru'] as const

/** A language, or what is the same in every language. */
export type PartName = (typeof LANGUAGES)[number] | 'all'

export type Draft = {
  id: string
  moduleId: string
  /** Code of the module. */
  module: string
  kind: PieceKind
  /** Of the lesson; of a card and an assignment, the module's. */
  code: string
  status: DraftStatus
  createdAt: Temporal.Instant
}

/** What was saved last of one part. Its shape belongs to the piece (models/curriculum/pieces.ts). */
export type DraftPart = {
  part: PartName
  revision: number
  content: Record<string, unknown>
  /** Hash of the published text the draft began from; null where there was none. */
  baseHash: string | null
  /** Hash of the English that this translates; another one means that it is stale. */
  sourceHash: string | null
  savedBy: string
  savedByName: string
  savedAt: Temporal.Instant
}

const DRAFT = `select d.id, d.module_id as "moduleId", m.code as module, d.kind, d.code, d.status,
    d.created_at as "createdAt" from drafts d join modules m on m.id = d.module_id`

const PART = `p.part, p.revision, p.content, p.source_hash as "sourceHash", p.saved_by as "savedBy",
    coalesce(w.name_latin, '') as "savedByName", p.saved_at as "savedAt"`

/** The draft of a piece that is being worked on; there is one at most. */
export const liveDraft = (kind: PieceKind, code: string): Promise<Draft | undefined> =>
  one<Draft>('draft.live', `${DRAFT} where d.kind = $1 and d.code = $2 and d.ended_at is null`, [kind, code])

/** The drafts of a module that are being worked on. */
export const draftsOf = (module: string): Promise<Draft[]> =>
  sql<Draft>('draft.of-module', `${DRAFT} where m.code = $1 and d.ended_at is null order by d.kind, d.code`, [module])

/** The parts of a draft as they stand. */
export const partsOfDraft = (draftId: string): Promise<DraftPart[]> =>
  sql<DraftPart>(
    'draft.parts',
    `select ${PART}, p.base_hash as "baseHash" from draft_parts p join people w on w.id = p.saved_by
     where p.draft_id = $1 order by p.part`,
    [draftId],
  )

/** What was saved of one part, the newest first: what stands now, then what stood there before. */
export const historyOf = (draftId: string, part: PartName): Promise<DraftPart[]> =>
  sql<DraftPart>(
    'draft.history',
    `select ${PART}, null as "baseHash"
     from (select draft_id, part, revision, content, source_hash, saved_by, saved_at from draft_parts
       union all select draft_id, part, revision, content, source_hash, saved_by, saved_at from draft_revisions h
       where not exists (select from draft_parts s
         where s.draft_id = h.draft_id and s.part = h.part and s.revision = h.revision)) p
     join people w on w.id = p.saved_by
     where p.draft_id = $1 and p.part = $2 order by p.revision desc`,
    [draftId, part],
  )
