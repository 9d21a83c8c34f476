import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'

export const DATED = 'BENCH-DATED'
/** Agendas of other lengths: how many sessions, and the code of the training. */
export const OTHER_AGENDAS = [
  [5, 'BENCH-5'],
  [500, 'BENCH-500'],
] as const
/** The token of a person's secret calendar address. */
export const feedToken = (person: number): string => `bench-feed-${person}`

const SESSIONS = 100
const FEEDS = 500

/**
 * A dated training with a hundred announced sessions, and five hundred participants with a secret calendar address; and
 * two trainings with a short and a very long agenda.
 */
export async function seedAgenda() {
  if (await one(null, 'select 1 as there from trainings where code = $1', [DATED])) return
  await addTraining(DATED, SESSIONS)
  for (const [sessions, code] of OTHER_AGENDAS) await addTraining(code, sessions)
  await addParticipants()
}

async function addTraining(code: string, sessions: number) {
  await sql(
    null,
    `insert into trainings (code, course_id, course_version_id, title, format, enrollment_mode, hours, status, created_at, starts_on, ends_on)
     select $1, c.id, v.id, '{"en": "Many sessions", "ru": "Много занятий"}', 'live_online', 'open', v.hours, 'running', $2, $3, $4
     from courses c join course_versions v on v.course_id = c.id
     where c.code = 'RMC-01' and v.published_at is not null order by v.major desc, v.minor desc limit 1`,
    [code, now(), day(1).toString(), day(sessions).toString()],
  )
  for (let number = 1; number <= sessions; number++) await addSession(code, number)
}

async function addParticipants() {
  await sql(
    null,
    `insert into enrollments (training_id, person_id, course_version_id, source, status, country, agency_type, sex, created_at)
     select t.id, p.id, t.course_version_id, 'self', 'enrolled', p.country, p.agency_type, p.sex, $2
     from trainings t, (select * from people order by id limit $3) p where t.code = $1`,
    [DATED, now(), FEEDS],
  )
  await sql(
    null,
    `insert into calendar_feeds (person_id, token_hash, created_at)
     select id, encode(sha256(('bench-feed-' || row_number() over (order by id) - 1)::bytea), 'hex'), $1
     from (select id from people order by id limit $2) p`,
    [now(), FEEDS],
  )
}

/** A day so many days from today, as the Center counts days. */
export const day = (number: number): Temporal.PlainDate =>
  now().toZonedDateTimeISO('Asia/Baku').toPlainDate().add({ days: number })

async function addSession(code: string, number: number) {
  const wallStart = day(number).toPlainDateTime({ hour: 11 })
  const wallEnd = wallStart.add({ minutes: 90 })
  const [startsAt, endsAt] = [wallStart, wallEnd].map(wall => wall.toZonedDateTime('Asia/Baku').toInstant())
  const title = { en: `Session ${number}`, ru: `Занятие ${number}` }
  const outcomes = { en: 'Explain the terms and use them in a case', ru: 'Объяснить термины и применить их в кейсе' }
  const told = {
    ...{ kind: 'session', title, outcomes, method: 'lecture', zone: 'Asia/Baku', counts: true, interpretation: ['ru'] },
    ...{ wallStart: wallStart.toString().slice(0, 16), wallEnd: wallEnd.toString().slice(0, 16) },
    ...{ startsAt: startsAt!.toString(), endsAt: endsAt!.toString(), sequence: 0, canceled: null },
    bookings: [
      { role: 'room', name: { en: 'Room 1', ru: 'Зал 1' }, address: 'Baku' },
      { role: 'trainer', name: { en: 'Rustam Karimov', ru: 'Рустам Каримов' } },
    ],
  }
  await sql(
    null,
    `insert into sessions (training_id, kind, title, outcomes, method, wall_start, wall_end, zone, starts_at, ends_at, uid,
       created_at, changed_at, published, published_at)
     select id, 'session', $2, $3, 'lecture', $4, $5, 'Asia/Baku', $6, $7, $8, $9, $9, $10, $9 from trainings where code = $1`,
    [
      ...[code, JSON.stringify(title), JSON.stringify(outcomes), wallStart, wallEnd, startsAt, endsAt],
      ...[`${code.toLowerCase()}-${number}@rtcm.az`, now(), JSON.stringify(told)],
    ],
  )
}
