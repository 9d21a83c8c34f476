import { one, sql } from '../../lib/db.ts'
import { setClock } from '../../lib/time.ts'
import type { AttendanceStatus } from '../../models/attendance.ts'
import { attend, type Mark } from '../../models/attending.ts'
import { personOf } from './acting.ts'

/** Attendance of the demo's sessions that are over, noted by the trainer when each of them ended. */

const TRAINER = 'trainer@rtcm.example'

/** How people differ: most are always there; every fifth misses a session now and then, every seventh comes late. */
const HABITS: AttendanceStatus[][] = [
  ['present'],
  ['present', 'present', 'present', 'present', 'late'],
  ['present'],
  ['present', 'excused', 'present', 'present', 'present', 'present'],
  ['present', 'left_early', 'present', 'present'],
  ['present'],
  ['late', 'present', 'present', 'present'],
  ['present', 'absent', 'absent'],
]

type Over = { id: string; trainingId: string; startsAt: Temporal.Instant; endsAt: Temporal.Instant }

/** Marks every session that is over and has no mark yet; of a training that goes on, the last one waits for its trainer. */
export async function fillAttendance() {
  const trainer = await personOf(TRAINER)
  const sessions = await sql<Over>(
    'demo.sessions-over',
    `select s.id, s.training_id as "trainingId", s.starts_at as "startsAt", s.ends_at as "endsAt" from sessions s
     join trainings t on t.id = s.training_id
     where s.kind = 'session' and s.canceled_at is null and s.ends_at < $1 and t.status in ('published', 'running', 'closed')
       and not exists (select 1 from attendances a where a.session_id = s.id)
       and (t.status = 'closed' or exists (select 1 from sessions l where l.training_id = t.id and l.kind = 'session'
         and l.canceled_at is null and l.starts_at > s.starts_at and l.ends_at < $1)) order by s.starts_at, s.id`,
    [Temporal.Now.instant()],
  )
  for (const [index, session] of sessions.entries()) {
    const places = await sql<{ id: string }>(
      'demo.places',
      `select id from enrollments where training_id = $1 and status = 'enrolled' order by id`,
      [session.trainingId],
    )
    const marks = places.map(({ id }, number) => markOf(id, number, index, session))
    setClock(() => session.endsAt)
    try {
      await attend(trainer, session.id, marks, { source: 'trainer' })
    } finally {
      setClock()
    }
  }
  await oneCorrection()
}

function markOf(enrollmentId: string, number: number, index: number, { startsAt, endsAt }: Over): Mark {
  const habit = HABITS[number % HABITS.length]!
  const status = habit[index % habit.length]!
  const at =
    { late: startsAt.add({ minutes: 20 }), left_early: endsAt.subtract({ minutes: 25 }) }[String(status)] ?? null
  return { enrollmentId, status, at, reason: status === 'excused' ? 'Duty at the ministry' : null, seen: 0 }
}

/** One mark was wrong, and the trail says so. */
async function oneCorrection() {
  if (await one('demo.corrected', 'select 1 as there from attendance_corrections limit 1')) return
  const mark = await one<{ sessionId: string; enrollmentId: string; revision: number }>(
    'demo.absent',
    `select session_id as "sessionId", enrollment_id as "enrollmentId", revision from attendances where status = 'absent'
     order by id limit 1`,
  )
  if (!mark) return
  const { sessionId, enrollmentId, revision } = mark
  const change = { enrollmentId, status: 'present' as const, seen: revision }
  const why = 'Took part by telephone; the assistant has confirmed it.'
  await attend(await personOf(TRAINER), sessionId, [change], { source: 'trainer', why })
}
