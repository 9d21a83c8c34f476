import { fingerprint } from '../lib/secrets.ts'
import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { COUNTING_ANSWER, RULING } from './attempt.ts'
import type { Words } from './course.ts'
import { MARKS_IN } from './marked-work.ts'
import type { Chosen, Criterion } from './rubric.ts'

/**
 * An answer to an essay question of a test, as it lies before a marker. Whose it is stays unknown to markers.
 */
export type Essay = {
  /** Of the answer that counts: it cannot change any more, since only what was handed in is marked. */
  id: string
  text: string
  language: string
  prompt: Words
  guidance: Words
  /** What the answer is worth at most. */
  points: number
  attemptId: string
  handedInAt: Temporal.Instant
  enrollmentId: string
  trainingId: string
  code: string
  title: Words
  testTitle: Words
  /** Whether the attempt has its result: then the mark is changed by who releases grades, with a reason. */
  graded: boolean
  mark: EssayMark | null
}

export type EssayMark = {
  id: string
  markerId: string
  marker: string
  levels: Chosen
  comment: string
  savedAt: string
  final: boolean
}

/** The rubric of an essay: one criterion, whose levels are whole points from none to all. */
export const rubricOf = ({ points }: Pick<Essay, 'points'>): Criterion[] => [
  {
    ...{ id: 'points', weight: 100, title: { en: 'Points', ru: 'Баллы' } },
    levels: Array.from({ length: points + 1 }, (_, level) => ({
      points: level,
      text: { en: String(level), ru: String(level) },
    })),
  },
]

/** A sign of the mark that somebody was shown: another mark has another sign, no mark has none. */
export const signOf = (mark: EssayMark | null): string =>
  mark ? fingerprint(JSON.stringify([mark.markerId, mark.levels.points, mark.comment, mark.final])).slice(0, 20) : ''

const COLUMNS = `l.id, l.value ->> 0 as text, l.language, v.prompt, v.content -> 'guidance' as guidance, v.points,
  a.id as "attemptId", a.handed_in_at as "handedInAt", e.id as "enrollmentId", t.id as "trainingId", t.code,
  coalesce(t.title, c.title) as title, s.title as "testTitle", a.percent is not null as graded,
  case when m.id is not null then jsonb_build_object('id', m.id::text, 'markerId', m.marker_id::text,
    'marker', coalesce(w.name_latin, ''), 'levels', m.levels, 'comment', m.comment, 'savedAt', m.saved_at,
    'final', m.final_at is not null) end as mark`

/** Answers to essays of attempts `a`, with the mark there is; what was dropped or left open is not there. */
const ESSAYS = `join enrollments e on e.id = a.enrollment_id and e.status = 'enrolled'
  join trainings t on t.id = e.training_id join course_versions c on c.id = e.course_version_id
  join assessments s on s.id = a.assessment_id
  join attempt_items ai on ai.attempt_id = a.id join item_versions v on v.id = ai.item_version_id and v.type = 'essay'
  ${RULING} ${COUNTING_ANSWER}
  left join marks m on m.subject_kind = 'answer' and m.subject_id = l.id and m.part = 'first'
  left join people w on w.id = m.marker_id`
const ANSWERED = `jsonb_array_length(l.value) > 0 and r.act is distinct from 'drop'`
const UNMARKED = `select * from attempts where handed_in_at is not null and percent is null`

/** An essay for who marks in its training, never one's own; to others it is not there. */
export const essayOf = (actor: Actor, id: string): Promise<Essay | undefined> =>
  one<Essay>(
    'essay.one',
    `select ${COLUMNS} from attempts a ${ESSAYS}
     where a.id = (select attempt_id from answers where id = $3) and a.handed_in_at is not null and l.id = $3
       and ${ANSWERED} and e.person_id <> $1 and t.id in (${MARKS_IN})`,
    [actor.id, now(), id],
  )

export type PersonEssay = Essay & { number: number; learner: { id: string; name: string } }

/** The essays of one person in a training, attempt by attempt, for those who run it: see policies/marking.ts. */
export const essaysBy = (trainingId: string, enrollmentId: string): Promise<PersonEssay[]> =>
  sql<PersonEssay>(
    'essay.of-person',
    `select ${COLUMNS}, a.number, jsonb_build_object('id', p.id::text, 'name', coalesce(p.name_latin, '')) as learner
     from attempts a ${ESSAYS} join people p on p.id = e.person_id
     where e.id = $2 and t.id = $1 and a.handed_in_at is not null and ${ANSWERED} order by a.number, ai.position`,
    [trainingId, enrollmentId],
  )

/** An essay that waits: `begun` by whom, where somebody has begun to mark it. */
export type WaitingEssay = Pick<
  Essay,
  'id' | 'language' | 'prompt' | 'handedInAt' | 'trainingId' | 'code' | 'title' | 'testTitle'
> & { begun: string | null; mine: boolean }

/**
 * Essays that wait for this marker, question by question, the oldest first: answers to one question are judged most evenly
 * one after the other. Nothing waits before its attempt is closed, so no late answer can follow.
 */
export const waitingEssays = (personId: string, limit = 200): Promise<WaitingEssay[]> =>
  sql<WaitingEssay>(
    'essay.waiting',
    // What waits anywhere is few, what a training ever handed in is many: the statement begins with the few.
    `with unmarked as materialized (${UNMARKED})
     select l.id, l.language, v.prompt, a.handed_in_at as "handedInAt", t.id as "trainingId", t.code,
       coalesce(t.title, c.title) as title, s.title as "testTitle", w.name_latin as begun,
       coalesce(m.marker_id = $1, false) as mine
     from unmarked a ${ESSAYS}
     where t.id in (${MARKS_IN}) and e.person_id <> $1 and ${ANSWERED} and m.final_at is null
     order by min(a.handed_in_at) over (partition by t.id, v.id), t.id, v.id, a.handed_in_at, l.id limit $3`,
    [personId, now(), limit],
  )

/** The essay to mark after one, in the order of the list; what somebody else has begun comes when nothing else waits. */
export function nextEssay(waiting: WaitingEssay[], after: string): WaitingEssay | undefined {
  const place = waiting.findIndex(({ id }) => id === after)
  const others = [...waiting.slice(place + 1), ...waiting.slice(0, Math.max(place, 0))]
  return others.find(({ begun, mine }) => mine || !begun) ?? others[0]
}

/** Essays this marker has finished while the attempt still waits for others: they may be looked at again. */
export const finishedEssays = (personId: string, limit = 50) =>
  sql<Pick<Essay, 'id' | 'prompt' | 'code'> & { finalAt: Temporal.Instant }>(
    'essay.finished',
    `with unmarked as materialized (${UNMARKED})
     select l.id, v.prompt, t.code, m.final_at as "finalAt" from unmarked a ${ESSAYS}
     where m.marker_id = $1 and m.final_at is not null and t.id in (${MARKS_IN}) and ${ANSWERED}
     order by m.final_at desc limit $3`,
    [personId, now(), limit],
  )

/** How many essays of a training wait for marks, and since when the oldest. */
export async function essaysWaitingIn(trainingId: string): Promise<{ count: number; since: Temporal.Instant | null }> {
  return (await one<{ count: number; since: Temporal.Instant | null }>(
    'essay.waiting-in',
    `with unmarked as materialized (${UNMARKED})
     select count(*)::int as count, min(a.handed_in_at) as since from unmarked a ${ESSAYS}
     where t.id = $1 and ${ANSWERED} and m.final_at is null`,
    [trainingId],
  ))!
}
