import { inTransaction, one } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import { record, transition } from '../../models/audit.ts'
import { revokeCertificate } from '../../models/revoking.ts'
import { set, setting } from '../../models/settings.ts'
import { WORKSHOP } from './workshop.ts'
import { confirms, daysAgo, enters, issues, judges, personOf, reads, sitsTest } from './acting.ts'

const COURSE = 'RMC-01'
const COORDINATOR = 'coordinator@rtcm.example'
const at = (name: string) => `${name}@rtcm.example`

/** Two who sign certificates, invented and marked so. */
export async function fillSignatories() {
  if ((await setting('signatories')).length) return
  await inTransaction(async () =>
    set(await personOf(COORDINATOR), 'signatories', [
      {
        name: { en: 'Farid Ismayilov (demonstration)', ru: 'Фарид Исмаилов (демонстрация)' },
        post: { en: 'Director, RTCM', ru: 'Директор РУЦМ' },
      },
      {
        name: { en: 'Gulnara Bekova (demonstration)', ru: 'Гульнара Бекова (демонстрация)' },
        post: { en: 'Head of Training, RTCM', ru: 'Руководитель обучения РУЦМ' },
      },
    ]),
  )
}

/** The trainings of the demo, each with its people, each in one transaction and only once. */
export async function fillTrainings(dataKey: Buffer) {
  await once(OPEN, openOne)
  await once(SMALL, smallOne)
  await once(PAST, () => pastOne(dataKey))
  await once(WORKSHOP, workshopOne)
  await once(liveCode(), announcedOne)
}

const OPEN = 'RMC-01-2026-SELF'
const SMALL = 'RMC-01-2026-SMALL'
export const PAST = 'RMC-01-2026-LIVE'

/** Fills a training in one transaction, unless it is there. */
export async function once(code: string, fill: () => Promise<void>) {
  if (await one('demo.there', 'select 1 as there from trainings where code = $1', [code])) return
  await inTransaction(fill)
}

/** Open to all at any time. The demo's learner is in the middle of it; others have finished. */
async function openOne() {
  await daysAgo(60, () => plan({ code: OPEN, format: 'self_paced', status: 'running' }))
  const learner = await personOf(at('learner'))
  await daysAgo(3, () => enters(learner, OPEN))
  await daysAgo(2, () => reads(learner, OPEN, 50))
  // Complete, the name confirmed: the coordinator has one to issue.
  const nigar = await personOf(at('nigar'))
  await completes(nigar, OPEN, 12, 90)
  await daysAgo(1, () => confirms(nigar, OPEN))
  // Complete, the name not confirmed yet; and one who still lacks the pass mark.
  await completes(await personOf(at('jasur')), OPEN, 6, 80)
  const ayesha = await personOf(at('ayesha'))
  await daysAgo(9, () => enters(ayesha, OPEN))
  await daysAgo(8, () => reads(ayesha, OPEN, 100))
  await daysAgo(7, () => sitsTest(ayesha, OPEN, 50))
}

/** Six places and a tutor: full, three wait. */
async function smallOne() {
  await daysAgo(30, () =>
    plan({
      ...{ code: SMALL, format: 'self_paced', status: 'running', seats: 6 },
      title: {
        en: 'Foundations of Human Mobility: small group with a tutor',
        ru: 'Основы мобильности населения: малая группа с наставником',
      },
    }),
  )
  const names = ['aibek', 'mehrangez', 'elif', 'kamran', 'nino', 'yerlan', 'farhod', 'anara', 'giulia']
  for (const [index, name] of names.entries())
    await daysAgo(20 - index, async () => enters(await personOf(at(name)), SMALL))
  const elif = await personOf(at('elif'))
  await daysAgo(10, () => reads(elif, SMALL, 25))
}

/** Over: seven finished, six hold certificates, one of them revoked, and all gave their opinion. */
async function pastOne(dataKey: Buffer) {
  const day = (days: number) => Temporal.Now.plainDateISO('Asia/Baku').subtract({ days }).toString()
  await daysAgo(80, () =>
    plan({
      ...{ code: PAST, format: 'live_online', status: 'published', seats: 25 },
      ...{ startsOn: day(49), endsOn: day(45), languages: ['ru', 'en'] },
      title: {
        en: 'Foundations of Human Mobility: five mornings online',
        ru: 'Основы мобильности населения: пять утренних занятий онлайн',
      },
    }),
  )
  const people = ['aibek', 'mehrangez', 'elif', 'shirin', 'giulia', 'ogulgerek', 'anara', 'yerlan']
  const opinions = [
    [5, 4, 4, 5, 4, 2, 4],
    [4, 5, 3, 4, 5, 3, 5],
    [5, 5, 5, 4, 4, 1, 4],
    [4, 3, 4, 4, 3, 2, 4],
    [5, 4, 5, 5, 5, 3, 5],
    [4, 4, 2, 5, 4, 2, 4],
    [5, 5, 4, 4, 4, 2, 5],
  ]
  const words: Record<string, string>[] = [
    { apply: 'A one-page list of terms for my unit, this month.' },
    { improve: 'Больше примеров из работы органов по труду.' },
    {},
    { improve: 'More time for the cases.' },
    { apply: 'I will read figures with their date.', improve: 'A printed glossary.' },
    { apply: 'Памятку по терминам для новых сотрудников.' },
    {},
  ]
  for (const name of people) await daysAgo(70, async () => enters(await personOf(at(name)), PAST))
  for (const [index, name] of people.slice(0, 7).entries()) {
    const person = await personOf(at(name))
    await daysAgo(47, () => reads(person, PAST, 100), index)
    await daysAgo(45, () => sitsTest(person, PAST, index === 6 ? 60 : 80 + 10 * (index % 3)), index)
    await daysAgo(44, () => judges(person, PAST, opinions[index]!, words[index]!), index)
  }
  const coordinator = await personOf(COORDINATOR)
  const codes: string[] = []
  for (const name of people.slice(0, 6)) {
    const enrollment = await daysAgo(43, async () => confirms(await personOf(at(name)), PAST))
    codes.push(await daysAgo(41, () => issues(coordinator, enrollment, dataKey)))
  }
  await daysAgo(38, () =>
    revokeCertificate(coordinator, codes[5]!, 'Issued by mistake: the test had been taken by another person.'),
  )
  await daysAgo(40, () => closes(PAST))
}

/** Five days in the hall with pre-work, over: what a coordinator copies onto new dates. */
async function workshopOne() {
  const today = Temporal.Now.plainDateISO('Asia/Baku')
  const monday = today.subtract({ days: today.dayOfWeek - 1, weeks: 6 })
  const start = today.since(monday).days
  await daysAgo(start + 40, () =>
    plan({
      ...{ code: WORKSHOP, format: 'blended', status: 'published', seats: 20 },
      ...{ startsOn: monday.toString(), endsOn: monday.add({ days: 4 }).toString() },
      title: {
        en: 'Foundations of Human Mobility: five days in Baku with pre-work',
        ru: 'Основы мобильности населения: пять дней в Баку с предварительной подготовкой',
      },
      place: {
        en: 'Baku, the hall of the Center (demonstration)',
        ru: 'Баку, зал Центра (демонстрация)',
      },
    }),
  )
  for (const [index, name] of ['ayesha', 'jasur', 'nigar', 'kamran', 'farhod', 'nino'].entries())
    await daysAgo(start + 30 - index, async () => enters(await personOf(at(name)), WORKSHOP))
  await daysAgo(start - 6, () => closes(WORKSHOP))
}

/** Announced for the spring; each request is approved by the Center. */
async function announcedOne() {
  const first = firstDay()
  const [startsOn, endsOn] = [first.toString(), first.add({ days: 3 }).toString()]
  const until = first.subtract({ days: 14 }).toZonedDateTime({ timeZone: 'Asia/Baku', plainTime: '18:00' }).toInstant()
  await daysAgo(10, () =>
    plan({
      ...{ code: liveCode(), format: 'live_online', status: 'published', seats: 30, mode: 'approval' },
      ...{ startsOn, endsOn, until, languages: ['en', 'ru'] },
      title: {
        en: 'Foundations of Human Mobility: live online with interpretation',
        ru: 'Основы мобильности населения: онлайн с синхронным переводом',
      },
      condition: 'Enrollment is approved by the Center.',
    }),
  )
  for (const name of ['kamran', 'nino']) await daysAgo(5, async () => enters(await personOf(at(name)), liveCode()))
}

/** A Tuesday about fourteen weeks ahead. */
function firstDay() {
  const day = Temporal.Now.plainDateISO('Asia/Baku').add({ weeks: 14 })
  return day.add({ days: 2 - day.dayOfWeek })
}

const liveCode = () => `RMC-01-${firstDay().year}-LIVE-EN-RU`

async function completes(person: Awaited<ReturnType<typeof personOf>>, code: string, days: number, percent: number) {
  await daysAgo(days, () => enters(person, code))
  await daysAgo(days - 1, () => reads(person, code, 100))
  await daysAgo(days - 2, () => sitsTest(person, code, percent))
  await daysAgo(days - 3, () => judges(person, code, [5, 4, 4, 5, 4, 2, 4]))
}

type Plan = {
  code: string
  format: string
  status: string
  title?: { en: string; ru: string }
  seats?: number
  mode?: string
  startsOn?: string
  endsOn?: string
  until?: Temporal.Instant
  languages?: string[]
  condition?: string
  place?: { en: string; ru: string }
}

/** Writes a training as a coordinator of the demo opened it. */
export async function plan(training: Plan) {
  const coordinator = await personOf(COORDINATOR)
  const row = await one<{ id: string }>(
    'demo.plan',
    `insert into trainings (code, course_id, course_version_id, title, format, languages, agreed_condition, seats,
       enrollment_mode, hours, starts_on, ends_on, enroll_until, status, created_at, place)
     select $2, c.id, v.id, $3, $4, $5, $6, $7, $8, v.hours, $9, $10, $11, $12, $13, $14 from courses c
     join lateral (select id, hours from course_versions where course_id = c.id and published_at is not null
       order by major desc, minor desc limit 1) v on true
     where c.code = $1 returning id`,
    [
      ...[COURSE, training.code, training.title ? JSON.stringify(training.title) : null, training.format],
      ...[training.languages ?? ['en', 'ru'], training.condition ?? null, training.seats ?? null],
      ...[training.mode ?? 'open', training.startsOn ?? null, training.endsOn ?? null, training.until ?? null],
      ...[training.status, now(), training.place ? JSON.stringify(training.place) : null],
    ],
  )
  await transition('training', row!.id, null, training.status, coordinator)
  await record(coordinator, 'training.announced', 'training', training.code)
}

async function closes(code: string) {
  const coordinator = await personOf(COORDINATOR)
  const row = await one<{ id: string }>(
    'demo.close',
    `update trainings set status = 'closed' where code = $1 returning id`,
    [code],
  )
  await transition('training', row!.id, 'published', 'closed', coordinator)
  await record(coordinator, 'training.closed', 'training', code)
}
