import { CENTER_ZONE } from '../lib/time.ts'
import { dayOff, type StateDays, statesOver } from './planning.ts'

/** The Center works in Baku: the weekend and the holidays of its host State, as they are entered, are its days off. */
const HOST = 'AZ'

/** The target of the Center for acknowledging a request, in working days of its own. */
export const ACKNOWLEDGE_WITHIN = 5

/** The days off of the Center from a date on, as far ahead as any promise of it goes. */
export async function centerDays(from: Temporal.PlainDate, to = from.add({ days: 60 })): Promise<StateDays> {
  const [host] = await statesOver(from.toString(), to.toString(), [HOST])
  return host ?? { iso2: HOST, name: { en: HOST, ru: HOST }, zone: CENTER_ZONE, weekends: [], holidays: {} }
}

/** The last day of so many working days of the Center after the day of an instant in Baku: that day does not count. */
export async function workingDaysAfter(from: Temporal.Instant, days: number): Promise<Temporal.PlainDate> {
  let day = centerDay(from)
  const host = await centerDays(day)
  for (let left = days; left > 0; ) {
    day = day.add({ days: 1 })
    if (!dayOff(host, day.toString())) left--
  }
  return day
}

/** How many working days of the Center lie after `from` up to and with `to`; negative when `to` is past. */
export function workingDaysBetween(host: StateDays, from: Temporal.PlainDate, to: Temporal.PlainDate): number {
  const ahead = Temporal.PlainDate.compare(from, to) <= 0
  const [first, last] = ahead ? [from, to] : [to, from]
  let count = 0
  for (let day = first.add({ days: 1 }); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 }))
    if (!dayOff(host, day.toString())) count++
  return ahead ? count : -count
}

/** The calendar date of an instant at the Center. */
export const centerDay = (at: Temporal.Instant): Temporal.PlainDate => at.toZonedDateTimeISO(CENTER_ZONE).toPlainDate()
