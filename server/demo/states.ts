import { readFileSync } from 'node:fs'
import { sql } from '../../lib/db.ts'

type State = { iso2: string; name: { en: string; ru: string }; timezones: string[]; languages: object[] }

/** The ten States of the Declaration, in its order (models/states.json). */
export async function fillStates() {
  const { states } = JSON.parse(readFileSync(new URL('../../models/states.json', import.meta.url), 'utf8')) as {
    states: State[]
  }
  for (const [index, { iso2, name, timezones, languages }] of states.entries())
    await sql(
      'state.add',
      `insert into states (iso2, name, declaration_order, zones, languages) values ($1, $2, $3, $4, $5)
       on conflict (iso2) do nothing`,
      [iso2, JSON.stringify(name), index + 1, timezones, JSON.stringify(languages)],
    )
}
