import type { Change } from '../../models/announcing.ts'
import type { Booked, Told } from '../../models/session.ts'
import { languageNames } from './languages.ts'
import { dayInWords, type Speaker, spanInWords } from './moments.ts'
import { wordsIn } from './words.ts'

/** What people are told of a change: its word, the session, and lines that say what is and what was. */
export function changeInWords(say: Speaker, { what, was, is }: Change) {
  const { t } = say
  const before = (words: string) => t('agendas.change.before', { words })
  const lines: string[] = []
  if (what === 'canceled')
    lines.push(t('agendas.change.reason', { reason: reasonIn(say, is) }), before(whenOf(say, is)))
  else {
    lines.push(what === 'moved' ? t('agendas.change.now', { when: whenOf(say, is) }) : whenOf(say, is))
    if (what === 'moved' && was) lines.push(before(whenOf(say, was)))
    if (was) lines.push(...differences(say, was, is))
    else lines.push(...factsOf(say, is).map(({ label, text }) => t('agendas.change.fact', { label, text })))
  }
  return { word: t(`agendas.change.${what}`), title: wordsIn(is.title, say.lang), lines }
}

/** Why a session was called off. */
export const reasonIn = (say: Speaker, { canceled }: Pick<Told, 'canceled'>): string =>
  canceled ? wordsIn(canceled, say.lang) : ''

type Timed = Pick<Told, 'startsAt' | 'endsAt' | 'zone'>

/** When a session is, on the clock of its host, with the date. */
export const whenOf = (say: Speaker, told: Timed): string =>
  spanInWords(say, Temporal.Instant.from(told.startsAt), Temporal.Instant.from(told.endsAt), told.zone)

/** Which day a session is on, for its host. */
export const dayOf = (say: Speaker, told: Pick<Told, 'wallStart'>): string =>
  dayInWords(say, told.wallStart.slice(0, 10))

export type Fact = { key: string; label: string; text: string }

/** What there is to say of a session besides its title and time. Addresses of links only for those who take part. */
export function factsOf(say: Speaker, told: Omit<Told, 'sequence'>, withLinks = false): Fact[] {
  const { t, lang } = say
  const fact = (key: string, text: string | null | undefined): Fact[] =>
    text ? [{ key, label: t(`agendas.facts.${key}`), text }] : []
  const people = (role: Booked['role']) => named(say, told, role).join(', ')
  return [
    ...fact('method', told.method && t(`sessions.methods.${told.method}`)),
    ...fact('trainer', people('trainer')),
    ...fact('moderator', people('moderator')),
    ...fact('interpreter', people('interpreter')),
    ...fact('interpretation', told.interpretation.length ? languageNames(told.interpretation, lang) : null),
    ...fact('room', placesOf(say, told, 'room')),
    ...fact('link', withLinks ? placesOf(say, told, 'link') : named(say, told, 'link').join(', ')),
  ]
}

function named(say: Speaker, told: Pick<Told, 'bookings'>, role: Booked['role']): string[] {
  return told.bookings.filter(each => each.role === role).map(each => nameIn(say, each.name))
}

/** The name of a person or thing; of someone whose data were erased, that. */
export const nameIn = ({ t, lang }: Speaker, name: Partial<Booked['name']> | null): string =>
  name?.[lang as keyof Booked['name']] ?? name?.en ?? t('agendas.erased')

const placesOf = (say: Speaker, told: Pick<Told, 'bookings'>, role: Booked['role']): string =>
  told.bookings
    .filter(each => each.role === role)
    .map(each => (each.address ? `${nameIn(say, each.name)}, ${each.address}` : nameIn(say, each.name)))
    .join('; ')

/** What is otherwise than before, apart from the time: a line each. */
export function differences(say: Speaker, was: Told, is: Told): string[] {
  const { t, lang } = say
  const pairs: [string, string, string][] = [
    [t('agendas.facts.title'), wordsIn(was.title, lang), wordsIn(is.title, lang)],
    [t('agendas.facts.outcomes'), outcomesIn(was, lang), outcomesIn(is, lang)],
    [t('agendas.facts.counts'), yesNo(say, was.counts), yesNo(say, is.counts)],
  ]
  const before = new Map(factsOf(say, was, true).map(each => [each.key, each]))
  const after = new Map(factsOf(say, is, true).map(each => [each.key, each]))
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const label = (after.get(key) ?? before.get(key))!.label
    pairs.push([label, before.get(key)?.text ?? '', after.get(key)?.text ?? ''])
  }
  return pairs
    .filter(([, one, other]) => one !== other)
    .map(([label, one, other]) => {
      if (!one) return t('agendas.change.added', { label, text: other })
      return other
        ? t('agendas.change.replaced', { label, text: other, was: one })
        : t('agendas.change.gone', { label, was: one })
    })
}

const outcomesIn = (told: Told, lang: string) => (told.outcomes ? wordsIn(told.outcomes, lang) : '')
const yesNo = ({ t }: Speaker, yes: boolean) => t(yes ? 'agendas.yes' : 'agendas.no')
