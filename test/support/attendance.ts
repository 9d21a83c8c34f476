import { one, sql } from '../../lib/db.ts'
import { setClock } from '../../lib/time.ts'
import { WEEK } from '../../server/demo/week.ts'

/** Rooms in which attendance is taken. */

/** Of the demo's training of this week: the first session of today. */
export const LECTURE = 'Day 2. Lecture'

/** Five past eleven in Baku today: the demo's lecture has begun, and nobody is marked in it yet. Returns the session's id. */
export async function theLectureBegins(): Promise<string> {
  const row = await one<{ id: string; startsAt: Temporal.Instant }>(
    null,
    `select s.id, s.starts_at as "startsAt" from sessions s join trainings t on t.id = s.training_id
     where t.code = $1 and s.title ->> 'en' = $2`,
    [WEEK, LECTURE],
  )
  await sql(null, 'delete from attendances where session_id = $1', [row!.id])
  const at = row!.startsAt.add({ minutes: 5 })
  setClock(() => at)
  return row!.id
}
