import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { itemsOf } from './attempt.ts'
import { record } from './audit.ts'
import { lockEnrollment } from './closing-attempts.ts'
import { type Essay, type EssayMark, essaysBy, rubricOf, signOf } from './essay.ts'
import type { EssayJudgment } from './marking-essays.ts'
import { notify, recipient } from './notifying.ts'
import { Refused } from './refused.ts'
import { type Chosen, fittingLevels, withoutLevel } from './rubric.ts'
import { lockHandedIn, putResult } from './settling.ts'

/** An essay with its final mark, of an attempt that has its result. */
type Marked = Essay & { mark: EssayMark }

/**
 * Changes the mark of an essay after the result was told: the result follows anew, and the learner is told the old one, the
 * new one and why. What was stays beside it.
 * @throws Refused essays.notGraded, essays.pointsNeeded, essays.changed (somebody changed it since it was seen),
 *   essays.same
 */
export async function changeMark(
  actor: Actor,
  place: { trainingId: string; enrollmentId: string },
  id: string,
  { reason, seen, levels, comment }: EssayJudgment & { reason: string },
): Promise<void> {
  await inTransaction(async () => {
    await lockEnrollment(place.enrollmentId)
    const essay = (await essaysBy(place.trainingId, place.enrollmentId)).find(each => each.id === id)
    const attempt = essay && (await lockHandedIn(essay.attemptId))
    if (!isMarked(essay) || !attempt || attempt.percent === null) throw new Refused('essays.notGraded')
    if (signOf(essay.mark) !== seen) throw new Refused('essays.changed', { name: essay.mark.marker })
    const after = { levels: pointsIn(essay, levels), comment: comment.trim() }
    if (after.levels.points === essay.mark.levels.points && after.comment === essay.mark.comment)
      throw new Refused('essays.same')
    await sql(
      'mark-change.put',
      'update marks set levels = $2, comment = $3, marker_id = $4, saved_at = $5, final_at = $5 where id = $1',
      [essay.mark.id, JSON.stringify(after.levels), after.comment, actor.id, now()],
    )
    const percent = await putResult(essay.attemptId, attempt, await itemsOf(essay.attemptId))
    const change = await keep(actor, essay, after, { before: attempt.percent, after: percent!, reason })
    const to = await recipient(attempt.personId)
    const about = { markChangeId: change, enrollmentId: place.enrollmentId }
    if (to) await notify(to, 'result-corrected', `mark-change:${change}`, about)
  })
}

const isMarked = (essay: Essay | undefined): essay is Marked => essay?.mark?.final === true

function pointsIn(essay: Essay, levels: Record<string, unknown>): Chosen {
  const rubric = rubricOf(essay)
  const fitting = fittingLevels(rubric, levels)
  if (withoutLevel(rubric, fitting).length) throw new Refused('essays.pointsNeeded', { field: 'level-points' })
  return fitting
}

async function keep(
  actor: Actor,
  { mark, attemptId }: Marked,
  after: { levels: Chosen; comment: string },
  percent: { before: string; after: number; reason: string },
): Promise<string> {
  const row = await one<{ id: string }>(
    'mark-change.keep',
    `insert into mark_changes (mark_id, attempt_id, levels_before, comment_before, levels_after, comment_after,
       percent_before, percent_after, reason, by_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
    [
      ...[mark.id, attemptId, JSON.stringify(mark.levels), mark.comment, JSON.stringify(after.levels), after.comment],
      ...[percent.before, percent.after, percent.reason, actor.id, now()],
    ],
  )
  const { levels: was } = mark
  const details = { change: row!.id, was, is: after.levels, reason: percent.reason }
  await record(actor, 'mark.changed', 'attempt', attemptId, details)
  return row!.id
}
