import { sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'

/** Pages on which somebody sees another person's data; words: `people.access.places`. */
export type Place = 'person' | 'people' | 'enrollments' | 'certificates' | 'mails' | 'export'

/**
 * Notes that the viewer saw these people's data. Called after the answer has been sent; one's own data is not noted.
 */
export async function noteSeen(viewer: { id: string | null }, people: string[], place: Place): Promise<void> {
  const others = people.filter(id => id !== viewer.id)
  if (!viewer.id || !others.length) return
  await sql(
    'seen.add',
    `insert into access_entries (at, viewer_id, person_id, place)
     select $1, $2, p.id, $4 from people p where p.id = any ($3::bigint[]) and p.erased_at is null`,
    [now(), viewer.id, others, place],
  )
}
