import { inTransaction, sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { type Drafted, type PieceProblem, problemsOf } from './curriculum/drafted.ts'
import { writtenCurriculum } from './curriculum/exporting.ts'
import { partHash } from './curriculum/pieces.ts'
import { wordsIn } from './curriculum/words-in.ts'
import { type DraftPart, historyOf, type PartName, partsOfDraft } from './draft.ts'
import { keepRevisions, lockDraft, moveDraft } from './drafting.ts'
import { type Authors, backFrom, mayStep, type Step, STEPS_OF } from './policies/draft.ts'
import { insist, Refused } from './refused.ts'
import { endTranslations } from './translating.ts'
import { changedAs, contentIn, englishHash } from './whole-text.ts'

/**
 * Takes a draft one step on, or sends it back with a reason.
 * @param seen the revisions the actor had before their eyes, as `seenParts` writes them
 * @throws Refused by `mayStep`, and 'drafts.changed' when the text is not the one they saw
 */
export const stepDraft = (actor: Actor, draftId: string, step: Step, seen: string, reason: string | null = null) =>
  inTransaction(async () => {
    const draft = await lockDraft(draftId)
    insist(mayStep(actor, step, draft.status, await authorsOf(draftId)))
    const parts = await partsOfDraft(draftId)
    if (seenParts(parts) !== seen) throw new Refused('drafts.changed')
    await keepRevisions(draftId)
    if (step === 'translated') await sourced(draftId, parts)
    if (step === 'reviewed') await endTranslations(draft, 'ru')
    const to = STEPS_OF[step].to ?? backFrom(draft.status)
    await moveDraft(actor, draft, to, reason)
    await record(actor, `draft.${step}`, 'draft', draftId, {
      kind: draft.kind,
      code: draft.code,
      ...(reason ? { reason } : {}),
    })
  })

/**
 * What stands in the way of a step: the English is held against the checks of the files when it is sent, both languages
 * when the Russian is done. Asked before `stepDraft`, of the same text: no transaction waits for the checks.
 */
export async function problemsBefore(step: Step, drafted: Drafted): Promise<PieceProblem[]> {
  if (step !== 'send' && step !== 'translated') return []
  const problems = problemsOf(await writtenCurriculum(), drafted)
  return step === 'translated' ? problems : problems.filter(({ part }) => part !== 'ru')
}

/** Which revisions of a draft somebody has before their eyes: `all.1 en.4 ru.2`. */
export const seenParts = (parts: DraftPart[]): string =>
  parts
    .map(({ part, revision }) => `${part}.${revision}`)
    .toSorted()
    .join(' ')

/** Whose words are in a draft. What it was begun with is nobody's. */
export async function authorsOf(draftId: string): Promise<Authors> {
  const of = async (part: PartName) =>
    (await historyOf(draftId, part)).filter(({ revision }) => revision > 1).map(({ savedBy }) => savedBy)
  const common = await commonAuthors(draftId)
  return { english: [...(await of('en')), ...common.english], russian: [...(await of('ru')), ...common.russian] }
}

/** Who changed Russian words of what is common to both languages, and who changed anything else of it. */
async function commonAuthors(draftId: string): Promise<Authors> {
  const all = (await historyOf(draftId, 'all')).toReversed()
  const steps = all.slice(1).map(({ content, savedBy }, at) => ({ before: all[at]!.content, content, savedBy }))
  const by = (changed: (step: (typeof steps)[number]) => boolean) => steps.filter(changed).map(({ savedBy }) => savedBy)
  return {
    english: by(({ before, content }) => changedAs('all', before, content) === 'all'),
    russian: by(({ before, content }) => partHash(wordsIn(before, 'ru')) !== partHash(wordsIn(content, 'ru'))),
  }
}

const sourced = (draftId: string, parts: DraftPart[]) =>
  sql(`reviewing.sourced`, `update draft_parts set source_hash = $2 where draft_id = $1 and part = 'ru'`, [
    draftId,
    englishHash(contentIn(parts)),
  ])
