import session, { type SessionData } from 'express-session'
import { one, sql } from '../../lib/db.ts'
import { fingerprint } from '../../lib/secrets.ts'
import { now } from '../../lib/time.ts'

const LIFE = { hours: 24 * 14 }
const TOUCH_AFTER_MS = 3_600_000

type Stored = SessionData & { passport?: { user?: string }; agent?: string; network?: string }
type Done<T = void> = (error?: unknown, value?: T) => void

/** Sign-in sessions as rows, under a hash of their key, with the person beside them for "sign out everywhere". */
export class SignInSessionStore extends session.Store {
  override get(sid: string, done: Done<SessionData | null>) {
    answer(done, async () => {
      const row = await one<{ data: Stored }>(
        'sign-in.get',
        'select data from sign_in_sessions where id = $1 and expires_at > $2',
        [fingerprint(sid), now()],
      )
      return row?.data ?? null
    })
  }

  override set(sid: string, data: Stored, done: Done = () => {}) {
    answer(done, async () => {
      await sql(
        'sign-in.set',
        `insert into sign_in_sessions (id, person_id, data, agent, network, created_at, seen_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $6, $7)
         on conflict (id) do update set person_id = excluded.person_id, data = excluded.data, agent = excluded.agent,
           network = excluded.network`,
        [
          fingerprint(sid),
          data.passport?.user ?? null,
          JSON.stringify(data),
          data.agent ?? null,
          data.network ?? null,
          now(),
          now().add(LIFE),
        ],
      )
    })
  }

  override destroy(sid: string, done: Done = () => {}) {
    answer(done, async () => {
      await sql('sign-in.end', 'delete from sign_in_sessions where id = $1', [fingerprint(sid)])
    })
  }

  /** At most once an hour: a page view is not a write. */
  override touch(sid: string, data: Stored, done: Done = () => {}) {
    const seen = Number((data as { seenMs?: number }).seenMs ?? 0)
    if (now().epochMilliseconds - seen < TOUCH_AFTER_MS) return done()
    ;(data as { seenMs?: number }).seenMs = now().epochMilliseconds
    answer(done, async () => {
      await sql('sign-in.touch', 'update sign_in_sessions set seen_at = $2, expires_at = $3, data = $4 where id = $1', [
        fingerprint(sid),
        now(),
        now().add(LIFE),
        JSON.stringify(data),
      ])
    })
  }
}

function answer<T>(done: Done<T>, work: () => Promise<T>) {
  work().then(
    value => done(null, value),
    error => done(error),
  )
}
