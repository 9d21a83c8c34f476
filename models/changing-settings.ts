import { afterCommit, inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { insist, no, type Verdict, YES } from './refused.ts'
import { refreshContact, type Settings, set } from './settings.ts'

const MOST_LOGOS = 4

/** Who signs certificates from now on: one to three people. Issued certificates keep those they were issued with. */
export const changeSignatories = (actor: Actor, signatories: Settings['signatories']) =>
  inTransaction(() => set(actor, 'signatories', signatories))

/** Whom people write to. */
export const changeContact = (actor: Actor, contact: Settings['contact']) =>
  inTransaction(async () => {
    await set(actor, 'contact', contact)
    afterCommit(() => void refreshContact())
  })

export type Logo = { id: string; name: string; sha256: string }

/** Logos of certificates, in their order. */
export const logos = () =>
  sql<Logo>(
    'settings.logos',
    `select f.id, f.name, f.sha256 from settings s
     cross join lateral jsonb_array_elements_text(s.value) with ordinality as l(id, place)
     join files f on f.id = l.id::bigint where s.key = 'logos' order by l.place`,
  )

/** There is room on the sheet for so many. */
export const roomForLogo = (count: number): Verdict =>
  count < MOST_LOGOS ? YES : no('settings.logos', { count: MOST_LOGOS })

/** Adds a logo, kept already under its SHA-256, after those that are there. */
export const addLogo = (actor: Actor, logo: { sha256: string; size: number; name: string }) =>
  inTransaction(async () => {
    const ids = await logosForUpdate()
    insist(roomForLogo(ids.length))
    const file = await one<{ id: string }>(
      'settings.logo-file',
      `insert into files (sha256, type, size, name, owner_kind, owner_id, uploaded_by, uploaded_at)
       values ($1, 'image/svg+xml', $2, $3, 'setting', 'logos', $4, $5) returning id`,
      [logo.sha256, logo.size, logo.name, actor.id, now()],
    )
    await set(actor, 'logos', [...ids, file!.id])
  })

/** Takes a logo off future certificates. The file stays: issued certificates print it. */
export const removeLogo = (actor: Actor, id: string) =>
  inTransaction(async () => {
    const ids = await logosForUpdate()
    if (!ids.includes(id)) return
    await set(
      actor,
      'logos',
      ids.filter(each => each !== id),
    )
  })

async function logosForUpdate(): Promise<string[]> {
  await sql(
    'settings.logos-row',
    `insert into settings (key, value, changed_at) values ('logos', '[]', $1) on conflict (key) do nothing`,
    [now()],
  )
  const row = await one<{ value: string[] }>(
    'settings.logos-lock',
    `select value from settings where key = 'logos' for update`,
  )
  return row!.value.map(String)
}
