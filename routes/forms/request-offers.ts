import { z } from 'zod'
import { isZone } from '../../lib/time.ts'
import { isState } from '../../models/countries.ts'
import { OFFICIAL_LANGUAGES } from '../../models/official-languages.ts'
import type { OfferRow, OfferTerms, OutlineLine } from '../../models/request-offer.ts'
import type { NeedsAnswers } from '../../models/needs-form.ts'
import { dateOf, timeOf } from './days.ts'

export const MOST_LINES = 30
const FORMATS = ['live_online', 'on_site', 'blended'] as const

const text = (most: number) => z.string().max(most, 'requests.errors.long').default('')
const list = (most: number) =>
  z.preprocess(value => [value ?? []].flat().filter(each => each !== ''), z.array(z.string().max(40)).max(most))

const LINE = Object.fromEntries(
  Array.from({ length: MOST_LINES }, (_, index) => index + 1).flatMap(n =>
    (['day', 'from', 'to', 'en', 'ru'] as const).map(name => [
      `line-${n}-${name}`,
      text(name === 'en' || name === 'ru' ? 200 : 10),
    ]),
  ),
)

const fields = z.object({
  ...LINE,
  titleEn: text(200),
  titleRu: text(200),
  aimEn: text(1000),
  aimRu: text(1000),
  audienceEn: text(500),
  audienceRu: text(500),
  lessons: list(200),
  format: z.enum(FORMATS, 'openings.errors.format'),
  zone: text(80),
  startsOn: text(20),
  endsOn: text(20),
  hostState: text(2),
  placeEn: text(300),
  placeRu: text(300),
  languages: list(20),
  agreedCondition: text(1000),
  seats: text(10),
  hours: text(10),
  trainers: list(20),
  centerEn: text(2000),
  centerRu: text(2000),
  stateEn: text(2000),
  stateRu: text(2000),
  answerBy: text(20),
})

const PAIRS = ['title', 'aim', 'audience', 'center', 'state'] as const
const isCount = (typed: string) => /^[1-9]\d{0,3}$/.test(typed)

/** What an offer needs to be shown to a State: its words in both languages, dates in order, an outline within them. */
export const offerForm = fields.superRefine((values, context) => {
  const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
  for (const pair of PAIRS)
    for (const [suffix, key] of [
      ['En', 'en'],
      ['Ru', 'ru'],
    ] as const)
      if (!values[`${pair}${suffix}`]) wrong(`${pair}${suffix}`, `requests.errors.offer.${pair}.${key}`)
  if (Boolean(values.placeEn) !== Boolean(values.placeRu))
    wrong(values.placeEn ? 'placeRu' : 'placeEn', 'openings.errors.bothLanguages')
  if (!isZone(values.zone)) wrong('zone', 'refusals.session.zone')
  const [starts, ends] = [dateOf(values.startsOn), dateOf(values.endsOn)]
  if (!starts) wrong('startsOn', 'openings.errors.date')
  if (!ends) wrong('endsOn', 'openings.errors.date')
  if (starts && ends && Temporal.PlainDate.compare(ends, starts) < 0) wrong('endsOn', 'openings.errors.order')
  if (values.answerBy && !dateOf(values.answerBy)) wrong('answerBy', 'openings.errors.date')
  if (values.hostState && !isState(values.hostState)) wrong('hostState', 'requests.errors.offer.hostState')
  if (!values.languages.length || values.languages.some(each => !OFFICIAL_LANGUAGES.some(known => known === each)))
    wrong('languages', 'openings.errors.languages')
  if (values.seats && !isCount(values.seats)) wrong('seats', 'openings.errors.seats')
  if (!isCount(values.hours)) wrong('hours', 'openings.errors.hours')
  if (values.trainers.some(each => !/^[1-9]\d{0,17}$/.test(each))) wrong('trainers', 'sessions.errors.person')
  const days = starts && ends ? starts.until(ends, { largestUnit: 'days' }).days + 1 : 0
  for (let n = 1; n <= MOST_LINES; n++) {
    const line = lineOf(values, n)
    if (!Object.values(line).some(Boolean)) continue
    if (!isCount(line.day) || (days > 0 && Number(line.day) > days)) wrong(`line-${n}-day`, 'requests.errors.offer.day')
    const [from, to] = [timeOf(line.from), timeOf(line.to)]
    if (!from) wrong(`line-${n}-from`, 'sessions.errors.starts')
    if (!to || (from && Temporal.PlainTime.compare(to, from) <= 0)) wrong(`line-${n}-to`, 'sessions.errors.ends')
    if (!line.en) wrong(`line-${n}-en`, 'sessions.errors.titleEn')
    if (!line.ru) wrong(`line-${n}-ru`, 'sessions.errors.titleRu')
  }
})

type Values = z.infer<typeof offerForm>

const lineOf = (values: object, n: number) => {
  const all = values as Record<string, string>
  const part = (name: string) => all[`line-${n}-${name}`] ?? ''
  return { day: part('day'), from: part('from'), to: part('to'), en: part('en'), ru: part('ru') }
}

const clock = (typed: string) => timeOf(typed)!.toString({ smallestUnit: 'minute' })

/** The values of a valid form as the terms of an offer. */
export function termsOf(values: Values): OfferTerms {
  const outline: OutlineLine[] = []
  for (let n = 1; n <= MOST_LINES; n++) {
    const { day, from, to, en, ru } = lineOf(values, n)
    if (en) outline.push({ day: Number(day), from: clock(from), to: clock(to), title: { en, ru } })
  }
  outline.sort((a, b) => a.day - b.day || a.from.localeCompare(b.from))
  return {
    title: { en: values.titleEn, ru: values.titleRu },
    aim: { en: values.aimEn, ru: values.aimRu },
    audience: { en: values.audienceEn, ru: values.audienceRu },
    hours: Number(values.hours),
    format: values.format,
    zone: values.zone,
    startsOn: dateOf(values.startsOn)!.toString(),
    endsOn: dateOf(values.endsOn)!.toString(),
    hostState: values.hostState || null,
    place: values.placeEn ? { en: values.placeEn, ru: values.placeRu } : null,
    languages: values.languages,
    agreedCondition: values.agreedCondition || null,
    seats: values.seats ? Number(values.seats) : null,
    outline,
    trainerIds: values.trainers,
    centerInputs: { en: values.centerEn, ru: values.centerRu },
    stateInputs: { en: values.stateEn, ru: values.stateRu },
    answerBy: dateOf(values.answerBy)?.toString() ?? null,
  }
}

/** The fields as an offer has them, for its next version or to be changed. */
export function valuesOfOffer(offer: OfferRow): Record<string, unknown> {
  const lines = offer.outline.flatMap(({ day, from, to, title }, index) =>
    Object.entries({ day: String(day), from, to, en: title.en, ru: title.ru }).map(([name, value]) => [
      `line-${index + 1}-${name}`,
      value,
    ]),
  )
  const pair = (name: string, words: { en: string; ru: string } | null) => ({
    [`${name}En`]: words?.en ?? '',
    [`${name}Ru`]: words?.ru ?? '',
  })
  return {
    ...Object.fromEntries(lines),
    ...pair('title', offer.title),
    ...pair('aim', offer.aim),
    ...pair('audience', offer.audience),
    ...pair('place', offer.place),
    ...pair('center', offer.centerInputs),
    ...pair('state', offer.stateInputs),
    lessons: offer.lessons.map(({ code }) => code),
    format: offer.format,
    zone: offer.zone,
    startsOn: offer.startsOn,
    endsOn: offer.endsOn,
    hostState: offer.hostState ?? '',
    languages: offer.languages,
    agreedCondition: offer.agreedCondition ?? '',
    seats: offer.seats === null ? '' : String(offer.seats),
    hours: String(offer.hours),
    trainers: offer.trainerIds,
    answerBy: offer.answerBy ?? '',
  }
}

/** The fields of a first offer, as far as the request says them: nothing is typed twice. */
export function valuesOfWishes(answers: NeedsAnswers, leadState: string, language: string): Record<string, unknown> {
  const [first] = (answers.dates ?? []) as string[]
  const days = Math.max(1, Math.min(60, Number(answers.days ?? 1)))
  const last =
    first &&
    Temporal.PlainDate.from(first)
      .add({ days: days - 1 })
      .toString()
  return {
    [language === 'ru' ? 'titleRu' : 'titleEn']: answers.title ?? '',
    lessons: answers.lessons ?? [],
    format: answers.format ?? 'on_site',
    zone: 'Asia/Baku',
    startsOn: first ?? '',
    endsOn: last ?? '',
    hostState: answers.format === 'live_online' ? 'AZ' : leadState,
    languages: answers.languages ?? ['en', 'ru'],
    agreedCondition: answers.condition ?? '',
  }
}
