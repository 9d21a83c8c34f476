import { sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'

/**
 * Takes a person's name out of what was announced: agendas and their versions keep that somebody was there, not who.
 * What the person was booked for in days to come is free again. Call in the transaction of an erasure.
 */
export async function forgetInAgendas(personId: string): Promise<void> {
  const mark = `%"personId": "${personId}"%`
  // Sessions are locked before their bookings, as those who change them do.
  const sessions = await sql<{ id: string; published: unknown }>(
    'forget.sessions',
    `select id, published from sessions where published::text like $1
       or id in (select session_id from bookings where person_id = $2) order by id for update`,
    [mark, personId],
  )
  await sql('forget.bookings', 'delete from bookings where person_id = $1 and upper(during) > $2', [personId, now()])
  for (const { id, published } of sessions)
    if (published)
      await sql('forget.session', 'update sessions set published = $2 where id = $1', [
        id,
        without(published, personId),
      ])
  const versions = await sql<{ id: string; sessions: unknown; changes: unknown }>(
    'forget.versions',
    'select id, sessions, changes from agenda_versions where sessions::text like $1 or changes::text like $1 order by id',
    [mark],
  )
  for (const version of versions)
    await sql('forget.version', 'update agenda_versions set sessions = $2, changes = $3 where id = $1', [
      version.id,
      without(version.sessions, personId),
      without(version.changes, personId),
    ])
}

/** The same as JSON, with bookings of this person that name nobody. */
function without(value: unknown, personId: string): string {
  return JSON.stringify(value, (_key, each) => {
    if (!each || typeof each !== 'object' || each.personId !== personId) return each
    const { personId: _id, ...rest } = each
    return { ...rest, name: {} }
  })
}
