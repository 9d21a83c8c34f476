import { one, sql } from '../lib/db.ts'
import { type Gain, gainOf, type Pair } from './analyzing/gaining.ts'
import { type AskedItem, COUNTING_ANSWER, RULING } from './attempt.ts'
import type { Words } from './course.ts'
import { answersOf, grade, keyOf } from './grading.ts'

/** What a training changed: the whole and each learning outcome, of people who did both measures; null under five. */
export type TrainingGain = {
  whole: Gain
  outcomes: (Gain & { code: string; text: Words | null })[]
} | null

/** One person's two attempts: what was asked of which outcome, in the order in which people were done. */
type Matched = { before: Asked[]; after: Asked[] }
type Asked = Pick<AskedItem, 'id' | 'type' | 'key' | 'dropped' | 'points' | 'value'> & { outcome: string }

/** Whether the version of the course that a training is on measures before and after. */
export async function isMeasured(trainingId: string): Promise<boolean> {
  const row = await one(
    'gain.measured',
    `select 1 from trainings t join assessments s on s.course_version_id = t.course_version_id and s.kind = 'pre'
     where t.id = $1`,
    [trainingId],
  )
  return row !== undefined
}

/** What the people of a training gained between the two measures. One statement reads all answers. */
export async function gainIn(trainingId: string): Promise<TrainingGain> {
  const people = await matchedIn(trainingId)
  const whole = gainOf(people.map(person => pairOf(person)))
  if (!whole) return null
  const texts = await outcomesOf(trainingId)
  const codes = [...new Set(people.flatMap(({ before }) => before.map(({ outcome }) => outcome)))].toSorted()
  const outcomes = codes.flatMap(code => {
    const gain = gainOf(people.map(person => pairOf(person, code)))
    return gain ? [{ ...gain, code, text: texts.get(code) ?? null }] : []
  })
  return { whole, outcomes }
}

/** Shares of the points before and after: of everything, or of one outcome. */
const pairOf = ({ before, after }: Matched, outcome?: string): Pair => ({
  before: shareIn(before, outcome),
  after: shareIn(after, outcome),
})

function shareIn(asked: Asked[], outcome?: string): number {
  const own = asked.filter(item => outcome === undefined || item.outcome === outcome)
  const { points, maxPoints } = grade(own.map(keyOf), answersOf(own))
  return maxPoints ? points / maxPoints : 0
}

const matchedIn = (trainingId: string): Promise<Matched[]> =>
  sql<Matched>(
    'gain.matched',
    `with asked as (
       select e.id, s.kind, a.handed_in_at, jsonb_agg(jsonb_build_object('id', v.id::text, 'type', v.type,
         'key', coalesce(r.key, v.content), 'dropped', coalesce(r.act = 'drop', false), 'points', v.points,
         'outcome', v.outcome_code, 'value', l.value)) as items
       from enrollments e join attempts a on a.enrollment_id = e.id and a.handed_in_at is not null
       join assessments s on s.id = a.assessment_id and s.kind in ('pre', 'post')
       join attempt_items ai on ai.attempt_id = a.id join item_versions v on v.id = ai.item_version_id
       ${RULING}
       ${COUNTING_ANSWER}
       where e.training_id = $1 group by e.id, s.kind, a.id)
     select b.items as before, c.items as after from asked b
     join asked c on c.id = b.id and b.kind = 'pre' and c.kind = 'post' order by c.handed_in_at, c.id`,
    [trainingId],
  )

async function outcomesOf(trainingId: string): Promise<Map<string, Words>> {
  const rows = await sql<{ code: string; text: Words }>(
    'gain.outcomes',
    `select o.code, o.text from trainings t join course_versions v on v.id = t.course_version_id
     join outcomes o on o.module_version_id = v.module_version_id where t.id = $1`,
    [trainingId],
  )
  return new Map(rows.map(({ code, text }) => [code, text]))
}
