import { createHmac } from 'node:crypto'
import { sql } from '../../lib/db.ts'
import { fingerprint, newToken } from '../../lib/secrets.ts'
import { now } from '../../lib/time.ts'

/** A sign-in session as the sign-in page would make it, for a platform whose SESSION_SECRET is `secret`. */
export async function signedIn({ id }: { id: string }, secret: string) {
  const [key, csrf] = [newToken(), newToken()]
  const data = { cookie: {}, csrfToken: csrf, seenMs: now().epochMilliseconds, passport: { user: id } }
  await sql(
    null,
    `insert into sign_in_sessions (id, person_id, data, created_at, seen_at, expires_at) values ($1, $2, $3, $4, $4, $5)`,
    [fingerprint(key), id, JSON.stringify(data), now(), now().add({ hours: 1 })],
  )
  const signature = createHmac('sha256', secret).update(key).digest('base64').replace(/=+$/, '')
  return { cookie: `rtcm=${encodeURIComponent(`s:${key}.${signature}`)}`, csrf }
}
