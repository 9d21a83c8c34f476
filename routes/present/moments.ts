import type { Request } from 'express'
import { dateInWords, type DateStyle } from '../../lib/dates.ts'
import type { T } from '../../lib/i18n.ts'
import { minutesAhead } from '../../lib/wall-time.ts'
import { houseOf } from '../house.ts'
import { zoneName } from './zones.ts'

/** Who says something: the words of a language, its code and its tag for dates. */
export type Speaker = { t: T; lang: string; tag: string }

/** The language of the page. */
export const speakerOf = (req: Request): Speaker => ({
  t: req.t,
  lang: req.lang,
  tag: houseOf(req).texts.language(req.lang)?.tag ?? 'en',
})

/** Both working languages, for what is shown before it is sent to people of either. */
export const bothSpeakers = (req: Request): Speaker[] =>
  ['en', 'ru'].map(lang => ({ t: houseOf(req).texts.translator(lang), lang, tag: lang }))

/** A calendar date in words: "Tuesday, 2 March 2027". */
export const dayInWords = ({ tag }: Speaker, date: string, style: DateStyle = 'weekday'): string =>
  dateInWords(date, tag, 'UTC', style)

/** The time of an instant on a clock in a zone: "11:00". */
export const clockIn = (instant: Temporal.Instant, zone: string): string =>
  instant.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' })

/** The time on a wall clock: "11:00". */
export const clockOf = (wall: string): string => wall.slice(11, 16)

/** From when to when on the clock of a zone, with the date: "Tuesday, 2 March 2027, 11:00–12:30 (Baku)". */
export function spanInWords(say: Speaker, from: Temporal.Instant, to: Temporal.Instant, zone: string): string {
  const start = from.toZonedDateTimeISO(zone).toPlainDate().toString()
  const end = to.toZonedDateTimeISO(zone).toPlainDate().toString()
  const last = end === start ? clockIn(to, zone) : `${dayInWords(say, end, 'date')}, ${clockIn(to, zone)}`
  return say.t('agendas.span', {
    day: dayInWords(say, start),
    from: clockIn(from, zone),
    to: last,
    zone: zoneName(zone, say.t),
  })
}

/** "in Baku": where a clock hangs, as a sentence needs it. */
export function inZone(say: Speaker, zone: string): string {
  const key = `agendas.in.${zone}`
  const words = say.t(key)
  return words === key ? say.t('agendas.inZone', { zone: zoneName(zone, say.t) }) : words
}

/** "1 hour later than in Baku"; null when the clocks agree. */
export function differenceInWords(say: Speaker, at: Temporal.Instant, host: string, own: string): string | null {
  const ahead = minutesAhead(at, host, own)
  if (ahead === 0) return null
  const key = ahead > 0 ? 'agendas.later' : 'agendas.earlier'
  return say.t(key, { span: minutesInWords(say, Math.abs(ahead)), than: inZone(say, host) })
}

/** "3 hours 30 minutes". */
export function minutesInWords({ t }: Speaker, minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return [
    ...(hours ? [t('agendas.hours', { count: hours })] : []),
    ...(rest || !hours ? [t('agendas.minutes', { count: rest })] : []),
  ].join(' ')
}
