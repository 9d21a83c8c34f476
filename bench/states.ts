import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { type Actor, actorOf } from '../models/actor.ts'
import { acknowledgeRequest, writeMessage } from '../models/answering-requests.ts'
import { type NeedsAnswers, needsForm } from '../models/needs-form.ts'
import { sendOffer, writeOffer } from '../models/proposing.ts'
import { requestFor } from '../models/request.ts'
import { savePart, startRequest, submitRequest } from '../models/requesting.ts'
import type { OfferTerms } from '../models/request-offer.ts'

/** Who stands for two of the States. */
export const FOCAL_POINT = 652
const NEIGHBOR = 653
const STATES = [
  ['KZ', FOCAL_POINT],
  ['UZ', NEIGHBOR],
] as const
/** Requests of each State, and messages in the first of them. */
const REQUESTS = 30
const MESSAGES = 20

/**
 * Two States with requests, the same at any size, and with own people: every second person of theirs switched it on, so
 * that they grow with the people.
 */
export async function seedStates(coordinator: number) {
  await sql(null, `update people set ministry_may_see = true where country = any ($1) and id % 20 < 10`, [['KZ', 'UZ']])
  if (await one(null, 'select 1 as there from requests limit 1')) return
  const center = await personAt(coordinator)
  for (const [state, place] of STATES) {
    await sql(null, MANDATE, [place, state, now()])
    const person = await personAt(place)
    await inTransaction(async () => {
      for (let n = 0; n < REQUESTS; n++) await asked(person, state)
    })
    await answered(center, person, await firstOf(state), state)
  }
  // Nobody is told of it while pages are measured.
  await sql(null, `delete from jobs where name = 'mail.send'`)
  await sql(null, `delete from mails where kind = 'request-news'`)
}

/** The code of the request of the first State with all that a request can have. */
export const firstRequest = () => firstOf('KZ')

const firstOf = async (state: string) =>
  (await one<{ code: string }>(null, 'select code from requests where lead_state = $1 order by id limit 1', [state]))!
    .code

async function asked(person: Actor, state: string) {
  const code = await startRequest(person, state, 'en')
  const request = (await requestFor(person, code))!
  const { questions } = await needsForm(request.formVersionId)
  await savePart(person, request, null, questions, COMMON)
  await savePart(person, request, state, questions, OWN)
  await submitRequest(person, (await requestFor(person, code))!)
}

async function answered(center: Actor, person: Actor, code: string, state: string) {
  const request = (await requestFor(person, code))!
  await acknowledgeRequest(center, request)
  for (let n = 0; n < MESSAGES; n++) {
    const [actor, side] = n % 2 ? ([person, 'state'] as const) : ([center, 'center'] as const)
    await writeMessage(actor, request, state, side, `Message ${n}: how many posts take part, and in which languages?`)
  }
  for (const seats of [20, 24]) {
    const number = await writeOffer(center, request, { ...TERMS, seats }, ['RMC-01-L1', 'RMC-01-L2'])
    await sendOffer(center, request, number)
  }
}

function inDays(days: number): string {
  return now().toZonedDateTimeISO('Asia/Baku').toPlainDate().add({ days }).toString()
}

const COMMON: NeedsAnswers = {
  ...{ title: 'Interviewing at the border', problem: 'Interviews differ from post to post.', topics: 'Interviewing' },
  ...{ change: 'Each post asks the same questions.', dates: [70, 77, 84].map(inDays), days: 2, format: 'on_site' },
  languages: ['en', 'ru'],
}

const OWN: NeedsAnswers = {
  ...{ people: 20, agencies: 'Border service', level: 'some' },
  tasks: [{ task: 'Lead a first interview', required: 3, present: 1 }],
}

const both = (text: string) => ({ en: text, ru: text })
const TERMS: OfferTerms = {
  ...{ title: both('Interviewing at the border'), aim: both('The same questions'), audience: both('Officers') },
  ...{ hours: 8, format: 'on_site', zone: 'Asia/Almaty', hostState: 'KZ', place: both('Almaty'), trainerIds: [] },
  ...{ startsOn: inDays(70), endsOn: inDays(71), answerBy: inDays(10), languages: ['en', 'ru'], agreedCondition: null },
  ...{ seats: 20, centerInputs: both('Trainers and materials'), stateInputs: both('The hall') },
  outline: [1, 2].map(day => ({ day, from: '09:30', to: '11:00', title: both('A session') })),
}

async function personAt(place: number): Promise<Actor> {
  const row = await one<{ id: string }>(null, 'select id from people order by id offset $1 limit 1', [place])
  return (await actorOf(row!.id, now()))!
}

const MANDATE = `
  insert into role_grants (person_id, role, scope_kind, scope_id, part, valid_from)
  select id, 'focal_point', 'state', $2, 'main', $3 from people order by id offset $1 limit 1`
