import { sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { transition } from './audit.ts'
import type { CertificateKind } from './certificate.ts'
import { notify, recipient } from './notifying.ts'

/** What the certificate of a course version asks for (`course_versions.rules`). */
export type Rules = { kind: CertificateKind; passPercent: number; evaluation: boolean }

/** What a learner has done of it so far. */
export type Facts = {
  lessons: { done: number; total: number }
  /** Best percent of the module test, null when never handed in; `exists` false when the course has none. */
  test: { exists: boolean; best: number | null }
  evaluation: { asked: boolean; sent: boolean }
}

export type Missing =
  | { what: 'lessons'; left: number }
  | { what: 'test'; need: number; best: number | null }
  | { what: 'evaluation' }

/**
 * What still stands between a learner and the certificate, in the order to do it; nothing means eligible.
 * Attendance of a self-paced training is its mandatory lessons, all finished; achievement asks for the pass mark of
 * the best attempt too, and for the evaluation form sent (product.md, "Numbers that rules need").
 */
export function missingFor(rules: Rules, facts: Facts): Missing[] {
  const missing: Missing[] = []
  const left = facts.lessons.total - facts.lessons.done
  if (left > 0) missing.push({ what: 'lessons', left })
  if (rules.kind === 'achievement' && facts.test.exists && (facts.test.best ?? -1) < rules.passPercent)
    missing.push({ what: 'test', need: rules.passPercent, best: facts.test.best })
  if (rules.evaluation && facts.evaluation.asked && !facts.evaluation.sent) missing.push({ what: 'evaluation' })
  return missing
}

export type Standing = { rules: Rules; facts: Facts; missing: Missing[]; eligibleAt: Temporal.Instant | null }

type StandingRow = {
  id: string
  rules: Rules
  total: number
  done: number
  hasTest: boolean
  best: string | null
  asked: boolean
  sent: boolean
  eligibleAt: Temporal.Instant | null
}

/** Where an enrollment stands, by one statement. */
export async function standingOf(enrollmentId: string): Promise<Standing> {
  return (await standingsOf([enrollmentId])).get(enrollmentId)!
}

/** Where several enrollments stand, by one statement: enrollment id → standing. */
export async function standingsOf(enrollmentIds: string[]): Promise<Map<string, Standing>> {
  if (!enrollmentIds.length) return new Map()
  const rows = await sql<StandingRow>('standings', STANDINGS, [enrollmentIds])
  return new Map(rows.map(row => [row.id, standing(row)]))
}

function standing(row: StandingRow): Standing {
  const facts: Facts = {
    lessons: { done: row.done, total: row.total },
    test: { exists: row.hasTest, best: row.best === null ? null : Number(row.best) },
    evaluation: { asked: row.asked, sent: row.sent },
  }
  return { rules: row.rules, facts, missing: missingFor(row.rules, facts), eligibleAt: row.eligibleAt }
}

const STANDINGS = `
  select e.id, v.rules, e.eligible_at as "eligibleAt",
    (select count(*)::int from course_parts p join lesson_versions l on l.id = p.lesson_version_id
      where p.course_version_id = v.id and p.mandatory) as total,
    (select count(*)::int from course_parts p join lesson_versions l on l.id = p.lesson_version_id
      join progress g on g.lesson_id = l.lesson_id and g.enrollment_id = e.id
      where p.course_version_id = v.id and p.mandatory) as done,
    exists (select 1 from course_parts p where p.course_version_id = v.id and p.kind = 'assessment') as "hasTest",
    (select max(g.percent) from grades g where g.enrollment_id = e.id) as best,
    exists (select 1 from course_parts p where p.course_version_id = v.id and p.kind = 'form') as asked,
    exists (select 1 from course_parts p join form_receipts r on r.form_version_id = p.form_version_id
      where p.course_version_id = v.id and r.training_id = e.training_id and r.person_id = e.person_id) as sent
  from enrollments e join course_versions v on v.id = e.course_version_id where e.id = any ($1)`

/**
 * Looks again whether an enrollment is complete; call it in the transaction that finished something. The first time
 * it is, the Center's promise begins to run and the learner is told to confirm the name to be printed.
 */
export async function recheck(enrollmentId: string): Promise<Standing> {
  const standing = await standingOf(enrollmentId)
  if (standing.missing.length || standing.eligibleAt) return standing
  const changed = await sql<{ personId: string }>(
    'eligible.set',
    `update enrollments set eligible_at = $2 where id = $1 and eligible_at is null and status = 'enrolled'
     returning person_id as "personId"`,
    [enrollmentId, now()],
  )
  if (!changed[0]) return standing
  await transition('enrollment', enrollmentId, 'enrolled', 'eligible', { id: changed[0].personId })
  const to = await recipient(changed[0].personId)
  if (to) await notify(to, 'certificate-ready', `enrollment:${enrollmentId}:eligible`, { enrollmentId })
  return { ...standing, eligibleAt: now() }
}

/** The day by which the Center issues: so many working days (Monday to Friday, in its zone) after an instant. */
export function issueBy(from: Temporal.Instant, workingDays: number, zone = 'Asia/Baku'): Temporal.PlainDate {
  let day = from.toZonedDateTimeISO(zone).toPlainDate()
  for (let left = workingDays; left > 0; ) {
    day = day.add({ days: 1 })
    if (day.dayOfWeek <= 5) left--
  }
  return day
}
