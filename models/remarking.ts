import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { type PartName, partsOfDraft } from './draft.ts'
import { translates } from './policies/draft.ts'
import { insist, no, Refused, YES } from './refused.ts'
import { standsIn } from './remark.ts'

/** What is said, and about which passage; an empty `quote` means the whole. */
export type Said = { part: PartName; quote: string; body: string }

/**
 * Says something about a passage of a draft.
 * @throws Refused 'drafts.notYours', 'drafts.noPassage' when the quoted words do not stand there
 */
export const remark = (actor: Actor, draftId: string, { part, quote, body }: Said): Promise<void> =>
  inTransaction(async () => {
    insist(mayRemark(actor))
    const standing = (await partsOfDraft(draftId)).find(each => each.part === part)
    if (quote && !standsIn(quote, standing?.content)) throw new Refused('drafts.noPassage', { field: 'quote' })
    const row = await one<{ id: string }>(
      'remarking.add',
      `insert into draft_comments (draft_id, part, quote, body, written_by, written_at)
       values ($1, $2, $3, $4, $5, $6) returning id`,
      [draftId, part, quote, body, actor.id, now()],
    )
    await record(actor, 'draft.remarked', 'draft', draftId, { remark: row!.id })
  })

/** Answers a remark of this draft that is still open. @throws Refused 'drafts.notYours', 'drafts.resolved' */
export const answerRemark = (actor: Actor, draftId: string, id: string, body: string): Promise<void> =>
  inTransaction(async () => {
    insist(mayRemark(actor))
    const rows = await sql(
      'remarking.answer',
      `insert into draft_comments (draft_id, thread_id, part, body, written_by, written_at)
       select draft_id, id, part, $3, $4, $5 from draft_comments
       where id = $1 and draft_id = $2 and thread_id is null and resolved_at is null returning id`,
      [id, draftId, body, actor.id, now()],
    )
    if (!rows.length) throw new Refused('drafts.resolved')
    await record(actor, 'draft.answered', 'draft', draftId, { remark: id })
  })

/** Says that a remark is dealt with; a second time changes nothing. @throws Refused 'drafts.notYours' */
export const resolveRemark = (actor: Actor, draftId: string, id: string): Promise<void> =>
  inTransaction(async () => {
    insist(mayRemark(actor))
    const rows = await sql(
      'remarking.resolve',
      `update draft_comments set resolved_by = $3, resolved_at = $4
       where id = $1 and draft_id = $2 and thread_id is null and resolved_at is null returning id`,
      [id, draftId, actor.id, now()],
    )
    if (rows.length) await record(actor, 'draft.resolved', 'draft', draftId, { remark: id })
  })

const mayRemark = (actor: Actor) => (translates(actor) ? YES : no('drafts.notYours'))
