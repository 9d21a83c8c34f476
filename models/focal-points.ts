import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { MandatePart } from './actor.ts'
import type { Words } from './course.ts'

/** Who stands for a State by a mandate, with the letter and the dates of it. */
export type FocalPoint = {
  /** The grant the mandate is. */
  id: string
  state: string
  personId: string
  name: string
  email: string | null
  part: MandatePart
  agency: string | null
  mandate: string | null
  letter: { sha256: string; type: string; name: string } | null
  from: Temporal.Instant
  to: Temporal.Instant | null
  /** The address of whom the holder proposes to come after, if anybody. */
  proposal: { address: string; note: string | null } | null
}

const SELECT = `select g.id, g.scope_id as state, g.person_id as "personId", p.name_latin as name, a.email::text as email,
    g.part, g.agency, g.mandate, g.valid_from as "from", g.valid_to as "to",
    case when f.id is not null then jsonb_build_object('sha256', f.sha256, 'type', f.type, 'name', f.name) end as letter,
    (select jsonb_build_object('address', h.address, 'note', h.note)
      from handovers h where h.grant_id = g.id and h.outcome is null) as proposal
  from role_grants g join people p on p.id = g.person_id left join accounts a on a.person_id = p.id
  left join files f on f.id = g.letter_id
  where g.role = 'focal_point' and p.erased_at is null and g.valid_from <= $1 and (g.valid_to is null or g.valid_to > $1)`

const ORDER = `case g.part when 'main' then 1 when 'deputy' then 2 else 3 end, p.name_latin, g.id`

/** Everyone who stands for a State now. */
export const focalPoints = (): Promise<FocalPoint[]> =>
  sql<FocalPoint>('focal.all', `${SELECT} order by g.scope_id, ${ORDER}`, [now()])

/** Everyone who stands for one of these States now. */
export const focalPointsOf = (states: string[]): Promise<FocalPoint[]> =>
  sql<FocalPoint>('focal.of', `${SELECT} and g.scope_id = any ($2::text[]) order by ${ORDER}`, [now(), states])

/** One mandate that holds now. */
export const focalPoint = (grantId: string): Promise<FocalPoint | undefined> =>
  one<FocalPoint>('focal.one', `${SELECT} and g.id = $2`, [now(), grantId])

/** The States in the order of the Declaration. */
export const allStates = (): Promise<{ iso2: string; name: Words }[]> =>
  sql('focal.states', 'select iso2, name from states order by declaration_order')
