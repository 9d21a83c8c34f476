import { sql } from '../lib/db.ts'
import type { Place } from './assignment.ts'
import { type AttachedFile, attachedTo } from './attaching.ts'
import type { Reached } from './rubric.ts'

export type SubmissionStatus = 'draft' | 'handed_in' | 'returned' | 'accepted'

/** One handing in of an assignment, or the draft of it. */
export type Submission = {
  id: string
  round: number
  status: SubmissionStatus
  body: string
  language: string
  savedAt: Temporal.Instant
  revision: number
  handedInAt: Temporal.Instant | null
  receipt: string | null
  /** Until when a later round may be handed in, on the wall clock of the training. */
  roundDue: Temporal.PlainDateTime | null
  returnedAt: Temporal.Instant | null
  returnedComment: string | null
}

export type HandedFile = AttachedFile

/** All rounds of a place, the first one first. */
export const submissionsOf = ({ enrollmentId, assessmentId }: Pick<Place, 'enrollmentId' | 'assessmentId'>) =>
  sql<Submission>(
    'submission.rounds',
    `select id, round, status, body, language, saved_at as "savedAt", revision, handed_in_at as "handedInAt", receipt,
       due_wall as "roundDue", returned_at as "returnedAt", returned_comment as "returnedComment"
     from submissions where enrollment_id = $1 and assessment_id = $2 order by round`,
    [enrollmentId, assessmentId],
  )

/** The files of a submission, in the order in which they were given. */
export const filesOf = (submissionId: string): Promise<HandedFile[]> =>
  attachedTo({ kind: 'submission', id: submissionId })

/** What a learner was told of a work: the release, then every change with its reason. */
export type Release = {
  points: string
  maxPoints: string
  percent: string
  levels: Reached[]
  comments: string[]
  reason: string | null
  at: Temporal.Instant
}

/**
 * The grade of a place as released, the first line first; nothing before. The pages of learners read this and never a
 * mark: what was not released cannot slip out.
 */
export const releasesOf = ({ enrollmentId, assessmentId }: Pick<Place, 'enrollmentId' | 'assessmentId'>) =>
  sql<Release>(
    'submission.releases',
    `select points, max_points as "maxPoints", percent, levels, comments, reason, at from grade_releases
     where enrollment_id = $1 and assessment_id = $2 order by id`,
    [enrollmentId, assessmentId],
  )
