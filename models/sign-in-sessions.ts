import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { record } from './audit.ts'

export type SignInSession = {
  id: string
  agent: string | null
  network: string | null
  createdAt: Temporal.Instant
  seenAt: Temporal.Instant
}

/** Where a person is signed in now, the last seen first. `id` is the stored hash of the key, not the key. */
export function signInSessionsOf(personId: string): Promise<SignInSession[]> {
  return sql<SignInSession>(
    'sign-ins.of',
    `select id, agent, network, created_at as "createdAt", seen_at as "seenAt" from sign_in_sessions
     where person_id = $1 and expires_at > $2 order by seen_at desc, id limit 100`,
    [personId, now()],
  )
}

/** Ends all sign-in sessions of a person but `keep` (the stored hash of the present one); returns how many. */
export async function endSignInSessions(personId: string, keep: string | null = null): Promise<number> {
  const ended = await sql(
    'sign-ins.end-all',
    'delete from sign_in_sessions where person_id = $1 and ($2::text is null or id <> $2) returning id',
    [personId, keep],
  )
  return ended.length
}

/** Ends one of the person's own sign-in sessions; false when it is not theirs or over already. */
export async function endSignInSession(actor: { id: string | null }, id: string): Promise<boolean> {
  const ended = await one(
    'sign-ins.end',
    'delete from sign_in_sessions where id = $1 and person_id = $2 returning id',
    [id, actor.id],
  )
  if (ended) await record(actor, 'sign-in.ended-elsewhere', 'person', actor.id!)
  return Boolean(ended)
}

/** Signs the person out everywhere but here. */
export async function signOutElsewhere(actor: { id: string | null }, keep: string): Promise<void> {
  const count = await endSignInSessions(actor.id!, keep)
  if (count) await record(actor, 'sign-in.ended-elsewhere', 'person', actor.id!, { count })
}
