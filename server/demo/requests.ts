import { inTransaction, one } from '../../lib/db.ts'
import type { Actor } from '../../models/actor.ts'
import { acknowledgeRequest, writeMessage } from '../../models/answering-requests.ts'
import { letMinistrySee } from '../../models/correcting.ts'
import { inviteStates, joinRequest } from '../../models/joining.ts'
import { needsForm, type NeedsAnswers } from '../../models/needs-form.ts'
import { sendOffer, writeOffer } from '../../models/proposing.ts'
import { requestFor } from '../../models/request.ts'
import { savePart, startRequest, submitRequest } from '../../models/requesting.ts'
import { daysAgo, personOf } from './acting.ts'

const COORDINATOR = 'coordinator@rtcm.example'
const KAZAKHSTAN = 'focalpoint.kz@rtcm.example'
const UZBEKISTAN = 'focalpoint.uz@rtcm.example'

/**
 * What States have asked for: Kazakhstan at three points of the way, Uzbekistan at one that Kazakhstan never sees, and at
 * two that it does: it has joined the one, and is invited to the other.
 */
export async function fillRequests() {
  if (await one('demo.requests', 'select 1 as there from requests limit 1')) return
  await inTransaction(async () => {
    for (const email of ['learner@rtcm.example', 'yerlan@rtcm.example'])
      await daysAgo(30, async () => letMinistrySee(await personOf(email), true))
    await daysAgo(24, offered)
    await daysAgo(9, () => asked(UZBEKISTAN, 'UZ', RETURNS))
    await daysAgo(6, together)
    await daysAgo(1, () => asked(KAZAKHSTAN, 'KZ', DATA))
    await daysAgo(1, () =>
      begun(KAZAKHSTAN, 'KZ', { common: { title: 'Предупреждение торговли людьми на вокзалах' }, own: {} }),
    )
  })
}

type Wish = { common: NeedsAnswers; own: NeedsAnswers }

/** A Monday so many weeks ahead. */
const monday = (weeks: number) => {
  const today = Temporal.Now.plainDateISO('Asia/Baku')
  return today
    .subtract({ days: today.dayOfWeek - 1 })
    .add({ weeks })
    .toString()
}
const WHEN = { dates: [monday(16), monday(18), monday(20)], days: 3, languages: ['ru', 'en'] }

const INTERVIEWS: Wish = {
  common: {
    ...{
      title: 'Первичный опрос на границе',
      format: 'on_site',
      place: 'Алматы',
      ...WHEN,
      lessons: ['RMC-01-L1', 'RMC-01-L2'],
    },
    problem: 'Первичный опрос на разных постах проводится по-разному, и уязвимых людей не всегда замечают.',
    change: 'На всех постах задают одинаковые вопросы и знают, кому передать человека дальше.',
    topics: 'Вопросы первичного опроса, работа с переводчиком, признаки уязвимости.',
  },
  own: {
    ...{ people: 24, level: 'some', agencies: 'Пограничная служба, Комитет миграционной службы' },
    tasks: [
      { task: 'Провести первичный опрос через переводчика', required: 3, present: 1 },
      { task: 'Заметить признаки торговли людьми', required: 3, present: 2 },
    ],
    ...{
      evidence: 'Проверка четырёх постов весной.',
      causes: ['procedure', 'staffing'],
      'costs-own': 'Зал и проезд участников.',
    },
  },
}

const DATA: Wish = {
  common: {
    ...{ title: 'Показатели миграции для отчётов', format: 'live_online', ...WHEN, lessons: ['RMC-01-L2'] },
    problem: 'Ведомства дают разные числа об одном и том же.',
    change: 'В отчёте у каждого числа есть источник и дата.',
    topics: 'Источники данных, определения, как показать неопределённость.',
  },
  own: {
    ...{ people: 15, level: 'mixed', agencies: 'Бюро статистики, Комитет миграционной службы' },
    tasks: [{ task: 'Свести данные двух ведомств', required: 3, present: 1 }],
  },
}

const RETURNS: Wish = {
  common: {
    ...{ title: 'Поддержка вернувшихся трудовых мигрантов', format: 'blended', ...WHEN, lessons: [] },
    problem: 'Вернувшиеся не знают, куда обратиться.',
    change: 'Сотрудник на месте сразу называет нужную службу.',
    topics: 'Маршруты помощи, первый разговор, работа с семьёй.',
  },
  own: {
    ...{ people: 30, level: 'new', agencies: 'Агентство миграции' },
    tasks: [{ task: 'Провести первый разговор с вернувшимся', required: 3, present: 1 }],
  },
}

const BORDER: Wish = {
  common: {
    ...{
      title: 'Совместное обучение постов по обе стороны границы',
      format: 'on_site',
      place: 'Ташкент',
      ...WHEN,
      lessons: [],
    },
    problem: 'Посты по обе стороны одной границы спрашивают о разном, и люди проходят опрос дважды.',
    change: 'Опрос, проведённый на одном посту, понятен на другом.',
    topics: 'Единые вопросы, передача сведений, работа с переводчиком.',
  },
  own: {
    ...{ people: 16, level: 'some', agencies: 'Пограничные войска, Агентство миграции' },
    tasks: [{ task: 'Передать сведения посту соседнего государства', required: 3, present: 1 }],
  },
}

const DOCUMENTS: Wish = {
  common: {
    ...{ title: 'Проверка проездных документов', format: 'blended', ...WHEN, lessons: [] },
    problem: 'Новые образцы документов доходят до постов с опозданием.',
    change: 'Инспектор узнаёт новый образец в первый день.',
    topics: 'Признаки подлинности, образцы десяти государств.',
  },
  own: RETURNS.own,
}

/** Uzbekistan asks together with Kazakhstan: once joined and with a part to fill in, once waiting for an answer. */
async function together() {
  const { person, request } = await begun(UZBEKISTAN, 'UZ', BORDER)
  await inviteStates(person, request, ['KZ'], 'Наши посты стоят друг напротив друга. Давайте учиться вместе.')
  await joinRequest(await personOf(KAZAKHSTAN), request, 'KZ')
  await submitRequest(person, request)
  const other = await begun(UZBEKISTAN, 'UZ', DOCUMENTS)
  await inviteStates(person, other.request, ['KZ', 'TJ'], null)
}

async function begun(email: string, state: string, { common, own }: Wish) {
  const person = await personOf(email)
  const code = await startRequest(person, state, 'ru')
  const request = await requestOf(person, code)
  const { questions } = await needsForm(request.formVersionId)
  await savePart(person, request, null, questions, common)
  await savePart(person, request, state, questions, own)
  return { person, request: await requestOf(person, code) }
}

async function asked(email: string, state: string, wish: Wish) {
  const { person, request } = await begun(email, state, wish)
  await submitRequest(person, request)
  return { person, request: await requestOf(person, request.code) }
}

const requestOf = async (person: Actor, code: string) => (await requestFor(person, code))!

/** Acknowledged, asked about, offered: it waits for the State. */
async function offered() {
  const { person, request } = await asked(KAZAKHSTAN, 'KZ', INTERVIEWS)
  const coordinator = await personOf(COORDINATOR)
  await daysAgo(22, () => acknowledgeRequest(coordinator, request))
  await daysAgo(21, () =>
    writeMessage(coordinator, request, 'KZ', 'center', 'Сколько постов участвует, и на каких языках идёт опрос?'),
  )
  await daysAgo(20, () =>
    writeMessage(person, request, 'KZ', 'state', 'Четырнадцать постов; чаще всего нужны узбекский и таджикский.'),
  )
  const trainer = await personOf('trainer@rtcm.example')
  await daysAgo(12, async () => {
    const number = await writeOffer(coordinator, request, { ...OFFER, trainerIds: [trainer.id!] }, [
      'RMC-01-L1',
      'RMC-01-L2',
    ])
    await sendOffer(coordinator, request, number)
  })
}

const line = (day: number, from: string, to: string, en: string, ru: string) => ({ day, from, to, title: { en, ru } })

const OFFER = {
  title: { en: 'First interview at the border', ru: 'Первичный опрос на границе' },
  aim: {
    en: 'The same first questions at every post, with an interpreter.',
    ru: 'Одинаковые первые вопросы на каждом посту, с переводчиком.',
  },
  audience: { en: 'Border and migration officers', ru: 'Сотрудники пограничной и миграционной служб' },
  ...{ hours: 12, format: 'on_site' as const, zone: 'Asia/Almaty', startsOn: monday(16) },
  endsOn: Temporal.PlainDate.from(monday(16)).add({ days: 1 }).toString(),
  ...{
    hostState: 'KZ',
    place: { en: 'Almaty', ru: 'Алматы' },
    languages: ['ru', 'en'],
    agreedCondition: null,
    seats: 24,
  },
  outline: [
    line(1, '09:30', '11:00', 'What a first interview is for', 'Для чего нужен первичный опрос'),
    line(1, '11:15', '12:45', 'Questions that work', 'Вопросы, которые работают'),
    line(2, '09:30', '11:00', 'With an interpreter', 'С переводчиком'),
    line(2, '11:15', '12:45', 'Whom to refer, and where', 'Кого и куда направить'),
  ],
  centerInputs: { en: 'Two trainers, materials, certificates.', ru: 'Два тренера, материалы, сертификаты.' },
  stateInputs: { en: 'The hall, travel of participants, interpreters.', ru: 'Зал, проезд участников, переводчики.' },
  answerBy: Temporal.Now.plainDateISO('Asia/Baku').add({ days: 10 }).toString(),
}
