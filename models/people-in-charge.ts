import { sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Words } from './course.ts'

/** What a person can be to one training: in charge of it, or its trainer. */
export const PARTS = ['coordinator', 'trainer'] as const
export type Part = (typeof PARTS)[number]

export type InCharge = {
  /** The grant by which they are. */
  id: string
  personId: string
  name: Words
  email: string | null
  country: string | null
  role: Part
  from: Temporal.Instant
  to: Temporal.Instant | null
  current: boolean
}

/** Who is in charge of a training and who trains in it by a grant of their own, today's first; then who was. */
export const peopleInCharge = (trainingId: string): Promise<InCharge[]> =>
  sql<InCharge>(
    'charge.list',
    `select g.id, g.person_id as "personId",
       jsonb_build_object('en', coalesce(p.name_latin, ''), 'ru', coalesce(p.name_cyrillic, p.name_latin, '')) as name,
       a.email::text as email, p.country, g.role, g.valid_from as "from", g.valid_to as "to",
       (g.valid_to is null or g.valid_to > $2) as current
     from role_grants g join people p on p.id = g.person_id left join accounts a on a.person_id = p.id
     where g.scope_kind = 'training' and g.scope_id = $1::bigint::text and g.role in ('coordinator', 'trainer')
       and p.erased_at is null
     order by (g.valid_to is null or g.valid_to > $2) desc, g.role, p.name_latin, g.id limit 200`,
    [trainingId, now()],
  )
