import { one } from '../lib/db.ts'

export type Role =
  | 'administrator'
  | 'director'
  | 'coordinator'
  | 'content_editor'
  | 'translator'
  | 'librarian'
  | 'trainer'
  | 'assessor'
  | 'focal_point'
  | 'learner'
  | 'partner'

/** In which part somebody stands for a State; an agency's deputy prepares and does not submit. */
export type MandatePart = 'main' | 'deputy' | 'agency'

export type Grant = {
  role: Role
  scopeKind: 'center' | 'state' | 'training' | 'partner'
  scopeId: string
  /** Of a focal point alone. */
  part?: MandatePart | null
}

/** Who acts: a signed-in person with the role grants of today, or a guest who answers no to everything. */
export type Actor = {
  id: string | null
  signedIn: boolean
  name: string
  email: string
  locale: string
  zone: string
  grants: Grant[]
  /** Whether the actor holds the role for the whole Center, or for the scope given. */
  is(role: Role, scope?: { kind: Grant['scopeKind']; id: string }): boolean
  /** Coordinator, director or administrator of the Center: works on the pages under /manage. */
  staff: boolean
  /** Whether the actor has a part in a session: as trainer, moderator or interpreter. */
  teaches: boolean
}

export const GUEST: Actor = {
  id: null,
  signedIn: false,
  name: '',
  email: '',
  locale: 'en',
  zone: 'Asia/Baku',
  grants: [],
  is: () => false,
  staff: false,
  teaches: false,
}

type ActorRow = {
  id: string
  name: string
  email: string
  locale: string
  zone: string
  grants: Grant[]
  teaches: boolean
}

/** The person behind an account that is neither suspended nor erased, with the grants valid now; else undefined. */
export async function actorOf(personId: string, at: Temporal.Instant): Promise<Actor | undefined> {
  const row = await one<ActorRow>(
    'actor',
    `select p.id, coalesce(p.name_latin, '') as name, a.email::text as email, p.locale, p.zone,
       exists (select 1 from bookings b where b.person_id = p.id) as teaches,
       coalesce((select jsonb_agg(jsonb_build_object('role', g.role, 'scopeKind', g.scope_kind, 'scopeId', g.scope_id,
           'part', g.part))
         from role_grants g where g.person_id = p.id and g.valid_from <= $2 and (g.valid_to is null or g.valid_to > $2)),
         '[]'::jsonb) as grants
     from people p join accounts a on a.person_id = p.id
     where p.id = $1 and a.suspended_at is null and p.erased_at is null`,
    [personId, at],
  )
  return row && actor(row)
}

function actor(row: ActorRow): Actor {
  const is: Actor['is'] = (role, scope) =>
    row.grants.some(
      grant =>
        grant.role === role &&
        (grant.scopeKind === 'center' || (scope && grant.scopeKind === scope.kind && grant.scopeId === scope.id)),
    )
  return {
    ...row,
    signedIn: true,
    is,
    staff: is('coordinator') || is('director') || is('administrator'),
  }
}
