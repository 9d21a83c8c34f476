import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { endOf } from './assignment.ts'
import { record, transition } from './audit.ts'
import { type KnownMark, marksOf, type Work, workOf } from './marked-work.ts'
import { notify, recipient } from './notifying.ts'
import { Refused } from './refused.ts'
import { type Chosen, fittingLevels, judge, type Judged, type Mark, type Part, withoutLevel } from './rubric.ts'

/**
 * Verbs of marking: save, make final, return for another round. They lock the enrollment of the work first, as handing in
 * and releasing do, and look again whether the work is still theirs to mark.
 */

export type Judgment = { levels: Record<string, unknown>; comment: string }

/** Longest comment, in characters. */
export const LONGEST_COMMENT = 5000

/**
 * Saves a judgment as far as it goes. The first to save takes the part of the work that is free.
 * @throws Refused marking.gone (not there, or not this marker's), marking.notWaiting, marking.final, marking.taken
 */
export async function saveMark(actor: Actor, workId: string, judgment: Judgment): Promise<{ at: Temporal.Instant }> {
  return inTransaction(async () => {
    await keepMark(actor, await lockedWork(actor, workId), judgment, false)
    return { at: now() }
  })
}

/**
 * Makes a judgment final. When it was the last one needed, the work is accepted; two markers too far apart have to agree.
 * @throws Refused as `saveMark`, or marking.incomplete with the criteria that have no level
 */
export async function finalizeMark(actor: Actor, workId: string, judgment: Judgment): Promise<Judged['state']> {
  return inTransaction(async () => {
    const work = await lockedWork(actor, workId)
    const open = withoutLevel(work.criteria, fittingLevels(work.criteria, judgment.levels))
    if (open.length) throw new Refused('marking.incomplete', { count: open.length, field: `level-${open[0]}` })
    await keepMark(actor, work, judgment, true)
    const judged = judge(work.criteria, work.markers, (await marksOf(workId)).map(markOf))
    if (judged.state !== 'ready') return judged.state
    await sql('marking.accept', `update submissions set status = 'accepted' where id = $1`, [workId])
    await transition('submission', workId, 'handed_in', 'accepted', actor)
    return judged.state
  })
}

/**
 * Returns a work for another round: what was handed in stays as it is, and its text and files are the draft of the next
 * round. The learner is told the comment, never the levels.
 * @throws Refused as `saveMark`, or marking.lastRound, marking.commentNeeded
 */
export async function returnWork(actor: Actor, workId: string, judgment: Judgment): Promise<void> {
  await inTransaction(async () => {
    const work = await lockedWork(actor, workId)
    const comment = judgment.comment.trim()
    if (work.round >= work.rounds) throw new Refused('marking.lastRound', { count: work.rounds })
    if (!comment) throw new Refused('marking.commentNeeded', { field: 'comment' })
    if ((await marksOf(workId)).some(mark => mark.finalAt)) throw new Refused('marking.judged')
    await keepMark(actor, work, judgment, false)
    await sql(
      'marking.return',
      `update submissions set status = 'returned', returned_at = $2, returned_comment = $3 where id = $1`,
      [workId, now(), comment],
    )
    await transition('submission', workId, 'handed_in', 'returned', actor)
    await record(actor, 'assignment.returned', 'submission', workId, { training: work.code, round: work.round })
    await nextRound(work)
    const { personId } = (await one<{ personId: string }>(
      'marking.learner',
      'select person_id as "personId" from enrollments where id = $1',
      [work.enrollmentId],
    ))!
    const to = await recipient(personId)
    if (to) await notify(to, 'assignment-returned', `submission:${workId}:returned`, { submissionId: workId })
  })
}

/** A stored mark as the rubric engine takes it. */
export const markOf = ({ part, levels, comment, finalAt }: KnownMark): Mark => ({
  ...{ part, levels, comment },
  final: finalAt !== null,
})

/**
 * Which part of the work a judgment of this marker would be: the own mark, the part that was given, or the first that is
 * free. Where both judgments are final and too far apart, the agreed one.
 */
export function partFor(
  personId: string,
  work: Pick<Work, 'criteria' | 'markers'>,
  marks: KnownMark[],
  given: { part: Part; markerId: string }[],
): Part | undefined {
  const needed: Part[] = work.markers === 2 ? ['first', 'second'] : ['first']
  const own = marks.find(mark => mark.markerId === personId && needed.includes(mark.part))
  if (own?.finalAt && judge(work.criteria, work.markers, marks.map(markOf)).state === 'apart') return 'agreed'
  if (own) return own.part
  const marked = new Set(marks.map(mark => mark.part))
  // Given by the Center: what another began and did not finish is taken over.
  const finished = new Set(marks.filter(mark => mark.finalAt).map(mark => mark.part))
  const mine = given.find(({ markerId, part }) => markerId === personId && !finished.has(part))
  if (mine) return mine.part
  return needed.find(part => !marked.has(part) && !given.some(each => each.part === part))
}

/** To whom the parts of a work were given. */
export const givenParts = ({ enrollmentId, assessmentId }: Pick<Work, 'enrollmentId' | 'assessmentId'>) =>
  sql<{ part: Part; markerId: string }>(
    'marking.given',
    'select part, marker_id as "markerId" from allocations where enrollment_id = $1 and assessment_id = $2',
    [enrollmentId, assessmentId],
  )

async function lockedWork(actor: Actor, workId: string): Promise<Work> {
  await sql(
    'marking.lock',
    `select e.id from enrollments e where e.id = (select enrollment_id from submissions where id = $1) for no key update`,
    [workId],
  )
  const work = await workOf(actor, workId)
  if (!work) throw new Refused('marking.gone')
  if (work.status !== 'handed_in') throw new Refused('marking.notWaiting')
  return work
}

async function keepMark(actor: Actor, work: Work, { levels, comment }: Judgment, final: boolean) {
  const marks = await marksOf(work.id)
  const part = partFor(actor.id!, work, marks, await givenParts(work))
  if (!part) throw new Refused('marking.taken')
  const there = marks.find(mark => mark.part === part)
  if (there?.finalAt) throw new Refused('marking.final')
  const fitting: Chosen = fittingLevels(work.criteria, levels)
  await sql(
    'marking.keep',
    `insert into marks (subject_kind, subject_id, marker_id, part, levels, comment, saved_at, final_at)
     values ('submission', $1, $2, $3, $4, $5, $6, $7)
     on conflict (subject_kind, subject_id, part) where part <> 'observer' do update set marker_id = excluded.marker_id,
       levels = excluded.levels, comment = excluded.comment, saved_at = excluded.saved_at, final_at = excluded.final_at`,
    [work.id, actor.id, part, JSON.stringify(fitting), comment.trim(), now(), final ? now() : null],
  )
  if (final) await record(actor, 'mark.final', 'submission', work.id, { part, levels: fitting })
}

async function nextRound(work: Work) {
  const due = endOf(now().toZonedDateTimeISO(work.zone).toPlainDate().add({ days: work.roundDays }))
  const next = await one<{ id: string }>(
    'marking.next-round',
    `insert into submissions (enrollment_id, assessment_id, round, body, language, saved_at, due_wall)
     values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [work.enrollmentId, work.assessmentId, work.round + 1, work.body, work.language, now(), due],
  )
  await sql(
    'marking.next-files',
    `insert into files (sha256, type, size, name, owner_kind, owner_id, uploaded_by, uploaded_at)
     select sha256, type, size, name, 'submission', $2::bigint::text, uploaded_by, uploaded_at from files
     where owner_kind = 'submission' and owner_id = $1::bigint::text order by id`,
    [work.id, next!.id],
  )
}
