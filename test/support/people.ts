import { one, sql } from '../../lib/db.ts'
import { hashPassword } from '../../lib/passwords.ts'
import { now } from '../../lib/time.ts'
import { type Actor, actorOf, type Role } from '../../models/actor.ts'

export const PASSWORD = 'border-post-at-dawn'

export type Someone = { id: string; email: string; name: string; country: string | null }

type Traits = {
  email?: string
  name?: string
  cyrillic?: string
  own?: string
  ownScript?: string
  sex?: 'woman' | 'man' | 'other' | 'not_stated'
  country?: string | null
  agency?: string
  locale?: 'en' | 'ru'
  zone?: string
  verified?: boolean
  grants?: { role: Role; kind?: string; id?: string; part?: 'main' | 'deputy' | 'agency' }[]
}

let count = 0
let hash: Promise<string> | undefined

/** A person with a confirmed account. */
export async function aPerson(traits: Traits = {}): Promise<Someone> {
  count++
  const email = traits.email ?? `person${count}@ministry.example`
  const name = traits.name ?? `Person ${'ABCDEFGHIJ'[count % 10]}${count}`
  const country = traits.country === undefined ? 'KG' : traits.country
  hash ??= hashPassword(PASSWORD)
  const row = await one<{ id: string }>(
    'test.person',
    `insert into people (name_latin, name_cyrillic, name_own, name_own_script, sex, country, agency_type, organization, locale, zone, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'A ministry', $8, $9, $10) returning id`,
    [
      name,
      traits.cyrillic ?? null,
      traits.own ?? null,
      traits.ownScript ?? null,
      traits.sex ?? 'woman',
      country,
      traits.agency ?? 'migration',
      traits.locale ?? 'en',
      traits.zone ?? 'Asia/Bishkek',
      now(),
    ],
  )
  await sql(
    'test.account',
    'insert into accounts (person_id, email, password_hash, verified_at, created_at) values ($1, $2, $3, $4, $5)',
    [row!.id, email, await hash, traits.verified === false ? null : now(), now()],
  )
  for (const grant of traits.grants ?? [])
    await sql(
      'test.grant',
      `insert into role_grants (person_id, role, scope_kind, scope_id, valid_from, part) values ($1, $2, $3, $4, $5, $6)`,
      [
        ...[row!.id, grant.role, grant.kind ?? 'center', grant.id ?? '', now().subtract({ hours: 1 })],
        grant.role === 'focal_point' ? (grant.part ?? 'main') : null,
      ],
    )
  return { id: row!.id, email, name, country }
}

/** The fixed cast: one per role, from different States. */
export const cast = {
  learner: () =>
    aPerson({
      email: 'learner@ministry.example',
      name: 'Aigerim Sadykova',
      cyrillic: 'Айгерим Садыкова',
      country: 'KZ',
      zone: 'Asia/Almaty',
    }),
  trainer: () =>
    aPerson({
      email: 'trainer@academy.example',
      name: 'Rustam Karimov',
      country: 'TJ',
      sex: 'man',
      grants: [{ role: 'trainer' }],
    }),
  coordinator: () =>
    aPerson({
      email: 'coordinator@rtcm.example',
      name: 'Leyla Mammadova',
      country: 'AZ',
      zone: 'Asia/Baku',
      grants: [{ role: 'coordinator' }],
    }),
  /** In charge of one training, and nothing else to the Center. */
  inCharge: (trainingId: string) =>
    aPerson({
      email: 'in-charge@academy.example',
      name: 'Gulnara Bekova',
      cyrillic: 'Гульнара Бекова',
      country: 'UZ',
      zone: 'Asia/Tashkent',
      grants: [{ role: 'coordinator', kind: 'training', id: trainingId }],
    }),
  administrator: () =>
    aPerson({
      email: 'admin@rtcm.example',
      name: 'Elchin Aliyev',
      country: 'AZ',
      zone: 'Asia/Baku',
      grants: [{ role: 'administrator' }],
    }),
  focalPoint: () =>
    aPerson({
      email: 'focal@ministry.example',
      name: 'Daniyar Omarov',
      country: 'KZ',
      sex: 'man',
      grants: [{ role: 'focal_point', kind: 'state', id: 'KZ' }],
    }),
  /** From another State, with no part in anything: appears in every route's test. */
  stranger: () =>
    aPerson({ email: 'stranger@elsewhere.example', name: 'Shirin Rahimi', country: 'IR', zone: 'Asia/Tehran' }),
}

/** The same person as the domain sees them. */
export const asActor = async (person: Someone): Promise<Actor> => (await actorOf(person.id, now()))!
