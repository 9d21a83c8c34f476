import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { inTransaction, one } from '../../lib/db.ts'
import { keep } from '../../lib/storage.ts'
import { acknowledgeRequest } from '../../models/answering-requests.ts'
import { form as formShape } from '../../models/curriculum/form.ts'
import { loadForm } from '../../models/curriculum/loading/form.ts'
import { inviteStates, joinRequest, sendOwnPart } from '../../models/joining.ts'
import { needsForm, type NeedsAnswers } from '../../models/needs-form.ts'
import { sendOffer, writeOffer } from '../../models/proposing.ts'
import { addRequestFile, filesFor } from '../../models/request-files.ts'
import type { OfferTerms } from '../../models/request-offer.ts'
import { type RequestRow, requestFor } from '../../models/request.ts'
import { savePart, startRequest, submitRequest } from '../../models/requesting.ts'
import { theHouse } from './app.ts'
import { aCourse } from './courses.ts'
import { png } from './files.ts'
import { aPerson, asActor, type Someone } from './people.ts'

/** Requests for tests, made by the verbs of the platform. */

const FORM = new URL('../../curriculum/forms/needs-assessment.yaml', import.meta.url)

/** The form as it is shipped. */
export async function theNeedsForm() {
  const form = formShape.parse(parse(readFileSync(FORM, 'utf8')))
  await inTransaction(() => loadForm({ form, hash: 'needs' }, { publish: true, actor: null }))
}

export const COMMON: NeedsAnswers = {
  title: 'Interviewing at the border',
  problem: 'Interviews differ from post to post.',
  change: 'Each post asks the same questions.',
  topics: 'Interviewing, interpreters',
  dates: ['2027-06-07', '2027-06-14', '2027-06-21'],
  days: 2,
  format: 'on_site',
  languages: ['en', 'ru'],
}

export const OWN: NeedsAnswers = {
  people: 20,
  agencies: 'Border service',
  level: 'some',
  tasks: [{ task: 'Lead a first interview', required: 3, present: 1 }],
}

export const TERMS: OfferTerms = {
  title: { en: 'Interviewing at the border', ru: 'Опрос на границе' },
  aim: { en: 'The same questions everywhere.', ru: 'Везде одинаковые вопросы.' },
  audience: { en: 'Border officers', ru: 'Сотрудники пограничной службы' },
  hours: 8,
  format: 'on_site',
  zone: 'Asia/Almaty',
  startsOn: '2027-06-07',
  endsOn: '2027-06-08',
  hostState: 'KZ',
  place: { en: 'Almaty', ru: 'Алматы' },
  languages: ['en', 'ru'],
  agreedCondition: null,
  seats: 20,
  outline: [
    { day: 1, from: '09:30', to: '11:00', title: { en: 'Opening', ru: 'Открытие' } },
    { day: 2, from: '09:30', to: '11:00', title: { en: 'Practice', ru: 'Практика' } },
  ],
  trainerIds: [],
  centerInputs: { en: 'Trainers and materials', ru: 'Тренеры и материалы' },
  stateInputs: { en: 'The hall', ru: 'Зал' },
  answerBy: '2027-01-15',
}

type Traits = { common?: NeedsAnswers; own?: NeedsAnswers; language?: 'en' | 'ru' }

/** A draft with every answer given. */
export async function aDraft(person: Someone, state: string, { common, own, language = 'en' }: Traits = {}) {
  const actor = await asActor(person)
  if (!(await one(null, `select 1 from forms where code = 'needs-assessment'`))) await theNeedsForm()
  const code = await startRequest(actor, state, language)
  const request = await seen(person, code)
  const { questions } = await needsForm(request.formVersionId)
  await savePart(actor, request, null, questions, { ...COMMON, ...common })
  await savePart(actor, request, state, questions, { ...OWN, ...own })
  return seen(person, code)
}

/** The same, sent to the Center. */
export async function aRequest(person: Someone, state: string, traits: Traits = {}) {
  const draft = await aDraft(person, state, traits)
  await submitRequest(await asActor(person), draft)
  return seen(person, draft.code)
}

/** The same, acknowledged, with an offer that has been sent. */
export const anOffer = async (person: Someone, state: string, coordinator: Someone, terms: Partial<OfferTerms> = {}) =>
  offeredTo(person, await aRequest(person, state), coordinator, terms)

/** A request that was sent is acknowledged, and an offer is made for it. */
export async function offeredTo(
  person: Someone,
  request: RequestRow,
  coordinator: Someone,
  terms: Partial<OfferTerms> = {},
) {
  const staff = await asActor(coordinator)
  if (!(await one(null, 'select 1 from themes'))) await aCourse()
  await acknowledgeRequest(staff, request)
  const number = await writeOffer(staff, request, { ...TERMS, ...terms }, [])
  await sendOffer(staff, request, number)
  return seen(person, request.code)
}

/** Another State that takes part, by its focal point. */
export type Guest = { person: Someone; state: string }

/** Invites a State to a request, and joins in its name. */
export async function joined(person: Someone, request: RequestRow, guest: Guest) {
  await inviteStates(await asActor(person), request, [guest.state], null)
  await joinRequest(await asActor(guest.person), request, guest.state)
  return seen(guest.person, request.code)
}

/** Fills in the own part of a State that has joined, and sends it. */
export async function ownPart({ person, state }: Guest, request: RequestRow, own: NeedsAnswers = {}) {
  const actor = await asActor(person)
  const { questions } = await needsForm(request.formVersionId)
  await savePart(actor, request, state, questions, { ...OWN, ...own })
  await sendOwnPart(actor, request, state)
}

/** Puts a file beside a part of a request, as it would have come through the page. @param state null for the common part */
export async function aRequestFile(person: Someone, request: RequestRow, state: string | null, name = 'report.png') {
  const bytes = Buffer.concat([png(), Buffer.from(`${name} of ${state ?? 'all'} in ${request.code}`)])
  const sha256 = await keep(theHouse().config.uploadsDir, bytes)
  const actor = await asActor(person)
  await addRequestFile(actor, request, state, { sha256, size: bytes.length, type: 'image/png', name })
  return (await filesFor(actor, request.id)).find(file => file.sha256 === sha256)!.id
}

/** A focal point of a State. */
export const aFocalPoint = (state: string, name?: string, part: 'main' | 'deputy' | 'agency' = 'main') =>
  aPerson({
    country: state,
    ...(name ? { name } : {}),
    grants: [{ role: 'focal_point', kind: 'state', id: state, part }],
  })

/** A request as this person sees it now. */
export const seen = async (person: Someone, code: string): Promise<RequestRow> =>
  (await requestFor(await asActor(person), code))!
