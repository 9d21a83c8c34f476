import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import type { Words } from './course.ts'
import type { Blueprint } from './drawing.ts'
import type { EnrollmentStatus } from './enrollment.ts'
import type { ItemType, Value } from './items/kind.ts'
import { RULE_COLUMNS, RULES_JOINED, type TestRules } from './test-rules.ts'
import type { TrainingStatus } from './training.ts'

/** The test that counts, or the same measured before and after the training. */
export const TEST_KINDS = ['test', 'pre', 'post'] as const
export type TestKind = (typeof TEST_KINDS)[number]

/** The test of a training as it stands before one learner: whose place, which rules. */
export type Place = TestRules & {
  trainingId: string
  code: string
  title: Words
  trainingStatus: TrainingStatus
  /** First day in `zone`, 'YYYY-MM-DD'; null when the training is always open. */
  startsOn: string | null
  zone: string
  enrollmentId: string
  enrollmentStatus: EnrollmentStatus
  personId: string
  assessmentId: string
  kind: TestKind
  testTitle: Words
  blueprint: Blueprint
  /** Null where nothing is passed: before and after a training. */
  passPercent: number | null
  perPage: number
}

/** One sitting of a test. Numbers with a fraction are strings, as the database gives them. */
export type Attempt = {
  id: string
  number: number
  seed: string
  startedAt: Temporal.Instant
  /** When the time is over, with extra time and what was given back. */
  deadlineAt: Temporal.Instant | null
  /** Until when answers given before the deadline may arrive; the attempt is closed then at the latest. */
  lateUntil: Temporal.Instant | null
  /** Seconds the platform was away meanwhile, given back in `deadlineAt`. */
  givenBack: number
  handedInAt: Temporal.Instant | null
  closedBy: 'learner' | 'time' | null
  points: string | null
  maxPoints: string | null
  percent: string | null
  receipt: string | null
}

export type Sitting = Place & Attempt

/** An item as an attempt asks it, in the version drawn then, with the answer that counts now. */
export type AskedItem = {
  position: number
  id: string
  code: string
  number: number
  type: ItemType
  prompt: Words
  /** The type's own part, with its key: models/items/<type>.ts. */
  content: unknown
  /** The same with the key by which answers count now: its own, or that of the version that corrects it (regrade.ts). */
  key: unknown
  /** Whether its answers count for nothing. */
  dropped: boolean
  points: number
  value: Value | null
  /** The final mark that a person gave for the answer; null where there is none. */
  mark: { points: number; comment: string } | null
  receivedAt: Temporal.Instant | null
}

const PLACE_COLUMNS = `t.id as "trainingId", t.code, coalesce(t.title, v.title) as title, t.status as "trainingStatus",
  t.starts_on as "startsOn", t.zone, e.id as "enrollmentId", e.status as "enrollmentStatus", e.person_id as "personId",
  s.id as "assessmentId", s.kind, s.title as "testTitle", s.blueprint, s.pass_percent as "passPercent",
  s.per_page as "perPage", ${RULE_COLUMNS}`

/** Columns of `Attempt`, for statements that know `attempts a`. */
export const ATTEMPT_COLUMNS = `a.id, a.number, a.seed, a.started_at as "startedAt", a.deadline_at as "deadlineAt",
  a.late_until as "lateUntil", a.given_back as "givenBack", a.handed_in_at as "handedInAt", a.closed_by as "closedBy", a.points, a.max_points as "maxPoints", a.percent, a.receipt`

/** The test of a training for a learner who has asked for a place in it; others see nothing. */
export function placeOf(actor: Actor, code: string, kind: TestKind = 'test'): Promise<Place | undefined> {
  return one<Place>(
    'attempt.place',
    `select ${PLACE_COLUMNS} from trainings t
     join enrollments e on e.training_id = t.id and e.person_id = $1 and e.status in ('requested', 'waiting', 'enrolled')
     join course_versions v on v.id = e.course_version_id
     join assessments s on s.course_version_id = v.id and s.kind = $3
     ${RULES_JOINED}
     where t.code = $2 order by s.id limit 1`,
    [actor.id, code, kind],
  )
}

/** An attempt of the learner's own; anybody else's is not there. */
export function sittingOf(
  actor: Actor,
  code: string,
  number: number,
  kind: TestKind = 'test',
): Promise<Sitting | undefined> {
  return one<Sitting>(
    'attempt.sitting',
    `select ${PLACE_COLUMNS}, ${ATTEMPT_COLUMNS} from trainings t
     join enrollments e on e.training_id = t.id and e.person_id = $1 and e.status = 'enrolled'
     join course_versions v on v.id = e.course_version_id
     join attempts a on a.enrollment_id = e.id and a.number = $3
     join assessments s on s.id = a.assessment_id and s.kind = $4
     ${RULES_JOINED}
     where t.code = $2 limit 1`,
    [actor.id, code, number, kind],
  )
}

/** All attempts at the test of a place, first to last. */
export function attemptsAt({ assessmentId, enrollmentId }: Place): Promise<Attempt[]> {
  return sql<Attempt>(
    'attempt.list',
    `select ${ATTEMPT_COLUMNS} from attempts a where a.assessment_id = $1 and a.enrollment_id = $2 order by a.number`,
    [assessmentId, enrollmentId],
  )
}

/**
 * Joins to `attempt_items ai` the answer `l` that counts: of one device the save with the highest counter, whenever it
 * arrived; between devices the one that arrived last.
 */
export const COUNTING_ANSWER = `left join lateral (
  select d.id, d.value, d.language, d.received_at from (
    select distinct on (x.device) x.id, x.value, x.language, x.received_at from answers x
    where x.attempt_id = ai.attempt_id and x.item_version_id = ai.item_version_id
    order by x.device, x.counter desc) d
  order by d.id desc limit 1) l on true`

/** Joins to `item_versions v` what became of it after it was asked: `r.act` and `r.key`, both null when nothing did. */
export const RULING = `left join lateral (
  select g.act, k.content as key from regrades g left join item_versions k on k.id = g.key_version_id
  where g.item_version_id = v.id order by g.id desc limit 1) r on true`

/** Joins the final mark `m` for the answer `l` to an essay `v`. Its level is called by its points. */
export const FINAL_MARK = `left join marks m on v.type = 'essay' and m.subject_kind = 'answer' and m.subject_id = l.id
  and m.part = 'first' and m.final_at is not null`

/** The items of an attempt with the answers that count. */
export const itemsOf = async (attemptId: string): Promise<AskedItem[]> =>
  (await itemsOfAll([attemptId])).get(attemptId) ?? []

/** The same for many attempts at once, by their ids. */
export async function itemsOfAll(attemptIds: string[]): Promise<Map<string, AskedItem[]>> {
  const rows = await sql<AskedItem & { attemptId: string }>(
    'attempt.items',
    `select ai.attempt_id as "attemptId", ai.position, v.id, i.code, v.number, v.type, v.prompt, v.content,
       coalesce(r.key, v.content) as key, coalesce(r.act = 'drop', false) as dropped, v.points, l.value,
       l.received_at as "receivedAt",
       case when m.id is not null then jsonb_build_object('points', m.levels -> 'points', 'comment', m.comment) end as mark
     from attempt_items ai
     join item_versions v on v.id = ai.item_version_id
     join items i on i.id = v.item_id
     ${RULING}
     ${COUNTING_ANSWER}
     ${FINAL_MARK}
     where ai.attempt_id = any ($1) order by ai.attempt_id, ai.position`,
    [attemptIds],
  )
  return Map.groupBy(rows, row => row.attemptId)
}

/** Whether the time of an attempt is over. An answer that arrives at the very deadline still counts. */
export const isOver = ({ deadlineAt }: Pick<Attempt, 'deadlineAt'>, at = now()): boolean =>
  deadlineAt !== null && Temporal.Instant.compare(at, deadlineAt) > 0

/**
 * What an attempt is at: `open`; `over`, when its time has passed and only answers given before are waited for; or
 * `closed`, with its result. While it is over nothing of it is shown to anyone, so that whoever sends a late answer has
 * seen no more than when the time ended.
 */
export type AttemptState = 'open' | 'over' | 'closed'

export function stateOf(attempt: Pick<Attempt, 'deadlineAt' | 'handedInAt'>, at = now()): AttemptState {
  if (attempt.handedInAt) return 'closed'
  return isOver(attempt, at) ? 'over' : 'open'
}

/** Whether nothing is waited for any more: the attempt is to be closed. */
export const isDue = ({ lateUntil }: Pick<Attempt, 'lateUntil'>, at = now()): boolean =>
  lateUntil !== null && Temporal.Instant.compare(at, lateUntil) > 0

/** Whether an attempt that was handed in waits for people to mark it: until then it has no result. */
export const isUnmarked = ({ handedInAt, percent }: Pick<Attempt, 'handedInAt' | 'percent'>): boolean =>
  handedInAt !== null && percent === null

/** Percent of the attempt that counts: the best of those with a result; null before the first. */
export function bestOf(attempts: Pick<Attempt, 'percent'>[]): number | null {
  const percents = attempts.flatMap(({ percent }) => (percent === null ? [] : [Number(percent)]))
  return percents.length ? Math.max(...percents) : null
}
