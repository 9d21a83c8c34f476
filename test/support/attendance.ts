import { one, sql } from '../../lib/db.ts'
import { setClock } from '../../lib/time.ts'
import { announce } from '../../models/announcing.ts'
import { WEEK } from '../../server/demo/week.ts'
import { aDatedTraining, sessionsOn } from './agendas.ts'
import { standAt } from './app.ts'
import { anEnrollment, type SomeEnrollment } from './trainings.ts'
import { aPerson, asActor, cast, type Someone } from './people.ts'

/** Rooms in which attendance is taken. */

type Room = {
  /** Days of March 2027 with a session each, 11:00 to 12:30 in Baku. */
  days?: number[]
  seats?: number
  /** Who has a place; three whose names do not matter, unless said otherwise. */
  people?: (() => Promise<Someone>)[]
  /** Where the clock stands. */
  at?: string
}

const SOME = [aPerson, aPerson, aPerson].map(make => () => make())

/** A training with its sessions announced, a trainer in all of them, and people; five minutes after the first has begun. */
export async function aRoom({ days = [2], seats, people = SOME, at = '2027-03-02T07:05:00Z' }: Room = {}) {
  standAt('2027-02-01T08:00:00Z')
  const coordinator = await asActor(await cast.coordinator())
  const trainer = await cast.trainer()
  const training = await aDatedTraining({ seats })
  const sessions = await sessionsOn(coordinator, training.id, days, [{ role: 'trainer', personId: trainer.id }])
  await announce(coordinator, training.id)
  const places: SomeEnrollment[] = []
  for (const person of people) places.push(await anEnrollment(training, await person()))
  standAt(at)
  const base = `/manage/trainings/${training.code}`
  return {
    ...{ coordinator, trainer, training, sessions, session: sessions[0]!, places },
    overview: `${base}/attendance`,
    base: `${base}/sessions/${sessions[0]}/attendance`,
  }
}

/** All marks there are, by name. */
export const marksByName = () =>
  sql<{ name: string; status: string; minutes: number; source: string }>(
    null,
    `select p.name_latin as name, a.status, a.minutes, a.source from attendances a join enrollments e on e.id = a.enrollment_id
     join people p on p.id = e.person_id order by p.name_latin`,
  )

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
