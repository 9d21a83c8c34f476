import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { record } from './audit.ts'

type Words = { en: string; ru: string }

/** What the Center sets once for everything. */
export type Settings = {
  signatories: { name: Words; post: Words }[]
  /** Logos on certificates, ids of files in their order. */
  logos: string[]
  contact: { email: string; hours: Words }
}

export const DEFAULT_CONTACT = {
  email: 'info@rtcm.az',
  hours: { en: 'Monday to Friday, 9:00 to 18:00 Baku', ru: 'с понедельника по пятницу, 9:00–18:00 по Баку' },
}

const DEFAULTS: Settings = {
  signatories: [],
  logos: [],
  contact: DEFAULT_CONTACT,
}

/** One setting, or its default. */
export async function setting<Key extends keyof Settings>(key: Key): Promise<Settings[Key]> {
  const row = await one<{ value: Settings[Key] }>('setting', 'select value from settings where key = $1', [key])
  return row?.value ?? DEFAULTS[key]
}

let contact: Settings['contact'] = DEFAULT_CONTACT

/**
 * Whom to write to, for every page, without asking the database: as of the last `refreshContact`, which the schedule
 * calls and every change.
 */
export const contactNow = (): Settings['contact'] => contact

export async function refreshContact() {
  contact = await setting('contact')
}

/** Changes a setting and writes who did it. Call inside a transaction. */
export async function set<Key extends keyof Settings>(who: { id: string | null }, key: Key, value: Settings[Key]) {
  await sql(
    'setting.set',
    `insert into settings (key, value, changed_by, changed_at) values ($1, $2, $3, $4)
     on conflict (key) do update set value = excluded.value, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
    [key, JSON.stringify(value), who.id, now()],
  )
  await record(who, 'setting.changed', 'setting', key, { value })
}
