import { readFileSync } from 'node:fs'
import { sql } from '../lib/db.ts'

type State = {
  iso2: string
  name: { en: string; ru: string }
  timezones: string[]
  languages: object[]
  weekend_iso_days: number[]
}
type File = { note: string; states: State[] }

/** Weekends are dated facts: those of the file hold from this day on, until the Center enters others. */
const WEEKENDS_FROM = '2026-01-01'

/** The ten States of the Declaration, in its order (models/states.json), each with its weekend. Several processes may start at once. */
export async function fillStates() {
  const { note, states } = JSON.parse(readFileSync(new URL('../models/states.json', import.meta.url), 'utf8')) as File
  for (const [index, { iso2, name, timezones, languages, weekend_iso_days }] of states.entries()) {
    await sql(
      'state.add',
      `insert into states (iso2, name, declaration_order, zones, languages) values ($1, $2, $3, $4, $5)
       on conflict (iso2) do nothing`,
      [iso2, JSON.stringify(name), index + 1, timezones, JSON.stringify(languages)],
    )
    await sql(
      'state.weekend',
      `insert into state_facts (state, kind, value, during, source)
       select $1, 'weekend', $2, daterange($3::date, null), $4
       where not exists (select 1 from state_facts where state = $1 and kind = 'weekend')
       on conflict do nothing`,
      [iso2, JSON.stringify(weekend_iso_days), WEEKENDS_FROM, sourceOf(iso2, note)],
    )
  }
}

/** What the file says of a State's weekend, and that the Center has not confirmed it yet. */
function sourceOf(iso2: string, note: string): string {
  const said = new RegExp(`${iso2} weekend: ([^.]+)\\.`).exec(note)?.[1]
  return `The list the platform began with: ${said ?? 'to be confirmed by the Center'}`
}
