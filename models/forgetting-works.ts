import { sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { later } from './jobs.ts'

/** What is left of works on assignments and of essays in tests when a person is erased or takes a file back. */

const THEIRS = `(select u.id from submissions u join enrollments e on e.id = u.enrollment_id where e.person_id = $1)`

const THEIR_ATTEMPTS = `(select a.id from attempts a join enrollments e on e.id = a.enrollment_id where e.person_id = $1)`
const THEIR_ESSAYS = `(select n.id from answers n join item_versions v on v.id = n.item_version_id and v.type = 'essay'
  where n.attempt_id in ${THEIR_ATTEMPTS})`

/** Statements of erasure, each with the person's id: totals and levels stay, words do not. */
export const WORKS = {
  works: `update submissions set body = '', receipt = null, returned_comment = case when returned_at is null then null else '' end
    where id in ${THEIRS}`,
  'work-marks': `update marks set comment = '' where subject_kind = 'submission' and subject_id in ${THEIRS}`,
  'work-results': `update grade_releases set comments = '[]', reason = case when reason is null then null else '' end
    where submission_id in ${THEIRS}`,
  // The receipt was computed from the words.
  'essay-receipts': `update attempts set receipt = null where receipt is not null and id in (select attempt_id from answers
    where id in ${THEIR_ESSAYS})`,
  essays: `update answers set value = '["…"]' where jsonb_array_length(value) > 0 and id in ${THEIR_ESSAYS}`,
  'essay-marks': `update marks set comment = '' where subject_kind = 'answer' and subject_id in ${THEIR_ESSAYS}`,
  'mark-changes': `update mark_changes set comment_before = '', comment_after = '', reason = ''
    where attempt_id in ${THEIR_ATTEMPTS}`,
  extensions: `update extensions set reason = '' where enrollment_id in (select id from enrollments where person_id = $1)`,
  'test-adjustments': `update test_adjustments set reason = '' where enrollment_id in
    (select id from enrollments where person_id = $1)`,
  'comment-bank': 'delete from comment_bank where person_id = $1',
}

/** Takes the files of a person's works off the list of files, and their bytes off the disk a day later. */
export async function forgetWorks(personId: string): Promise<void> {
  const gone = await sql<{ sha256: string }>(
    'erase.work-files',
    `delete from files where owner_kind = 'submission' and owner_id in (select id::text from (${THEIRS.slice(1, -1)}) theirs)
     returning sha256`,
    [personId],
  )
  await forgetLater(gone.map(({ sha256 }) => sha256))
}

/** Deletes bytes that no row names any more, once nobody can be about to refer to them. */
export async function forgetLater(sha256s: string[]): Promise<void> {
  if (sha256s.length) await later('files.forget', { sha256s }, { runAt: now().add({ hours: 25 }) })
}

/** Of these, the ones that no row names. */
export async function unnamed(sha256s: string[]): Promise<string[]> {
  const named = await sql<{ sha256: string }>(
    'files.named',
    'select distinct sha256 from files where sha256 = any ($1)',
    [sha256s],
  )
  const there = new Set(named.map(({ sha256 }) => sha256))
  return [...new Set(sha256s)].filter(sha256 => !there.has(sha256))
}
