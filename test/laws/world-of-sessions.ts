import { one } from '../../lib/db.ts'
import { enterWeekend, addHoliday } from '../../models/dating-days-off.ts'
import { attendedSession } from '../../models/attendance-lists.ts'
import { keepList } from '../../models/importing-attendance.ts'
import { addResource } from '../../models/keeping-resources.ts'
import type { SomeCourse } from '../support/courses.ts'
import { anEnrollment, aTraining, type SomeTraining } from '../support/trainings.ts'
import { aPerson, asActor, type Someone } from '../support/people.ts'
import { sessionsOn } from '../support/agendas.ts'

/** A dated training with a planned session, and what planning looks at: one record of each kind that has an address. */
export type Planned = {
  training: SomeTraining
  sessionId: string
  resourceId: string
  holidayId: string
  weekendId: string
  /** Somebody's place in it, and a meeting's list that waits to be used. */
  placeId: string
  listId: string
}

export async function somethingPlanned(course: SomeCourse, who: Someone): Promise<Planned> {
  const coordinator = await asActor(who)
  const training = await aTraining(course, {
    ...{ code: 'RMC-01-DATED', format: 'live_online', startsOn: '2027-03-01', endsOn: '2027-03-05' },
  })
  const [sessionId] = await sessionsOn(coordinator, training.id, [2])
  const place = await anEnrollment(training, await aPerson())
  const session = (await attendedSession(training.id, sessionId!))!
  const listId = await keepList(coordinator, session, { name: null, rows: [] })
  const resourceId = await addResource(coordinator, {
    ...{ kind: 'room', name: { en: 'Hall', ru: 'Зал' }, address: 'Baku', capacity: null },
  })
  const source = 'a test'
  const name = { en: 'Novruz', ru: 'Новруз' }
  await addHoliday(coordinator, { state: 'AZ', from: '2027-03-20', to: '2027-03-20', name, source })
  const holiday = await one<{ id: string }>(null, 'select id from holidays')
  const weekendId = await enterWeekend(coordinator, { state: 'IR', days: [4, 5], from: '2026-01-01', source })
  return { training, sessionId: sessionId!, resourceId, holidayId: holiday!.id, weekendId, placeId: place.id, listId }
}
