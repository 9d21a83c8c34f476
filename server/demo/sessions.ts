import { inTransaction, one, sql } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import type { Actor } from '../../models/actor.ts'
import { tellAgenda } from '../../models/agenda-news.ts'
import { announce } from '../../models/announcing.ts'
import type { Wanted } from '../../models/booking.ts'
import { addResource } from '../../models/keeping-resources.ts'
import { type Plan, reschedule, schedule, sessionOf } from '../../models/scheduling.ts'
import type { Method } from '../../models/session.ts'
import { daysAgo, personOf } from './acting.ts'
import { DEMO_TRAINERS } from './trainers.ts'
import { needsOf, WORKSHOP, WORKSHOP_DAYS } from './workshop.ts'

/** Agendas of the demo's dated trainings: one that is over, one that comes, with a change told and one not told yet. */

type Words = { en: string; ru: string }
type Dated = { id: string; code: string; startsOn: Temporal.PlainDate; days: number }
type Part = { from: string; to: string; title: Words; method?: Method; outcomes?: Words; pause?: boolean }

const COORDINATOR = 'coordinator@rtcm.example'
const TRAINER = 'trainer@rtcm.example'

export async function fillSessions() {
  for (const training of await withoutSessions()) {
    const over = Temporal.PlainDate.compare(training.startsOn, today()) < 0
    const fill = training.code === WORKSHOP ? workshopAgenda : over ? pastAgenda : comingAgenda
    await inTransaction(() => fill(training))
  }
}

async function withoutSessions(): Promise<Dated[]> {
  const rows = await sql<{ id: string; code: string; startsOn: string; endsOn: string }>(
    'demo.dated',
    `select id, code, starts_on as "startsOn", ends_on as "endsOn" from trainings t
     where format <> 'self_paced' and starts_on is not null and ends_on is not null and copied_from_id is null
       and status <> 'draft' and not exists (select 1 from sessions s where s.training_id = t.id) order by id`,
  )
  return rows.map(({ id, code, startsOn, endsOn }) => {
    const first = Temporal.PlainDate.from(startsOn)
    return { id, code, startsOn: first, days: first.until(Temporal.PlainDate.from(endsOn)).days + 1 }
  })
}

/** Five mornings that are over: told long ago. */
async function pastAgenda(training: Dated) {
  const days = today().since(training.startsOn).days
  await daysAgo(days + 25, async () => {
    const { coordinator, wanted } = await whoAndWhere(training)
    for (let day = 0; day < training.days; day++) await planDay(coordinator, training, day, MORNING, wanted)
    await tell(coordinator, training)
  })
}

/** The five days in Baku: three trainers and the hall, told long ago. */
async function workshopAgenda(training: Dated) {
  const days = today().since(training.startsOn).days
  await daysAgo(days + 25, async () => {
    const { coordinator } = await whoAndWhere(training)
    const ids: string[] = []
    for (const email of [TRAINER, ...DEMO_TRAINERS.map(each => each.email)]) ids.push((await personOf(email)).id!)
    const room = await theRoom()
    for (const [day, parts] of WORKSHOP_DAYS.entries())
      for (const part of parts) await planPart(coordinator, training, day, part, needsOf(part, ids, room))
    await tell(coordinator, training)
  })
}

/** Four days to come: announced, then one session moved and told, and one more change that people do not know yet. */
async function comingAgenda(training: Dated) {
  await daysAgo(9, async () => {
    const { coordinator, wanted } = await whoAndWhere(training)
    for (let day = 0; day < training.days; day++) await planDay(coordinator, training, day, FULL_DAY, wanted)
    await tell(coordinator, training)
  })
  await daysAgo(2, async () => {
    await shift(training, 1, 'Discussion')
    await tell(await personOf(COORDINATOR), training)
  })
  await daysAgo(1, () => shift(training, 2, 'Case study'))
}

const MORNING: Part[] = [
  { from: '09:30', to: '11:00', title: { en: 'Lecture and questions', ru: 'Лекция и вопросы' }, method: 'lecture' },
  { from: '11:00', to: '11:15', title: { en: 'Coffee', ru: 'Кофе' }, pause: true },
  { from: '11:15', to: '12:45', title: { en: 'Work in groups', ru: 'Работа в группах' }, method: 'group_work' },
]

export const FULL_DAY: Part[] = [
  {
    ...{ from: '11:00', to: '12:30', title: { en: 'Lecture', ru: 'Лекция' }, method: 'lecture' },
    outcomes: {
      en: 'Name the people the term covers\nSay where it comes from',
      ru: 'Назвать, кого охватывает термин\nСказать, откуда он взялся',
    },
  },
  { from: '12:30', to: '12:45', title: { en: 'Break', ru: 'Перерыв' }, pause: true },
  { from: '12:45', to: '13:45', title: { en: 'Discussion', ru: 'Обсуждение' }, method: 'discussion' },
  { from: '14:30', to: '15:30', title: { en: 'Case study', ru: 'Разбор случая' }, method: 'case' },
]

/** Plans the sessions and breaks of one day of a training. */
export async function planDay(actor: Actor, training: Dated, day: number, parts: Part[], wanted: Wanted[]) {
  for (const part of parts) {
    const { title, pause } = part
    const dayOf = { en: `Day ${day + 1}. ${title.en}`, ru: `День ${day + 1}. ${title.ru}` }
    await planPart(actor, training, day, { ...part, title: pause ? title : dayOf }, pause ? [] : wanted)
  }
}

async function planPart(actor: Actor, training: Dated, day: number, part: Part, wanted: Wanted[]) {
  const date = training.startsOn.add({ days: day })
  const { from, to, title, method, outcomes, pause } = part
  const plan: Plan = {
    kind: pause ? 'break' : 'session',
    title,
    outcomes: outcomes ?? null,
    method: method ?? null,
    wallStart: date.toPlainDateTime(from),
    wallEnd: date.toPlainDateTime(to),
    zone: 'Asia/Baku',
    counts: !pause,
    interpretation: pause ? [] : ['tr', 'fa'],
    wanted,
  }
  await schedule(actor, training.id, plan)
}

/** Moves a session of a day half an hour back. */
async function shift(training: Dated, day: number, title: string) {
  const row = await one<{ id: string }>(
    'demo.session',
    `select id from sessions where training_id = $1 and title ->> 'en' = $2`,
    [training.id, `Day ${day + 1}. ${title}`],
  )
  const session = row && (await sessionOf(training.id, row.id))
  if (!session) return
  const { kind, outcomes, method, zone, counts, interpretation, wallStart, wallEnd } = session
  const { coordinator, wanted } = await whoAndWhere(training)
  await reschedule(coordinator, session, {
    ...{ kind, title: session.title, outcomes, method, zone, counts, interpretation, wanted },
    wallStart: wallStart.add({ minutes: 15 }),
    wallEnd: wallEnd.add({ minutes: 15 }),
  })
}

/** Announces, and writes the mails at once: they belong to that day. */
export async function tell(actor: Actor, { id }: Dated) {
  await announce(actor, id)
  const row = await one<{ number: number }>(
    'demo.agenda-number',
    'select agenda_number as number from trainings where id = $1',
    [id],
  )
  await tellAgenda(id, row!.number)
}

/** The coordinator, and whom and what each session of a training needs; the trainer becomes one of this training. */
export async function whoAndWhere({ id }: Dated): Promise<{ coordinator: Actor; wanted: Wanted[] }> {
  const coordinator = await personOf(COORDINATOR)
  const trainer = await personOf(TRAINER)
  await sql(
    'demo.trains',
    `insert into role_grants (person_id, role, scope_kind, scope_id, valid_from, granted_by)
     select $1, 'trainer', 'training', $2, $3, $4 where not exists (select 1 from role_grants
       where person_id = $1 and role = 'trainer' and scope_kind = 'training' and scope_id = $2)`,
    [trainer.id, id, now(), coordinator.id],
  )
  return {
    coordinator,
    wanted: [
      { role: 'trainer', personId: trainer.id! },
      { role: 'link', resourceId: await theLink(coordinator) },
    ],
  }
}

async function theLink(coordinator: Actor): Promise<string> {
  const known = await one<{ id: string }>(
    'demo.link',
    `select id from resources where kind = 'link' order by id limit 1`,
  )
  if (known) return known.id
  const hall = { en: 'Hall of the Center', ru: 'Зал Центра' }
  await addResource(coordinator, { kind: 'room', name: hall, address: 'Baku (demonstration)', capacity: 30 })
  return addResource(coordinator, {
    kind: 'link',
    name: { en: 'Video room of the Center', ru: 'Видеосвязь Центра' },
    address: 'https://call.rtcm.example/hall',
    capacity: null,
  })
}

/** The hall, where the link of the demo was made beside it. */
const theRoom = async () =>
  (await one<{ id: string }>('demo.room', `select id from resources where kind = 'room' order by id limit 1`))!.id

const today = () => Temporal.Now.plainDateISO('Asia/Baku')
