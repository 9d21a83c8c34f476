import { inTransaction, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record, transition } from './audit.ts'
import type { Words } from './course.ts'
import { contentsOf, type ModuleContent } from './curriculum/content.ts'
import { checkWritten, movedParts, withDrafts } from './curriculum/drafted.ts'
import { writtenCurriculum } from './curriculum/exporting.ts'
import { publishEdited } from './curriculum/loading/drafts.ts'
import { translator } from './curriculum/own-words.ts'
import type { Problem } from './curriculum/problem.ts'
import type { WrittenCurriculum } from './curriculum/writing.ts'
import { type Draft, draftsOf, type DraftPart, partsOfDraft } from './draft.ts'
import { publishes } from './policies/draft.ts'
import { insist, Refused } from './refused.ts'
import { useReviewed } from './reviewing-items.ts'
import { seenParts } from './reviewing-drafts.ts'

/** What publishing a module would put in force now. */
export type Edition = {
  drafts: { draft: Draft; parts: DraftPart[] }[]
  /** Drafts that are not through their reviews yet: they stay behind. */
  waiting: Draft[]
  major: boolean
  problems: Problem[]
  /** Parts that were published with another text since their draft began. */
  moved: { draft: Draft; part: DraftPart }[]
  content: ModuleContent | undefined
  /** What somebody has before their eyes: publishing anything else is refused. */
  seen: string
}

/** The next version of a module: what is published, with every draft that is through its reviews in its place. */
export async function editionOf(module: string): Promise<Edition> {
  const written = await writtenCurriculum()
  const live = await draftsOf(module)
  const drafts: Edition['drafts'] = []
  for (const draft of live.filter(({ status }) => status === 'ru_reviewed'))
    drafts.push({ draft, parts: await partsOfDraft(draft.id) })
  const { content, problems } = checked(withDrafts(written, drafts), module)
  const before = checked(written, module).content
  return {
    drafts,
    waiting: live.filter(({ status }) => status !== 'ru_reviewed'),
    major: content?.rulesHash !== before?.rulesHash,
    problems,
    moved: drafts.flatMap(each => movedParts(written, each).map(part => ({ draft: each.draft, part }))),
    content,
    seen: [before?.hash, ...drafts.map(({ draft, parts }) => `${draft.id}: ${seenParts(parts)}`)].join(', '),
  }
}

function checked(written: WrittenCurriculum, module: string) {
  const { curriculum, problems } = checkWritten(written)
  if (problems.length) return { problems, content: undefined }
  return { problems, content: contentsOf(curriculum, translator, module).modules[0] }
}

/**
 * Puts the drafts of a module that are through their reviews in force as its next version, in both languages at once:
 * minor with a note to learners, or major. Who learns moves to a minor, and stays on their major.
 * @throws Refused 'drafts.nothing', 'drafts.problems', 'drafts.moved', 'drafts.noteNeeded', 'drafts.changed'
 */
export async function publishDrafts(actor: Actor, module: string, asked: { note: Words | null; seen: string }) {
  insist(publishes(actor))
  return inTransaction(async () => {
    await sql('publishing.lock', 'select id from modules where code = $1 for update', [module])
    const edition = await editionOf(module)
    const { drafts, major, content, problems, moved } = edition
    if (!drafts.length) throw new Refused('drafts.nothing')
    if (edition.seen !== asked.seen) throw new Refused('drafts.changed')
    if (moved.length) throw new Refused('drafts.moved')
    if (problems.length || !content) throw new Refused('drafts.problems', { count: problems.length })
    if (!major && !asked.note) throw new Refused('drafts.noteNeeded', { field: 'noteEn' })
    const lessons = drafts.filter(({ draft }) => draft.kind === 'lesson').map(({ draft }) => draft.code)
    const published = await publishEdited(actor, content, { lessons, major, note: asked.note })
    await useReviewed(actor, module, content.rules.items)
    for (const { draft } of drafts) await endDraft(actor, draft, published.id)
    return { ...published, major }
  })
}

async function endDraft(actor: Actor, { id, status, kind, code }: Draft, versionId: string) {
  await sql(
    'publishing.end',
    `update drafts set status = 'published', ended_at = $2, module_version_id = $3 where id = $1`,
    [id, now(), versionId],
  )
  await transition('draft', id, status, 'published', actor)
  await record(actor, 'draft.published', 'draft', id, { kind, code })
}
