import { sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'

/** Pages on which somebody sees another person's data; words: `people.access.places`. */
export type Place = 'person' | 'people' | 'enrollments' | 'certificates' | 'mails' | 'export' | 'state'

/**
 * Notes that the viewer saw these people's data. Called after the answer has been sent; one's own data is not noted.
 * @param state in whose name a focal point looked: that State can read it too
 */
export async function noteSeen(
  viewer: { id: string | null },
  people: string[],
  place: Place,
  state: string | null = null,
): Promise<void> {
  const others = people.filter(id => id !== viewer.id)
  if (!viewer.id || !others.length) return
  await sql(
    'seen.add',
    `insert into access_entries (at, viewer_id, person_id, place, state)
     select $1, $2, p.id, $4, $5 from people p where p.id = any ($3::bigint[]) and p.erased_at is null`,
    [now(), viewer.id, others, place, state],
  )
}

/** Notes that the viewer looked at a request. @param state in whose name; null for the Center */
export async function noteRequestSeen(viewer: { id: string | null }, requestId: string, state: string | null) {
  await sql(
    'seen.request',
    `insert into access_entries (at, viewer_id, request_id, place, state) select $1, $2, r.id, 'request', $4
     from requests r where r.id = $3`,
    [now(), viewer.id, requestId, state],
  )
}
