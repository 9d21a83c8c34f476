import { inTransaction, one } from '../lib/db.ts'
import { hashPassword } from '../lib/passwords.ts'
import { now } from '../lib/time.ts'
import { record } from './audit.ts'
import { notify, recipient } from './notifying.ts'
import { closeTokens, issueToken, type OneTimeToken, useUp } from './one-time-tokens.ts'
import { Refused } from './refused.ts'
import { mailConfirmationAgain } from './registering.ts'
import { endSignInSessions } from './sign-in-sessions.ts'

type Account = { id: string; personId: string; email: string; waits: boolean }

/**
 * Mails a link that sets a new password, if the address has an account; says nothing either way. A registration that
 * waits to be confirmed gets its link again instead.
 */
export async function askReset(email: string, dataKey: Buffer): Promise<void> {
  await inTransaction(async () => {
    const account = await one<Account>(
      'reset.account',
      `select a.id, a.person_id as "personId", a.email::text as email, a.verified_at is null and exists (select 1 from
         one_time_tokens t where t.account_id = a.id and t.registration is not null) as waits
       from accounts a where a.email = $1 and a.suspended_at is null`,
      [email],
    )
    if (!account) return
    if (account.waits) return mailConfirmationAgain(account.email, dataKey)
    const to = await recipient(account.personId)
    const { id, token, code } = await issueToken({
      ...{ accountId: account.id, purpose: 'reset_password', address: account.email, dataKey },
    })
    await notify(to!, 'reset-password', `reset-password:${id}`, { link: `/reset-password/${token}`, code })
    await record(null, 'password.reset-asked', 'person', account.personId)
  })
}

/** Whose account a reset link is for, so that the new password is not made of their name or address. */
export function ownerOf(token: OneTimeToken) {
  return one<{ email: string; name: string }>(
    'reset.owner',
    `select a.email::text as email, coalesce(p.name_latin, '') as name
     from accounts a join people p on p.id = a.person_id where a.id = $1`,
    [token.accountId],
  )
}

/**
 * Sets a new password by a one-time link or its digits. Whoever was signed in with the old one is signed out, other links
 * for the account die, the person is told by mail. It also proves the address.
 * @throws Refused 'account.linkOver' when the link was used or is too old
 */
export async function resetPassword(token: OneTimeToken, password: string): Promise<void> {
  const hash = await hashPassword(password)
  await inTransaction(async () => {
    if (!(await useUp(token))) throw new Refused('account.linkOver')
    const account = await one<{ personId: string }>(
      'reset.set',
      `update accounts set password_hash = $2, verified_at = coalesce(verified_at, $3) where id = $1
       returning person_id as "personId"`,
      [token.accountId, hash, now()],
    )
    await closeTokens(token.accountId, ['reset_password', 'confirm_address', 'change_address'])
    await endSignInSessions(account!.personId)
    await record({ id: account!.personId }, 'password.reset', 'person', account!.personId)
    await tellPasswordChanged(account!.personId)
  })
}

/** The mail that lets a person notice what they did not do themselves. */
export async function tellPasswordChanged(personId: string) {
  const to = await recipient(personId)
  if (to) await notify(to, 'password-changed', `password-changed:${personId}:${now().epochMilliseconds}`, {})
}
