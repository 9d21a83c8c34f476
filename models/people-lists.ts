import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor, Role } from './actor.ts'
import { VISIBLE, visibleTo, type Sex } from './person.ts'

export type PersonInFull = {
  id: string
  nameLatin: string | null
  nameCyrillic: string | null
  nameOwn: string | null
  nameOwnScript: string | null
  sex: Sex
  country: string | null
  organization: string | null
  agencyType: string | null
  locale: string
  zone: string
  ministryMaySee: boolean
  createdAt: Temporal.Instant
  erasureAskedAt: Temporal.Instant | null
  erasedAt: Temporal.Instant | null
  email: string | null
  verifiedAt: Temporal.Instant | null
  enrollments: number
  certificates: number
}

/** A person with account and counts, if the actor sees them. */
export function personInFull(actor: Actor, id: string): Promise<PersonInFull | undefined> {
  return one<PersonInFull>(
    'person.full',
    `select p.id, p.name_latin as "nameLatin", p.name_cyrillic as "nameCyrillic", p.name_own as "nameOwn",
       p.name_own_script as "nameOwnScript", p.sex, p.country, p.organization, p.agency_type as "agencyType", p.locale,
       p.zone, p.ministry_may_see as "ministryMaySee", p.created_at as "createdAt",
       p.erasure_asked_at as "erasureAskedAt", p.erased_at as "erasedAt", a.email::text as email,
       a.verified_at as "verifiedAt",
       (select count(*)::int from enrollments e where e.person_id = p.id) as enrollments,
       (select count(*)::int from certificates c where c.person_id = p.id) as certificates
     from people p left join accounts a on a.person_id = p.id where ${VISIBLE} and p.id = $3`,
    [...visibleTo(actor), id],
  )
}

export type GrantLine = {
  id: string
  role: Role
  scopeKind: string
  scopeId: string
  validFrom: Temporal.Instant
  validTo: Temporal.Instant | null
  mandate: string | null
  grantedBy: string | null
  current: boolean
}

/** Role grants of a person, the present ones first. */
export function grantsOf(personId: string): Promise<GrantLine[]> {
  return sql<GrantLine>(
    'person.grants',
    `select g.id, g.role, g.scope_kind as "scopeKind", g.scope_id as "scopeId", g.valid_from as "validFrom",
       g.valid_to as "validTo", g.mandate, b.name_latin as "grantedBy",
       g.valid_from <= $2 and (g.valid_to is null or g.valid_to > $2) as current
     from role_grants g left join people b on b.id = g.granted_by
     where g.person_id = $1 order by current desc, g.valid_from desc, g.id desc limit 200`,
    [personId, now()],
  )
}

export type ConsentLine = {
  purpose: string
  version: number
  givenAt: Temporal.Instant
  withdrawnAt: Temporal.Instant | null
}

export function consentsOf(personId: string): Promise<ConsentLine[]> {
  return sql<ConsentLine>(
    'person.consents',
    `select purpose, wording_version as version, given_at as "givenAt", withdrawn_at as "withdrawnAt"
     from consents where person_id = $1 order by id desc limit 100`,
    [personId],
  )
}

type Words = { en: string; ru: string }

export type PlaceLine = { id: string; code: string; title: Words; status: string; createdAt: Temporal.Instant }

/** Places of a person in trainings, newest first. */
export function placesOf(personId: string): Promise<PlaceLine[]> {
  return sql<PlaceLine>(
    'person.places',
    `select e.id, t.code, coalesce(t.title, v.title) as title, e.status, e.created_at as "createdAt"
     from enrollments e join trainings t on t.id = e.training_id join course_versions v on v.id = e.course_version_id
     where e.person_id = $1 order by e.id desc limit 200`,
    [personId],
  )
}

export type CertificateLine = {
  code: string
  title: Words
  issuedAt: Temporal.Instant
  revoked: boolean
  replaced: boolean
}

/** Certificates of a person, newest first. */
export function certificatesOf(personId: string): Promise<CertificateLine[]> {
  return sql<CertificateLine>(
    'person.certificates',
    `select code, snapshot -> 'title' as title, issued_at as "issuedAt", revoked_at is not null as revoked,
       replaced_at is not null as replaced
     from certificates where person_id = $1 order by id desc limit 200`,
    [personId],
  )
}

export type PersonLine = {
  id: string
  nameLatin: string | null
  nameCyrillic: string | null
  nameOwn: string | null
  nameOwnScript: string | null
  email: string | null
  verified: boolean
  country: string | null
  organization: string | null
  roles: Role[]
  erasureAskedAt: Temporal.Instant | null
}

const LINE = `p.id, p.name_latin as "nameLatin", p.name_cyrillic as "nameCyrillic", p.name_own as "nameOwn",
  p.name_own_script as "nameOwnScript", a.email::text as email, a.verified_at is not null as verified, p.country,
  p.organization, p.erasure_asked_at as "erasureAskedAt",
  array(select distinct g.role from role_grants g where g.person_id = p.id and g.valid_from <= $4
    and (g.valid_to is null or g.valid_to > $4) order by 1) as roles`

/**
 * People the actor sees, the newest first, whose name in any script or address has `piece` in it ('' for all); one more
 * than `size` when there are more. Letters are folded: «mammadova» finds «Məmmədova» by her Latin name.
 * @param before the id after which the page begins, null for the first
 */
export function peopleFound(actor: Actor, piece: string, before: string | null, size: number): Promise<PersonLine[]> {
  const common = [...visibleTo(actor), before, now(), size + 1]
  if (!piece)
    return sql<PersonLine>(
      'people.all',
      `select ${LINE} from people p left join accounts a on a.person_id = p.id
       where ${VISIBLE} and p.erased_at is null and ($3::bigint is null or p.id < $3) order by p.id desc limit $5`,
      common,
    )
  return sql<PersonLine>(
    'people.found',
    `with hits as (
       select id from people where folded(coalesce(name_latin, '')) like folded($6)
       union select id from people
         where folded(coalesce(name_cyrillic, '') || ' ' || coalesce(name_own, '')) like folded($6)
       union select person_id from accounts where lower(email::text) like lower($6))
     select ${LINE} from hits join people p on p.id = hits.id left join accounts a on a.person_id = p.id
     where ${VISIBLE} and p.erased_at is null and ($3::bigint is null or p.id < $3) order by p.id desc limit $5`,
    [...common, `%${piece.replace(/[\\%_]/g, '\\$&')}%`],
  )
}

/** Who asked to be erased and still is there, the longest waiting first. */
export function erasureRequests(actor: Actor): Promise<PersonLine[]> {
  return sql<PersonLine>(
    'people.erasures',
    `select ${LINE} from people p left join accounts a on a.person_id = p.id
     where ${VISIBLE} and $3::bigint is null and p.erasure_asked_at is not null and p.erased_at is null
     order by p.erasure_asked_at, p.id limit 500`,
    [...visibleTo(actor), null, now()],
  )
}

export type AccessLine = { id: string; at: Temporal.Instant; viewer: string | null; roles: Role[]; place: string }

/** Who saw a person's data, newest first, one more than `size` when there are more. */
export function accessesOf(personId: string, before: string | null, size: number): Promise<AccessLine[]> {
  return sql<AccessLine>(
    'person.accesses',
    `select x.id, x.at, v.name_latin as viewer, x.place,
       array(select distinct g.role from role_grants g where g.person_id = x.viewer_id and g.valid_from <= x.at
         and (g.valid_to is null or g.valid_to > x.at) order by 1) as roles
     from access_entries x join people v on v.id = x.viewer_id
     where x.person_id = $1 and ($2::bigint is null or x.id < $2) order by x.id desc limit $3`,
    [personId, before, size + 1],
  )
}
