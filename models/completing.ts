import { inTransaction, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { COUNTS, LENGTH, MINUTES, NEEDED_PERCENT, percentOf, reaches } from './attendance.ts'
import { transition } from './audit.ts'
import type { CertificateKind } from './certificate.ts'
import { later } from './jobs.ts'
import { notify, recipient } from './notifying.ts'

/**
 * What the certificate of a course version asks for (`course_versions.rules`). `attendancePercent`: of the minutes of
 * sessions that count, 80 where nothing is said, 0 for none. `assignment`: in trainings whose format has it.
 */
export type Rules = {
  kind: CertificateKind
  passPercent: number
  evaluation: boolean
  attendancePercent?: number
  assignment?: true
}

/** What a learner has done of it so far. */
export type Facts = {
  lessons: { done: number; total: number }
  /**
   * Best percent of the module test, null before the first result; `exists` false when the course has none. `waiting`: an
   * attempt waits for marks.
   */
  test: { exists: boolean; best: number | null; waiting?: boolean }
  evaluation: { asked: boolean; sent: boolean }
  /** Where the training has an assignment: its percent once released, null before, the pass mark, whether a work is in. */
  assignment?: { percent: number | null; need: number; handedIn: boolean } | null
  /** Minutes at sessions that count; null where the training has none. `open`: minutes without a mark of this person yet. */
  attendance: { minutes: number; of: number; open: number } | null
}

export type Missing =
  | { what: 'lessons'; left: number }
  | { what: 'test'; need: number; best: number | null; waiting: boolean }
  | { what: 'assignment'; need: number; percent: number | null; handedIn: boolean }
  | { what: 'evaluation' }
  | { what: 'attendance'; need: number; percent: number; stillPossible: boolean }

/**
 * What still stands between a learner and the certificate, in the order to do it; nothing means eligible.
 * Attendance of a self-paced training is its mandatory lessons, all finished; achievement asks for the pass mark of
 * the best attempt too, and for the evaluation form sent (product.md, "Numbers that rules need"). Where a training has
 * sessions that count, either kind asks for the attendance percent of all of them: who was there for 80 % of the whole
 * has it, even before the last session.
 */
export function missingFor(rules: Rules, facts: Facts): Missing[] {
  const missing: Missing[] = []
  const left = facts.lessons.total - facts.lessons.done
  if (left > 0) missing.push({ what: 'lessons', left })
  if (rules.kind === 'achievement' && facts.test.exists && (facts.test.best ?? -1) < rules.passPercent)
    missing.push({
      what: 'test',
      need: rules.passPercent,
      best: facts.test.best,
      waiting: facts.test.waiting ?? false,
    })
  const { assignment } = facts
  if (rules.assignment && assignment && (assignment.percent ?? -1) < assignment.need)
    missing.push({ what: 'assignment', ...assignment })
  if (rules.evaluation && facts.evaluation.asked && !facts.evaluation.sent) missing.push({ what: 'evaluation' })
  return [...missing, ...missingAttendance(rules, facts)]
}

function missingAttendance({ attendancePercent: need = NEEDED_PERCENT }: Rules, { attendance }: Facts): Missing[] {
  if (!attendance || reaches(attendance, need)) return []
  const { minutes, of, open } = attendance
  return [
    {
      what: 'attendance',
      need,
      percent: percentOf(attendance),
      stillPossible: reaches({ minutes: minutes + open, of }, need),
    },
  ]
}

export type Standing = {
  rules: Rules
  facts: Facts
  missing: Missing[]
  eligibleAt: Temporal.Instant | null
  /** Whether the same is asked before and after the training (measuring.ts); the certificate does not ask for it. */
  measured: boolean
}

type StandingRow = {
  id: string
  rules: Rules
  total: number
  done: number
  hasTest: boolean
  measured: boolean
  best: string | null
  waiting: boolean
  asked: boolean
  sent: boolean
  assignmentNeed: number | null
  assignmentPercent: string | null
  workIn: boolean
  minutes: number
  of: number
  open: number
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
    test: { exists: row.hasTest, best: row.best === null ? null : Number(row.best), waiting: row.waiting },
    evaluation: { asked: row.asked, sent: row.sent },
    assignment:
      row.assignmentNeed === null
        ? null
        : {
            percent: row.assignmentPercent === null ? null : Number(row.assignmentPercent),
            need: row.assignmentNeed,
            handedIn: row.workIn,
          },
    attendance: row.of > 0 ? { minutes: row.minutes, of: row.of, open: row.open } : null,
  }
  return {
    rules: row.rules,
    facts,
    missing: missingFor(row.rules, facts),
    eligibleAt: row.eligibleAt,
    measured: row.measured,
  }
}

const STANDINGS = `
  select e.id, v.rules, e.eligible_at as "eligibleAt",
    (select count(*)::int from course_parts p join lesson_versions l on l.id = p.lesson_version_id
      where p.course_version_id = v.id and p.mandatory) as total,
    (select count(*)::int from course_parts p join lesson_versions l on l.id = p.lesson_version_id
      join progress g on g.lesson_id = l.lesson_id and g.enrollment_id = e.id
      where p.course_version_id = v.id and p.mandatory) as done,
    exists (select 1 from course_parts p join assessments s on s.id = p.assessment_id and s.kind = 'test'
      where p.course_version_id = v.id) as "hasTest",
    exists (select 1 from assessments s where s.course_version_id = v.id and s.kind = 'pre') as measured,
    (select max(g.percent) from grades g where g.enrollment_id = e.id and g.computed_from is not null) as best,
    exists (select 1 from attempts a where a.enrollment_id = e.id and a.handed_in_at is not null and a.percent is null) as waiting,
    w."assignmentNeed", w."assignmentPercent", coalesce(w."workIn", false) as "workIn",
    exists (select 1 from course_parts p where p.course_version_id = v.id and p.kind = 'form') as asked,
    exists (select 1 from course_parts p join form_receipts r on r.form_version_id = p.form_version_id
      where p.course_version_id = v.id and r.training_id = e.training_id and r.person_id = e.person_id) as sent,
    m.minutes, m.of, m.open
  from enrollments e join course_versions v on v.id = e.course_version_id
  join trainings t on t.id = e.training_id
  left join lateral (select s.pass_percent as "assignmentNeed", (select g.percent from grades g
      where g.enrollment_id = e.id and g.assessment_id = s.id) as "assignmentPercent",
      exists (select 1 from submissions u where u.enrollment_id = e.id and u.assessment_id = s.id
        and u.status in ('handed_in', 'accepted')) as "workIn"
    from assessments s where s.course_version_id = v.id and s.kind = 'assignment' and t.format = any (s.formats)
    limit 1) w on true
  cross join lateral (select coalesce(sum(${MINUTES}), 0)::int as minutes, coalesce(sum(${LENGTH}), 0)::int as of,
      coalesce(sum(${LENGTH}) filter (where a.id is null), 0)::int as open
    from sessions s left join attendances a on a.session_id = s.id and a.enrollment_id = e.id
    where s.training_id = t.id and t.format <> 'self_paced' and ${COUNTS}) m
  where e.id = any ($1)`

/**
 * Looks again whether enrollments are complete, all by one statement; call it in the transaction that finished something.
 * The first time one is, the Center's promise begins to run and the learner is told to confirm the name to be printed.
 * Where attendance, the test or the assignment was corrected below what the certificate asks for, an eligibility without a
 * certificate is taken back.
 */
export async function recheck(...enrollmentIds: string[]): Promise<void> {
  const standings = [...(await standingsOf(enrollmentIds))]
  const ids = (wanted: (standing: Standing) => boolean) =>
    standings.filter(([, standing]) => wanted(standing)).map(([id]) => id)
  for (const fallen of FALLS)
    await takeBack(
      ids(({ missing, eligibleAt }) => eligibleAt !== null && missing.some(({ what }) => what === fallen)),
      fallen,
    )
  await makeEligible(ids(({ missing, eligibleAt }) => !missing.length && !eligibleAt))
}

/** What may be corrected after it was enough. */
const FALLS = ['attendance', 'test', 'assignment'] as const

async function makeEligible(ids: string[]) {
  if (!ids.length) return
  const changed = await sql<{ id: string; personId: string }>(
    'eligible.set',
    `update enrollments set eligible_at = $2 where id = any ($1) and eligible_at is null and status = 'enrolled'
     returning id, person_id as "personId"`,
    [ids, now()],
  )
  for (const { id, personId } of changed) {
    await transition('enrollment', id, 'enrolled', 'eligible', { id: personId })
    const to = await recipient(personId)
    if (to) await notify(to, 'certificate-ready', `enrollment:${id}:eligible`, { enrollmentId: id })
  }
}

async function takeBack(ids: string[], reason: (typeof FALLS)[number]) {
  if (!ids.length) return
  const changed = await sql<{ id: string }>(
    'eligible.unset',
    `update enrollments e set eligible_at = null where e.id = any ($1) and e.eligible_at is not null
       and not exists (select 1 from certificates k where k.enrollment_id = e.id and k.revoked_at is null
         and k.replaced_at is null)
     returning e.id`,
    [ids],
  )
  for (const { id } of changed) await transition('enrollment', id, 'eligible', 'enrolled', null, reason)
}

const TOUCHED = `select e.id from enrollments e join trainings t on t.id = e.training_id
  where e.training_id = $1 and e.status = 'enrolled' and t.format <> 'self_paced'
    and (e.eligible_at is not null or exists (select 1 from attendances a where a.enrollment_id = e.id))
  order by e.id`

/**
 * To be called when sessions of a training change, and with them the minutes that count: its people are looked at again
 * by a job, which holds no session while it waits for people.
 */
export async function recheckLater(trainingId: string): Promise<void> {
  const touched = await sql('eligible.touched', `${TOUCHED} limit 1`, [trainingId])
  if (touched.length) await later('trainings.recheck', { trainingId })
}

/** Looks again at everyone of a training whose attendance was taken or who is eligible, one after the other. */
export async function recheckTraining(trainingId: string): Promise<void> {
  for (const { id } of await sql<{ id: string }>('eligible.of-training', TOUCHED, [trainingId]))
    await inTransaction(async () => {
      await sql('eligible.lock', 'select id from enrollments where id = $1 for no key update', [id])
      await recheck(id)
    })
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
