import type { Request } from 'express'
import { OFFICIAL_LANGUAGES } from '../../models/official-languages.ts'
import type { AgendaTraining } from '../../models/agenda.ts'
import type { Conflict } from '../../models/booking.ts'
import type { Refused } from '../../models/refused.ts'
import type { Resource } from '../../models/resource.ts'
import { METHODS, type Session } from '../../models/session.ts'
import type { bookingsOf, Bookable } from '../../models/session-people.ts'
import type { Wanted } from '../../models/booking.ts'
import { errorsOf } from '../forms/again.ts'
import { clockQuestion } from '../forms/sessions.ts'
import type { FieldError, Kept } from '../request.ts'
import { nameIn } from './changes.ts'
import { languageName } from './languages.ts'
import { clockIn, dayInWords, inZone, type Speaker, spanInWords } from './moments.ts'
import { countryName } from './people.ts'
import { planHead } from './plans.ts'
import { wordsIn } from './words.ts'
import { zoneOptions } from './zones.ts'

type Bookings = Awaited<ReturnType<typeof bookingsOf>>

/** The fields of a session that is planned already. */
export function valuesOf(session: Session, bookings: Bookings): Record<string, unknown> {
  const people = (role: string) => bookings.flatMap(each => (each.role === role ? (each.personId ?? []) : []))
  const thing = (role: string) => bookings.find(each => each.role === role)?.resourceId ?? ''
  const question = clockQuestion({
    date: session.wallStart.toPlainDate().toString(),
    zone: session.zone,
    starts: clock(session.wallStart),
    ends: clock(session.wallEnd),
  })
  return {
    kind: session.kind,
    titleEn: session.title.en,
    titleRu: session.title.ru,
    outcomesEn: session.outcomes?.en ?? '',
    outcomesRu: session.outcomes?.ru ?? '',
    method: session.method ?? '',
    date: session.wallStart.toPlainDate().toString(),
    starts: clock(session.wallStart),
    ends: clock(session.wallEnd),
    zone: session.zone,
    counts: session.counts ? 'yes' : '',
    interpretation: session.interpretation,
    trainers: people('trainer'),
    moderator: people('moderator')[0] ?? '',
    interpreters: people('interpreter'),
    room: thing('room'),
    link: thing('link'),
    ...(question?.why === 'overlap' ? { prefer: chosenOf(question, session) } : {}),
  }
}

function chosenOf(question: { field: 'starts' | 'ends'; later: Temporal.Instant }, session: Session) {
  const at = question.field === 'starts' ? session.startsAt : session.endsAt
  return at.equals(question.later) ? 'later' : 'earlier'
}

const clock = (wall: Temporal.PlainDateTime) => wall.toPlainTime().toString({ smallestUnit: 'minute' })

type Choices = { people: Bookable[]; resources: Resource[] }

/** Everything the form of a session shows. */
export function sessionPage(
  req: Request,
  say: Speaker,
  training: AgendaTraining,
  form: Kept,
  { people, resources }: Choices,
) {
  const { values } = form
  const listed = (field: string) => [values[field] ?? []].flat().map(String)
  const person = ({ id, name, country }: Bookable) => ({
    value: id,
    label: country ? `${nameIn(say, name)} (${countryName(country, say.lang)})` : nameIn(say, name),
  })
  const trainers = people.filter(each => each.roles.includes('trainer'))
  const shownFirst = (each: Bookable) => each.own || listed('trainers').includes(each.id)
  const known = people.filter(each => each.roles.includes('interpreter') || listed('interpreters').includes(each.id))
  const things = (kind: Resource['kind']) => [
    { value: '', label: say.t('sessions.none') },
    ...resources.filter(each => each.kind === kind).map(each => ({ value: each.id, label: thingLabel(say, each) })),
  ]
  return {
    ...planHead(req, training),
    form,
    errorOf: errorsOf(form),
    kinds: ['session', 'break'].map(value => ({ value, label: say.t(`sessions.kinds.${value}`) })),
    methods: [
      { value: '', label: say.t('sessions.noMethod') },
      ...METHODS.map(value => ({ value, label: say.t(`sessions.methods.${value}`) })),
    ],
    zones: zoneOptions(say.t, String(values.zone ?? training.zone)),
    languages: OFFICIAL_LANGUAGES.map(value => ({ value, label: languageName(value, say.lang) })),
    ownTrainers: trainers.filter(shownFirst).map(person),
    otherTrainers: trainers.filter(each => !shownFirst(each)).map(person),
    moderators: [{ value: '', label: say.t('sessions.nobody') }, ...people.map(person)],
    interpreters: known.map(person),
    byAddress: req.actor.staff,
    rooms: things('room'),
    links: things('link'),
    staff: req.actor.staff,
    question: questionPart(say, clockQuestion(values)),
    strip: stripLink(req, training, values),
  }
}

function thingLabel({ t, lang }: Speaker, { name, capacity, retiredAt }: Resource): string {
  const seats = capacity ? t('sessions.seats', { name: wordsIn(name, lang), count: capacity }) : wordsIn(name, lang)
  return retiredAt ? t('sessions.retired', { name: seats }) : seats
}

/** The question about a time over which the clocks change, with its two answers. */
function questionPart(say: Speaker, question: ReturnType<typeof clockQuestion>) {
  if (!question) return null
  const { t } = say
  const about = {
    time: clock(question.wall),
    day: dayInWords(say, question.wall.toPlainDate().toString(), 'date'),
    where: inZone(say, question.zone),
  }
  if (question.why === 'gap')
    return {
      legend: t('sessions.clocks.gap', about),
      options: [
        { value: 'earlier', label: t('sessions.clocks.at', { time: clock(question.before) }) },
        { value: 'later', label: t('sessions.clocks.at', { time: clock(question.after) }) },
      ],
    }
  const utc = (instant: Temporal.Instant) => clockIn(instant, 'UTC')
  return {
    legend: t('sessions.clocks.overlap', about),
    options: [
      { value: 'earlier', label: t('sessions.clocks.first', { utc: utc(question.earlier) }) },
      { value: 'later', label: t('sessions.clocks.second', { utc: utc(question.later) }) },
    ],
  }
}

function stripLink(req: Request, training: AgendaTraining, values: Record<string, unknown>): string {
  const date = typeof values.date === 'string' && values.date ? values.date : (training.startsOn ?? '')
  const zone = typeof values.zone === 'string' && values.zone ? values.zone : training.zone
  return `/${req.lang}/manage/planning?${new URLSearchParams({ training: training.code, zone, ...(date ? { date } : {}) })}`
}

const FIELD_OF: Record<string, string> = {
  trainer: 'trainers',
  moderator: 'moderator',
  interpreter: 'interpreters',
  room: 'room',
  link: 'link',
}

/** A refusal of planning as errors beside the fields: each conflict says who or what is needed elsewhere, by which session and when. */
export function refusalErrors(say: Speaker, refused: Refused, wanted: Wanted[]): FieldError[] {
  const { t } = say
  if (refused.key !== 'session.booked') {
    const { day, zone, ...data } = refused.data as { day?: string; zone?: string; field?: string }
    const words = {
      ...data,
      ...(day ? { day: dayInWords(say, day, 'date') } : {}),
      ...(zone ? { where: inZone(say, zone) } : {}),
    }
    return [{ field: fieldOf(data.field), text: t(`refusals.${refused.key}`, words) }]
  }
  return (refused.data.conflicts as Conflict[]).map(conflict => {
    const need = wanted.find(each =>
      conflict.personId ? each.personId === conflict.personId : each.resourceId === conflict.resourceId,
    )
    return {
      field: FIELD_OF[need?.role ?? ''] ?? '',
      text: t('refusals.session.booked', {
        name: nameIn(say, conflict.name as never),
        title: wordsIn(conflict.title, say.lang),
        training: conflict.training,
        when: spanInWords(say, conflict.startsAt, conflict.endsAt, conflict.zone),
      }),
    }
  })
}

// What was wanted stands in several fields; who came first is not known any more.
const fieldOf = (field: string | undefined) => (field === 'wanted' ? 'trainers' : (field ?? ''))
