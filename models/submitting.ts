import { inTransaction, one, sql } from '../lib/db.ts'
import { receipt } from '../lib/secrets.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { type Due, dueOf, type Place } from './assignment.ts'
import { attach, detach, type KeptFile, MOST_FILES } from './attaching.ts'
import { record, transition } from './audit.ts'
import type { EnrollmentStatus } from './enrollment.ts'
import { notify, recipient } from './notifying.ts'
import { insist, no, Refused, type Verdict, YES } from './refused.ts'
import { filesOf, type HandedFile, type Submission, submissionsOf } from './submission.ts'
import type { TrainingStatus } from './training.ts'

/**
 * Verbs of a learner's work: save the draft, add and remove files, hand in. All lock the enrollment first, as does
 * returning a work: one of two acts at once waits for the other.
 */

export const MOST_CHARACTERS = 60_000

/** Until when the round that is open, or the first one, may be handed in. */
export const dueNow = (place: Place, last: Submission | undefined): Due | null =>
  dueOf({ ...place, roundDue: last?.roundDue ?? null })

/** Whether the learner may work on a draft: as long as none is with the markers. After the date it is still kept. */
export function mayWrite(status: TrainingStatus, last: Submission | undefined): Verdict {
  if (status === 'draft' || status === 'canceled' || status === 'postponed') return no('assignment.trainingClosed')
  if (last && last.status !== 'draft') return no('assignment.handedIn')
  return YES
}

/** Whether a draft may be handed in at this instant; the minute of the date itself still counts. */
export function mayHandIn(draft: Submission | undefined, files: number, due: Due | null, at = now()): Verdict {
  if (!draft?.body.trim() && !files) return no('assignment.empty')
  if (due && Temporal.Instant.compare(at, due.at) > 0) return no('assignment.late')
  return YES
}

export type Draft = { body: string; language: string; revision: number }
export type Saved =
  | { saved: true; revision: number; at: Temporal.Instant }
  /** Somebody saved in between, on another page: nothing was written over. */
  | { saved: false; newer: Submission }

/**
 * Saves the text of the draft; the first saving makes the draft.
 * @param draft `revision` is the one the page was made with: an older page does not write over a newer text unseen
 * @throws Refused with the reasons of `mayWrite`
 */
export async function saveDraft(actor: Actor, place: Place, draft: Draft): Promise<Saved> {
  return inTransaction(async () => {
    const last = await openRound(place)
    const { body, language, revision } = draft
    if (last && last.revision > revision && last.body !== body && last.body.trim())
      return { saved: false, newer: last } as const
    if (last && last.body === body && last.language === language)
      return { saved: true, revision: last.revision, at: last.savedAt } as const
    const id = await draftOf(actor, place, last, language)
    const row = await one<{ revision: number }>(
      'submitting.save',
      `update submissions set body = $2, language = $3, saved_at = $4, revision = revision + 1 where id = $1
       returning revision`,
      [id, body, language, now()],
    )
    return { saved: true, revision: row!.revision, at: now() } as const
  })
}

/** Adds a file to the draft; the same bytes under the same name are there once. @throws Refused as `saveDraft`, or when full */
export async function addFile(actor: Actor, place: Place, file: KeptFile, language: string) {
  await inTransaction(async () => {
    const id = await draftOf(actor, place, await openRound(place), language)
    if (!(await attach(actor, { kind: 'submission', id }, file)))
      throw new Refused('assignment.full', { count: MOST_FILES })
    await sql('submitting.touch', 'update submissions set saved_at = $2 where id = $1', [id, now()])
  })
}

/** Takes a file off the draft. @throws Refused as `saveDraft` */
export async function removeFile(place: Place, fileId: string) {
  await inTransaction(async () => {
    const last = await openRound(place)
    if (last) await detach({ kind: 'submission', id: last.id }, fileId)
  })
}

/**
 * Hands the draft in. Doing it twice, or on two devices at once, hands in one work and sends one receipt.
 * @throws Refused with the reasons of `mayWrite` and `mayHandIn`
 */
export async function handIn(actor: Actor, place: Place): Promise<{ round: number }> {
  return inTransaction(async () => {
    const last = await lockedRound(place)
    if (last?.status === 'handed_in') return { round: last.round }
    insist(mayWrite(await statusNow(place), last))
    const files = last ? await filesOf(last.id) : []
    insist(mayHandIn(last, files.length, dueNow(await withExtension(place), last)))
    const proof = receiptOf(last!, files)
    await sql(
      'submitting.hand-in',
      `update submissions set status = 'handed_in', handed_in_at = $2, receipt = $3 where id = $1`,
      [last!.id, now(), proof],
    )
    await transition('submission', last!.id, 'draft', 'handed_in', actor)
    await record(actor, 'assignment.handed-in', 'submission', last!.id, { training: place.code, round: last!.round })
    const to = await recipient(place.personId)
    if (to) await notify(to, 'assignment-receipt', `submission:${last!.id}:receipt`, { submissionId: last!.id })
    return { round: last!.round }
  })
}

/**
 * The receipt of a work: the first 96 bits of a SHA-256 over the text and its files, in groups of four letters. The same
 * work always gives the same receipt; one changed letter gives another.
 */
export function receiptOf({ id, round, body }: Pick<Submission, 'id' | 'round' | 'body'>, files: HandedFile[]): string {
  const text = JSON.stringify([id, round, body, files.map(({ name, sha256 }) => [name, sha256])])
  return receipt(text)
}

async function openRound(place: Place): Promise<Submission | undefined> {
  const last = await lockedRound(place)
  insist(mayWrite(await statusNow(place), last))
  return last
}

async function lockedRound(place: Place): Promise<Submission | undefined> {
  const enrollment = await one<{ status: EnrollmentStatus }>(
    'submitting.lock',
    'select status from enrollments where id = $1 for no key update',
    [place.enrollmentId],
  )
  if (enrollment?.status !== 'enrolled') throw new Refused('assignment.notEnrolled')
  return (await submissionsOf(place)).at(-1)
}

async function statusNow({ trainingId }: Place): Promise<TrainingStatus> {
  return (await one<{ status: TrainingStatus }>('submitting.status', 'select status from trainings where id = $1', [
    trainingId,
  ]))!.status
}

// The page may be older than the extension: what counts is what holds now.
async function withExtension(place: Place): Promise<Place> {
  const row = await one<Pick<Place, 'ownDue' | 'extendedTo' | 'endsOn' | 'zone'>>(
    'submitting.due',
    `select t.zone, t.ends_on as "endsOn", (select due_wall from assignment_dates where training_id = t.id) as "ownDue",
       (select max(due_wall) from extensions where enrollment_id = $2 and assessment_id = $3) as "extendedTo"
     from trainings t where t.id = $1`,
    [place.trainingId, place.enrollmentId, place.assessmentId],
  )
  return { ...place, ...row }
}

async function draftOf(actor: Actor, place: Place, last: Submission | undefined, language: string): Promise<string> {
  if (last) return last.id
  const row = await one<{ id: string }>(
    'submitting.begin',
    `insert into submissions (enrollment_id, assessment_id, round, language, saved_at) values ($1, $2, 1, $3, $4)
     returning id`,
    [place.enrollmentId, place.assessmentId, language, now()],
  )
  await transition('submission', row!.id, null, 'draft', actor)
  return row!.id
}
