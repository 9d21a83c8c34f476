import { inTransaction, one, sql } from '../../lib/db.ts'
import { record, transition } from '../../models/audit.ts'
import { certifyContribution } from '../../models/contributing.ts'
import { enroll } from '../../models/enrolling.ts'
import type { Expectations } from '../../models/expecting.ts'
import { daysAgo, personOf } from './acting.ts'
import { FULL_DAY, planDay, tell, whoAndWhere } from './sessions.ts'
import { once, PAST, plan } from './trainings.ts'

/** The training of this week: the demo's trainer teaches today, and learners have said what they know and hope for. */

export const WEEK = 'RMC-01-2026-WEEK'
const COORDINATOR = 'coordinator@rtcm.example'
const TRAINER = 'trainer@rtcm.example'
const DAYS = 5

const ROOM: [string, Expectations][] = [
  ['aibek', { level: 'daily', expectations: 'Как объяснять разницу между мигрантом и беженцем на границе.' }],
  ['mehrangez', { level: 'some', expectations: 'Памятку по терминам для новых сотрудников.' }],
  ['shirin', { level: 'some', expectations: 'A shared list of terms in English and Russian.' }],
  ['giulia', { level: 'daily', expectations: 'Cases from other States to use with my students.' }],
  ['nigar', { level: 'new', expectations: null }],
  ['jasur', { level: 'some', expectations: 'Понять, какие показатели сравнимы между странами.' }],
  ['farhod', { level: null, expectations: 'Where civil society can help.' }],
  ['kamran', { level: 'new', expectations: 'To read a table of flows without help.' }],
  ['nino', { level: null, expectations: null }],
]

/** Fills the week once, and certifies what the trainer taught before it. */
export async function fillWeek(dataKey: Buffer) {
  await once(WEEK, theWeek)
  await inTransaction(() => daysAgo(30, () => contribution(dataKey)))
}

async function theWeek() {
  const first = Temporal.Now.plainDateISO('Asia/Baku').subtract({ days: 1 })
  const last = first.add({ days: DAYS - 1 })
  await daysAgo(25, () =>
    plan({
      ...{ code: WEEK, format: 'live_online', status: 'published', seats: 30 },
      ...{ startsOn: first.toString(), endsOn: last.toString(), languages: ['en', 'ru'] },
      title: {
        en: 'Foundations of Human Mobility: this week online',
        ru: 'Основы мобильности населения: онлайн на этой неделе',
      },
    }),
  )
  const { id } = (await one<{ id: string }>('demo.week', 'select id from trainings where code = $1', [WEEK]))!
  const training = { id, code: WEEK, startsOn: first, days: DAYS }
  await daysAgo(24, async () => {
    const { coordinator, wanted } = await whoAndWhere(training)
    for (let day = 0; day < DAYS; day++) await planDay(coordinator, training, day, FULL_DAY, wanted)
    await tell(coordinator, training)
  })
  for (const [index, [name, told]] of ROOM.entries())
    await daysAgo(14, async () => enroll(await personOf(`${name}@rtcm.example`), id, told), index)
  await daysAgo(1, () => begins(id))
}

async function begins(id: string) {
  const coordinator = await personOf(COORDINATOR)
  await sql('demo.begin', `update trainings set status = 'running' where id = $1`, [id])
  await transition('training', id, 'published', 'running', coordinator)
  await record(coordinator, 'training.running', 'training', id, { from: 'published' })
}

async function contribution(dataKey: Buffer) {
  const past = await one<{ id: string }>('demo.past', 'select id from trainings where code = $1', [PAST])
  const [coordinator, trainer] = [await personOf(COORDINATOR), await personOf(TRAINER)]
  if (past) await certifyContribution(coordinator, { personId: trainer.id!, trainingId: past.id }, dataKey)
}
