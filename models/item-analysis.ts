import { sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import {
  analyzeQuestions,
  analyzeTests,
  type Analyzed,
  type AnalyzedTest,
  type Answer,
  type Asked,
} from './analyzing/questions.ts'
import { COUNTING_ANSWER, FINAL_MARK, RULING } from './attempt.ts'
import type { Words } from './curriculum/shapes.ts'
import type { Difficulty } from './drawing.ts'
import type { ItemState } from './item.ts'
import { seesBank } from './policies/item.ts'

/** A version of a question that learners were asked in the test of its module. */
type AskedVersion = Asked & {
  code: string
  number: number
  status: ItemState
  outcome: string
  difficulty: Difficulty
  prompt: Words
}

export type AnalyzedVersion = Omit<AskedVersion, 'answers'> & Analyzed

/** What first attempts say of a module's questions, by code and version, and of the tests of its course. */
export type ItemAnalysis = { versions: AnalyzedVersion[]; tests: (AnalyzedTest & { version: string })[] }

/**
 * What learners' answers say of the questions of a module; nothing for who does not see the bank. One statement reads
 * the first attempt of each person; later ones have seen the explanations.
 * @param code of one question, when only that one is asked about
 */
export async function itemAnalysis(actor: Actor, moduleId: string, code: string | null = null): Promise<ItemAnalysis> {
  if (!seesBank(actor)) return { versions: [], tests: [] }
  const asked = await askedIn(moduleId, code)
  const analyzed = analyzeQuestions(asked)
  const wanted = asked.filter(version => analyzed.has(version.id) && (!code || version.code === code))
  return {
    versions: wanted.map(({ answers: _, ...version }) => ({ ...version, ...analyzed.get(version.id)! })),
    tests: code ? [] : [...analyzeTests(asked)].map(([version, test]) => ({ version, ...test })),
  }
}

const askedIn = (moduleId: string, code: string | null): Promise<AskedVersion[]> =>
  sql<AskedVersion & { answers: Answer[] }>(
    'analysis.asked',
    `with firsts as (
       select f.*, row_number() over (order by f.handed_in_at, f.id) as n from (
         select distinct on (e.person_id) a.id, a.handed_in_at, a.percent, c.code || ' ' || v.major || '.' || v.minor as version
         from courses c join course_versions v on v.course_id = c.id
         join assessments s on s.course_version_id = v.id and s.kind = 'test'
         join attempts a on a.assessment_id = s.id and a.handed_in_at is not null
         join enrollments e on e.id = a.enrollment_id
         where c.module_id = $1 order by e.person_id, a.started_at, a.id) f
       where f.percent is not null and ($2::text is null or exists (select from attempt_items x join item_versions y on y.id = x.item_version_id
         join items z on z.id = y.item_id where x.attempt_id = f.id and z.code = $2)))
     select v.id, i.code, v.number, v.type, coalesce(r.key, v.content) as content,
       coalesce(r.act = 'drop', false) as dropped, v.status, v.outcome_code as outcome, v.difficulty, v.prompt,
       jsonb_agg(jsonb_build_array(f.n, f.version, l.value, l.language,
         (m.levels ->> 'points')::float / v.points) order by f.n) as answers
     from firsts f join attempt_items ai on ai.attempt_id = f.id
     join item_versions v on v.id = ai.item_version_id join items i on i.id = v.item_id
     ${RULING}
     ${COUNTING_ANSWER}
     ${FINAL_MARK}
     group by v.id, i.id, r.act, r.key order by i.code, v.number desc`,
    [moduleId, code],
  )
