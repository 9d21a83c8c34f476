import type { Request } from 'express'
import { STATES } from '../../models/countries.ts'
import type { StateCalendar, WeekendFact } from '../../models/days-off.ts'
import { dayInWords, type Speaker, speakerOf } from './moments.ts'
import { wordsIn } from './words.ts'

/** Calendars of the ten States: weekends with their dates, holidays of a year. */
export function calendarPage(req: Request, year: number, states: StateCalendar[]) {
  const say = speakerOf(req)
  const base = `/${req.lang}/manage/calendar-days`
  return {
    year,
    before: `${base}?year=${year - 1}`,
    after: `${base}?year=${year + 1}`,
    states: states.map(({ iso2, name, weekends, holidays }) => ({
      iso2,
      name: wordsIn(name, req.lang),
      weekends: weekends.map(each => ({
        text: weekendInWords(say, each),
        source: each.source,
        end: each.to ? null : `${base}/weekends/${each.id}/end`,
      })),
      holidays: holidays.map(each => ({
        id: each.id,
        day: each.day,
        words: dayInWords(say, each.day),
        name: wordsIn(each.name, req.lang),
        source: each.source,
      })),
    })),
  }
}

/** "Saturday and Sunday, since 1 January 2026". `to` is the first day after it. */
export function weekendInWords(say: Speaker, { days, from, to }: Pick<WeekendFact, 'days' | 'from' | 'to'>): string {
  const list = new Intl.ListFormat(say.tag === 'ar-XB' ? 'en' : say.tag).format(days.map(day => weekdayName(say, day)))
  const last = to && Temporal.PlainDate.from(to).subtract({ days: 1 }).toString()
  if (from && last)
    return say.t('holidays.fromTo', {
      days: list,
      from: dayInWords(say, from, 'date'),
      to: dayInWords(say, last, 'date'),
    })
  if (from) return say.t('holidays.since', { days: list, from: dayInWords(say, from, 'date') })
  return last ? say.t('holidays.until', { days: list, to: dayInWords(say, last, 'date') }) : list
}

/** The name of a weekday, Monday is 1. */
function weekdayName({ tag }: Speaker, day: number): string {
  const format = new Intl.DateTimeFormat(tag === 'ar-XB' ? 'en' : tag, { weekday: 'long', timeZone: 'UTC' })
  return format.format(Date.UTC(2024, 0, day))
}

export const weekdayOptions = (say: Speaker) =>
  [1, 2, 3, 4, 5, 6, 7].map(day => ({ value: String(day), label: weekdayName(say, day) }))

export const stateOptions = (lang: string) =>
  STATES.map(({ iso2, name }) => ({ value: iso2, label: wordsIn(name, lang) }))
