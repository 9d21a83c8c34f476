import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { clearParts, evaluationInForce, layParts, putVersion } from './assembling.ts'
import { record } from './audit.ts'
import { agreedAmong } from './official-languages.ts'
import { step } from './policies/request.ts'
import { insist, Refused } from './refused.ts'
import { tellStates } from './request-news.ts'
import { lessonChoices, type LessonChoice, type OfferTerms } from './request-offer.ts'
import type { RequestRow } from './request.ts'
import { lockRequest, takeStep, touched } from './requesting.ts'

/** What the certificate of a tailor-made training asks for: to have been there, and the evaluation form. */
const RULES = { kind: 'attendance', passPercent: 70, evaluation: true } as const

/**
 * Writes the offer that is in the making, or begins it under the next number: with a draft version of the request's own
 * course. Nothing is seen by the States before it is sent.
 * @param codes of the lessons picked
 * @returns its number
 * @throws Refused 'training.agreedCondition', 'offer.noLesson', 'request.step.offered'
 */
export function writeOffer(actor: Actor, request: RequestRow, terms: OfferTerms, codes: string[]): Promise<number> {
  if (agreedAmong(terms.languages).length && !terms.agreedCondition)
    throw new Refused('training.agreedCondition', { field: 'agreedCondition' })
  return inTransaction(async () => {
    const { status } = await lockRequest(request.id)
    insist(step({ status }, 'offered'))
    const all = await lessonChoices()
    const picked = all.filter(lesson => codes.includes(lesson.code))
    if (picked.length !== new Set(codes).size) throw new Refused('offer.noLesson', { field: 'lessons' })
    const draft = await one<{ number: number; versionId: string }>(
      'offer.draft',
      'select number, course_version_id as "versionId" from offers where request_id = $1 and sent_at is null',
      [request.id],
    )
    const number = draft?.number ?? (await nextNumber(request.id))
    const versionId = await courseVersion(request, number, terms, picked, draft?.versionId)
    const values = columnsOf(terms, picked)
    const names = Object.keys(values)
    if (draft)
      await sql(
        'offer.change',
        `update offers set ${names.map((name, index) => `${name} = $${index + 2}`).join(', ')}
         where request_id = $1 and sent_at is null`,
        [request.id, ...Object.values(values)],
      )
    else
      await sql(
        'offer.add',
        `insert into offers (request_id, number, course_version_id, created_by, created_at, ${names.join(', ')})
         values ($1, $2, $3, $4, $5, ${names.map((_, index) => `$${index + 6}`).join(', ')})`,
        [request.id, number, versionId, actor.id, now(), ...Object.values(values)],
      )
    await record(actor, 'offer.written', 'request', request.id, { number })
    return number
  })
}

/** Sends the offer in the making to the States; what was offered before no longer stands. Twice is once. */
export function sendOffer(actor: Actor, request: RequestRow, number: number): Promise<void> {
  return inTransaction(async () => {
    const { status } = await lockRequest(request.id)
    const offer = await one<{ sent: boolean }>(
      'offer.to-send',
      'select sent_at is not null as sent from offers where request_id = $1 and number = $2',
      [request.id, number],
    )
    if (!offer || offer.sent) return
    insist(step({ status }, 'offered'))
    await sql('offer.send', 'update offers set sent_at = $3, sent_by = $4 where request_id = $1 and number = $2', [
      ...[request.id, number, now(), actor.id],
    ])
    await takeStep(actor, request.id, status, 'offered')
    await touched(request.id)
    await tellStates(actor, { requestId: request.id, news: 'offered' }, `offered:${number}`)
  })
}

async function nextNumber(requestId: string): Promise<number> {
  const row = await one<{ n: number }>(
    'offer.number',
    'select coalesce(max(number), 0) + 1 as n from offers where request_id = $1',
    [requestId],
  )
  return row!.n
}

const columnsOf = (terms: OfferTerms, picked: LessonChoice[]) => ({
  format: terms.format,
  zone: terms.zone,
  starts_on: terms.startsOn,
  ends_on: terms.endsOn,
  host_state: terms.hostState,
  place: terms.place && JSON.stringify(terms.place),
  languages: terms.languages,
  agreed_condition: terms.agreedCondition,
  seats: terms.seats,
  lessons: JSON.stringify(picked.map(({ code, title, hours, written }) => ({ code, title, hours, written }))),
  outline: JSON.stringify(terms.outline),
  trainer_ids: terms.trainerIds,
  center_inputs: JSON.stringify(terms.centerInputs),
  state_inputs: JSON.stringify(terms.stateInputs),
  answer_by: terms.answerBy,
})

/** The request's own course, in no catalog; each offer has an unpublished version of it. */
async function courseVersion(
  request: RequestRow,
  number: number,
  terms: OfferTerms,
  picked: LessonChoice[],
  versionId: string | undefined,
): Promise<string> {
  const { hours, title, aim, audience } = terms
  const facts = { theme: await themeOf(picked), level: levelOf(picked), hours, title, aim, audience, rules: RULES }
  const course = await one<{ id: string }>(
    'offer.course',
    `insert into courses (code, kind, listed) values ($1, 'composed', false)
     on conflict (code) do update set listed = false returning id`,
    [request.code.replace(/^REQ/, 'TM')],
  )
  const id = await putVersion({ courseId: course!.id, major: 1, minor: number - 1, versionId }, facts)
  await clearParts(id)
  // What can be read already is part of the course; the evaluation form stands at its end.
  const lessons = picked
    .filter(({ written }) => written)
    .map(lesson => ({ versionId: lesson.versionId, mandatory: true }))
  await layParts(id, { lessons, form: await evaluationInForce() })
  return id
}

async function themeOf([first]: LessonChoice[]): Promise<string> {
  if (first) return first.theme
  const row = await one<{ code: string }>('offer.theme', 'select code from themes order by position limit 1')
  if (!row) throw new Refused('offer.noCurriculum')
  return row.code
}

const LEVELS = ['foundation', 'intermediate', 'advanced'] as const

const levelOf = (picked: LessonChoice[]): string =>
  LEVELS.findLast(level => picked.some(lesson => lesson.level === level)) ?? 'foundation'
