import { inTransaction, one } from '../lib/db.ts'
import { hashPassword, passwordMatches } from '../lib/passwords.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { closeTokens } from './one-time-tokens.ts'
import { Refused } from './refused.ts'
import { tellPasswordChanged } from './resetting.ts'
import { endSignInSessions } from './sign-in-sessions.ts'

/**
 * Whether this is the actor's password: asked again before what opens the account changes.
 * @throws Refused 'account.passwordWrong' on the field named
 */
export async function insistOnPassword(actor: Actor, password: string, field: string): Promise<void> {
  const account = await one<{ hash: string }>(
    'password.stored',
    'select password_hash as hash from accounts where person_id = $1',
    [actor.id],
  )
  if (!(await passwordMatches(account?.hash ?? null, password))) throw new Refused('account.passwordWrong', { field })
}

/**
 * Changes the password of who knows the old one. All other sign-in sessions end (`keep` is the stored hash of the
 * present one), open reset links die, the person is told by mail.
 * @throws Refused 'account.passwordWrong'
 */
export async function changePassword(actor: Actor, old: string, fresh: string, keep: string): Promise<void> {
  await insistOnPassword(actor, old, 'oldPassword')
  const hash = await hashPassword(fresh)
  await inTransaction(async () => {
    const account = await one<{ id: string }>(
      'password.set',
      'update accounts set password_hash = $2 where person_id = $1 returning id',
      [actor.id, hash],
    )
    await closeTokens(account!.id, ['reset_password'])
    await endSignInSessions(actor.id!, keep)
    await record(actor, 'password.changed', 'person', actor.id!)
    await tellPasswordChanged(actor.id!)
  })
}
