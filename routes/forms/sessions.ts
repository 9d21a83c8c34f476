import { z } from 'zod'
import { isZone } from '../../lib/time.ts'
import { resolveWall } from '../../lib/wall-time.ts'
import type { Wanted } from '../../models/booking.ts'
import { OFFICIAL_LANGUAGES } from '../../models/official-languages.ts'
import { MOST_IN_ONE_ACT, type Plan, type Series } from '../../models/scheduling.ts'
import { METHODS } from '../../models/session.ts'
import { dateOf, timeOf } from './days.ts'

const text = (most: number) => z.string().max(most, 'sessions.errors.tooLong').default('')
const list = z.preprocess(
  value => [value ?? []].flat().filter(each => each !== ''),
  z.array(z.string().max(40)).max(300),
)
const id = z.string().regex(/^[1-9]\d{0,17}$/)

const MOST_ADDRESSES = 20

/** What is posted: everything as text, so that each wrong field has its own error and all of them stand together. */
const fields = z.object({
  kind: z.enum(['session', 'break'], 'sessions.errors.kind'),
  titleEn: text(200),
  titleRu: text(200),
  outcomesEn: text(2000),
  outcomesRu: text(2000),
  method: text(40),
  date: text(40),
  starts: text(40),
  ends: text(40),
  zone: text(80),
  counts: text(10),
  interpretation: list,
  trainers: list,
  moderator: text(40),
  interpreters: list,
  addresses: text(2000),
  room: text(40),
  link: text(40),
  times: text(10),
  everyDays: text(10),
  prefer: z.enum(['earlier', 'later', ''], 'sessions.errors.prefer').default(''),
})

type Fields = z.infer<typeof fields>

/** The form of a session: values that can be planned, or an error beside each field that cannot. */
export const sessionForm = fields.superRefine((values, context) => {
  const wrong = (path: keyof Fields, message: string, params?: Record<string, unknown>) =>
    context.addIssue({ code: 'custom', path: [path], message, ...(params ? { params } : {}) })
  if (values.kind === 'session' && !values.titleEn) wrong('titleEn', 'sessions.errors.titleEn')
  if (values.kind === 'session' && !values.titleRu) wrong('titleRu', 'sessions.errors.titleRu')
  if (Boolean(values.titleEn) !== Boolean(values.titleRu) && values.kind === 'break')
    wrong(values.titleEn ? 'titleRu' : 'titleEn', 'sessions.errors.bothLanguages')
  if (Boolean(values.outcomesEn) !== Boolean(values.outcomesRu))
    wrong(values.outcomesEn ? 'outcomesRu' : 'outcomesEn', 'sessions.errors.bothLanguages')
  if (values.method && !METHODS.some(each => each === values.method)) wrong('method', 'sessions.errors.method')
  const { starts, ends } = { starts: timeOf(values.starts), ends: timeOf(values.ends) }
  if (!dateOf(values.date)) wrong('date', 'sessions.errors.date')
  if (!starts) wrong('starts', 'sessions.errors.starts')
  if (!ends) wrong('ends', 'sessions.errors.ends')
  if (starts && ends && Temporal.PlainTime.compare(ends, starts) <= 0) wrong('ends', 'refusals.session.order')
  if (!isZone(values.zone)) wrong('zone', 'refusals.session.zone')
  if (values.interpretation.some(each => !OFFICIAL_LANGUAGES.some(known => known === each)))
    wrong('interpretation', 'sessions.errors.interpretation')
  if ([...values.trainers].some(each => !id.safeParse(each).success)) wrong('trainers', 'sessions.errors.person')
  if (values.interpreters.some(each => !id.safeParse(each).success)) wrong('interpreters', 'sessions.errors.person')
  if (values.moderator && !id.safeParse(values.moderator).success) wrong('moderator', 'sessions.errors.person')
  for (const field of ['room', 'link'] as const)
    if (values[field] && !id.safeParse(values[field]).success) wrong(field, 'sessions.errors.resource')
  if (addressesIn(values.addresses).length > MOST_ADDRESSES)
    wrong('addresses', 'sessions.errors.addresses', { most: MOST_ADDRESSES })
  if (!/^\d{1,5}$/.test(values.times || '1') || Number(values.times || 1) < 1) wrong('times', 'sessions.errors.times')
  else if (Number(values.times || 1) > MOST_IN_ONE_ACT)
    wrong('times', 'refusals.session.tooMany', { most: MOST_IN_ONE_ACT })
  if (!/^\d{1,3}$/.test(values.everyDays || '7') || Number(values.everyDays || 7) < 1)
    wrong('everyDays', 'sessions.errors.everyDays')
})

export type SessionValues = z.infer<typeof sessionForm>

/** What was typed as addresses, one each. */
export const addressesIn = (typed: string): string[] => [...new Set(typed.split(/[\s,;]+/).filter(Boolean))]

/** The plan that the values of a valid form make. `interpreters`: ids of those found by their addresses. */
export function planOf(values: SessionValues, words: { en: string; ru: string }, interpreters: string[] = []): Plan {
  const date = dateOf(values.date)!
  const pause = values.kind === 'break'
  return {
    kind: values.kind,
    title: values.titleEn ? { en: values.titleEn, ru: values.titleRu } : words,
    outcomes: values.outcomesEn && !pause ? { en: values.outcomesEn, ru: values.outcomesRu } : null,
    method: pause ? null : ((values.method || null) as Plan['method']),
    wallStart: date.toPlainDateTime(timeOf(values.starts)!),
    wallEnd: date.toPlainDateTime(timeOf(values.ends)!),
    zone: values.zone,
    counts: !pause && values.counts === 'yes',
    interpretation: pause ? [] : values.interpretation,
    wanted: wantedIn(values, interpreters),
    prefer: values.prefer || undefined,
  }
}

function wantedIn(values: SessionValues, interpreters: string[]): Wanted[] {
  const one = (role: 'room' | 'link', resourceId: string): Wanted[] => (resourceId ? [{ role, resourceId }] : [])
  const places = [...one('room', values.room), ...one('link', values.link)]
  if (values.kind === 'break') return places
  return [
    ...values.trainers.map(personId => ({ role: 'trainer' as const, personId })),
    ...(values.moderator ? [{ role: 'moderator' as const, personId: values.moderator }] : []),
    ...[...new Set([...values.interpreters, ...interpreters])].map(personId => ({
      role: 'interpreter' as const,
      personId,
    })),
    ...places,
  ]
}

export const seriesOf = (values: SessionValues): Series => ({
  times: Number(values.times || 1),
  everyDays: Number(values.everyDays || 7),
})

/**
 * What has to be asked about a time that was typed, because the clocks change over it: the first such moment of the
 * session or of its series. Null when there is nothing to ask, or the fields cannot be read yet.
 */
export function clockQuestion(values: Record<string, unknown>) {
  const typed = (field: string) => (typeof values[field] === 'string' ? (values[field] as string) : '')
  const date = dateOf(typed('date'))
  const zone = typed('zone')
  if (!date || !isZone(zone)) return null
  const times = Math.min(Number(typed('times')) || 1, MOST_IN_ONE_ACT)
  const everyDays = Number(typed('everyDays')) || 7
  for (let index = 0; index < times; index++)
    for (const field of ['starts', 'ends'] as const) {
      const time = timeOf(typed(field))
      if (!time) continue
      const wall = date.add({ days: index * everyDays }).toPlainDateTime(time)
      const answer = resolveWall(wall, zone)
      if (!answer.ok) return { field, zone, wall, ...answer }
    }
  return null
}

/** Why a session is called off: read by everyone concerned, so in both languages. */
export const cancellationForm = z.object({
  reasonEn: z.string('sessions.errors.reasonEn').min(1, 'sessions.errors.reasonEn').max(500, 'sessions.errors.tooLong'),
  reasonRu: z.string('sessions.errors.reasonRu').min(1, 'sessions.errors.reasonRu').max(500, 'sessions.errors.tooLong'),
})
