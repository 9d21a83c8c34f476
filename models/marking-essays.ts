import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { lockEnrollment } from './closing-attempts.ts'
import { type Essay, essayOf, rubricOf, signOf } from './essay.ts'
import type { Judgment } from './marking.ts'
import { Refused } from './refused.ts'
import { type Chosen, fittingLevels, withoutLevel } from './rubric.ts'
import { settle } from './settling.ts'

/**
 * Verbs of marking essays in tests: save, make final. They lock the enrollment first, as handing in does. Any marker of the
 * training may take an essay; of two who come at once the first has it, and the other is told.
 */

/** `seen`: the sign of the mark that the page showed (`signOf`); another's mark is replaced only by who has seen it. */
export type EssayJudgment = Judgment & { seen: string }

/**
 * Saves a judgment as far as it goes.
 * @throws Refused essays.gone (not there, or not this marker's), essays.graded, essays.final, essays.taken with the name
 */
export async function saveEssayMark(
  actor: Actor,
  id: string,
  judgment: EssayJudgment,
): Promise<{ at: Temporal.Instant }> {
  return inTransaction(async () => {
    await keep(actor, await lockedEssay(actor, id), judgment, false)
    return { at: now() }
  })
}

/**
 * Makes a judgment final. When it was the last one the attempt waited for, the attempt has its result.
 * @returns whether the result was made now
 * @throws Refused as `saveEssayMark`, or essays.pointsNeeded
 */
export async function finalizeEssayMark(actor: Actor, id: string, judgment: EssayJudgment): Promise<boolean> {
  return inTransaction(async () => {
    const essay = await lockedEssay(actor, id)
    const rubric = rubricOf(essay)
    if (withoutLevel(rubric, fittingLevels(rubric, judgment.levels)).length)
      throw new Refused('essays.pointsNeeded', { field: 'level-points' })
    await keep(actor, essay, judgment, true)
    return settle(essay.attemptId, actor)
  })
}

async function lockedEssay(actor: Actor, id: string): Promise<Essay> {
  const place = await one<{ enrollmentId: string }>(
    'essay.place',
    `select a.enrollment_id as "enrollmentId" from answers n join attempts a on a.id = n.attempt_id where n.id = $1`,
    [id],
  )
  if (place) await lockEnrollment(place.enrollmentId)
  const essay = await essayOf(actor, id)
  if (!essay) throw new Refused('essays.gone')
  if (essay.graded) throw new Refused('essays.graded')
  return essay
}

async function keep(actor: Actor, essay: Essay, { levels, comment, seen }: EssayJudgment, final: boolean) {
  const { mark } = essay
  if (mark && mark.markerId !== actor.id) {
    if (mark.final) throw new Refused('essays.final', { name: mark.marker })
    if (signOf(mark) !== seen) throw new Refused('essays.taken', { name: mark.marker })
  }
  const fitting: Chosen = fittingLevels(rubricOf(essay), levels)
  await sql(
    'essay.keep',
    `insert into marks (subject_kind, subject_id, marker_id, part, levels, comment, saved_at, final_at)
     values ('answer', $1, $2, 'first', $3, $4, $5, $6)
     on conflict (subject_kind, subject_id, part) where part <> 'observer' do update set marker_id = excluded.marker_id,
       levels = excluded.levels, comment = excluded.comment, saved_at = excluded.saved_at, final_at = excluded.final_at`,
    [essay.id, actor.id, JSON.stringify(fitting), comment.trim(), now(), final ? now() : null],
  )
  if (mark && mark.markerId !== actor.id)
    await record(actor, 'mark.taken-over', 'answer', essay.id, { from: mark.markerId, levels: mark.levels })
  if (final) await record(actor, 'mark.final', 'answer', essay.id, { part: 'first', levels: fitting })
}
