import { one } from '../lib/db.ts'
import { passwordMatches } from '../lib/passwords.ts'
import { now } from '../lib/time.ts'
import { type Actor, actorOf } from './actor.ts'
import { record } from './audit.ts'

/**
 * The person with this address and password, or undefined. An unknown address, a wrong password, an unconfirmed
 * or suspended account give the same answer after the same time.
 */
export async function signIn(email: string, password: string): Promise<Actor | undefined> {
  const account = await one<{ personId: string; hash: string; verified: boolean }>(
    'sign-in.account',
    `select person_id as "personId", password_hash as hash, verified_at is not null as verified
     from accounts where email = $1`,
    [email],
  )
  const right = await passwordMatches(account?.hash ?? null, password)
  const actor = right && account?.verified ? await actorOf(account.personId, now()) : undefined
  await record(actor ?? null, actor ? 'sign-in.made' : 'sign-in.refused', 'account', account?.personId ?? 'unknown')
  return actor
}

/** Leaves a line that the person signed out; the sign-in session itself is the edge's. */
export async function signOut(actor: Actor) {
  if (actor.id) await record(actor, 'sign-in.ended', 'account', actor.id)
}
