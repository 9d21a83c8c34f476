import { inTransaction, one, sql } from '../../lib/db.ts'
import { hashPassword } from '../../lib/passwords.ts'
import { now } from '../../lib/time.ts'
import type { Role } from '../../models/actor.ts'

export const DEMO_PASSWORD = 'almaty-process'

export type DemoPerson = {
  email: string
  does: string
  name: string
  cyrillic?: string
  own?: string
  /** Script and language of `own`, as in the form people fill in. */
  ownScript?: string
  sex: 'woman' | 'man'
  country: string
  agency: string
  organization: string
  locale: 'en' | 'ru'
  zone: string
  grants: { role: Role; scope?: 'state'; id?: string; part?: 'main' | 'deputy' | 'agency' }[]
}

export const DEMO_PEOPLE: DemoPerson[] = [
  {
    email: 'learner@rtcm.example',
    does: 'learner',
    name: 'Aigerim Sadykova',
    cyrillic: 'Айгерим Садыкова',
    sex: 'woman',
    country: 'KZ',
    agency: 'migration',
    organization: 'Migration Service Committee',
    locale: 'en',
    zone: 'Asia/Almaty',
    grants: [],
  },
  {
    email: 'trainer@rtcm.example',
    does: 'trainer',
    name: 'Rustam Karimov',
    cyrillic: 'Рустам Каримов',
    sex: 'man',
    country: 'TJ',
    agency: 'academia',
    organization: 'Academy of Public Administration',
    locale: 'ru',
    zone: 'Asia/Dushanbe',
    grants: [{ role: 'trainer' }],
  },
  {
    email: 'coordinator@rtcm.example',
    does: 'coordinator of the Center',
    name: 'Leyla Mammadova',
    cyrillic: 'Лейла Мамедова',
    own: 'Leyla Məmmədova',
    ownScript: 'az',
    sex: 'woman',
    country: 'AZ',
    agency: 'migration',
    organization: 'Regional Training Center on Migration',
    locale: 'en',
    zone: 'Asia/Baku',
    grants: [{ role: 'coordinator' }],
  },
  {
    email: 'focalpoint.kz@rtcm.example',
    does: 'focal point of Kazakhstan',
    name: 'Daniyar Omarov',
    cyrillic: 'Данияр Омаров',
    sex: 'man',
    country: 'KZ',
    agency: 'migration',
    organization: 'Migration Service Committee',
    locale: 'ru',
    zone: 'Asia/Almaty',
    grants: [{ role: 'focal_point', scope: 'state', id: 'KZ' }],
  },
  {
    email: 'focalpoint.uz@rtcm.example',
    does: 'focal point of Uzbekistan',
    name: 'Dilnoza Yusupova',
    cyrillic: 'Дилноза Юсупова',
    sex: 'woman',
    country: 'UZ',
    agency: 'labor',
    organization: 'Migration Agency',
    locale: 'ru',
    zone: 'Asia/Tashkent',
    grants: [{ role: 'focal_point', scope: 'state', id: 'UZ' }],
  },
  {
    email: 'editor@rtcm.example',
    does: 'content editor',
    name: 'Nigora Azimova',
    cyrillic: 'Нигора Азимова',
    sex: 'woman',
    country: 'UZ',
    agency: 'academia',
    organization: 'University of World Economy',
    locale: 'ru',
    zone: 'Asia/Tashkent',
    grants: [{ role: 'content_editor' }],
  },
  {
    email: 'translator@rtcm.example',
    does: 'translator',
    name: 'Olga Pak',
    cyrillic: 'Ольга Пак',
    sex: 'woman',
    country: 'KZ',
    agency: 'academia',
    organization: 'School of Translation',
    locale: 'ru',
    zone: 'Asia/Almaty',
    grants: [{ role: 'translator' }],
  },
  {
    email: 'admin@rtcm.example',
    does: 'system administrator',
    name: 'Elchin Aliyev',
    cyrillic: 'Эльчин Алиев',
    sex: 'man',
    country: 'AZ',
    agency: 'migration',
    organization: 'Regional Training Center on Migration',
    locale: 'en',
    zone: 'Asia/Baku',
    grants: [{ role: 'administrator' }],
  },
]

/** Who can sign in to the demo, for the sign-in page. */
export const demoSignIns = () => ({
  password: DEMO_PASSWORD,
  people: DEMO_PEOPLE.map(({ email, grants: [grant] }) => ({
    email,
    role: grant?.role ?? 'learner',
    scopeKind: grant?.scope ?? 'center',
    scopeId: grant?.id ?? '',
  })),
})

/** Adds the people who are not there yet, each with a confirmed account and the password of the demo. */
export async function fillPeople(people: DemoPerson[]) {
  const missing: DemoPerson[] = []
  for (const person of people)
    if (!(await one('demo.account', 'select 1 as there from accounts where email = $1', [person.email])))
      missing.push(person)
  if (!missing.length) return
  const hash = await hashPassword(DEMO_PASSWORD)
  await inTransaction(async () => {
    for (const person of missing) await add(person, hash)
  })
}

async function add(person: DemoPerson, hash: string) {
  const row = await one<{ id: string }>(
    'demo.person',
    `insert into people (name_latin, name_cyrillic, name_own, name_own_script, sex, country, agency_type, organization,
       locale, zone, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
    [
      ...[person.name, person.cyrillic ?? null, person.own ?? null, person.ownScript ?? null, person.sex],
      ...[person.country, person.agency, person.organization, person.locale, person.zone, now()],
    ],
  )
  await sql(
    'demo.account.add',
    'insert into accounts (person_id, email, password_hash, verified_at, created_at) values ($1, $2, $3, $4, $4)',
    [row!.id, person.email, hash, now()],
  )
  for (const grant of person.grants)
    await sql(
      'demo.grant',
      `insert into role_grants (person_id, role, scope_kind, scope_id, valid_from, part) values ($1, $2, $3, $4, $5, $6)`,
      [
        ...[row!.id, grant.role, grant.scope ?? 'center', grant.id ?? '', now()],
        grant.role === 'focal_point' ? (grant.part ?? 'main') : null,
      ],
    )
}
