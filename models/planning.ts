import { one, sql } from '../lib/db.ts'
import { type Hour, hourOf } from '../lib/wall-time.ts'
import type { Words } from './course.ts'

/** Which weekdays (ISO, Monday is 1) are off in a State; `to` is the first day on which that no longer holds. */
type Weekend = { from: string | null; to: string | null; days: number[] }

/** A State with its first zone, its weekends and holidays around some dates. */
export type StateDays = {
  iso2: string
  name: Words
  zone: string
  weekends: Weekend[]
  holidays: Record<string, Words>
}

/** What is awkward about a time for people of a State; `local` is that time there. */
export type Flag = {
  iso2: string
  name: Words
  why: 'night' | 'evening' | 'weekend' | 'holiday'
  local: string
  holiday?: Words
}

/** A day off in a State: its name when it is a holiday, else the weekend. */
export type DayOff = { why: 'weekend' } | { why: 'holiday'; holiday: Words }

/** Slots of half an hour over a day of the host, and what each is in each State. */
export type Strip = {
  slots: { at: string; instant: Temporal.Instant }[]
  rows: { state: StateDays; cells: { local: string; date: string; hour: Hour; off: DayOff | null }[] }[]
}

/** A start for a session of the wanted length, with in how many States all of it is working time. */
export type Window = { start: string; instant: Temporal.Instant; working: number; flags: Flag[] }

/**
 * The States with weekends and holidays from a date to another (and a day around them, for other zones). Weekends are
 * dated facts; until the Center has entered one, Saturday and Sunday are assumed.
 * @param states codes; without, all ten in the order of the Declaration
 */
export async function statesOver(from: string, to: string, states?: string[]): Promise<StateDays[]> {
  const rows = await sql<
    Omit<StateDays, 'weekends' | 'holidays'> & { weekends: Weekend[] | null; holidays: StateDays['holidays'] | null }
  >(
    'planning.states',
    `select s.iso2, s.name, s.zones[1] as zone,
       (select jsonb_agg(jsonb_build_object('from', lower(f.during), 'to', upper(f.during), 'days', f.value)
         order by lower(f.during) nulls first) from state_facts f
         where f.state = s.iso2 and f.kind = 'weekend' and f.during && daterange($1::date - 1, $2::date + 1, '[]')) as weekends,
       (select jsonb_object_agg(h.day, h.name) from holidays h
         where h.state = s.iso2 and h.day between $1::date - 1 and $2::date + 1) as holidays
     from states s where $3::text[] is null or s.iso2 = any($3::text[]) order by s.declaration_order`,
    [from, to, states ?? null],
  )
  return rows.map(row => ({ ...row, weekends: row.weekends ?? [], holidays: row.holidays ?? {} }))
}

/** The States around one date. */
export const stateDays = (date: string, states?: string[]): Promise<StateDays[]> => statesOver(date, date, states)

/**
 * For whose sake the times of a training are looked at: the States its participants come from; all ten while nobody is
 * enrolled.
 */
export async function statesOfTraining(trainingId: string): Promise<string[] | undefined> {
  const row = await one<{ countries: string[] | null }>(
    'planning.countries',
    `select array_agg(distinct e.country::text) filter (where e.country is not null) as countries
     from enrollments e where e.training_id = $1 and e.status = 'enrolled'`,
    [trainingId],
  )
  return row?.countries ?? undefined
}

/** Why a calendar date is a day off in a State, or null. */
export function dayOff({ weekends, holidays }: StateDays, date: string): DayOff | null {
  const holiday = holidays[date]
  if (holiday) return { why: 'holiday', holiday }
  const weekend = weekends.find(({ from, to }) => (!from || from <= date) && (!to || date < to))
  return (weekend?.days ?? [6, 7]).includes(Temporal.PlainDate.from(date).dayOfWeek) ? { why: 'weekend' } : null
}

/** What is awkward about a session for the States given: night, evening, weekend, holiday, in words' parts. */
export function flagsOf(from: Temporal.Instant, to: Temporal.Instant, states: StateDays[]): Flag[] {
  return states.flatMap(state => {
    const { iso2, name, zone } = state
    const start = from.toZonedDateTimeISO(zone)
    const last = to.subtract({ minutes: 1 }).toZonedDateTimeISO(zone)
    const common = { iso2, name, local: `${clock(start)}–${clock(to.toZonedDateTimeISO(zone))}` }
    const off = dayOff(state, start.toPlainDate().toString()) ?? dayOff(state, last.toPlainDate().toString())
    if (off) return { ...common, ...off }
    const worst = worstHour(from, to, zone)
    return worst === 'work' ? [] : { ...common, why: worst }
  })
}

/** The States' day side by side over a calendar date of the host zone. */
export function stripOf(date: string, hostZone: string, states: StateDays[]): Strip {
  const slots = slotsOf(date, hostZone)
  return {
    slots: slots.map(slot => ({ at: clock(slot), instant: slot.toInstant() })),
    rows: states.map(state => ({
      state,
      cells: slots.map(slot => {
        const local = slot.toInstant().toZonedDateTimeISO(state.zone)
        const there = local.toPlainDate().toString()
        return {
          local: clock(local),
          date: there,
          hour: hourOf(slot.toInstant(), state.zone),
          off: dayOff(state, there),
        }
      }),
    })),
  }
}

/** Starts on a date, best first: most States in working hours throughout, then the fewest nights, then the earliest. */
export function windowsOf(date: string, hostZone: string, minutes: number, states: StateDays[], most = 5): Window[] {
  const windows = slotsOf(date, hostZone).map(slot => {
    const instant = slot.toInstant()
    const flags = flagsOf(instant, instant.add({ minutes }), states)
    return { start: clock(slot), instant, working: states.length - flags.length, flags }
  })
  const nights = (window: Window) => window.flags.filter(flag => flag.why === 'night').length
  return windows
    .sort((a, b) => b.working - a.working || nights(a) - nights(b) || Temporal.Instant.compare(a.instant, b.instant))
    .slice(0, most)
}

// A day on which the clocks change has 46 or 50 of them.
function slotsOf(date: string, zone: string): Temporal.ZonedDateTime[] {
  const start = Temporal.PlainDate.from(date).toZonedDateTime(zone)
  const end = Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(zone)
  const count = Math.round((end.epochMilliseconds - start.epochMilliseconds) / 1_800_000)
  return Array.from({ length: count }, (_, index) => start.add({ minutes: 30 * index }))
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
