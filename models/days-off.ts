import { one, sql } from '../lib/db.ts'
import type { Words } from './course.ts'

/** A weekend of a State: weekdays (ISO, Monday is 1) from a date on; `to` is the first day on which it no longer holds. */
export type WeekendFact = {
  id: string
  state: string
  days: number[]
  from: string | null
  to: string | null
  source: string
}
export type Holiday = { id: string; state: string; day: string; name: Words; source: string }
export type StateCalendar = { iso2: string; name: Words; weekends: WeekendFact[]; holidays: Holiday[] }

const WEEKEND = `f.id, f.state, f.value as days, lower(f.during)::text as "from", upper(f.during)::text as "to", f.source`

/** Days off of the ten States: every weekend that was entered, and the holidays of a year. */
export async function calendarDays(year: number): Promise<StateCalendar[]> {
  const states = await sql<{ iso2: string; name: Words }>(
    'days-off.states',
    'select iso2, name from states order by declaration_order',
  )
  const weekends = await sql<WeekendFact>(
    'days-off.weekends',
    `select ${WEEKEND} from state_facts f where f.kind = 'weekend' order by f.state, lower(f.during) desc nulls last`,
  )
  const holidays = await sql<Holiday>(
    'days-off.holidays',
    'select id, state, day, name, source from holidays where day >= $1 and day <= $2 order by state, day',
    [`${year}-01-01`, `${year}-12-31`],
  )
  return states.map(state => ({
    ...state,
    weekends: weekends.filter(each => each.state === state.iso2),
    holidays: holidays.filter(each => each.state === state.iso2),
  }))
}

/** One weekend that was entered, or undefined. */
export const weekendFact = (id: string): Promise<(WeekendFact & { name: Words }) | undefined> =>
  one(
    'days-off.weekend',
    `select ${WEEKEND}, s.name from state_facts f join states s on s.iso2 = f.state where f.id = $1 and f.kind = 'weekend'`,
    [id],
  )

/** One holiday, or undefined. */
export const holidayOf = (id: string): Promise<Holiday | undefined> =>
  one<Holiday>('days-off.holiday', 'select id, state, day, name, source from holidays where id = $1', [id])
