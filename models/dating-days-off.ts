import { inTransaction, one, sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import type { Words } from './course.ts'
import type { Holiday, WeekendFact } from './days-off.ts'
import { Refused } from './refused.ts'

/** At most so many days are one holiday. */
export const LONGEST_HOLIDAY = 31

/**
 * Adds a holiday of one or more days to a State's calendar. Days that are holidays already keep their name.
 * @returns how many days were added
 * @throws Refused when the last day is before the first, or it is too long
 */
export function addHoliday(
  actor: Actor,
  { state, from, to, name, source }: { state: string; from: string; to: string; name: Words; source: string },
): Promise<number> {
  const days = Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days + 1
  if (days < 1) throw new Refused('holiday.order', { field: 'to' })
  if (days > LONGEST_HOLIDAY) throw new Refused('holiday.long', { field: 'to', most: LONGEST_HOLIDAY })
  return inTransaction(async () => {
    let added = 0
    for (let index = 0; index < days; index++) {
      const day = Temporal.PlainDate.from(from).add({ days: index })
      const row = await one<{ id: string }>(
        'holiday.add',
        `insert into holidays (state, day, name, source) values ($1, $2, $3, $4)
         on conflict (state, day) do nothing returning id`,
        [state, day, JSON.stringify(name), source],
      )
      if (!row) continue
      added++
      await record(actor, 'holiday.added', 'holiday', row.id, { state, day: String(day), name })
    }
    if (!added) throw new Refused('holiday.known', { field: 'from' })
    return added
  })
}

/** Takes a holiday out of a State's calendar. */
export function removeHoliday(actor: Actor, { id, state, day, name }: Holiday): Promise<void> {
  return inTransaction(async () => {
    await sql('holiday.remove', 'delete from holidays where id = $1', [id])
    await record(actor, 'holiday.removed', 'holiday', id, { state, day, name })
  })
}

/**
 * Enters the weekend of a State from a date on. The one that holds on that date ends there.
 * @throws Refused when another one begins on that date or later
 */
export function enterWeekend(
  actor: Actor,
  { state, days, from, source }: { state: string; days: number[]; from: string; source: string },
): Promise<string> {
  return inTransaction(async () => {
    await sql('weekend.lock', 'select iso2 from states where iso2 = $1 for no key update', [state])
    const later = await one(
      'weekend.later',
      `select 1 as there from state_facts where state = $1 and kind = 'weekend' and coalesce(lower(during), '-infinity') >= $2::date`,
      [state, from],
    )
    if (later) throw new Refused('weekend.later', { field: 'from' })
    await sql(
      'weekend.close',
      `update state_facts set during = daterange(lower(during), $2::date)
       where state = $1 and kind = 'weekend' and during @> $2::date`,
      [state, from],
    )
    const row = await one<{ id: string }>(
      'weekend.add',
      `insert into state_facts (state, kind, value, during, source) values ($1, 'weekend', $2, daterange($3::date, null), $4)
       returning id`,
      [state, JSON.stringify(days), from, source],
    )
    await record(actor, 'weekend.entered', 'state_fact', row!.id, { state, days, from })
    return row!.id
  })
}

/**
 * Ends a weekend: from `to` on it no longer holds.
 * @throws Refused when that is not after its beginning
 */
export function endWeekend(actor: Actor, { id, state, from, to: was }: WeekendFact, to: string): Promise<void> {
  return inTransaction(async () => {
    if (from && to <= from) throw new Refused('weekend.order', { field: 'to' })
    if (was && to > was) throw new Refused('weekend.ended', { field: 'to' })
    await sql('weekend.end', 'update state_facts set during = daterange(lower(during), $2::date) where id = $1', [
      id,
      to,
    ])
    await record(actor, 'weekend.ended', 'state_fact', id, { state, to })
  })
}
