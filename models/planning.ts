import { sql } from '../lib/db.ts'
import { type Hour, hourOf } from '../lib/wall-time.ts'
import type { Words } from './course.ts'

export type StateDay = { iso2: string; name: Words; zone: string; weekend: number[]; holidays: Record<string, Words> }

/** What is awkward about a time for people of a State. */
export type Flag = { iso2: string; name: Words; why: 'night' | 'evening' | 'weekend' | 'holiday'; local: string }

/** Slots of half an hour over a day of the host, and what each is in each State. */
export type Strip = {
  slots: { at: string; instant: Temporal.Instant }[]
  rows: { state: StateDay; cells: { local: string; hour: Hour; off: boolean }[] }[]
}

/** A start for a session of the wanted length, with in how many States all of it is working time. */
export type Window = { start: string; instant: Temporal.Instant; working: number; flags: Flag[] }

/**
 * The States with their first zone, weekend and holidays as of a date. Weekends are dated facts; until the Center has
 * entered one, Saturday and Sunday are assumed.
 */
export async function stateDays(date: string, states?: string[]): Promise<StateDay[]> {
  const rows = await sql<{
    iso2: string
    name: Words
    zone: string
    weekend: number[] | null
    holidays: Record<string, Words> | null
  }>(
    'planning.states',
    `select s.iso2, s.name, s.zones[1] as zone,
       (select f.value from state_facts f where f.state = s.iso2 and f.kind = 'weekend' and f.during @> $1::date) as weekend,
       (select jsonb_object_agg(h.day, h.name) from holidays h where h.state = s.iso2 and h.day between $1::date - 1 and $1::date + 1) as holidays
     from states s where $2::text[] is null or s.iso2 = any($2::text[]) order by s.declaration_order`,
    [date, states ?? null],
  )
  return rows.map(row => ({ ...row, weekend: row.weekend ?? [6, 7], holidays: row.holidays ?? {} }))
}

/** What is awkward about a session for the States given: night, evening, weekend, holiday, in words' parts. */
export function flagsOf(from: Temporal.Instant, to: Temporal.Instant, states: StateDay[]): Flag[] {
  return states.flatMap(({ iso2, name, zone, weekend, holidays }) => {
    const start = from.toZonedDateTimeISO(zone)
    const local = `${clock(start)}–${clock(to.toZonedDateTimeISO(zone))}`
    const date = start.toPlainDate().toString()
    const flag = (why: Flag['why']): Flag => ({ iso2, name, why, local })
    if (holidays[date]) return flag('holiday')
    if (weekend.includes(start.dayOfWeek)) return flag('weekend')
    const worst = worstHour(from, to, zone)
    return worst === 'work' ? [] : flag(worst)
  })
}

/** The States' day side by side over a calendar date of the host zone. */
export function stripOf(date: string, hostZone: string, states: StateDay[]): Strip {
  const slots = slotsOf(date, hostZone)
  return {
    slots: slots.map(slot => ({ at: clock(slot), instant: slot.toInstant() })),
    rows: states.map(state => ({
      state,
      cells: slots.map(slot => {
        const local = slot.toInstant().toZonedDateTimeISO(state.zone)
        const off = state.weekend.includes(local.dayOfWeek) || Boolean(state.holidays[local.toPlainDate().toString()])
        return { local: clock(local), hour: hourOf(slot.toInstant(), state.zone), off }
      }),
    })),
  }
}

/** Starts on a date, best first: most States in working hours throughout, then the fewest nights, then the earliest. */
export function windowsOf(date: string, hostZone: string, minutes: number, states: StateDay[], most = 5): Window[] {
  const windows = slotsOf(date, hostZone).map(slot => {
    const instant = slot.toInstant()
    const flags = flagsOf(instant, instant.add({ minutes }), states)
    return { start: clock(slot), instant, working: states.length - flags.length, flags }
  })
  const nights = (window: Window) => window.flags.filter(flag => flag.why === 'night').length
  return windows
    .sort((a, b) => b.working - a.working || nights(a) - nights(b) || (a.start < b.start ? -1 : 1))
    .slice(0, most)
}

function slotsOf(date: string, zone: string): Temporal.ZonedDateTime[] {
  const midnight = Temporal.PlainDate.from(date).toZonedDateTime(zone)
  return Array.from({ length: 48 }, (_, index) => midnight.add({ minutes: 30 * index }))
}

function worstHour(from: Temporal.Instant, to: Temporal.Instant, zone: string): Hour {
  let worst: Hour = 'work'
  // The last minute counts, not the moment of the end: a session may end at 18:00 sharp.
  const last = to.subtract({ minutes: 1 })
  for (let at = from; Temporal.Instant.compare(at, last) < 0; at = at.add({ minutes: 30 }))
    worst = worse(worst, hourOf(at, zone))
  return worse(worst, hourOf(last, zone))
}

const RANK: Record<Hour, number> = { work: 0, evening: 1, night: 2 }
const worse = (one: Hour, other: Hour) => (RANK[other] > RANK[one] ? other : one)
const clock = (time: Temporal.ZonedDateTime) => time.toPlainTime().toString({ smallestUnit: 'minute' })
